//! Scalar functions, in the escape and in the spellings of SQL-92.

use super::proof::Bitmap;

pub const BITMAPS: &[Bitmap] = &[
    Bitmap {
        id: 50,
        name: "SQL_STRING_FUNCTIONS",
        proofs: STRING,
    },
    Bitmap {
        id: 49,
        name: "SQL_NUMERIC_FUNCTIONS",
        proofs: NUMERIC,
    },
    Bitmap {
        id: 52,
        name: "SQL_TIMEDATE_FUNCTIONS",
        proofs: TIME_AND_DATE,
    },
    Bitmap {
        id: 51,
        name: "SQL_SYSTEM_FUNCTIONS",
        proofs: SYSTEM,
    },
    Bitmap {
        id: 48,
        name: "SQL_CONVERT_FUNCTIONS",
        proofs: CONVERT,
    },
    Bitmap {
        id: 109,
        name: "SQL_TIMEDATE_ADD_INTERVALS",
        proofs: ADD,
    },
    Bitmap {
        id: 110,
        name: "SQL_TIMEDATE_DIFF_INTERVALS",
        proofs: DIFFERENCE,
    },
    Bitmap {
        id: 155,
        name: "SQL_SQL92_DATETIME_FUNCTIONS",
        proofs: SQL92_DATETIME,
    },
    Bitmap {
        id: 159,
        name: "SQL_SQL92_NUMERIC_VALUE_FUNCTIONS",
        proofs: SQL92_NUMERIC,
    },
    Bitmap {
        id: 164,
        name: "SQL_SQL92_STRING_FUNCTIONS",
        proofs: SQL92_STRING,
    },
    Bitmap {
        id: 165,
        name: "SQL_SQL92_VALUE_EXPRESSIONS",
        proofs: SQL92_VALUES,
    },
];

type Proofs = &'static [(u32, super::proof::Shows)];

#[rustfmt::skip]
const STRING: Proofs = &[
    (0x1, ("SELECT {fn CONCAT('ab', 'cd')}", Ok("abcd"))),
    (0x2, ("SELECT {fn INSERT('abcdef', 2, 3, 'x')}", Ok("axef"))),
    (0x4, ("SELECT {fn LEFT('abcdef', 2)}", Ok("ab"))),
    (0x8, ("SELECT {fn LTRIM('  a ')}", Ok("a "))),
    (0x10, ("SELECT {fn LENGTH('Zoë  ')}", Ok("3"))),
    (0x20, ("SELECT {fn LOCATE('b', 'abcb', 3)}", Ok("4"))),
    (0x40, ("SELECT {fn LCASE('ÄbC')}", Ok("äbc"))),
    (0x80, ("SELECT {fn REPEAT('ab', 3)}", Ok("ababab"))),
    (0x100, ("SELECT {fn REPLACE('abcabc', 'b', 'x')}", Ok("axcaxc"))),
    (0x200, ("SELECT {fn RIGHT('abcdef', 2)}", Ok("ef"))),
    (0x400, ("SELECT {fn RTRIM(' a  ')}", Ok(" a"))),
    (0x800, ("SELECT {fn SUBSTRING('abcdef', 2, 3)}", Ok("bcd"))),
    (0x1000, ("SELECT {fn UCASE('äbC')}", Ok("ÄBC"))),
    (0x2000, ("SELECT {fn ASCII('A')}", Ok("65"))),
    (0x4000, ("SELECT {fn CHAR(65)}", Ok("A"))),
    (0x8000, ("SELECT {fn DIFFERENCE('Smith', 'Smythe')}", Ok("4"))),
    (0x1_0000, ("SELECT {fn LOCATE('b', 'abcb')}", Ok("2"))),
    (0x2_0000, ("SELECT {fn SOUNDEX('Robert')}", Ok("R163"))),
    (0x4_0000, ("SELECT '[' || {fn SPACE(2)} || ']'", Ok("[  ]"))),
    (0x8_0000, ("SELECT {fn BIT_LENGTH('abc')}", Ok("24"))),
    (0x10_0000, ("SELECT {fn CHAR_LENGTH('Zoë ')}", Ok("4"))),
    (0x20_0000, ("SELECT {fn CHARACTER_LENGTH('Zoë')}", Ok("3"))),
    (0x40_0000, ("SELECT {fn OCTET_LENGTH('Zoë')}", Ok("4"))),
    (0x80_0000, ("SELECT {fn POSITION('c' IN 'abc')}", Ok("3"))),
];

