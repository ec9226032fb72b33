//! From rows with lists to rows of their elements.

use super::id;
use super::kept::Kept;
use super::outer::{Outer, Pairs};
use crate::decode::{DecodeOptions, Decoder, RowContext};
use crate::definition::{ColumnSource, Element, ElementList, Encoding, Table};
use crate::local_times::LocalTimes;
use crate::{Error, arrow_schema, keys};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int32Array, RecordBatchOptions, StringArray, StringBuilder,
    UInt32Array,
};
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::arrow::record_batch::RecordBatch;
use exchange_config::Zone;
use std::sync::Arc;

/// A batch ends after the list with which it has so many rows.
const ENOUGH: usize = 8_192;

/// Takes the lists of parents apart.
#[derive(Debug)]
pub struct Unfold {
    pub table: &'static Table,
    parents: &'static Table,
    pub lists: Vec<&'static ElementList>,
    /// The places of the parent's facts in the input.
    places: ParentPlaces,
    /// Columns of the input that the result has before those of elements.
    kept: Vec<Kept>,
    /// Whether the result may have columns of the input.
    is_join: bool,
    /// How parents without elements stay; `None` if they do not.
    outer: Option<Outer>,
    /// Indices of the columns of elements, those of the result first.
    columns: Vec<usize>,
    schema: SchemaRef,
    /// Indices of the columns that elements themselves have.
    inside: Vec<usize>,
    /// Reads these.
    decoder: Decoder,
    /// How their times are shown; `None` as they come.
    local: Option<LocalTimes>,
    /// The place of each column of the result among those of the decoder.
    decoded: Vec<Option<usize>>,
}

/// The places of columns that elements need of their parents.
#[derive(Clone, Debug)]
pub struct ParentPlaces {
    pub mailbox: Option<usize>,
    pub id: usize,
    /// One for each list.
    pub lists: Vec<usize>,
}

