"""The grammar of values: operators and conversions. Functions are in functions.py."""

from .kinds import BOOL, DATE, DBL, DEC, INT, TEXT, TIME, TS
from .node import No
from .rules import Rule, widest


def _scaled(digits):
    return str(10**digits)


def _half_away(places):
    """SQLite's scaled whole number with fewer places, rounded half away from zero."""
    return lambda kids: f"x_rescale($0, {kids[0].scale}, {places})"


def _larger_scale(kids):
    return max(kid.scale for kid in kids)


def _aligned(operator):
    """SQLite's scaled whole numbers, brought to one scale."""

    def form(kids):
        scale = _larger_scale(kids)
        left, right = (f"${place} * {_scaled(scale - kid.scale)}" for place, kid in enumerate(kids))
        return f"({left} {operator} {right})"

    return form


def product(kids):
    bound = 1
    for kid in kids:
        bound *= max(kid.bound, 1)
    return bound


def total(kids):
    return sum(kid.bound for kid in kids)


# Bounds are checked by the generator: what could overflow is only made where the rule says so.
ARITHMETIC = [
    Rule(INT, 6, "add", "(<int> + <int>)", bound=total),
    Rule(INT, 5, "subtract", "(<int> - <int>)", bound=total),
    Rule(INT, 4, "multiply", "(<int> * <int>)", bound=product),
    Rule(INT, 2, "negate", "(- <int>)", bound=widest),
    Rule(INT, 1, "plus sign", "(+ <int>)", "$0", "$0", bound=widest),
    Rule(INT, 3, "integer division", "(<int> / <1..7>)", "x_div($0, $1)", "($0 // $1)", bound=widest),
    Rule(
        INT,
        2,
        "division guarded by NULLIF",
        "(<int> / NULLIF(<int>, 0))",
        "x_div($0, nullif($1, 0))",
        "($0 // nullif($1, 0))",
        bound=widest,
    ),
    Rule(INT, 2, "remainder", "(<int> % <1..7>)", "x_mod($0, $1)", "($0 % $1)", bound=7),
    Rule(DEC, 5, "decimal add", "(<dec> + <dec>)", _aligned("+"), bound=total, scale=_larger_scale),
    Rule(DEC, 4, "decimal subtract", "(<dec> - <dec>)", _aligned("-"), bound=total, scale=_larger_scale),
    Rule(
        DEC, 3, "decimal multiply", "(<dec> * <dec>)", bound=product, scale=lambda kids: kids[0].scale + kids[1].scale
    ),
    Rule(
        DEC,
        1,
        "decimal division",
        "(<dec> / <1..7>)",
        "x_div($0 * 10000, $1)",
        No("a DOUBLE in DuckDB"),
        bound=widest,
        scale=lambda kids: kids[0].scale + 4,
    ),
    Rule(DEC, 1, "decimal negate", "(- <dec>)", bound=widest, scale=_larger_scale),
    Rule(DBL, 4, "double add", "(<dbl> + <dbl>)", bound=total),
    Rule(DBL, 3, "double subtract", "(<dbl> - <dbl>)", bound=total),
    Rule(DBL, 3, "double multiply", "(<dbl> * <dbl>)", bound=product),
    Rule(DBL, 2, "double division", "(<dbl> / <1..7>)", bound=widest),
    Rule(DBL, 1, "double negate", "(- <dbl>)", bound=widest),
]

# May end with an error, which has to be the right one.
FALLIBLE = [
    Rule(INT, 2, "division by zero", "(<int> / <int>)", "x_div($0, $1)", "x_div($0, $1)", bound=widest),
    Rule(INT, 1, "remainder by zero", "(<int> % <int>)", "x_mod($0, $1)", "x_mod($0, $1)", bound=widest),
    Rule(
        INT,
        2,
        "overflow of BIGINT, add",
        "(CAST(<big> AS BIGINT) + <big>)",
        "x_add($0, $1)",
        "(CAST($0 AS BIGINT) + $1)",
        bound=2**63,
    ),
    Rule(
        INT,
        1,
        "overflow of BIGINT, subtract",
        "(CAST(<big> AS BIGINT) - <big>)",
        "x_subtract($0, $1)",
        "(CAST($0 AS BIGINT) - $1)",
        bound=2**63,
    ),
    Rule(
        INT,
        2,
        "overflow of BIGINT, multiply",
        "(CAST(<big> AS BIGINT) * <big>)",
        "x_multiply($0, $1)",
        "(CAST($0 AS BIGINT) * $1)",
        bound=2**63,
    ),
    Rule(
        INT,
        1,
        "overflow of BIGINT, negate",
        "(- CAST(<big> AS BIGINT))",
        "x_subtract(0, $0)",
        "(CAST(0 AS BIGINT) - $0)",
        bound=2**63,
    ),
    Rule(
        INT,
        1,
        "overflow of INTEGER",
        "(CAST(<integer> AS INTEGER) * CAST(<integer> AS INTEGER))",
        "x_multiply32($0, $1)",
        "(CAST($0 AS INTEGER) * CAST($1 AS INTEGER))",
        bound=2**31,
    ),
    Rule(
        INT,
        2,
        "cast of a text that is no number",
        "CAST(<text> AS INTEGER)",
        "x_integer($0)",
        No("other texts are numbers in DuckDB"),
        bound=2**31,
    ),
]

