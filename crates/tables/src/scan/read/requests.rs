//! A reader's requests to Graph: single replies, batches, and lists of parents.

use super::index::{self, Row};
use super::reader::Reader;
use super::timed_ids::{self, TimedIds};
use super::walk::{Linked, Walk};
use super::windows::in_order::InOrder;
use super::windows::task::{Task, Timed};
use crate::Error;
use crate::decode::{DecodeError, File};
use crate::error::is_missing_item;
use crate::scan::plan::listing::Listing;
use crate::scan::plan::reports::ReportFile;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_graph::{self as graph, BatchItem, Bytes, Damaged, Prefer, Request, Response};
use std::collections::HashSet;

/// Maximum objects in a list of parents, which is kept in memory as a whole.
const MOST_LISTED: usize = 1_000_000;

/// The first page of one of several collections.
pub enum First {
    Page(RecordBatch, Option<String>),
    /// It has to be requested separately, perhaps in smaller pages.
    Unread,
    /// The collection does not exist, or no longer.
    Gone,
}

impl Reader {
    /// The next page of a walk as `parse` reads it; `None` at the end.
    pub async fn next<T>(
        &self,
        walk: &mut Walk,
        parse: impl Fn(&[u8]) -> Result<Linked<T>, DecodeError>,
    ) -> Result<Option<T>, Error> {
        while let Some(address) = walk.address() {
            match self.read(address, &parse).await {
                Ok((page, link)) => {
                    walk.go_on(link);
                    return Ok(Some(page));
                }
                Err(error) => walk.start_again(error)?,
            }
        }
        Ok(None)
    }

    /// The next page of a window that has rows, or its last one.
    pub async fn window<T>(
        &self,
        task: &mut Task,
        parse: impl Fn(&[u8]) -> Result<Linked<Timed<T>>, DecodeError>,
    ) -> Result<Option<Timed<T>>, Error> {
        let mut asks_again = !task.is_second;
        while let Some(page) = self.next(&mut task.walk, &parse).await? {
            if page.times.rows > 0 || task.is_second || !task.goes_on() {
                return Ok(Some(page));
            }
            // An empty page is often the fault of a moment. Otherwise only its link leads on.
            if std::mem::take(&mut asks_again) {
                task.start_again();
                continue;
            }
            task.walk.brought(0, 0)?;
            task.has_followed = true;
        }
        Ok(None)
    }

    /// The next page in order, which may have rows of the one before; `None` at the end.
    pub async fn next_in_order<T>(
        &self,
        pages: &mut InOrder,
        parse: impl Fn(&[u8]) -> Result<Linked<Timed<T>>, DecodeError>,
    ) -> Result<Option<Timed<T>>, Error> {
        loop {
            if let Some(walk) = pages.links() {
                match self.next(walk, &parse).await? {
                    Some(page) => return Ok(Some(page)),
                    None => pages.end_links(),
                }
            }
            let Some(mut task) = pages.task() else {
                return Ok(None);
            };
            match self.window(&mut task, &parse).await {
                Err(error) if error.is_refused_query() && !pages.is_at_start() => {
                    tracing::warn!(
                        error = error.for_log(),
                        "Graph refused a window; following links"
                    );
                    pages.only_links();
                }
                Err(error) => return Err(error),
                Ok(page) => {
                    let times = page.as_ref().map(|page| page.times).unwrap_or_default();
                    pages.came(&task, &times);
                    if page.is_some() {
                        return Ok(page);
                    }
                }
            }
        }
    }

    /// The next ids; `None` at the end. Ids may come again.
    pub async fn next_ids(&self, ids: &mut TimedIds) -> Result<Option<Vec<String>>, Error> {
        match ids {
            TimedIds::Windows { pages, time } => {
                let parse = |reply: &[u8]| timed_ids::timed(reply, time);
                let page = self.next_in_order(pages, parse).await?;
                Ok(page.map(|page| page.rows))
            }
            TimedIds::Links(walk) => self.next(walk, timed_ids::alone).await,
        }
    }

