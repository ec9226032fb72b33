//! `SQL_CONVERT_*`: `{fn CONVERT(value, type)}` for every pair of types.

use super::world::World;
use driver_harness::client;
use driver_harness::client::Result as Called;
use driver_harness::client::constants as c;

/// A type to convert to: its bit, its keyword, and the type codes of the result.
type Target = (u32, &'static str, &'static [i16]);

const TEXTS: &[i16] = &[c::VARCHAR, c::LONGVARCHAR, c::WVARCHAR, c::WLONGVARCHAR];
const BYTES: &[i16] = &[c::VARBINARY, c::LONGVARBINARY];
const INTERVAL_YEAR_TO_MONTH: i16 = 107;
const INTERVAL_DAY_TO_SECOND: i16 = 110;

#[rustfmt::skip]
const TARGETS: &[Target] = &[
    (0x1, "SQL_CHAR", TEXTS),
    (0x2, "SQL_NUMERIC", &[c::DECIMAL]),
    (0x4, "SQL_DECIMAL", &[c::DECIMAL]),
    (0x8, "SQL_INTEGER", &[c::INTEGER]),
    (0x10, "SQL_SMALLINT", &[c::SMALLINT]),
    (0x20, "SQL_FLOAT", &[c::DOUBLE]),
    (0x40, "SQL_REAL", &[c::REAL]),
    (0x80, "SQL_DOUBLE", &[c::DOUBLE]),
    (0x100, "SQL_VARCHAR", TEXTS),
    (0x200, "SQL_LONGVARCHAR", TEXTS),
    (0x400, "SQL_BINARY", BYTES),
    (0x800, "SQL_VARBINARY", BYTES),
    (0x1000, "SQL_BIT", &[c::BIT]),
    (0x2000, "SQL_TINYINT", &[c::TINYINT]),
    (0x4000, "SQL_BIGINT", &[c::BIGINT]),
    (0x8000, "SQL_DATE", &[c::TYPE_DATE]),
    (0x8000, "SQL_TYPE_DATE", &[c::TYPE_DATE]),
    (0x1_0000, "SQL_TIME", &[c::TYPE_TIME]),
    (0x1_0000, "SQL_TYPE_TIME", &[c::TYPE_TIME]),
    (0x2_0000, "SQL_TIMESTAMP", &[c::TYPE_TIMESTAMP]),
    (0x2_0000, "SQL_TYPE_TIMESTAMP", &[c::TYPE_TIMESTAMP]),
    (0x4_0000, "SQL_LONGVARBINARY", BYTES),
    (0x20_0000, "SQL_WCHAR", TEXTS),
    (0x40_0000, "SQL_WLONGVARCHAR", TEXTS),
    (0x80_0000, "SQL_WVARCHAR", TEXTS),
];

const TEXT: u32 = 0x1 | 0x100 | 0x200 | 0x20_0000 | 0x40_0000 | 0x80_0000;
const DECIMAL: u32 = 0x2 | 0x4;
const WHOLE: u32 = 0x8 | 0x10 | 0x2000 | 0x4000;
const FLOATING: u32 = 0x20 | 0x40 | 0x80;
const NUMBER: u32 = DECIMAL | WHOLE | FLOATING;
const BIT: u32 = 0x1000;
const BINARY: u32 = 0x400 | 0x800 | 0x4_0000;
const DATE: u32 = 0x8000;
const TIME: u32 = 0x1_0000;
const TIMESTAMP: u32 = 0x2_0000;
const MOMENT: u32 = DATE | TIME | TIMESTAMP;

/// Types of a group, a value, and its conversion.
type Pairs = &'static [(u32, &'static str, Result<&'static str, &'static str>)];

