"""Faults of the driver that are known and not mended yet: (name, the text of the driver's statement, the verdict).

A statement that fails and fits one is counted under its name instead of failing the run. The list is empty when all
is well.
"""

import re

KNOWN = []


def known_fault(verdict):
    text = verdict.texts["driver"][0]
    for name, pattern, what in KNOWN:
        if re.search(pattern, text, re.IGNORECASE) and re.search(what, f"{verdict.what}: {verdict.detail}"):
            return name
    return None
