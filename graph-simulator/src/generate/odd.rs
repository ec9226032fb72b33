//! All odd content that Graph allows, to test assumptions of readers.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::options::Options;
use crate::entities::Address;
use crate::entities::contact::Contact;
use crate::entities::event::{Attendee, Event, Place};
use crate::entities::message::{Body, ContentType, Message};
use crate::model::Entity;

/// Texts that break quoting, patterns, widths, trimming, encodings and comparisons.
pub const TEXTS: &[&str] = &[
    "",
    " ",
    " leading and trailing ",
    "\ttab\tand\r\nnew line",
    "it's 'quoted'",
    "\"double\" quoted",
    "''",
    "back\\slash\\",
    "100% under_score",
    "%",
    "_",
    "[brackets] {braces} `ticks`",
    "semicolon; --comment /* more */ ?",
    "{d '2024-01-01'} {fn NOW()}",
    "null",
    "NULL",
    "true",
    "0",
    "1e999",
    "a|b|c",
    "comma, semicolon; \"Lee; Ann\" <ann@contoso.example>",
    "<b>not &amp; bold</b>",
    "Straße STRASSE ſ ẞ",
    "İstanbul ISPARTA ılık",
    "e\u{301} é",
    "Z\u{351}\u{36b}a\u{300}\u{301}\u{302}\u{303}lgo",
    "👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇪🇺",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎𠜱 🀄",
    "שלום עולם",
    "\u{202e}right to left\u{202c}",
    "مرحبا بالعالم",
    "日本語 한국어 中文",
    "ｆｕｌｌ ｗｉｄｔｈ",
    "zero\u{200b}width\u{feff}",
    "control \u{1} \u{7f} \u{85} \u{2028}",
    "nul \u{0} inside",
    "\u{fffd} \u{ffff} \u{10ffff}",
    "a",
    "A",
    "a ",
    "ä",
    "A\u{308}",
];

/// Moments at the ends of calendars and counters, and where clocks change.
pub const MOMENTS: &[&str] = &[
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "1582-10-15T00:00:00Z",
    "1601-01-01T00:00:00Z",
    "1677-09-21T00:12:43Z",
    "1753-01-01T00:00:00Z",
    "1899-12-30T00:00:00Z",
    "1900-02-28T23:59:59Z",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00:00Z",
    "2000-02-29T12:00:00Z",
    "2024-03-10T09:59:59Z",
    "2024-03-10T10:00:00Z",
    "2024-03-31T00:59:59Z",
    "2024-03-31T01:00:00Z",
    "2024-10-27T00:30:00Z",
    "2024-10-27T01:30:00Z",
    "2024-11-03T08:30:00Z",
    "2024-11-03T09:30:00Z",
    "2038-01-19T03:14:08Z",
    "2262-04-11T23:47:17Z",
];

fn text(number: usize) -> String {
    // One in this many is very long, with a character of four bytes where buffers end.
    match number % (TEXTS.len() + 3) {
        long if long == TEXTS.len() => "x".repeat(254) + "😀" + &"y".repeat(700),
        long if long == TEXTS.len() + 1 => "ß".repeat(998),
        long if long == TEXTS.len() + 2 => "word ".repeat(51),
        short => TEXTS[short].to_owned(),
    }
}

fn moment(number: usize) -> DateTime<Utc> {
    MOMENTS[number % MOMENTS.len()].parse().expect("a moment")
}

fn address(number: usize) -> Address {
    let addresses = [
        "",
        "ANN@Contoso.example",
        "o'brien@contoso.example",
        "\"a;b\"@contoso.example",
        "用户@例子.example",
        "/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=ANN",
    ];
    Address::new(text(number), addresses[number % addresses.len()])
}

/// The number among the odd items: they go through all texts and moments.
fn turn(number: usize) -> usize {
    number / 5
}

/// Changes a message: the odd ones as a whole, and the next ones so that many have one time.
pub fn change_message(message: &mut Message, number: usize, options: &Options) {
    let turn = turn(number);
    match number % 5 {
        0 => {}
        1 => {
            message.received = options.moment(0.5);
            return;
        }
        _ => return,
    }
    message.subject = Some(text(turn));
    message.from = Some(address(turn));
    message.to = vec![address(turn + 1), address(turn + 2)];
    message.cc = (0..turn % 40).map(address).collect();
    message.categories = vec![text(turn + 3), text(turn + 4)];
    message.text = text(turn + 5);
    message.body = Body {
        content_type: if turn.is_multiple_of(2) {
            ContentType::Text
        } else {
            ContentType::Html
        },
        content: text(turn + 5),
    };
    message.internet_message_id = Some(text(turn + 6));
    if turn.is_multiple_of(2) {
        message.received = moment(turn / 2);
        message.sent = moment(turn / 2 + 1);
        message.created = moment(turn / 2 + 2);
    }
}

/// Removes values: Graph returns null for nearly any property.
pub fn change_message_entity(entity: &mut Entity, number: usize) {
    const NULLABLE: &[&str] = &[
        "subject",
        "from",
        "sender",
        "internetMessageId",
        "bodyPreview",
        "importance",
        "inferenceClassification",
        "isRead",
        "hasAttachments",
        "sentDateTime",
        "conversationId",
        "conversationIndex",
        "flag",
        "uniqueBody",
        "webLink",
        "isReadReceiptRequested",
    ];
    let turn = turn(number);
    if turn.is_multiple_of(3) {
        entity.insert(NULLABLE[turn / 3 % NULLABLE.len()].into(), Value::Null);
    }
    if turn.is_multiple_of(7) {
        entity.insert("toRecipients".into(), json!([]));
        entity.insert(
            "from".into(),
            json!({ "emailAddress": { "name": null, "address": null } }),
        );
    }
}

pub fn change_event(event: &mut Event, number: usize) {
    let turn = turn(number);
    event.subject = (turn % 4 != 3).then(|| text(turn));
    event.text = text(turn + 1);
    event.body.content = text(turn + 1);
    event.organizer = address(turn);
    event.categories = vec![text(turn + 2)];
    event.places = vec![Place {
        name: text(turn + 3),
        ..Place::default()
    }];
    if turn.is_multiple_of(2) {
        // Events of no length are as legal as those that end after an instant.
        let start = moment(turn / 2).naive_utc();
        event.start = start;
        event.end = match turn % 4 {
            0 => start,
            _ => start
                .checked_add_signed(TimeDelta::minutes(30))
                .unwrap_or(start),
        };
    }
    event.attendees.push(Attendee {
        who: address(turn + 1),
        kind: "resource",
        response: "none",
        responded: None,
        proposed: Some((event.start, event.end)),
    });
}

pub fn change_contact(contact: &mut Contact, number: usize) {
    let turn = turn(number);
    contact.display_name = (turn % 5 != 4).then(|| text(turn));
    contact.given_name = turn.is_multiple_of(3).then(|| text(turn + 1));
    contact.surname = None;
    contact.file_as = Some(text(turn + 2));
    contact.email_addresses = (0..turn % 4).map(|count| address(turn + count)).collect();
    contact.business_phones = vec![text(turn + 3), String::new()];
    contact.personal_notes = Some(text(turn + 4));
    contact.birthday = Some(moment(turn));
    contact.yomi = Some(["アン".into(), "スミス".into(), "コントソ".into()]);
}
