"""The one table that says how the driver does: each figure beside a peer's, as a ratio, with its goal."""

from dataclasses import dataclass

from .drivers import FROM_GRAPH, FROM_MEMORY, OWN
from .medians import best, of_each
from .readers import DRIVER_NAME, IDEAL, IDEAL_MANY
from .text import table

HEAD = ["", "this driver", "beside", "ratio", "goal"]

# Rows for each second of processor time beside the best peer's.
FETCH_GOALS = {
    "bound, 1,000 rows, char": 4,
    "bound, 1,000 rows, wide": 2.5,
    "bound, 1 row, char": 2,
    "bound, 1 row, wide": 2,
    "SQLGetData, char": 2,
    "SQLGetData, wide": 2,
}

# Seconds for each row that is read.
MOST_PROCESSOR = 0.20 / 100_000


@dataclass
class Line:
    """A figure, what it stands beside, and the ratio of both."""

    what: str
    own: str
    beside: str = ""
    ratio: float | None = None
    goal: str = ""

    def cells(self):
        return [self.what, self.own, self.beside, "" if self.ratio is None else f"{self.ratio:.2f}", self.goal]


def seconds(value):
    return f"{value:.2f} s" if value >= 0.1 else f"{value:.3f} s"


def is_other(name):
    """Whether a client is neither the driver nor an ideal one."""
    return name != DRIVER_NAME and not name.startswith("ideal")


def beside_ideal(case, what, ideal, goal):
    figures = of_each(case["runs"])
    own, least = figures.get(DRIVER_NAME), figures.get(ideal)
    if own and least:
        beside = f"{seconds(least['seconds'])} ({ideal})"
        yield Line(what, seconds(own["seconds"]), beside, own["seconds"] / least["seconds"], f"<= {goal}")


def beside_others(case, what):
    """How many times faster the driver is than the fastest client that follows links."""
    figures = of_each(case["runs"])
    peer = best(figures, filter(is_other, figures), "seconds")
    own = figures.get(DRIVER_NAME)
    if own and peer:
        theirs = figures[peer]["seconds"]
        yield Line(what, seconds(own["seconds"]), f"{seconds(theirs)} ({peer})", theirs / own["seconds"], ">= 3.5")


def processor(case, what):
    figures = of_each(case["runs"])
    own, least = figures.get(DRIVER_NAME), figures.get(IDEAL)
    if own and least:
        beside = f"{seconds(least['processor'])} ({IDEAL})"
        goal = f"<= {case['rows'] * MOST_PROCESSOR:.2f} s"
        yield Line(what, seconds(own["processor"]), beside, own["processor"] / least["processor"], goal)


def of_reading(cases):
    by_kind = {}
    for case in cases:
        by_kind.setdefault(case["kind"], []).append(case)
    latencies = by_kind.get("latency", [])
    for case in latencies:
        what = f"{case['rows']:,} messages at {case['latency']} ms"
        yield from beside_ideal(case, what, IDEAL, 1.15)
        yield from beside_others(case, f"{what}, times faster than the next client")
    for case in latencies[:1]:
        yield from processor(case, f"processor time of {case['rows']:,} messages")
    for case in by_kind.get("skewed", []):
        yield from beside_ideal(case, f"{case['rows']:,} skewed messages at {case['latency']} ms", IDEAL, 1.25)
    for case in by_kind.get("mailboxes", [])[-1:]:
        what = f"{case['mailboxes']} mailboxes x {case['rows']:,} messages at {case['latency']} ms"
        yield from beside_ideal(case, what, IDEAL_MANY, 1.25)
    for case in by_kind.get("rows", [])[-1:]:
        figures = of_each(case["runs"])
        if DRIVER_NAME in figures:
            peak = figures[DRIVER_NAME]["peak_kib"] / 1024
            yield Line(f"peak memory of {case['rows']:,} messages", f"{peak:.0f} MiB", goal="<= 40 MiB")


def of_fetching(ways):
    for way in ways:
        figures = of_each(way["runs"])
        speeds = {name: now["rows"] / now["processor"] / 1000 for name, now in figures.items()}
        peer = max((name for name in speeds if name not in OWN), key=speeds.get, default=None)
        if peer and FROM_MEMORY in speeds:
            own, theirs = speeds[FROM_MEMORY], speeds[peer]
            goal = f">= {FETCH_GOALS[way['title']]}" if way["title"] in FETCH_GOALS else ""
            yield Line(way["title"], f"{own:,.0f} rows/ms", f"{theirs:,.0f} rows/ms ({peer})", own / theirs, goal)


def of_opening(parts):
    for part, figure, what, scale, unit, goal in (
        ("prepare", "first", "SQLPrepare and SQLDescribeCol, first", 1e6, "us", 500),
        ("prepare", "again", "SQLPrepare and SQLDescribeCol, again", 1e6, "us", 70),
        ("connect", "load", "loading the library", 1e3, "ms", 20),
        ("connect", "again", "SQLDriverConnect with a cached token", 1e3, "ms", 5),
    ):
        figures = of_each(parts[part]["runs"]) if part in parts else {}
        peer = best(figures, [name for name in figures if name not in OWN], figure)
        if FROM_GRAPH not in figures:
            continue
        own = figures[FROM_GRAPH][figure]
        line = Line(what, f"{own * scale:,.1f} {unit}", goal=f"<= {goal} {unit}")
        if peer:
            theirs = figures[peer][figure]
            line.beside, line.ratio = f"{theirs * scale:,.1f} {unit} ({peer})", own / theirs
        yield line


def summary(result):
    """All lines as Markdown."""
    lines = [
        *of_reading(result.get("reading", [])),
        *of_fetching(result.get("fetching", [])),
        *of_opening(result.get("opening", {})),
    ]
    return table(HEAD, [line.cells() for line in lines])