    /// Requests one reply and parses it. A reply that cannot come from Graph is requested again.
    async fn read<T>(
        &self,
        path: String,
        parse: impl Fn(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<T, Error> {
        let parse = |response: &Response| match parse(&response.body) {
            Err(error) if error.is_damage() => Err(Damaged("is damaged".to_owned())),
            parsed => Ok(parsed),
        };
        let parsed = self.shared.client.read(&self.request(path), parse).await?;
        Ok(parsed?)
    }

    /// Requests a report and reads its file.
    pub async fn file(&self, file: &ReportFile) -> Result<File, Error> {
        let parse = |response: &Response| {
            // Nothing else tells whether a file ends too early.
            if !response.is_framed {
                return Err(Damaged("may end too early".to_owned()));
            }
            match self.decode_file(&response.body, file) {
                Err(error) if error.is_damage() => Err(Damaged("is no table".to_owned())),
                parsed => Ok(parsed),
            }
        };
        let request = self.request(file.address());
        Ok(self.shared.client.download(&request, parse).await??)
    }

    /// Deadline and cancellation of the statement end the task that waits for the reply.
    pub(super) fn request(&self, path: String) -> Request {
        Request {
            path,
            mailbox: self.mailbox.clone(),
            prefer: self.prefer(),
            consistency: self.scan.is_eventual(),
            ..Request::default()
        }
    }

    fn prefer(&self) -> Prefer {
        let of_settings = Prefer::of(self.shared.source.settings());
        Prefer {
            text_bodies: of_settings.text_bodies || self.scan.reads_plain_text(),
            ..of_settings
        }
    }

    /// A message as Internet mail has it; `None` if it does not exist, or no longer.
    pub async fn mime(&self, listing: &Listing) -> Result<Option<Bytes>, Error> {
        let parse = |response: &Response| match response.is_framed {
            // Nothing else tells whether it ends too early.
            false => Err(Damaged("may end too early".to_owned())),
            true if !has_header(&response.body) => Err(Damaged("is no Internet mail".to_owned())),
            true => Ok(response.body.clone()),
        };
        let request = self.request(listing.address());
        match self.shared.client.content(&request, parse).await {
            Err(error) if is_missing_item(&error) => Ok(None),
            content => Ok(Some(content?)),
        }
    }

    /// One object, which need not have an id.
    pub async fn object(&self, listing: &Listing) -> Result<Response, Error> {
        let request = self.request(listing.address());
        Ok(self.shared.client.read(&request, object).await?)
    }

    /// Direct reads, twenty in one request; `None` for missing items.
    pub async fn batch(&self, listings: &[Listing]) -> Result<Vec<Option<Bytes>>, Error> {
        let replies = self.entities(listings).await?;
        replies.into_iter().map(present).collect()
    }

    /// Direct reads, each with its own outcome.
    pub async fn entities(
        &self,
        listings: &[Listing],
    ) -> Result<Vec<Result<Response, graph::Error>>, Error> {
        let addresses: Vec<String> = listings.iter().map(Listing::address).collect();
        let replies = self.each(addresses.clone()).await?;
        let is_batch = replies.len() > 1;
        let mut found = Vec::with_capacity(replies.len());
        for (address, reply) in addresses.into_iter().zip(replies) {
            let alone = match &reply {
                // An object that does not come from Graph is ignored.
                Ok(reply) => !has_id(&reply.body),
                // All of them are too large together.
                Err(error) => is_batch && error.kind() == graph::ErrorKind::TooLarge,
            };
            found.push(match alone {
                true => {
                    let request = self.request(address);
                    self.shared.client.read(&request, entity).await
                }
                false => reply,
            });
        }
        Ok(found)
    }

    /// The first pages of these collections, twenty in one request.
    pub async fn first_pages(&self, listings: &[Listing]) -> Result<Vec<First>, Error> {
        let addresses = listings.iter().map(Listing::address);
        let replies = self.each(addresses.collect()).await?;
        let firsts = listings.iter().zip(replies).map(|(listing, reply)| {
            use graph::ErrorKind::{GatewayTimeout, TooLarge};
            let reply = match reply {
                Ok(reply) => reply,
                Err(error) if is_missing_item(&error) => return Ok(First::Gone),
                Err(error) if matches!(error.kind(), GatewayTimeout | TooLarge) => {
                    return Ok(First::Unread);
                }
                Err(error) => return Err(error.into()),
            };
            match self.page(&reply.body, &listing.context) {
                Ok((batch, link)) => Ok(First::Page(batch, link)),
                Err(error) if error.is_damage() => Ok(First::Unread),
                Err(error) => Err(error.into()),
            }
        });
        firsts.collect()
    }

    /// One request for each path, twenty in one.
    async fn each(&self, paths: Vec<String>) -> Result<Vec<Result<Response, graph::Error>>, Error> {
        let client = &self.shared.client;
        if let [path] = paths.as_slice() {
            return Ok(vec![client.read(&self.request(path.clone()), object).await]);
        }
        let items: Vec<BatchItem> = paths
            .into_iter()
            .map(|path| BatchItem {
                path,
                mailbox: self.mailbox.clone(),
                prefer: self.prefer(),
            })
            .collect();
        Ok(client.batch(&items).await?)
    }

    /// The ids of every object of a collection.
    pub async fn ids(&self, listing: Listing) -> Result<Vec<String>, Error> {
        let rows = self.values(listing, ["id"]).await?;
        Ok(index::first_of_each(rows).collect())
    }

    /// Text properties of every object of a collection, for lists of parents such as the calendars
    /// of a mailbox.
    pub async fn values<const N: usize>(
        &self,
        listing: Listing,
        properties: [&str; N],
    ) -> Result<Vec<Row<N>>, Error> {
        let mut rows = Vec::new();
        // A row that moved to the next page comes twice.
        let mut known = HashSet::new();
        let mut walk = Walk::new(listing);
        let parse = |reply: &[u8]| {
            let page = index::page(reply, properties)?;
            Ok((page.rows, page.next_link))
        };
        while let Some(page) = self.next(&mut walk, parse).await? {
            let (count, before) = (page.len(), rows.len());
            rows.extend(page.into_iter().filter(|row| known.insert(row.clone())));
            if rows.len() > MOST_LISTED {
                return Err(Error::TooLong { most: MOST_LISTED });
            }
            walk.brought(count, rows.len() - before)?;
        }
        Ok(rows)
    }
}

/// Checks that a reply is one object.
fn object(response: &Response) -> Result<Response, Damaged> {
    let whole = serde_json::from_slice::<&serde_json::value::RawValue>(&response.body);
    match whole.is_ok_and(|json| json.get().starts_with('{')) {
        true => Ok(response.clone()),
        false => Err(Damaged("is damaged".to_owned())),
    }
}

/// Whether a reply begins with the name of a header. Nothing that is not from Graph does, such as JSON and the words of
/// gateways.
fn has_header(mail: &[u8]) -> bool {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let length = mail.iter().take_while(|byte| is_of_name(byte)).count();
    length > 0 && mail.get(length) == Some(&b':')
}

fn has_id(body: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Entity {
        #[serde(rename = "id")]
        _id: serde::de::IgnoredAny,
    }
    serde_json::from_slice::<Entity>(body).is_ok()
}

/// Checks that a reply is one object with an id.
fn entity(response: &Response) -> Result<Response, Damaged> {
    match has_id(&response.body) {
        true => Ok(response.clone()),
        false => Err(Damaged("is no object of Graph's".to_owned())),
    }
}

/// A missing row, or an impossible id, is not an error of a direct read.
pub fn present(reply: Result<graph::Response, graph::Error>) -> Result<Option<Bytes>, Error> {
    match reply {
        Ok(response) => Ok(Some(response.body)),
        Err(error) if is_missing_item(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internet_mail_begins_with_a_header() {
        for mail in ["Received: from x", "X-MS_1.a:\r\n b", "From:"] {
            assert!(has_header(mail.as_bytes()), "{mail}");
        }
        for other in [
            "",
            ":",
            "{\"error\":{}}",
            "null",
            "Error 1020: no access",
            "<html>",
            "\u{feff}From: x",
        ] {
            assert!(!has_header(other.as_bytes()), "{other}");
        }
    }
}
