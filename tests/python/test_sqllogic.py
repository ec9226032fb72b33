"""Statements with their right answers: the project's own files, and a sample of a public corpus."""

from pathlib import Path

import pytest
from sqllogic import Outcome, Runner
from sql_corpus import archive, files

OWN = sorted((Path(__file__).parent.parent / "slt").glob("*.slt"))

# Of the public corpus every so manieth query is run always, after all statements that make its tables. All queries are
# run by scripts/sql-corpus.
EVERY = 40

@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_own_statements(sample, path):
    connection = sample.connect()
    outcome = Runner(connection, path.name).run(path.read_text())
    connection.close()
    refused = [f"{place}\n{message}" for place, message in outcome.refused]
    assert not outcome.wrong + refused, "\n\n".join(outcome.wrong + refused)
    assert outcome.right > 0


def test_sample_of_the_corpus(sample):
    path = archive()
    if not path.exists():
        pytest.skip(f"the corpus of statements is not at {path}; SQL_CORPUS names another file")
    outcome = Outcome()
    for name, text in files(path):
        connection = sample.connect()
        outcome.add(Runner(connection, name, EVERY).run(text))
        connection.close()
    assert not outcome.wrong, "\n\n".join(outcome.wrong[:20])
    unknown = set(outcome.reasons()) - set(REFUSED)
    assert not unknown, unknown
    assert outcome.right > 9_000
