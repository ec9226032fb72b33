"""The databases that other ODBC drivers read the same messages from, each started for the measurement alone."""

import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from ..columns import COLUMNS

LIBRARIES = "/usr/lib/*/odbc"
TABLE = "messages"


@dataclass(frozen=True)
class Source:
    """A driver, and where it finds the messages."""

    library: Path
    connection_string: str
    table: str = TABLE
    # A statement to run after connecting.
    before: str = ""


class Missing(Exception):
    """A database or its driver is not installed."""


def library(name):
    found = glob(f"{LIBRARIES}/{name}")
    if not found:
        raise Missing(f"{name} is not installed")
    return Path(found[0])


def command(*places):
    """The first of these programs that is there."""
    for place in places:
        found = shutil.which(place) or max(glob(place), default=None)
        if found:
            return found
    raise Missing(f"{places[0]} is not installed")


def create_table(types):
    """Makes a table with the type of each column that `types` has for its kind."""
    columns = (f"{column.name} {types[column.kind].format(column.characters)}" for column in COLUMNS)
    return f"CREATE TABLE {TABLE} ({', '.join(columns)})"


@contextmanager
def folder(owner):
    """A temporary folder, of the user that the server runs as."""
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        if owner:
            shutil.chown(made, owner, owner)
        yield Path(made)


@contextmanager
def running(server, is_ready, log):
    """Starts a server, waits for it, and stops it in the end."""
    with open(log, "w") as output:
        process = subprocess.Popen(server, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        for _ in range(300):
            if subprocess.run(is_ready, capture_output=True).returncode == 0:
                break
            if process.poll() is not None:
                raise Missing(f"a server did not start: {Path(log).read_text()[-500:]}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)
