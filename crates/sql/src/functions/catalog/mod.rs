//! Every function with its group, its number of arguments and an example, which the documentation
//! shows and a test runs.

mod sets;

pub use sets::{AGGREGATES, ROWS, Set, Takes, WINDOWS};

/// One function under one name.
#[derive(Debug)]
pub struct Entry {
    /// Lower case
    pub name: &'static str,
    pub group: FunctionGroup,
    pub origin: Origin,
    /// Number of arguments, as in `2 or 3`.
    pub arguments: &'static str,
    pub example: &'static str,
    /// The example's value as text.
    pub value: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionGroup {
    String,
    Numeric,
    TimeDate,
    System,
}

/// The origin of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Appendix E of the ODBC reference
    Odbc,
    /// T-SQL, and other spellings that applications use
    Other,
}

use FunctionGroup::{Numeric, String, System, TimeDate};
use Origin::{Odbc, Other};

const fn entry(
    name: &'static str,
    group: FunctionGroup,
    origin: Origin,
    arguments: &'static str,
    example: &'static str,
    value: &'static str,
) -> Entry {
    Entry {
        name,
        group,
        origin,
        arguments,
        example,
        value,
    }
}

/// A function of any kind.
#[derive(Clone, Copy, Debug)]
pub enum Known {
    Scalar,
    Aggregate(&'static Set),
    Window(&'static Set),
}

/// The function of a name in lower case.
pub fn find(name: &str) -> Option<Known> {
    let of = |sets: &'static [Set]| sets.iter().find(|set| set.name == name);
    let scalar = || CATALOG.iter().any(|entry| entry.name == name);
    (of(WINDOWS).map(Known::Window))
        .or_else(|| of(AGGREGATES).map(Known::Aggregate))
        .or_else(|| scalar().then_some(Known::Scalar))
}

/// The names of all functions, aggregates and window functions among them.
pub fn names() -> impl Iterator<Item = &'static str> {
    let scalar = CATALOG.iter().map(|entry| entry.name);
    let sets = AGGREGATES.iter().chain(WINDOWS).map(|set| set.name);
    scalar.chain(sets)
}

#[rustfmt::skip]
pub const CATALOG: &[Entry] = &[
    entry("ascii", String, Odbc, "1", "ascii('A')", "65"),
    entry("bit_length", String, Odbc, "1", "bit_length('abc')", "24"),
    entry("char", String, Odbc, "1", "char(65)", "A"),
    entry("char_length", String, Odbc, "1", "char_length('ab ')", "3"),
    entry("character_length", String, Odbc, "1", "character_length('Zoë')", "3"),
    entry("concat", String, Odbc, "1 or more", "concat('ab', 'cd')", "abcd"),
    entry("difference", String, Odbc, "2", "difference('Smith', 'Smythe')", "4"),
    entry("insert", String, Odbc, "4", "\"insert\"('abcdef', 2, 3, 'x')", "axef"),
    entry("lcase", String, Odbc, "1", "lcase('AbC')", "abc"),
    entry("left", String, Odbc, "2", "left('abcdef', 2)", "ab"),
    entry("length", String, Odbc, "1", "length('ab  ')", "2"),
    entry("locate", String, Odbc, "2 or 3", "locate('b', 'abcb', 3)", "4"),
    entry("ltrim", String, Odbc, "1 or 2", "ltrim('  a ')", "a "),
    entry("octet_length", String, Odbc, "1", "octet_length('Zoë')", "4"),
    entry("position", String, Odbc, "2 or 3", "position('c' in 'abc')", "3"),
    entry("repeat", String, Odbc, "2", "repeat('ab', 3)", "ababab"),
    entry("replace", String, Odbc, "3", "replace('abcabc', 'b', 'x')", "axcaxc"),
    entry("right", String, Odbc, "2", "right('abcdef', 2)", "ef"),
    entry("rtrim", String, Odbc, "1 or 2", "rtrim(' a  ')", " a"),
    entry("soundex", String, Odbc, "1", "soundex('Robert')", "R163"),
    entry("space", String, Odbc, "1", "'[' || space(2) || ']'", "[  ]"),
    entry("substring", String, Odbc, "2 or 3", "substring('abcdef', 2, 3)", "bcd"),
    entry("ucase", String, Odbc, "1", "ucase('AbC')", "ABC"),
    entry("abs", Numeric, Odbc, "1", "abs(-2.5)", "2.5"),
    entry("acos", Numeric, Odbc, "1", "acos(1)", "0.0"),
    entry("asin", Numeric, Odbc, "1", "asin(0)", "0.0"),
    entry("atan", Numeric, Odbc, "1", "atan(0)", "0.0"),
    entry("atan2", Numeric, Odbc, "2", "atan2(0, 1)", "0.0"),
    entry("ceiling", Numeric, Odbc, "1", "ceiling(1.2)", "2.0"),
    entry("cos", Numeric, Odbc, "1", "cos(0)", "1.0"),
    entry("cot", Numeric, Odbc, "1", "round(cot(0.5), 4)", "1.8305"),
    entry("degrees", Numeric, Odbc, "1", "degrees(pi())", "180.0"),
    entry("exp", Numeric, Odbc, "1", "exp(0)", "1.0"),
    entry("floor", Numeric, Odbc, "1", "floor(-1.2)", "-2.0"),
    entry("log", Numeric, Odbc, "1 or 2", "log(exp(2))", "2.0"),
    entry("log10", Numeric, Odbc, "1", "log10(1000)", "3.0"),
    entry("mod", Numeric, Odbc, "2", "mod(-7, 3)", "-1"),
    entry("pi", Numeric, Odbc, "0", "pi()", "3.141592653589793"),
    entry("power", Numeric, Odbc, "2", "power(2, 10)", "1024.0"),
    entry("radians", Numeric, Odbc, "1", "round(radians(180), 4)", "3.1416"),
    entry("rand", Numeric, Odbc, "0 or 1", "rand(7) = rand(7) and rand() < 1", "true"),
    entry("round", Numeric, Odbc, "1 to 3", "round(2.345, 2)", "2.350"),
    entry("sign", Numeric, Odbc, "1", "sign(-2.5)", "-1"),
    entry("sin", Numeric, Odbc, "1", "sin(0)", "0.0"),
    entry("sqrt", Numeric, Odbc, "1", "sqrt(9)", "3.0"),
    entry("tan", Numeric, Odbc, "1", "tan(0)", "0.0"),
    entry("truncate", Numeric, Odbc, "1 or 2", "truncate(2.349, 1)", "2.300"),
    entry("curdate", TimeDate, Odbc, "0", "curdate() = cast(now() as date)", "true"),
    entry("current_date", TimeDate, Odbc, "0", "current_date() = curdate()", "true"),
    entry("current_time", TimeDate, Odbc, "0 or 1", "current_time(6) = curtime()", "true"),
    entry("current_timestamp", TimeDate, Odbc, "0 or 1", "current_timestamp(6) = now()", "true"),
    entry("curtime", TimeDate, Odbc, "0", "hour(curtime()) = hour(now())", "true"),
    entry("dayname", TimeDate, Odbc, "1", "dayname('2026-11-23')", "Monday"),
    entry("dayofmonth", TimeDate, Odbc, "1", "dayofmonth('2026-11-23')", "23"),
    entry("dayofweek", TimeDate, Odbc, "1", "dayofweek('2026-11-22')", "1"),
    entry("dayofyear", TimeDate, Odbc, "1", "dayofyear('2026-11-23')", "327"),
    entry("extract", TimeDate, Odbc, "2", "extract(year from date '2026-11-23')", "2026"),
    entry("hour", TimeDate, Odbc, "1", "hour('2026-11-23 10:20:30')", "10"),
    entry("minute", TimeDate, Odbc, "1", "minute('2026-11-23 10:20:30')", "20"),
    entry("month", TimeDate, Odbc, "1", "month('2026-11-23')", "11"),
    entry("monthname", TimeDate, Odbc, "1", "monthname('2026-11-23')", "November"),
    entry("now", TimeDate, Odbc, "0", "now() > timestamp '2026-01-01 00:00:00'", "true"),
    entry("quarter", TimeDate, Odbc, "1", "quarter('2026-11-23')", "4"),
    entry("second", TimeDate, Odbc, "1", "second('2026-11-23 10:20:30.7')", "30"),
    entry("timestampadd", TimeDate, Odbc, "3", "timestampadd('SQL_TSI_MONTH', 1, '2026-01-31')", "2026-02-28T00:00:00"),
    entry("timestampdiff", TimeDate, Odbc, "3", "timestampdiff('SQL_TSI_DAY', '2026-11-22 12:00:00', '2026-11-24 11:00:00')", "1"),
    entry("week", TimeDate, Odbc, "1", "week('2026-11-23')", "48"),
    entry("year", TimeDate, Odbc, "1", "year('2026-11-23')", "2026"),
    entry("database", System, Odbc, "0", "database()", "contoso"),
    entry("ifnull", System, Odbc, "2", "ifnull(null, 7)", "7"),
    entry("user", System, Odbc, "0", "\"user\"()", "ann"),

    entry("btrim", String, Other, "1 or 2", "btrim('xxaxx', 'x')", "a"),
    entry("charindex", String, Other, "2 or 3", "charindex('b', 'abc')", "2"),
    entry("chr", String, Other, "1", "chr(65)", "A"),
    entry("concat_ws", String, Other, "2 or more", "concat_ws('-', 'a', null, 'b')", "a-b"),
    entry("ends_with", String, Other, "2", "ends_with('abc', 'bc')", "true"),
    entry("format", String, Other, "2 or 3", "format(1234.5, 'N2')", "1,234.50"),
    entry("includes", String, Other, "2", "includes('Red; Blue', 'Blue')", "true"),
    entry("initcap", String, Other, "1", "initcap('ann o''neil-LEE')", "Ann O'Neil-Lee"),
    entry("instr", String, Other, "2 to 4", "instr('abcb', 'b', -1)", "4"),
    entry("json_query", String, Other, "2", "json_query('{\"a\": [1, 2]}', '$.a')", "[1, 2]"),
    entry("json_value", String, Other, "2", "json_value('{\"a\": [\"x\", \"y\"]}', '$.a[1]')", "y"),
    entry("len", String, Other, "1", "len('ab  ')", "2"),
    entry("lower", String, Other, "1", "lower('AbC')", "abc"),
    entry("lpad", String, Other, "2 or 3", "lpad('7', 3, '0')", "007"),
    entry("mid", String, Other, "2 or 3", "mid('abcdef', 2, 3)", "bcd"),
    entry("nchar", String, Other, "1", "nchar(8364)", "€"),
    entry("regexp_count", String, Other, "2 to 4", "regexp_count('a1b22', '[0-9]+')", "2"),
    entry("regexp_instr", String, Other, "2 to 6", "regexp_instr('ab12', '[0-9]')", "3"),
    entry("regexp_like", String, Other, "2 or 3", "regexp_like('Subject', '^sub', 'i')", "true"),
    entry("regexp_replace", String, Other, "3 to 6", "regexp_replace('a1b22', '[0-9]+', '#')", "a#b#"),
    entry("regexp_substr", String, Other, "2 to 6", "regexp_substr('from ann@x', '([a-z]+)@', 1, 1, 'c', 1)", "ann"),
    entry("replicate", String, Other, "2", "replicate('ab', 2)", "abab"),
    entry("reverse", String, Other, "1", "reverse('abc')", "cba"),
    entry("rpad", String, Other, "2 or 3", "rpad('ab', 4, '.')", "ab.."),
    entry("split_part", String, Other, "3", "split_part('a/b/c', '/', 2)", "b"),
    entry("starts_with", String, Other, "2", "starts_with('abc', 'ab')", "true"),
    entry("strpos", String, Other, "2", "strpos('abc', 'c')", "3"),
    entry("stuff", String, Other, "4", "stuff('abcdef', 1, 2, 'x')", "xcdef"),
    entry("substr", String, Other, "2 or 3", "substr('abcdef', 5)", "ef"),
    entry("to_char", String, Other, "2", "to_char(date '2026-11-23', 'DD Mon YYYY')", "23 Nov 2026"),
    entry("translate", String, Other, "3", "translate('a-b_c', '-_', '+')", "a+bc"),
    entry("trim", String, Other, "1 or 2", "trim('  a ')", "a"),
    entry("unicode", String, Other, "1", "unicode('€')", "8364"),
    entry("upper", String, Other, "1", "upper('AbC')", "ABC"),
    entry("atn2", Numeric, Other, "2", "atn2(0, 1)", "0.0"),
    entry("ceil", Numeric, Other, "1", "ceil(-1.2)", "-1.0"),
    entry("ln", Numeric, Other, "1 or 2", "ln(1)", "0.0"),
    entry("pow", Numeric, Other, "2", "pow(2, 0.5) = sqrt(2)", "true"),
    entry("signum", Numeric, Other, "1", "signum(0)", "0"),
    entry("square", Numeric, Other, "1", "square(3)", "9.0"),
    entry("trunc", Numeric, Other, "1 or 2", "trunc(-1.9)", "-1.0"),
    entry("at_time_zone", TimeDate, Other, "2", "at_time_zone('2026-07-01 10:00:00', 'Europe/Berlin')", "2026-07-01T12:00:00"),
    entry("dateadd", TimeDate, Other, "3", "dateadd('day', 1, date '2026-02-28')", "2026-03-01"),
    entry("datediff", TimeDate, Other, "3", "datediff('day', '2026-11-22 23:59:00', '2026-11-23 00:01:00')", "1"),
    entry("datediff_big", TimeDate, Other, "3", "datediff_big('second', '0001-01-01', '9999-12-31')", "315537811200"),
    entry("datefromparts", TimeDate, Other, "3", "datefromparts(2026, 11, 23)", "2026-11-23"),
    entry("datename", TimeDate, Other, "2", "datename('weekday', '2026-11-23')", "Monday"),
    entry("datepart", TimeDate, Other, "2", "datepart('iso_week', '2026-01-01')", "1"),
    entry("datetrunc", TimeDate, Other, "2", "datetrunc('month', date '2026-11-23')", "2026-11-01"),
    entry("date_trunc", TimeDate, Other, "2", "date_trunc('hour', '2026-11-23 10:20:30')", "2026-11-23T10:00:00"),
    entry("day", TimeDate, Other, "1", "day('2026-11-23')", "23"),
    entry("eomonth", TimeDate, Other, "1 or 2", "eomonth('2026-11-23', 3)", "2027-02-28"),
    entry("from_time_zone", TimeDate, Other, "2", "from_time_zone('2026-07-01 12:00:00', 'W. Europe Standard Time')", "2026-07-01T10:00:00"),
    entry("getdate", TimeDate, Other, "0", "getdate() = now()", "true"),
    entry("getutcdate", TimeDate, Other, "0", "getutcdate() = now()", "true"),
    entry("last_day", TimeDate, Other, "1 or 2", "last_day('2028-02-01')", "2028-02-29"),
    entry("localtime", TimeDate, Other, "0 or 1", "\"localtime\"() = curtime()", "true"),
    entry("localtimestamp", TimeDate, Other, "0 or 1", "\"localtimestamp\"() = now()", "true"),
    entry("sysdatetime", TimeDate, Other, "0", "sysdatetime() = now()", "true"),
    entry("sysutcdatetime", TimeDate, Other, "0", "sysutcdatetime() = now()", "true"),
    entry("today", TimeDate, Other, "0", "today() = curdate()", "true"),
    entry("coalesce", System, Other, "1 or more", "coalesce(null, null, 3)", "3"),
    entry("current_catalog", System, Other, "0", "\"current_catalog\"()", "contoso"),
    entry("current_database", System, Other, "0", "current_database()", "contoso"),
    entry("current_user", System, Other, "0", "current_user", "ann"),
    entry("db_name", System, Other, "0", "db_name()", "contoso"),
    entry("greatest", System, Other, "1 or more", "greatest(1, null, 3)", "3"),
    entry("iif", System, Other, "3", "iif(1 < 2, 'yes', 'no')", "yes"),
    entry("isnull", System, Other, "2", "\"isnull\"(null, 'x')", "x"),
    entry("least", System, Other, "1 or more", "least('b', 'a')", "a"),
    entry("nullif", System, Other, "2", "nullif(1, 1)", "NULL"),
    entry("nvl", System, Other, "2", "nvl(null, 'x')", "x"),
    entry("nvl2", System, Other, "3", "nvl2(null, 'there', 'not there')", "not there"),
    entry("session_user", System, Other, "0", "session_user", "ann"),
    entry("system_user", System, Other, "0", "system_user()", "ann"),
    entry("user_name", System, Other, "0", "user_name()", "ann"),
];
