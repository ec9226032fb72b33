"""What pyodbc applications do."""

from datetime import date, datetime
from decimal import Decimal

import pyodbc
import pytest


def state(error):
    return error.value.args[0]


def test_columns_are_described_and_rows_have_python_types(cursor):
    cursor.execute(
        "SELECT TOP 3 subject, receivedDateTime, isRead, bodyPreview FROM Messages ORDER BY receivedDateTime DESC"
    )
    described = [(column[0], column[1]) for column in cursor.description]
    assert described == [
        ("subject", str),
        ("receivedDateTime", datetime),
        ("isRead", bool),
        ("bodyPreview", str),
    ]
    rows = cursor.fetchall()
    assert len(rows) == 3
    assert [type(value) for value in rows[0]] == [str, datetime, bool, str]
    assert rows[0].receivedDateTime >= rows[1].receivedDateTime >= rows[2].receivedDateTime


def test_every_message_comes_once(cursor):
    ids = [row.id for row in cursor.execute("SELECT id FROM Messages")]
    assert len(ids) == len(set(ids)) == 300
    assert cursor.execute("SELECT COUNT(*) FROM Messages").fetchval() == 300


def test_keys_tell_twins_apart(cursor):
    rows = cursor.execute(
        "SELECT a.id, a.safeKey, a.compositeKey FROM Messages a JOIN Messages b"
        " ON LOWER(a.id) = LOWER(b.id) AND a.id <> b.id"
    ).fetchall()
    assert len(rows) == 2
    first, second = rows
    assert first.id.lower() == second.id.lower()
    assert first.safeKey.lower() != second.safeKey.lower()
    assert first.compositeKey.lower() != second.compositeKey.lower()
    for row in rows:
        found = cursor.execute("SELECT id FROM Messages WHERE safeKey = ?", row.safeKey).fetchall()
        assert [found_row.id for found_row in found] == [row.id]


@pytest.mark.parametrize(
    "value",
    [
        "text",
        "",
        "Grüße, 日本語 😀 𝔘𝔫𝔦",
        "x" * 70_000,
        7,
        -(2**62),
        1.5,
        True,
        Decimal("-12.3400"),
        datetime(2026, 11, 25, 12, 30, 15, 250_000),
        date(2026, 11, 25),
    ],
    ids=lambda value: f"{type(value).__name__}-{str(value)[:12]}",
)
def test_parameters_come_back(cursor, value):
    types = {
        str: "VARCHAR",
        int: "BIGINT",
        float: "DOUBLE",
        bool: "BOOLEAN",
        Decimal: "DECIMAL(12, 4)",
        datetime: "TIMESTAMP",
        date: "DATE",
    }
    assert cursor.execute(f"SELECT CAST(? AS {types[type(value)]})", value).fetchval() == value


def test_null_parameters_match_nothing(cursor):
    assert cursor.execute("SELECT id FROM Messages WHERE subject = ?", None).fetchall() == []
    assert cursor.execute("SELECT COALESCE(?, 'none')", None).fetchval() == "none"


def test_parameters_select_as_literals_do(cursor):
    since = datetime(2002, 9, 1)
    bound = cursor.execute(
        "SELECT COUNT(*) FROM Messages WHERE receivedDateTime >= ? AND isRead = ?", since, True
    ).fetchval()
    literal = cursor.execute(
        "SELECT COUNT(*) FROM Messages WHERE receivedDateTime >= {ts '2002-09-01 00:00:00'} AND isRead = 1"
    ).fetchval()
    assert bound == literal > 0


def test_the_catalog_is_known_without_a_request(cursor):
    tables = {row.table_name for row in cursor.tables(tableType="TABLE")}
    assert {"MailFolders", "Messages", "MessageAttachments", "Calendars", "Events", "Contacts", "Users"} <= tables
    columns = [row.column_name for row in cursor.columns(table="Messages")]
    assert columns[:4] == ["mailbox", "compositeKey", "safeKey", "id"]
    assert [row.column_name for row in cursor.primaryKeys("Messages")] == ["compositeKey"]
    assert "compositeKey" in [row.column_name for row in cursor.statistics("Messages", unique=True)]
    assert [row.column_name for row in cursor.rowIdColumns("Messages")] == ["compositeKey"]
    keys = [(row.fkcolumn_name, row.pktable_name) for row in cursor.foreignKeys(foreignTable="Messages")]
    assert keys == [("parentFolderId", "MailFolders")]
    assert cursor.getTypeInfo(pyodbc.SQL_VARCHAR).fetchone() is not None
    assert cursor.procedures().fetchall() == []


