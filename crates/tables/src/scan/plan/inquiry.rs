//! Questions about addresses that a statement names.

use super::listing::Listing;
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use crate::definition::{Asked, Question};
use crate::pushdown::{DAY, Notation, moment_to_text};
use serde_json::{Value, json};
use std::collections::HashSet;

const NO_SCHEDULE: &str = "FreeBusy needs addresses and a span of time: write for example WHERE scheduleId IN ('ann@contoso.com', \
     'room@contoso.com') AND end_dateTime > {ts '2026-03-01 00:00:00'} AND start_dateTime < {ts '2026-03-08 00:00:00'}";

const NO_RECIPIENTS: &str = "MailTips needs addresses: write for example WHERE emailAddress_address IN ('ann@contoso.com', \
     'team@contoso.com')";

const LONG_SPAN: &str = "FreeBusy reads ten years at most: name a shorter span of time with conditions on start_dateTime and \
     end_dateTime";

/// Parts of a span: ten years, and a rest at both ends.
const MOST_PARTS: usize = 3_660 / 62 + 2;

/// Minutes of a digit of the overview that comes with schedules; this is the longest (docs/graph.md#schedules).
const INTERVAL: u32 = 1440;

/// A shorter part of a span is not divided.
const SHORTEST: i64 = 3_600 * SECOND;

const SECOND: i64 = 1_000_000;

/// One request.
#[derive(Clone, Debug)]
pub struct Inquiry {
    pub listing: Listing,
    /// The addresses as the statement writes them.
    pub addresses: Vec<String>,
    pub span: Option<Span>,
}

/// Part of the span of a statement, in microseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: i64,
    pub to: i64,
    /// Whether parts come before and after it.
    pub is_first: bool,
    pub is_last: bool,
}

/// The requests for the addresses of a statement, or the text about what it lacks.
pub fn inquiries(
    scan: &Scan,
    root: ResourceRoot<'_>,
    asked: &Asked,
) -> Result<Vec<Inquiry>, &'static str> {
    let addresses = scan.pushed.asked.clone();
    let action = |question: Value| root.at(asked.action).asking(question.to_string());
    match asked.question {
        Question::MailTips => {
            let Some(addresses) = addresses else {
                return Err(NO_RECIPIENTS);
            };
            let options = options(scan);
            let inquiry = |addresses: &[String]| Inquiry {
                listing: action(json!({
                    "EmailAddresses": each_once(addresses),
                    "MailTipsOptions": options,
                })),
                addresses: addresses.to_vec(),
                span: None,
            };
            let groups = groups(&addresses, asked.most);
            Ok(groups.iter().map(|group| inquiry(group)).collect())
        }
        Question::Schedules { longest } => {
            let spans = scan.pushed.view.spans_of(longest * DAY);
            let Some((addresses, spans)) = addresses.zip(spans) else {
                return Err(NO_SCHEDULE);
            };
            if spans.len() > MOST_PARTS {
                return Err(LONG_SPAN);
            }
            let mut inquiries = Vec::new();
            for group in groups(&addresses, asked.most) {
                for (place, (from, to)) in spans.iter().enumerate() {
                    let span = Span {
                        from: *from,
                        to: *to,
                        is_first: place == 0,
                        is_last: place + 1 == spans.len(),
                    };
                    inquiries.push(Inquiry {
                        listing: action(schedules(&group, *from, *to)),
                        addresses: group.clone(),
                        span: Some(span),
                    });
                }
            }
            Ok(inquiries)
        }
    }
}

impl Inquiry {
    /// Requests for the halves of the span, about some of the addresses; `None` if it is too short.
    ///
    /// Each asks for a second more of the other half, because nothing tells on which side Graph has an entry without a
    /// length.
    pub fn halves(&self, addresses: &[String]) -> Option<[Self; 2]> {
        let span = self.span.filter(|span| span.to - span.from > SHORTEST)?;
        let middle = (span.from / 2 + span.to / 2) / SECOND * SECOND;
        let half = |part: Span, from: i64, to: i64| Self {
            listing: self
                .listing
                .clone()
                .asking(schedules(addresses, from, to).to_string()),
            addresses: addresses.to_vec(),
            span: Some(part),
        };
        let first = Span {
            to: middle,
            is_last: false,
            ..span
        };
        let second = Span {
            from: middle,
            is_first: false,
            ..span
        };
        Some([
            half(first, span.from, middle + SECOND),
            half(second, middle - SECOND, span.to),
        ])
    }
}