TEXTS = [
    Rule(TEXT, 6, "concatenation", "(<text> || <text>)"),
    Rule(TEXT, 1, "concatenation with + and &", ("(<text> + <text>)", "(<text> & <text>)"), "($0 || $1)", "($0 || $1)"),
]

CASTS = [
    Rule(
        INT,
        1,
        "cast DECIMAL to BIGINT",
        ("CAST(<dec> AS BIGINT)", "CONVERT(BIGINT, <dec>)", "{fn CONVERT(<dec>, SQL_BIGINT)}"),
        lambda kids: f"x_truncated($0, {kids[0].scale})",
        "CAST(trunc($0) AS BIGINT)",
        bound=widest,
    ),
    Rule(
        INT,
        1,
        "cast DOUBLE to BIGINT",
        "CAST(<dbl> AS BIGINT)",
        "x_whole($0)",
        "CAST(trunc($0) AS BIGINT)",
        bound=widest,
    ),
    Rule(
        INT,
        2,
        "cast BIT to INTEGER",
        ("CAST(<bool> AS INTEGER)", "{fn CONVERT(<bool>, SQL_INTEGER)}"),
        # Without the cast, IS DISTINCT FROM TRUE asks SQLite whether a number is not 0.
        "CAST($0 AS INTEGER)",
        "CAST($0 AS INTEGER)",
        bound=1,
    ),
    Rule(INT, 1, "cast INTEGER to SMALLINT", "CAST(<0..300> AS SMALLINT)", "($0)", "CAST($0 AS BIGINT)", bound=300),
    Rule(
        INT,
        1,
        "TRY_CAST",
        ("TRY_CAST(<text> AS INTEGER)", "TRY_CONVERT(INTEGER, <text>)"),
        "x_try_integer($0)",
        No("other texts are numbers in DuckDB"),
        bound=2**31 - 1,
    ),
    Rule(DATE, 1, "cast with ::", "<ts>::DATE", "substr($0, 1, 10)", "CAST($0 AS DATE)"),
    Rule(
        INT,
        1,
        "cast text to INTEGER",
        "CAST(CAST(<int> AS VARCHAR(20)) AS BIGINT)",
        "($0)",
        "CAST(CAST($0 AS VARCHAR) AS BIGINT)",
        bound=widest,
    ),
    Rule(DEC, 2, "cast INTEGER to DECIMAL", "CAST(<int> AS DECIMAL(18, 2))", "($0 * 100)", bound=widest, scale=2),
    Rule(
        DEC,
        2,
        "cast DECIMAL to DECIMAL",
        "CAST(<dec> AS DECIMAL(18, 1))",
        _half_away(1),
        bound=lambda kids: kids[0].bound + 1,
        scale=1,
    ),
    Rule(
        DBL,
        2,
        "cast INTEGER to DOUBLE",
        ("CAST(<int> AS DOUBLE)", "{fn CONVERT(<int>, SQL_DOUBLE)}"),
        "CAST($0 AS REAL)",
        "CAST($0 AS DOUBLE)",
        bound=widest,
    ),
    Rule(
        DBL,
        1,
        "cast DECIMAL to DOUBLE",
        "CAST(<dec> AS DOUBLE)",
        lambda kids: f"($0 / {_scaled(kids[0].scale)}.0)",
        bound=widest,
    ),
    Rule(
        TEXT,
        2,
        "cast INTEGER to text",
        ("CAST(<int> AS VARCHAR(20))", "CONVERT(VARCHAR(20), <int>)", "{fn CONVERT(<int>, SQL_VARCHAR)}"),
        "CAST($0 AS TEXT)",
        "CAST($0 AS VARCHAR)",
    ),
    Rule(
        TEXT,
        1,
        "cast DECIMAL to text",
        "CAST(<dec> AS VARCHAR(40))",
        lambda kids: f"x_decimal_text($0, {kids[0].scale})",
        "CAST($0 AS VARCHAR)",
    ),
    Rule(
        TEXT,
        1,
        "cast DATE to text",
        ("CAST(<date> AS VARCHAR(10))", "{fn CONVERT(<date>, SQL_VARCHAR)}"),
        "($0)",
        "CAST($0 AS VARCHAR)",
    ),
    Rule(
        TEXT,
        1,
        "CONVERT with a style",
        "CONVERT(VARCHAR(10), <ts>, 120)",
        "substr($0, 1, 10)",
        "strftime($0, '%Y-%m-%d')",
    ),
    Rule(
        DATE,
        3,
        "cast TIMESTAMP to DATE",
        ("CAST(<ts> AS DATE)", "{fn CONVERT(<ts>, SQL_DATE)}"),
        "substr($0, 1, 10)",
        "CAST($0 AS DATE)",
    ),
    Rule(DATE, 1, "cast text to DATE", "CAST('2024-02-29' AS DATE)", "'2024-02-29'"),
    Rule(
        TS,
        2,
        "cast DATE to TIMESTAMP",
        "CAST(<date> AS TIMESTAMP)",
        "($0 || ' 00:00:00.000000')",
        "CAST($0 AS TIMESTAMP)",
    ),
    Rule(TIME, 2, "cast TIMESTAMP to TIME", "CAST(<ts> AS TIME)", "substr($0, 12)", "CAST($0 AS TIME)"),
]

