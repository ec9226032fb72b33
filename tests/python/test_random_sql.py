"""Random statements against SQLite and DuckDB: few of them. scripts/random-sql tries many."""

import re
from pathlib import Path

import pytest
from random_sql import page
from random_sql.compare import FINE
from random_sql.coverage import Coverage
from random_sql.grammar import NAMES
from random_sql.kinds import TEXT
from random_sql.run import Session, run
from random_sql.scopes import Column, Scope

TESTS = Path(__file__).parents[1]
SQL = (TESTS.parent / "docs" / "sql.md").read_text()
STATEMENTS = 600
SEED = 20_260_101


def known(name):
    """Whether the grammar has a function, perhaps with a word about its arguments."""
    return any(construct == name or construct.startswith((f"{name} of ", f"{name} from ")) for construct in NAMES)


@pytest.mark.parametrize("name", ["scalar functions", "aggregates", "window functions"])
def test_the_grammar_has_every_function_of_the_documentation(name):
    listed = SQL.split(f"<!-- {name} -->")[1].split(f"<!-- {name} end -->")[0]
    functions = re.findall(r"^\| `(\w+)` \|", listed, re.MULTILINE)
    assert [function for function in functions if not known(function)] == []


def test_the_page_shows_the_grammar():
    assert page.is_current(), "run make docs and commit docs/random-sql.md"


def test_no_expression_uses_the_mailbox_that_a_join_merged():
    merged = [Column("mailbox", TEXT), Column("id", TEXT)]
    assert [column.name for _, column in Scope([], merged=merged).references(TEXT)] == ["id"]


def test_random_statements_give_the_rows_of_sqlite_and_duckdb(sample):
    coverage = Coverage()
    outcomes = run(Session(sample.connection_string(), SEED), range(STATEMENTS), coverage)
    wrong = {
        what: count for what, count in outcomes.items() if what not in FINE and not what.startswith("known fault: ")
    }
    assert not wrong, "what differs is shown above"
    assert coverage.unknown() == []
    assert outcomes["right"] > STATEMENTS * 0.85
