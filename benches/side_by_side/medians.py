"""Medians of runs, and ratios between them."""

from statistics import median


def medians(runs):
    """The median of every figure of several runs."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def of_each(runs):
    """The medians of each way, for those that were run."""
    return {name: medians(done) for name, done in runs.items() if done}


def ratio(figures, name, other, figure):
    """How many times as much of a figure one way has as another, or nothing where either is missing."""
    if name not in figures or other not in figures or not figures[other].get(figure):
        return None
    return figures[name][figure] / figures[other][figure]


def best(figures, names, figure):
    """The one of the ways that has the least of a figure, or nothing where none was run."""
    there = [name for name in names if name in figures]
    return min(there, key=lambda name: figures[name][figure], default=None)