/// A type to convert from: its information type, a cast to it (of `{}`), and its type codes.
type Source = (u16, &'static str, &'static str, &'static [i16], Pairs);

#[rustfmt::skip]
const SOURCES: &[Source] = &[
    (53, "BIGINT", "CAST({} AS BIGINT)", &[c::BIGINT], FROM_WHOLE),
    (54, "BINARY", "CAST({} AS BINARY)", BYTES, FROM_BINARY),
    (55, "BIT", "CAST({} AS BIT)", &[c::BIT], FROM_BIT),
    (56, "CHAR", "CAST({} AS CHAR(40))", TEXTS, FROM_TEXT),
    (57, "DATE", "CAST({} AS DATE)", &[c::TYPE_DATE], FROM_DATE),
    (58, "DECIMAL", "CAST({} AS DECIMAL(10,2))", &[c::DECIMAL], FROM_DECIMAL),
    (59, "DOUBLE", "CAST({} AS DOUBLE)", &[c::DOUBLE], FROM_FLOATING),
    (60, "FLOAT", "CAST({} AS FLOAT)", &[c::DOUBLE], FROM_FLOATING),
    (61, "INTEGER", "CAST({} AS INTEGER)", &[c::INTEGER], FROM_WHOLE),
    (62, "LONGVARCHAR", "CAST({} AS TEXT)", TEXTS, FROM_TEXT),
    (63, "NUMERIC", "CAST({} AS NUMERIC(10,2))", &[c::DECIMAL], FROM_DECIMAL),
    (64, "REAL", "CAST({} AS REAL)", &[c::REAL], FROM_FLOATING),
    (65, "SMALLINT", "CAST({} AS SMALLINT)", &[c::SMALLINT], FROM_WHOLE),
    (66, "TIME", "CAST({} AS TIME)", &[c::TYPE_TIME], FROM_TIME),
    (67, "TIMESTAMP", "CAST({} AS TIMESTAMP)", &[c::TYPE_TIMESTAMP], FROM_TIMESTAMP),
    (68, "TINYINT", "CAST({} AS TINYINT)", &[c::TINYINT], FROM_WHOLE),
    (69, "VARBINARY", "CAST({} AS VARBINARY)", BYTES, FROM_BINARY),
    (70, "VARCHAR", "CAST({} AS VARCHAR(40))", TEXTS, FROM_TEXT),
    (71, "LONGVARBINARY", "CAST({} AS LONGVARBINARY)", BYTES, FROM_BINARY),
    (122, "WCHAR", "CAST({} AS NCHAR(40))", TEXTS, FROM_TEXT),
    (123, "INTERVAL_DAY_TIME", "INTERVAL {} DAY TO SECOND", &[INTERVAL_DAY_TO_SECOND], FROM_DAYS),
    (124, "INTERVAL_YEAR_MONTH", "INTERVAL {} YEAR TO MONTH", &[INTERVAL_YEAR_TO_MONTH], FROM_YEARS),
    (125, "WLONGVARCHAR", "CAST({} AS NTEXT)", TEXTS, FROM_TEXT),
    (126, "WVARCHAR", "CAST({} AS NVARCHAR(40))", TEXTS, FROM_TEXT),
];

const FROM_TEXT: Pairs = &[
    (TEXT, "'äb'", Ok("äb")),
    (DECIMAL, "'12.5'", Ok("12.5000000000")),
    (WHOLE, "' 12 '", Ok("12")),
    (FLOATING, "'12.5'", Ok("12.5")),
    (BIT, "'1'", Ok("1")),
    (BINARY, "'Zoë'", Ok("5A6FC3AB")),
    (DATE, "'2026-11-23'", Ok("2026-11-23")),
    (TIME, "'10:20:30'", Ok("10:20:30.000000")),
    (
        TIMESTAMP,
        "'2026-11-23 10:20:30.5'",
        Ok("2026-11-23 10:20:30.500000"),
    ),
];

const FROM_WHOLE: Pairs = &[
    (TEXT, "12", Ok("12")),
    (DECIMAL, "12", Ok("12.0000000000")),
    (WHOLE, "12", Ok("12")),
    (FLOATING, "12", Ok("12")),
    (BIT, "1", Ok("1")),
    (BINARY | MOMENT, "1", Err("42000")),
];

const FROM_DECIMAL: Pairs = &[
    (TEXT, "12.5", Ok("12.50")),
    (DECIMAL, "12.5", Ok("12.5000000000")),
    (WHOLE, "12.5", Ok("12")),
    (FLOATING, "12.5", Ok("12.5")),
    (BIT, "1", Ok("1")),
    (BINARY | MOMENT, "1", Err("42000")),
];

const FROM_FLOATING: Pairs = &[
    (TEXT, "12.5", Ok("12.5")),
    (DECIMAL, "12.5", Ok("12.5000000000")),
    (WHOLE, "12.5", Ok("12")),
    (FLOATING, "12.5", Ok("12.5")),
    (BIT, "1", Ok("1")),
    (BINARY | MOMENT, "1", Err("42000")),
];

const FROM_BIT: Pairs = &[
    (TEXT, "1", Ok("1")),
    (DECIMAL, "1", Ok("1.0000000000")),
    (WHOLE | FLOATING | BIT, "1", Ok("1")),
    (BINARY | MOMENT, "1", Err("42000")),
];

const FROM_BINARY: Pairs = &[
    (TEXT, "'Zoë'", Ok("Zoë")),
    (BINARY, "'az'", Ok("617A")),
    (NUMBER | BIT | MOMENT, "'12'", Err("42000")),
];

const FROM_DATE: Pairs = &[
    (TEXT, "'2026-11-23'", Ok("2026-11-23")),
    (DATE, "'2026-11-23'", Ok("2026-11-23")),
    (TIMESTAMP, "'2026-11-23'", Ok("2026-11-23 00:00:00.000000")),
    (NUMBER | BIT | BINARY | TIME, "'2026-11-23'", Err("42000")),
];

const FROM_TIME: Pairs = &[
    (TEXT, "'10:20:30'", Ok("10:20:30")),
    (TIME, "'10:20:30'", Ok("10:20:30.000000")),
    (
        NUMBER | BIT | BINARY | DATE | TIMESTAMP,
        "'10:20:30'",
        Err("42000"),
    ),
];

const FROM_TIMESTAMP: Pairs = &[
    (TEXT, "'2026-11-23 10:20:30'", Ok("2026-11-23 10:20:30")),
    (DATE, "'2026-11-23 10:20:30'", Ok("2026-11-23")),
    (TIME, "'2026-11-23 10:20:30'", Ok("10:20:30.000000")),
    (
        TIMESTAMP,
        "'2026-11-23 10:20:30'",
        Ok("2026-11-23 10:20:30.000000"),
    ),
    (NUMBER | BIT | BINARY, "'2026-11-23 10:20:30'", Err("42000")),
];

const FROM_DAYS: Pairs = &[
    (TEXT, "'1 02:03:04'", Ok("1 02:03:04")),
    (NUMBER | BIT | BINARY | MOMENT, "'1 02:03:04'", Err("42000")),
];

const FROM_YEARS: Pairs = &[
    (TEXT, "'1-2'", Ok("1-02")),
    (NUMBER | BIT | BINARY | MOMENT, "'1-2'", Err("42000")),
];

/// Types that values are not converted to, so no bits are set for them.
const NO_TARGETS: &[&str] = &["SQL_INTERVAL_YEAR_TO_MONTH", "SQL_INTERVAL_DAY_TO_SECOND"];

pub fn ids() -> impl Iterator<Item = u16> {
    SOURCES.iter().map(|(id, ..)| *id)
}

pub fn complaints(world: &World) -> Vec<String> {
    let each = |source: &Source| {
        let mut complaints = Vec::new();
        let mut works = 0;
        for target in TARGETS {
            match of_pair(world, source, target) {
                Ok(true) => works |= target.0,
                Ok(false) => {}
                Err(complaint) => complaints.push(complaint),
            }
        }
        for keyword in NO_TARGETS {
            let sql = format!(
                "SELECT {{fn CONVERT({}, {keyword})}}",
                source.2.replace("{}", source.4[0].1)
            );
            let shown = world.first_row(&sql);
            if shown != Err("HYC00".to_owned()) {
                complaints.push(format!("{sql} gives {shown:?}"));
            }
        }
        let told = world.connection.info_number(source.0).expect("it is known") as u32;
        if told != works {
            complaints.push(format!(
                "SQL_CONVERT_{}: {works:#x} works, {told:#x} is told",
                source.1
            ));
        }
        complaints
    };
    SOURCES.iter().flat_map(each).collect()
}

/// Whether a value of the source converts to the target; a complaint if it does so wrongly.
fn of_pair(world: &World, source: &Source, target: &Target) -> Result<bool, String> {
    let (_, _, cast, cast_types, pairs) = source;
    let (bit, keyword, types) = target;
    let pair = pairs.iter().find(|(bits, ..)| bits & bit != 0);
    let (_, value, expected) = pair.expect("there is a value for each type");
    let value = cast.replace("{}", value);
    let sql = format!("SELECT {{fn CONVERT({value}, {keyword})}}");
    let shown = converted(world, &value, cast_types, &sql, types);
    match shown.as_deref().map_err(String::as_str) == *expected {
        true => Ok(expected.is_ok()),
        false => Err(format!("{sql} gives {shown:?} instead of {expected:?}")),
    }
}

fn converted(
    world: &World,
    value: &str,
    value_types: &[i16],
    sql: &str,
    types: &[i16],
) -> Result<String, String> {
    let described = |sql: &str| -> Called<i16> {
        let mut statement = world.connection.execute(sql)?;
        Ok(statement.column(1)?.sql_type)
    };
    let state = |failure: client::Failure| failure.state().to_owned();
    let given = described(&format!("SELECT {value}")).map_err(state)?;
    if !value_types.contains(&given) {
        return Err(format!("{value} has type {given}"));
    }
    let shown = world.first_row(sql)?;
    let made = described(sql).map_err(state)?;
    match types.contains(&made) {
        true => Ok(shown),
        false => Err(format!("{shown} has type {made}")),
    }
}
