"""Faults of the driver that are known and not mended yet: (name, the text of the driver's statement, the verdict).

A statement that fails and fits one is counted under its name instead of failing the run. The list is empty when all
is well.
"""

import re

KNOWN = [
    (
        "CURRENT_USER and SESSION_USER without parentheses",
        "(CURRENT|SESSION)_USER",
        "42S22: column (current|session)_user not found",
    ),
    ("a scalar subquery of a constant without a row", "SELECT", "HY000.* is declared as non-nullable"),
    ("IN list whose first item is a subquery", r"IN \(\(SELECT", "syntax error .* expected \\), found ,"),
    (
        "a union in parentheses as a value",
        r"\(\(SELECT.* (UNION|INTERSECT|EXCEPT)",
        "syntax error .* expected \\), found (UNION|INTERSECT|EXCEPT)",
    ),
    (
        "ORDER BY a correlated subquery that is no aggregate",
        r"ORDER BY.*\(SELECT",
        "HYC00: a subquery uses the column .* has grouped its rows",
    ),
    ("window over TIME", r"\bOVER\b", "the SQL engine failed internally"),
    ("markers in IIF", r"IIF\(.*\?", "42000|22018"),
    ("CASE with markers and one typed value is a text", r"CASE.*\?", r"type of a column: column \d+ is str"),
    ("STDDEV_POP and STDDEV_SAMP DISTINCT", r"STDDEV_\w+\(DISTINCT", "HYC00"),
    ("HAVING without an aggregate", r"HAVING", "HAVING clause references"),
    ("markers typed by a narrow neighbour", r"\?", "22003: a computed number has more digits than its type allows"),
    ("NATURAL JOIN followed by another join", r"NATURAL.* JOIN .* JOIN", "42S22|wrong rows"),
    (
        "a condition without columns moves below an aggregate without a group",
        r"(COUNT|SUM|AVG|MIN|MAX|STDDEV_\w+|VAR_\w+)\(",
        "wrong rows",
    ),
    ("row values with an aggregate", r"\) (NOT )?IN \(", "Aggregate functions are not allowed in the WHERE clause"),
    ("types of ranks", r"RANK\(\) OVER|ROW_NUMBER", "type of a column: column \\d+ is Decimal, not int"),
    ("markers in arithmetic lose their digits", r"[-+*/%] \?|\? [-+*/%]", "wrong rows|type of a column"),
    ("a correlated derived table with ORDER BY beside a join by name", r"USING|NATURAL", "42S22"),
    (
        "named windows in QUALIFY and in scalar subqueries",
        r" OVER v",
        "Invalid function|function .* not found|window .* is not defined|appears in the SELECT clause|QUALIFY clause"
        "|Column in SELECT must be in GROUP BY",
    ),
    (
        "a panic where the value of the query around is computed with |",
        r"\|",
        "HY000: the statement ended without a result",
    ),
    ("NOT IN over a list with a CASE", r"NOT IN \(.*CASE", "wrong rows"),
    ("decimals of CASE in a correlated subquery", r"CASE", "HY000.*column types must match schema types"),
    (
        "a time beyond year 9999 is an error only when it is fetched",
        r"INTERVAL|DATEADD|TIMESTAMPADD|EOMONTH",
        r"error missing: \['22008'\]",
    ),
]


def known_fault(verdict):
    text = verdict.texts["driver"][0]
    for name, pattern, what in KNOWN:
        if re.search(pattern, text, re.IGNORECASE | re.DOTALL) and re.search(what, f"{verdict.what}: {verdict.detail}"):
            return name
    return None
