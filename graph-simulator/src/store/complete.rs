//! Facts that follow from others, filled in where they are missing.

use crate::entities::ids::digest;
use crate::model::{Entity, Item, Mailbox, Tenant};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A tenant is an object of its own directory (docs/graph.md#organization).
pub(super) fn tenant(tenant: &mut Tenant) {
    let organization = &mut tenant.organization;
    fill(organization, "id", &tenant.id);
    fill(organization, "displayName", &tenant.domain);
    let domains = json!([{
        "capabilities": "Email, OfficeCommunicationsOnline",
        "isDefault": true,
        "isInitial": true,
        "name": tenant.domain,
        "type": "Managed",
    }]);
    organization.entry("verifiedDomains").or_insert(domains);
}

pub(super) fn mailbox(mailbox: &mut Mailbox) {
    for folder in &mut mailbox.folders {
        fill(
            &mut folder.entity,
            "parentFolderId",
            &mailbox.root_folder_id,
        );
        folder
            .entity
            .entry("isHidden")
            .or_insert(Value::Bool(false));
    }
    for message in &mut mailbox.messages {
        fill(&mut message.entity, "parentFolderId", &message.parent_id);
    }
    for contact in &mut mailbox.contacts {
        fill(&mut contact.entity, "parentFolderId", &contact.parent_id);
    }
    tasks(&mut mailbox.todo_tasks, &mailbox.linked_resources);
}

/// Tasks have a version that is no property, and their lists show the linked resources (docs/graph.md#todo).
fn tasks(tasks: &mut [Item], linked: &[Item]) {
    let mut by_task: HashMap<&str, Vec<Value>> = HashMap::new();
    for resource in linked {
        let group = by_task.entry(resource.parent_id.as_str()).or_default();
        group.push(Value::Object(resource.entity.clone()));
    }
    for task in tasks {
        let text = |name: &str| task.entity.get(name).and_then(Value::as_str);
        let id = text("id").unwrap_or_default();
        let version = digest(&["task", id, text("lastModifiedDateTime").unwrap_or_default()]);
        let etag = json!(format!("W/\"{}\"", STANDARD.encode(version)));
        let linked = by_task.remove(id).unwrap_or_default();
        task.entity.entry("@odata.etag").or_insert(etag);
        task.entity
            .insert("linkedResources".into(), Value::Array(linked));
    }
}

pub(super) fn fill(entity: &mut Entity, name: &str, value: &str) {
    let slot = entity.entry(name).or_insert(Value::Null);
    if slot.is_null() {
        *slot = Value::String(value.to_owned());
    }
}
