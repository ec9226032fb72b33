"""The public corpus of statements, which the project does not ship: all of it, through the driver.

    python sql_corpus.py [PART-OF-A-NAME]...

Prints what was wrong, and how many statements were refused for which reason. SQL_CORPUS names the archive.
"""

import multiprocessing
import os
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import pyodbc
from mailboxes import simulator, use_odbc_files
from sqllogic import Outcome, Runner


def archive():
    given = os.environ.get("SQL_CORPUS")
    return Path(given or Path(__file__).parents[3] / "shared" / "slt" / "sqlite-sample.tar.gz")


def files(path):
    """Names and texts of the archive's files."""
    with tarfile.open(path) as archived:
        for member in archived:
            if member.isfile() and member.name.endswith(".test"):
                yield member.name, archived.extractfile(member).read().decode()


def ran(arguments):
    keys, name, text = arguments
    started = time.monotonic()
    connection = pyodbc.connect(keys)
    outcome = Runner(connection, name).run(text)
    connection.close()
    return name, outcome, time.monotonic() - started


def main(parts):
    total = Outcome()
    with (
        tempfile.TemporaryDirectory() as folder,
        simulator("--sample") as mailboxes,
        multiprocessing.Pool(os.cpu_count(), use_odbc_files, [folder]) as pool,
    ):
        keys = mailboxes.connection_string()
        chosen = [
            (keys, name, text)
            for name, text in files(archive())
            if not parts or any(part in name for part in parts)
        ]
        for name, outcome, took in pool.imap_unordered(ran, chosen):
            print(
                f"{name}: {outcome.right} right, {len(outcome.wrong)} wrong, {len(outcome.refused)} refused,"
                f" {outcome.left_out} left out, {took:.0f} s",
                flush=True,
            )
            total.add(outcome)
    for wrong in total.wrong:
        print(f"\nWRONG {wrong}")
    print("\nRefused:")
    for reason, count in total.reasons().most_common():
        print(f"{count:6} {reason}")
    print(
        f"\n{total.right} right, {len(total.wrong)} wrong, {len(total.refused)} refused, {total.left_out} left out"
    )
    return bool(total.wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
