"""Statements with their right answers: the project's own files, and a sample of a public corpus."""

from pathlib import Path

import pytest
from sqllogic import Outcome, Runner
from sql_corpus import archive, files

OWN = sorted((Path(__file__).parent.parent / "slt").glob("*.slt"))

# Of the long files of the public corpus every so manieth query is run always, after all statements that make its tables. All
# is run by scripts/sql-corpus.
LONG, EVERY = 2_000, 100

# Refused statements of the corpus, with the reason.
REFUSED = {
    "Unary operator ... only supports": "+ before a text is SQLite's own",
    "expected an expression, found )": "an empty list after IN is SQLite's own",
    "is set twice": "UPDATE t SET x = 1, x = 2: SQLite takes the last, the standard refuses it",
    "a text that is cast to a number holds none": "SQLite takes any text for 0",
    "can't cast to": "bytes and numbers do not compare",
    "GROUP BY": "columns that are not grouped are SQLite's own",
}


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
        if "/delete/" in name:
            continue
        every = EVERY if text.count("\n") > LONG else 1
        connection = sample.connect()
        outcome.add(Runner(connection, name, every).run(text))
        connection.close()
    assert not outcome.wrong, "\n\n".join(outcome.wrong[:20])
    unknown = [reason for reason in outcome.reasons() if not any(known in reason for known in REFUSED)]
    assert not unknown, unknown
    assert outcome.right > 5_000
