//! Replies as JSON: the selected properties of the rows, written directly into the body.

use super::extended;
use super::kind::odata_type;
use super::prefer::{BodyType, Prefer};
use super::shelf::Shelf;
use super::text;
use crate::model::{Entity, Shown};
use crate::odata::extended::{LISTS, SINGLE};
use crate::odata::query::Options;
use crate::odata::select::{Selection, Target};
use crate::rules::{Collection, Service};
use crate::schema::schema;
use serde_json::{Value, json};

/// How the objects of one reply are written.
pub struct Writer<'a> {
    collection: &'static Collection,
    options: &'a Options,
    prefer: &'a Prefer,
    shelf: Shelf<'a>,
    /// The properties to write; `None` means all that an object has.
    columns: Option<Vec<Column>>,
    /// The properties to look at; `None` means all.
    names: Option<Vec<&'static str>>,
    /// The members of a message, in their order.
    shown: Vec<&'static str>,
}

/// A property and its replacement if an object has none.
struct Column {
    name: &'static str,
    missing: Value,
}

/// docs/graph.md#managers
const MANAGER: &str = "manager";

const ETAG: &str = "@odata.etag";

/// Properties that show more than their own values.
const ALWAYS: [&str; 3] = ["@odata.type", "changeKey", ETAG];

/// The envelope of a page's rows.
pub struct Envelope {
    pub context: String,
    pub count: Option<i64>,
    pub next: Option<String>,
}

impl<'a> Writer<'a> {
    pub fn new(
        collection: &'static Collection,
        options: &'a Options,
        prefer: &'a Prefer,
        shelf: Shelf<'a>,
    ) -> Self {
        let columns = match &options.select {
            Some(selection) if !selection.all => Some(selected(collection, selection)),
            _ => collection.usual.map(|names| columns(collection, names)),
        };
        let casts = options.select.iter().flat_map(|select| &select.casts);
        let casts = casts.map(|cast| cast.property);
        let names = columns.as_ref().map(|columns| {
            let columns = columns.iter().map(|column| column.name);
            columns.chain(casts).chain(ALWAYS).collect()
        });
        let shown = columns.iter().flatten().map(|column| column.name);
        let shown = std::iter::once(ETAG).chain(shown).collect();
        Self {
            collection,
            options,
            prefer,
            shelf,
            columns,
            names,
            shown,
        }
    }

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
            self.object(&mut out, row, Target::List);
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
        self.object(&mut out, row, Target::Single);
        if out.len() == start + 1 {
            out.pop();
        }
        out.push(b'}');
        out
    }

    /// The members of an object.
    fn object(&self, out: &mut Vec<u8>, row: u32, target: Target) {
        let start = out.len();
        if !self.made(out, row) {
            self.held(out, row, target);
        }
        if self.options.expand.contains(&"attachments") {
            let all = self.shelf.attachments(row);
            let all: Vec<Value> = all.iter().map(attachment).collect();
            if out.len() > start {
                out.push(b',');
            }
            self.member(out, "attachments", &Value::Array(all));
        }
        for asked in &self.options.extended {
            let entity = self.shelf.entity(row, None);
            let attachments = self.shelf.attachments(row);
            let found = extended::shown(asked, self.collection.entity, &entity, &attachments);
            if !found.is_empty() {
                if out.len() > start {
                    out.push(b',');
                }
                self.member(out, asked.member, &Value::Array(found));
            }
        }
    }

    /// The members of a message that is made for them alone; false for other objects.
    fn made(&self, out: &mut Vec<u8>, row: u32) -> bool {
        let (Shelf::Messages(mailbox), Some(columns)) = (self.shelf, &self.columns) else {
            return false;
        };
        let names = self.shown.as_slice();
        mailbox.show(row, names, &mut |at, value| {
            if at > 0 {
                out.push(b',');
            }
            match value {
                Some(Shown::Text(text)) => {
                    json(out, names[at]);
                    out.push(b':');
                    json(out, &*text);
                }
                Some(Shown::Value(value)) => self.member(out, names[at], &value),
                // Messages have an etag.
                None => self.member(out, names[at], &columns[at - 1].missing),
            }
        })
    }

    /// The members of an object of which there is an entity.
    fn held(&self, out: &mut Vec<u8>, row: u32, target: Target) {
        let entity = &*self.shelf.entity(row, self.names.as_deref());
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
            && let Some(etag) = etag(entity)
        {
            write(ETAG, &etag);
        }
        match &self.columns {
            Some(columns) => {
                for column in columns.iter().filter(|column| self.has(entity, column)) {
                    write(
                        column.name,
                        entity.get(column.name).unwrap_or(&column.missing),
                    );
                }
            }
            None => self.whole(entity, target, &mut write),
        }
        // An object without a manager does not have the member.
        if self.options.expand.contains(&MANAGER)
            && let Some(manager) = entity.get(MANAGER)
            && !manager.is_null()
        {
            write(MANAGER, manager);
        }
        if let Some(selection) = &self.options.select {
            self.cast(entity, selection, &mut write);
        }
    }

    /// Whether the type of an object has a property that a list of several types shows.
    fn has(&self, entity: &Entity, column: &Column) -> bool {
        let has = |kind: &str| {
            schema()
                .get(kind)
                .is_some_and(|known| known.property(column.name).is_some())
        };
        self.collection.kinds.is_empty() || odata_type(entity).is_some_and(has)
    }

    /// Properties of the object's own type.
    fn cast(&self, entity: &Entity, selection: &Selection, write: &mut impl FnMut(&str, &Value)) {
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

    /// All properties except those that must be requested.
    fn whole(&self, entity: &Entity, target: Target, write: &mut impl FnMut(&str, &Value)) {
        let left_out = match target {
            Target::List => self.collection.left_out,
            Target::Single => &[],
        };
        for (name, value) in entity {
            let hidden = name.starts_with('@')
                || [SINGLE, LISTS].contains(&name.as_str())
                || left_out.contains(&name.as_str())
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

    /// The value in the preferred form, if that differs.
    fn preferred(&self, name: &str, value: &Value) -> Option<Value> {
        match name {
            "body" | "uniqueBody" => body(value, self.prefer.body?),
            "start" | "end" => self.prefer.zone.as_ref()?.convert(value),
            _ => None,
        }
    }
}

fn selected(collection: &Collection, selection: &Selection) -> Vec<Column> {
    let mut names = selection.properties.clone();
    // Outlook's objects always come with their id.
    if collection.service == Service::Outlook && !names.contains(&"id") {
        names.insert(0, "id");
    }
    columns(collection, &names)
}

/// Columns for these properties; navigation properties are for `$expand`.
fn columns(collection: &Collection, names: &[&'static str]) -> Vec<Column> {
    let types = [collection.entity]
        .into_iter()
        .chain(collection.kinds.iter().copied());
    let types = types.filter_map(|name| schema().get(name));
    let properties: Vec<_> = types.flat_map(|known| &known.properties).collect();
    let named = names
        .iter()
        .filter_map(|name| properties.iter().find(|known| known.name == *name));
    named
        .filter(|property| !property.navigation)
        .map(|property| Column {
            name: property.name,
            missing: if property.collection {
                json!([])
            } else {
                Value::Null
            },
        })
        .collect()
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

/// The version of an object: that of its change key, or one of its own.
fn etag(entity: &Entity) -> Option<Value> {
    match entity.get("changeKey").and_then(Value::as_str) {
        Some(key) => Some(json!(format!("W/\"{key}\""))),
        None => entity.get(ETAG).cloned(),
    }
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
