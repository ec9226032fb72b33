//! A decoder's action for each property, prepared before the first reply.

use super::context::{Collections, DecodeOptions};
use crate::ColumnType;
use crate::definition::{Collection, Column, ColumnSource, Context, Element, Encoding, Table};

/// The columns to fill and the properties to read for them.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) table: &'static Table,
    /// The distinct columns, each filled once.
    pub(super) columns: Vec<&'static Column>,
    /// The index in `columns` for each position of the result.
    pub(super) output: Vec<usize>,
    /// The parents whose ids precede the row's own in its key, each with its column.
    pub(super) parents: Vec<(Context, &'static str)>,
    /// The property that precedes the row's own id in its key.
    pub(super) key_property: Option<&'static str>,
    /// Rows have no ids of their own: that of the mailbox is theirs.
    pub(super) is_of_mailbox: bool,
    /// The columns that are computed after the row has been read.
    pub(super) derived: Vec<usize>,
    /// The headers of a file, each with the place of its column.
    pub(super) fields: Vec<(&'static str, usize)>,
    pub(super) root: Object,
    /// The row itself, if it is a text.
    pub(super) text: Option<Leaf>,
}

/// The members of a JSON object to read.
#[derive(Debug, Default)]
pub(super) struct Object {
    pub(super) members: Vec<(&'static str, Node)>,
    /// The column for the instant of this `dateTimeTimeZone`.
    pub(super) instant: Option<usize>,
}

#[derive(Debug)]
pub(super) enum Node {
    Object(Object),
    Leaf(Leaf),
}

/// A value to read.
#[derive(Debug)]
pub(super) struct Leaf {
    /// Name for messages.
    pub(super) name: &'static str,
    pub(super) kind: ValueKind,
    /// The column for the value.
    pub(super) column: Option<usize>,
    /// The place of a copy until the row is complete.
    pub(super) captured: Option<Captured>,
}

/// How to read a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    Text,
    Boolean,
    Number,
    Timestamp,
    Date,
    Time,
    /// The `dateTime` of a `dateTimeTimeZone`.
    LocalTime,
    Base64,
    Strings,
    Recipients,
    EmailAddresses,
    Json,
}

/// Texts that derived columns need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Captured {
    Id,
    ChangeKey,
    DisplayName,
    ODataType,
    KeyProperty,
    TimeZone,
    /// Extended properties, as JSON.
    Properties,
    /// A row that is itself a text.
    Text,
}

/// The member of an item that has its extended properties.
const PROPERTIES: &str = "singleValueExtendedProperties";

impl Plan {
    pub(super) fn new(table: &'static Table, columns: &[usize], options: DecodeOptions) -> Self {
        let mut distinct: Vec<usize> = columns.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let place = |index| {
            distinct
                .binary_search(index)
                .expect("every column is among them")
        };
        let mut plan = Self {
            table,
            columns: distinct
                .iter()
                .map(|&index| &table.columns[index])
                .collect(),
            output: columns.iter().map(place).collect(),
            parents: table.parents_in_key().collect(),
            key_property: table.property_in_key(),
            is_of_mailbox: matches!(table.collection, Collection::Single(_)),
            derived: Vec::new(),
            fields: Vec::new(),
            root: Object::default(),
            text: None,
        };
        for slot in 0..plan.columns.len() {
            plan.add_column(slot, options);
        }
        plan
    }

    fn add_column(&mut self, slot: usize, options: DecodeOptions) {
        let column = self.columns[slot];
        match column.source {
            ColumnSource::Property { path, encoding } => {
                let kind = kind_of(column.column_type, encoding, options);
                self.root.add_property(column.name, path, kind, slot);
            }
            ColumnSource::CompositeKey => {
                self.capture("id", Captured::Id);
                if let Some(property) = self.key_property {
                    self.capture(property, Captured::KeyProperty);
                }
                if self.table.has_change_key() {
                    self.capture("changeKey", Captured::ChangeKey);
                }
            }
            ColumnSource::SafeKey | ColumnSource::WellKnownName | ColumnSource::OwnId => {
                self.capture("id", Captured::Id);
            }
            ColumnSource::FolderPath => self.capture("displayName", Captured::DisplayName),
            ColumnSource::PropertyValue(_) => {
                let leaf = self.root.leaf(PROPERTIES, column.name, ValueKind::Json);
                leaf.captured = Some(Captured::Properties);
            }
            ColumnSource::ODataType(_) => self.capture("@odata.type", Captured::ODataType),
            ColumnSource::Element(Element::Member([])) => {
                self.text(column.name).column = Some(slot);
                return;
            }
            ColumnSource::Element(Element::Member(path)) => {
                let kind = kind_of(column.column_type, Encoding::Scalar, options);
                self.root.add_property(column.name, path, kind, slot);
                return;
            }
            ColumnSource::Element(element) if element.is_inside() => {
                self.text(column.name).captured = Some(Captured::Text);
            }
            ColumnSource::Field(header) => {
                self.fields.push((header, slot));
                return;
            }
            ColumnSource::RowOfReport
            | ColumnSource::Mailbox
            | ColumnSource::Mime
            | ColumnSource::Extended(_)
            | ColumnSource::Context(_)
            | ColumnSource::Element(_) => return,
        }
        if !matches!(column.source, ColumnSource::Property { .. }) {
            self.derived.push(slot);
        }
    }

