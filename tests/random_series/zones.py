"""Zones of all kinds, by the names that a series has them and those of Python."""

from datetime import UTC
from zoneinfo import ZoneInfo

ZONES = {
    "UTC": "UTC",
    "W. Europe Standard Time": "Europe/Berlin",
    "Eastern Standard Time": "America/New_York",
    "Pacific Standard Time": "America/Los_Angeles",
    "India Standard Time": "Asia/Kolkata",
    "Nepal Standard Time": "Asia/Kathmandu",
    # Half an hour of summer time.
    "Lord Howe Standard Time": "Australia/Lord_Howe",
    "AUS Eastern Standard Time": "Australia/Sydney",
    "Newfoundland Standard Time": "America/St_Johns",
    # Had summer time until 2019, which began at midnight.
    "E. South America Standard Time": "America/Sao_Paulo",
    # Had no 30 December 2011.
    "Samoa Standard Time": "Pacific/Apia",
    "Europe/London": "Europe/London",
    "Pacific/Auckland": "Pacific/Auckland",
}


def to_utc(local, zone):
    """The moment at which clocks show a time: the first of two; where they skip the time, as much later as they skip."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def to_local(moment, zone):
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
