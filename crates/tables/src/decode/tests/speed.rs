//! Speed of decoding pages, compared with parsing the same bytes without keeping anything. Run by
//! hand: `cargo test --release decode::tests::speed -- --ignored --nocapture`

use super::*;
use serde::de::IgnoredAny;
use std::hint::black_box;
use std::time::{Duration, Instant};

const RUNS: u32 = 30;

/// A page of messages with bodies of about this many characters.
fn page(rows: usize, body: usize) -> Vec<u8> {
    let line = "<div class=\"x\" style=\"font-family:Calibri\">Some words of a letter, naïve too.</div>\r\n";
    let content = line.repeat(body / line.len());
    let person = |n: usize| json!({"emailAddress": {"name": format!("Person {n}"), "address": format!("person.{n}@example.org")}});
    let rows: Vec<_> = (0..rows)
        .map(|n| {
            let id = format!("AAMkAGI2TG93{n:0>120}AAA=");
            json!({
                "@odata.etag": "W/\"CQAAABYAAADHcgC8Hl9tRZ/hc1wEUs1TAAAwR4Hg\"",
                "id": id, "createdDateTime": "2024-03-01T10:11:12Z",
                "lastModifiedDateTime": "2024-03-01T10:11:13Z",
                "changeKey": "CQAAABYAAADHcgC8Hl9tRZ/hc1wEUs1TAAAwR4Hg", "categories": [],
                "receivedDateTime": "2024-03-01T10:11:12Z", "sentDateTime": "2024-03-01T10:11:09Z",
                "hasAttachments": false, "internetMessageId": format!("<{n}@mail.example.org>"),
                "subject": format!("Minutes of meeting {n}"), "bodyPreview": "Some words of a letter. ".repeat(10),
                "importance": "normal", "parentFolderId": "AAMkAGI2TG93AAAuAAAAAAAiQ8W967B7TKBjgx9rVEURBAADSGcp",
                "conversationId": "AAQkAGI2TG93AAQAKdrm6pZ0kZLlG5sYxQe1J0=", "isRead": true, "isDraft": false,
                "webLink": format!("https://outlook.example.org/owa/?ItemID={n}&exvsurl=1&viewmodel=ReadMessageItem"),
                "inferenceClassification": "focused", "body": {"contentType": "html", "content": content},
                "sender": person(n), "from": person(n), "toRecipients": [person(n + 1), person(n + 2)],
                "ccRecipients": [person(n + 3)], "bccRecipients": [], "replyTo": [],
                "flag": {"flagStatus": "notFlagged"},
            })
        })
        .collect();
    serde_json::to_vec(&json!({ "@odata.context": "c", "value": rows })).unwrap()
}

/// The fastest of several runs, which is the least disturbed by other work on the machine.
fn fastest(mut work: impl FnMut()) -> Duration {
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..RUNS).map(|_| time(&mut work)).min().unwrap()
}

#[test]
#[ignore = "a measurement"]
fn decoding_beside_parsing() {
    let all: Vec<usize> = (0..MESSAGES.columns.len()).collect();
    let listing = [
        "id",
        "subject",
        "receivedDateTime",
        "from_emailAddress_address",
        "isRead",
    ];
    let listing = indices(&MESSAGES, &listing);
    for (name, reply, columns) in [
        ("1000 rows, all columns, no bodies", page(1000, 0), &all),
        ("100 rows, all columns, bodies", page(100, 20_000), &all),
        ("1000 rows, five columns", page(1000, 0), &listing),
    ] {
        let decoder = Decoder::new(&MESSAGES, columns, DecodeOptions::default());
        let decoding = fastest(|| drop(black_box(decoder.page(&reply, &context()).unwrap())));
        let parsing = fastest(|| drop(black_box(serde_json::from_slice::<IgnoredAny>(&reply))));
        let tree = fastest(|| {
            drop(black_box(serde_json::from_slice::<serde_json::Value>(
                &reply,
            )));
        });
        let rate = |time: Duration| reply.len() as f64 / 1e6 / time.as_secs_f64();
        println!(
            "{name} ({} KB): decode {:.0} MB/s, skip {:.0} MB/s, Value {:.0} MB/s: {:.2} x skip, {:.2} x Value",
            reply.len() / 1000,
            rate(decoding),
            rate(parsing),
            rate(tree),
            decoding.as_secs_f64() / parsing.as_secs_f64(),
            decoding.as_secs_f64() / tree.as_secs_f64(),
        );
    }
}
