//! The collections that need no code of their own.

use super::permissions as read;
use super::resource::{Reading, Resource, Rows};
use super::shelf::Shelf;
use crate::model::{Entity, Mailbox, Tenant};
use crate::rules;
use serde_json::Value;

type Inside = Resource<Mailbox>;
type Shared = Resource<Tenant>;

/// Below `/users/{id}`.
#[rustfmt::skip] // a line or two for each collection
pub static MAILBOX: &[Inside] = &[
    Inside::all("calendars", &rules::CALENDARS, read::CALENDARS, |it| Shelf::Entities(&it.calendars)),
    Inside::of("calendars/{}/calendarPermissions", Rows::In("calendars"), &rules::CALENDAR_PERMISSIONS,
        read::ALL_OF_CALENDARS, |it| Shelf::Items(&it.calendar_permissions)),
    Inside::of("calendar/calendarPermissions", Rows::InFirst("calendars"), &rules::CALENDAR_PERMISSIONS,
        read::ALL_OF_CALENDARS, |it| Shelf::Items(&it.calendar_permissions)),
    Inside::all("calendarGroups", &rules::CALENDAR_GROUPS, read::CALENDARS, |it| Shelf::CalendarGroups(&it.calendar_groups)),
    Inside::of("calendarGroups/{}/calendars", Rows::Named("calendarGroups", calendars_of_group), &rules::CALENDARS,
        read::CALENDARS, |it| Shelf::Entities(&it.calendars)).read(Reading::List),
    Inside::all("outlook/masterCategories", &rules::CATEGORIES, read::SETTINGS, |it| Shelf::Entities(&it.categories)),
    Inside::all("mailFolders/inbox/messageRules", &rules::MESSAGE_RULES, read::SETTINGS, |it| Shelf::Entities(&it.message_rules)),
    Inside::all("inferenceClassification/overrides", &rules::INFERENCE_OVERRIDES, read::MAIL, |it| Shelf::Entities(&it.inference_overrides)),
    Inside::all("people", &rules::PEOPLE, read::PEOPLE, |it| Shelf::Entities(&it.people)),
    Inside::all("todo/lists", &rules::TODO_LISTS, read::TASKS, |it| Shelf::Entities(&it.todo_lists)),
    Inside::of("todo/lists/{}/tasks", Rows::In("todo/lists"), &rules::TODO_TASKS, read::TASKS, |it| Shelf::Items(&it.todo_tasks)),
    Inside::of("todo/lists/{}/tasks/{}/checklistItems", Rows::In("todo/lists/{}/tasks"), &rules::CHECKLIST_ITEMS,
        read::TASKS, |it| Shelf::Items(&it.checklist_items)),
    Inside::of("todo/lists/{}/tasks/{}/linkedResources", Rows::In("todo/lists/{}/tasks"), &rules::LINKED_RESOURCES,
        read::TASKS, |it| Shelf::Items(&it.linked_resources)),
    Inside::of("todo/lists/{}/tasks/{}/attachments", Rows::In("todo/lists/{}/tasks"), &rules::TASK_ATTACHMENTS,
        read::TASKS, |it| Shelf::Items(&it.task_attachments)),
];

