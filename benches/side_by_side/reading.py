"""Reading mailboxes: seconds, processor seconds, memory and requests of every client."""

import sys
from dataclasses import asdict, dataclass

from .interleave import Failed, interleave
from .readers import DRIVER_NAME, IDEAL, IDEAL_MANY, IDEAL_ONE, REQUESTS, readers
from .simulator import simulator

# The latency of everything but the comparison of latencies.
LATENCY = 50
MAILBOX_ROWS = 1_000

PLOTTED = (IDEAL, IDEAL_ONE, REQUESTS, DRIVER_NAME)
PLOTTED_MAILBOXES = (IDEAL, IDEAL_MANY, REQUESTS, DRIVER_NAME)


@dataclass
class Case:
    """Mailboxes to read, and who reads them."""

    # latency, skewed, rows, mailboxes or empty page
    kind: str
    # Messages in each mailbox.
    rows: int
    mailboxes: int = 1
    latency: int = LATENCY
    # Names of clients; all when empty.
    clients: tuple = ()

    @property
    def title(self):
        mailboxes = f"{self.mailboxes} mailboxes x " if self.mailboxes > 1 else ""
        return f"{self.kind}: {mailboxes}{self.rows:,} messages at {self.latency} ms"

    def options(self):
        options = ["--generate", self.rows, "--mailboxes", self.mailboxes, "--latency", self.latency]
        return options + (["--skewed"] if self.kind == "skewed" else [])


def cases(settings):
    """All that is measured."""
    one_mailbox = [name for name in readers() if name not in (IDEAL_MANY, *settings.without)]
    for latency in settings.latencies:
        yield Case("latency", settings.rows, latency=latency, clients=tuple(one_mailbox))
    yield Case("skewed", settings.rows, clients=PLOTTED)
    for rows in settings.plotted_rows:
        yield Case("rows", rows, clients=PLOTTED)
    for mailboxes in settings.plotted_mailboxes:
        yield Case("mailboxes", MAILBOX_ROWS, mailboxes, clients=PLOTTED_MAILBOXES)
    yield Case("empty page", 10_000, latency=0, clients=tuple(one_mailbox))


def check(name, case, figures):
    """A client that is fast because it loses rows must not look good."""
    expected = case.rows * case.mailboxes
    if case.kind != "empty page" and figures["rows"] != expected:
        raise Failed(f"{figures['rows']} rows came instead of {expected}")


def measure(case, rounds):
    clients = readers()
    with simulator(*case.options()) as graph:
        users = graph.users() if case.mailboxes > 1 else [graph.user]

        def way(name):
            def run():
                graph.forget()
                if case.kind == "empty page":
                    graph.empty_page(after=4)
                figures = clients[name](graph, users, case.rows)
                check(name, case, figures)
                return {**figures, **graph.counted()}

            return run

        runs, failed = interleave(rounds, {name: way(name) for name in case.clients if name in clients})
    return {**asdict(case), "runs": runs, "failed": failed}


def read_all(settings):
    measured = []
    for case in cases(settings):
        print(f"  {case.title}", file=sys.stderr)
        # The number of rows does not vary.
        rounds = 1 if case.kind == "empty page" else settings.rounds
        measured.append(measure(case, rounds))
    return measured