INTERVALS = [
    Rule(
        DATE,
        2,
        "DATE plus days",
        "(<date> + INTERVAL '2' DAY)",
        "x_add_days($0, 2)",
        "CAST($0 + INTERVAL 2 DAY AS DATE)",
    ),
    Rule(
        DATE,
        1,
        "DATE minus months",
        "(<date> - INTERVAL '1' MONTH)",
        "x_add_months($0, -1)",
        "CAST($0 - INTERVAL 1 MONTH AS DATE)",
    ),
    Rule(
        TS,
        2,
        "TIMESTAMP plus hours",
        "(<ts> + INTERVAL '30' HOUR)",
        "x_add_seconds($0, 108000)",
        "($0 + INTERVAL 30 HOUR)",
    ),
    Rule(
        TS,
        1,
        "TIMESTAMP minus minutes",
        "(<ts> - INTERVAL '90' MINUTE)",
        "x_add_seconds($0, -5400)",
        "($0 - INTERVAL 90 MINUTE)",
    ),
    Rule(
        TS,
        1,
        "interval of years and months",
        "(<ts> + {interval '2-6' year to month})",
        "x_add_months($0, 30)",
        "($0 + INTERVAL 30 MONTH)",
    ),
    Rule(BOOL, 1, "comparison of intervals", "(INTERVAL '30' HOUR <= INTERVAL '1' DAY)", "FALSE", "FALSE"),
]

# Rules that may leave the range of dates and times.
MOVING = {rule.name for rule in INTERVALS if rule.kind != BOOL} | {"DATEADD", "TIMESTAMPADD", "EOMONTH with months"}

# The value stays a condition: WHERE and ON begin here.
PREDICATES = [
    Rule(BOOL, 10, "AND", "(<bool> AND <bool>)"),
    Rule(BOOL, 8, "OR", "(<bool> OR <bool>)"),
    Rule(BOOL, 5, "NOT", "(NOT <bool>)"),
    Rule(BOOL, 2, "IS TRUE", "(<bool> IS TRUE)"),
    Rule(BOOL, 1, "IS NOT TRUE", "(<bool> IS NOT TRUE)"),
    Rule(BOOL, 2, "IS FALSE", "(<bool> IS FALSE)"),
    Rule(BOOL, 1, "IS NOT FALSE", "(<bool> IS NOT FALSE)"),
    Rule(BOOL, 2, "IS UNKNOWN", "(<bool> IS UNKNOWN)", "($0 IS NULL)", "($0 IS NULL)"),
    Rule(BOOL, 1, "IS NOT UNKNOWN", "(<bool> IS NOT UNKNOWN)", "($0 IS NOT NULL)", "($0 IS NOT NULL)"),
    Rule(
        BOOL,
        2,
        "truth value against 1 and 0",
        ("(<bool> = 1)", "(<bool> = 'true')", "(<bool> <> 0)", "(<bool> <> 'false')"),
        "($0 = 1)",
        "($0 = TRUE)",
    ),
    Rule(BOOL, 1, "truth value against FALSE", ("(<bool> = 0)", "(<bool> = FALSE)"), "($0 = 0)", "($0 = FALSE)"),
    Rule(BOOL, 6, "LIKE", "(<text> LIKE <pattern>)", "($0 LIKE $1)", "($0 LIKE $1)"),
    Rule(BOOL, 3, "NOT LIKE", "(<text> NOT LIKE <pattern>)"),
    Rule(
        BOOL,
        3,
        "LIKE with ESCAPE",
        ("(<text> LIKE '%!%%' ESCAPE '!')", "(<text> LIKE '%!%%' {escape '!'})"),
        "($0 LIKE '%!%%' ESCAPE '!')",
        "($0 LIKE '%!%%' ESCAPE '!')",
    ),
    Rule(BOOL, 1, "NOT LIKE with ESCAPE", "(<text> NOT LIKE 'a\\_%' ESCAPE '\\')"),
    Rule(BOOL, 2, "LIKE of a computed pattern", "(<text> LIKE <text>)"),
    Rule(BOOL, 2, "INCLUDES", "INCLUDES(<text>, <item>)", "x_includes($0, $1)", No("DuckDB has no lists in one text")),
]
