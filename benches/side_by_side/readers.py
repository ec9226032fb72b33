"""The clients that read mailboxes from Graph: the driver, the ideal client, and libraries for Python and JavaScript."""

import json
import os
import shutil

from .columns import NAMES, SELECT, c_types
from .interleave import figures_of
from .places import DRIVER, HERE, NODE_MODULES, PYTHON
from .programs import program
from .simulator import PAGE_ROWS

DRIVER_NAME = "this driver"
# Graph's limit for a mailbox.
IDEAL = "ideal, 4 in flight"
IDEAL_MANY = "ideal, 32 in flight"
IDEAL_ONE = "ideal, one after the other"
IDEAL_PLAIN = "ideal, 4 in flight, not compressed"
REQUESTS = "requests + pandas"

SQL = f"SELECT {NAMES} FROM Messages"
ROWSET = 1_000


def ideal(in_flight, encoding="gzip"):
    made = program("ideal")

    def read(graph, users, rows):
        paths = "\n".join(graph.pages(users, rows))
        return figures_of([made, graph.port, graph.token, in_flight, encoding], paths)

    return read


def driver():
    made = program("odbc")

    def read(graph, users, _):
        mailboxes = f"Mailboxes={{{','.join(users)}}};" if len(users) > 1 else ""
        return figures_of([made, DRIVER, mailboxes + graph.keys, "read", SQL, ROWSET, c_types("c")])

    return read


def library(command, environment=None):
    """A program of the folder `clients`."""

    def read(graph, users, _):
        order = {"address": graph.address, "token": graph.token, "users": users, "select": SELECT, "top": PAGE_ROWS}
        return figures_of([*command, json.dumps(order)], env={**os.environ, **(environment or {})})

    return read


def python(name):
    return library([PYTHON, HERE / "clients" / name])


def readers():
    """Every client that can run here, by name."""
    found = {
        IDEAL: ideal(4),
        IDEAL_MANY: ideal(32),
        IDEAL_ONE: ideal(1),
        IDEAL_PLAIN: ideal(4, "identity"),
        DRIVER_NAME: driver(),
    }
    if PYTHON.exists():
        found |= {
            REQUESTS: python("requests_pandas.py"),
            "httpx + pandas": python("httpx_pandas.py"),
            "O365": python("o365.py"),
            "msgraph-sdk": python("msgraph_sdk.py"),
        }
    if shutil.which("node") and NODE_MODULES.exists():
        client = HERE / "clients" / "graph_client.cjs"
        found["graph-client for JavaScript"] = library(["node", client], {"NODE_PATH": str(NODE_MODULES)})
    return found
