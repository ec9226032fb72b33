//! The steps of scans, as they print.

use super::requests;
use crate::definition::Scope;
use crate::pushdown::Pushed;
use crate::scan::plan::scan::{Lists, Scan};
use crate::scan::plan::steps;
use crate::table;
use exchange_config::{DataSources, Settings, from_connection_string};

fn settings() -> Settings {
    let string = "TenantID=contoso.com;ClientId=app;ClientSecret=s3cr3tvalue";
    let read = from_connection_string(string, &DataSources::files([]));
    read.expect("a connection string").settings
}

/// The steps of a scan of these columns, in mailbox `a` if the table is of mailboxes.
fn steps_of(name: &str, columns: &[&str], pushed: Pushed) -> Vec<String> {
    let table = table(name).expect("a table");
    let columns = columns.iter().map(|name| table.column_index(name));
    let scan = Scan {
        table,
        columns: columns.map(|index| index.expect("a column")).collect(),
        pushed,
        order: None,
        limit: None,
        conditions: 0,
        joined_mailboxes: false,
        only_number: false,
        in_windows: true,
        with_refusable: true,
        properties: None,
        lists: Lists::Shown,
    };
    let mailbox = (table.scope == Scope::Mailbox).then_some("a");
    let steps = steps::of(&scan, &settings(), mailbox);
    let lines = steps.iter().flat_map(|step| requests::lines(step, false));
    lines.collect()
}

fn ids(ids: &[&str]) -> Option<Vec<String>> {
    Some(ids.iter().map(|id| (*id).to_owned()).collect())
}

#[test]
fn ids_that_no_row_can_have_are_not_asked_for() {
    for id in ["$count", "delta", "microsoft.graph.x", "a(b)"] {
        let by_id = Pushed {
            ids: ids(&[id]),
            ..Pushed::default()
        };
        assert!(steps_of("Messages", &["subject"], by_id).is_empty(), "{id}");
        let by_parent = Pushed {
            parents: ids(&[id]),
            ..Pushed::default()
        };
        assert!(
            steps_of("Events", &["subject"], by_parent).is_empty(),
            "{id}"
        );
    }
    let nobody = Pushed {
        mailboxes: ids(&[]),
        ..Pushed::default()
    };
    assert!(steps_of("Messages", &["subject"], nobody).is_empty());
}

#[test]
fn events_by_their_ids_are_looked_for_in_each_calendar_only_where_it_is_asked_for() {
    let pushed = |parents| Pushed {
        ids: ids(&["x", "y"]),
        parents,
        ..Pushed::default()
    };
    assert_eq!(
        steps_of("Events", &["subject"], pushed(None)),
        [
            "GET /users/a/events/x?$select=id,subject,type, twenty a $batch",
            "GET /users/a/events/y?$select=id,subject,type, twenty a $batch",
        ]
    );
    let columns = ["subject", "calendarId"];
    assert_eq!(
        steps_of("Events", &columns, pushed(None)),
        [
            "GET /users/a/calendars?$select=id&$top=100",
            "GET /users/a/calendars/{each}/events/x?$select=id,subject,type, twenty a $batch",
            "GET /users/a/calendars/{each}/events/y?$select=id,subject,type, twenty a $batch",
        ]
    );
    assert_eq!(
        steps_of("Events", &columns, pushed(ids(&["{each}"]))),
        [
            "GET /users/a/calendars/{each}/events/x?$select=id,subject,type, twenty a $batch",
            "GET /users/a/calendars/{each}/events/y?$select=id,subject,type, twenty a $batch",
        ]
    );
}

#[test]
fn parents_that_are_named_are_not_listed_unless_that_takes_fewer_requests() {
    let names: Vec<String> = (0..11).map(|number| format!("t{number}")).collect();
    let pushed = |tasks: usize| Pushed {
        grandparents: ids(&["l", "m"]),
        parents: Some(names[..tasks].to_vec()),
        ..Pushed::default()
    };
    assert_eq!(
        steps_of("ChecklistItems", &["displayName"], pushed(10)),
        [
            "GET /users/a/todo/lists/l/tasks/t0/checklistItems, twenty a $batch",
            "GET /users/a/todo/lists/l/tasks/t1/checklistItems, twenty a $batch",
            "GET /users/a/todo/lists/l/tasks/t2/checklistItems, twenty a $batch",
            "and 17 more like these, twenty a $batch",
        ]
    );
    assert_eq!(
        steps_of("ChecklistItems", &["displayName"], pushed(11)),
        [
            "GET /users/a/todo/lists/l/tasks?$select=id&$top=100",
            "GET /users/a/todo/lists/m/tasks?$select=id&$top=100",
            "GET /users/a/todo/lists/l/tasks/{each}/checklistItems, twenty a $batch",
        ]
    );
}

#[test]
fn of_many_requests_of_one_kind_some_are_shown() {
    let pushed = Pushed {
        folders: ids(&["a", "b", "c", "d", "e"]),
        ..Pushed::default()
    };
    assert_eq!(
        steps_of("Contacts", &["displayName"], pushed),
        [
            "GET /users/a/contactFolders/a/contacts?$select=id,displayName&$top=1000",
            "GET /users/a/contactFolders/b/contacts?$select=id,displayName&$top=1000",
            "GET /users/a/contactFolders/c/contacts?$select=id,displayName&$top=1000",
            "and 2 more like these",
        ]
    );
}

#[test]
fn groups_that_are_named_are_asked_for_conversations_only_if_they_can_have_some() {
    let of = |groups: &[&str]| {
        let pushed = Pushed {
            parents: ids(groups),
            ..Pushed::default()
        };
        steps_of("GroupThreads", &["topic"], pushed)
    };
    let [a, b] = ["a", "b"].map(|digit| format!("{}-0000-4000-8000-000000000000", digit.repeat(8)));
    assert_eq!(
        of(&[&a, "Sales", &b])[0],
        format!(
            "GET /groups?$select=id&$filter=groupTypes/any(c:c eq 'Unified') and (id eq '{a}' or id eq '{b}')&$top=999"
        )
    );
    assert!(of(&["Sales"]).is_empty(), "no group has such an id");
    let many: Vec<String> = (0..61)
        .map(|number| format!("{number:08}-0000-4000-8000-000000000000"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let requests = |count: usize| {
        let lines = of(&many[..count]);
        let lists = lines.iter().filter(|line| line.contains("/groups?"));
        lists.cloned().collect::<Vec<_>>()
    };
    assert_eq!(requests(16).len(), 2);
    assert_eq!(
        requests(61),
        ["GET /groups?$select=id&$filter=groupTypes/any(c:c eq 'Unified')&$top=999"]
    );
}
