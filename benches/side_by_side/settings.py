"""What to measure, from the environment: `ROUNDS=1 ROWS=10000 make bench` takes a few minutes."""

import os
from dataclasses import dataclass, field

# What a run measures, in this order.
PARTS = ("reading", "fetching", "opening")
USUAL_ROWS = 100_000


def numbers(text):
    return [int(number) for number in text.split(",")]


@dataclass
class Settings:
    # Runs of each client, in turn; the medians count.
    rounds: int = 3
    # Messages in the mailbox that all clients read.
    rows: int = USUAL_ROWS
    # Milliseconds before each answer of Graph.
    latencies: list = field(default_factory=lambda: [0, 50, 150])
    parts: tuple = PARTS
    # Names of clients that are left out.
    without: tuple = ()

    @classmethod
    def of(cls, environment=os.environ):
        """Takes ROUNDS, ROWS, LATENCIES, PARTS and WITHOUT, the last three with commas."""
        settings = cls()
        if environment.get("ROUNDS"):
            settings.rounds = int(environment["ROUNDS"])
        if environment.get("ROWS"):
            settings.rows = int(environment["ROWS"])
        if environment.get("LATENCIES"):
            settings.latencies = numbers(environment["LATENCIES"])
        if environment.get("PARTS"):
            settings.parts = tuple(environment["PARTS"].split(","))
            unknown = set(settings.parts) - set(PARTS)
            if unknown:
                raise SystemExit(f"PARTS does not know {', '.join(sorted(unknown))}: it has {', '.join(PARTS)}")
        if environment.get("WITHOUT"):
            settings.without = tuple(environment["WITHOUT"].split(","))
        return settings

    @property
    def plotted_rows(self):
        """Powers of ten, from 1,000 to ten times the mailbox."""
        sizes = [1_000]
        while sizes[-1] * 10 <= self.rows * 10:
            sizes.append(sizes[-1] * 10)
        return sizes

    @property
    def plotted_mailboxes(self):
        """Mailboxes of 1,000 messages each: 200 of them beside a mailbox of 100,000."""
        most = max(200 * self.rows // USUAL_ROWS, 1)
        return sorted({count for count in (1, 5, 20, 50, 100, 200) if count < most} | {most})
