//! Reports of usage, one file after the other.

use super::delivery::Flow;
use super::reader::Reader;
use crate::Error;
use crate::scan::plan::reports::ReportFile;

pub async fn read(reader: &Reader, files: &[ReportFile]) -> Result<Flow, Error> {
    let mut is_told = false;
    for file in files {
        let rows = reader.file(file).await?;
        if rows.conceals_names && !is_told {
            tell_of_concealed_names(reader);
            is_told = true;
        }
        for batch in rows.batches {
            if reader.deliver(batch).await.flow == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
    }
    Ok(Flow::More)
}

/// A join with Users would find nothing, without any error (docs/graph.md#reports).
fn tell_of_concealed_names(reader: &Reader) {
    reader.warnings.add(format!(
        "Microsoft 365 conceals the names of users in the report {}: userPrincipalName and displayName are hashes \
         that no other table has; an administrator can show the names in the Microsoft 365 admin center, under \
         Settings > Org settings > Services > Reports",
        reader.scan.table.name
    ));
}
