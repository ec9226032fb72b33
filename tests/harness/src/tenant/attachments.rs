//! Attachments of messages and events.

use super::entities::{entity, text};
use super::texts::{moment, odd};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use graph_simulator::model::Entity;
use serde_json::{Value, json};

/// Objects have none, inline ones only, or several of all types.
pub(super) fn attachments(owner_id: &str, number: usize) -> Vec<Entity> {
    let kinds: &[&str] = match number % 6 {
        0 => &["file", "inline"],
        1 => &["inline"],
        2 => &["item", "reference", "file"],
        _ => &[],
    };
    kinds
        .iter()
        .zip(0..)
        .map(|(kind, index)| attachment(owner_id, number, index, kind))
        .collect()
}

fn attachment(owner_id: &str, number: usize, index: usize, kind: &str) -> Entity {
    let mut attachment = entity(json!({
        "@odata.type": match kind {
            "item" => "#microsoft.graph.itemAttachment",
            "reference" => "#microsoft.graph.referenceAttachment",
            _ => "#microsoft.graph.fileAttachment",
        },
        "id": format!("{}{index}Bb=", owner_id.trim_end_matches('=')),
        "name": odd(number + index),
        "contentType": if index == 0 { Value::Null } else { json!("application/x-odd;a=b") },
        "size": number * 1000 + index,
        "isInline": kind == "inline",
        "lastModifiedDateTime": moment(number + index),
    }));
    if matches!(kind, "file" | "inline") {
        let content: Vec<u8> = (0..=255).cycle().skip(number).take(number * 3).collect();
        attachment.insert("contentBytes".to_owned(), json!(STANDARD.encode(content)));
        attachment.insert(
            "contentId".to_owned(),
            json!((kind == "inline").then_some("part1.06090408@x")),
        );
        attachment.insert("contentLocation".to_owned(), Value::Null);
    }
    debug_assert!(!text(&attachment, "id").is_empty());
    attachment
}
