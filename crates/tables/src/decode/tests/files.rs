//! Files of reports as Microsoft writes them, and as it may.

use super::*;
use crate::definition::Report;
use crate::definitions::{MAILBOX_QUOTA_STATUS, MAILBOX_USAGE};
use datafusion::arrow::datatypes::Int64Type;
use proptest::prelude::*;

fn report(table: &Table) -> &Report {
    let Collection::Report(report) = &table.collection else {
        panic!("{} is no report", table.name);
    };
    report
}

fn read(table: &'static Table, names: &[&str], file: &[u8]) -> Result<File, DecodeError> {
    decoder(table, names).file(report(table), file, &context())
}

fn rows(table: &'static Table, names: &[&str], file: &str) -> RecordBatch {
    let file = read(table, names, file.as_bytes()).expect("a file");
    assert_eq!(file.batches.len(), 1);
    file.batches[0].clone()
}

const FILE: &str = "\u{feff}Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Item Count,\
    Storage Used (Byte),Report Period\r\n\
    2026-11-29,megan@x.org,\"Bowen, \"\"Megan\"\"\",False,,73369,18523759645,7\r\n\
    2026-11-29,old@x.org,\"two\r\nlines\",TRUE,2026-10-25T00:00:00Z,,9223372036854775807,7\r\n";

#[test]
fn fields_are_found_by_their_headers() {
    let names = [
        "storageUsedInBytes",
        "id",
        "displayName",
        "isDeleted",
        "deletedDate",
        "itemCount",
        "reportPeriod",
        "hasArchive",
        "compositeKey",
    ];
    for file in [FILE.to_owned(), FILE.replace("\r\n2", "\n2")] {
        let rows = rows(&MAILBOX_USAGE, &names, &file);
        assert_eq!(rows.num_rows(), 2);
        let sizes = rows.column(0).as_primitive::<Int64Type>();
        assert_eq!(sizes.values(), &[18_523_759_645, i64::MAX]);
        let ids = rows.column(1).as_string::<i32>();
        assert_eq!(ids.value(0), "7-1-megan@x.org");
        let names = rows.column(2).as_string::<i32>();
        assert_eq!(
            (names.value(0), names.value(1)),
            ("Bowen, \"Megan\"", "two\r\nlines")
        );
        let deleted = rows.column(3).as_boolean();
        assert_eq!((deleted.value(0), deleted.value(1)), (false, true));
        let dates = rows.column(4).as_primitive::<Date32Type>();
        assert!(dates.is_null(0));
        assert_eq!(dates.value(1), 20_751);
        assert!(rows.column(5).is_null(1));
        assert_eq!(rows.column(6).as_primitive::<Int32Type>().values(), &[7, 7]);
        // The file does not have it.
        assert_eq!(rows.column(7).null_count(), 2);
        assert_eq!(rows.column(8).as_string::<i32>().value(1), "7-1-old@x.org");
    }
}

#[test]
fn headers_may_move_change_their_case_and_be_unknown() {
    let file = "NEW COLUMN, under limit ,REPORT DATE\nx,12,2026-11-29\ny,,2026-11-28\n";
    let rows = rows(
        &MAILBOX_QUOTA_STATUS,
        &["underLimit", "reportDate", "warningIssued"],
        file,
    );
    let under = rows.column(0).as_primitive::<Int64Type>();
    assert_eq!((under.value(0), under.is_null(1)), (12, true));
    assert_eq!(rows.column(1).null_count(), 0);
    assert_eq!(rows.column(2).null_count(), 2);
}

#[test]
fn rows_of_the_same_name_have_ids_of_their_own() {
    let file = "User Principal Name\n(Unknown)\n(Unknown)\nann@x.org\n";
    let rows = rows(&MAILBOX_USAGE, &["id", "safeKey"], file);
    let ids: Vec<_> = rows.column(0).as_string::<i32>().iter().flatten().collect();
    assert_eq!(ids, ["7-1-(Unknown)", "7-2-(Unknown)", "7-1-ann@x.org"]);
    let key = rows.column(1).as_string::<i32>().value(2);
    assert_eq!(keys::id_from_safe_key(key).as_deref(), Some(ids[2]));
}

