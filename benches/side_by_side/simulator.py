"""A Graph simulator of a measurement's own, in another process."""

import json
import subprocess
import urllib.parse
import urllib.request
from contextlib import contextmanager

from .columns import SELECT
from .places import SIMULATOR

PAGE_ROWS = 1_000


class Graph:
    """A running simulator."""

    def __init__(self, process):
        self.address, self.keys = process.stdout.readline().strip().split(" ", 1)
        pairs = dict(pair.split("=", 1) for pair in self.keys.split(";"))
        self.user = pairs["UserID"]
        form = {
            "grant_type": "client_credentials",
            "client_id": pairs["ClientId"],
            "client_secret": pairs["ClientSecret"].strip("{}"),
            "scope": "https://graph.microsoft.com/.default",
        }
        self.token = self.ask(f"/{pairs['TenantID']}/oauth2/v2.0/token", urllib.parse.urlencode(form).encode())[
            "access_token"
        ]

    @property
    def port(self):
        return self.address.rsplit(":", 1)[1]

    def ask(self, path, data=None, method=None):
        """The JSON of an answer, or nothing where it has no content."""
        request = urllib.request.Request(self.address + path, data, method=method)
        if path.startswith("/v1.0"):
            request.add_header("Authorization", f"Bearer {self.token}")
        with urllib.request.urlopen(request) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def users(self):
        """The owners of all mailboxes."""
        users, path = [], "/v1.0/users?$select=userPrincipalName&$top=999"
        while path:
            page = self.ask(path)
            users += [user["userPrincipalName"] for user in page["value"]]
            path = page.get("@odata.nextLink", "").removeprefix(self.address)
        return users

    def pages(self, users, rows):
        """The path of each page of the mailboxes, which have so many rows each."""
        for user in users:
            for skip in range(0, rows, PAGE_ROWS):
                yield f"/v1.0/users/{user}/messages?$select={SELECT}&$top={PAGE_ROWS}&$skip={skip}"

    def messages(self, rows):
        """All messages of the first mailbox."""
        for path in self.pages([self.user], rows):
            yield from self.ask(path)["value"]

    def empty_page(self, after):
        """Makes one list of messages empty, but for its link to more."""
        fault = {"path": "/users/*/messages", "action": {"kind": "emptyPage"}, "times": 1, "after": after}
        self.ask("/simulator/faults", json.dumps(fault).encode())

    def forget(self):
        """Begins to count anew."""
        self.ask("/simulator/log", method="DELETE")
        self.ask("/simulator/faults", method="DELETE")

    def counted(self):
        """Requests since `forget` without those for tokens, and the most that a mailbox had in flight at once."""
        counters = self.ask("/simulator/counters")
        counted = counters["counters"]
        return {
            "requests": counted["requests"] - counted["tokens"],
            "in_flight": max(counters["mostInFlight"].values(), default=0),
        }


@contextmanager
def simulator(*options):
    command = [SIMULATOR, "--until-stdin-closes", *map(str, options)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Graph(process)
    finally:
        process.stdin.close()
        process.wait(timeout=60)
