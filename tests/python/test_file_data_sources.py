"""Data sources that are files: unixODBC reads and writes them for the driver."""

import pyodbc
import pytest


def text_of(sample, **more):
    """The keys of a connection string, a line each, without the braces that only a string needs."""
    keys = sample.connection_string(**more).split(";")
    pairs = (key.split("=", 1) for key in keys if key)
    return "[ODBC]\n" + "".join(f"{name} = {value.strip('{}')}\n" for name, value in pairs)


def test_a_file_has_the_keys_of_a_connection(sample, tmp_path):
    file = tmp_path / "mailbox.dsn"
    file.write_text(text_of(sample))
    with pyodbc.connect(f"FILEDSN={file}") as connection:
        assert connection.execute("SELECT COUNT(*) FROM Messages").fetchval() == 300


def test_the_string_wins_over_the_file(sample, tmp_path):
    file = tmp_path / "mailbox.dsn"
    file.write_text(text_of(sample, ClientSecret="wrong"))
    with pytest.raises(pyodbc.Error) as error:
        pyodbc.connect(f"FILEDSN={file}")
    assert error.value.args[0] == "28000"
    secret = next(key for key in sample.keys.split(";") if key.startswith("ClientSecret="))
    with pyodbc.connect(f"FILEDSN={file};{secret}") as connection:
        assert connection.execute("SELECT COUNT(*) FROM Folders").fetchval() > 0


def test_a_saved_file_connects_again_and_holds_no_secret(sample, tmp_path):
    file = tmp_path / "saved.dsn"
    pyodbc.connect(f"{sample.connection_string()};SAVEFILE={file}").close()
    saved = file.read_text()
    secret = next(key for key in sample.keys.split(";") if key.startswith("ClientSecret="))
    value = secret.split("=", 1)[1].strip("{}")
    assert "TenantID" in saved and value not in saved
    with pyodbc.connect(f"FILEDSN={file};{secret}") as connection:
        assert connection.execute("SELECT COUNT(*) FROM Messages").fetchval() == 300
