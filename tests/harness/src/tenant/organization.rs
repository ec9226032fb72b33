//! The directory besides its users: groups, contacts, rooms, the organization itself.

use super::entities::{self, text};
use super::properties::{
    DELETED_USER, GROUP, GROUP_CONVERSATION, GROUP_POST, GROUP_THREAD, ORG_CONTACT, ORGANIZATION,
    PLACE, ROOM, SUBSCRIBED_SKU, WORKSPACE,
};
use super::shapes::{Kind, shape};
use graph_simulator::model::{Entity, Group, Item, RoomList, Tenant};
use serde_json::json;

const GROUPS: usize = 23;

pub fn fill(tenant: &mut Tenant) {
    tenant.org_contacts = entities(ORG_CONTACT, 0xC, 12);
    tenant.organization = shape(ORGANIZATION, 1, json!({ "id": tenant.id }));
    tenant.rooms = entities(ROOM, 0xE, 11);
    tenant.workspaces = entities(WORKSPACE, 0xB, 7);
    tenant.subscribed_skus = entities(SUBSCRIBED_SKU, 0x9, 6);
    for (product, sku) in tenant
        .subscribed_skus
        .iter_mut()
        .zip(["c42b9cae", "C42B9CAE"])
    {
        product.insert("skuId".to_owned(), json!(sku));
    }
    tenant.deleted_users = entities(DELETED_USER, 0xD, 8);
    let lists = entities(PLACE, 0xF, 3);
    tenant.room_lists = (0..)
        .zip(lists)
        .map(|(number, mut entity)| {
            entity.insert(
                "emailAddress".to_owned(),
                json!(format!("list{number}@contoso.example")),
            );
            let rooms = tenant.rooms.iter().skip(number).step_by(2);
            RoomList {
                entity,
                rooms: rooms.map(id).collect(),
            }
        })
        .collect();
    groups(tenant);
    conversations(tenant);
}

/// Those of Microsoft 365 groups; some have none.
fn conversations(tenant: &mut Tenant) {
    let unified: Vec<String> = tenant
        .groups
        .iter()
        .step_by(3)
        .map(|group| id(&group.entity))
        .collect();
    let inside = |properties, kind: &str, parents: &[String], count: usize| -> Vec<Item> {
        let item = |number: usize| {
            let id = entities::id(0, kind, number);
            let others = match kind {
                "POSTPO" => json!({ "id": id, "changeKey": entities::change_key(0, kind, number) }),
                _ => json!({ "id": id }),
            };
            Item {
                parent_id: parents[number * number % parents.len()].clone(),
                entity: shape(properties, number, others),
                attachments: Vec::new(),
            }
        };
        (0..count).map(item).collect()
    };
    tenant.group_conversations = inside(GROUP_CONVERSATION, "CONVER", &unified, 14);
    tenant.group_threads = inside(GROUP_THREAD, "THREAD", &unified, 31);
    let threads: Vec<String> = tenant
        .group_threads
        .iter()
        .map(|item| id(&item.entity))
        .collect();
    tenant.group_posts = inside(GROUP_POST, "POSTPO", &threads[..20], 45);
}

fn groups(tenant: &mut Tenant) {
    let groups = entities(GROUP, 0xA, GROUPS);
    let ids: Vec<String> = groups.iter().map(id).collect();
    let users: Vec<String> = tenant.users.iter().map(|user| id(&user.entity)).collect();
    let contacts: Vec<String> = tenant.org_contacts.iter().map(id).collect();
    tenant.groups = (0..)
        .zip(groups)
        .map(|(number, mut entity)| {
            if number % 3 == 0 {
                entity.insert(
                    "groupTypes".to_owned(),
                    json!(["DynamicMembership", "Unified"]),
                );
            }
            // Some groups are empty. Users are in several, and groups in groups.
            let mut members: Vec<String> = users.iter().skip(number % 9).cloned().collect();
            members.truncate(number % 5 * 3);
            if number % 3 == 1 {
                members.push(ids[(number + 1) % ids.len()].clone());
                members.push(contacts[number % contacts.len()].clone());
            }
            let owners = users.iter().skip(number).take(number % 3);
            Group {
                entity,
                members,
                owners: owners.cloned().collect(),
            }
        })
        .collect();
}

fn entities(properties: &[(&str, Kind)], kind: usize, count: usize) -> Vec<Entity> {
    let entity = |number: usize| {
        let id = format!("{number:08x}-{kind:x}{kind:x}11-4222-8333-{number:012x}");
        shape(properties, number, json!({ "id": id }))
    };
    (0..count).map(entity).collect()
}

fn id(entity: &Entity) -> String {
    text(entity, "id").to_owned()
}