impl ParentPlaces {
    /// The places where a column of this name has the place that `of` gives. `None` if one is missing.
    pub fn find(
        lists: &[&'static ElementList],
        of: impl Fn(&str) -> Option<usize>,
    ) -> Option<Self> {
        Some(Self {
            mailbox: of("mailbox"),
            id: of("id")?,
            lists: lists
                .iter()
                .map(|list| of(list.column))
                .collect::<Option<_>>()?,
        })
    }
}

impl Unfold {
    /// Of rows with the columns of [`Self::columns_of_parents`], and nothing else of them.
    pub fn new(
        table: &'static Table,
        parents: &'static Table,
        lists: Vec<&'static ElementList>,
        columns: Vec<usize>,
    ) -> Self {
        let source = |column: &usize| table.columns[*column].source;
        let is_inside = |column: &&usize| matches!(source(column), ColumnSource::Element(element) if element.is_inside());
        let inside: Vec<usize> = columns.iter().filter(is_inside).copied().collect();
        let place = |column: &usize| inside.iter().position(|known| known == column);
        let fields = columns.iter().map(|column| {
            let column = &table.columns[*column];
            arrow_schema::schema_field(table, column).with_name(column.name.to_lowercase())
        });
        let mailbox = parents.column_index("mailbox").map(|_| 0);
        let id = usize::from(mailbox.is_some());
        Self {
            table,
            parents,
            places: ParentPlaces {
                mailbox,
                id,
                lists: (id + 1..).take(lists.len()).collect(),
            },
            lists,
            kept: Vec::new(),
            is_join: false,
            outer: None,
            schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())),
            decoder: Decoder::new(table, &inside, DecodeOptions::default()),
            decoded: columns.iter().map(place).collect(),
            columns,
            local: None,
            inside,
        }
    }

    /// With times as this zone shows them.
    pub fn in_zone(self, zone: Zone) -> Self {
        let local = LocalTimes::of(self.table, &self.inside, zone);
        Self { local, ..self }
    }

    /// The same of rows that have the parent's facts at these places, and some of whose columns come before those of their
    /// elements. These columns are named in the result as `name` says.
    pub fn beside(
        self,
        places: ParentPlaces,
        kept: Vec<Kept>,
        name: impl Fn(&str) -> String,
    ) -> Self {
        let own = self.schema.fields().iter();
        let own = own.map(|field| Arc::new(field.as_ref().clone().with_name(name(field.name()))));
        let fields = kept.iter().map(|kept| Arc::clone(&kept.field)).chain(own);
        Self {
            schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())),
            places,
            kept,
            is_join: true,
            ..self
        }
    }

    /// The same with a row of nulls for each parent without an element that the condition selects. Only so many columns of
    /// elements are in the result.
    pub fn with_all_parents(self, outer: Outer, shown: usize) -> Self {
        let fields = self.schema.fields().iter().enumerate();
        let fields = fields.take(self.kept.len() + shown);
        let fields = fields.map(|(index, field)| match index < self.kept.len() {
            true => Arc::clone(field),
            false => Arc::new(field.as_ref().clone().with_nullable(true)),
        });
        Self {
            schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())),
            outer: Some(outer),
            ..self
        }
    }

    /// The columns before those of elements.
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    pub fn is_join(&self) -> bool {
        self.is_join
    }

    pub fn outer(&self) -> Option<&Outer> {
        self.outer.as_ref()
    }

    /// Indices of the columns of elements in the result.
    pub fn columns(&self) -> &[usize] {
        &self.columns[..self.schema.fields().len() - self.kept.len()]
    }

    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The columns to read of the parents: those that they share with their elements, then the lists.
    pub fn columns_of_parents(&self) -> Vec<usize> {
        let shared = ["mailbox", "id"].into_iter();
        let names = shared.chain(self.lists.iter().map(|list| list.column));
        names
            .filter_map(|name| self.parents.column_index(name))
            .collect()
    }

    /// Which column of the input has the values of a column of the result.
    pub fn shared(&self, column: usize) -> Option<usize> {
        match self.kept.get(column) {
            Some(kept) => kept.is_as_read().then_some(kept.place),
            // Of a row without an element it is null.
            None if self.outer.is_some() => None,
            None => self.of_parent(column - self.kept.len()),
        }
    }

    /// The same for a column of elements.
    fn of_parent(&self, column: usize) -> Option<usize> {
        match self.table.columns[*self.columns.get(column)?].source {
            ColumnSource::Mailbox => self.places.mailbox,
            ColumnSource::Element(Element::ParentId) => Some(self.places.id),
            _ => None,
        }
    }

    /// The elements of some of the parents, from this one on, and the first parent of the next batch.
    pub fn batch(&self, parents: &RecordBatch, from: usize) -> Result<(RecordBatch, usize), Error> {
        let context = RowContext::default();
        let mut elements = self.decoder.elements(&context);
        let mut places = Places::default();
        let mut next = from;
        while next < parents.num_rows() && places.parents.len() < ENOUGH {
            for (index, list) in self.lists.iter().enumerate() {
                let cells = parents.column(self.places.lists[index]);
                let cells = cells.as_string::<i32>();
                if cells.is_valid(next) {
                    let json = self.json(list, cells.value(next));
                    let count = elements.add(json.as_deref().unwrap_or(cells.value(next)))?;
                    places.add(next, index, count);
                }
            }
            next += 1;
        }
        let mut elements = elements.finish()?;
        if let Some(local) = &self.local {
            elements = local.show(&elements);
        }
        let own = self.arrays(parents, &places, &elements)?;
        let pairs = match &self.outer {
            None => Pairs::each(places.parents),
            Some(outer) => outer.pairs(from..next, &places.parents, &own)?,
        };
        let mut columns = Vec::with_capacity(self.schema.fields().len());
        for kept in &self.kept {
            columns.push(take(&kept.shown(parents)?, &pairs.parents, None)?);
        }
        for array in own.into_iter().take(self.columns().len()) {
            columns.push(pairs.of_elements(array)?);
        }
        let rows = RecordBatchOptions::new().with_row_count(Some(pairs.parents.len()));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &rows)?;
        Ok((batch, next))
    }

    /// A single text as a list.
    fn json(&self, list: &ElementList, text: &str) -> Option<String> {
        let column = self.parents.column(list.column)?;
        let is_single = matches!(
            column.source,
            ColumnSource::Property {
                encoding: Encoding::Scalar,
                ..
            }
        );
        is_single.then(|| serde_json::Value::from(vec![text]).to_string())
    }

    fn arrays(
        &self,
        parents: &RecordBatch,
        places: &Places,
        elements: &RecordBatch,
    ) -> Result<Vec<ArrayRef>, Error> {
        let rows = UInt32Array::from(places.parents.clone());
        let ids = parents.column(self.places.id).as_string::<i32>();
        let mut arrays = Vec::with_capacity(self.columns.len());
        for (index, column) in self.columns.iter().enumerate() {
            arrays.push(match (self.decoded[index], self.of_parent(index)) {
                (Some(place), _) => Arc::clone(elements.column(place)),
                (None, Some(shared)) => take(parents.column(shared), &rows, None)?,
                (None, None) => match self.table.columns[*column].source {
                    ColumnSource::Element(Element::Kind) => self.kinds(places),
                    ColumnSource::Element(Element::Ordinal) => {
                        Arc::new(Int32Array::from(places.ordinals.clone()))
                    }
                    ColumnSource::SafeKey => self.ids(ids, places, keys::push_safe_key),
                    ColumnSource::CompositeKey => self.ids(ids, places, keys::push_part),
                    _ => self.ids(ids, places, String::push_str),
                },
            });
        }
        Ok(arrays)
    }

    fn kinds(&self, places: &Places) -> ArrayRef {
        let lists = places.lists.iter();
        let kinds = lists.map(|list| self.lists[*list].kind);
        Arc::new(StringArray::from_iter_values(kinds))
    }

    /// The ids of elements, each written into an empty text.
    fn ids(
        &self,
        parents: &StringArray,
        places: &Places,
        write: fn(&mut String, &str),
    ) -> ArrayRef {
        let mut ids = StringBuilder::new();
        let (mut id, mut written) = (String::new(), String::new());
        let rows = places.parents.iter().zip(&places.lists);
        for ((parent, list), ordinal) in rows.zip(&places.ordinals) {
            id.clear();
            written.clear();
            let parent = parents.value(*parent as usize);
            id::push(&mut id, self.lists[*list].kind, *ordinal, parent);
            write(&mut written, &id);
            ids.append_value(&written);
        }
        Arc::new(ids.finish())
    }
}

/// The places of elements: the row of the parent, the list, and the number there.
#[derive(Default)]
struct Places {
    parents: Vec<u32>,
    lists: Vec<usize>,
    ordinals: Vec<i32>,
}

impl Places {
    fn add(&mut self, parent: usize, list: usize, count: usize) {
        for ordinal in (1..).take(count) {
            self.parents.push(parent as u32);
            self.lists.push(list);
            self.ordinals.push(ordinal);
        }
    }
}
