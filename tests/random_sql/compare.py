"""Whether the driver's answer is right, by the answers of the references."""

import datetime
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from .differences import known_difference
from .kinds import BIN, BOOL, DATE, DBL, DEC, INT, TEXT, TIME, TS, canonical, near
from .node import DRIVER, NoCounterpart, render

_PYTHON = {
    INT: int,
    DEC: Decimal,
    DBL: float,
    TEXT: str,
    DATE: datetime.date,
    TS: datetime.datetime,
    TIME: datetime.time,
    BOOL: bool,
    BIN: bytearray,
}
# The rows that are fetched at most.
MOST = 20_000
DATA_ERRORS = ("21000", "22003", "22007", "22008", "22012", "22018", "23000")

# Verdicts that are not faults: `unjudged` if no reference could judge, `another evaluation` if it is the engine's choice
# which values it computes.
FINE = {"right", "unjudged", "skipped", "references differ, as known", "another evaluation"}


@dataclass
class Verdict:
    """One of FINE, or what is wrong."""

    what: str
    detail: str = ""
    judges: tuple = ()
    answers: dict | None = None
    texts: dict | None = None
    rows: int = 0
    # The references that gave other rows.
    against: set | None = None

    @property
    def is_wrong(self):
        return self.what not in FINE


def judge(query, engines):
    """Runs a query in all engines."""
    texts, answers = {}, {}
    for engine in engines:
        try:
            text, parameters = render(query, engine.name, query)
            texts[engine.name] = (text, parameters)
            answers[engine.name] = engine.run(text, parameters)
        except NoCounterpart as reason:
            texts[engine.name] = (f"-- {reason}", [])
    verdict = _verdict(query, answers)
    verdict.answers, verdict.texts = answers, texts
    if verdict.what in ("references differ", "wrong rows") and (
        difference := known_difference(verdict, verdict.against)
    ):
        verdict.what, verdict.detail = "references differ, as known", difference
        verdict.judges = tuple(name for name in answers if name not in (DRIVER, *verdict.against))
    return verdict


def _verdict(query, answers):
    driver = answers[DRIVER]
    if driver.state == "HY000" and "The mailbox " in driver.message and " cannot be read" in driver.message:
        # A mailbox that is named and not there is an error, which no reference knows.
        return Verdict("unjudged")
    references = {name: answer for name, answer in answers.items() if name != DRIVER and not answer.refused}
    if not references:
        # A statement that both references refuse may be wrong, but it must not make the driver fail internally.
        if driver.state and driver.state.startswith("HY000"):
            return Verdict("internal error", driver.message)
        return Verdict("unjudged")
    with_rows = {name: answer for name, answer in references.items() if answer.rows is not None}
    if any(answer.rows is not None and len(answer.rows) >= MOST for answer in answers.values()):
        # Which rows come first of so many is nobody's promise.
        return Verdict("unjudged")
    if driver.state:
        if driver.state in DATA_ERRORS and any(
            _same_state(driver.state, answer.state) for answer in references.values()
        ):
            return Verdict("right", judges=tuple(references))
        if driver.state in DATA_ERRORS and _leaves_a_choice(query):
            return Verdict("another evaluation")
        if not with_rows:
            if driver.state in DATA_ERRORS:
                # Of two errors either may come first.
                return Verdict("another evaluation")
            others = [answer.state for answer in references.values()]
            return Verdict("another error", f"{driver.state}: {family(driver.message)}, not {others}")
        return Verdict(f"error {driver.state}", family(driver.message))
    if not with_rows:
        if len(references) == 1 or not driver.rows or query.limit or _leaves_a_choice(query):
            # The driver may have found that no row needs the value, as where INTERSECT has nothing on the left. The
            # references compute all rows, also those that a limit leaves out.
            return Verdict("another evaluation")
        return Verdict("error missing", str(sorted({answer.state for answer in references.values()})))
    expected = {name: (_canonical(query, name, answer.rows)) for name, answer in with_rows.items()}
    mismatched = _types(query, driver)
    if mismatched:
        return Verdict("type of a column", mismatched)
    try:
        actual = _canonical(query, DRIVER, driver.rows)
    except Exception as error:
        return Verdict("value of another kind", repr(error))
    wrong = {name: reason for name, rows in expected.items() if (reason := _differs(query, rows, actual))}
    if not wrong:
        return Verdict("right", judges=tuple(with_rows), rows=len(actual))
    if len(wrong) < len(expected):
        return Verdict(
            "references differ", f"driver against {sorted(wrong)}: {next(iter(wrong.values()))}", against=set(wrong)
        )
    return Verdict("wrong rows", next(iter(wrong.values())), against=set(wrong))


