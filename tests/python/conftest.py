"""Through unixODBC, as applications come: a simulator of the test's own, private ODBC files."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pyodbc
import pytest

DRIVER = os.environ["DRIVER"]
SIMULATOR = os.environ["SIMULATOR"]

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
        [SIMULATOR, "--until-stdin-closes", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Mailboxes(process)
    finally:
        process.stdin.close()
        process.wait(timeout=20)


@pytest.fixture(scope="session", autouse=True)
def odbc_files(tmp_path_factory):
    """Neither the system's nor the user's data sources reach the tests."""
    folder = tmp_path_factory.mktemp("odbc")
    (folder / "odbcinst.ini").write_text(f"[Exchange]\nDriver = {DRIVER}\nThreading = 0\n")
    (folder / "odbc.ini").write_text("")
    os.environ["ODBCSYSINI"] = str(folder)
    os.environ["ODBCINI"] = str(folder / "odbc.ini")
    return folder


@pytest.fixture(scope="session")
def sample(odbc_files):
    with simulator("--sample") as mailboxes:
        yield mailboxes


@pytest.fixture
def cursor(sample):
    connection = sample.connect()
    yield connection.cursor()
    connection.close()


@pytest.fixture(scope="session")
def corpus():
    """The folder with the whole corpus, which the project does not ship."""
    folder = Path(os.environ.get("MAIL") or Path(__file__).parents[3] / "shared" / "mail")
    files = sorted(folder.glob("*.mbox.gz"))
    if not files:
        pytest.skip(f"the corpus of e-mails is not in {folder}; MAIL names another folder")
    return files
