"""The tables that statements are about: small temporary ones, and those of the mailbox."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from .kinds import BIN, BOOL, DATE, DBL, DEC, DUCKDB_TYPE, INT, NUMBERS, TEXT, TIME, TS
from .scopes import WITHOUT_CASE, Column


@dataclass
class Table:
    name: str
    columns: list
    rows: list = field(default_factory=list)
    # CREATE TABLE's list, for the driver; none for a table of the mailbox.
    declaration: str | None = None
    large: bool = False

    def key(self):
        return [column for column in self.columns if column.unique][:1]


def _moment(*parts):
    return datetime.datetime(*parts)


POOLS = {
    INT: [-3, -1, 0, 1, 1, 2, 2, 3, 4, 5, 7, 40],
    (DEC, 2): [Decimal(text) for text in ("-1.25", "0.00", "0.05", "1.25", "1.25", "2.00", "2.50", "10.00", "99.99")],
    (DEC, 4): [Decimal(text) for text in ("-2.3456", "0.0000", "0.0001", "0.5000", "1.2500", "2.0000", "7.0000")],
    DBL: [-2.5, 0.0, 0.1, 0.5, 0.5, 1.0, 1.25, 2.0, 3.0, 1e10],
    TEXT: [
        "",
        "a",
        "A",
        "a",
        "ab",
        "abc",
        "b",
        "x",
        " a",
        "a ",
        "100%",
        "a_c",
        "a%c",
        "it's",
        "äöü",
        "Äöü",
        "日本",
        "😀 b",
        "a\\c",
        "Red; Blue",
        "12",
        "-3",
    ],
    DATE: [
        datetime.date(*parts) for parts in ((2023, 12, 31), (2024, 1, 31), (2024, 2, 29), (2024, 2, 29), (2024, 3, 1))
    ],
    TS: [
        _moment(2023, 12, 31, 12),
        _moment(2024, 1, 31),
        _moment(2024, 1, 31, 23, 59, 59),
        _moment(2024, 2, 29, 0, 0, 1),
        _moment(2024, 2, 29, 10, 30, 15, 250_000),
    ],
    TIME: [datetime.time(0), datetime.time(10, 30), datetime.time(10, 30), datetime.time(23, 59, 59)],
    BOOL: [True, False],
    BIN: [b"", b"\x00", b"\x0a\xff", b"ab"],
}


def pool(kind, scale=0):
    return POOLS[(DEC, scale)] if kind == DEC else POOLS[kind]


def _column(name, declared):
    """A column by its declaration."""
    words = declared.upper()
    unique, nullable = "PRIMARY KEY" in words or "UNIQUE" in words, "NOT NULL" not in words and "PRIMARY" not in words
    kind, scale = next((kind, scale) for start, kind, scale in _KINDS if words.startswith(start))
    bound = {INT: 40, DEC: 100, DBL: 1e10}.get(kind, 0)
    # A key may be null once where it is only UNIQUE.
    return Column(
        name,
        kind,
        scale,
        bound,
        nullable=nullable,
        unique=unique and not nullable,
        small=words.startswith("SMALLINT"),
        length={"VARCHAR(20)": 20, "VARBINARY(10)": 10}.get(words.split(" ")[0]),
    )


_KINDS = [
    ("SMALLINT", INT, 0),
    ("INTEGER", INT, 0),
    ("BIGINT", INT, 0),
    ("DECIMAL(12, 4)", DEC, 4),
    ("DECIMAL(10, 2)", DEC, 2),
    ("DECIMAL(38, 0)", DEC, 0),
    ("DOUBLE", DBL, 0),
    ("VARCHAR", TEXT, 0),
    ("DATE", DATE, 0),
    ("TIMESTAMP", TS, 0),
    ("TIME", TIME, 0),
    ("BIT", BOOL, 0),
    ("VARBINARY", BIN, 0),
]

DECLARATIONS = {
    "keyed": "id INTEGER PRIMARY KEY, g INTEGER, a INTEGER, d DECIMAL(10, 2), f DOUBLE, t VARCHAR(20), p BIT",
    "loose": "id INTEGER NOT NULL, a SMALLINT, b BIGINT, e DECIMAL(12, 4), t VARCHAR(20), u VARCHAR(MAX)",
    "moments": "a INTEGER NOT NULL, s DATE, m TIMESTAMP, h TIME, d DECIMAL(10, 2)",
    "#pairs": "a INTEGER, b INTEGER",
    "none": "id INTEGER, a INTEGER NOT NULL, d DECIMAL(10, 2), t VARCHAR(20), s DATE, p BIT",
    "nulls": "a INTEGER, t VARCHAR(20), f DOUBLE, s DATE",
    "bits": "id INTEGER PRIMARY KEY, p BIT, q BIT NOT NULL, x VARBINARY(10)",
    "extremes": "id INTEGER PRIMARY KEY, i SMALLINT, j INTEGER, k BIGINT, d DECIMAL(10, 2), e DECIMAL(38, 0), f DOUBLE,"
    " t VARCHAR(20), s DATE, m TIMESTAMP, h TIME",
}

_BIG = 10**38 - 1
EXTREMES = [
    (
        -(2**15),
        -(2**31),
        -(2**63),
        Decimal("-99999999.99"),
        Decimal(-_BIG),
        -1e300,
        "",
        datetime.date(1, 1, 1),
        _moment(1, 1, 1),
        datetime.time(0),
    ),
    (
        2**15 - 1,
        2**31 - 1,
        2**63 - 1,
        Decimal("99999999.99"),
        Decimal(_BIG),
        1e300,
        "z" * 20,
        datetime.date(9999, 12, 31),
        _moment(9999, 12, 31, 23, 59, 59, 999_999),
        datetime.time(23, 59, 59),
    ),
    (None,) * 10,
    (
        0,
        0,
        0,
        Decimal("0.00"),
        Decimal(0),
        0.0,
        "\U0010fffd" * 2,
        datetime.date(1970, 1, 1),
        _moment(1970, 1, 1),
        datetime.time(12),
    ),
    (
        -1,
        -1,
        -1,
        Decimal("-0.01"),
        Decimal(-1),
        -5e-324,
        "a",
        datetime.date(1969, 12, 31),
        _moment(1969, 12, 31, 23, 59, 59, 999_999),
        datetime.time(0, 0, 1),
    ),
    (
        1,
        1,
        1,
        Decimal("0.01"),
        Decimal(1),
        5e-324,
        " ",
        datetime.date(2024, 2, 29),
        _moment(2024, 2, 29, 0, 0, 0, 1),
        datetime.time(12),
    ),
]


def small_tables(random):
    """The small tables with rows of this random source."""
    tables = []
    for name, declaration in DECLARATIONS.items():
        columns = [_column(*part.strip().split(" ", 1)) for part in _split(declaration)]
        table = Table(name, columns, declaration=declaration)
        if name == "extremes":
            # Few of them at a time, for every sum of all overflows.
            rows = random.sample(EXTREMES, random.randint(2, len(EXTREMES)))
            table.rows = [(key + 1, *row) for key, row in enumerate(rows)]
        elif name == "nulls":
            table.rows = [(None,) * len(columns)] * random.randint(1, 3)
        elif name != "none":
            keys = random.sample(range(1, 12), 11)
            table.rows = [
                tuple(keys[place] if column.unique else _value(random, column) for column in columns)
                for place in range(random.randint(3, 9))
            ]
            # Duplicates of whole rows, where no key is against it.
            if not table.key() and random.random() < 0.7:
                table.rows.append(table.rows[0])
        for place, column in enumerate(columns):
            column.values = sorted({row[place] for row in table.rows} - {None})
            if column.kind in (DATE, TS):
                column.bound = int(name == "extremes")
            elif column.kind in NUMBERS:
                column.bound = max([column.bound, *map(abs, column.values)])
        tables.append(table)
    return tables


def _split(declaration):
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(declaration):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append(declaration[start:place])
            start = place + 1
    return [*parts, declaration[start:]]


def _value(random, column):
    if column.nullable and random.random() < 0.25:
        return None
    return random.choice(pool(column.kind, column.scale))


def is_too_wide(column):
    """Whether SQLite cannot hold the column's values as whole numbers."""
    return column.kind == DEC and column.bound * 10**column.scale >= 2**63


