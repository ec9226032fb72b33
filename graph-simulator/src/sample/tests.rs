use std::collections::{BTreeSet, HashSet};

use super::*;
use crate::calendar::{Calendar, Span};
use crate::entities::testing;
use crate::odata::moment as time;
use crate::store::MailboxIndex;

fn adeles(tenant: &Tenant) -> &Mailbox {
    tenant.users[0].mailbox.as_ref().unwrap()
}

fn text<'a>(item: &'a Item, property: &str) -> &'a str {
    item.entity[property].as_str().unwrap_or_default()
}

#[test]
fn the_sample_is_always_the_same_and_has_the_shape_of_graph() {
    let tenant = tenant();
    testing::check_tenant(&tenant);
    assert_eq!(format!("{tenant:?}"), format!("{:?}", super::tenant()));
}

#[test]
fn three_hundred_messages_lie_in_a_tree_of_folders() {
    let tenant = tenant();
    let mailbox = adeles(&tenant);
    assert_eq!(mailbox.messages.len(), 300);
    let name = |id: &str| {
        let folder = mailbox
            .folders
            .iter()
            .find(|folder| folder.entity["id"] == id)
            .unwrap();
        folder.entity["displayName"].as_str().unwrap().to_owned()
    };
    let used: BTreeSet<String> = mailbox
        .messages
        .iter()
        .map(|it| name(&it.parent_id))
        .collect();
    for folder in [
        "Inbox",
        "ILUG",
        "News",
        "Newsletters",
        "Archive",
        "Junk Email",
    ] {
        assert!(used.contains(folder), "{folder}: {used:?}");
    }
    assert_eq!(used.len(), FILES.len());
}

#[test]
fn the_messages_show_variety() {
    let tenant = tenant();
    let messages = &adeles(&tenant).messages;
    let count = |is_so: fn(&Item) -> bool| messages.iter().filter(|item| is_so(item)).count();
    assert!(count(|it| it.entity["body"]["contentType"] == "html") > 30);
    assert!(count(|it| it.entity["hasAttachments"] == true) > 10);
    assert!(count(|it| it.entity["isRead"] == false) > 30);
    assert!(count(|it| it.entity["flag"]["flagStatus"] == "flagged") > 5);
    assert!(count(|it| !text(it, "subject").is_ascii()) > 5);
    assert!(count(|it| text(it, "bodyPreview").contains('\u{fffd}')) == 0);
}

#[test]
fn the_first_two_messages_have_ids_that_differ_in_case_alone() {
    let tenant = tenant();
    let messages = &adeles(&tenant).messages;
    let [first, second] = [0, 1].map(|number| text(&messages[number], "id"));
    assert!(first != second && first.eq_ignore_ascii_case(second));
    assert_eq!(messages[0].parent_id, messages[1].parent_id);
    let ids: HashSet<String> = messages
        .iter()
        .map(|it| text(it, "id").to_lowercase())
        .collect();
    assert_eq!(ids.len(), messages.len() - 1);
}

#[test]
fn the_week_has_appointments_and_so_have_the_days_around_it() {
    let tenant = tenant();
    let events = &adeles(&tenant).events;
    let start = |item: &Item| {
        moment(&format!(
            "{}Z",
            item.entity["start"]["dateTime"].as_str().unwrap()
        ))
    };
    let (from, until) = (moment(WEEK.0), moment(WEEK.1));
    let within = events
        .iter()
        .filter(|item| (from..until).contains(&start(item)))
        .count();
    assert!((12..events.len() - 2).contains(&within), "{within}");
    let subjects: Vec<&str> = events.iter().map(|item| text(item, "subject")).collect();
    assert!(subjects.contains(&"Canceled: Interview: build engineer"));
    // Ten o'clock in Dublin in summer
    let planning = events
        .iter()
        .find(|it| text(it, "subject") == "Planning of release 2.42");
    assert_eq!(
        planning.unwrap().entity["start"]["dateTime"],
        "2002-09-16T09:00:00.0000000"
    );
}

#[test]
fn every_collection_has_rows() {
    let tenant = tenant();
    let mailbox = adeles(&tenant);
    let event_files = mailbox.events.iter().flat_map(|event| &event.attachments);
    for (count, name) in [
        (tenant.groups.len(), "groups"),
        (tenant.group_conversations.len(), "conversations"),
        (tenant.group_threads.len(), "threads"),
        (tenant.group_posts.len(), "posts"),
        (tenant.org_contacts.len(), "contacts"),
        (tenant.rooms.len(), "rooms"),
        (tenant.workspaces.len(), "workspaces"),
        (tenant.traces.rows.len(), "traces"),
        (tenant.subscribed_skus.len(), "subscribed products"),
        (tenant.room_lists.len(), "room lists"),
        (tenant.deleted_users.len(), "deleted users"),
        (mailbox.calendar_groups.len(), "calendar groups"),
        (mailbox.calendar_permissions.len(), "permissions"),
        (mailbox.categories.len(), "categories"),
        (mailbox.message_rules.len(), "rules"),
        (mailbox.inference_overrides.len(), "overrides"),
        (mailbox.people.len(), "people"),
        (mailbox.api_folders.len(), "folders for export"),
        (mailbox.api_items.len(), "items for export"),
        (mailbox.todo_lists.len(), "lists"),
        (mailbox.todo_tasks.len(), "tasks"),
        (mailbox.checklist_items.len(), "steps"),
        (mailbox.linked_resources.len(), "links"),
        (mailbox.task_attachments.len(), "attachments"),
        (event_files.count(), "attachments of events"),
    ] {
        assert!(count > 0, "{name}");
    }
    let objects: HashSet<String> = testing::objects(&tenant);
    for group in &tenant.groups {
        for id in group.members.iter().chain(&group.owners) {
            assert!(
                objects.contains(id),
                "{id} in {:?}",
                group.entity["displayName"]
            );
        }
    }
    let master = mailbox
        .events
        .iter()
        .find(|it| it.entity["type"] == "seriesMaster");
    let id = &master.expect("a series").entity["id"];
    let index = MailboxIndex::new(&mut mailbox.clone());
    let [start, end] = ["2002-09-01", "2003-01-01"].map(|day| time::utc(day).unwrap());
    let all = Calendar::new(mailbox, &index).instances(id.as_str().unwrap(), Span { start, end });
    assert_eq!(all.len(), 79, "sixteen weeks without one day");
    let kinds = all
        .iter()
        .map(|instance| instance.entity(None)["type"].clone());
    assert_eq!(kinds.filter(|kind| kind == "exception").count(), 1);
}

#[test]
fn alex_has_an_invitation_and_an_answer() {
    let tenant = tenant();
    let mailbox = tenant.users[1].mailbox.as_ref().unwrap();
    let kinds = mailbox.messages.iter().map(|it| text(it, "@odata.type"));
    let kinds: Vec<&str> = kinds.collect();
    assert_eq!(
        kinds,
        [
            "#microsoft.graph.eventMessageRequest",
            "#microsoft.graph.eventMessageResponse"
        ]
    );
    let ids: HashSet<String> = mailbox
        .every_message()
        .map(|it| text(&it, "id").to_owned())
        .collect();
    assert_eq!(ids.len(), 42);
}

#[test]
fn the_guest_has_no_mailbox() {
    let tenant = tenant();
    let guest = tenant
        .users
        .iter()
        .find(|user| user.entity["userPrincipalName"] == GUEST)
        .unwrap();
    assert!(guest.mailbox.is_none());
}
