//! Replies as JSON: the selected properties of the rows, straight into the body.

use super::prefer::{BodyType, Prefer};
use super::shelf::Shelf;
use super::text;
use crate::model::Entity;
use crate::odata::query::Options;
use crate::odata::select::Selection;
use crate::rules::{Collection, Service};
use crate::schema::schema;
use serde_json::{Value, json};

/// How the objects of one reply are written.
pub struct Writer<'a> {
    pub collection: &'static Collection,
    pub options: &'a Options,
    pub prefer: &'a Prefer,
    pub shelf: Shelf<'a>,
}

/// What stands around the rows of a page.
pub struct Envelope {
    pub context: String,
    pub count: Option<i64>,
    pub next: Option<String>,
}

impl Writer<'_> {
    pub fn page(&self, rows: &[u32], envelope: &Envelope) -> Vec<u8> {
        let mut out = Vec::with_capacity(256 + rows.len() * 256);
        out.push(b'{');
        self.member(&mut out, "@odata.context", &json!(envelope.context));
        if let Some(count) = envelope.count {
            out.push(b',');
            self.member(&mut out, "@odata.count", &json!(count));
        }
        out.extend_from_slice(b",\"value\":[");
        for (number, &row) in rows.iter().enumerate() {
            if number > 0 {
                out.push(b',');
            }
            out.push(b'{');
            self.object(&mut out, row);
            out.push(b'}');
        }
        out.push(b']');
        if let Some(next) = &envelope.next {
            out.push(b',');
            self.member(&mut out, "@odata.nextLink", &json!(next));
        }
        out.push(b'}');
        out
    }

    pub fn single(&self, row: u32, context: &str) -> Vec<u8> {
        let mut out = vec![b'{'];
        self.member(&mut out, "@odata.context", &json!(context));
        let start = out.len();
        out.push(b',');
        self.object(&mut out, row);
        if out.len() == start + 1 {
            out.pop();
        }
        out.push(b'}');
        out
    }

    /// The members of an object.
    fn object(&self, out: &mut Vec<u8>, row: u32) {
        let entity = self.shelf.entity(row);
        let start = out.len();
        let mut write = |name: &str, value: &Value| {
            if out.len() > start {
                out.push(b',');
            }
            self.member(out, name, value);
        };
        if let Some(type_name) = odata_type(entity) {
            write(
                "@odata.type",
                &json!(format!("#microsoft.graph.{type_name}")),
            );
        }
        if self.collection.service == Service::Outlook
            && let Some(key) = entity.get("changeKey").and_then(Value::as_str)
        {
            write("@odata.etag", &json!(format!("W/\"{key}\"")));
        }
        match &self.options.select {
            Some(selection) if !selection.all => self.selected(entity, selection, &mut write),
            _ => self.usual(entity, &mut write),
        }
        if self.options.expand.contains(&"attachments") {
            let all: Vec<Value> = self.shelf.attachments(row).iter().map(attachment).collect();
            write("attachments", &Value::Array(all));
        }
    }

    fn selected(
        &self,
        entity: &Entity,
        selection: &Selection,
        write: &mut impl FnMut(&str, &Value),
    ) {
        // Outlook's objects always come with their id.
        if self.collection.service == Service::Outlook
            && !selection.properties.contains(&"id")
            && let Some(id) = entity.get("id")
        {
            write("id", id);
        }
        let known = schema().get(self.collection.entity);
        for name in &selection.properties {
            let property = known.and_then(|known| known.property(name));
            if property.is_some_and(|property| property.navigation) {
                continue;
            }
            match entity.get(*name) {
                Some(value) => write(name, value),
                None if property.is_some_and(|property| property.collection) => {
                    write(name, &Value::Array(Vec::new()));
                }
                None => write(name, &Value::Null),
            }
        }
        let type_name = odata_type(entity).unwrap_or(self.collection.entity);
        for cast in &selection.casts {
            if schema().is_a(type_name, cast.type_name) {
                write(
                    cast.property,
                    entity.get(cast.property).unwrap_or(&Value::Null),
                );
            }
        }
    }

    fn usual(&self, entity: &Entity, write: &mut impl FnMut(&str, &Value)) {
        if let Some(names) = self.collection.usual {
            let known = schema().get(self.collection.entity);
            for name in names {
                let is_list = known
                    .and_then(|known| known.property(name))
                    .is_some_and(|property| property.collection);
                let missing = if is_list {
                    Value::Array(Vec::new())
                } else {
                    Value::Null
                };
                write(name, entity.get(*name).unwrap_or(&missing));
            }
            return;
        }
        for (name, value) in entity {
            let hidden = name.starts_with('@')
                || self.collection.only_selected.contains(&name.as_str())
                || (name == "item" && self.options.expand.is_empty());
            if !hidden {
                write(name, value);
            }
        }
    }

    fn member(&self, out: &mut Vec<u8>, name: &str, value: &Value) {
        json(out, name);
        out.push(b':');
        match self.preferred(name, value) {
            Some(changed) => json(out, &changed),
            None => json(out, value),
        }
    }

    /// The value as the request prefers it, where that differs.
    fn preferred(&self, name: &str, value: &Value) -> Option<Value> {
        match name {
            "body" | "uniqueBody" => body(value, self.prefer.body?),
            "start" | "end" => self.prefer.zone.as_ref()?.convert(value),
            _ => None,
        }
    }
}

fn body(value: &Value, wanted: BodyType) -> Option<Value> {
    let content = value.get("content")?.as_str()?;
    match (value.get("contentType")?.as_str()?, wanted) {
        ("html", BodyType::Text) => {
            Some(json!({"contentType": "text", "content": text::from_html(content)}))
        }
        ("text", BodyType::Html) => {
            Some(json!({"contentType": "html", "content": text::to_html(content)}))
        }
        _ => None,
    }
}

/// The type of an object that is of a derived one, without its namespace.
pub fn odata_type(entity: &Entity) -> Option<&str> {
    let name = entity.get("@odata.type")?.as_str()?;
    Some(
        name.trim_start_matches('#')
            .trim_start_matches("microsoft.graph."),
    )
}

/// An attachment as `$expand` shows it.
fn attachment(entity: &Entity) -> Value {
    let mut shown = entity.clone();
    shown.remove("item");
    Value::Object(shown)
}

fn json<T: serde::Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    // Writing text and numbers into memory cannot fail.
    let _ = serde_json::to_writer(out, value);
}