MAILBOX = ("Messages", "MailFolders", "MessageAttachments", "Calendars", "Events", "Contacts", "Users")
_PYTHON = {
    str: TEXT,
    int: INT,
    bool: BOOL,
    float: DBL,
    datetime.datetime: TS,
    datetime.date: DATE,
    bytearray: BIN,
    Decimal: DEC,
}


def mailbox_tables(connection):
    """The mailbox's tables, read through the driver with nothing left to Graph."""
    tables = []
    for name in MAILBOX:
        cursor = connection.cursor().execute(f"SELECT * FROM {name}")
        described = cursor.description
        rows = [tuple(row) for row in cursor.fetchall()]
        columns = []
        for place, (column, python, *_) in enumerate(described):
            values = [row[place] for row in rows]
            there = [value for value in values if value is not None]
            unique = len(there) == len(rows) == len(set(map(str, there)))
            kind = _PYTHON[python]
            bound = max(map(abs, there), default=0) if kind in NUMBERS else 0
            columns.append(
                Column(
                    column,
                    kind,
                    0,
                    bound,
                    values=sorted(set(there))[:50] if kind != BIN else [],
                    unique=unique and kind == TEXT,
                )
            )
        tables.append(Table(name, columns, rows, large=len(rows) > 40))
    return tables


def visible(random, table):
    """Of a table of the mailbox, a dozen columns: those with several values more often."""
    columns = [column for column in table.columns if column.name != WITHOUT_CASE]
    lively = [column for column in columns if len(column.values) > 1 and column.kind != BIN]
    chosen = random.sample(lively, min(9, len(lively))) + random.sample(columns, 2)
    names = (
        {column.name for column in chosen}
        | {"id"}
        | ({"parentFolderId", "messageId", "calendarId"} if random.random() < 0.7 else set())
    )
    return [column for column in columns if column.name in names]


def duckdb_columns(table):
    """The columns as DuckDB declares them. Whole numbers are all BIGINT there, which overflows last."""
    wide = "DECIMAL(38, {scale})"
    return ", ".join(
        f'"{column.name}" '
        + (wide if column.kind == DEC and is_too_wide(column) else DUCKDB_TYPE[column.kind]).format(scale=column.scale)
        for column in table.columns
    )
