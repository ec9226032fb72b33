"""Known faults of the driver that are not fixed yet: (name, the text of the driver's statement, the verdict).

A statement that fails and fits one is counted under its name instead of failing the run. The list is empty when all
is well.
"""

import re

KNOWN = [
    ("row values with an aggregate", r"\) (NOT )?IN \(", "Aggregate functions are not allowed in the WHERE clause"),
    (
        "ROLLUP and CUBE with a column twice",
        r"(ROLLUP|CUBE|GROUPING SETS) *\(",
        "Schema contains duplicate qualified field name",
    ),
    ("BOOL_AND and BOOL_OR over a frame that moves", r"(BOOL_\w+|EVERY)\(.*OVER", "HYC00"),
]


def known_fault(verdict):
    text = verdict.texts["driver"][0]
    for name, pattern, what in KNOWN:
        if re.search(pattern, text, re.IGNORECASE | re.DOTALL) and re.search(what, f"{verdict.what}: {verdict.detail}"):
            return name
    return None
