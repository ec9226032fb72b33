"""iODBC's own iodbctest and iodbctestw, whose driver manager has wide characters of four bytes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAMS = ["iodbctest", "iodbctestw"]


@pytest.fixture(scope="module")
def environment(sample, tmp_path_factory):
    """iODBC reads other variables than unixODBC, and takes values without braces."""
    folder = tmp_path_factory.mktemp("iodbc")
    keys = (key.replace("={", "=").rstrip("}") for key in sample.keys.split(";"))
    lines = ["[Sample]", f"Driver = {os.environ['DRIVER']}", *keys, ""]
    (folder / "odbc.ini").write_text("\n".join(lines))
    (folder / "odbcinst.ini").write_text("")
    return {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "ODBCINI": str(folder / "odbc.ini"),
        "ODBCINSTINI": str(folder / "odbcinst.ini"),
    }


@pytest.fixture(params=PROGRAMS)
def run(request, environment):
    program = shutil.which(request.param)
    # Debian packages the one and leaves out the other.
    if program is None and request.param == "iodbctestw":
        pytest.skip("iodbctestw is not installed")

    def run(*statements):
        return subprocess.run(
            [program, "DSN=Sample"],
            input="\n".join([*statements, "quit", ""]),
            capture_output=True,
            text=True,
            timeout=120,
            env=environment,
        )

    return run


def lines(ran):
    return [line.strip() for line in ran.stdout.splitlines()]


def test_rows_are_shown(run):
    ran = run("SELECT COUNT(*) AS messages FROM Messages")
    assert "300" in lines(ran), ran.stderr
    assert "result set 1 returned 1 rows." in lines(ran)


@pytest.mark.parametrize("text", ["Grüße, Søren", "李 王 日本語", "Привет, мир", "😀 𝔘𝔫𝔦"])
def test_characters_of_every_kind_go_in_and_come_out(run, text):
    ran = run(f"SELECT '{text}' AS t", f"SELECT CHAR_LENGTH('{text}') AS n")
    assert text in lines(ran), ran.stderr
    assert str(len(text)) in lines(ran)


def test_names_outside_latin_are_found(run):
    ran = run("SELECT displayName FROM Contacts WHERE displayName LIKE '%李%' OR displayName LIKE '%ø%'")
    assert {"李 王", "Søren Møller"} <= set(lines(ran)), ran.stderr


def test_mistakes_are_told_in_readable_characters(run):
    ran = run("SELECT größe FROM Messages")
    assert "größe" in ran.stderr and "SQLSTATE=42S22" in ran.stderr
