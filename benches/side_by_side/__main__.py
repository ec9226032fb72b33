"""Measures, writes the page, and compares with the baseline."""

import argparse
import sys

from . import baseline
from .drivers import OWN, drivers
from .fetching import fetch_all, open_all
from .page import page
from .places import BASELINE, LATEST, PAGE, SHOWN, WORK
from .plots import plots
from .readers import DRIVER_NAME
from .reading import read_all
from .result import begin, failures, load, save
from .settings import PARTS, USUAL_ROWS, Settings


def measure(settings):
    result = begin(settings)
    if "reading" in settings.parts:
        print("Reading mailboxes", file=sys.stderr)
        result["reading"] = read_all(settings)
    if {"fetching", "opening"} & set(settings.parts):
        print("Fetching rows", file=sys.stderr)
        with drivers(settings.rows) as sources:
            if "fetching" in settings.parts:
                result["fetching"] = fetch_all(sources, settings.rounds)
            if "opening" in settings.parts:
                result["opening"] = open_all(sources, settings.rounds)
    return result


def has_all_parts(result):
    return set(result["settings"]["parts"]) == set(PARTS)


def is_whole(result):
    return has_all_parts(result) and result["settings"]["rows"] >= USUAL_ROWS


def write(result, is_shown):
    """Writes the page and its plots: into the documentation, or beside the result of a smaller run."""
    at, beside = (PAGE, SHOWN) if is_shown else (WORK / "performance.md", WORK / "performance")
    beside.mkdir(parents=True, exist_ok=True)
    at.write_text(page(result))
    for name, svg in plots(result).items():
        (beside / name).write_text(svg)
    if is_shown:
        save(result, SHOWN / "result.json")
    return at


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--page", action="store_true", help="write docs/performance.md from the last run")
    parser.add_argument("--keep", action="store_true", help="make the last run the baseline")
    parser.add_argument("--compare", action="store_true", help="compare the last run with the baseline")
    given = parser.parse_args()
    if not (given.page or given.keep or given.compare):
        save(measure(Settings.of()), LATEST)
    result = load(LATEST)
    if given.keep and not has_all_parts(result):
        raise SystemExit("The last run had only some parts: the baseline has to have all")
    if given.keep:
        baseline.keep(result, BASELINE)
    at = write(result, given.page or is_whole(result))
    print(at.read_text())
    print(*baseline.compare(result, baseline.load(BASELINE)), sep="\n")
    print(f"\nWritten: {at}", file=sys.stderr)
    failed = failures(result)
    for place, name, message in failed:
        print(f"{place}: {name}: {message}", file=sys.stderr)
    # Time never fails a run, nor does a peer.
    return 1 if any(name in (DRIVER_NAME, *OWN) for _, name, _ in failed) else 0


sys.exit(main())
