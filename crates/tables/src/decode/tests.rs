//! Replies as Graph sends them, and replies that must not break the decoder.

use super::*;
use crate::definition::{Collection, Context};
use crate::definitions::{
    CALENDARS, CONTACTS, EVENTS, MAIL_FOLDERS, MESSAGE_ATTACHMENTS, MESSAGES, TABLES, USERS,
};
use crate::keys;
use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{Date32Type, Float64Type, Int32Type, TimestampMicrosecondType};
use serde_json::json;
use std::collections::HashMap;

mod files;
mod json;
mod properties;
mod refusals;
mod speed;

fn indices(table: &Table, names: &[&str]) -> Vec<usize> {
    names
        .iter()
        .map(|name| {
            table
                .column_index(name)
                .unwrap_or_else(|| panic!("no column {name}"))
        })
        .collect()
}

fn decoder(table: &'static Table, names: &[&str]) -> Decoder {
    Decoder::new(table, &indices(table, names), DecodeOptions::default())
}

fn context() -> RowContext {
    RowContext {
        mailbox: "ann@x.org".into(),
        parents: vec![
            (Context::MessageId, "MSG".into()),
            (Context::EventId, "EVT".into()),
            (Context::CalendarId, "CAL".into()),
            (Context::GroupId, "GRP".into()),
            (Context::TodoListId, "LST".into()),
            (Context::TodoTaskId, "TSK".into()),
            (Context::ThreadId, "THR".into()),
            (Context::MailboxFolderId, "FLD".into()),
        ],
        report_period: Some(7),
        folder: Some(FolderContext {
            parent_path: "Inbox".into(),
            depth: 2,
        }),
        well_known_names: Arc::new(HashMap::from([("F1".into(), "archive".into())])),
    }
}

/// Decodes one row of these columns.
fn row(table: &'static Table, names: &[&str], row: serde_json::Value) -> RecordBatch {
    try_row(table, names, row).unwrap()
}

fn try_row(
    table: &'static Table,
    names: &[&str],
    row: serde_json::Value,
) -> Result<RecordBatch, DecodeError> {
    let reply = json!({ "value": [row] }).to_string();
    Ok(decoder(table, names)
        .page(reply.as_bytes(), &context())?
        .batch)
}

/// The texts of a column; `~` for null.
fn texts(batch: &RecordBatch, column: usize) -> Vec<String> {
    let texts = batch.column(column).as_string::<i32>();
    texts
        .iter()
        .map(|text| text.unwrap_or("~").to_owned())
        .collect()
}

fn first_texts(batch: &RecordBatch) -> Vec<String> {
    (0..batch.num_columns())
        .map(|column| texts(batch, column).remove(0))
        .collect()
}

fn microseconds(batch: &RecordBatch, column: usize) -> Option<i64> {
    let times = batch
        .column(column)
        .as_primitive::<TimestampMicrosecondType>();
    times.is_valid(0).then(|| times.value(0))
}

#[test]
fn a_page_gives_its_rows_and_its_next_link() {
    let reply = br#"{
        "@odata.context": "https://graph.example/v1.0/$metadata#users('u')/messages(subject)",
        "@odata.count": -1,
        "value": [
            {"@odata.etag": "W/\"CQ\"", "id": "A", "subject": "One", "isRead": true},
            {"id": "B", "subject": null, "isRead": false},
            {"id": "C"}
        ],
        "@odata.nextLink": "https://graph.example/v1.0/next?$skip=3"
    }"#;
    let page = decoder(&MESSAGES, &["isRead", "subject", "mailbox"])
        .page(reply, &context())
        .unwrap();
    assert_eq!(
        page.next_link.as_deref(),
        Some("https://graph.example/v1.0/next?$skip=3")
    );
    assert_eq!(texts(&page.batch, 1), ["One", "~", "~"]);
    assert_eq!(texts(&page.batch, 2), ["ann@x.org"; 3]);
    let is_read: Vec<_> = page.batch.column(0).as_boolean().iter().collect();
    assert_eq!(is_read, [Some(true), Some(false), None]);
}

