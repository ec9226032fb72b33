"""The grammar of functions: every one that docs/sql.md lists, which a test checks.

SQLite gets functions of its own (x_...), written in sqlite_functions.py after the ODBC reference; DuckDB has its own
where they mean the same.
"""

from .kinds import BOOL, DATE, DBL, DEC, INT, TEXT, TS
from .node import No
from .rules import Rule, widest

CLOCK = "the clock moves between the engines; the statement compares it with itself"


def odbc(call):
    """A function and the same in ODBC's braces."""
    return (call, "{fn " + call + "}")


def python(name):
    """No DuckDB form: the meaning is ODBC's or T-SQL's alone."""
    return No(f"DuckDB has no {name} with this meaning")


def _same_scale(call):
    """The driver keeps the number of places, DuckDB does not."""
    return lambda kids: f"CAST({call} AS DECIMAL(28, {kids[0].scale}))"


JSON = '{"a": [5, "x y", null, true], "b": {"c": 1.5}}'

TEXT_TO_INT = [
    Rule(INT, 2, "ASCII", odbc("ASCII(<text>)"), "x_ascii($0)", python("ASCII"), bound=2**21),
    Rule(INT, 1, "UNICODE", "UNICODE(<text>)", "x_unicode($0)", python("UNICODE"), bound=2**21),
    Rule(INT, 1, "BIT_LENGTH", odbc("BIT_LENGTH(<text>)"), "(length(CAST($0 AS BLOB)) * 8)", "bit_length($0)", bound=10**5),
    Rule(INT, 2, "CHAR_LENGTH", odbc("CHAR_LENGTH(<text>)"), "length($0)", "length($0)", bound=10**4),
    Rule(INT, 1, "CHARACTER_LENGTH", odbc("CHARACTER_LENGTH(<text>)"), "length($0)", "length($0)", bound=10**4),
    Rule(INT, 3, "LENGTH", odbc("LENGTH(<text>)"), "length(rtrim($0, ' '))", "length(rtrim($0, ' '))", bound=10**4),
    Rule(INT, 2, "LEN", "LEN(<text>)", "length(rtrim($0, ' '))", "length(rtrim($0, ' '))", bound=10**4),
    Rule(INT, 1, "OCTET_LENGTH", odbc("OCTET_LENGTH(<text>)"), "length(CAST($0 AS BLOB))", "strlen($0)", bound=10**5),
    Rule(INT, 2, "LOCATE", odbc("LOCATE(<text>, <text>)"), "instr($1, $0)", "instr($1, $0)", bound=10**4),
    Rule(INT, 1, "LOCATE from a place", odbc("LOCATE(<text>, <text>, <1..4>)"), "x_locate($0, $1, $2)", python("LOCATE"), bound=10**4),
    Rule(INT, 2, "POSITION", odbc("POSITION(<text> IN <text>)"), "instr($1, $0)", "instr($1, $0)", bound=10**4),
    Rule(INT, 2, "CHARINDEX", "CHARINDEX(<text>, <text>)", "instr($1, $0)", "instr($1, $0)", bound=10**4),
    Rule(INT, 1, "CHARINDEX from a place", "CHARINDEX(<text>, <text>, <1..4>)", "x_locate($0, $1, $2)", python("CHARINDEX"), bound=10**4),
    Rule(INT, 1, "STRPOS", "STRPOS(<text>, <text>)", "instr($0, $1)", "instr($0, $1)", bound=10**4),
    Rule(INT, 1, "INSTR", "INSTR(<text>, <text>)", "instr($0, $1)", "instr($0, $1)", bound=10**4),
    Rule(INT, 1, "INSTR from a place", "INSTR(<text>, <text>, <1..4>)", "x_locate($1, $0, $2)", python("INSTR"), bound=10**4),
    Rule(INT, 1, "REGEXP_COUNT", "REGEXP_COUNT(<text>, '[a-c]+')", "x_regexp_count($0, '[a-c]+')", "len(regexp_extract_all($0, '[a-c]+'))", bound=10**4),
    Rule(INT, 1, "REGEXP_INSTR", "REGEXP_INSTR(<text>, '[b-d]')", "x_regexp_instr($0, '[b-d]')", python("REGEXP_INSTR"), bound=10**4),
    Rule(INT, 1, "DIFFERENCE", odbc("DIFFERENCE(<text>, <text>)"), "x_difference($0, $1)", python("DIFFERENCE"), bound=4),
]

