"""Markers wherever a value is allowed: their position determines their type, and the value keeps all its digits."""

from decimal import Decimal

import pytest

TABLES = [
    "CREATE TABLE #k (id INTEGER PRIMARY KEY, d DECIMAL(18,2), p BIT, a INTEGER, s VARCHAR(10))",
    "INSERT INTO #k VALUES (1, 1.50, 1, 5, 'one'), (2, NULL, 0, 6, 't_o'), (3, 100.25, NULL, NULL, NULL)",
]

CASES = [
    ("SELECT id FROM #k ORDER BY id LIMIT ?", [2], [(1,), (2,)]),
    ("SELECT id FROM #k ORDER BY id LIMIT 5 OFFSET ?", [2], [(3,)]),
    ("SELECT id FROM #k ORDER BY id OFFSET ? ROWS FETCH FIRST ? ROWS ONLY", [1, 1], [(2,)]),
    ("SELECT TOP (?) id FROM #k ORDER BY id DESC", [1], [(3,)]),
    ("SELECT CASE id WHEN ? THEN ? ELSE s END FROM #k ORDER BY id", [2, "two"], [("one",), ("two",), (None,)]),
    ("SELECT id FROM #k WHERE id = -?", [-2], [(2,)]),
    ("SELECT id, NTILE(?) OVER (ORDER BY id) FROM #k ORDER BY id", [2], [(1, 1), (2, 1), (3, 2)]),
    ("SELECT id FROM #k WHERE s LIKE ? ESCAPE ?", ["t!_o", "!"], [(2,)]),
    ("SELECT id FROM #k WHERE ? NOT IN (SELECT a FROM #k) OR id = ?", [7, 1], [(1,)]),
    ("SELECT id FROM #k WHERE ? IN (id, a) ORDER BY 1", [5], [(1,)]),
    ("SELECT id FROM #k WHERE id BETWEEN ? AND ? ORDER BY id", [2, 3], [(2,), (3,)]),
    ("SELECT COALESCE(?, 0.0001)", [Decimal("10.00")], [(Decimal(10),)]),
    ("SELECT IIF(p, 'x', ?) FROM #k ORDER BY id", ["a"], [("x",), ("a",), ("a",)]),
    ("SELECT 1.25 + ?", [Decimal("-2.3456")], [(Decimal("-1.0956"),)]),
    ("SELECT d + ? FROM #k WHERE id = 1", [Decimal("-2.3456")], [(Decimal("-0.8456"),)]),
    ("SELECT a + ? FROM #k WHERE id < 3 ORDER BY id", [0.5], [(5.5,), (6.5,)]),
    ("SELECT a * ? FROM #k WHERE id < 3 ORDER BY id", [Decimal("1.5")], [(Decimal("7.5"),), (Decimal("9"),)]),
    ("SELECT a + ? FROM #k WHERE id = 1", [2**40], [(2**40 + 5,)]),
    (
        "SELECT CASE WHEN p = 1 THEN d ELSE ? END FROM #k ORDER BY id",
        [Decimal("100.2575")],
        [(Decimal("1.5"),), (Decimal("100.2575"),), (Decimal("100.2575"),)],
    ),
    ("SELECT CASE WHEN p = 1 THEN CAST(? AS DOUBLE) ELSE ? END FROM #k ORDER BY id", [1.5, 2.5], [(1.5,), (2.5,), (2.5,)]),
    (
        "SELECT CASE a WHEN 5 THEN ? ELSE CASE WHEN p = 0 THEN ? ELSE CAST(NULL AS DOUBLE) END END FROM #k ORDER BY id",
        [1.5, 2.5],
        [(1.5,), (2.5,), (None,)],
    ),
]


@pytest.fixture
def tables(cursor):
    for statement in TABLES:
        cursor.execute(statement)
    return cursor


@pytest.mark.parametrize("sql, values, rows", CASES, ids=[case[0] for case in CASES])
def test_markers(tables, sql, values, rows):
    found = tables.execute(sql, values).fetchall()
    assert [tuple(row) for row in found] == rows
    # A statement that is prepared once takes values of other types.
    assert [tuple(row) for row in tables.execute(sql, values).fetchall()] == rows


def test_one_statement_with_values_of_several_types(tables):
    sql = "SELECT a + ? FROM #k WHERE id = 1"
    for value, sum_ in ((1, 6), (0.5, 5.5), (Decimal("0.25"), Decimal("5.25")), (1, 6)):
        assert tables.execute(sql, value).fetchval() == sum_
