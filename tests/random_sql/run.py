"""Runs random statements: `run.py COUNT SEED`, or one again with `--seed N --only K`."""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyodbc

from .changes import Changes, Script
from .compare import judge
from .coverage import Coverage
from .engines import Driver, Duckdb, Sqlite
from .faults import known_fault
from .node import DIALECTS
from .queries import Queries
from .shrink import shrink
from .tables import mailbox_tables, small_tables

BLOCK = 200


class Session:
    """The engines with their tables. Statement k of a seed is the same in every session."""

    def __init__(self, connection_string, seed):
        self.seed = seed
        self.driver = Driver(connection_string)
        self.engines = [self.driver, Sqlite(self.driver.names), Duckdb(self.driver.names)]
        self.block = None
        self.small = []
        with_everything_here = pyodbc.connect(connection_string.replace("Driver=Exchange", "Driver=Exchange;Pushdown=Off"), autocommit=True)
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


def setup(driver, folder):
    """Points unixODBC at files of our own."""
    Path(folder, "odbcinst.ini").write_text(f"[Exchange]\nDriver = {driver}\nThreading = 0\n")
    Path(folder, "odbc.ini").write_text("")
    os.environ["ODBCSYSINI"] = str(folder)
    os.environ["ODBCINI"] = f"{folder}/odbc.ini"
    os.environ.pop("ODBCINSTINI", None)
    pyodbc.pooling = False


def start_simulator(program):
    process = subprocess.Popen([program, "--sample", "--until-stdin-closes"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    _, keys = process.stdout.readline().strip().split(" ", 1)
    return process, f"Driver=Exchange;{keys}"


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
    """Tries these statements. Gives how many came out how."""
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int)
    parser.add_argument("--shown", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        setup(os.environ["DRIVER"], folder)
        process, connection_string = start_simulator(os.environ["SIMULATOR"])
        try:
            session = Session(connection_string, given.seed)
            coverage = Coverage()
            if given.only is not None:
                query = session.statement(given.only)
                verdict = session.judge(query)
                report(session, given.only, query, verdict, smallest=verdict.is_wrong)
                return 0
            begun = time.time()
            outcomes = run(session, range(given.first, given.first + given.count), coverage, given.shown)
            took = time.time() - begun
            coverage.print()
            print(f"{given.count} statements in {took:.0f} s, {given.count / took:.0f} a second")
            for what, count in outcomes.most_common():
                print(f"  {count:7} {what}")
            return 0
        finally:
            process.stdin.close()
            process.wait(20)


if __name__ == "__main__":
    sys.exit(main())
