"""The plots of a result."""

from .medians import of_each
from .plot import plot


def series(cases, kind, x, figure, scale=1):
    """For each client the points of a figure over the size of the cases."""
    found = {}
    for case in cases:
        if case["kind"] == kind:
            for name, figures in of_each(case["runs"]).items():
                found.setdefault(name, []).append((case[x], figures[figure] * scale))
    return found


def plots(result):
    """The SVG of each plot by its file's name."""
    cases = result.get("reading", [])
    wanted = {
        "rows.svg": ("Time to read a mailbox, 50 ms latency", "messages", "seconds", "rows", "rows", "seconds", 1),
        "memory.svg": (
            "Peak memory while a mailbox is read",
            "messages",
            "MiB",
            "rows",
            "rows",
            "peak_kib",
            1 / 1024,
        ),
        "mailboxes.svg": (
            "Time to read mailboxes of 1,000 messages, 50 ms latency",
            "mailboxes",
            "seconds",
            "mailboxes",
            "mailboxes",
            "seconds",
            1,
        ),
    }
    made = {}
    for name, (title, x_title, y_title, kind, x, figure, scale) in wanted.items():
        points = series(cases, kind, x, figure, scale)
        if points:
            made[name] = plot(title, x_title, y_title, points)
    return made
