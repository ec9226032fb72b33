"""A simulator, and ODBC files of our own, for whatever goes through unixODBC."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pyodbc

# The driver manager is the process's: a pool would keep connections of one test for the next.
pyodbc.pooling = False


class Mailboxes:
    """A running simulator."""

    def __init__(self, process):
        self.process = process
        self.address, self.keys = process.stdout.readline().strip().split(" ", 1)

    def connection_string(self, **more):
        given = "".join(f";{name}={value}" for name, value in more.items())
        # Of a key that comes twice the first counts.
        return f"Driver=Exchange{given};{self.keys}"

    def connect(self, **more):
        return pyodbc.connect(self.connection_string(**more))


@contextmanager
def simulator(*arguments):
    process = subprocess.Popen(
        [os.environ["SIMULATOR"], "--until-stdin-closes", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Mailboxes(process)
    finally:
        process.stdin.close()
        process.wait(timeout=20)


def use_odbc_files(folder):
    """Neither the system's nor the user's data sources reach this process."""
    folder = Path(folder)
    (folder / "odbcinst.ini").write_text(f"[Exchange]\nDriver = {os.environ['DRIVER']}\nThreading = 0\n")
    (folder / "odbc.ini").write_text("")
    os.environ["ODBCSYSINI"] = str(folder)
    os.environ["ODBCINI"] = str(folder / "odbc.ini")
    os.environ.pop("ODBCINSTINI", None)