#[rustfmt::skip]
const NUMERIC: Proofs = &[
    (0x1, ("SELECT {fn ABS(-2.5)}", Ok("2.5"))),
    (0x2, ("SELECT {fn ROUND({fn ACOS(0.5)}, 6)}", Ok("1.047198"))),
    (0x4, ("SELECT {fn ROUND({fn ASIN(0.5)}, 6)}", Ok("0.523599"))),
    (0x8, ("SELECT {fn ROUND({fn ATAN(1)}, 6)}", Ok("0.785398"))),
    (0x10, ("SELECT {fn ROUND({fn ATAN2(1, -1)}, 6)}", Ok("2.356194"))),
    (0x20, ("SELECT {fn CEILING(1.2)}", Ok("2.0"))),
    (0x40, ("SELECT {fn ROUND({fn COS(1)}, 6)}", Ok("0.540302"))),
    (0x80, ("SELECT {fn ROUND({fn COT(0.5)}, 6)}", Ok("1.830488"))),
    (0x100, ("SELECT {fn ROUND({fn EXP(1)}, 6)}", Ok("2.718282"))),
    (0x200, ("SELECT {fn FLOOR(-1.2)}", Ok("-2.0"))),
    (0x400, ("SELECT {fn ROUND({fn LOG(10)}, 6)}", Ok("2.302585"))),
    (0x800, ("SELECT {fn MOD(-7, 3)}", Ok("-1"))),
    (0x1000, ("SELECT {fn SIGN(-2.5)}", Ok("-1"))),
    (0x2000, ("SELECT {fn ROUND({fn SIN(1)}, 6)}", Ok("0.841471"))),
    (0x4000, ("SELECT {fn ROUND({fn SQRT(2)}, 6)}", Ok("1.414214"))),
    (0x8000, ("SELECT {fn ROUND({fn TAN(1)}, 6)}", Ok("1.557408"))),
    (0x1_0000, ("SELECT {fn PI()}", Ok("3.141592653589793"))),
    (0x2_0000, ("SELECT CASE WHEN {fn RAND(7)} = {fn RAND(7)} AND {fn RAND()} BETWEEN 0 AND 1 THEN 'yes' END", Ok("yes"))),
    (0x4_0000, ("SELECT {fn ROUND({fn DEGREES(1)}, 6)}", Ok("57.29578"))),
    (0x8_0000, ("SELECT {fn ROUND({fn LOG10(2)}, 6)}", Ok("0.30103"))),
    (0x10_0000, ("SELECT {fn ROUND({fn POWER(2, 0.5)}, 6)}", Ok("1.414214"))),
    (0x20_0000, ("SELECT {fn ROUND({fn RADIANS(90)}, 6)}", Ok("1.570796"))),
    (0x40_0000, ("SELECT CAST({fn ROUND(-2.345, 2)} AS VARCHAR)", Ok("-2.350"))),
    (0x80_0000, ("SELECT CAST({fn TRUNCATE(-2.349, 2)} AS VARCHAR)", Ok("-2.340"))),
];

