"""The grammar of functions of dates and times. The clock's values are compared with themselves."""

from .kinds import BOOL, DATE, INT, TS
from .rules import Rule, odbc, without

_PARTS = [
    ("YEAR", "year", 9999),
    ("MONTH", "month", 12),
    ("QUARTER", "quarter", 4),
    ("DAYOFMONTH", "day", 31),
    ("DAYOFYEAR", "dayofyear", 366),
]
_TIMES = [("HOUR", "hour", 24), ("MINUTE", "minute", 60), ("SECOND", "second", 60)]

TIMES = [
    *(
        Rule(INT, 1, name, odbc(f"{name}(<date>)"), f"x_part('{part}', $0)", f"{part}($0)", bound=bound)
        for name, part, bound in _PARTS
    ),
    *(
        Rule(INT, 1, name, odbc(f"{name}(<ts>)"), f"x_part('{part}', $0)", f"{part}($0)", bound=bound)
        for name, part, bound in _TIMES
    ),
    Rule(INT, 1, "DAY", "DAY(<date>)", "x_part('day', $0)", "day($0)", bound=31),
    Rule(INT, 1, "DAYOFWEEK", odbc("DAYOFWEEK(<date>)"), "x_part('weekday', $0)", "(dayofweek($0) + 1)", bound=7),
    Rule(INT, 1, "WEEK", odbc("WEEK(<date>)"), "x_part('week', $0)", without("WEEK"), bound=54),
    Rule(
        INT,
        1,
        "EXTRACT",
        ("EXTRACT(MONTH FROM <ts>)", "{fn EXTRACT(MONTH FROM <ts>)}"),
        "x_part('month', $0)",
        "month($0)",
        bound=12,
    ),
    Rule(
        INT,
        1,
        "EXTRACT of a time",
        "EXTRACT(HOUR FROM <time>)",
        "CAST(substr($0, 1, 2) AS INTEGER)",
        "hour($0)",
        bound=24,
    ),
    Rule(INT, 1, "DATEPART", "DATEPART(iso_week, <date>)", "x_part('isoweek', $0)", "week($0)", bound=53),
    Rule(
        INT,
        2,
        "DATEDIFF",
        "DATEDIFF(day, <date>, <date>)",
        "x_days_between($0, $1)",
        "date_diff('day', $0, $1)",
        bound=4 * 10**6,
    ),
    Rule(
        INT,
        1,
        "DATEDIFF of months",
        "DATEDIFF(month, <date>, <date>)",
        "x_months_between($0, $1)",
        "date_diff('month', $0, $1)",
        bound=2 * 10**5,
    ),
    Rule(
        INT,
        1,
        "DATEDIFF_BIG",
        "DATEDIFF_BIG(day, <date>, <date>)",
        "x_days_between($0, $1)",
        "date_diff('day', $0, $1)",
        bound=4 * 10**6,
    ),
    Rule(
        INT,
        1,
        "TIMESTAMPDIFF",
        ("TIMESTAMPDIFF(SQL_TSI_DAY, <date>, <date>)", "{fn TIMESTAMPDIFF(SQL_TSI_DAY, <date>, <date>)}"),
        "x_days_between($0, $1)",
        "date_diff('day', $0, $1)",
        bound=4 * 10**6,
    ),
    Rule(
        TS,
        1,
        "TIMESTAMPADD",
        ("TIMESTAMPADD(SQL_TSI_MONTH, <0..14>, <ts>)", "{fn TIMESTAMPADD(SQL_TSI_MONTH, <0..14>, <ts>)}"),
        "x_add_months($1, $0)",
        "($1 + to_months($0))",
    ),
    Rule(DATE, 1, "DATEADD", "DATEADD(day, <0..40>, <date>)", "x_add_days($1, $0)", "CAST($1 + to_days($0) AS DATE)"),
    Rule(
        DATE,
        1,
        "DATEFROMPARTS",
        "DATEFROMPARTS(2024, <1..12>, <1..28>)",
        "x_date(2024, $0, $1)",
        "make_date(2024, $0, $1)",
    ),
    Rule(DATE, 1, "EOMONTH", "EOMONTH(<date>)", "x_last_day($0)", "last_day($0)"),
    Rule(
        DATE,
        1,
        "EOMONTH with months",
        "EOMONTH(<date>, <0..14>)",
        "x_last_day(x_add_months($0, $1))",
        "last_day(CAST($0 + to_months($1) AS DATE))",
    ),
    Rule(TS, 1, "DATE_TRUNC", "DATE_TRUNC('month', <ts>)", "x_truncated_to('month', $0)", "date_trunc('month', $0)"),
    Rule(
        TS, 1, "DATE_TRUNC of weeks", "DATE_TRUNC('week', <ts>)", "x_truncated_to('week', $0)", "date_trunc('week', $0)"
    ),
    Rule(
        DATE,
        1,
        "DATETRUNC",
        "DATETRUNC(month, <date>)",
        "x_truncated_to('month', $0)",
        "CAST(date_trunc('month', $0) AS DATE)",
    ),
    Rule(DATE, 1, "LAST_DAY", "LAST_DAY(<date>)", "x_last_day($0)", "last_day($0)"),
    Rule(
        TS,
        1,
        "FROM_TIME_ZONE",
        "FROM_TIME_ZONE(<ts> AT TIME ZONE 'Etc/GMT+9', 'UTC-09')",
        "$0",
        "$0",
    ),
    *(
        Rule(BOOL, 0.3, name, comparison, "TRUE", "TRUE")
        for name, comparison in [
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
            ("AT_TIME_ZONE", "(AT_TIME_ZONE(NOW(), 'Asia/Tokyo') = DATEADD(hour, 9, NOW()))"),
        ]
    ),
]

# Functions whose parts and value are of one kind, whichever; <same> is that kind.