#[test]
fn an_empty_page_and_a_page_without_wanted_columns_have_rows_all_the_same() {
    let empty = decoder(&MESSAGES, &["subject", "id"])
        .page(br#"{"value":[]}"#, &context())
        .unwrap();
    assert_eq!((empty.batch.num_rows(), empty.batch.num_columns()), (0, 2));
    let counted = decoder(&MESSAGES, &[])
        .page(br#"{"value":[{},{"id":"A"}]}"#, &context())
        .unwrap();
    assert_eq!(
        (counted.batch.num_rows(), counted.batch.num_columns()),
        (2, 0)
    );
}

#[test]
fn columns_come_in_the_order_asked_for_even_twice() {
    let batch = row(
        &MESSAGES,
        &["subject", "id", "subject"],
        json!({"id": "A", "subject": "S"}),
    );
    assert_eq!(first_texts(&batch), ["S", "A", "S"]);
}

#[test]
fn nested_properties_are_found_and_absent_ones_are_null() {
    let names = [
        "from_emailAddress_name",
        "from_emailAddress_address",
        "body_content",
        "flag_flagStatus",
    ];
    let full = json!({
        "id": "A", "flag": {"flagStatus": "flagged"},
        "body": {"contentType": "html", "content": "<p>é</p>"},
        "from": {"emailAddress": {"address": "a@x", "name": "A", "unknown": {"name": "no"}}},
    });
    assert_eq!(
        first_texts(&row(&MESSAGES, &names, full)),
        ["A", "a@x", "<p>é</p>", "flagged"]
    );
    for empty in [
        json!({"id": "A"}),
        json!({"id": "A", "from": null, "body": {}, "flag": null}),
    ] {
        assert_eq!(first_texts(&row(&MESSAGES, &names, empty)), ["~"; 4]);
    }
    let half = json!({"from": {"emailAddress": null}, "flag": {"flagStatus": null}});
    assert_eq!(first_texts(&row(&MESSAGES, &names, half)), ["~"; 4]);
}

#[test]
fn escapes_in_texts_are_read() {
    let reply = br#"{"value":[{"\u0073ubject":"a\"b\\c\/\u00e9\ud83d\ude00\r\n\t\u0000"}]}"#;
    let page = decoder(&MESSAGES, &["subject"])
        .page(reply, &context())
        .unwrap();
    assert_eq!(texts(&page.batch, 0), ["a\"b\\c/é😀\r\n\t\0"]);
}

#[test]
fn multi_valued_columns_read_as_text_or_as_json() {
    let names = [
        "toRecipients",
        "categories",
        "ccRecipients",
        "internetMessageHeaders",
        "replyTo",
    ];
    let people = json!([
        {"emailAddress": {"name": "Lee; Ann", "address": "ann@x.org"}},
        {"emailAddress": {"address": "bob@x.org"}}, null, {"emailAddress": null}
    ]);
    let headers = json!([{"name": "X-A", "value": "1 2"}]);
    let reply = serde_json::to_vec_pretty(&json!({"value": [{
        "toRecipients": people, "categories": ["Red", "a; b"], "ccRecipients": [],
        "internetMessageHeaders": headers, "replyTo": null,
    }]}))
    .unwrap();
    let batch = decoder(&MESSAGES, &names)
        .page(&reply, &context())
        .unwrap()
        .batch;
    assert_eq!(
        first_texts(&batch),
        [
            "\"Lee; Ann\" <ann@x.org>; bob@x.org",
            "Red; \"a; b\"",
            "",
            r#"[{"name":"X-A","value":"1 2"}]"#,
            "~",
        ]
    );
    let options = DecodeOptions {
        collections: Collections::Json,
    };
    let batch = Decoder::new(&MESSAGES, &indices(&MESSAGES, &names), options)
        .page(&reply, &context())
        .unwrap()
        .batch;
    let as_json = first_texts(&batch);
    assert_eq!(as_json[1], r#"["Red","a; b"]"#);
    assert_eq!(as_json[0], people.to_string());
    assert_eq!(
        as_json[2..],
        ["[]", r#"[{"name":"X-A","value":"1 2"}]"#, "~"]
    );
}

#[test]
fn attendees_and_email_addresses_read_as_people() {
    let attendees = json!([{
        "type": "required", "status": {"response": "none", "time": "0001-01-01T00:00:00Z"},
        "emailAddress": {"name": "Ann", "address": "ann@x.org"},
    }]);
    let batch = row(&EVENTS, &["attendees"], json!({ "attendees": attendees }));
    assert_eq!(first_texts(&batch), ["Ann <ann@x.org>"]);
    let addresses =
        json!({"emailAddresses": [{"name": "B", "address": "b@x"}, {"address": "c@x"}]});
    assert_eq!(
        first_texts(&row(&CONTACTS, &["emailAddresses"], addresses)),
        ["B <b@x>; c@x"]
    );
}

#[test]
fn numbers_dates_and_bytes() {
    let batch = row(
        &EVENTS,
        &[
            "reminderMinutesBeforeStart",
            "location_coordinates_latitude",
            "recurrence_range_endDate",
        ],
        json!({
            "reminderMinutesBeforeStart": -15,
            "location": {"coordinates": {"latitude": 47.5}},
            "recurrence": {"range": {"endDate": "1970-01-11"}},
        }),
    );
    assert_eq!(batch.column(0).as_primitive::<Int32Type>().value(0), -15);
    assert_eq!(batch.column(1).as_primitive::<Float64Type>().value(0), 47.5);
    assert_eq!(batch.column(2).as_primitive::<Date32Type>().value(0), 10);
    let whole = json!({"location": {"coordinates": {"latitude": 47}}});
    let batch = row(&EVENTS, &["location_coordinates_latitude"], whole);
    assert_eq!(batch.column(0).as_primitive::<Float64Type>().value(0), 47.0);
    let index = json!({"conversationIndex": "AQHW5C+U"});
    let batch = row(&MESSAGES, &["conversationIndex"], index);
    assert_eq!(
        batch.column(0).as_binary::<i32>().value(0),
        [1, 1, 0xd6, 0xe4, 0x2f, 0x94]
    );
}

#[test]
fn event_times_are_in_utc_wherever_the_zone_stands() {
    let names = ["start_dateTime", "end_dateTime"];
    let reply = br#"{"value":[{
        "start": {"dateTime": "2017-04-21T10:00:00.0000000", "timeZone": "UTC"},
        "end": {"timeZone": "tzone://Microsoft/Utc", "dateTime": "2017-04-21T12:00:00"}
    }]}"#;
    let batch = decoder(&EVENTS, &names)
        .page(reply, &context())
        .unwrap()
        .batch;
    assert_eq!(microseconds(&batch, 0), Some(1_492_768_800_000_000));
    assert_eq!(microseconds(&batch, 1), Some(1_492_776_000_000_000));
    for empty in [
        json!({}),
        json!({"start": null}),
        json!({"start": {"timeZone": "UTC"}}),
        json!({"start": {"dateTime": null, "timeZone": "UTC"}}),
    ] {
        assert_eq!(microseconds(&row(&EVENTS, &names, empty), 0), None);
    }
}

#[test]
fn a_zone_of_one_time_is_not_that_of_another() {
    let names = ["start_dateTime", "start_timeZone", "end_dateTime"];
    let row = json!({
        "start": {"dateTime": "2017-04-21T10:00:00+02:00", "timeZone": "W. Europe Standard Time"},
        "end": {"dateTime": "2017-04-21T10:00:00"},
    });
    let batch = super::tests::row(&EVENTS, &names, row);
    assert_eq!(microseconds(&batch, 0), Some(1_492_761_600_000_000));
    assert_eq!(texts(&batch, 1), ["W. Europe Standard Time"]);
    assert_eq!(microseconds(&batch, 2), Some(1_492_768_800_000_000));
}

#[test]
fn a_local_time_in_another_zone_is_refused() {
    let local =
        json!({"start": {"dateTime": "2017-04-21T10:00:00", "timeZone": "Pacific Standard Time"}});
    let error = try_row(&EVENTS, &["start_dateTime"], local).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Microsoft Graph returned a value for start_dateTime that is not in UTC"
    );
}

