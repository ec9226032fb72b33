"""docs/performance.md, written from a result."""

from .drivers import OWN
from .medians import best, of_each
from .readers import IDEAL, IDEAL_MANY
from .summary import summary
from .text import table

HEAD = """# Performance

`make bench` measures the driver beside its peers and writes this page. The peers are other clients of Graph, which read the same mailboxes
from the same [simulator](../graph-simulator/README.md), and other ODBC drivers, which fetch the same rows. Every round runs each of them
once, in turn; the figures are medians of the rounds. A client that takes more than a minute runs in the first round only.
"""

RATIOS = """## Ratios

Times, and processor time of reading, are beside the ideal client's, or say how many times faster than the fastest other client the driver is.
Fetching is measured in rows for each millisecond of the client's processor time, from memory, beside the best other ODBC driver.
"""

RUN = """## Measure again

```sh
make bench                          # everything; after an hour or so it has written this page
ROUNDS=1 ROWS=10000 scripts/bench   # a few minutes, smaller mailboxes
PARTS=fetching scripts/bench        # only a part: reading, fetching, opening
scripts/bench --page                # write this page from the last run, whatever its size
scripts/bench --keep                # make the last run the baseline
```

`scripts/bench` first installs the peers (`scripts/setup bench`). One that cannot be installed is left out. In the end the run is compared
with `benches/side_by_side/baseline.json`, which has the ratios of an earlier run of the same size, so that runs on other machines can be
compared, too. A run of all parts with 100,000 messages or more writes this page; smaller ones write `target/bench/performance.md`.
"""


def seconds(value):
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def beside(value, other):
    return f"{value / other:.2f} x" if other else ""


def about(result):
    machine, settings = result["machine"], result["settings"]
    left_out = settings.get("without")
    without = f"| Left out | {', '.join(left_out)} |\n" if left_out else ""
    versions = ", ".join(f"{name} {version}" for name, version in sorted(result["versions"].items()))
    return f"""## Machine

| | |
|---|---|
| Date | {result["date"]}, commit {result["commit"]} |
| Processor | {machine["processor"]}, {machine["cores"]} cores |
| Memory | {machine["memory"]} |
| System | {machine["system"]} |
| Rounds | {settings["rounds"]} |
{without}| Versions | {versions} |
"""


def reading_table(case, ideal=IDEAL):
    figures = of_each(case["runs"])
    least = figures.get(ideal, {}).get("seconds")
    rows = [
        [
            name,
            seconds(now["seconds"]),
            beside(now["seconds"], least),
            f"{now['rows'] / now['seconds']:,.0f}",
            seconds(now["processor"]),
            f"{now['peak_kib'] / 1024:.0f}",
            f"{now['requests']:.0f}",
            f"{now['in_flight']:.0f}",
        ]
        for name, now in figures.items()
    ]
    head = ["", "seconds", "of the ideal", "rows/s", "processor seconds", "peak MiB", "requests", "in flight"]
    return table(head, rows) + failed(case)


def failed(way):
    return "".join(f"\n{name} failed: {message}\n" for name, message in way["failed"].items())


def pick(cases, kind):
    return [case for case in cases if case["kind"] == kind]


def latencies(cases):
    """Clients below each other, latencies beside each other."""
    measured = [(case["latency"], of_each(case["runs"])) for case in cases]
    names = dict.fromkeys(name for _, figures in measured for name in figures)
    rows = []
    for name in names:
        row = [name]
        for _, figures in measured:
            now, least = figures.get(name), figures.get(IDEAL)
            row += [seconds(now["seconds"]), beside(now["seconds"], least and least["seconds"])] if now else ["", ""]
        rows.append(row)
    head = [""]
    for latency, _ in measured:
        head += [f"{latency} ms", "of the ideal"]
    return table(head, rows)


def reading(result):
    cases = result.get("reading", [])
    found = pick(cases, "latency")
    parts = [
        f"""## Read a mailbox

{found[0]["rows"]:,} messages, twelve columns, seconds at several latencies of Graph. The ideal client is a program in C that knows the
address of each page beforehand, has as many requests in flight as Graph allows for a mailbox, and keeps nothing of what it parses. All
other clients ask for pages of 1,000 rows (O365: 999) and follow the links in them. Pages are compressed, except where the table says
otherwise. Loading libraries and fetching a token are not counted. At 0 ms most of the time is the simulator's, which makes and
compresses the pages on the same processor.

{latencies(found)}"""
    ]
    for case in found:
        parts.append(f"At {case['latency']} ms:\n\n{reading_table(case)}")
    for case in pick(cases, "skewed"):
        parts.append(
            f"A mailbox with nine in ten messages in one week, at {case['latency']} ms:\n\n{reading_table(case)}"
        )
    parts += [growth(cases), mailboxes(cases), empty(cases)]
    return "\n".join(part for part in parts if part)