#[test]
fn concealed_names_are_noticed() {
    let conceals = |name: &str| {
        let file = format!("User Principal Name\n{name}\n");
        read(&MAILBOX_USAGE, &[], file.as_bytes())
            .expect("a file")
            .conceals_names
    };
    assert!(conceals("22C5B5A0E3BB38EA4BB5B8CCEEEEA51D"));
    for name in [
        "ann@x.org",
        "22c5b5a0e3bb38ea4bb5b8cceeeea51d",
        "22C5B5A0E3BB38EA4BB5B8CCEEEEA51",
        "22C5B5A0E3BB38EA4BB5B8CCEEEEA51DD",
        "22C5B5A0E3BB38EA4BB5B8CCEEEEA51G",
    ] {
        assert!(!conceals(name), "{name}");
    }
}

#[test]
fn a_large_file_comes_in_batches() {
    let lines = (0..20_000).map(|number| format!("user{number}@x.org\n"));
    let file = format!("User Principal Name\n{}", lines.collect::<String>());
    let file = read(&MAILBOX_USAGE, &["id"], file.as_bytes()).expect("a file");
    assert!(file.batches.len() > 2);
    let rows: usize = file.batches.iter().map(RecordBatch::num_rows).sum();
    assert_eq!(rows, 20_000);
}

#[test]
fn an_empty_report_has_no_rows() {
    assert_eq!(
        rows(&MAILBOX_USAGE, &["id"], "User Principal Name\r\n").num_rows(),
        0
    );
    assert_eq!(rows(&MAILBOX_USAGE, &[], FILE).num_rows(), 2);
}

#[test]
fn what_is_no_report_is_damage() {
    for file in [
        "",
        "a page\nof a proxy\n",
        "{\"value\":[]}",
        // The last line is cut off.
        "User Principal Name,Item Count\nann@x.org,1\nbob",
    ] {
        let error = read(&MAILBOX_USAGE, &["id"], file.as_bytes()).expect_err(file);
        assert!(error.is_damage(), "{file}: {error}");
    }
}

#[test]
fn a_wrong_value_is_named_without_being_quoted() {
    for (header, column, value) in [
        ("Item Count", "itemCount", "12x"),
        ("Item Count", "itemCount", "9223372036854775808"),
        ("Is Deleted", "isDeleted", "perhaps"),
        ("Deleted Date", "deletedDate", "yesterday"),
    ] {
        let file = format!("User Principal Name,{header}\nann@x.org,{value}\n");
        let error = read(&MAILBOX_USAGE, &[column], file.as_bytes()).expect_err(value);
        assert!(!error.is_damage());
        let text = error.to_string();
        assert!(text.contains(column) && !text.contains(value), "{text}");
    }
}

proptest! {
    #[test]
    fn any_texts_survive(names in prop::collection::vec("[ -~\r\n\u{a0}-\u{2fff}]{1,12}", 1..8)) {
        let quoted = names.iter().map(|name| format!("\"{}\"\r\n", name.replace('"', "\"\"")));
        let file = format!("User Principal Name\r\n{}", quoted.collect::<String>());
        let batch = rows(&MAILBOX_USAGE, &["userPrincipalName"], &file);
        let read: Vec<_> = batch.column(0).as_string::<i32>().iter().flatten().collect();
        prop_assert_eq!(read, names);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let file = [FILE.as_bytes(), &bytes[..]].concat();
        let _ = read(&MAILBOX_USAGE, &["id", "itemCount", "isDeleted"], &file);
        let _ = read(&MAILBOX_USAGE, &["id"], &bytes);
    }
}
