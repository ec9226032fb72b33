"""Kinds of values: how each is written in a dialect, and the form for comparing results.

SQLite has neither decimals nor times. A decimal of scale s is a whole number of 10^-s there, and dates and times
are texts of a fixed width, which sort as the moments do.
"""

import datetime
import decimal
import math

from .node import DRIVER, DUCKDB, SQLITE, Literal

INT, DEC, DBL, TEXT, DATE, TS, TIME, BOOL, BIN = "int", "dec", "dbl", "text", "date", "ts", "time", "bool", "bin"
KINDS = (INT, DEC, DBL, TEXT, DATE, TS, TIME, BOOL, BIN)
NUMBERS = (INT, DEC, DBL)

# The type's name where a cast needs one.
DRIVER_TYPE = {
    INT: "BIGINT",
    DEC: "DECIMAL(18, {scale})",
    DBL: "DOUBLE",
    TEXT: "VARCHAR(4000)",
    DATE: "DATE",
    TS: "TIMESTAMP",
    TIME: "TIME",
    BOOL: "BIT",
    BIN: "VARBINARY(50)",
}
DUCKDB_TYPE = DRIVER_TYPE | {TEXT: "VARCHAR", BOOL: "BOOLEAN", BIN: "BLOB"}


def timestamp_text(value):
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if value.year >= 1000 else f"{value.isoformat(' ', 'microseconds')}"


def for_sqlite(kind, scale, value):
    """A Python value as SQLite stores it."""
    if value is None:
        return None
    if kind == DEC:
        return int(value.scaleb(scale))
    if kind == TS:
        return timestamp_text(value)
    if kind == DATE:
        return value.isoformat()
    if kind == TIME:
        return value.isoformat("microseconds")
    if kind == BOOL:
        return int(value)
    return value


def _quoted(value):
    return "'" + value.replace("'", "''") + "'"


def _short_time(value):
    """Without a fraction if it is zero."""
    whole = value.replace(microsecond=0)
    text = whole.isoformat(" ") if isinstance(value, datetime.datetime) else whole.isoformat()
    return text if not value.microsecond else f"{text}.{value.microsecond:06d}".rstrip("0")


def literal_texts(kind, scale, value):
    """A value as each dialect writes it."""
    if value is None:
        name = DUCKDB_TYPE[kind].format(scale=scale)
        return {DRIVER: "NULL", SQLITE: "NULL", DUCKDB: f"CAST(NULL AS {name})"}
    if kind == INT:
        text = str(value) if value >= 0 else f"({value})"
        return {DRIVER: text, SQLITE: text, DUCKDB: text}
    if kind == DEC:
        text = str(value) if value >= 0 else f"({value})"
        return {DRIVER: text, SQLITE: str(int(value.scaleb(scale))), DUCKDB: text}
    if kind == DBL:
        text = repr(float(value))
        text = text if "e" in text else f"{text}e0"
        text = text if value >= 0 else f"({text})"
        return {DRIVER: text, SQLITE: text, DUCKDB: text}
    if kind == TEXT:
        return {DRIVER: _quoted(value), SQLITE: _quoted(value), DUCKDB: _quoted(value)}
    if kind == DATE:
        text = value.isoformat()
        return {DRIVER: f"DATE '{text}'", SQLITE: _quoted(text), DUCKDB: f"DATE '{text}'"}
    if kind == TS:
        text = _short_time(value)
        return {DRIVER: f"TIMESTAMP '{text}'", SQLITE: _quoted(timestamp_text(value)), DUCKDB: f"TIMESTAMP '{text}'"}
    if kind == TIME:
        text = _short_time(value)
        return {DRIVER: f"TIME '{text}'", SQLITE: _quoted(value.isoformat("microseconds")), DUCKDB: f"TIME '{text}'"}
    if kind == BOOL:
        word = "TRUE" if value else "FALSE"
        return {DRIVER: word, SQLITE: word, DUCKDB: word}
    digits = value.hex().upper()
    escaped = "".join(f"\\x{byte:02X}" for byte in value)
    return {DRIVER: f"X'{digits}'", SQLITE: f"X'{digits}'", DUCKDB: f"'{escaped}'::BLOB"}


def literal(kind, value, scale=0, parameter=False):
    bound = abs(value) if kind in NUMBERS and value is not None else 0
    if kind in (DATE, TS) and value is not None:
        # Whether a step away from it may leave the years 1 to 9999.
        bound = int(not 1000 < value.year < 9000)
    texts = literal_texts(kind, scale, value)
    node = Literal(texts, value, parameter, kind=kind, scale=scale, bound=bound)
    node.construct = f"parameter, {kind}" if parameter else f"literal, {kind}"
    return node


def canonical(dialect, kind, scale, value):
    """A value of a result, in one form for all engines."""
    if value is None:
        return None
    if kind == INT:
        return int(value) if value == int(value) else f"not whole: {value!r}"
    if kind == DEC:
        if dialect == SQLITE:
            return decimal.Decimal(value).scaleb(-scale).normalize() + 0
        return decimal.Decimal(value).normalize() + 0
    if kind == DBL:
        value = float(value)
        return 0.0 if value == 0 else value
    if kind == BOOL:
        return bool(value)
    if kind == TS:
        if isinstance(value, datetime.datetime):
            return timestamp_text(value)
        return str(value)
    if kind == DATE:
        if isinstance(value, datetime.datetime):
            return value.date().isoformat()
        return value.isoformat() if isinstance(value, datetime.date) else str(value)
    if kind == TIME:
        # pyodbc reads no fraction of a TIME.
        return value.isoformat("seconds") if isinstance(value, datetime.time) else value[:8]
    if kind == BIN:
        return bytes(value)
    return value


def near(left, right):
    """Whether two inexact numbers are the same except for the order of their addition."""
    if left is None or right is None:
        return left is right
    left, right = float(left), float(right)
    if math.isnan(left) or math.isnan(right):
        return math.isnan(left) and math.isnan(right)
    return math.isclose(left, right, rel_tol=1e-8, abs_tol=1e-9)
