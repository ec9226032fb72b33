"""A plot as SVG, with logarithmic axes. Sizes are marked where something was measured, values at powers of ten."""

from html import escape
from itertools import cycle
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 40, 50
# Colours that people with any vision tell apart.
COLOURS = ("#0072b2", "#56b4e9", "#999999", "#d55e00", "#009e73", "#cc79a7")
FONT = "font-family='sans-serif' font-size='12'"


def decades(values):
    """The powers of ten around the values."""
    low, high = floor(log10(min(values)) + 1e-9), ceil(log10(max(values)) - 1e-9)
    return [10**exponent if exponent >= 0 else 1 / 10**-exponent for exponent in range(low, max(high, low + 1) + 1)]


class Axis:
    """Places values between two ends of a line. The first and the last mark are at its ends."""

    def __init__(self, marks, begin, end):
        self.marks = marks
        self.begin, self.end = begin, end

    def at(self, value):
        first, last = log10(self.marks[0]), log10(self.marks[-1])
        share = (log10(value) - first) / (last - first) if last > first else 0
        return self.begin + share * (self.end - self.begin)


def text(x, y, content, more=""):
    return f"<text x='{x:.1f}' y='{y:.1f}' {FONT} {more}>{escape(content)}</text>"


def line(x1, y1, x2, y2, colour):
    return f"<line x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}' stroke='{colour}'/>"


def grid(x_axis, y_axis):
    for mark in x_axis.marks:
        x = x_axis.at(mark)
        yield line(x, TOP, x, HEIGHT - BOTTOM, "#dddddd")
        yield text(x, HEIGHT - BOTTOM + 18, f"{mark:,}", "text-anchor='middle'")
    for mark in y_axis.marks:
        y = y_axis.at(mark)
        yield line(LEFT, y, WIDTH - RIGHT, y, "#dddddd")
        yield text(LEFT - 8, y + 4, f"{mark:,}", "text-anchor='end'")


def apart(places, least=15):
    """Moves labels down until they do not cover each other."""
    moved, last = {}, None
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        last = place if last is None else max(place, last + least)
        moved[name] = last
    return moved


def curves(series, x_axis, y_axis):
    labels = apart({name: y_axis.at(points[-1][1]) for name, points in series.items()})
    for (name, points), colour in zip(series.items(), cycle(COLOURS)):
        places = [(x_axis.at(x), y_axis.at(y)) for x, y in points]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f"<polyline points='{joined}' fill='none' stroke='{colour}' stroke-width='2'/>"
        for x, y in places:
            yield f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' fill='{colour}'/>"
        yield text(WIDTH - RIGHT + 10, labels[name] + 4, name, f"fill='{colour}'")


def plot(title, x_title, y_title, series):
    """The SVG of some series: for each name points of x and y, all above zero."""
    series = {name: sorted(points) for name, points in series.items() if points}
    xs = sorted({x for points in series.values() for x, _ in points})
    ys = [y for points in series.values() for _, y in points]
    x_axis, y_axis = Axis(xs, LEFT, WIDTH - RIGHT), Axis(decades(ys), HEIGHT - BOTTOM, TOP)
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}'>",
        f"<rect width='{WIDTH}' height='{HEIGHT}' fill='white'/>",
        text(LEFT, 22, title, "font-weight='bold'"),
        *grid(x_axis, y_axis),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x_title, "text-anchor='middle'"),
        text(18, middle, y_title, f"text-anchor='middle' transform='rotate(-90 18 {middle:.1f})'"),
        *curves(series, x_axis, y_axis),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
