"""Data sources that are files. unixODBC reads and writes them for programs that call its ANSI functions, as isql does; for
those that call the wide ones, as pyodbc does, the driver reads them."""

import subprocess

import pyodbc
import pytest


def text_of(sample, **more):
    """The keys of a connection string, a line each, without the braces that only a string needs."""
    keys = sample.connection_string(**more).split(";")
    pairs = (key.split("=", 1) for key in keys if key)
    return "[ODBC]\n" + "".join(f"{name} = {value.strip('{}')}\n" for name, value in pairs)


def secret_of(sample):
    return next(key for key in sample.keys.split(";") if key.startswith("ClientSecret="))


def isql(connection):
    ended = subprocess.run(
        ["isql", "-k", connection, "-v", "-b"],
        input="SELECT COUNT(*) FROM Messages\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    return ended.stdout + ended.stderr


@pytest.fixture
def file(tmp_path):
    return tmp_path / "mailbox.dsn"


def test_a_driver_manager_reads_the_file(sample, file):
    file.write_text(text_of(sample))
    assert "| 300 " in isql(f"FILEDSN={file}")


def test_a_saved_file_connects_again_and_holds_no_secret(sample, file):
    assert "| 300 " in isql(f"{sample.connection_string()};SAVEFILE={file}")
    saved = file.read_text()
    assert "TenantID" in saved and "ClientSecret" not in saved
    assert secret_of(sample).split("=", 1)[1].strip("{}") not in saved
    assert "28000" in isql(f"FILEDSN={file};ClientSecret=wrong")
    assert "| 300 " in isql(f"FILEDSN={file};{secret_of(sample)}")


def test_the_driver_reads_a_file_that_reaches_it(sample, file):
    file.write_text(text_of(sample))
    with pyodbc.connect(f"Driver=Exchange;FILEDSN={file}") as connection:
        assert connection.execute("SELECT COUNT(*) FROM Messages").fetchval() == 300


def test_the_string_wins_over_the_file(sample, file):
    file.write_text(text_of(sample, ClientSecret="wrong"))
    with pytest.raises(pyodbc.Error) as error:
        pyodbc.connect(f"Driver=Exchange;FILEDSN={file}")
    assert error.value.args[0] == "28000"
    with pyodbc.connect(f"Driver=Exchange;FILEDSN={file};{secret_of(sample)}") as connection:
        assert connection.execute("SELECT COUNT(*) FROM Messages").fetchval() == 300


def test_a_file_that_is_missing_is_named(file):
    with pytest.raises(pyodbc.Error) as error:
        pyodbc.connect(f"Driver=Exchange;FILEDSN={file}")
    assert str(file) in str(error.value)
