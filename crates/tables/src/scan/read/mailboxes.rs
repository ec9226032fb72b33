//! Reads a whole scan: the directory, or several mailboxes at once.

use super::delivery::{Delivery, Flow};
use super::reader::Reader;
use super::shared_scan::SharedScan;
use super::{index, steps};
use crate::definition::{Collection, Scope};
use crate::scan::plan::extended;
use crate::scan::plan::mailboxes::{Mailboxes, mailboxes, name, users};
use crate::scan::plan::scan::Scan;
use crate::{Error, Warnings};
use exchange_config::OnMailboxError;
use futures::stream::{self, StreamExt};
use std::sync::Arc;

/// Reads everything that the scan describes. An error is sent last.
pub async fn read(shared: Arc<SharedScan>, scan: Scan, warnings: Warnings, delivery: Delivery) {
    let outcome = match scan.table.scope {
        Scope::Directory => {
            let reader = Arc::new(Reader::new(&shared, &scan, None, (&delivery, &warnings)));
            steps::read(&reader).await
        }
        Scope::Mailbox => read_mailboxes(&shared, &scan, &warnings, &delivery).await,
    };
    if let Err(error) = outcome {
        // The receiver is only gone if the statement is over.
        let _ = delivery.send(Err(error)).await;
    }
}

async fn read_mailboxes(
    shared: &Arc<SharedScan>,
    scan: &Scan,
    warnings: &Warnings,
    delivery: &Delivery,
) -> Result<Flow, Error> {
    let has_properties = scan.table.collection == Collection::ExtendedProperties;
    if has_properties && let Err(mistake) = extended::scans(scan) {
        return Err(Error::Endless(mistake));
    }
    let settings = shared.source.settings();
    let (names, everybody) = match mailboxes(scan, settings)? {
        Mailboxes::Named(names) => (names, false),
        Mailboxes::Among(names) => (names, true),
        Mailboxes::All => (
            all_mailboxes(&Reader::new(shared, scan, None, (delivery, warnings))).await?,
            true,
        ),
    };
    // A small mailbox is one request, so that fewer at once would leave room for requests unused.
    let at_once = settings.max_concurrent_requests as usize;
    let skip = settings.on_mailbox_error == OnMailboxError::Skip;
    let mut readings = stream::iter(names)
        .map(|name| async move {
            let outcome = read_mailbox(shared, scan, &name, (delivery, warnings)).await;
            (name, outcome)
        })
        .buffer_unordered(at_once);
    while let Some((name, outcome)) = readings.next().await {
        match outcome {
            Ok(Flow::More) => {}
            Ok(Flow::Enough) => return Ok(Flow::Enough),
            // A user of the directory need not have a mailbox (docs/graph.md#mailboxes).
            Err(error) if everybody && error.is_no_mailbox() => {}
            Err(error) if skip && !error.is_fatal() => {
                warnings.add(format!("mailbox {name} was left out: {error}"));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Flow::More)
}

/// Reads a mailbox. If it refuses the properties that some mailboxes refuse, it is read without them.
async fn read_mailbox(
    shared: &Arc<SharedScan>,
    scan: &Scan,
    name: &str,
    (delivery, warnings): (&Delivery, &Warnings),
) -> Result<Flow, Error> {
    if scan.table.collection == Collection::ExtendedProperties {
        for items in extended::scans(scan).map_err(Error::Endless)? {
            let name = Some(name.to_owned());
            let reader = Arc::new(Reader::new(shared, &items, name, (delivery, warnings)));
            if steps::read(&reader).await? == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
        return Ok(Flow::More);
    }
    let reader = |scan: &Scan| {
        let name = Some(name.to_owned());
        Arc::new(Reader::new(shared, scan, name, (delivery, warnings)))
    };
    let first = reader(scan);
    let refusal = match steps::read(&first).await {
        Err(error)
            if error.is_refused_query() && scan.selects_refusable() && !first.has_received() =>
        {
            error
        }
        outcome => return outcome,
    };
    let without = reader(&Scan {
        with_refusable: false,
        ..scan.clone()
    });
    match steps::read(&without).await {
        // Something else is refused.
        Err(error) if error.is_refused_query() && !without.has_received() => Err(refusal),
        Ok(flow) => {
            tracing::warn!(error = refusal.for_log(), "properties were refused");
            warnings.add(format!(
                "mailbox {name} refuses the properties of meetings, so that these columns are NULL"
            ));
            Ok(flow)
        }
        failure => failure,
    }
}

/// Every user of the directory, by principal name.
async fn all_mailboxes(reader: &Reader) -> Result<Vec<String>, Error> {
    let users = reader
        .values(users(), ["userPrincipalName", "mail"])
        .await?;
    let with_mail = users.into_iter().filter(|user| user[1].is_some());
    Ok(index::first_of_each(with_mail)
        .map(|user| name(&user))
        .collect())
}