#[rustfmt::skip]
const TIME_AND_DATE: Proofs = &[
    (0x1, ("SELECT CASE WHEN {fn NOW()} > {ts '2026-01-01 00:00:00'} THEN 'later' END", Ok("later"))),
    (0x2, ("SELECT CASE WHEN {fn CURDATE()} = CAST({fn NOW()} AS DATE) THEN 'today' END", Ok("today"))),
    (0x4, ("SELECT {fn DAYOFMONTH({d '2026-11-23'})}", Ok("23"))),
    (0x8, ("SELECT {fn DAYOFWEEK({d '2026-11-22'})}", Ok("1"))),
    (0x10, ("SELECT {fn DAYOFYEAR({d '2026-11-23'})}", Ok("327"))),
    (0x20, ("SELECT {fn MONTH({d '2026-11-23'})}", Ok("11"))),
    (0x40, ("SELECT {fn QUARTER({d '2026-11-23'})}", Ok("4"))),
    (0x80, ("SELECT {fn WEEK({d '2026-11-23'})}", Ok("48"))),
    (0x100, ("SELECT {fn YEAR({d '2026-11-23'})}", Ok("2026"))),
    (0x200, ("SELECT CASE WHEN {fn CURTIME()} = CAST({fn NOW()} AS TIME) THEN 'now' END", Ok("now"))),
    (0x400, ("SELECT {fn HOUR({ts '2026-11-23 10:20:30'})}", Ok("10"))),
    (0x800, ("SELECT {fn MINUTE({ts '2026-11-23 10:20:30'})}", Ok("20"))),
    (0x1000, ("SELECT {fn SECOND({ts '2026-11-23 10:20:30.9'})}", Ok("30"))),
    (0x2000, ("SELECT {fn TIMESTAMPADD(SQL_TSI_MONTH, 1, {ts '2026-01-31 08:00:00'})}", Ok("2026-02-28 08:00:00.000000"))),
    (0x4000, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_DAY, {ts '2026-11-22 12:00:00'}, {ts '2026-11-24 11:00:00'})}", Ok("1"))),
    (0x8000, ("SELECT {fn DAYNAME({d '2026-11-23'})}", Ok("Monday"))),
    (0x1_0000, ("SELECT {fn MONTHNAME({d '2026-11-23'})}", Ok("November"))),
    (0x2_0000, ("SELECT CASE WHEN {fn CURRENT_DATE()} = {fn CURDATE()} THEN 'same' END", Ok("same"))),
    (0x4_0000, ("SELECT CASE WHEN {fn CURRENT_TIME()} <= {fn CURTIME()} THEN 'same' END", Ok("same"))),
    (0x8_0000, ("SELECT CASE WHEN {fn CURRENT_TIMESTAMP(6)} = {fn NOW()} THEN 'same' END", Ok("same"))),
    (0x10_0000, ("SELECT {fn EXTRACT(YEAR FROM {d '2026-11-23'})}", Ok("2026"))),
];

#[rustfmt::skip]
const SYSTEM: Proofs = &[
    (0x1, ("SELECT {fn USER()}", Ok(super::world::USER))),
    (0x2, ("SELECT {fn DATABASE()}", Ok(super::world::DATABASE))),
    (0x4, ("SELECT {fn IFNULL(boss, 7)} FROM staff ORDER BY id", Ok("7"))),
];

#[rustfmt::skip]
const CONVERT: Proofs = &[
    (0x1, ("SELECT {fn CONVERT('12', SQL_INTEGER)} + 1", Ok("13"))),
    (0x2, ("SELECT CAST('12' AS INTEGER) + 1", Ok("13"))),
];

/// `SQL_FN_TSI_*` in the order of their bits.
#[rustfmt::skip]
const ADD: Proofs = &[
    (0x1, ("SELECT {fn TIMESTAMPADD(SQL_TSI_FRAC_SECOND, 5000, {ts '2026-01-31 08:00:00'})}", Ok("2026-01-31 08:00:00.000005"))),
    (0x2, ("SELECT {fn TIMESTAMPADD(SQL_TSI_SECOND, 61, {ts '2026-01-31 08:00:00'})}", Ok("2026-01-31 08:01:01.000000"))),
    (0x4, ("SELECT {fn TIMESTAMPADD(SQL_TSI_MINUTE, -1, {ts '2026-01-31 08:00:00'})}", Ok("2026-01-31 07:59:00.000000"))),
    (0x8, ("SELECT {fn TIMESTAMPADD(SQL_TSI_HOUR, 16, {ts '2026-01-31 08:00:00'})}", Ok("2026-02-01 00:00:00.000000"))),
    (0x10, ("SELECT {fn TIMESTAMPADD(SQL_TSI_DAY, 1, {ts '2026-01-31 08:00:00'})}", Ok("2026-02-01 08:00:00.000000"))),
    (0x20, ("SELECT {fn TIMESTAMPADD(SQL_TSI_WEEK, 1, {ts '2026-01-31 08:00:00'})}", Ok("2026-02-07 08:00:00.000000"))),
    (0x40, ("SELECT {fn TIMESTAMPADD(SQL_TSI_MONTH, 1, {ts '2026-01-31 08:00:00'})}", Ok("2026-02-28 08:00:00.000000"))),
    (0x80, ("SELECT {fn TIMESTAMPADD(SQL_TSI_QUARTER, 1, {ts '2026-01-31 08:00:00'})}", Ok("2026-04-30 08:00:00.000000"))),
    (0x100, ("SELECT {fn TIMESTAMPADD(SQL_TSI_YEAR, -1, {ts '2028-02-29 08:00:00'})}", Ok("2027-02-28 08:00:00.000000"))),
];

