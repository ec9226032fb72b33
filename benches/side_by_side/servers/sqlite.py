"""SQLite with sqliteodbc."""

import sqlite3
from contextlib import contextmanager

from ..rows_file import read_rows
from . import TABLE, Source, create_table, folder, library

TYPES = {"text": "varchar({})", "timestamp": "timestamp", "bit": "bit"}


@contextmanager
def sources(rows_file):
    driver = library("libsqlite3odbc.so")
    with folder(None) as place:
        database = place / "messages.sqlite"
        connection = sqlite3.connect(database)
        connection.execute(create_table(TYPES))
        rows = list(read_rows(rows_file))
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", rows)
        connection.commit()
        connection.close()
        yield {
            "sqliteodbc": Source(driver, f"Database={database}"),
            "sqliteodbc, StepAPI": Source(driver, f"Database={database};StepAPI=1"),
        }