def test_binary_attachments_have_the_announced_size(cursor):
    rows = cursor.execute(
        "SELECT name, size, contentBytes FROM MessageAttachments WHERE contentBytes IS NOT NULL"
    ).fetchall()
    assert rows
    assert all(isinstance(row.contentBytes, bytes) and row.contentBytes for row in rows)


@pytest.mark.parametrize(
    ("sql", "expected", "words"),
    [
        ("SELECT subjekt FROM Messages", "42S22", "did you mean subject?"),
        ("SELECT subject FROM Mesages", "42S02", "did you mean Messages?"),
        ("SELECT (subject FROM Messages", "42000", "line 1"),
        ("SELECT CAST('x' AS INTEGER)", "22018", "number"),
        ("SELECT 1 / 0", "22012", "zero"),
        ("DELETE FROM Messages", "25000", "read"),
    ],
)
def test_errors_have_their_state_and_leave_the_connection_usable(cursor, sql, expected, words):
    with pytest.raises(pyodbc.Error) as error:
        cursor.execute(sql).fetchall()
    assert state(error) == expected
    assert words in error.value.args[1]
    assert cursor.execute("SELECT 1").fetchval() == 1


def test_wrong_credentials_are_28000_and_never_shown(sample):
    with pytest.raises(pyodbc.Error) as error:
        sample.connect(ClientSecret="hush-hush-hush")
    assert state(error) == "28000"
    message = error.value.args[1]
    assert "AADSTS7000215" in message and "hush-hush-hush" not in message


def test_transactions_are_accepted(sample):
    connection = sample.connect()
    assert connection.autocommit is False
    cursor = connection.execute("SELECT 1")
    cursor.fetchall()
    connection.commit()
    connection.rollback()
    connection.close()


def test_several_results_of_one_text(cursor):
    cursor.execute("SELECT 1; SELECT 2")
    assert cursor.fetchval() == 1
    assert cursor.nextset()
    assert cursor.fetchval() == 2
    assert not cursor.nextset()


def test_rows_are_staged_in_temporary_tables(sample):
    connection = sample.connect()
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE #chosen (importance NVARCHAR(10) PRIMARY KEY, weight DECIMAL(6, 2))")
    cursor.executemany("INSERT INTO #chosen VALUES (?, ?)", [("high", 2), ("low", None)])
    cursor.fast_executemany = True
    cursor.executemany("INSERT INTO #chosen VALUES (?, ?)", [("normal", 1.5), ("none", 0)])
    # Neither makes a difference, because the driver has no transactions.
    connection.rollback()
    connection.commit()
    joined = cursor.execute(
        "SELECT c.importance, c.weight, COUNT(*) FROM Messages m JOIN #chosen c ON c.importance = m.importance "
        "GROUP BY c.importance, c.weight ORDER BY 1"
    ).fetchall()
    assert [(name, weight) for name, weight, _ in joined] == [
        ("high", Decimal("2.00")),
        ("low", None),
        ("normal", Decimal("1.50")),
    ]
    assert sum(count for _, _, count in joined) == 300
    assert cursor.execute("UPDATE #chosen SET weight = 0 WHERE weight IS NULL").rowcount == 1
    assert cursor.execute("DELETE FROM #chosen WHERE weight = 0").rowcount == 2
    assert [row.table_name for row in cursor.tables(tableType="LOCAL TEMPORARY")] == ["#chosen"]
    with pytest.raises(pyodbc.IntegrityError):
        cursor.execute("INSERT INTO #chosen VALUES ('high', 1)")
    assert not sample.connect().cursor().tables(table="#chosen").fetchall()


@pytest.mark.parametrize(
    ("column", "rows"),
    [("BIGINT NOT NULL", [(1,), (None,), (3,)]), ("BIGINT PRIMARY KEY", [(1,), (1,), (3,)])],
)
def test_rows_that_are_refused_in_bulk_are_an_error(sample, column, rows):
    connection = sample.connect()
    cursor = connection.cursor()
    cursor.execute(f"CREATE TABLE #bulk (id {column})")
    cursor.fast_executemany = True
    with pytest.raises(pyodbc.IntegrityError, match="23000"):
        cursor.executemany("INSERT INTO #bulk VALUES (?)", rows)
    connection.close()
