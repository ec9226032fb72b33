//! Dates and times: every part against chrono, adding against subtracting, the ends of the calendar.

use crate::testing::{Session, session};
use crate::{Error, ErrorKind};
use chrono::{DateTime, Datelike, Timelike};
use once_cell::sync::Lazy;
use proptest::prelude::*;

static SESSION: Lazy<Session> = Lazy::new(session);

fn run(expression: &str) -> Result<String, Error> {
    SESSION.value(&format!("SELECT {expression}"))
}

fn value(expression: &str) -> String {
    run(expression).unwrap_or_else(|e| panic!("{expression}: {e}"))
}

fn kind(expression: &str) -> ErrorKind {
    run(expression).expect_err(expression).kind
}

const UNITS: &[&str] = &[
    "SQL_TSI_FRAC_SECOND",
    "SQL_TSI_SECOND",
    "SQL_TSI_MINUTE",
    "SQL_TSI_HOUR",
    "SQL_TSI_DAY",
    "SQL_TSI_WEEK",
    "SQL_TSI_MONTH",
    "SQL_TSI_QUARTER",
    "SQL_TSI_YEAR",
];

fn moment() -> impl Strategy<Value = DateTime<chrono::Utc>> {
    let all = -62_135_596_800_000_000_i64..253_402_300_800_000_000;
    let near = 1_700_000_000_000_000_i64..1_800_000_000_000_000;
    prop_oneof![all, near].prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap())
}

