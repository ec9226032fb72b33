//! Lists taken apart, without a scan.

use super::{Asked, Unfold};
use crate::conditions;
use crate::definition::{Collection, Elements, Table};
use crate::definitions::table;
use datafusion::arrow::array::{ArrayRef, StringArray};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::arrow::util::display::array_value_to_string;
use datafusion::logical_expr::{Expr, ident, in_list, lit};
use std::sync::Arc;

fn elements(name: &str) -> (&'static Table, &'static Elements) {
    let table = table(name).expect(name);
    match &table.collection {
        Collection::Elements(elements) => (table, elements),
        other => panic!("{name} is {other:?}"),
    }
}

fn unfold(name: &str, columns: &[&str]) -> Unfold {
    let (child, elements) = elements(name);
    let columns = columns.iter().map(|column| child.column_index(column));
    Unfold::new(
        child,
        table(elements.parents).expect("parents"),
        elements.lists.iter().collect(),
        columns.map(|column| column.expect("a column")).collect(),
    )
}

/// Parents with these columns, each with its cells.
fn parents(columns: &[&[Option<&str>]]) -> RecordBatch {
    let arrays = columns.iter().enumerate().map(|(index, cells)| {
        let cells: ArrayRef = Arc::new(StringArray::from_iter(cells.iter().copied()));
        (index.to_string(), cells)
    });
    RecordBatch::try_from_iter_with_nullable(arrays.map(|(name, array)| (name, array, true)))
        .expect("a batch")
}

/// Each row as one text.
fn rows(batch: &RecordBatch) -> Vec<String> {
    let row = |row| {
        let cells = batch.columns().iter();
        let cells = cells.map(|array| array_value_to_string(array, row).expect("a value"));
        cells.collect::<Vec<_>>().join(",")
    };
    (0..batch.num_rows()).map(row).collect()
}

