"""Faults of the driver that are known and not mended yet: (name, the text of the driver's statement, the verdict).

A statement that fails and fits one is counted under its name instead of failing the run. The list is empty when all
is well.
"""

import re

KNOWN = [
    (
        "a union in parentheses as a value",
        r"\(\(SELECT.* (UNION|INTERSECT|EXCEPT)",
        r"syntax error .* expected \), found (UNION|INTERSECT|EXCEPT)",
    ),
    ("row values with an aggregate", r"\) (NOT )?IN \(", "Aggregate functions are not allowed in the WHERE clause"),
    ("a correlated derived table with ORDER BY beside a join by name", "USING|NATURAL", "42S22"),
    (
        "named windows in QUALIFY and in scalar subqueries",
        " OVER v",
        "function|window .* is not defined|SELECT clause|QUALIFY clause|Column in SELECT must be in GROUP BY",
    ),
    (
        "a panic where the value of the query around is computed with |",
        r"\|",
        "HY000: the statement ended without a result",
    ),
    ("NOT IN over a list with a CASE", r"NOT IN \(.*CASE", "wrong rows"),
    ("window ordered by a TIME and more", r"\bOVER\b", "the SQL engine failed internally"),
    ("a scalar subquery of a constant without a row", "SELECT", "HY000.* is declared as non-nullable"),
    ("HAVING by the query around in a derived table whose rows are chosen", "HAVING", "wrong rows"),
    ("LIMIT of a union under WITH RECURSIVE", "WITH RECURSIVE.*LIMIT", "wrong rows"),
    ("a marker in COALESCE in CASE", r"CASE.*\?", r"type of a column: column \d+ is str"),
    ("decimals of CASE in a correlated subquery", "CASE", "HY000.*column types must match schema types"),
]


def known_fault(verdict):
    text = verdict.texts["driver"][0]
    for name, pattern, what in KNOWN:
        if re.search(pattern, text, re.IGNORECASE | re.DOTALL) and re.search(what, f"{verdict.what}: {verdict.detail}"):
            return name
    return None