TEXTS = [
    Rule(TEXT, 1, "CHAR", odbc("CHAR(<65..122>)"), "char($0)", "chr($0)"),
    Rule(TEXT, 1, "NCHAR", "NCHAR(<900..960>)", "char($0)", "chr($0)"),
    Rule(TEXT, 2, "CONCAT", odbc("CONCAT(<text>, <text>)"), "x_concat($0, $1)", "($0 || $1)"),
    Rule(TEXT, 1, "CONCAT_WS", "CONCAT_WS('-', <text>, <text>)", "x_concat_ws('-', $0, $1)", "concat_ws('-', $0, $1)"),
    Rule(TEXT, 1, "INSERT", odbc("INSERT(<text>, <1..4>, <0..3>, <text>)"), "x_stuff($0, $1, $2, $3)", python("INSERT")),
    Rule(TEXT, 1, "STUFF", "STUFF(<text>, <1..4>, <0..3>, <text>)", "x_stuff($0, $1, $2, $3)", python("STUFF")),
    Rule(TEXT, 2, "LCASE", odbc("LCASE(<text>)"), "x_lower($0)", "lower($0)"),
    Rule(TEXT, 2, "LOWER", "LOWER(<text>)", "x_lower($0)", "lower($0)"),
    Rule(TEXT, 2, "UCASE", odbc("UCASE(<text>)"), "x_upper($0)", "upper($0)"),
    Rule(TEXT, 2, "UPPER", "UPPER(<text>)", "x_upper($0)", "upper($0)"),
    Rule(TEXT, 2, "LEFT", odbc("LEFT(<text>, <0..4>)"), "substr($0, 1, $1)", "left($0, $1)"),
    Rule(TEXT, 2, "RIGHT", odbc("RIGHT(<text>, <0..4>)"), "x_right($0, $1)", "right($0, $1)"),
    Rule(TEXT, 1, "LTRIM", odbc("LTRIM(<text>)"), "ltrim($0, ' ')", "ltrim($0, ' ')"),
    Rule(TEXT, 1, "LTRIM of characters", "LTRIM(<text>, 'ab')", "ltrim($0, 'ab')", "ltrim($0, 'ab')"),
    Rule(TEXT, 1, "RTRIM", odbc("RTRIM(<text>)"), "rtrim($0, ' ')", "rtrim($0, ' ')"),
    Rule(TEXT, 1, "RTRIM of characters", "RTRIM(<text>, 'ab')", "rtrim($0, 'ab')", "rtrim($0, 'ab')"),
    Rule(TEXT, 1, "TRIM", ("TRIM(<text>)", "TRIM(BOTH ' ' FROM <text>)"), "trim($0, ' ')", "trim($0, ' ')"),
    Rule(TEXT, 1, "REPEAT", odbc("REPEAT(<text>, <0..3>)"), "x_repeat($0, $1)", "repeat($0, $1)"),
    Rule(TEXT, 1, "REPLICATE", "REPLICATE(<text>, <0..3>)", "x_repeat($0, $1)", "repeat($0, $1)"),
    Rule(TEXT, 2, "REPLACE", odbc("REPLACE(<text>, 'b', <text>)"), "replace($0, 'b', $1)", "replace($0, 'b', $1)"),
    Rule(TEXT, 1, "REVERSE", "REVERSE(<text>)", "x_reverse($0)", No("DuckDB keeps the letters together that make one sign, such as the end of a line")),
    Rule(TEXT, 1, "SOUNDEX", odbc("SOUNDEX(<text>)"), "x_soundex($0)", python("SOUNDEX")),
    Rule(TEXT, 1, "SPACE", odbc("SPACE(<0..3>)"), "x_repeat(' ', $0)", "repeat(' ', $0)"),
    Rule(TEXT, 3, "SUBSTRING", odbc("SUBSTRING(<text>, <1..4>, <0..4>)"), "substr($0, $1, $2)", "substr($0, $1, $2)"),
    Rule(TEXT, 1, "SUBSTRING to the end", ("SUBSTRING(<text>, <1..4>)", "SUBSTRING(<text> FROM <1..4>)"), "substr($0, $1)", "substr($0, $1)"),
    Rule(TEXT, 1, "SUBSTR", "SUBSTR(<text>, <1..4>)", "substr($0, $1)", "substr($0, $1)"),
    Rule(TEXT, 1, "MID", "MID(<text>, <1..4>, <0..4>)", "substr($0, $1, $2)", "substr($0, $1, $2)"),
    Rule(TEXT, 1, "BTRIM", "BTRIM(<text>, 'ab')", "trim($0, 'ab')", "trim($0, 'ab')"),
    Rule(TEXT, 1, "CHR", "CHR(<65..122>)", "char($0)", "chr($0)"),
    Rule(TEXT, 1, "INITCAP", "INITCAP(<text>)", "x_initcap($0)", python("INITCAP")),
    Rule(TEXT, 1, "LPAD", "LPAD(<text>, <1..6>, '*-')", "x_lpad($0, $1, '*-')", "lpad($0, $1, '*-')"),
    Rule(TEXT, 1, "RPAD", "RPAD(<text>, <1..6>)", "x_rpad($0, $1, ' ')", "rpad($0, $1, ' ')"),
    Rule(TEXT, 1, "SPLIT_PART", "SPLIT_PART(<text>, ' ', <1..3>)", "x_split_part($0, ' ', $1)", "split_part($0, ' ', $1)"),
    Rule(TEXT, 1, "TRANSLATE", "TRANSLATE(<text>, 'abc', 'xy')", "x_translate($0, 'abc', 'xy')", "translate($0, 'abc', 'xy')"),
    Rule(TEXT, 1, "REGEXP_REPLACE", "REGEXP_REPLACE(<text>, '[a-c]', '#')", "x_regexp_replace($0, '[a-c]', '#')", "regexp_replace($0, '[a-c]', '#', 'g')"),
    Rule(TEXT, 1, "REGEXP_SUBSTR", "REGEXP_SUBSTR(<text>, '[a-c]+')", "x_regexp_substr($0, '[a-c]+')", python("REGEXP_SUBSTR")),
    Rule(TEXT, 1, "TO_CHAR", "TO_CHAR(<ts>, 'YYYY-MM-DD HH24:MI:SS')", "substr($0, 1, 19)", "strftime($0, '%Y-%m-%d %H:%M:%S')"),
    Rule(TEXT, 1, "FORMAT", "FORMAT(<date>, 'yyyy-MM-dd')", "$0", "strftime($0, '%Y-%m-%d')"),
    Rule(TEXT, 1, "JSON_VALUE", f"JSON_VALUE(CONCAT('{JSON}', ''), '$.a[1]')", "'x y'", "'x y'"),
    Rule(TEXT, 1, "JSON_QUERY", f"JSON_QUERY('{JSON}', '$.b')", "'{\"c\": 1.5}'", "'{\"c\": 1.5}'"),
    Rule(TEXT, 1, "DAYNAME", odbc("DAYNAME(<date>)"), "x_day_name($0)", "dayname($0)"),
    Rule(TEXT, 1, "MONTHNAME", odbc("MONTHNAME(<date>)"), "x_month_name($0)", "monthname($0)"),
    Rule(TEXT, 1, "DATENAME", "DATENAME(month, <date>)", "x_month_name($0)", "monthname($0)"),
    Rule(TEXT, 1, "DATABASE", odbc("DATABASE()"), "'@database'", "'@database'"),
    Rule(TEXT, 1, "USER", '{fn USER()}', "'@user'", "'@user'"),
    Rule(TEXT, 1, "CURRENT_CATALOG", '"current_catalog"()', "'@database'", "'@database'"),
    Rule(TEXT, 1, "CURRENT_DATABASE", "CURRENT_DATABASE()", "'@database'", "'@database'"),
    Rule(TEXT, 1, "DB_NAME", "DB_NAME()", "'@database'", "'@database'"),
    Rule(TEXT, 1, "CURRENT_USER", "CURRENT_USER", "'@user'", "'@user'"),
    Rule(TEXT, 1, "SESSION_USER", "SESSION_USER", "'@user'", "'@user'"),
    Rule(TEXT, 1, "SYSTEM_USER", "SYSTEM_USER()", "'@user'", "'@user'"),
    Rule(TEXT, 1, "USER_NAME", "USER_NAME()", "'@user'", "'@user'"),
]

