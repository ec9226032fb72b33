//! Elements of lists as rows.

use super::context::RowContext;
use super::error::DecodeError;
use super::expecting::expecting_nothing;
use super::leaf::LeafVisitor;
use super::plan::Plan;
use super::rows::Rows;
use super::visit::RowSeed;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use std::fmt;

/// The rows of several lists, one after the other.
pub struct ElementRows<'d> {
    rows: Rows<'d>,
    schema: &'d SchemaRef,
}

impl<'d> ElementRows<'d> {
    pub(super) fn new(plan: &'d Plan, schema: &'d SchemaRef, context: &'d RowContext) -> Self {
        Self {
            rows: Rows::new(plan, context, |_| 0),
            schema,
        }
    }

    /// Adds the elements of a JSON list and returns their number. Nulls are no elements.
    pub fn add(&mut self, list: &str) -> Result<usize, DecodeError> {
        let rows = &mut self.rows;
        let before = rows.count();
        rows.reading = Some(("a list", "a list"));
        let mut json = serde_json::Deserializer::from_str(list);
        ListSeed { rows }
            .deserialize(&mut json)
            .map_err(|e| rows.explain(&e))?;
        json.end().map_err(|e| rows.explain(&e))?;
        Ok(rows.count() - before)
    }

    pub fn finish(self) -> Result<RecordBatch, DecodeError> {
        self.rows.finish(self.schema)
    }
}

struct ListSeed<'r, 'p> {
    rows: &'r mut Rows<'p>,
}

impl<'de> DeserializeSeed<'de> for ListSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ListSeed<'_, '_> {
    type Value = ();
    expecting_nothing!();

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let Self { rows } = self;
        let mut next = || elements.next_element_seed(ElementSeed { rows: &mut *rows });
        while next()?.is_some() {}
        Ok(())
    }
}

struct ElementSeed<'r, 'p> {
    rows: &'r mut Rows<'p>,
}

impl<'de> DeserializeSeed<'de> for ElementSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for ElementSeed<'_, '_> {
    type Value = ();
    expecting_nothing!();

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, element: D) -> Result<(), D::Error> {
        let Self { rows } = self;
        let plan = rows.plan;
        match &plan.text {
            None if !plan.root.members.is_empty() => return RowSeed { rows }.deserialize(element),
            // Only the number of elements matters.
            None => drop(IgnoredAny::deserialize(element)?),
            Some(leaf) => {
                rows.begin_row();
                rows.reading = Some((leaf.name, leaf.kind.expected()));
                element.deserialize_any(LeafVisitor {
                    leaf,
                    rows: &mut *rows,
                })?;
            }
        }
        rows.end_row().map_err(|failure| rows.fail(failure))
    }
}