#[rustfmt::skip]
const DIFFERENCE: Proofs = &[
    (0x1, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_FRAC_SECOND, {ts '2026-01-31 08:00:00'}, {ts '2026-01-31 08:00:00.000005'})}", Ok("5000"))),
    (0x2, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_SECOND, {ts '2026-01-31 08:00:00'}, {ts '2026-01-31 08:01:01'})}", Ok("61"))),
    (0x4, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_MINUTE, {ts '2026-01-31 08:00:00'}, {ts '2026-01-31 07:59:00'})}", Ok("-1"))),
    (0x8, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_HOUR, {ts '2026-01-31 08:00:00'}, {ts '2026-02-01 00:00:00'})}", Ok("16"))),
    (0x10, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_DAY, {ts '2026-01-31 08:00:00'}, {ts '2026-02-01 08:00:00'})}", Ok("1"))),
    (0x20, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_WEEK, {ts '2026-01-31 08:00:00'}, {ts '2026-02-14 08:00:00'})}", Ok("2"))),
    (0x40, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_MONTH, {ts '2026-01-31 08:00:00'}, {ts '2026-04-30 07:00:00'})}", Ok("2"))),
    (0x80, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_QUARTER, {ts '2026-01-31 08:00:00'}, {ts '2027-01-31 08:00:00'})}", Ok("4"))),
    (0x100, ("SELECT {fn TIMESTAMPDIFF(SQL_TSI_YEAR, {ts '2026-01-31 08:00:00'}, {ts '2028-01-31 08:00:00'})}", Ok("2"))),
];

#[rustfmt::skip]
const SQL92_DATETIME: Proofs = &[
    (0x1, ("SELECT CASE WHEN CURRENT_DATE = {fn CURDATE()} THEN 'same' END", Ok("same"))),
    (0x2, ("SELECT CASE WHEN CURRENT_TIME <= {fn CURTIME()} THEN 'same' END", Ok("same"))),
    (0x4, ("SELECT CASE WHEN CURRENT_TIMESTAMP <= {fn NOW()} THEN 'same' END", Ok("same"))),
];

#[rustfmt::skip]
const SQL92_NUMERIC: Proofs = &[
    (0x1, ("SELECT BIT_LENGTH('abc')", Ok("24"))),
    (0x2, ("SELECT CHAR_LENGTH('Zoë ')", Ok("4"))),
    (0x4, ("SELECT CHARACTER_LENGTH('Zoë')", Ok("3"))),
    (0x8, ("SELECT EXTRACT(MONTH FROM DATE '2026-11-23')", Ok("11"))),
    (0x10, ("SELECT OCTET_LENGTH('Zoë')", Ok("4"))),
    (0x20, ("SELECT POSITION('c' IN 'abc')", Ok("3"))),
];

#[rustfmt::skip]
const SQL92_STRING: Proofs = &[
    // CONVERT(... USING ...) and TRANSLATE(... USING ...) name conversions and translations.
    (0x1, ("SELECT CONVERT('abc' USING utf8)", Err("42000"))),
    (0x2, ("SELECT LOWER('ÄbC')", Ok("äbc"))),
    (0x4, ("SELECT UPPER('äbC')", Ok("ÄBC"))),
    (0x8, ("SELECT SUBSTRING('abcdef' FROM 2 FOR 3)", Ok("bcd"))),
    (0x10, ("SELECT TRANSLATE('abc' USING upper)", Err("42000"))),
    (0x20, ("SELECT TRIM(BOTH 'x' FROM 'xaxx')", Ok("a"))),
    (0x40, ("SELECT TRIM(LEADING 'x' FROM 'xaxx')", Ok("axx"))),
    (0x80, ("SELECT TRIM(TRAILING 'x' FROM 'xaxx')", Ok("xa"))),
];

#[rustfmt::skip]
const SQL92_VALUES: Proofs = &[
    (0x1, ("SELECT CASE boss WHEN 1 THEN 'led' ELSE 'free' END FROM staff ORDER BY id", Ok("free"))),
    (0x2, ("SELECT CAST(pay AS INTEGER) FROM staff ORDER BY id", Ok("30"))),
    (0x4, ("SELECT COALESCE(boss, NULL, 5) FROM staff ORDER BY id", Ok("5"))),
    (0x8, ("SELECT NULLIF(id, 1), NULLIF(id, 2) FROM staff ORDER BY id", Ok("null|1"))),
];
