//! `$select`: the properties of a reply.

use crate::refusal::Refusal;
use crate::rules::{Collection, NeverSelected, pascal};
use crate::schema::schema;

/// The selected properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// In Graph's spelling, each once.
    pub properties: Vec<&'static str>,
    /// Properties of derived types: `microsoft.graph.fileAttachment/contentBytes`.
    pub casts: Vec<Cast>,
    /// `*`: all of them.
    pub all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    pub type_name: &'static str,
    pub property: &'static str,
}

/// Whether a collection or a single object is read: some properties only come with the latter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    List,
    Single,
}

pub fn parse(text: &str, collection: &Collection, target: Target) -> Result<Selection, Refusal> {
    let mut selection = Selection::default();
    for term in text.split(',').map(str::trim) {
        match term {
            "" => return Err(invalid(term)),
            "*" => selection.all = true,
            _ => match term.split_once('/') {
                Some((type_name, property)) => {
                    let cast = cast(term, type_name, property, collection, target)?;
                    if !selection.casts.contains(&cast) {
                        selection.casts.push(cast);
                    }
                }
                None => selection.add(property(term, collection, target)?),
            },
        }
    }
    Ok(selection)
}

impl Selection {
    fn add(&mut self, name: &'static str) {
        if !self.properties.contains(&name) {
            self.properties.push(name);
        }
    }

    /// As listed in `@odata.context`.
    pub fn context(&self) -> String {
        let mut names: Vec<String> = self
            .properties
            .iter()
            .map(|&name| name.to_owned())
            .collect();
        names.extend(
            self.casts
                .iter()
                .map(|cast| format!("microsoft.graph.{}/{}", cast.type_name, cast.property)),
        );
        names.join(",")
    }
}

/// docs/graph.md#requests, docs/graph.md#users, docs/graph.md#calendar-view
fn property(term: &str, collection: &Collection, target: Target) -> Result<&'static str, Refusal> {
    let types = [collection.entity]
        .into_iter()
        .chain(collection.kinds.iter().copied());
    let mut known = types.filter_map(|name| schema().get(name)?.property(term));
    let Some(known) = known.next() else {
        return Err(Refusal::unknown_property(term, collection.entity));
    };
    match collection.never_selected {
        NeverSelected::NotImplemented(names)
            if target == Target::List && names.contains(&known.name) =>
        {
            Err(Refusal::new(
                501,
                "NotImplemented",
                "This operation target is not yet supported.",
            ))
        }
        NeverSelected::Unsupported(names) if names.contains(&known.name) => Err(Refusal::new(
            400,
            "ErrorInvalidProperty",
            format!(
                "The property '{}' does not support selecting.",
                pascal(known.name)
            ),
        )),
        _ => Ok(known.name),
    }
}

fn cast(
    term: &str,
    type_name: &str,
    property: &str,
    collection: &Collection,
    target: Target,
) -> Result<Cast, Refusal> {
    // The path of a nested property: no page shows Graph selecting a part of a structure.
    let Some(short) = type_name.strip_prefix("microsoft.graph.") else {
        return Err(invalid(term));
    };
    let known = schema()
        .get(short)
        .filter(|known| schema().is_a(known.name, collection.entity))
        .ok_or_else(|| invalid(term))?;
    let property = known
        .property(property)
        .ok_or_else(|| Refusal::unknown_property(property, known.name))?;
    let is_left_out = target == Target::List && collection.left_out.contains(&property.name);
    if is_left_out || !collection.casts.contains(&property.name) {
        return Err(invalid(term));
    }
    Ok(Cast {
        type_name: known.name,
        property: property.name,
    })
}

fn invalid(term: &str) -> Refusal {
    Refusal::bad_request(format!(
        "Term '{term}' is not valid in a $select or $expand expression."
    ))
}