#[test]
fn keys_are_made_from_ids() {
    let names = ["compositeKey", "safeKey", "id"];
    let message = json!({"changeKey": "CQ+/", "subject": "S", "id": "AAMk_w=="});
    let expected = [
        "AAMk_w==|CQ+/".to_owned(),
        keys::safe_key("AAMk_w=="),
        "AAMk_w==".to_owned(),
    ];
    assert_eq!(first_texts(&row(&MESSAGES, &names, message)), expected);
    let without_change_key = row(&CALENDARS, &["compositeKey"], json!({"id": "A"}));
    assert_eq!(first_texts(&without_change_key), ["A|"]);
    assert_eq!(
        first_texts(&row(&USERS, &["compositeKey"], json!({"id": "a-b"}))),
        ["a-b"]
    );
    let attachment = row(&MESSAGE_ATTACHMENTS, &["compositeKey"], json!({"id": "A"}));
    assert_eq!(first_texts(&attachment), ["MSG|A"]);
}

#[test]
fn a_captured_text_does_not_outlive_its_row() {
    let reply = br#"{"value":[{"id":"A","changeKey":"1"},{"id":"B"}]}"#;
    let batch = decoder(&MESSAGES, &["compositeKey"])
        .page(reply, &context())
        .unwrap()
        .batch;
    assert_eq!(texts(&batch, 0), ["A|1", "B|"]);
    let reply = br#"{"value":[{"id":"A"},{}]}"#;
    let error = decoder(&MESSAGES, &["safeKey"])
        .page(reply, &context())
        .unwrap_err();
    assert!(matches!(error, DecodeError::Missing { column: "id" }));
}

