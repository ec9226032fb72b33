"""LibreOffice Base, the program itself without its windows: it connects with blank login fields and reads."""

import json
import os
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest

# The Python that LibreOffice's bridge is installed for.
PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="module")
def program():
    found = shutil.which("soffice")
    bridged = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    if not found or bridged.returncode != 0:
        pytest.skip("LibreOffice Base is not installed: scripts/setup test installs it where it can")
    return found


@pytest.fixture
def data_source(sample):
    """A data source with the secret, as an administrator makes it."""
    keys = (key.replace("={", "=").rstrip("}") for key in sample.keys.split(";"))
    lines = ["[Office]", "Driver = Exchange", *keys, ""]
    Path(os.environ["ODBCINI"]).write_text("\n".join(lines))
    return "Office"


@pytest.fixture
def pipe(program, data_source, tmp_path):
    """A running office with a profile of its own."""
    name = f"exchange-odbc-{uuid.uuid4().hex}"
    process = subprocess.Popen(
        [
            program,
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            f"--accept=pipe,name={name};urp",
        ],
        env={**os.environ, "HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield name
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()


def test_base_connects_and_reads_with_blank_login_fields(pipe, data_source, tmp_path):
    script = Path(__file__).with_name("libreoffice_base.py")
    ran = subprocess.run(
        [PYTHON, str(script), pipe, data_source, str(tmp_path / "mail.odb")],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert "error" not in seen, seen["error"]
    assert {"Messages", "MailFolders", "Events"} <= set(seen["tables"])
    assert {"id", "subject", "receivedDateTime"} <= set(seen["columns"])
    assert seen["counted"] == [["300"]] and seen["again"] == [["300"]]
    assert seen["newest"][0] == ["Re: [ILUG] dual keyboards", "ken@tuatha.org"]
    assert "Inbox/Lists" in seen["paths"]
