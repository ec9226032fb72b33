"""Compares random series with dateutil: `run.py COUNT SEED`, or one round again with `--seed N --only K`."""

import argparse
import json
import random
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from datetime import datetime, timedelta

from mailboxes import simulator, use_odbc_files

from . import make
from .series import Row

USER = "adele.vance@contoso.example"
# Series that are in a mailbox together.
TOGETHER = 8
QUESTIONS = 6
COLUMNS = "subject, type, start_dateTime, end_dateTime, seriesMasterId, originalStart"
# After all spans.
LATEST = datetime(2045, 1, 1)


class Session:
    """A mailbox with series of its own in place of all events."""

    def __init__(self, mailboxes):
        self.mailboxes = mailboxes
        self.cursor = mailboxes.connect().cursor()
        self.calendars = [row.id for row in self.cursor.execute("SELECT id FROM Calendars ORDER BY id")]

    def put(self, every):
        events = [event for series in every for event in series.events()]
        request = urllib.request.Request(
            f"{self.mailboxes.address}/simulator/events",
            json.dumps({"user": USER, "events": events}).encode(),
            method="PUT",
        )
        urllib.request.urlopen(request).close()

    def view(self, condition):
        sql = f"SELECT {COLUMNS}, calendarId FROM CalendarView WHERE {condition}"
        return [Row(*row) for row in self.cursor.execute(sql)]

    def instances(self, condition):
        sql = f"SELECT {COLUMNS}, '' FROM EventInstances WHERE {condition}"
        return [Row(*row) for row in self.cursor.execute(sql)]


def conditions(chance, start, end):
    """A condition of SQL on a span, and the same in Python."""
    bounds = [f"{{ts '{bound}'}}" for bound in (start, end)]
    return chance.choice(
        [
            (
                f"end_dateTime > {bounds[0]} AND start_dateTime < {bounds[1]}",
                lambda row: row.end > start and row.start < end,
            ),
            (f"start_dateTime BETWEEN {bounds[0]} AND {bounds[1]}", lambda row: start <= row.start <= end),
            (
                f"end_dateTime >= {bounds[0]} AND end_dateTime <= {bounds[1]}",
                lambda row: start <= row.end <= end,
            ),
        ]
    )


def questions(chance, every, rows):
    """Random statements: table, condition, and the right rows."""
    for _ in range(QUESTIONS):
        start, end = make.span(chance, rows, LATEST)
        sql, test = conditions(chance, start, end)
        right = [row for row in rows if test(row)]
        table = chance.choice(["view", "view", "instances"])
        if table == "instances" and chance.random() < 0.5:
            only = chance.choice(every)
            sql += f" AND seriesMasterId = '{only.id}'"
            right = [row for row in right if row.master == only.id]
        yield table, sql, right


def differences(found, right):
    """The rows that are only in one of them, as often as they are."""
    found, right = Counter(found), Counter(right)
    return [("missing", row) for row in (right - found).elements()] + [
        ("wrong", row) for row in (found - right).elements()
    ]


def ask(session, table, sql, right):
    if table == "view":
        return differences(session.view(sql), right)
    right = [Row(*[*vars(row).values()][:-1], "") for row in right]
    return differences(session.instances(sql), right)


def made(session, seed, number):
    """The series and the chance of a round, the same in every session."""
    chance = random.Random(f"{seed}:{number}")
    return [make.series(chance, place, session.calendars) for place in range(TOGETHER)], chance


def round_of(session, seed, number, counts, out=sys.stdout):
    """Tries the series of a round. Returns the number of statements with other rows than the right ones."""
    every, chance = made(session, seed, number)
    session.put(every)
    rows = [row for series in every for row in series.rows(LATEST)]
    wrong = 0
    for table, sql, right in questions(chance, every, rows):
        failures = ask(session, table, sql, right)
        counts["statements"] += 1
        counts["rows"] += len(right)
        if failures:
            wrong += 1
            report(every, seed, number, (table, sql), failures, out)
    for series in every:
        counts[series.kind] += 1
        counts[f"zone {series.zone}"] += 1
    counts["wrong"] += wrong
    return wrong


def report(every, seed, number, statement, failures, out):
    table, sql = statement
    print(f"\nround {number} of seed {seed}: {table}: {sql}", file=out)
    print(f"  again: --seed {seed} --only {number}", file=out)
    masters = {row.master for _, row in failures}
    for what, row in failures[:12]:
        print(f"  {what}: {row}", file=out)
    for series in every:
        if series.id in masters:
            print(f"  {series}", file=out)
    out.flush()


def run(session, seed, numbers, out=sys.stdout):
    counts = Counter()
    for number in numbers:
        round_of(session, seed, number, counts, out)
    return counts


def main():
    parser = argparse.ArgumentParser(prog="scripts/random-series", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=4_000)
    parser.add_argument("positional_seed", nargs="?", type=int, metavar="seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="one round again")
    given = parser.parse_args()
    seed = given.seed if given.positional_seed is None else given.positional_seed
    rounds = range(-(-given.count // TOGETHER)) if given.only is None else [given.only]
    begun = time.time()
    with tempfile.TemporaryDirectory() as folder, simulator("--sample") as mailboxes:
        use_odbc_files(folder)
        counts = run(Session(mailboxes), seed, rounds)
    took = timedelta(seconds=round(time.time() - begun))
    print(f"{len(rounds) * TOGETHER} series, {counts['statements']} statements with {counts['rows']} rows in {took}")
    for name, number in sorted(counts.items()):
        print(f"  {number:8} {name}")
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
