"""The ratios that the driver is judged by. Less is better in all of them, and none depends on how fast the machine is."""

from .drivers import OWN
from .medians import best, of_each, ratio
from .readers import DRIVER_NAME, IDEAL, IDEAL_MANY


def case_name(case):
    if case["kind"] == "mailboxes":
        mailboxes = "1 mailbox" if case["mailboxes"] == 1 else f"{case['mailboxes']} mailboxes"
        return f"{mailboxes} x {case['rows']:,} messages"
    if case["kind"] == "skewed":
        return f"{case['rows']:,} skewed messages"
    return f"{case['rows']:,} messages"


def of_reading(cases):
    """Time, processor time and memory beside the ideal client's."""
    for case in cases:
        if case["kind"] == "empty page":
            continue
        figures = of_each(case["runs"])
        name = f"{case_name(case)} at {case['latency']} ms"
        if case["kind"] == "rows":
            name += " (plot)"
        for ideal in (IDEAL, IDEAL_MANY) if case["kind"] == "mailboxes" else (IDEAL,):
            yield f"time of {name} / {ideal}", ratio(figures, DRIVER_NAME, ideal, "seconds")
        yield f"processor time of {name} / {IDEAL}", ratio(figures, DRIVER_NAME, IDEAL, "processor")
        if DRIVER_NAME in figures:
            yield f"peak memory of {name}, MiB", figures[DRIVER_NAME]["peak_kib"] / 1024


def beside_best(title, way, figure):
    """A figure beside the best peer's."""
    figures = of_each(way["runs"])
    peer = best(figures, [name for name in figures if name not in OWN], figure)
    for own in OWN:
        if peer and own in figures:
            yield f"{title}: {own} / best peer", ratio(figures, own, peer, figure)


def ratios(result):
    """All ratios of a result by name."""
    found = dict(of_reading(result.get("reading", [])))
    for way in result.get("fetching", []):
        found |= beside_best(f"processor time, {way['title']}", way, "processor")
    opening = result.get("opening", {})
    for part, figure, title in (
        ("prepare", "first", "SQLPrepare, first time"),
        ("prepare", "again", "SQLPrepare, again"),
        ("connect", "load", "loading"),
        ("connect", "again", "SQLDriverConnect, again"),
    ):
        if part in opening:
            found |= beside_best(title, opening[part], figure)
    return {name: value for name, value in found.items() if value is not None}
