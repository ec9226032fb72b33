"""Through unixODBC, as applications come: a simulator of the test's own, private ODBC files."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
# benches/side_by_side
sys.path.insert(0, str(Path(__file__).parents[2] / "benches"))

from mailboxes import simulator, use_odbc_files  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def odbc_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odbc")
    use_odbc_files(folder)
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