/// The question about the schedules of addresses.
fn schedules(addresses: &[String], from: i64, to: i64) -> Value {
    json!({
        "schedules": each_once(addresses),
        "startTime": bound(from),
        "endTime": bound(to),
        "availabilityViewInterval": INTERVAL,
    })
}

/// Addresses for one request each. All spellings of an address are in the same.
fn groups(addresses: &[String], most: usize) -> Vec<Vec<String>> {
    let mut sorted = addresses.to_vec();
    sorted.sort_by_cached_key(|address| address.to_lowercase());
    let mut groups: Vec<Vec<String>> = Vec::new();
    for address in sorted {
        let room = groups.last_mut().filter(|group| {
            let known = each_once(group);
            let is_known = known.iter().any(|other| is_same(other, &address));
            is_known || known.len() < most
        });
        match room {
            Some(group) => group.push(address),
            None => groups.push(vec![address]),
        }
    }
    groups
}

/// Whether two texts are one address.
pub fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// One spelling of each address.
fn each_once(addresses: &[String]) -> Vec<&str> {
    let mut seen = HashSet::new();
    let addresses = addresses.iter().map(String::as_str);
    addresses
        .filter(|address| seen.insert(address.to_lowercase()))
        .collect()
}

fn bound(moment: i64) -> Value {
    let text = moment_to_text(moment, Notation::DateTimeOffset).unwrap_or_default();
    json!({ "dateTime": text.trim_end_matches('Z'), "timeZone": "UTC" })
}

/// The options for the columns of a statement (docs/graph.md#mail-tips).
fn options(scan: &Scan) -> String {
    const OPTIONS: &[(&str, &str)] = &[
        ("automaticReplies", "automaticReplies"),
        ("customMailTip", "customMailTip"),
        ("deliveryRestricted", "deliveryRestriction"),
        ("externalMemberCount", "externalMemberCount"),
        ("isModerated", "moderationStatus"),
        ("mailboxFull", "mailboxFullStatus"),
        ("maxMessageSize", "maxMessageSize"),
        ("recipientScope", "recipientScope"),
        ("recipientSuggestions", "recipientSuggestions"),
        ("totalMemberCount", "totalMemberCount"),
    ];
    let selected = scan.select();
    let used = OPTIONS
        .iter()
        .filter(|(property, _)| selected.contains(property));
    let options: Vec<&str> = used.map(|(_, option)| *option).collect();
    match options.is_empty() {
        // Graph needs one.
        true => "mailboxFullStatus".to_owned(),
        false => options.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(addresses: &[&str]) -> Vec<String> {
        addresses
            .iter()
            .map(|address| (*address).to_owned())
            .collect()
    }

    #[test]
    fn spellings_of_an_address_are_asked_once_and_together() {
        let found = groups(&texts(&["b@x", "A@x", "c@x", "a@X"]), 2);
        assert_eq!(found, [texts(&["A@x", "a@X", "b@x"]), texts(&["c@x"])]);
        assert_eq!(each_once(&found[0]), ["A@x", "b@x"]);
    }

    #[test]
    fn a_span_is_divided_until_it_is_an_hour() {
        let listing = ResourceRoot::new(Some("a")).at(&["calendar", "getSchedule"]);
        let inquiry = |hours: i64| Inquiry {
            listing: listing.clone(),
            addresses: texts(&["a@x", "b@x"]),
            span: Some(Span {
                from: 0,
                to: hours * SHORTEST,
                is_first: true,
                is_last: true,
            }),
        };
        let [first, second] = inquiry(3).halves(&texts(&["b@x"])).expect("halves");
        let [one, two] = [&first, &second].map(|half| half.span.expect("a span"));
        assert_eq!((one.from, one.to), (0, 3 * SHORTEST / 2));
        assert_eq!((two.from, two.to), (one.to, 3 * SHORTEST));
        assert!(one.is_first && !one.is_last && !two.is_first && two.is_last);
        assert_eq!(first.addresses, ["b@x"]);
        let asked = |half: &Inquiry| half.listing.question.clone().expect("a question");
        assert!(
            asked(&first).contains("1970-01-01T01:30:01"),
            "{}",
            asked(&first)
        );
        assert!(
            asked(&second).contains("1970-01-01T01:29:59"),
            "{}",
            asked(&second)
        );
        assert!(inquiry(1).halves(&texts(&["b@x"])).is_none());
    }

    #[test]
    fn bounds_have_their_zone_beside_them() {
        let bound = bound(1_795_428_000_000_000);
        assert_eq!(
            bound,
            json!({ "dateTime": "2026-11-23T10:00:00", "timeZone": "UTC" })
        );
    }
}