#[test]
fn folders_have_paths_depths_and_well_known_names() {
    let names = ["path", "wellKnownName", "displayName"];
    let reply = br#"{"value":[{"id":"F1","displayName":"Old"},{"id":"F2","displayName":"New"}]}"#;
    let batch = decoder(&MAIL_FOLDERS, &names)
        .page(reply, &context())
        .unwrap()
        .batch;
    assert_eq!(texts(&batch, 0), ["Inbox/Old", "Inbox/New"]);
    assert_eq!(texts(&batch, 1), ["archive", "~"]);
    let top = RowContext {
        folder: Some(FolderContext {
            depth: 1,
            ..Default::default()
        }),
        ..context()
    };
    let batch = decoder(&MAIL_FOLDERS, &["path", "depth"])
        .page(reply, &top)
        .unwrap()
        .batch;
    assert_eq!(texts(&batch, 0), ["Old", "New"]);
    assert_eq!(batch.column(1).as_primitive::<Int32Type>().value(1), 1);
    let unknown = RowContext {
        folder: None,
        ..context()
    };
    let batch = decoder(&MAIL_FOLDERS, &["path", "depth"])
        .page(reply, &unknown)
        .unwrap()
        .batch;
    assert_eq!(
        (batch.column(0).null_count(), batch.column(1).null_count()),
        (2, 2)
    );
}

#[test]
fn attachments_have_their_type_message_and_bytes() {
    let names = ["attachmentType", "messageId", "contentId"];
    let file =
        json!({"@odata.type": "#microsoft.graph.fileAttachment", "id": "A", "contentId": "c"});
    let batch = row(&MESSAGE_ATTACHMENTS, &names, file);
    assert_eq!(first_texts(&batch), ["fileAttachment", "MSG", "c"]);
    let old = json!({"@odata.type": "microsoft.graph.itemAttachment", "id": "A"});
    assert_eq!(
        first_texts(&row(&MESSAGE_ATTACHMENTS, &names, old)),
        ["itemAttachment", "MSG", "~"]
    );
    let orphan = RowContext {
        parents: Vec::new(),
        ..context()
    };
    let reply = br#"{"value":[{"id":"A"}]}"#;
    for column in ["messageId", "compositeKey"] {
        let error = decoder(&MESSAGE_ATTACHMENTS, &[column])
            .page(reply, &orphan)
            .unwrap_err();
        assert!(
            matches!(
                error,
                DecodeError::Context {
                    column: "messageId"
                }
            ),
            "{column}"
        );
    }
}

#[test]
fn single_rows_decode_like_those_of_a_page() {
    let decoder = decoder(&EVENTS, &["subject", "calendarId"]);
    let entity = decoder.entity(
        br#"{"@odata.context":"c/$entity","id":"A","subject":"S"}"#,
        &context(),
    );
    assert_eq!(first_texts(&entity.unwrap()), ["S", "CAL"]);
    let bodies: [&[u8]; 2] = [br#"{"subject":"1"}"#, br#" {"subject":"2"} "#];
    let batch = decoder.objects(bodies, &context()).unwrap();
    assert_eq!(texts(&batch, 0), ["1", "2"]);
}

#[test]
fn every_column_of_every_table_is_null_or_filled_in_for_a_bare_row() {
    let is_read = |table: &&&Table| {
        !matches!(
            table.collection,
            Collection::Elements(_) | Collection::ExtendedProperties | Collection::Report(_)
        )
    };
    for table in TABLES.iter().filter(is_read) {
        let all: Vec<usize> = (0..table.columns.len()).collect();
        let decoder = Decoder::new(table, &all, DecodeOptions::default());
        let batch = decoder
            .page(
                br#"{"value":[{"id":"A","recipientAddress":"a"}]}"#,
                &context(),
            )
            .unwrap()
            .batch;
        assert_eq!(batch.schema(), *decoder.schema());
        for (column, values) in table.columns.iter().zip(batch.columns()) {
            assert!(
                column.nullable || values.null_count() == 0,
                "{}.{}",
                table.name,
                column.name
            );
        }
    }
}

#[test]
fn a_large_page_keeps_every_row() {
    let row = |n: usize| json!({"id": format!("A{n}"), "subject": "x".repeat(n % 97)});
    let reply = json!({ "value": (0..10_000).map(row).collect::<Vec<_>>() }).to_string();
    let batch = decoder(&MESSAGES, &["id", "subject"])
        .page(reply.as_bytes(), &context())
        .unwrap()
        .batch;
    assert_eq!(batch.num_rows(), 10_000);
    assert_eq!(texts(&batch, 0)[9_999], "A9999");
    assert_eq!(texts(&batch, 1)[9_999].len(), 9_999 % 97);
}