NUMBERS = [
    Rule(INT, 3, "ABS", odbc("ABS(<int>)"), "abs($0)", "abs($0)", bound=widest),
    Rule(DEC, 1, "ABS of DECIMAL", odbc("ABS(<dec>)"), "abs($0)", "abs($0)", bound=widest, scale=lambda kids: kids[0].scale),
    Rule(DBL, 1, "ABS of DOUBLE", odbc("ABS(<dbl>)"), "abs($0)", "abs($0)", bound=widest),
    Rule(INT, 2, "SIGN", odbc("SIGN(<int>)"), "x_sign($0)", "CAST(sign($0) AS BIGINT)", bound=1),
    Rule(INT, 1, "SIGN of DECIMAL", odbc("SIGN(<dec>)"), "x_sign($0)", "CAST(sign($0) AS BIGINT)", bound=1),
    Rule(INT, 1, "SIGNUM", "SIGNUM(<int>)", "x_sign($0)", "CAST(sign($0) AS BIGINT)", bound=1),
    Rule(INT, 2, "MOD", odbc("MOD(<int>, <1..7>)"), "x_mod($0, $1)", "($0 % $1)", bound=7),
    Rule(DBL, 2, "CEILING", odbc("CEILING(<dbl>)"), "x_ceil($0)", "ceil($0)", bound=lambda kids: kids[0].bound + 1),
    Rule(DBL, 1, "CEIL", "CEIL(<dbl>)", "x_ceil($0)", "ceil($0)", bound=lambda kids: kids[0].bound + 1),
    Rule(DBL, 2, "FLOOR", odbc("FLOOR(<dbl>)"), "x_floor($0)", "floor($0)", bound=lambda kids: kids[0].bound + 1),
    Rule(DEC, 1, "CEILING of DECIMAL", odbc("CEILING(<dec>)"), lambda kids: f"x_ceil_scaled($0, {kids[0].scale})", _same_scale("ceil($0)"), bound=lambda kids: kids[0].bound + 1, scale=lambda kids: kids[0].scale),
    Rule(DEC, 1, "FLOOR of DECIMAL", odbc("FLOOR(<dec>)"), lambda kids: f"x_floor_scaled($0, {kids[0].scale})", _same_scale("floor($0)"), bound=lambda kids: kids[0].bound + 1, scale=lambda kids: kids[0].scale),
    Rule(DEC, 2, "ROUND of DECIMAL", odbc("ROUND(<dec>, 1)"), lambda kids: f"x_round_scaled($0, {kids[0].scale}, 1)", _same_scale("round($0, 1)"), bound=lambda kids: kids[0].bound + 1, scale=lambda kids: kids[0].scale),
    Rule(DEC, 1, "TRUNCATE of DECIMAL", odbc("TRUNCATE(<dec>, 1)"), lambda kids: f"x_truncate_scaled($0, {kids[0].scale}, 1)", _same_scale("trunc($0, 1)"), bound=widest, scale=lambda kids: kids[0].scale),
    Rule(DBL, 1, "ROUND", odbc("ROUND(<dbl>, 2)"), "x_round($0, 2)", "round($0, 2)", exact=False, bound=lambda kids: kids[0].bound + 1),
    Rule(DBL, 1, "TRUNCATE", odbc("TRUNCATE(<dbl>, 0)"), "x_truncate($0)", "trunc($0)", bound=widest),
    Rule(DBL, 1, "TRUNC", "TRUNC(<dbl>)", "x_truncate($0)", "trunc($0)", bound=widest),
    Rule(DBL, 2, "SQRT", odbc("SQRT(ABS(<double>))"), "x_sqrt(abs($0))", "sqrt(abs($0))", exact=False, bound=widest),
    Rule(DBL, 1, "SQUARE", "SQUARE(<small>)", "x_square($0)", "pow($0, 2)", exact=False, bound=lambda kids: kids[0].bound**2),
    Rule(DBL, 2, "POWER", odbc("POWER(<small>, 2)"), "x_power($0, 2)", "pow($0, 2)", exact=False, bound=lambda kids: kids[0].bound**2),
    Rule(DBL, 1, "POW", "POW(<small>, 3)", "x_power($0, 3)", "pow($0, 3)", exact=False, bound=lambda kids: kids[0].bound**3),
    Rule(DBL, 1, "EXP", odbc("EXP(SIGN(<int>))"), "x_exp(x_sign($0))", "exp(sign($0))", exact=False, bound=3),
    Rule(DBL, 1, "LOG", odbc("LOG(1 + ABS(<double>))"), "x_ln(1 + abs($0))", "ln(1 + abs($0))", exact=False, bound=800),
    Rule(DBL, 1, "LN", "LN(1 + ABS(<double>))", "x_ln(1 + abs($0))", "ln(1 + abs($0))", exact=False, bound=800),
    Rule(DBL, 1, "LOG10", odbc("LOG10(1 + ABS(<double>))"), "x_log10(1 + abs($0))", "log10(1 + abs($0))", exact=False, bound=400),
    Rule(DBL, 1, "SIN", odbc("SIN(<small>)"), "x_sin($0)", "sin($0)", exact=False, bound=1),
    Rule(DBL, 1, "COS", odbc("COS(<small>)"), "x_cos($0)", "cos($0)", exact=False, bound=1),
    Rule(DBL, 1, "TAN", odbc("TAN(SIGN(<int>))"), "x_tan(x_sign($0))", "tan(sign($0))", exact=False, bound=2),
    Rule(DBL, 1, "COT", odbc("COT(<1..3>)"), "x_cot($0)", "cot($0)", exact=False, bound=10),
    Rule(DBL, 1, "ASIN", odbc("ASIN(SIGN(<int>))"), "x_asin(x_sign($0))", "asin(sign($0))", exact=False, bound=2),
    Rule(DBL, 1, "ACOS", odbc("ACOS(SIGN(<int>))"), "x_acos(x_sign($0))", "acos(sign($0))", exact=False, bound=4),
    Rule(DBL, 1, "ATAN", odbc("ATAN(<small>)"), "x_atan($0)", "atan($0)", exact=False, bound=2),
    Rule(DBL, 1, "ATAN2", odbc("ATAN2(<small>, <1..5>)"), "x_atan2($0, $1)", "atan2($0, $1)", exact=False, bound=4),
    Rule(DBL, 1, "ATN2", "ATN2(<small>, <1..5>)", "x_atan2($0, $1)", "atan2($0, $1)", exact=False, bound=4),
    Rule(DBL, 1, "DEGREES", odbc("DEGREES(<small>)"), "x_degrees($0)", "degrees($0)", exact=False, bound=10**5),
    Rule(DBL, 1, "RADIANS", odbc("RADIANS(<small>)"), "x_radians($0)", "radians($0)", exact=False, bound=10),
    Rule(DBL, 1, "PI", odbc("PI()"), "3.141592653589793", "pi()", exact=False, bound=4),
    Rule(INT, 1, "bits in common", "(<int> & <1..7>)", bound=7),
    Rule(INT, 1, "bits of either", "(ABS(<int>) | <1..7>)", "(abs($0) | $1)", "(abs($0) | $1)", bound=lambda kids: kids[0].bound * 2 + 8),
    Rule(BOOL, 1, "ILIKE", "(<text> ILIKE <pattern>)", "x_ilike($0, $1)", "($0 ILIKE $1)"),
    Rule(BOOL, 1, "REGEXP_LIKE", "REGEXP_LIKE(<text>, '^[a-c]')", "x_regexp_like($0, '^[a-c]')", "regexp_matches($0, '^[a-c]')"),
    Rule(BOOL, 1, "STARTS_WITH", "STARTS_WITH(<text>, <text>)", "x_starts_with($0, $1)", "starts_with($0, $1)"),
    Rule(BOOL, 1, "ENDS_WITH", "ENDS_WITH(<text>, <text>)", "x_ends_with($0, $1)", "ends_with($0, $1)"),
    Rule(BOOL, 1, "RAND", "(RAND(<0..9>) >= 0 AND RAND() < 1)", "($0 IS NOT NULL)", "($0 IS NOT NULL)"),
]