#[test]
fn every_element_of_every_list_is_a_row() {
    let person =
        r#"[{"emailAddress":{"name":"Ann","address":"ann@x.org"}},null,{"emailAddress":null},{}]"#;
    let batch = parents(&[
        &[Some("me"), Some("me")],
        &[Some("A"), Some("B")],
        &[None, Some(person)],
        &[
            Some("[]"),
            Some(r#"[{"emailAddress":{"address":"bob@x.org"}}]"#),
        ],
        &[None, None],
        &[None, None],
    ]);
    let columns = [
        "id",
        "mailbox",
        "messageId",
        "kind",
        "ordinal",
        "name",
        "address",
    ];
    let unfold = unfold("MessageRecipients", &columns);
    let (found, next) = unfold.batch(&batch, 0).expect("rows");
    assert_eq!(next, 2);
    assert_eq!(
        rows(&found),
        [
            "to-1-B,me,B,to,1,Ann,ann@x.org",
            "to-2-B,me,B,to,2,,",
            "to-3-B,me,B,to,3,,",
            "cc-1-B,me,B,cc,1,,bob@x.org",
        ]
    );
}

#[test]
fn rows_are_counted_without_any_column() {
    let batch = parents(&[
        &[Some("me")],
        &[Some("A")],
        &[Some(r#"["Red",null,"Blue"]"#)],
    ]);
    let (found, _) = unfold("MessageCategories", &[])
        .batch(&batch, 0)
        .expect("rows");
    assert_eq!((found.num_rows(), found.num_columns()), (2, 0));
}

#[test]
fn a_single_text_is_a_list_of_one() {
    let batch = parents(&[
        &[Some("me")],
        &[Some("A")],
        &[Some(r#"["1","2"]"#)],
        &[None],
        &[Some("\"3\\")],
    ]);
    let unfold = unfold("ContactPhones", &["kind", "ordinal", "number"]);
    let (found, _) = unfold.batch(&batch, 0).expect("rows");
    assert_eq!(
        rows(&found),
        ["business,1,1", "business,2,2", "mobile,1,\"3\\"]
    );
}

#[test]
fn addresses_have_a_prefix() {
    let batch = parents(&[
        &[Some("U")],
        &[Some(r#"["SMTP:a@x","smtp:b@x","X500:/o=A:B","c"]"#)],
    ]);
    let columns = ["userId", "prefix", "address", "isPrimary"];
    let (found, _) = unfold("UserProxyAddresses", &columns)
        .batch(&batch, 0)
        .expect("rows");
    assert_eq!(
        rows(&found),
        [
            "U,SMTP,a@x,true",
            "U,smtp,b@x,false",
            "U,X500,/o=A:B,false",
            "U,,c,false"
        ]
    );
}

#[test]
fn a_batch_ends_with_a_list() {
    let list = format!("[{}]", vec!["\"x\""; 5_000].join(","));
    let list = Some(list.as_str());
    let batch = parents(&[&[Some("me"); 3], &[Some("A"); 3], &[list; 3]]);
    let unfold = unfold("MessageCategories", &["category"]);
    let (found, next) = unfold.batch(&batch, 0).expect("rows");
    assert_eq!((found.num_rows(), next), (10_000, 2));
    let (found, next) = unfold.batch(&batch, next).expect("rows");
    assert_eq!((found.num_rows(), next), (5_000, 3));
}

#[test]
fn a_damaged_element_is_an_error() {
    for list in ["[1]", "{}", "[\"a\"", "[{\"a\":1}]"] {
        let batch = parents(&[&[Some("me")], &[Some("A")], &[Some(list)]]);
        let found = unfold("MessageCategories", &["category"]).batch(&batch, 0);
        assert!(found.is_err(), "{list}");
    }
}

/// The lists and the conditions on parents of a condition on recipients.
fn asked(filters: &[Expr]) -> (Vec<&'static str>, String) {
    let (table, elements) = elements("MessageRecipients");
    let asked = Asked::of(table, elements, filters).expect("conditions");
    let condition = conditions::all(asked.conditions);
    let condition = condition.map_or(String::new(), |condition| condition.to_string());
    let kinds = asked.lists.iter().map(|list| list.kind);
    (kinds.collect(), condition)
}

#[test]
fn conditions_choose_parents_and_lists() {
    let all = vec!["to", "cc", "bcc", "replyTo"];
    let parent = in_list(ident("messageid"), vec![lit("A"), lit("B")], false);
    assert_eq!(
        asked(&[parent]),
        (all.clone(), "id IN ([Utf8(\"A\"), Utf8(\"B\")])".to_owned())
    );
    let kind = in_list(ident("kind"), vec![lit("cc"), lit("to")], false);
    assert_eq!(asked(&[kind]), (vec!["to", "cc"], String::new()));
    let id = ident("id").eq(lit("cc-2-A"));
    assert_eq!(
        asked(std::slice::from_ref(&id)),
        (vec!["cc"], "id IN ([Utf8(\"A\")])".to_owned())
    );
    let key = ident("compositekey").eq(lit("cc-2-A"));
    assert_eq!(asked(&[key]), asked(&[id]));
    let other = ident("address").eq(lit("ann@x.org"));
    assert_eq!(asked(&[other]), (all, String::new()));
}

#[test]
fn impossible_conditions_ask_for_nothing() {
    for condition in [
        ident("id").eq(lit("AAMk")),
        ident("id").eq(lit("from-1-A")),
        ident("safekey").eq(lit("?")),
        ident("kind").eq(lit("from")),
    ] {
        let (lists, condition) = asked(&[condition]);
        assert_eq!(
            (lists.len(), condition.contains("id = Utf8(NULL)")),
            (0, true),
            "{condition}"
        );
    }
}

#[test]
fn graph_is_asked_for_lists_with_a_text() {
    let hint = |name: &str, condition: Expr| {
        let (table, elements) = elements(name);
        let asked = Asked::of(table, elements, &[condition]).expect("conditions");
        assert!(asked.conditions.is_empty());
        let hints = asked.hints.iter();
        hints.map(Expr::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        hint("MessageCategories", ident("category").eq(lit("a; b"))),
        [r#"categories IN ([Utf8("["a; b"]")])"#]
    );
    let none: [&str; 0] = [];
    let other = ident("category").not_eq(lit("a"));
    assert_eq!(hint("MessageCategories", other), none);
    assert_eq!(
        hint("MessageRecipients", ident("address").eq(lit("a"))),
        none
    );
}
