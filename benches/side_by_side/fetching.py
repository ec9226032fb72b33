"""Fetching the same rows through different drivers, in the ways that applications fetch."""

import sys

from .columns import NAMES, c_types
from .drivers import FROM_MEMORY
from .interleave import Failed, figures_of, interleave
from .programs import program

# Rows that are bound at once, or 0 for SQLGetData cell by cell.
WAYS = {
    "bound, 1,000 rows": 1_000,
    "bound, 1 row": 1,
    "SQLGetData": 0,
}
TEXTS = {"char": "c", "wide": "w"}
PREPARED = 100
CONNECTED = 20


def ask(source, *what):
    return figures_of([program("odbc"), source.library, source.connection_string, *what])


class Fetch:
    """Fetches all rows in one way, through any driver. All drivers have to return the same text."""

    def __init__(self, rowset, text):
        self.rowset, self.types = rowset, c_types(text)
        self.expected = None

    def __call__(self, source):
        before = [source.before] if source.before else []
        figures = ask(source, "read", f"SELECT {NAMES} FROM {source.table}", self.rowset, self.types, *before)
        found = {name: figures[name] for name in ("rows", "bytes", "nulls")}
        self.expected = self.expected or found
        if found != self.expected:
            raise Failed(f"{found} came instead of {self.expected}")
        return figures


def prepare(source):
    condition = "receivedDateTime >= ? AND importance = 'high' ORDER BY receivedDateTime"
    return ask(source, "prepare", f"SELECT {NAMES} FROM {source.table} WHERE {condition}", PREPARED)


def in_turn(title, sources, rounds, way):
    print(f"  {title}", file=sys.stderr)
    runs, failed = interleave(rounds, {name: lambda source=source: way(source) for name, source in sources.items()})
    return {"title": title, "runs": runs, "failed": failed}


def fetch_all(sources, rounds):
    """Every way of fetching, in bytes and in UTF-16."""
    measured = []
    for way, rowset in WAYS.items():
        for name, text in TEXTS.items():
            measured.append(in_turn(f"{way}, {name}", sources, rounds, Fetch(rowset, text)))
    return measured


def open_all(sources, rounds):
    """Loading, connecting and preparing, which the temporary table has no part in."""
    sources = {name: source for name, source in sources.items() if name != FROM_MEMORY}
    return {
        "prepare": in_turn("SQLPrepare and SQLDescribeCol", sources, rounds, prepare),
        "connect": in_turn(
            "loading and SQLDriverConnect", sources, rounds, lambda source: ask(source, "connect", CONNECTED)
        ),
    }
