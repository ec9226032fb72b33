//! The content of headers: people, times, importance.

use chrono::{DateTime, Utc};
use mail_parser::{
    Address as MimeAddress, HeaderName, HeaderValue, Message as Mime, MessageParser,
};

use super::charset;
use crate::entities::Address;
use crate::entities::message::Importance;

/// All people in all headers of this name.
pub fn addresses(mime: &Mime<'_>, name: HeaderName<'static>) -> Vec<Address> {
    mime.header_values(name)
        .filter_map(HeaderValue::as_address)
        .flat_map(MimeAddress::iter)
        .filter_map(|person| {
            let address = person
                .address()
                .map(str::trim)
                .filter(|address| !address.is_empty());
            let name = person.name().map(str::trim).filter(|name| !name.is_empty());
            match (name, address) {
                (None, None) => None,
                // Exchange shows the address of people without a name.
                (None, Some(address)) => Some(Address::new(address, address)),
                (Some(name), address) => Some(Address::new(name, address.unwrap_or_default())),
            }
        })
        .collect()
}

/// The first person in headers of this name.
pub fn first_address(mime: &Mime<'_>, name: HeaderName<'static>) -> Option<Address> {
    if name == HeaderName::ReturnPath {
        let address = mime.return_address()?;
        return (!address.is_empty()).then(|| Address::new(address, address));
    }
    addresses(mime, name).into_iter().next()
}

/// When the message was written, if its time exists.
pub fn sent(mime: &Mime<'_>) -> Option<DateTime<Utc>> {
    mime.date().and_then(moment)
}

/// When the last of the servers on its way received it.
pub fn received(mime: &Mime<'_>) -> Option<DateTime<Utc>> {
    let moments = mime.received_all();
    moments
        .filter_map(|received| received.date())
        .find_map(|date| moment(&date))
}

fn moment(date: &mail_parser::DateTime) -> Option<DateTime<Utc>> {
    // Spam lives in impossible zones, but east or west of Greenwich by no more than a day.
    let exists = (1..=12).contains(&date.month)
        && (1..=31).contains(&date.day)
        && date.hour < 24
        && date.minute < 60
        && date.second <= 60
        && date.tz_hour < 24
        && date.tz_minute < 60
        && (1970..=9999).contains(&date.year);
    exists
        .then(|| DateTime::from_timestamp(date.to_timestamp(), 0))
        .flatten()
}

/// The texts of a header that holds a list or one text.
pub fn texts(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(list) => list.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// A header without structure, as text.
pub fn text<'a>(mime: &'a Mime<'_>, name: &'static str) -> Option<&'a str> {
    mime.header(name)?.as_text().map(str::trim)
}

/// Importance, from any of the headers that mailers use for it.
pub fn importance(mime: &Mime<'_>) -> Importance {
    for name in ["Importance", "X-Priority", "X-MSMail-Priority", "Priority"] {
        let value = text(mime, name).unwrap_or_default().to_ascii_lowercase();
        match value.as_str() {
            "high" | "urgent" => return Importance::High,
            "low" | "non-urgent" => return Importance::Low,
            // 1 (Highest) to 5 (Lowest)
            _ => match value.as_bytes().first() {
                Some(b'1' | b'2') => return Importance::High,
                Some(b'4' | b'5') => return Importance::Low,
                _ => {}
            },
        }
    }
    Importance::Normal
}

/// Whether it went to many recipients, so that Focused Inbox would put it under Other.
pub fn is_bulk(mime: &Mime<'_>) -> bool {
    let precedence = text(mime, "Precedence").unwrap_or_default();
    let is_marked = ["bulk", "list", "junk"]
        .iter()
        .any(|word| precedence.eq_ignore_ascii_case(word));
    is_marked || mime.header(HeaderName::ListId).is_some()
}

/// The headers of a message as they were sent, but on one line each.
pub fn raw(raw: &[u8]) -> Vec<(String, String)> {
    match MessageParser::default().parse_headers(raw) {
        Some(mime) => parsed(&mime),
        None => Vec::new(),
    }
}

/// The headers of a parsed message, on one line each.
pub fn parsed(mime: &Mime<'_>) -> Vec<(String, String)> {
    let Some(root) = mime.parts.first() else {
        return Vec::new();
    };
    let values = root.headers.iter().map(|header| {
        let range = header.offset_start as usize..header.offset_end as usize;
        let bytes = mime.raw_message.get(range).unwrap_or_default();
        (
            header.name().to_owned(),
            unfolded(&charset::decode(bytes, None)),
        )
    });
    values.collect()
}

/// The lines of a header joined: a line break with the blanks after it becomes one blank.
fn unfolded(value: &str) -> String {
    let lines: Vec<&str> = value
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}
