//! Reads a whole scan: the directory, or several mailboxes at once.

use super::delivery::{Delivery, Flow};
use super::reader::Reader;
use super::shared_scan::SharedScan;
use super::{index, steps};
use crate::definition::Scope;
use crate::scan::plan::mailboxes::{Mailboxes, mailboxes, name, users};
use crate::scan::plan::scan::Scan;
use crate::{Error, Warnings};
use exchange_config::OnMailboxError;
use futures::stream::{self, StreamExt};
use std::sync::Arc;

/// Mailboxes to read at once. Each has its own limit of requests in flight.
const MAILBOXES_AT_ONCE: usize = 16;

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
    let settings = shared.source.settings();
    let (names, everybody) = match mailboxes(scan, settings)? {
        Mailboxes::Named(names) => (names, false),
        Mailboxes::Among(names) => (names, true),
        Mailboxes::All => (
            all_mailboxes(&Reader::new(shared, scan, None, (delivery, warnings))).await?,
            true,
        ),
    };
    let skip = settings.on_mailbox_error == OnMailboxError::Skip;
    let mut readings = stream::iter(names)
        .map(|name| async move {
            let reader = Reader::new(shared, scan, Some(name.clone()), (delivery, warnings));
            let reader = Arc::new(reader);
            (name, steps::read(&reader).await)
        })
        .buffer_unordered(MAILBOXES_AT_ONCE);
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
