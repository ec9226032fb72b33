//! Lists whose objects are of several types: the members of groups, and places.

use super::permissions::{self, Roles};
use crate::model::{Entity, Tenant};
use crate::rules::usual_of;
use serde_json::{Value, json};

/// The number of objects that can be in a group.
pub(super) fn count(tenant: &Tenant) -> usize {
    tenant.users.len() + tenant.groups.len() + tenant.org_contacts.len()
}

/// The type of an object that can be in a group, and its entity.
pub(super) fn object(tenant: &Tenant, at: usize) -> (&'static str, &Entity) {
    let (users, groups) = (tenant.users.len(), tenant.groups.len());
    match at {
        _ if at < users => ("user", &tenant.users[at].entity),
        _ if at < users + groups => ("group", &tenant.groups[at - users].entity),
        _ => ("orgContact", &tenant.org_contacts[at - users - groups]),
    }
}

/// An object as a list of members shows it: with its default properties unless others are wanted, and almost
/// empty without the permission to read its kind (docs/graph.md#group-members).
pub(super) fn shown(tenant: &Tenant, at: usize, roles: Roles, names: Option<&[&str]>) -> Entity {
    let (kind, entity) = object(tenant, at);
    let is_readable = roles.allow(match kind {
        "user" => permissions::USERS,
        "group" => permissions::GROUPS,
        _ => permissions::ORG_CONTACTS,
    });
    let is_shown = |name: &str| match names {
        Some(names) => names.contains(&name),
        None => usual_of(kind).is_none_or(|usual| usual.contains(&name)),
    };
    let kept = entity.iter().filter(|(name, _)| is_shown(name));
    let mut shown: Entity = kept
        .map(|(name, value)| {
            let is_hidden = !is_readable && name != "id";
            let value = if is_hidden { &Value::Null } else { value };
            (name.clone(), value.clone())
        })
        .collect();
    shown.insert(
        "@odata.type".into(),
        json!(format!("#microsoft.graph.{kind}")),
    );
    shown
}

/// A room or a room list, rooms first.
pub(super) fn place(tenant: &Tenant, at: usize) -> Entity {
    let rooms = tenant.rooms.len();
    let (kind, entity) = match at < rooms {
        true => ("room", &tenant.rooms[at]),
        false => ("roomList", &tenant.room_lists[at - rooms].entity),
    };
    let mut shown = entity.clone();
    shown.insert(
        "@odata.type".into(),
        json!(format!("#microsoft.graph.{kind}")),
    );
    shown
}
