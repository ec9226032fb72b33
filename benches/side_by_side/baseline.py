"""The stored ratios of an earlier run, which show what has become slower. Runs of other sizes have their own."""

import json

from .ratios import ratios

# Runs of the same library differ by so much.
TOLERANCE = 1.15


def key(result):
    return f"{result['settings']['rows']} rows"


def load(path):
    return json.loads(path.read_text()) if path.exists() else {}


def keep(result, path):
    """Makes a result the baseline for runs of its size."""
    stored = load(path)
    kept = {name: float(f"{value:.3g}") for name, value in ratios(result).items()}
    stored[key(result)] = {"date": result["date"], "commit": result["commit"], "ratios": kept}
    path.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n")


def compare(result, stored):
    """Lines that say what has changed against the baseline: all ratios, the changes marked, worst first."""
    earlier = stored.get(key(result))
    if not earlier:
        return [f"There is no baseline for {key(result)}: scripts/bench --keep makes this run the baseline."]
    now, was = ratios(result), earlier["ratios"]
    changes = [(now[name] / was[name], name) for name in now if was.get(name)]
    changes.sort(reverse=True)
    lines = [f"Against the baseline of {earlier['date']} ({earlier['commit']}): now, then, now / then. Less is better."]
    for change, name in changes:
        lines.append(f"{verdict(change):8}{now[name]:10.3f}{was[name]:10.3f}{change:8.2f}  {name}")
    lines += [f"{'missing':8}{'':28}  {name}" for name in was if name not in now]
    worse = sum(change > TOLERANCE for change, _ in changes)
    lines.append(f"{worse} of {len(changes)} ratios are worse by more than {TOLERANCE - 1:.0%}.")
    return lines


def verdict(change):
    if change > TOLERANCE:
        return "WORSE"
    return "better" if change < 1 / TOLERANCE else ""
