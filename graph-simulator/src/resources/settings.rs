//! The settings of a mailbox, and the occurrences of a series: paths that are not quite like others.

use super::ask::Content;
use super::list::{self, Source};
use super::mailbox::{Inside, find};
use super::shelf::Shelf;
use super::view;
use super::write::Writer;
use crate::odata::query::Options;
use crate::odata::select::Target;
use crate::refusal::Refusal;
use crate::rules::{INSTANCES, MAILBOX_SETTINGS};
use serde_json::Value;
use std::borrow::Cow;

impl Inside<'_> {
    /// Settings are no entity, so they have neither an id nor a context of one (docs/graph.md#mailbox-settings).
    pub(super) fn settings(&self) -> Result<Content, Refusal> {
        let ask = self.ask;
        let rules = &MAILBOX_SETTINGS;
        let options = Options::read(&ask.pairs, rules, Target::Single, ask.consistency)?;
        let settings = self.owner.get("mailboxSettings").and_then(Value::as_object);
        let settings = [settings.cloned().unwrap_or_default()];
        let source = Source {
            collection: rules,
            name: format!("{}/{}", self.name, rules.name),
            shelf: Shelf::Entities(&settings),
            rows: Cow::Borrowed(&[]),
            received: None,
        };
        let context = list::context(ask, &source, &options);
        let writer = Writer::new(rules, &options, &ask.prefer, source.shelf);
        Ok(Content::Json(writer.single(0, &context)))
    }

    /// docs/graph.md#instances
    pub(super) fn instances(&self, event: &str) -> Result<Content, Refusal> {
        let calendar = self.of_calendar();
        if calendar.occurrence(event).is_none() {
            find(&self.index.events, event)?;
        }
        let shown = calendar.instances(event, view::span(self.ask)?);
        self.instances_of(&INSTANCES, &shown)
    }
}
