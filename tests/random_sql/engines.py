"""The three engines: each holds the same tables and answers a text with rows or an error."""

import decimal
import re
import sqlite3
import threading
from dataclasses import dataclass

import duckdb
import pyodbc

from .compare import MOST
from .kinds import DEC, DRIVER_TYPE, TEXT, for_sqlite
from .node import DRIVER, DUCKDB, SQLITE
from .sqlite_functions import register
from .tables import duckdb_columns, is_too_wide

# For a busy machine; nothing takes as long on a quiet one.
SECONDS = 30

# Moments that Python has no type for come as texts.
_OTHER_YEARS = re.compile(r"\d{4}-\d\d-\d\d \(BC\)|\d{5,}-\d\d-\d\d")


@dataclass
class Answer:
    """Rows, or an error with its state. An engine that cannot do the statement refuses it."""

    rows: list | None = None
    state: str | None = None
    message: str = ""
    refused: bool = False
    types: list | None = None
    count: int = -1

    def shown(self, limit=12):
        if self.rows is None:
            return f"{'refused' if self.refused else self.state}: {self.message[:300]}"
        more = f" ... {len(self.rows)} rows" if len(self.rows) > limit else ""
        return f"{[tuple(row) for row in self.rows[:limit]]}{more}"


class Driver:
    name = DRIVER

    def __init__(self, connection_string):
        self.connection_string = connection_string
        self.connection = pyodbc.connect(connection_string, autocommit=True)
        self.connection.timeout = SECONDS
        self.cursor = self.connection.cursor()
        read = self.cursor.execute("SELECT DATABASE(), {fn USER()}").fetchone()
        self.names = {"@database": read[0], "@user": read[1]}

    def load(self, table):
        self.run(f'DROP TABLE IF EXISTS "{table.name}"')
        made = self.run(f'CREATE TABLE "{table.name}" ({table.declaration})')
        if made.state:
            raise RuntimeError(made.message)
        if table.rows:
            markers = ", ".join("?" * len(table.columns))
            for row in table.rows:
                done = self.run(f'INSERT INTO "{table.name}" VALUES ({markers})', row)
                if done.state:
                    raise RuntimeError(f"{table.name} {row}: {done.message}")

    def run(self, text, parameters=()):
        try:
            self.cursor.execute(text, *parameters)
            if self.cursor.description is None:
                return Answer([], count=self.cursor.rowcount)
            rows = self.cursor.fetchmany(MOST)
            return Answer([tuple(row) for row in rows], types=[column[1] for column in self.cursor.description])
        except pyodbc.Error as error:
            state = error.args[0]
            message = str(error.args[1]) if len(error.args) > 1 else ""
            return Answer(state=state, message=message)
        except (ValueError, OverflowError, decimal.InvalidOperation) as error:
            return Answer(state="python", message=repr(error))


class Sqlite:
    name = SQLITE

    def __init__(self, names):
        self.failures = []
        self.names = names
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute("PRAGMA case_sensitive_like = ON")
        register(self.connection, self.failures)

    def load(self, table):
        self.connection.execute(f'DROP TABLE IF EXISTS "{table.name}"')
        kept = [place for place, column in enumerate(table.columns) if not is_too_wide(column)]
        # Without types, or SQLite would convert.
        names = ", ".join(f'"{table.columns[place].name}"' for place in kept)
        self.connection.execute(f'CREATE TABLE "{table.name}" ({names})')
        markers = ", ".join("?" * len(kept))
        for row in table.rows:
            values = [for_sqlite(table.columns[place].kind, table.columns[place].scale, row[place]) for place in kept]
            self.connection.execute(f'INSERT INTO "{table.name}" VALUES ({markers})', values)

    def run(self, text, parameters=()):
        for name, value in self.names.items():
            text = text.replace(name, value)
        self.failures.clear()
        steps = [1_500]

        def busy():
            steps[0] -= 1
            return steps[0] < 0

        # A limit in steps rather than in seconds, so that the same statements are judged each time.
        self.connection.set_progress_handler(busy, 100_000)
        try:
            cursor = self.connection.execute(text, parameters)
            return Answer(cursor.fetchmany(MOST), count=cursor.rowcount)
        except (sqlite3.Error, OverflowError) as error:
            message = str(error)
            if self.failures:
                return Answer(state=self.failures[-1], message=message)
            if "integer overflow" in message:
                return Answer(state="22003", message=message)
            return Answer(message=message, refused=True)


class Duckdb:
    name = DUCKDB

    def __init__(self, names):
        self.names = names
        self.tables = {}
        self._open()

    def _open(self):
        self.connection = duckdb.connect(config={"threads": 1, "memory_limit": "1GB", "temp_directory": ""})
        self.connection.execute("SET default_null_order = 'sqlite'")
        for name, operator in (("x_div", "//"), ("x_mod", "%")):
            self.connection.execute(
                f"CREATE MACRO {name}(a, b) AS"
                f" CASE WHEN b = 0 AND a IS NOT NULL THEN error('22012') ELSE a {operator} b END"
            )

    def load(self, table):
        self.tables[table.name] = table
        self.connection.execute(f'CREATE OR REPLACE TABLE "{table.name}" ({duckdb_columns(table)})')
        if table.rows:
            markers = ", ".join("?" * len(table.columns))
            rows = [[bytes(value) if isinstance(value, bytearray) else value for value in row] for row in table.rows]
            self.connection.executemany(f'INSERT INTO "{table.name}" VALUES ({markers})', rows)

    def run(self, text, parameters=()):
        for name, value in self.names.items():
            text = text.replace(name, value)
        timer = threading.Timer(SECONDS, self.connection.interrupt)
        timer.start()
        try:
            cursor = self.connection.execute(text)
            rows = cursor.fetchmany(MOST)
            if any(isinstance(value, str) and _OTHER_YEARS.match(value) for row in rows for value in row):
                return Answer(state="22008", message="a year outside 1 to 9999, which DuckDB has and gives as a text")
            return Answer(rows)
        except duckdb.FatalException as error:
            # Its own faults can end the whole database.
            self._open()
            for table in list(self.tables.values()):
                self.load(table)
            return Answer(message=f"FatalException: {error}", refused=True)
        except duckdb.Error as error:
            return self._failed(error)
        except (ValueError, OverflowError) as error:
            return Answer(state="22008", message=repr(error))
        finally:
            timer.cancel()

    def _failed(self, error):
        message = str(error)
        kind = type(error).__name__
        if kind == "InvalidInputException" and "22012" in message:
            return Answer(state="22012", message=message)
        if "More than one row returned" in message:
            return Answer(state="21000", message=message)
        if kind in ("OutOfRangeException", "ConversionException") and any(
            word in message
            for word in ("out of range", "Failed to cast decimal value", "Overflow", "overflow", "Out of Range")
        ):
            is_moment = any(word in message.lower() for word in ("timestamp", "date"))
            return Answer(state="22008" if is_moment else "22003", message=message)
        if kind == "ConversionException":
            return Answer(state="22018", message=message)
        return Answer(message=f"{kind}: {message}", refused=True)


def column_type(column):
    """The type that a cast to the column's kind names, for the driver."""
    return (
        DRIVER_TYPE[column.kind].format(scale=column.scale) if column.kind in (DEC, TEXT) else DRIVER_TYPE[column.kind]
    )
