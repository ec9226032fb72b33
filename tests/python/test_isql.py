"""unixODBC's own isql and iusql."""

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="module", autouse=True)
def data_source(sample):
    """iusql takes the name of a data source only."""
    keys = (key.replace("={", "=").rstrip("}") for key in sample.keys.split(";"))
    lines = ["[Sample]", "Driver = Exchange", *keys, ""]
    Path(os.environ["ODBCINI"]).write_text("\n".join(lines))


def run(program, statements, *options):
    return subprocess.run(
        [program, "Sample", "-v", "-b", *options],
        input=statements,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("program", ["isql", "iusql"])
def test_rows_are_shown(program):
    ran = run(program, "SELECT COUNT(*) AS messages FROM Messages\n")
    assert ran.returncode == 0, ran.stderr
    assert "300" in ran.stdout and "1 rows fetched" in ran.stdout


@pytest.mark.parametrize("program", ["isql", "iusql"])
def test_columns_come_apart_at_the_delimiter(program):
    statement = "SELECT path, depth FROM MailFolders WHERE path = 'Inbox/Lists'\n"
    ran = run(program, statement, "-d|")
    assert ran.returncode == 0, ran.stderr
    assert [line for line in ran.stdout.splitlines() if line] == ["Inbox/Lists|2"]


def test_tables_and_columns_are_listed():
    ran = run("isql", "help\nhelp Messages\n", "-d|")
    assert ran.returncode == 0, ran.stderr
    lines = [line.split("|") for line in ran.stdout.splitlines()]
    assert {"Messages", "MailFolders", "Events"} <= {line[2] for line in lines if len(line) > 2}
    assert "receivedDateTime" in {line[3] for line in lines if len(line) > 3}


def test_mistakes_are_told():
    ran = run("isql", "SELECT subjekt FROM Messages\n")
    assert "did you mean subject?" in ran.stdout + ran.stderr


def test_characters_of_every_kind_are_shown():
    ran = run("isql", "SELECT 'Grüße 日本語 😀' AS t\n", "-d|")
    assert ran.stdout.strip() == "Grüße 日本語 😀", ran.stderr


def test_a_temporary_table_lives_as_long_as_the_session():
    statements = "SELECT TOP 3 id INTO #some FROM Messages\nSELECT COUNT(*) AS n FROM #some\n"
    ran = run("isql", statements, "-d|")
    assert ran.returncode == 0, ran.stderr
    assert "3" in ran.stdout.split(), ran.stdout
    assert "table #some not found" in run("isql", "SELECT * FROM #some\n").stdout
