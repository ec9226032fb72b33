//! `SQLGetTypeInfo`.

use super::rows::{Answer, Cell, Heading, integer, short, size, text};
use super::show;
use crate::odbc::constants::sql_type;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope};
use crate::odbc::state::descriptor::facts::{TypeFacts, View};
use crate::odbc::state::descriptor::type_codes::{canonical_datetime, is_sql_type, verbose};
use crate::odbc::text::Spelling;
use exchange_sql::ColumnType;

const HEADINGS: &[Heading] = &[
    text("TYPE_NAME", false),
    short("DATA_TYPE", false),
    integer("COLUMN_SIZE", true),
    text("LITERAL_PREFIX", true),
    text("LITERAL_SUFFIX", true),
    text("CREATE_PARAMS", true),
    short("NULLABLE", false),
    short("CASE_SENSITIVE", false),
    short("SEARCHABLE", false),
    short("UNSIGNED_ATTRIBUTE", true),
    short("FIXED_PREC_SCALE", false),
    short("AUTO_UNIQUE_VALUE", true),
    text("LOCAL_TYPE_NAME", true),
    short("MINIMUM_SCALE", true),
    short("MAXIMUM_SCALE", true),
    short("SQL_DATA_TYPE", false),
    short("SQL_DATETIME_SUB", true),
    integer("NUM_PREC_RADIX", true),
    short("INTERVAL_PRECISION", true),
];

/// A possible type of a column or a parameter.
struct Entry {
    column_type: ColumnType,
    create_params: &'static str,
    scales: Option<(i16, i16)>,
}

const fn entry(column_type: ColumnType) -> Entry {
    Entry {
        column_type,
        create_params: "",
        scales: None,
    }
}

const LONGEST: u32 = i32::MAX as u32;

/// Every type except text, which has an entry for each spelling.
const TYPES: &[Entry] = &[
    entry(ColumnType::Guid),
    entry(ColumnType::Bit),
    Entry {
        scales: Some((0, 0)),
        ..entry(ColumnType::TinyInt)
    },
    Entry {
        scales: Some((0, 0)),
        ..entry(ColumnType::BigInt)
    },
    entry(ColumnType::LongVarbinary),
    Entry {
        create_params: "max length",
        ..entry(ColumnType::Varbinary { length: LONGEST })
    },
    Entry {
        create_params: "precision,scale",
        scales: Some((0, 38)),
        ..entry(ColumnType::Decimal {
            precision: 38,
            scale: 0,
        })
    },
    Entry {
        scales: Some((0, 0)),
        ..entry(ColumnType::Integer)
    },
    Entry {
        scales: Some((0, 0)),
        ..entry(ColumnType::SmallInt)
    },
    entry(ColumnType::Real),
    entry(ColumnType::Double),
    entry(ColumnType::Date),
    Entry {
        scales: Some((0, 6)),
        ..entry(ColumnType::Time { fraction_digits: 6 })
    },
    Entry {
        scales: Some((0, 6)),
        ..entry(ColumnType::Timestamp { fraction_digits: 6 })
    },
    entry(ColumnType::IntervalYearMonth),
    Entry {
        scales: Some((0, 6)),
        ..entry(ColumnType::IntervalDaySecond)
    },
];

const TEXT_TYPES: &[Entry] = &[
    entry(ColumnType::LongVarchar),
    Entry {
        create_params: "max length",
        ..entry(ColumnType::Varchar { length: LONGEST })
    },
];

/// Every type as this connection sees it, ordered by code.
fn all(view: View) -> Vec<(TypeFacts, &'static Entry)> {
    let facts = |entry: &'static Entry, spelling| {
        (
            TypeFacts::of(entry.column_type, View { spelling, ..view }),
            entry,
        )
    };
    let text = TEXT_TYPES
        .iter()
        .flat_map(|entry| [facts(entry, Spelling::Ansi), facts(entry, Spelling::Wide)]);
    let mut types: Vec<_> = TYPES
        .iter()
        .map(|entry| facts(entry, view.spelling))
        .chain(text)
        .collect();
    types.sort_by_key(|(facts, _)| facts.concise);
    types
}

/// `SQLGetTypeInfo`
pub fn list(scope: &mut StatementScope<'_>, data_type: i16) -> Outcome {
    if data_type != sql_type::ALL_TYPES && !is_sql_type(canonical_datetime(data_type)) {
        return Err(Error::of(sqlstate::HY004));
    }
    let view = scope.connection.view();
    let mut answer = Answer::new(HEADINGS);
    for (facts, entry) in all(view) {
        let same = canonical_datetime(facts.concise) == canonical_datetime(data_type);
        if data_type == sql_type::ALL_TYPES || same {
            answer.push(row(&facts, entry));
        }
    }
    show(scope, answer)
}

fn row(facts: &TypeFacts, entry: &Entry) -> Vec<Cell> {
    let kind = verbose(facts.concise);
    let text = |text: &str| {
        if text.is_empty() {
            Cell::Null
        } else {
            text.into()
        }
    };
    let is_text = matches!(
        entry.column_type,
        ColumnType::Varchar { .. } | ColumnType::LongVarchar
    );
    let column_size = match facts.column_size {
        0 => LONGEST as usize,
        size => size,
    };
    let number = facts.radix != 0;
    vec![
        facts.name.into(),
        facts.concise.into(),
        size(column_size),
        text(facts.literal_prefix),
        text(facts.literal_suffix),
        text(entry.create_params),
        1_i16.into(),
        i16::from(is_text).into(),
        facts.searchable.into(),
        number.then_some(i16::from(facts.unsigned)).into(),
        0_i16.into(),
        number.then_some(0_i16).into(),
        facts.name.into(),
        entry.scales.map(|(minimum, _)| minimum).into(),
        entry.scales.map(|(_, maximum)| maximum).into(),
        kind.verbose.into(),
        (kind.subcode != 0).then_some(kind.subcode).into(),
        number.then_some(facts.radix).into(),
        (facts.leading_precision != 0)
            .then_some(facts.leading_precision as i16)
            .into(),
    ]
}
