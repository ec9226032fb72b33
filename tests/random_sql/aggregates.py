"""The grammar of aggregates and of windows.

A rule's form has `<kind>` for the argument. DISTINCT may stand before it where `distinct` says so.
"""

from .kinds import BOOL, DATE, DBL, DEC, INT, TEXT, TIME, TS
from .node import No


class Aggregate:
    """An aggregate: the kind that it gives, its argument's kind, and how it is written around `$0`."""

    def __init__(
        self,
        kind,
        weight,
        name,
        argument,
        driver,
        sqlite=None,
        duckdb=None,
        exact=True,
        distinct=True,
        grows=False,
        places=0,
        window=True,
    ):
        self.kind = kind
        self.weight = weight
        self.name = name
        self.argument = argument
        self.driver = driver
        self.sqlite = driver if sqlite is None else sqlite
        self.duckdb = driver if duckdb is None else duckdb
        self.exact = exact
        self.distinct = distinct
        # A sum: its bound is that of many rows.
        self.grows = grows
        # More places after the point than the argument has.
        self.places = places
        self.window = window


# Names of the standard deviation and of the variance, with SQL's own.
SPREADS = {
    "STDDEV_SAMP": "STDDEV_SAMP",
    "STDDEV": "STDDEV_SAMP",
    "STDEV": "STDDEV_SAMP",
    "STDDEV_POP": "STDDEV_POP",
    "STDEVP": "STDDEV_POP",
    "VAR_SAMP": "VAR_SAMP",
    "VAR": "VAR_SAMP",
    "VARIANCE": "VAR_SAMP",
    "VAR_POP": "VAR_POP",
    "VARP": "VAR_POP",
}

AGGREGATES = [
    Aggregate(INT, 8, "COUNT(*)", None, "COUNT(*)", distinct=False),
    Aggregate(INT, 5, "COUNT", "any", "COUNT($d$0)"),
    Aggregate(INT, 5, "SUM of INTEGER", INT, "SUM($d$0)", duckdb="CAST(SUM($d$0) AS BIGINT)", grows=True),
    Aggregate(DEC, 4, "SUM of DECIMAL", DEC, "SUM($d$0)", grows=True),
    Aggregate(DBL, 3, "SUM of DOUBLE", DBL, "SUM($d$0)", exact=False, grows=True),
    Aggregate(DBL, 4, "AVG of INTEGER", INT, "AVG($d$0)", exact=False),
    Aggregate(
        DEC,
        2,
        "AVG of DECIMAL",
        DEC,
        "AVG($d$0)",
        "(SUM($d$0) * 10000 / COUNT($d$0))",
        No("a DOUBLE in DuckDB"),
        places=4,
        window=False,
    ),
    Aggregate(DBL, 2, "AVG of DOUBLE", DBL, "AVG($d$0)", exact=False),
    *(
        Aggregate(
            DBL,
            0.5,
            name,
            INT,
            f"{name}($d$0)",
            f"x_{meaning.lower()}($d$0)",
            f"{meaning}($d$0)",
            exact=False,
            window=False,
        )
        for name, meaning in SPREADS.items()
    ),
    Aggregate(DBL, 1, "MEDIAN", INT, "MEDIAN($d$0)", "x_median($d$0)", exact=False, window=False),
    Aggregate(
        DBL,
        1,
        "PERCENTILE_CONT",
        INT,
        "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY $0)",
        "x_percentile_cont($0)",
        "quantile_cont($0, 0.25)",
        exact=False,
        distinct=False,
        window=False,
    ),
    Aggregate(
        INT,
        1,
        "PERCENTILE_DISC",
        INT,
        "PERCENTILE_DISC(0.25) WITHIN GROUP (ORDER BY $0)",
        "x_percentile_disc($0)",
        "quantile_disc($0, 0.25)",
        distinct=False,
        window=False,
    ),
    Aggregate(
        TEXT,
        1,
        "STRING_AGG",
        TEXT,
        "STRING_AGG($0, ', ' ORDER BY $0)",
        "x_string_agg($0, ', ')",
        "string_agg($0, ', ' ORDER BY $0)",
        distinct=False,
        window=False,
    ),
    Aggregate(TEXT, 1, "ANY_VALUE", TEXT, "ANY_VALUE($d$0)", "MIN($d$0)", "MIN($d$0)"),
    *(
        Aggregate(BOOL, 2, name, BOOL, f"{name}($d$0)", f"{sqlite}($d$0)", f"{duckdb}($d$0)")
        for name, sqlite, duckdb in (
            ("BOOL_AND", "MIN", "bool_and"),
            ("EVERY", "MIN", "bool_and"),
            ("BOOL_OR", "MAX", "bool_or"),
        )
    ),
    *(
        Aggregate(kind, 3, f"{name} of {kind}", kind, f"{name}($d$0)")
        for name in ("MIN", "MAX")
        for kind in (INT, DEC, DBL, TEXT, DATE, TS, TIME)
    ),
]

# Windows that need every row's place, so that their order has to tell all rows apart.
PLACED = {
    "ROW_NUMBER": (INT, "ROW_NUMBER()"),
    "NTILE": (INT, "NTILE(<1..3>)"),
    "LAG": ("same", "LAG(<same>)"),
    "LAG by an offset": ("same", "LAG(<same>, <1..2>)"),
    "LAG with a default": ("same", "LAG(<same>, <1..2>, <constant>)"),
    "LEAD": ("same", "LEAD(<same>)"),
    "LEAD by an offset": ("same", "LEAD(<same>, <1..2>)"),
    "FIRST_VALUE": ("same", "FIRST_VALUE(<same>)"),
    "LAST_VALUE": ("same", "LAST_VALUE(<same>)"),
    "NTH_VALUE": ("same", "NTH_VALUE(<same>, <1..3>)"),
    "LAG past nulls": ("same", "LAG(<same>) IGNORE NULLS"),
    "LEAD past nulls": ("same", "LEAD(<same>) IGNORE NULLS"),
    "FIRST_VALUE past nulls": ("same", "FIRST_VALUE(<same>) IGNORE NULLS"),
}
PAST_NULLS = No("IGNORE NULLS is not there in SQLite")

# Windows whose value is the same for peers.
RANKS = {
    "RANK": (INT, "RANK()"),
    "DENSE_RANK": (INT, "DENSE_RANK()"),
    "PERCENT_RANK": (DBL, "PERCENT_RANK()"),
    "CUME_DIST": (DBL, "CUME_DIST()"),
}

ROWS_FRAMES = [
    "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
    "ROWS UNBOUNDED PRECEDING",
    "ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
    "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
    "ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING",
    "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
]
PEER_FRAMES = [
    "",
    "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
    "RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
    "RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
    "GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW",
]
# Only over one key that is a number.
RANGE_FRAMES = ["RANGE BETWEEN 1 PRECEDING AND CURRENT ROW", "RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING"]


_NAMES = ("GROUPING", *(aggregate.name for aggregate in AGGREGATES))


def is_aggregate(node):
    """Whether a node is the call of an aggregate."""
    return node.construct is not None and node.construct.startswith(_NAMES)
