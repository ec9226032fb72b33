"""A series: as Graph has it, and its rows by the rules of dateutil and zoneinfo (docs/graph.md#recurrence)."""

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from dateutil import rrule

from .zones import ZONES, to_utc

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
KINDS = ["daily", "weekly", "absoluteMonthly", "relativeMonthly", "absoluteYearly", "relativeYearly"]


@dataclass(frozen=True)
class Row:
    """A row of CalendarView and EventInstances, as far as it is compared."""

    subject: str
    kind: str
    start: datetime
    end: datetime
    master: str | None
    original: datetime | None
    calendar: str


@dataclass
class Change:
    """A changed occurrence."""

    id: str
    subject: str
    start: datetime
    end: datetime


@dataclass
class Series:
    id: str
    calendar: str
    kind: str
    interval: int
    # Numbers in WEEKDAYS.
    days: list
    week_start: int
    place: str
    day: int
    month: int
    first: date
    # None, the last day, or how often.
    end: date | int | None
    zone: str
    is_all_day: bool
    # When it starts, as clocks show it, and how long they run until it ends.
    at: time
    lasts: timedelta
    cancelled: set = field(default_factory=set)
    # By their days.
    changed: dict = field(default_factory=dict)

    @property
    def subject(self):
        return f"Series {self.id}"

    def dates(self):
        """All its days, the cancelled and the changed ones among them."""
        options = {"interval": self.interval, "dtstart": datetime.combine(self.first, time())}
        if isinstance(self.end, int):
            options["count"] = self.end
        elif self.end:
            options["until"] = datetime.combine(self.end, time())
        # A day that a month lacks is its last one.
        of_month = {"bymonthday": range(min(self.day, 28), self.day + 1), "bysetpos": -1}
        among = {"byweekday": self.days, "bysetpos": PLACES[self.place]}
        frequency, more = {
            "daily": (rrule.DAILY, {}),
            "weekly": (rrule.WEEKLY, {"byweekday": self.days, "wkst": self.week_start}),
            "absoluteMonthly": (rrule.MONTHLY, of_month),
            "relativeMonthly": (rrule.MONTHLY, among),
            "absoluteYearly": (rrule.YEARLY, {"bymonth": self.month, **of_month}),
            "relativeYearly": (rrule.YEARLY, {"bymonth": self.month, **among}),
        }[self.kind]
        return (day.date() for day in rrule.rrule(frequency, **options, **more))

    def times(self, day):
        """Start and end on a day, in UTC."""
        zone = "UTC" if self.is_all_day else ZONES[self.zone]
        start = datetime.combine(day, self.at)
        end = start + self.lasts
        start, end = to_utc(start, zone), to_utc(end, zone)
        return start, max(start, end)

    def rows(self, until):
        """Its rows as far as they start before a time."""
        for day in itertools.takewhile(lambda day: day <= until.date() + timedelta(days=2), self.dates()):
            if day not in self.cancelled and day not in self.changed:
                start, end = self.times(day)
                yield Row(self.subject, "occurrence", start, end, self.id, start, self.calendar)
        for day, change in self.changed.items():
            original, _ = self.times(day)
            yield Row(change.subject, "exception", change.start, change.end, self.id, original, self.calendar)

    def events(self):
        """The master and the exceptions, as Graph has them."""
        start, end = self.times(self.first)
        master = {
            "id": self.id,
            "type": "seriesMaster",
            "subject": self.subject,
            # As Outlook makes them, without a day.
            "iCalUId": f"040000008200E00074C5B7101A82E00800000000{self.id.encode().hex().upper()}",
            "recurrence": self.recurrence(),
            "cancelledOccurrences": [f"OID.{self.id}.{day}" for day in sorted(self.cancelled)],
            **self.common(start, end),
        }
        changed = [
            {
                "id": change.id,
                "type": "exception",
                "subject": change.subject,
                "seriesMasterId": self.id,
                "originalStart": f"{self.times(day)[0].isoformat()}.0000000Z",
                **self.common(change.start, change.end),
            }
            for day, change in self.changed.items()
        ]
        return [{"calendar": self.calendar, "event": event} for event in [master, *changed]]

    def common(self, start, end):
        return {
            "changeKey": "1",
            "isAllDay": self.is_all_day,
            "originalStartTimeZone": self.zone,
            "originalEndTimeZone": self.zone,
            "start": zoned(start),
            "end": zoned(end),
        }

    def recurrence(self):
        kinds = {None: "noEnd", int: "numbered", date: "endDate"}
        return {
            "pattern": {
                "type": self.kind,
                "interval": self.interval,
                "month": self.month,
                "dayOfMonth": self.day,
                "daysOfWeek": [WEEKDAYS[day] for day in self.days],
                "firstDayOfWeek": WEEKDAYS[self.week_start],
                "index": self.place,
            },
            "range": {
                "type": kinds[self.end and type(self.end)],
                "startDate": str(self.first),
                "endDate": str(self.end) if isinstance(self.end, date) else "0001-01-01",
                "numberOfOccurrences": self.end if isinstance(self.end, int) else 0,
                "recurrenceTimeZone": self.zone,
            },
        }


def zoned(moment):
    return {"dateTime": f"{moment.isoformat()}.0000000", "timeZone": "UTC"}