def growth(cases):
    found = pick(cases, "rows")
    if not found:
        return ""
    last = found[-1]
    return f"""## Read mailboxes of any size

![Seconds against messages](performance/rows.svg)

![Peak memory against messages](performance/memory.svg)

{last["rows"]:,} messages at {last["latency"]} ms. The driver streams them into buffers for 1,000 rows:

{reading_table(last)}
Peak memory is that of the whole process, and more than half of the driver's are pages of its own file: in a run that was looked into,
39 of 55 MiB, which all processes with the driver share and the system may drop. The other 16 MiB do not grow with the mailbox.
"""


def mailboxes(cases):
    found = pick(cases, "mailboxes")
    if not found:
        return ""
    last = found[-1]
    return f"""## Read many mailboxes

![Seconds against mailboxes](performance/mailboxes.svg)

{last["mailboxes"]} mailboxes of {last["rows"]:,} messages at {last["latency"]} ms. Graph's limit of four requests in flight is for each mailbox;
in flight is the most that one mailbox had:

{reading_table(last, IDEAL_MANY)}"""


def empty(cases):
    found = pick(cases, "empty page")
    if not found:
        return ""
    case = found[0]
    rows = [
        [name, f"{now['rows']:,.0f}"] for name, now in of_each(case["runs"]).items() if not name.startswith("ideal")
    ]
    return f"""## Read on after an empty page

Graph may return a page without rows, with a link to more. Of {case["rows"]:,} messages with one such page among them each client returned:

{table(["", "rows"], rows)}{failed(case)}"""


def fetching(result):
    ways = result.get("fetching", [])
    if not ways:
        return ""
    figures = {way["title"]: of_each(way["runs"]) for way in ways}
    names = dict.fromkeys(name for now in figures.values() for name in now)
    rows = []
    for name in names:
        row = [name]
        for now in figures.values():
            row.append(f"{now[name]['rows'] / now[name]['processor'] / 1000:,.0f}" if name in now else "")
        rows.append(row)
    for own in OWN:
        row = [f"**{own}, x the best peer**"]
        for now in figures.values():
            peer = best(now, [name for name in now if name not in OWN], "processor")
            row.append(f"**{now[peer]['processor'] / now[own]['processor']:.2f}**" if peer and own in now else "")
        rows.append(row)
    return f"""## Fetch rows through ODBC

Thousands of rows for each second of processor time of the client, text as bytes (char) or UTF-16 (wide), timestamps and bits in their
own types. Each driver is called directly, without a driver manager. PostgreSQL and MariaDB run in processes of their own, whose time
is not counted; SQLite runs inside its driver. The driver's own rows come once from Graph, with the time to receive and parse its pages, and
once from a temporary table in memory, which leaves the conversion.

{table(["", *figures], rows)}{"".join(failed(way) for way in ways)}"""


def microseconds(value):
    return f"{value * 1e6:,.0f}"


def milliseconds(value):
    return f"{value * 1e3:.2f}"


def opening(result):
    parts = result.get("opening")
    if not parts:
        return ""
    prepare, connect = of_each(parts["prepare"]["runs"]), of_each(parts["connect"]["runs"])
    prepared = [[name, microseconds(now["first"]), microseconds(now["again"])] for name, now in prepare.items()]
    connected = [
        [name, *(milliseconds(now[figure]) for figure in ("load", "connect", "again", "again_processor"))]
        for name, now in connect.items()
    ]
    connect_head = ["", "load", "connect", "connect again", "of these on the processor"]
    return f"""## Prepare and connect

Microseconds of SQLPrepare, SQLNumResultCols and SQLDescribeCol for twelve columns, of a text that the driver has not seen, and again:

{table(["", "first", "again"], prepared)}{failed(parts["prepare"])}
Milliseconds to load the library, to connect for the first time, and to connect again in the same process, with a token that is cached:

{table(connect_head, connected)}{failed(parts["connect"])}"""


def page(result):
    """The whole page."""
    parts = [HEAD, f"{RATIOS}\n{summary(result)}"]
    if result.get("reading"):
        parts.append(reading(result))
    parts += [fetching(result), opening(result), about(result), RUN]
    return "\n".join(part for part in parts if part)
