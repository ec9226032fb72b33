"""Files of statements with their right answers, in the format of sqllogictest.

A file holds records with empty lines between them:

    statement ok                          query IT rowsort label
    CREATE TABLE t (a INTEGER)            SELECT a, b FROM t
                                          ----
    statement error 21000                 1
    SELECT (SELECT a FROM t)              NULL

The letters give the form of each column: I a whole number, R a number with three decimals, T text. An empty text is
`(empty)`. `rowsort` compares sorted rows, `valuesort` sorted values. Many values are given as `N values hashing to MD5`.
The state after `error` may be absent. `skipif NAME` and `onlyif NAME` before a record speak of engines by name; this one
has none. `halt` ends a file. Statements about indexes, views and triggers have no counterpart here: they are left out,
and so is what speaks of such a view.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

import pyodbc

# Statements without a counterpart.
ABSENT = re.compile(
    r"\s*(?:(?:CREATE|DROP)\s+(?:UNIQUE\s+|TEMP(?:ORARY)?\s+)*(?:INDEX|VIEW|TRIGGER)\b|REINDEX\b|REPLACE\b"
    r"|INSERT\s+OR\s+REPLACE\b)",
    re.IGNORECASE,
)
MADE = re.compile(r"\s*CREATE\s+TABLE\s+(\w+)", re.IGNORECASE)
# The name of what a statement makes or changes.
CHANGED = re.compile(
    r"\s*(?:CREATE\s+(?:TEMP(?:ORARY)?\s+)?(?:VIEW|TABLE)|(?:INSERT|REPLACE)(?:\s+OR\s+REPLACE)?\s+INTO|UPDATE|DELETE\s+FROM)"
    r"\s+(\w+)",
    re.IGNORECASE,
)


# Records of the public corpus whose answer is SQLite's own.
OWN = {
    # COALESCE(77, ... + AVG(x)) is the whole number 77 there, where SQL has one type for both, so that 50 / 77 is not 0.
    ("random/expr/slt_good_10.test", 62929),
}


@dataclass
class Record:
    line: int
    kind: str
    arguments: list
    sql: str
    expected: list = field(default_factory=list)


def records(text):
    """The records of a file that are for an engine without a name."""
    lines = text.splitlines()
    position = 0
    while position < len(lines):
        block, first = [], position + 1
        while position < len(lines) and lines[position].strip():
            block.append(lines[position])
            position += 1
        position += 1
        block = [line for line in block if not line.startswith("#")]
        skipped = False
        while block and block[0].split()[0] in ("skipif", "onlyif"):
            skipped = skipped or block[0].startswith("onlyif")
            block.pop(0)
        if not block or skipped:
            continue
        kind, *arguments = block[0].split("#")[0].split()
        if kind == "halt":
            return
        if kind not in ("statement", "query"):
            continue
        expected = []
        sql = block[1:]
        if "----" in sql:
            end = sql.index("----")
            sql, expected = sql[:end], sql[end + 1 :]
        yield Record(first, kind, arguments, "\n".join(sql), expected)


def shown(value, letter):
    """A value as such a file has it."""
    if value is None:
        return "NULL"
    if letter == "I" and isinstance(value, str):
        # A text counts as the number that it begins with.
        return str(int((re.match(r"\s*[+-]?\d+", value) or ["0"])[0]))
    if letter == "I":
        return str(int(value))
    if letter == "R":
        return f"{float(value):.3f}"
    text = str(int(value)) if isinstance(value, bool) else str(value)
    return "".join(char if char.isprintable() else "@" for char in text) or "(empty)"


@dataclass
class Outcome:
    """What came of the records of a file."""

    right: int = 0
    left_out: int = 0
    wrong: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    def add(self, other):
        self.right += other.right
        self.left_out += other.left_out
        self.wrong += other.wrong
        self.refused += other.refused

    def reasons(self):
        """Why statements were refused, and how often."""
        return Counter(reason(message) for _, message in self.refused)


def reason(message):
    """The message without what is of one statement."""
    message = re.sub(r"\[exchange-odbc\]|\(\d+\) \(SQL\w+\)", "", message)
    message = re.sub(r"line \d+(, column \d+)?|position \d+", "", message)
    message = re.sub(r'"[^"]*"|\'[^\']*\'|`[^`]*`', "...", message)
    return re.sub(r"\s+", " ", message)[:160].strip()


class Runner:
    """Runs the records of a file, each through a connection of ODBC."""

    def __init__(self, connection, name, every=1):
        self.cursor = connection.cursor()
        self.name = name
        self.every = every
        self.missing = set()
        self.outcome = Outcome()

    def run(self, text):
        """Runs all statements, and every so manieth query."""
        queries = 0
        for record in records(text):
            queries += record.kind == "query"
            if record.kind == "statement" or queries % self.every == 0:
                self.record(record)
        return self.outcome

    def record(self, record):
        if made := MADE.match(record.sql):
            self.missing.discard(made[1].lower())
        if ABSENT.match(record.sql):
            self.miss(record.sql)
        if (
            set(re.findall(r"\w+", record.sql.lower())) & self.missing
            or ABSENT.match(record.sql)
            or (self.name, record.line) in OWN
        ):
            self.outcome.left_out += 1
            return
        place = f"{self.name}:{record.line}: {record.sql}"
        fails = record.arguments[:1] == ["error"]
        try:
            self.cursor.execute(record.sql)
            rows = self.cursor.fetchall() if self.cursor.description else []
        except pyodbc.Error as error:
            state, message = str(error.args[0]), str(error.args[-1])
            if not fails:
                self.outcome.refused.append((place, message))
                self.miss(record.sql)
            elif len(record.arguments) > 1 and record.arguments[1] != state:
                self.outcome.wrong.append(f"{place}\n{state} instead of {record.arguments[1]}: {message}")
            else:
                self.outcome.right += 1
            return
        if fails:
            self.outcome.wrong.append(f"{place}\nno error, but {rows[:20]}")
        elif record.kind == "query" and (difference := self.difference(record, rows)):
            self.outcome.wrong.append(f"{place}\n{difference}")
        else:
            self.outcome.right += 1

    def miss(self, sql):
        """What a statement that was not run would have made or changed is not as the file takes it to be."""
        if changed := CHANGED.match(sql):
            self.missing.add(changed[1].lower())

    def difference(self, record, rows):
        letters = record.arguments[0]
        if rows and len(rows[0]) != len(letters):
            return f"{len(rows[0])} columns instead of {len(letters)}"
        found = [[shown(value, letter) for value, letter in zip(row, letters)] for row in rows]
        order = record.arguments[1] if len(record.arguments) > 1 else "nosort"
        if order == "rowsort":
            found.sort()
        values = [value for row in found for value in row]
        if order == "valuesort":
            values.sort()
        if len(record.expected) == 1 and (match := re.match(r"(\d+) values hashing to (\w+)$", record.expected[0])):
            digest = hashlib.md5("".join(value + "\n" for value in values).encode()).hexdigest()
            if len(values) == int(match[1]) and digest == match[2]:
                return None
            return f"{len(values)} values hashing to {digest} instead of {record.expected[0]}: {values[:40]}"
        if values == record.expected:
            return None
        return f"{values[:60]} instead of {record.expected[:60]}"
