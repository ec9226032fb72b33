use super::*;
use crate::definitions::{CONTACTS, EVENTS, MESSAGE_ATTACHMENTS, MESSAGES, USERS};
use datafusion::arrow::array::{AsArray, BooleanArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{
    ColumnarValue, Volatility, and, col, create_udf, in_list, lit, not, or,
};
use std::sync::Arc;

mod elements;
mod properties;
mod random;

fn moment(text: &str) -> Expr {
    let moment = chrono::DateTime::parse_from_rfc3339(text).unwrap();
    lit(ScalarValue::TimestampMicrosecond(
        Some(moment.timestamp_micros()),
        None,
    ))
}

fn pushed(table: &Table, filter: Expr) -> Pushed {
    push(table, &[filter], Pushdown::Full, Zone::UTC)
}

fn filter(filter: Expr) -> Option<String> {
    pushed(&MESSAGES, filter).filter(None)
}

fn column(name: &str) -> Expr {
    col(name.to_lowercase())
}

/// The list has the item. The function itself belongs to SQL; push-down identifies it by its name.
fn includes(list: Expr, item: &str) -> Expr {
    let function = create_udf(
        super::elements::FUNCTION,
        vec![DataType::Utf8, DataType::Utf8],
        DataType::Boolean,
        Volatility::Immutable,
        Arc::new(evaluate_includes),
    );
    function.call(vec![list, lit(item)])
}

fn evaluate_includes(arguments: &[ColumnarValue]) -> datafusion::error::Result<ColumnarValue> {
    let arrays = ColumnarValue::values_to_arrays(arguments)?;
    let (lists, items) = (arrays[0].as_string::<i32>(), arrays[1].as_string::<i32>());
    let pairs = lists.iter().zip(items);
    let found = pairs.map(|(list, item)| Some(crate::includes(list?, item?)));
    Ok(ColumnarValue::Array(Arc::new(
        found.collect::<BooleanArray>(),
    )))
}

#[test]
fn what_graph_answers_is_sent() {
    let ten = "2026-11-23T10:00:00Z";
    let sender = || column("from_emailAddress_address");
    let cases = [
        (column("isRead"), "isRead eq true"),
        (not(column("isRead")), "isRead eq false"),
        (column("isRead").eq(lit(false)), "isRead eq false"),
        (
            column("hasAttachments").not_eq(lit(true)),
            "hasAttachments eq false",
        ),
        (column("importance").eq(lit("high")), "importance eq 'high'"),
        (
            column("receivedDateTime").gt_eq(moment(ten)),
            "receivedDateTime ge 2026-11-23T10:00:00Z",
        ),
        (
            moment(ten).lt_eq(column("receivedDateTime")),
            "receivedDateTime ge 2026-11-23T10:00:00Z",
        ),
        (
            column("receivedDateTime").between(moment(ten), moment("2026-11-24T00:00:00Z")),
            "receivedDateTime ge 2026-11-23T10:00:00Z and receivedDateTime lt 2026-11-24T00:00:01Z",
        ),
        // `subject eq` is known to miss messages.
        (column("subject").eq(lit("Hi")), "startswith(subject,'Hi')"),
        (
            column("subject").like(lit("Hi")),
            "startswith(subject,'Hi')",
        ),
        (
            column("sentDateTime").is_not_null(),
            "sentDateTime ge 0001-01-01T00:00:00Z",
        ),
        (
            column("internetMessageId").eq(lit("<a@x>")),
            "internetMessageId eq '<a@x>'",
        ),
        (
            column("subject").like(lit("Re: %")),
            "startswith(subject,'Re: ')",
        ),
        (
            column("subject").like(lit("%plan%")),
            "contains(subject,'plan')",
        ),
        (
            column("subject").like(lit("a%plan%")),
            "startswith(subject,'a')",
        ),
        (
            column("subject").like(lit("%let's%")),
            "contains(subject,'let''s')",
        ),
        (
            column("subject").ilike(lit("%plan%")),
            "contains(subject,'plan')",
        ),
        (
            sender().eq(lit("ann@x.org")),
            "from/emailAddress/address eq 'ann@x.org'",
        ),
        (
            or(column("isRead"), column("importance").eq(lit("low"))),
            "(isRead eq true or importance eq 'low')",
        ),
        (
            or(
                column("importance").eq(lit("low")),
                lit(ScalarValue::Boolean(None)),
            ),
            "importance eq 'low'",
        ),
        (
            in_list(column("importance"), vec![lit("low"), lit("high")], false),
            "(importance eq 'low' or importance eq 'high')",
        ),
    ];
    for (expr, expected) in cases {
        let shown = expr.to_string();
        assert_eq!(filter(expr).as_deref(), Some(expected), "{shown}");
    }
}

#[test]
fn what_graph_would_answer_too_strictly_stays_local() {
    let cases = [
        column("subject").not_eq(lit("x")),
        column("subject").not_like(lit("x%")),
        not(column("subject").like(lit("x%"))),
        not(and(column("isRead"), column("hasAttachments"))),
        column("subject").eq(lit("")),
        column("subject").eq(lit("a\nb")),
        column("subject").like(lit("%")),
        column("subject").like(lit("_")),
        column("importance").eq(lit("HIGH")),
        column("body_content").like(lit("%x%")),
        column("toRecipients").eq(lit("x")),
        column("subject").eq(column("bodyPreview")),
        column("subject").is_null(),
        column("changeKey").eq(lit("x")),
        in_list(column("subject"), vec![lit("x")], true),
        or(column("isRead"), column("bodyPreview").eq(lit("x"))),
    ];
    for expr in cases {
        let shown = expr.to_string();
        let pushed = pushed(&MESSAGES, expr);
        assert_eq!(pushed.filter(None), None, "{shown}");
        assert!(!pushed.exact, "{shown}");
    }
}

#[test]
fn one_side_of_an_and_is_enough_inside_an_or() {
    let expr = or(
        and(column("isRead"), column("bodyPreview").eq(lit("x"))),
        column("hasAttachments"),
    );
    assert_eq!(
        filter(expr).unwrap(),
        "(isRead eq true or hasAttachments eq true)"
    );
}

#[test]
fn only_conditions_without_text_are_exact() {
    assert!(pushed(&MESSAGES, column("isRead")).exact);
    assert!(!pushed(&MESSAGES, column("subject").like(lit("x%"))).exact);
    assert!(push(&MESSAGES, &[], Pushdown::Full, Zone::UTC).exact);
}

#[test]
fn keys_become_direct_reads() {
    let by_id = pushed(
        &MESSAGES,
        in_list(column("id"), vec![lit("A"), lit("a"), lit("A")], false),
    );
    assert_eq!(by_id.ids.unwrap(), ["A", "a"]);
    let by_key = pushed(&MESSAGES, column("compositeKey").eq(lit("A|k")));
    assert_eq!(by_key.ids.unwrap(), ["A"]);
    let safe = keys::safe_key("AbC=");
    let by_safe_key = pushed(&MESSAGES, lit(safe).eq(column("safeKey")));
    assert_eq!(by_safe_key.ids.unwrap(), ["AbC="]);
    let wrong = pushed(&MESSAGES, column("safeKey").eq(lit("no key")));
    assert_eq!(wrong.ids.unwrap(), Vec::<String>::new());
}

#[test]
fn the_key_of_an_attachment_names_its_message() {
    let pushed = pushed(&MESSAGE_ATTACHMENTS, column("compositeKey").eq(lit("M|A")));
    assert_eq!(pushed.parents.unwrap(), ["M"]);
    assert_eq!(pushed.ids.unwrap(), ["A"]);
}

#[test]
fn two_conditions_on_one_key_leave_what_both_allow() {
    let both = [
        in_list(column("id"), vec![lit("A"), lit("B")], false),
        in_list(column("id"), vec![lit("B"), lit("C")], false),
    ];
    assert_eq!(
        push(&MESSAGES, &both, Pushdown::Full, Zone::UTC)
            .ids
            .unwrap(),
        ["B"]
    );
}

#[test]
fn folders_parents_and_mailboxes_choose_the_path() {
    let folder = pushed(&MESSAGES, column("parentFolderId").eq(lit("F")));
    assert_eq!(folder.folders.as_deref().unwrap(), ["F"]);
    assert_eq!(folder.filter(None), None);
    let calendar = pushed(&EVENTS, column("calendarId").eq(lit("C")));
    assert_eq!(calendar.parents.unwrap(), ["C"]);
    let mailbox = or(
        column("mailbox").eq(lit("a@x")),
        column("mailbox").eq(lit("b@x")),
    );
    assert_eq!(
        pushed(&CONTACTS, mailbox).mailboxes.unwrap(),
        ["a@x", "b@x"]
    );
}

#[test]
fn null_equals_nothing() {
    let null = lit(ScalarValue::Utf8(None));
    let nothing = pushed(&MESSAGES, column("id").eq(null));
    assert_eq!(nothing.ids.unwrap(), Vec::<String>::new());
    let unknown = lit(ScalarValue::Boolean(None));
    let one = pushed(&MESSAGES, or(column("id").eq(lit("A")), unknown));
    assert_eq!(one.ids.unwrap(), ["A"]);
}

#[test]
fn push_down_can_be_switched_off_but_mailboxes_still_count() {
    let conjuncts = [column("isRead"), column("mailbox").eq(lit("a@x"))];
    let pushed = push(&MESSAGES, &conjuncts, Pushdown::Off, Zone::UTC);
    assert_eq!(pushed.filter(None), None);
    assert_eq!(pushed.mailboxes.unwrap(), ["a@x"]);
}

#[test]
fn the_sorted_property_comes_first_in_the_filter() {
    let received = MESSAGES.column("receivedDateTime").unwrap();
    let unread = pushed(&MESSAGES, column("isRead").eq(lit(false)));
    assert!(unread.allows_order(received));
    assert_eq!(
        unread.filter(Some(received)).unwrap(),
        "receivedDateTime ge 0001-01-01T00:00:00Z and isRead eq false"
    );
    let conjuncts = [
        column("isRead"),
        column("receivedDateTime").gt_eq(moment("2026-11-23T10:00:00Z")),
    ];
    assert_eq!(
        push(&MESSAGES, &conjuncts, Pushdown::Full, Zone::UTC)
            .filter(Some(received))
            .unwrap(),
        "receivedDateTime ge 2026-11-23T10:00:00Z and isRead eq true"
    );
    assert_eq!(
        push(&MESSAGES, &[], Pushdown::Full, Zone::UTC).filter(Some(received)),
        None
    );
}

#[test]
fn graph_does_not_sort_what_it_filters_with_text_functions() {
    let received = MESSAGES.column("receivedDateTime").unwrap();
    let pushed = pushed(&MESSAGES, column("subject").like(lit("x%")));
    assert!(!pushed.allows_order(received));
    let subject = MESSAGES.column("subject").unwrap();
    assert!(!push(&MESSAGES, &[], Pushdown::Full, Zone::UTC).allows_order(subject));
}

#[test]
fn attachments_without_inline_ones_need_fewer_messages() {
    for expr in [not(column("isInline")), column("isInline").eq(lit(false))] {
        assert!(pushed(&MESSAGE_ATTACHMENTS, expr).excludes_inline);
    }
    assert!(!pushed(&MESSAGE_ATTACHMENTS, column("isInline")).excludes_inline);
}

#[test]
fn the_directory_filters_what_its_table_says() {
    let filter = |expr| pushed(&USERS, expr).filter(None);
    assert_eq!(
        filter(column("displayName").like(lit("Ann%"))).unwrap(),
        "startswith(displayName,'Ann')"
    );
    assert_eq!(
        filter(column("accountEnabled").eq(lit(true))).unwrap(),
        "accountEnabled eq true"
    );
    assert_eq!(
        filter(column("createdDateTime").lt(moment("2026-11-23T10:00:00Z"))).unwrap(),
        "createdDateTime le 2026-11-23T10:00:01Z"
    );
    assert_eq!(filter(column("displayName").like(lit("%Ann"))), None);
    // Nothing proves that Graph compares it.
    assert_eq!(filter(column("faxNumber").eq(lit("1"))), None);
    assert_eq!(filter(column("mail").is_null()), None);
    assert_eq!(filter(column("displayName").not_eq(lit("Ann"))), None);
}

#[test]
fn some_operators_need_an_advanced_query_of_the_directory() {
    let plain = pushed(&USERS, column("city").eq(lit("Ulm")));
    assert!(!plain.is_advanced(None));
    for (expr, filter) in [
        (
            column("mail").like(lit("%@x.example")),
            "endswith(mail,'@x.example')",
        ),
        (
            column("companyName").eq(lit("Contoso")),
            "companyName eq 'Contoso'",
        ),
        (column("city").is_null(), "city eq null"),
        (column("showInAddressList"), "showInAddressList eq true"),
    ] {
        let pushed = pushed(&USERS, expr.clone().or(column("city").eq(lit("Ulm"))));
        assert_eq!(
            pushed.filter(None).unwrap(),
            format!("({filter} or city eq 'Ulm')")
        );
        assert!(pushed.is_advanced(None), "{filter}");
    }
}

#[test]
fn the_directory_sorts_only_what_has_a_value() {
    let created = USERS.column("createdDateTime").unwrap();
    let all = push(&USERS, &[], Pushdown::Full, Zone::UTC);
    assert!(!all.allows_order(created));
    let since = column("createdDateTime").gt_eq(moment("2026-11-23T10:00:00Z"));
    let new = push(
        &USERS,
        &[column("city").eq(lit("Ulm")), since],
        Pushdown::Full,
        Zone::UTC,
    );
    assert!(new.allows_order(created));
    assert!(new.is_advanced(Some(created)) && !new.is_advanced(None));
    assert_eq!(
        new.filter(Some(created)).unwrap(),
        "city eq 'Ulm' and createdDateTime ge 2026-11-23T10:00:00Z"
    );
    let name = USERS.column("displayName").unwrap();
    assert!(!new.allows_order(name), "its order of texts is not SQL's");
}

#[test]
fn a_filter_too_long_for_a_url_is_cut_between_conditions() {
    let long =
        |character: &str| column("subject").like(lit(format!("%{}%", character.repeat(250))));
    let conjuncts: Vec<Expr> = ["a", "b", "c", "d", "e", "f", "g"].map(long).to_vec();
    let pushed = push(&MESSAGES, &conjuncts, Pushdown::Full, Zone::UTC);
    assert!(pushed.filter(None).unwrap().len() <= LONGEST_FILTER);
    assert!(!pushed.exact);
}