_PARTS = [
    ("YEAR", "year", 9999), ("MONTH", "month", 12), ("QUARTER", "quarter", 4), ("DAYOFMONTH", "day", 31),
    ("DAYOFYEAR", "dayofyear", 366),
]
_TIMES = [("HOUR", "hour", 24), ("MINUTE", "minute", 60), ("SECOND", "second", 60)]

TIMES = [
    *(Rule(INT, 1, name, odbc(f"{name}(<date>)"), f"x_part('{part}', $0)", f"{part}($0)", bound=bound) for name, part, bound in _PARTS),
    *(Rule(INT, 1, name, odbc(f"{name}(<ts>)"), f"x_part('{part}', $0)", f"{part}($0)", bound=bound) for name, part, bound in _TIMES),
    Rule(INT, 1, "DAY", "DAY(<date>)", "x_part('day', $0)", "day($0)", bound=31),
    Rule(INT, 1, "DAYOFWEEK", odbc("DAYOFWEEK(<date>)"), "x_part('weekday', $0)", "(dayofweek($0) + 1)", bound=7),
    Rule(INT, 1, "WEEK", odbc("WEEK(<date>)"), "x_part('week', $0)", python("WEEK"), bound=54),
    Rule(INT, 1, "EXTRACT", ("EXTRACT(MONTH FROM <ts>)", "{fn EXTRACT(MONTH FROM <ts>)}"), "x_part('month', $0)", "month($0)", bound=12),
    Rule(INT, 1, "EXTRACT of a time", "EXTRACT(HOUR FROM <time>)", "CAST(substr($0, 1, 2) AS INTEGER)", "hour($0)", bound=24),
    Rule(INT, 1, "DATEPART", "DATEPART(iso_week, <date>)", "x_part('isoweek', $0)", "week($0)", bound=53),
    Rule(INT, 2, "DATEDIFF", "DATEDIFF(day, <date>, <date>)", "x_days_between($0, $1)", "date_diff('day', $0, $1)", bound=4 * 10**6),
    Rule(INT, 1, "DATEDIFF of months", "DATEDIFF(month, <date>, <date>)", "x_months_between($0, $1)", "date_diff('month', $0, $1)", bound=2 * 10**5),
    Rule(INT, 1, "DATEDIFF_BIG", "DATEDIFF_BIG(second, <ts>, <ts>)", "x_seconds_between($0, $1)", "date_diff('second', date_trunc('second', $0), date_trunc('second', $1))", bound=10**12),
    Rule(INT, 1, "TIMESTAMPDIFF", ("TIMESTAMPDIFF(SQL_TSI_DAY, <date>, <date>)", "{fn TIMESTAMPDIFF(SQL_TSI_DAY, <date>, <date>)}"), "x_days_between($0, $1)", "date_diff('day', $0, $1)", bound=4 * 10**6),
    Rule(TS, 1, "TIMESTAMPADD", ("TIMESTAMPADD(SQL_TSI_MONTH, <0..14>, <ts>)", "{fn TIMESTAMPADD(SQL_TSI_MONTH, <0..14>, <ts>)}"), "x_add_months($1, $0)", "($1 + to_months($0))"),
    Rule(DATE, 1, "DATEADD", "DATEADD(day, <0..40>, <date>)", "x_add_days($1, $0)", "CAST($1 + to_days($0) AS DATE)"),
    Rule(DATE, 1, "DATEFROMPARTS", "DATEFROMPARTS(2024, <1..12>, <1..28>)", "x_date(2024, $0, $1)", "make_date(2024, $0, $1)"),
    Rule(DATE, 1, "EOMONTH", "EOMONTH(<date>)", "x_last_day($0)", "last_day($0)"),
    Rule(DATE, 1, "EOMONTH with months", "EOMONTH(<date>, <0..14>)", "x_last_day(x_add_months($0, $1))", "last_day(CAST($0 + to_months($1) AS DATE))"),
    Rule(TS, 1, "DATE_TRUNC", "DATE_TRUNC('month', <ts>)", "x_truncated_to('month', $0)", "date_trunc('month', $0)"),
    Rule(TS, 1, "DATE_TRUNC of weeks", "DATE_TRUNC('week', <ts>)", "x_truncated_to('week', $0)", "date_trunc('week', $0)"),
    Rule(DATE, 1, "DATETRUNC", "DATETRUNC(month, <date>)", "x_truncated_to('month', $0)", "CAST(date_trunc('month', $0) AS DATE)"),
    Rule(DATE, 1, "LAST_DAY", "LAST_DAY(<date>)", "x_last_day($0)", "last_day($0)"),
    *(Rule(BOOL, 0.3, name, comparison, "TRUE", "TRUE") for name, comparison in [
        ("CURDATE", "(CURDATE() = CAST(NOW() AS DATE))"),
        ("CURRENT_DATE", "(CURRENT_DATE = CURDATE())"),
        ("CURRENT_TIME", "(CURRENT_TIME(6) = CURTIME())"),
        ("CURRENT_TIMESTAMP", ("(CURRENT_TIMESTAMP(6) = NOW())", "(CURRENT_TIMESTAMP = {fn NOW()})")),
        ("CURTIME", "(HOUR(CURTIME()) = HOUR(NOW()))"),
        ("NOW", "(NOW() > TIMESTAMP '2024-01-01 00:00:00')"),
        ("GETDATE", "(GETDATE() = NOW())"),
        ("GETUTCDATE", "(GETUTCDATE() = NOW())"),
        ("LOCALTIME", '("localtime"() = CURTIME())'),
        ("LOCALTIMESTAMP", '("localtimestamp"() = NOW())'),
        ("SYSDATETIME", "(SYSDATETIME() = NOW())"),
        ("SYSUTCDATETIME", "(SYSUTCDATETIME() = NOW())"),
        ("TODAY", "(TODAY() = CURDATE())"),
    ]),
]