LISTS = {"IN list", "NOT IN list"}
TABLES = {"derived table", "temporary table", "table with #", "table of the mailbox", "common table expression"}


def _leaves_a_choice(query):
    """Whether a value may be computed for rows that another part of the statement drops, as with several tables.

    Within one condition or CASE over one table the order is that of the text, and an error for a row that an earlier
    condition excludes is a fault. The references compute all items of a list.
    """
    parts = list(query.walk())
    return sum(part.construct in TABLES for part in parts) > 1 or any(part.construct in LISTS for part in parts)


def _same_state(driver, reference):
    return driver == reference or {driver, reference} <= {"22007", "22008", "22018"}


def family(message):
    return message.split("]")[-1].split("(0)")[0].strip()[:160]


def _types(query, driver):
    for place, column in enumerate(query.columns):
        wanted, given = _PYTHON[column.kind], driver.types[place]
        if given is not wanted and any(row[place] is not None for row in driver.rows):
            return f"column {place + 1} is {given.__name__}, not {wanted.__name__}"
    return None


def _canonical(query, name, rows):
    """Rows with, behind the outputs, the keys that the reference sorted by and does not show."""
    kinds = [(column.kind, column.scale) for column in query.columns]
    if name != DRIVER:
        kinds += [(key.node.kind, key.node.scale) for key in query.orders if key.output is None]
    return [
        tuple(canonical(name, kind, scale, value) for (kind, scale), value in zip(kinds, row, strict=True))
        for row in rows
    ]


def _differs(query, expected, actual):
    """What is wrong with the driver's rows, if anything is."""
    width = len(query.columns)
    inexact = [place for place, column in enumerate(query.columns) if not column.exact]
    skip, count = 0, len(expected)
    if query.limit:
        skip = query.limit.number(query.limit.skip) or 0
        count = query.limit.number(query.limit.count)
        count = len(expected) if count is None else count
    end = min(skip + count, len(expected))
    if len(actual) != max(end - skip, 0):
        return f"{len(actual)} rows, not {max(end - skip, 0)}"
    for start, group in _groups(query, expected, width):
        first, last = max(start, skip), min(start + len(group), end)
        if first >= last:
            continue
        rows = actual[first - skip : last - skip]
        if not _is_part(rows, [row[:width] for row in group], inexact):
            return "rows differ" if not query.orders else "rows or their order differ"
    return None


def _groups(query, expected, width):
    """(place of the first row, rows that their keys leave in any order)."""
    if not query.orders:
        yield 0, expected
        return
    places, hidden = [], width
    for key in query.orders:
        if key.output is None:
            places.append(hidden)
            hidden += 1
        else:
            places.append(key.output)
    start = 0
    for end in range(1, len(expected) + 1):
        if end == len(expected) or any(expected[start][place] != expected[end][place] for place in places):
            yield start, expected[start:end]
            start = end


def _is_part(rows, group, inexact):
    """Whether the rows are among the group's, each as often at most."""
    if not inexact:
        return not Counter(rows) - Counter(group)
    rest = list(group)
    for row in rows:
        for place, other in enumerate(rest):
            if all(
                near(a, b) if column in inexact else a == b
                for column, (a, b) in enumerate(zip(row, other, strict=True))
            ):
                del rest[place]
                break
        else:
            return False
    return True