    fn text(&mut self, name: &'static str) -> &mut Leaf {
        self.text.get_or_insert(Leaf {
            name,
            kind: ValueKind::Text,
            column: None,
            captured: None,
        })
    }

    fn capture(&mut self, property: &'static str, captured: Captured) {
        self.root.leaf(property, property, ValueKind::Text).captured = Some(captured);
    }
}

fn kind_of(column_type: ColumnType, encoding: Encoding, options: DecodeOptions) -> ValueKind {
    let as_json = options.collections == Collections::Json;
    match encoding {
        Encoding::Strings
        | Encoding::Recipients
        | Encoding::Attendees
        | Encoding::EmailAddresses
            if as_json =>
        {
            ValueKind::Json
        }
        Encoding::Strings => ValueKind::Strings,
        Encoding::Recipients | Encoding::Attendees => ValueKind::Recipients,
        Encoding::EmailAddresses => ValueKind::EmailAddresses,
        Encoding::Json => ValueKind::Json,
        Encoding::Base64 => ValueKind::Base64,
        Encoding::DateTimeTimeZone => ValueKind::LocalTime,
        Encoding::PlainText => ValueKind::Text,
        Encoding::Scalar => match column_type {
            ColumnType::Bit => ValueKind::Boolean,
            ColumnType::Integer | ColumnType::BigInt | ColumnType::Double => ValueKind::Number,
            ColumnType::Timestamp { .. } => ValueKind::Timestamp,
            ColumnType::Date => ValueKind::Date,
            ColumnType::Time { .. } => ValueKind::Time,
            _ => ValueKind::Text,
        },
    }
}

impl Object {
    fn add_property(
        &mut self,
        name: &'static str,
        path: &[&'static str],
        kind: ValueKind,
        slot: usize,
    ) {
        let (&last, parents) = path.split_last().expect("a path has a last segment");
        let object = parents
            .iter()
            .fold(self, |object, &parent| object.child(parent));
        let leaf = object.leaf(last, name, kind);
        if kind == ValueKind::LocalTime {
            object.instant = Some(slot);
            object.leaf("timeZone", name, ValueKind::Text).captured = Some(Captured::TimeZone);
        } else {
            leaf.column = Some(slot);
            leaf.name = name;
        }
    }

    /// The node of this member; `node` creates it if it does not exist yet.
    fn member(&mut self, key: &'static str, node: impl FnOnce() -> Node) -> &mut Node {
        let place = self.members.iter().position(|&(other, _)| other == key);
        let place = place.unwrap_or_else(|| {
            self.members.push((key, node()));
            self.members.len() - 1
        });
        &mut self.members[place].1
    }

    fn child(&mut self, key: &'static str) -> &mut Object {
        match self.member(key, || Node::Object(Object::default())) {
            Node::Object(object) => object,
            Node::Leaf(_) => panic!("{key} is a value and an object"),
        }
    }

    fn leaf(&mut self, key: &'static str, name: &'static str, kind: ValueKind) -> &mut Leaf {
        let leaf = || {
            Node::Leaf(Leaf {
                name,
                kind,
                column: None,
                captured: None,
            })
        };
        match self.member(key, leaf) {
            Node::Leaf(leaf) => leaf,
            Node::Object(_) => panic!("{key} is an object and a value"),
        }
    }
}

impl ValueKind {
    /// The expected type, for messages.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Boolean => "true or false",
            Self::Number => "a number in the range of its column",
            Self::Timestamp => "an ISO 8601 date and time with an offset",
            Self::Date => "an ISO 8601 date",
            Self::Time => "an ISO 8601 time of day",
            Self::LocalTime => "an ISO 8601 date and time",
            Self::Base64 => "base64",
            Self::Strings => "a list of texts",
            Self::Recipients => "a list of recipients",
            Self::EmailAddresses => "a list of e-mail addresses",
            Self::Json => "JSON",
        }
    }
}
