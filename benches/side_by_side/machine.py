"""What the measurements were made on, and with which versions."""

import json
import os
import platform
import subprocess

from .places import NODE_MODULES, PYTHON, ROOT

DEBIAN = {
    "psqlODBC": "odbc-postgresql",
    "MariaDB": "mariadb-server-core",
    "MariaDB Connector/ODBC": "odbc-mariadb",
    "sqliteodbc": "libsqliteodbc",
}
PYTHON_PACKAGES = ("requests", "httpx", "pandas", "O365", "msgraph-sdk")


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def fields(path, separator=":"):
    with open(path) as file:
        pairs = (line.split(separator, 1) for line in file if separator in line)
        return {name.strip(): value.strip().strip('"') for name, value in pairs}


def machine():
    gib = int(fields("/proc/meminfo")["MemTotal"].split()[0]) / 2**20
    return {
        "processor": fields("/proc/cpuinfo").get("model name", platform.machine()),
        "cores": len(os.sched_getaffinity(0)),
        "memory": f"{gib:.0f} GiB",
        "system": f"{fields('/etc/os-release', '=').get('PRETTY_NAME', 'Linux')}, Linux {platform.release()}",
    }


def versions():
    """The versions of all peers that are installed."""
    found = {"PostgreSQL": "".join(output("psql", "--version").split()[2:3])}
    for name, package in DEBIAN.items():
        found[name] = output("dpkg-query", "--show", "--showformat=${source:Upstream-Version}", package)
    for package in PYTHON_PACKAGES if PYTHON.exists() else ():
        code = f"from importlib.metadata import version; print(version('{package}'))"
        found[package] = output(PYTHON, "-c", code)
    found["Python"] = output(PYTHON, "-c", "import platform; print(platform.python_version())")
    client = NODE_MODULES / "@microsoft" / "microsoft-graph-client" / "package.json"
    if client.exists():
        found["graph-client for JavaScript"] = json.loads(client.read_text())["version"]
        found["Node.js"] = output("node", "--version").removeprefix("v")
    return {name: version for name, version in found.items() if version}


def commit():
    """The commit that was measured; `+` says that files differ from it."""
    name = output("git", "-C", ROOT, "rev-parse", "--short", "HEAD")
    changed = output("git", "-C", ROOT, "status", "--porcelain", "--untracked-files=no", "--", ":!docs")
    return name + ("+" if changed else "")
