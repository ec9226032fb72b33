"""Random series against dateutil: few of them. scripts/random-series tries many."""

import dataclasses
import io
import random
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from mailboxes import simulator
from random_series import make
from random_series.run import LATEST, Session, ask, run
from random_series.series import KINDS, Series
from random_series.zones import ZONES

ROUNDS = 16
SEED = 20_260_102


@pytest.fixture(scope="module")
def session(odbc_files):
    # Its events are replaced, so it is not that of the other tests.
    with simulator("--sample") as mailboxes:
        yield Session(mailboxes)


def test_random_series_take_place_as_dateutil_says(session):
    out = io.StringIO()
    counts = run(session, SEED, range(ROUNDS), out)
    assert not counts["wrong"], out.getvalue()
    assert counts["rows"] > 5_000
    missing = {*KINDS, *(f"zone {zone}" for zone in ZONES)} - {*counts}
    assert not missing, "not tried"


# Of every kind of rule one that is broken: a series that is put into the simulator, and what makes it another one.
BROKEN = [
    ("weeks begin with another day", {"kind": "weekly", "interval": 2, "days": [1, 6]}, {"week_start": 6}),
    ("another interval", {"kind": "daily", "interval": 3}, {"interval": 4}),
    ("days of months are skipped", {"kind": "absoluteMonthly", "day": 31}, {"day": 30}),
    ("the fourth instead of the last", {"kind": "relativeMonthly", "days": [4], "place": "last"}, {"place": "fourth"}),
    ("days counted one by one", {"kind": "relativeYearly", "days": [0, 1], "place": "second"}, {"days": [1]}),
    ("a day after the last", {"kind": "daily", "end": date(2025, 6, 1)}, {"end": date(2025, 6, 2)}),
    ("one too few", {"kind": "weekly", "days": [0], "end": 40}, {"end": 39}),
    ("no summer time", {"kind": "daily", "zone": "W. Europe Standard Time"}, {"zone": "UTC", "at": time(8)}),
    ("an hour is skipped", {"kind": "daily", "zone": "W. Europe Standard Time", "at": time(2, 30)}, {"at": time(3, 30)}),
    ("cancelled ones take place", {"kind": "daily", "cancelled": {date(2025, 5, 5)}}, {"cancelled": set()}),
]


@pytest.mark.parametrize(("given", "broken"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_rule_is_noticed(session, given, broken):
    usual = {
        "id": "AAMkOne=",
        "calendar": session.calendars[0],
        "kind": "daily",
        "interval": 1,
        "days": [0],
        "week_start": 0,
        "place": "first",
        "day": 15,
        "month": 9,
        "first": date(2025, 1, 1),
        "end": None,
        "zone": "UTC",
        "is_all_day": False,
        "at": time(9),
        "lasts": timedelta(minutes=30),
    }
    right = Series(**{**usual, **given})
    session.put([right])
    span = "start_dateTime BETWEEN {d '2025-01-01'} AND {d '2030-01-01'}"

    def answer(series):
        wanted = [row for row in series.rows(LATEST) if datetime(2025, 1, 1) <= row.start <= datetime(2030, 1, 1)]
        return [ask(session, table, span, wanted) for table in ("view", "instances")]

    assert answer(right) == [[], []]
    view, instances = answer(dataclasses.replace(right, **broken))
    assert view and instances


def test_an_occurrence_is_read_by_its_id_and_is_no_event(session):
    chance = random.Random(SEED)
    session.put([make.series(chance, number, session.calendars) for number in range(20)])
    span = "start_dateTime BETWEEN {d '2006-01-01'} AND {d '2027-01-01'}"
    columns = "id, compositeKey, safeKey, iCalUId, subject, start_dateTime, end_dateTime, seriesMasterId"
    rows = session.cursor.execute(f"SELECT {columns} FROM CalendarView WHERE {span}").fetchall()
    # Every row is told from the others by its id, by its keys, and by its id in all calendars.
    for column in range(4):
        assert max(Counter(row[column] for row in rows if row[column] is not None).values()) == 1
    for row in chance.sample(rows, 12):
        for key in ("id", "compositeKey", "safeKey"):
            value = getattr(row, key)
            again = session.cursor.execute(f"SELECT {columns} FROM CalendarView WHERE {key} = ?", value).fetchall()
            assert [tuple(found) for found in again] == [tuple(row)]
    masters = session.cursor.execute("SELECT id FROM Events WHERE type <> 'seriesMaster'").fetchall()
    assert masters == []
    assert session.cursor.execute("SELECT COUNT(*) FROM Events").fetchval() == 20


def test_one_bound_leaves_nothing_out(session):
    chance = random.Random(SEED)
    every = [make.series(chance, number, session.calendars) for number in range(20)]
    every = [series for series in every if series.end]
    session.put(every)
    rows = [row for series in every for row in series.rows(LATEST)]
    bound = datetime(2016, 5, 1)
    before = [row for row in rows if row.start < bound]
    assert before
    assert ask(session, "view", "start_dateTime < {d '2016-05-01'}", before) == []
    # All rows of a series that ends, so that none is missing after a last day of the comparison.
    ends = next(series for series in every if 1 < len([*series.dates()]) < 100 and max(series.dates()) < LATEST.date())
    after = [row for row in rows if row.master == ends.id and row.end > datetime(2006, 1, 1)]
    only = f"seriesMasterId = '{ends.id}' AND end_dateTime > {{d '2006-01-01'}}"
    assert ask(session, "instances", only, after) == []
