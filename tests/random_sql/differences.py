"""Differences between SQLite and DuckDB for the same statement: (name, the wrong engine, its text, the reason).

The driver has to agree with the other one then. What can be avoided by writing a statement with care is avoided there.
"""

import re

from .node import DUCKDB, SQLITE

KNOWN = [
    (
        "RIGHT and FULL JOIN after a join that finds nothing",
        SQLITE,
        r"(RIGHT|FULL)( OUTER)? JOIN",
        "SQLite 3.40 loses the rows of the right side; the standard keeps them",
    ),
    (
        "MIN and MAX with FILTER over a frame",
        SQLITE,
        r"(MIN|MAX)\(.*FILTER \(.*OVER",
        "SQLite 3.40 forgets the condition where the frame moves",
    ),
    (
        "upper case of letters that become two",
        DUCKDB,
        r"upper\(",
        "DuckDB changes letter by letter; Unicode makes SS of ß, as SQLite's function here and the driver do",
    ),
    (
        "sums of DOUBLE over a frame that moves",
        SQLITE,
        r"(SUM|AVG)\(.*OVER",
        "SQLite 3.40 takes what leaves the frame from the sum, and large numbers take the digits of small ones along",
    ),
    (
        "EXISTS over LEFT JOIN",
        DUCKDB,
        r"EXISTS \(SELECT .* LEFT",
        "DuckDB takes a left join whose condition is never true for empty; the rows of the left side stay",
    ),
    (
        "a column of the query around it in a derived table after LEFT JOIN",
        SQLITE,
        r"LEFT( OUTER)? JOIN \(SELECT",
        "SQLite 3.40 takes such a column for the outer one where the join found nothing; it is null there",
    ),
    (
        "MIN and MAX over GROUPS",
        SQLITE,
        r"(MIN|MAX)\(.*OVER \(.*GROUPS BETWEEN",
        "SQLite 3.40 keeps a value that has left the frame, where the frame moves by groups",
    ),
    (
        "OFFSET of SELECT DISTINCT without a table, as a value",
        SQLITE,
        r"\(SELECT DISTINCT (?:(?!FROM|SELECT).)* LIMIT \S+ OFFSET",
        "SQLite 3.40 ignores the OFFSET; the only row is skipped, and the value is null",
    ),
]


def known_difference(verdict, wrong):
    """The name of the known difference that explains the answers of these engines."""
    for name, engine, pattern, _ in KNOWN:
        if wrong == {engine} and re.search(pattern, verdict.texts[engine][0], re.IGNORECASE | re.DOTALL):
            return name
    return None
