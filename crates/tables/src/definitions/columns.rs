//! Constructors of columns, so that a definition has one line for each column.
//!
//! A column is named after the path of its property, and `$select` names the path's first segment.
//! Everything may be null unless the driver itself sets it, because Graph may omit any property.

use crate::ColumnType;
use crate::definition::{
    Column, ColumnSource, DirectoryFilter, Encoding, Filter, Proof, Section, Support,
};

/// Exchange's ids have 120 to 200 characters; no source states the longest (docs/graph.md#ids).
pub(super) const ID_LENGTH: u32 = 512;
pub(super) const CHANGE_KEY_LENGTH: u32 = 128;
/// The longest member of the enumerations in use has 39 characters; members may be added.
const ENUMERATION_LENGTH: u32 = 64;
/// The longest Windows zone name has 31 characters, and applications may invent zones.
const TIME_ZONE_LENGTH: u32 = 128;

/// The section of docs/graph.md with Microsoft's table of filters.
const DIRECTORY_FILTER: Section = "directory-filter";

const TIMESTAMP: ColumnType = ColumnType::Timestamp { fraction_digits: 6 };

/// A property's path and the name of its column.
#[derive(Clone, Copy)]
pub(super) struct Path {
    pub(super) name: &'static str,
    pub(super) segments: &'static [&'static str],
}

/// `at!(from / emailAddress / name)`: the column `from_emailAddress_name`.
macro_rules! at {
    ($first:ident $(/ $rest:ident)*) => {
        $crate::definitions::columns::Path {
            name: concat!(stringify!($first) $(, "_", stringify!($rest))*),
            segments: &[stringify!($first) $(, stringify!($rest))*],
        }
    };
}
pub(super) use at;

const fn property(path: Path, column_type: ColumnType, encoding: Encoding) -> Column {
    Column {
        name: path.name,
        column_type,
        nullable: true,
        case_sensitive: false,
        source: ColumnSource::Property {
            path: path.segments,
            encoding,
        },
        select: Some(path.segments[0]),
        is_expanded: false,
        filter: Filter::None,
        sortable: false,
        is_day: false,
        may_be_refused: false,
        heavy: None,
        indexed: None,
        proof: Proof::NONE,
        remarks: "",
    }
}

pub(super) const fn text(path: Path, length: u32) -> Column {
    property(path, ColumnType::Varchar { length }, Encoding::Scalar)
}

pub(super) const fn long_text(path: Path) -> Column {
    property(path, ColumnType::LongVarchar, Encoding::Scalar)
}

/// The content of a body as plain text.
pub(super) const fn plain_text(name: &'static str, path: Path) -> Column {
    let mut column = property(path, ColumnType::LongVarchar, Encoding::PlainText);
    column.name = name;
    column
}

pub(super) const fn enumeration(path: Path) -> Column {
    text(path, ENUMERATION_LENGTH)
}

pub(super) const fn id_reference(path: Path) -> Column {
    text(path, ID_LENGTH).case_sensitive()
}

pub(super) const fn boolean(path: Path) -> Column {
    property(path, ColumnType::Bit, Encoding::Scalar)
}

pub(super) const fn integer(path: Path) -> Column {
    property(path, ColumnType::Integer, Encoding::Scalar)
}

pub(super) const fn big_integer(path: Path) -> Column {
    property(path, ColumnType::BigInt, Encoding::Scalar)
}

pub(super) const fn double(path: Path) -> Column {
    property(path, ColumnType::Double, Encoding::Scalar)
}

pub(super) const fn date(path: Path) -> Column {
    property(path, ColumnType::Date, Encoding::Scalar)
}

pub(super) const fn time(path: Path) -> Column {
    property(
        path,
        ColumnType::Time { fraction_digits: 0 },
        Encoding::Scalar,
    )
}

pub(super) const fn binary(path: Path) -> Column {
    property(path, ColumnType::LongVarbinary, Encoding::Base64)
}

/// A `DateTimeOffset`.
pub(super) const fn timestamp(path: Path) -> Column {
    property(path, TIMESTAMP, Encoding::Scalar)
}

/// The `dateTime` of a `dateTimeTimeZone`.
pub(super) const fn zoned_timestamp(path: Path) -> Column {
    property(path, TIMESTAMP, Encoding::DateTimeTimeZone)
}

/// The `timeZone` of a `dateTimeTimeZone`.
pub(super) const fn time_zone(path: Path) -> Column {
    text(path, TIME_ZONE_LENGTH)
        .remarks("Time zone of the value beside it: UTC, or that of the connection")
}

pub(super) const fn strings(path: Path) -> Column {
    property(path, ColumnType::LongVarchar, Encoding::Strings)
}

pub(super) const fn recipients(path: Path) -> Column {
    property(path, ColumnType::LongVarchar, Encoding::Recipients)
}

pub(super) const fn attendees(path: Path) -> Column {
    property(path, ColumnType::LongVarchar, Encoding::Attendees)
}

pub(super) const fn email_addresses(path: Path) -> Column {
    property(path, ColumnType::LongVarchar, Encoding::EmailAddresses)
}

pub(super) const fn json(path: Path) -> Column {
    property(path, ColumnType::LongVarchar, Encoding::Json)
}