fn literal(moment: &DateTime<chrono::Utc>) -> String {
    format!("TIMESTAMP '{}'", moment.format("%Y-%m-%d %H:%M:%S%.6f"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn parts_are_those_of_the_calendar(moment in moment()) {
        let m = literal(&moment);
        let weekday = moment.weekday().num_days_from_sunday() + 1;
        for (function, expected) in [
            ("year", moment.year().to_string()),
            ("quarter", moment.month().div_ceil(3).to_string()),
            ("month", moment.month().to_string()),
            ("dayofmonth", moment.day().to_string()),
            ("dayofweek", weekday.to_string()),
            ("dayofyear", moment.ordinal().to_string()),
            ("hour", moment.hour().to_string()),
            ("minute", moment.minute().to_string()),
            ("second", moment.second().to_string()),
            ("dayname", moment.format("%A").to_string()),
            ("monthname", moment.format("%B").to_string()),
        ] {
            prop_assert_eq!(value(&format!("{function}({m})")), expected, "{}", function);
        }
        // strftime's %U counts weeks from the first Sunday on.
        let first = moment.date_naive().with_ordinal(1).unwrap();
        let short = u32::from(first.weekday() != chrono::Weekday::Sun);
        let week: u32 = moment.format("%U").to_string().parse().unwrap();
        prop_assert_eq!(value(&format!("week({m})")), (week + short).to_string());
        prop_assert_eq!(value(&format!("datepart('isowk', {m})")), moment.iso_week().week().to_string());
        prop_assert_eq!(value(&format!("extract(second from {m})")), moment.second().to_string());
    }

    #[test]
    fn what_is_added_is_the_difference(moment in moment(), unit in 0..UNITS.len(), count in -3000..3000_i64) {
        let (m, unit) = (literal(&moment), UNITS[unit]);
        // Moments have no nanoseconds.
        let count = if unit == "SQL_TSI_FRAC_SECOND" { count * 1000 } else { count };
        let added = format!("timestampadd('{unit}', {count}, {m})");
        match run(&added) {
            Ok(_) => {
                let difference = value(&format!("timestampdiff('{unit}', {m}, {added})"));
                prop_assert_eq!(difference, count.to_string());
                let ordered = value(&format!("{added} >= {m}"));
                prop_assert_eq!(ordered, (count >= 0).to_string());
            }
            Err(error) => prop_assert_eq!(error.kind, ErrorKind::DatetimeOverflow),
        }
    }

    #[test]
    fn differences_do_not_pass_their_end(from in moment(), to in moment(), unit in 1..UNITS.len()) {
        let (a, b, unit) = (literal(&from), literal(&to), UNITS[unit]);
        let passed = value(&format!("timestampdiff('{unit}', {a}, {b})"));
        let reached = value(&format!("timestampadd('{unit}', {passed}, {a}) <= {b}"));
        prop_assert_eq!(reached, (from <= to || from == to).to_string());
        let back = value(&format!("timestampdiff('{unit}', {b}, {a})"));
        // Months have different lengths, so only shorter units are the same in both directions.
        if !["MONTH", "QUARTER", "YEAR"].iter().any(|long| unit.ends_with(long)) {
            prop_assert_eq!(back.parse::<i64>().unwrap(), -passed.parse::<i64>().unwrap());
        }
        let crossed: i64 = value(&format!("datediff('{unit}', {a}, {b})")).parse().unwrap();
        let passed: i64 = passed.parse().unwrap();
        prop_assert!((crossed - passed).abs() <= 1, "{} {}", crossed, passed);
    }

    #[test]
    fn the_last_day_of_a_month_is_followed_by_the_first(moment in moment()) {
        let m = literal(&moment);
        prop_assume!(moment.year() < 9999);
        prop_assert_eq!(value(&format!("dayofmonth(eomonth({m}) + 1)")), "1");
        prop_assert_eq!(value(&format!("month(eomonth({m}))")), moment.month().to_string());
        let parts = format!("datefromparts({}, {}, {})", moment.year(), moment.month(), moment.day());
        prop_assert_eq!(value(&format!("{parts} = CAST({m} AS DATE)")), "true");
    }
}

#[test]
fn borders_are_counted_as_in_sql_server() {
    let (a, b) = ("'2026-12-31 23:59:59.999999'", "'2027-01-01 00:00:00'");
    for unit in [
        "year",
        "quarter",
        "month",
        "dayofyear",
        "day",
        "hour",
        "minute",
        "second",
        "ms",
        "mcs",
    ] {
        assert_eq!(
            value(&format!("datediff('{unit}', {a}, {b})")),
            "1",
            "{unit}"
        );
        assert_eq!(
            value(&format!("datediff('{unit}', {b}, {a})")),
            "-1",
            "{unit}"
        );
        let passed = if unit == "mcs" { "1" } else { "0" };
        assert_eq!(
            value(&format!("timestampdiff('{unit}', {a}, {b})")),
            passed,
            "{unit}"
        );
    }
    // 2026-11-22 is a Sunday.
    assert_eq!(value("datediff('week', '2026-11-21', '2026-11-22')"), "1");
    assert_eq!(value("datediff('week', '2026-11-22', '2026-11-28')"), "0");
}

#[test]
fn dateadd_keeps_the_type_of_what_it_moves() {
    for (expression, expected) in [
        ("dateadd('month', 1, DATE '2026-01-31')", "2026-02-28"),
        (
            "dateadd('hour', 1, DATE '2026-01-31')",
            "2026-01-31T01:00:00",
        ),
        ("dateadd('hour', 2, TIME '23:00:00')", "01:00:00"),
        (
            "dateadd('dd', -1, TIMESTAMP '2026-03-01 10:00:00')",
            "2026-02-28T10:00:00",
        ),
        ("dateadd('yy', 1, '2028-02-29')", "2029-02-28T00:00:00"),
        (
            "timestampadd('SQL_TSI_DAY', 1, DATE '2026-01-31')",
            "2026-02-01T00:00:00",
        ),
        (
            "timestampadd('FRAC_SECOND', 1500, '2026-01-31')",
            "2026-01-31T00:00:00.000001",
        ),
        (
            "timestampadd('FRAC_SECOND', -1, '2026-01-31')",
            "2026-01-30T23:59:59.999999",
        ),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
}

#[test]
fn a_time_alone_is_todays_where_a_timestamp_is_wanted() {
    let today = "CAST(timestampadd('hour', 0, TIME '10:00:00') AS DATE) = curdate()";
    assert_eq!(value(today), "true");
    assert_eq!(value("hour(TIME '10:20:30') + minute('10:20')"), "30");
    assert_eq!(
        value("timestampdiff('minute', TIME '10:00:00', TIME '11:30:59')"),
        "90"
    );
}

#[test]
fn intervals_have_parts() {
    for (expression, expected) in [
        ("extract(day from INTERVAL '3' DAY)", "3"),
        ("extract(month from INTERVAL '14' MONTH)", "2"),
        ("extract(year from INTERVAL '14' MONTH)", "1"),
        ("extract(minute from INTERVAL '90' MINUTE)", "30"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    for (expression, expected) in [
        (
            "timestampadd('fortnight', 1, '2026-01-01')",
            ErrorKind::Syntax,
        ),
        (
            "timestampadd('day', 1, 'secret')",
            ErrorKind::InvalidDatetime,
        ),
        (
            "timestampadd('day', 1, DATE '9999-12-31')",
            ErrorKind::DatetimeOverflow,
        ),
        (
            "timestampadd('year', 9000000000000000000, '2026-01-01')",
            ErrorKind::DatetimeOverflow,
        ),
        (
            "timestampadd('day', -1, '0001-01-01')",
            ErrorKind::DatetimeOverflow,
        ),
        (
            "timestampdiff('frac_second', '0001-01-01', '9999-12-31')",
            ErrorKind::NumericOutOfRange,
        ),
        ("datefromparts(2026, 2, 30)", ErrorKind::DatetimeOverflow),
        ("datefromparts(10000, 1, 1)", ErrorKind::DatetimeOverflow),
        ("year(TIME '10:00:00')", ErrorKind::Syntax),
        ("year(5)", ErrorKind::Syntax),
        ("year('10:00:00')", ErrorKind::InvalidDatetime),
        ("extract(year from TIME '10:00:00')", ErrorKind::Syntax),
        ("dayname('secret')", ErrorKind::InvalidDatetime),
        ("year('2026-01-01', 2)", ErrorKind::Syntax),
        ("now(1, 2)", ErrorKind::Syntax),
    ] {
        let error = run(expression).expect_err(expression);
        assert_eq!(error.kind, expected, "{expression}: {error}");
        assert!(!error.message.contains("secret"), "{error}");
    }
    assert_eq!(
        kind("eomonth('9999-12-01', 1)"),
        ErrorKind::DatetimeOverflow
    );
}

#[test]
fn the_clock_stands_still_within_a_statement() {
    let rows = SESSION.column(
        "SELECT COUNT(DISTINCT t) FROM (SELECT now() AS t FROM (VALUES (1), (2)) AS v(n) \
         UNION ALL SELECT getdate() UNION ALL SELECT current_timestamp)",
    );
    assert_eq!(rows.unwrap(), ["1"]);
    assert_eq!(
        value("timestampdiff('second', now(), TIMESTAMP '2020-01-01 00:00:00') < 0"),
        "true"
    );
    assert_eq!(
        value("CAST(now() AS DATE) = curdate() AND CAST(now() AS TIME) = curtime()"),
        "true"
    );
}

#[test]
fn zones_show_the_times_of_their_clocks() {
    for (expression, expected) in [
        (
            "at_time_zone(TIMESTAMP '2026-01-01 11:00:00', 'Europe/Berlin')",
            "2026-01-01T12:00:00",
        ),
        (
            "at_time_zone(TIMESTAMP '2026-07-01 10:00:00', 'W. Europe Standard Time')",
            "2026-07-01T12:00:00",
        ),
        (
            "at_time_zone(TIMESTAMP '2026-07-01 10:00:00.5', 'Asia/Kolkata')",
            "2026-07-01T15:30:00.500",
        ),
        // UTC is the zone of every value, so that naming it first changes nothing.
        (
            "at_time_zone(at_time_zone(TIMESTAMP '2026-07-01 10:00:00', 'UTC'), 'Europe/Berlin')",
            "2026-07-01T12:00:00",
        ),
        // The hour that comes twice, and the one that never comes.
        (
            "at_time_zone(TIMESTAMP '2026-10-25 00:30:00', 'Europe/Berlin')",
            "2026-10-25T02:30:00",
        ),
        (
            "at_time_zone(TIMESTAMP '2026-10-25 01:30:00', 'Europe/Berlin')",
            "2026-10-25T02:30:00",
        ),
        (
            "from_time_zone('2026-10-25 02:30:00', 'Europe/Berlin')",
            "2026-10-25T00:30:00",
        ),
        (
            "from_time_zone('2026-03-29 02:30:00', 'Europe/Berlin')",
            "2026-03-29T01:30:00",
        ),
        (
            "from_time_zone('2026-03-29 03:30:00', 'Europe/Berlin')",
            "2026-03-29T01:30:00",
        ),
        // Samoa left out a whole day.
        (
            "from_time_zone('2011-12-30 12:00:00', 'Pacific/Apia')",
            "2011-12-30T22:00:00",
        ),
        (
            "from_time_zone(DATE '2026-07-01', 'Pacific Standard Time')",
            "2026-07-01T07:00:00",
        ),
        (
            "from_time_zone(at_time_zone(TIMESTAMP '2026-07-01 10:00:00', 'Asia/Tokyo'), 'Tokyo Standard Time')",
            "2026-07-01T10:00:00",
        ),
        // Signs that there is no time stay, and every other time has its place in the calendar.
        (
            "at_time_zone(TIMESTAMP '9999-12-31 23:00:00', 'Asia/Tokyo')",
            "9999-12-31T23:00:00",
        ),
        (
            "from_time_zone('0001-01-01', 'Asia/Tokyo')",
            "0001-01-01T00:00:00",
        ),
        (
            "at_time_zone(TIMESTAMP '0001-01-02', 'America/New_York')",
            "0001-01-01T19:03:58",
        ),
        ("at_time_zone(CAST(NULL AS TIMESTAMP), 'UTC')", "NULL"),
        (
            "at_time_zone(TIMESTAMP '2026-07-01 10:00:00', NULL)",
            "NULL",
        ),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
    let unknown = "at_time_zone(TIMESTAMP '2026-07-01 10:00:00', 'secret')";
    let error = run(unknown).expect_err(unknown);
    assert_eq!(error.kind, ErrorKind::Syntax, "{error}");
    assert!(!error.message.contains("secret"), "{error}");
}