# Functions whose parts and value are of one kind, whichever; <same> is that kind.
SAME_KIND = {
    "COALESCE": ("COALESCE(<same>, <same>, <same>)", "COALESCE($0, $1, $2)"),
    "COALESCE of two": ("COALESCE(<same>, <same>)", "COALESCE($0, $1)"),
    "IFNULL": ("{fn IFNULL(<same>, <same>)}", "COALESCE($0, $1)"),
    "ISNULL": ("ISNULL(<same>, <same>)", "COALESCE($0, $1)"),
    "NVL": ("NVL(<same>, <same>)", "COALESCE($0, $1)"),
    "NULLIF": ("NULLIF(<same>, <same>)", "NULLIF($0, $1)"),
    "GREATEST": ("GREATEST(<same>, <same>)", "GREATEST($0, $1)"),
    "LEAST": ("LEAST(<same>, <same>)", "LEAST($0, $1)"),
    "NVL2": ("NVL2(<text>, <same>, <same>)", "CASE WHEN $0 IS NOT NULL THEN $1 ELSE $2 END"),
    "IIF": ("IIF(<bool>, <same>, <same>)", "CASE WHEN $0 THEN $1 ELSE $2 END"),
    "CASE": ("CASE WHEN <bool> THEN <same> ELSE <same> END", "CASE WHEN $0 THEN $1 ELSE $2 END"),
    "CASE without ELSE": ("CASE WHEN <bool> THEN <same> WHEN <bool> THEN <same> END", "CASE WHEN $0 THEN $1 WHEN $2 THEN $3 END"),
    "CASE of a value": ("CASE <int> WHEN <1..3> THEN <same> WHEN <int> THEN <same> ELSE <same> END",
                        "CASE $0 WHEN $1 THEN $2 WHEN $3 THEN $4 ELSE $5 END"),
}

FUNCTIONS = [*TEXT_TO_INT, *TEXTS, *NUMBERS, *TIMES]