/// The row's own id.
pub(super) const fn id() -> Column {
    id_reference(at!(id))
        .required()
        .filter(Filter::Id, "direct-reads")
        .remarks("Id that Graph gives the row; case matters")
}

impl Column {
    pub(super) const fn remarks(mut self, remarks: &'static str) -> Self {
        self.remarks = remarks;
        self
    }

    /// Never null.
    pub(super) const fn required(mut self) -> Self {
        self.nullable = false;
        self
    }

    pub(super) const fn case_sensitive(mut self) -> Self {
        self.case_sensitive = true;
        self
    }

    pub(super) const fn sortable(mut self, proof: Section) -> Self {
        self.sortable = true;
        self.proof.order = Some(proof);
        self
    }

    /// Its times are midnights that stand for days.
    pub(super) const fn of_days(mut self) -> Self {
        self.is_day = true;
        self
    }

    /// Names the large values that are read with it.
    pub(super) const fn heavy(mut self, what: &'static str) -> Self {
        self.heavy = Some(what);
        self
    }

    /// Found by words, under this name in the index.
    pub(super) const fn indexed(mut self, name: &'static str, proof: Section) -> Self {
        self.indexed = Some(name);
        self.proof.index = Some(proof);
        self
    }

    pub(super) const fn select(mut self, property: &'static str) -> Self {
        self.select = Some(property);
        self
    }

    /// Graph gives no choice of properties.
    pub(super) const fn without_select(mut self) -> Self {
        self.select = None;
        self
    }

    /// The property of an object that Graph shows with the row.
    pub(super) const fn expanded(mut self, proof: Section) -> Self {
        self.is_expanded = true;
        self.proof.select = Some(proof);
        self
    }

    /// Selected as the property of a derived type.
    pub(super) const fn cast(mut self, property: &'static str, proof: Section) -> Self {
        self.select = Some(property);
        self.proof.select = Some(proof);
        self
    }

    /// Selected as the property of a derived type, which some mailboxes refuse.
    pub(super) const fn cast_unless_refused(
        mut self,
        property: &'static str,
        proof: Section,
    ) -> Self {
        self.may_be_refused = true;
        self.cast(property, proof)
    }

    pub(super) const fn filter(mut self, filter: Filter, proof: Section) -> Self {
        self.filter = filter;
        self.proof.filter = Some(proof);
        self
    }

    /// Graph refuses or ignores every filter.
    pub(super) const fn unfilterable(self, proof: Section) -> Self {
        self.filter(Filter::None, proof)
    }

    /// Has the filters that Outlook supports for its type.
    pub(super) const fn filterable(self, proof: Section) -> Self {
        let filter = match (self.column_type, self.source) {
            (ColumnType::Bit, _) => Filter::Boolean,
            (
                _,
                ColumnSource::Property {
                    encoding: Encoding::DateTimeTimeZone,
                    ..
                },
            ) => Filter::QuotedDateTime,
            (ColumnType::Timestamp { .. }, _) => Filter::DateTimeOffset,
            _ => panic!("state the filter of this type"),
        };
        self.filter(filter, proof)
    }

    pub(super) const fn equality(self, proof: Section) -> Self {
        self.text_filter(true, false, false, proof)
    }

    pub(super) const fn prefix(self, proof: Section) -> Self {
        self.text_filter(false, true, false, proof)
    }

    pub(super) const fn prefix_and_contains(self, proof: Section) -> Self {
        self.text_filter(false, true, true, proof)
    }

    pub(super) const fn equality_prefix_and_contains(self, proof: Section) -> Self {
        self.text_filter(true, true, true, proof)
    }

    const fn text_filter(self, eq: bool, prefix: bool, contains: bool, proof: Section) -> Self {
        let filter = Filter::Text {
            eq,
            prefix,
            contains,
        };
        self.filter(filter, proof)
    }

    /// A list that can be searched for items.
    pub(super) const fn items(self, proof: Section) -> Self {
        self.filter(Filter::Items, proof)
    }

    /// One of a contact's addresses.
    pub(super) const fn contact_address(self, proof: Section) -> Self {
        self.filter(Filter::ContactAddress, proof)
    }

    pub(super) const fn members(self, members: &'static [&'static str], proof: Section) -> Self {
        self.filter(Filter::Enumeration(members), proof)
    }

    /// Has the filters in Microsoft's table, see [`DirectoryFilter::of`].
    pub(super) const fn directory(self, row: &str) -> Self {
        self.filter(
            Filter::Directory(DirectoryFilter::of(row)),
            DIRECTORY_FILTER,
        )
    }

    /// Has the filters in a table like Microsoft's for users.
    pub(super) const fn directory_of(self, row: &str, proof: Section) -> Self {
        self.filter(Filter::Directory(DirectoryFilter::of(row)), proof)
    }

    /// `endsWith`, which only works in advanced queries.
    pub(super) const fn ends_with(self) -> Self {
        match self.filter {
            Filter::Directory(filter) => self.filter(
                Filter::Directory(DirectoryFilter {
                    ends_with: Support::Advanced,
                    ..filter
                }),
                DIRECTORY_FILTER,
            ),
            _ => panic!("state the other operators first"),
        }
    }
}