/// Below `/v1.0`. The more exact path comes first.
#[rustfmt::skip] // a line or two for each collection
pub static DIRECTORY: &[Shared] = &[
    Shared::all("groups", &rules::GROUPS, read::GROUPS, |it| Shelf::Groups(&it.groups)).read(Reading::Counted),
    Shared::of("groups/{}/members", Rows::Named("groups", members), &rules::MEMBERS,
        read::MEMBERS, |it| Shelf::Objects(it)).read(Reading::List),
    Shared::of("groups/{}/owners", Rows::Named("groups", owners), &rules::MEMBERS,
        read::OWNERS, |it| Shelf::Objects(it)).read(Reading::List),
    Shared::of("groups/{}/conversations", Rows::In("groups"), &rules::GROUP_CONVERSATIONS,
        read::CONVERSATIONS, |it| Shelf::Items(&it.group_conversations)).of_some(is_unified),
    Shared::of("groups/{}/threads", Rows::In("groups"), &rules::GROUP_THREADS,
        read::CONVERSATIONS, |it| Shelf::Items(&it.group_threads)).of_some(is_unified),
    Shared::of("groups/{}/threads/{}/posts", Rows::In("groups/{}/threads"), &rules::GROUP_POSTS,
        read::CONVERSATIONS, |it| Shelf::Items(&it.group_posts)),
    Shared::all("contacts", &rules::ORG_CONTACTS, read::ORG_CONTACTS, |it| Shelf::Entities(&it.org_contacts)).read(Reading::Counted),
    Shared::all("organization", &rules::ORGANIZATION, read::ORGANIZATION, |it| Shelf::Entities(std::slice::from_ref(&it.organization))),
    Shared::all("subscribedSkus", &rules::SUBSCRIBED_SKUS, read::LICENSES, |it| Shelf::Entities(&it.subscribed_skus)).read(Reading::List),
    Shared::all("directory/deletedItems/microsoft.graph.user", &rules::DELETED_USERS, read::DELETED_USERS,
        |it| Shelf::Entities(&it.deleted_users)),
    Shared::all("places/microsoft.graph.room", &rules::ROOMS, read::PLACES, |it| Shelf::Entities(&it.rooms)).read(Reading::List),
    Shared::all("places/microsoft.graph.workspace", &rules::WORKSPACES, read::PLACES, |it| Shelf::Entities(&it.workspaces))
        .read(Reading::List),
    Shared::all("places/microsoft.graph.roomList", &rules::ROOM_LISTS, read::PLACES, |it| Shelf::RoomLists(&it.room_lists))
        .read(Reading::List).keyed(&["emailAddress"]),
    Shared::of("places/{}/microsoft.graph.roomList/rooms", Rows::Named("places/microsoft.graph.roomList", rooms),
        &rules::ROOMS_OF_LIST, read::PLACES, |it| Shelf::Entities(&it.rooms)).read(Reading::List),
    Shared::all("places", &rules::PLACE, read::PLACES, |it| Shelf::Places(it)).read(Reading::Single).keyed(&["id", "emailAddress"]),
];

/// The rules of all these collections.
#[cfg(test)]
pub fn rules() -> impl Iterator<Item = &'static rules::Collection> {
    let mailbox = MAILBOX.iter().map(|resource| resource.rules);
    mailbox.chain(DIRECTORY.iter().map(|resource| resource.rules))
}

fn members(tenant: &Tenant, group: u32) -> Vec<&str> {
    texts(&tenant.groups[group as usize].members)
}

fn owners(tenant: &Tenant, group: u32) -> Vec<&str> {
    texts(&tenant.groups[group as usize].owners)
}

/// Other groups have no mailbox (docs/graph.md#group-conversations).
fn is_unified(group: &Entity) -> bool {
    let types = group.get("groupTypes").and_then(Value::as_array);
    types.is_some_and(|types| types.contains(&"Unified".into()))
}

fn rooms(tenant: &Tenant, list: u32) -> Vec<&str> {
    texts(&tenant.room_lists[list as usize].rooms)
}

/// The first group has the calendars that no group names.
fn calendars_of_group(mailbox: &Mailbox, group: u32) -> Vec<&str> {
    let groups = &mailbox.calendar_groups;
    let named = texts(&groups[group as usize].calendars);
    if group > 0 {
        return named;
    }
    let elsewhere: Vec<&str> = groups[1..]
        .iter()
        .flat_map(|group| texts(&group.calendars))
        .collect();
    let all = mailbox.calendars.iter();
    let all = all.filter_map(|calendar| calendar.get("id")?.as_str());
    all.filter(|id| named.contains(id) || !elsewhere.contains(id))
        .collect()
}

fn texts(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T>(catalogue: &[Resource<T>]) {
        let holes = |path: &str| path.matches("{}").count();
        let paths: Vec<&str> = catalogue.iter().map(|resource| resource.path).collect();
        for resource in catalogue {
            let (parent, keys) = match resource.rows {
                Rows::All => continue,
                Rows::In(parent) | Rows::Named(parent, _) => (parent, 1),
                Rows::InFirst(parent) => (parent, 0),
            };
            assert!(paths.contains(&parent), "{}: {parent}", resource.path);
            assert_eq!(
                holes(parent) + keys,
                holes(resource.path),
                "{}",
                resource.path
            );
        }
    }

    #[test]
    fn every_object_with_rows_is_in_a_collection() {
        check(MAILBOX);
        check(DIRECTORY);
    }
}
