"""Random series and spans."""

import itertools
from datetime import date, datetime, time, timedelta

from .series import KINDS, PLACES, Change, Series
from .zones import ZONES, to_local, to_utc

FIRST = date(2006, 1, 1)
DAYS = 20 * 365
# Days near which the clocks of some zone change.
CHANGES = [date(2011, 12, 28), date(2017, 10, 14), date(2018, 2, 17), date(2024, 3, 9), date(2024, 10, 26), date(2025, 4, 5)]


def days(chance, last=DAYS):
    if chance.random() < 0.3:
        return chance.choice(CHANGES) + timedelta(days=chance.randrange(-40, 3))
    return FIRST + timedelta(days=chance.randrange(last))


def series(chance, number, calendars):
    made = None
    while made is None or not is_clear(made):
        made = attempt(chance, number, calendars)
    vary(chance, made)
    return made


def attempt(chance, number, calendars):
    kind = chance.choice(KINDS)
    first = days(chance)
    is_all_day = chance.random() < 0.15
    end = chance.choice([None, "on", "on", "after", "after"])
    if end == "on":
        end = first + timedelta(days=chance.choice([0, 20, 400, 4000]) + chance.randrange(60))
    elif end == "after":
        end = chance.choice([1, 2, 10, 200, 999])
    minutes = chance.choice([0, 15, 60, 90, 600, 1440, 4000])
    return Series(
        id=f"AAMkSeries{number:04}=",
        calendar=chance.choice(calendars),
        kind=kind,
        interval=chance.choice([1, 1, 1, 2, 3, 5, 13]),
        days=sorted(chance.sample(range(7), chance.choice([1, 1, 2, 3, 5, 7]))),
        week_start=chance.choice([0, 6, 6, 5, 2]),
        place=chance.choice(list(PLACES)),
        day=chance.choice([first.day, 1, 28, 29, 30, 31]),
        month=chance.choice([first.month, 2, chance.randrange(1, 13)]),
        first=first,
        end=end,
        zone=chance.choice(list(ZONES)),
        is_all_day=is_all_day,
        at=time() if is_all_day else time(chance.choice([0, 1, 2, 3, chance.randrange(24)]), chance.choice([0, 10, 30])),
        lasts=timedelta(days=chance.randrange(1, 4)) if is_all_day else timedelta(minutes=minutes),
    )


def is_clear(series):
    """Whether clocks show the times of the master, from which those of the series are read."""
    zone = "UTC" if series.is_all_day else ZONES[series.zone]
    start = datetime.combine(series.first, series.at)
    times = [start, start + series.lasts]
    return all(to_local(to_utc(time, zone), zone) == time for time in times) and next(series.dates(), None) is not None


def vary(chance, series):
    """Cancels and changes some of the occurrences."""
    known = list(itertools.islice(series.dates(), 400))
    some = chance.sample(known, min(len(known), chance.choice([0, 0, 1, 3, 8])))
    for number, day in enumerate(some):
        if chance.random() < 0.4:
            series.cancelled.add(day)
            continue
        start, end = series.times(day)
        if not series.is_all_day and to_local(start, ZONES[series.zone]).date() != day:
            # Clocks skip the whole day, so nobody can tell by its start which of two occurrences it was.
            continue
        # Moved, longer or shorter, or only changed.
        unit = timedelta(days=1) if series.is_all_day else timedelta(minutes=15)
        start += unit * chance.choice([0, 0, 1, -4, 96, 500])
        end = start + unit * chance.choice([0 if not series.is_all_day else 1, 1, 2, 40])
        series.changed[day] = Change(f"AAMkChange{number}{series.id[4:]}", f"Changed {number} of {series.id}", start, end)


def span(chance, rows, latest):
    """A span of time that ends before the latest one, often with a bound at which something starts or ends."""
    bounds = [bound for row in rows for bound in (row.start, row.end) if bound < latest]
    if bounds and chance.random() < 0.6:
        start = chance.choice(bounds)
    else:
        start = datetime.combine(days(chance), time(chance.randrange(24)))
    start += timedelta(seconds=chance.choice([0, 0, 1, -1]))
    length = chance.choice([1, 24, 24 * 7, 24 * 31, 24 * 400, 24 * 1825, 24 * 4500])
    later = [bound for bound in bounds if start < bound <= start + timedelta(hours=length)]
    if later and chance.random() < 0.4:
        return start, chance.choice(later)
    return start, min(start + timedelta(hours=length), latest)
