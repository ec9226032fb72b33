"""A result: everything that was measured, as JSON. Pages, plots and comparisons are made from it."""

import json
from dataclasses import asdict
from datetime import date

from .machine import commit, machine, versions


def begin(settings):
    return {
        "date": date.today().isoformat(),
        "commit": commit(),
        "machine": machine(),
        "versions": versions(),
        "settings": asdict(settings),
    }


def round_all(value):
    """Six significant digits are more than the measurements have."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {name: round_all(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [round_all(inner) for inner in value]
    return value


def save(result, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(round_all(result), indent=1) + "\n")


def load(path):
    return json.loads(path.read_text())


def failures(result):
    """Where a client failed or lost rows, its name, and its message."""
    places = [(f"{case['kind']}, {case['rows']:,} rows", case) for case in result.get("reading", [])]
    places += [(way["title"], way) for way in result.get("fetching", [])]
    places += [(way["title"], way) for way in result.get("opening", {}).values()]
    return [(title, name, message) for title, way in places for name, message in way["failed"].items()]
