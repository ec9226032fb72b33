"""Runs random statements: `run.py COUNT SEED`, or one again with `--seed N --only K`."""

import argparse
import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyodbc
from mailboxes import simulator, use_odbc_files

from .changes import Changes, Script
from .compare import FINE, judge
from .coverage import Coverage
from .engines import Driver, Duckdb, Sqlite
from .faults import KNOWN, known_fault
from .node import DIALECTS
from .queries import Queries
from .shrink import shrink
from .tables import mailbox_tables, small_tables

# Statements between new rows in the small tables.
BLOCK = 200
# From so many statements on, every construct has to be among them.
COMPLETE = 20_000


class Session:
    """The engines with their tables. Statement k of a seed is the same in every session."""

    def __init__(self, connection_string, seed):
        self.seed = seed
        self.driver = Driver(connection_string)
        self.engines = [self.driver, Sqlite(self.driver.names), Duckdb(self.driver.names)]
        self.block = None
        self.small = []
        with_everything_here = pyodbc.connect(
            connection_string.replace("Driver=Exchange", "Driver=Exchange;Pushdown=Off"), autocommit=True
        )
        self.mailbox = mailbox_tables(with_everything_here)
        with_everything_here.close()
        for table in self.mailbox:
            for engine in self.engines[1:]:
                engine.load(table)

    def enter(self, block):
        if block == self.block:
            return
        self.block = block
        self.small = small_tables(random.Random(f"{self.seed}:{block}:tables"))
        self.load(self.small)

    def load(self, tables):
        for table in tables:
            for engine in self.engines:
                engine.load(table)

    def statement(self, number):
        self.enter(number // BLOCK)
        chance = random.Random(f"{self.seed}:{number}")
        roll = chance.random()
        tables = self.small if roll < 0.72 else self.mailbox if roll < 0.9 else self.small + self.mailbox
        queries = Queries(chance, tables)
        if chance.random() < 0.06:
            return Changes(chance, queries, self.small).script()
        return queries.top()

    def judge(self, statement):
        return statement.judge(self.engines) if isinstance(statement, Script) else judge(statement, self.engines)


def report(session, number, query, verdict, out=sys.stdout, smallest=True):
    """A failing statement, its smallest form, and what each engine says."""
    print(f"\nstatement {number} of seed {session.seed}: {verdict.what}: {verdict.detail}", file=out)
    print(f"  again: --seed {session.seed} --only {number}", file=out)
    print(f"  as made: {verdict.texts['driver'][0][:1500]}", file=out)
    if smallest and not isinstance(query, Script):
        query, verdict, tables = shrink(session, query, verdict)
        for table in tables:
            print(f'  CREATE TABLE "{table.name}" ({table.declaration})', file=out)
            for row in table.rows:
                print(f"    {row}", file=out)
    for name in DIALECTS:
        text, parameters = verdict.texts[name]
        print(f"  {name}: {text}{'  ' + str(parameters) if parameters else ''}", file=out)
        if name in verdict.answers:
            print(f"    {verdict.answers[name].shown()}", file=out)
    out.flush()
    return verdict


def run(session, numbers, coverage, failures_shown=20, out=sys.stdout, smallest=True):
    """Tries these statements. Returns the number of statements with each outcome."""
    outcomes = Counter()
    shown = Counter()
    for number in numbers:
        query = session.statement(number)
        verdict = session.judge(query)
        coverage.count(query, verdict)
        what = verdict.what
        if verdict.is_wrong:
            fault = known_fault(verdict)
            if fault:
                what = f"known fault: {fault}"
            else:
                kind = (verdict.what, verdict.detail[:60])
                shown[kind] += 1
                if sum(shown.values()) <= failures_shown and shown[kind] <= 5:
                    report(session, number, query, verdict, out, smallest)
                elif shown[kind] <= 40:
                    print(f"also --only {number}: {kind}", file=out)
        outcomes[what] += 1
    return outcomes


def numbers(given):
    """The statements of this process: every so many blocks."""
    for number in range(given.first, given.first + given.count):
        if number // BLOCK % given.jobs == given.job:
            yield number


def work(given):
    """Tries statements in this process, and writes the outcome to a file, if one is given."""
    with tempfile.TemporaryDirectory() as folder, simulator("--sample") as mailboxes:
        use_odbc_files(folder)
        keys = dict(key.split("=", 1) for key in given.keys.split(";") if key)
        session = Session(mailboxes.connection_string(**keys), given.seed)
        coverage = Coverage()
        if given.only is not None:
            statement = session.statement(given.only)
            verdict = session.judge(statement)
            report(session, given.only, statement, verdict, smallest=verdict.is_wrong)
            return coverage, Counter([verdict.what])
        outcomes = run(session, watched(numbers(given), given.out), coverage, given.shown)
        if given.out:
            Path(given.out).write_bytes(pickle.dumps((coverage, outcomes)))
        return coverage, outcomes


def watched(numbers, out):
    """Keeps the number of the current statement in a file, because the process may end in the middle."""
    for number in numbers:
        if out:
            Path(f"{out}.now").write_text(str(number))
        yield number


def several(given):
    """Divides the statements among processes, each with a simulator of its own."""
    coverage, outcomes = Coverage(), Counter()
    with tempfile.TemporaryDirectory() as folder:
        processes = []
        for job in range(given.jobs):
            out = f"{folder}/{job}"
            command = [
                sys.executable,
                "-m",
                "random_sql.run",
                str(given.count),
                str(given.seed),
                "--first",
                str(given.first),
                "--shown",
                str(given.shown),
                "--keys",
                given.keys,
                "--jobs",
                str(given.jobs),
                "--job",
                str(job),
                "--out",
                out,
            ]
            processes.append((out, subprocess.Popen(command)))
        for out, process in processes:
            process.wait()
            if Path(out).exists():
                its_coverage, its_outcomes = pickle.loads(Path(out).read_bytes())
                coverage.add(its_coverage)
                outcomes += its_outcomes
            else:
                now = Path(f"{out}.now").read_text() if Path(f"{out}.now").exists() else "before the first statement"
                print(f"a process ended with {process.returncode} at statement {now}", flush=True)
                outcomes["process ended"] += 1
    return coverage, outcomes


def main():
    parser = argparse.ArgumentParser(prog="scripts/random-sql", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=50_000)
    parser.add_argument("positional_seed", nargs="?", type=int, metavar="seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="one statement again")
    parser.add_argument("--keys", default="Pushdown=Full", help="of the connection string, divided by semicolons")
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER")
    parser.add_argument("--shown", type=int, default=10, help="failures to make small and show, for each process")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--job", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--out", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.positional_seed is not None:
        given.seed = given.positional_seed
    if given.only is not None or given.job is not None:
        work(given)
        return 0
    begun = time.time()
    coverage, outcomes = several(given)
    return summary(given.count, coverage, outcomes, time.time() - begun)


def summary(count, coverage, outcomes, took):
    """Prints the outcome; returns the process's result."""
    coverage.print()
    print(f"{count} statements in {took:.0f} s, {count / took:.0f} a second")
    for what, number in outcomes.most_common():
        print(f"  {number:7} {what}")
    wrong = sorted(set(outcomes) - FINE - {what for what in outcomes if what.startswith("known fault: ")})
    complaints = [f"not right: {what}" for what in wrong]
    complaints += [f"not written down: {name}" for name in coverage.unknown()]
    if count >= COMPLETE:
        complaints += [f"never made: {name}" for name in coverage.missing()]
    for name, *_ in KNOWN:
        if count >= COMPLETE and f"known fault: {name}" not in outcomes:
            print(f"did not happen, and may be mended: {name}")
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
