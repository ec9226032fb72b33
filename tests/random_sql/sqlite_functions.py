"""Functions that SQLite lacks, written after the ODBC reference: checked arithmetic, texts, times.

A decimal of scale s comes as a whole number of 10^-s, dates and times as texts of a fixed width.
"""

import calendar
import datetime
import decimal
import math
import re

from .kinds import timestamp_text
from .lists import includes
from .sqlite_aggregates import register_aggregates

LEAST, MOST = -(2**63), 2**63 - 1


class DataError(Exception):
    """A statement's value is wrong in a way that SQL has a state for."""

    def __init__(self, state):
        super().__init__(state)
        self.state = state


def checked(value):
    if not LEAST <= value <= MOST:
        raise DataError("22003")
    return value


def multiply32(left, right):
    if not -(2**31) <= left * right < 2**31:
        raise DataError("22003")
    return left * right


def divide(left, right):
    """Whole numbers; towards zero."""
    if right == 0:
        raise DataError("22012")
    quotient = abs(left) // abs(right)
    return checked(quotient if (left < 0) == (right < 0) else -quotient)


def remainder(left, right):
    if right == 0:
        raise DataError("22012")
    return int(math.copysign(1, left)) * (abs(left) % abs(right))


def finite(value):
    if math.isinf(value) or math.isnan(value):
        raise DataError("22003")
    return value


def integer(text):
    try:
        value = int(decimal.Decimal(text.strip()))
    except (decimal.InvalidOperation, ValueError, OverflowError):
        raise DataError("22018") from None
    if not -(2**31) <= value < 2**31:
        raise DataError("22003")
    return value


def rescale(value, scale, wanted):
    """To fewer places, half away from zero; or to more."""
    if wanted >= scale:
        return checked(value * 10 ** (wanted - scale))
    unit = 10 ** (scale - wanted)
    return (abs(value) + unit // 2) // unit * (1 if value >= 0 else -1)


def truncated(value, scale):
    return abs(value) // 10**scale * (1 if value >= 0 else -1)


def decimal_text(value, scale):
    digits = str(abs(value)).rjust(scale + 1, "0")
    whole, part = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    return ("-" if value < 0 else "") + whole + ("." + part if part else "")


def whole(value):
    if not -(2.0**63) <= value < 2.0**63:
        raise DataError("22003")
    return int(value)


def round_half_away(value, places):
    unit = 10.0**places
    return math.copysign(math.floor(abs(value) * unit + 0.5), value) / unit


def stuff(value, start, length, new):
    # As in T-SQL: there is nothing behind the text.
    if start > max(len(value), 1):
        return None
    return value[: start - 1] + new + value[start - 1 + length :]


def locate(needle, text, start):
    return text.find(needle, start - 1) + 1


def soundex(text):
    codes = {
        letter: str(digit)
        for digit, letters in enumerate(("", "bfpv", "cgjkqsxz", "dt", "l", "mn", "r"))
        for letter in letters
    }
    letters = [letter for letter in text.lower() if "a" <= letter <= "z"]
    if not letters:
        return "0000"
    found, last = letters[0].upper(), codes.get(letters[0])
    for letter in letters[1:]:
        code = codes.get(letter)
        if code and code != last:
            found += code
        if letter not in "hw":
            last = code
    return found[:4].ljust(4, "0")


def difference(left, right):
    return sum(a == b for a, b in zip(soundex(left), soundex(right), strict=False))


def moment(value):
    """A date's or a timestamp's text as a moment, and whether it was a date."""
    if len(value) == 10:
        return datetime.datetime.fromisoformat(value), True
    return datetime.datetime.fromisoformat(value), False


def back(value, is_date):
    return value.date().isoformat() if is_date else timestamp_text(value)


def add_seconds(value, seconds):
    when, is_date = moment(value)
    try:
        return back(when + datetime.timedelta(seconds=seconds), is_date)
    except OverflowError:
        raise DataError("22008") from None


def add_days(value, days):
    return add_seconds(value, days * 86_400)


def add_months(value, months):
    when, is_date = moment(value)
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise DataError("22008")
    day = min(when.day, calendar.monthrange(year, month + 1)[1])
    return back(when.replace(year=year, month=month + 1, day=day), is_date)


def last_day(value):
    when, _ = moment(value)
    return when.date().replace(day=calendar.monthrange(when.year, when.month)[1]).isoformat()


def part(name, value):
    when, _ = moment(value)
    first_weekday = datetime.date(when.year, 1, 1).isoweekday() % 7
    return {
        "year": when.year,
        "month": when.month,
        "day": when.day,
        "quarter": (when.month + 2) // 3,
        "hour": when.hour,
        "minute": when.minute,
        "second": when.second,
        "dayofyear": when.timetuple().tm_yday,
        "weekday": when.isoweekday() % 7 + 1,
        "isoweek": when.isocalendar()[1],
        # Weeks begin on Sundays, the first with the year.
        "week": (when.timetuple().tm_yday - 1 + first_weekday) // 7 + 1,
    }[name]


def days_between(left, right):
    return (moment(right)[0].date() - moment(left)[0].date()).days


def months_between(left, right):
    left, right = moment(left)[0], moment(right)[0]
    return (right.year - left.year) * 12 + right.month - left.month


def try_integer(text):
    try:
        return integer(text)
    except DataError:
        return None


def initcap(text):
    letters, inside = [], False
    for letter in text:
        letters.append(letter.lower() if inside else letter.upper())
        inside = letter.isalnum()
    return "".join(letters)


def padded(text, length, fill, is_left):
    missing = (fill * length)[: max(length - len(text), 0)]
    return (missing + text if is_left else text + missing)[:length]


def split_part(text, separator, place):
    parts = text.split(separator)
    return parts[place - 1] if place <= len(parts) else ""


def translate(text, letters, others):
    return text.translate(
        {ord(letter): others[place] if place < len(others) else None for place, letter in enumerate(letters)}
    )


def ilike(text, pattern):
    words = "".join({"%": ".*", "_": "."}.get(letter, re.escape(letter)) for letter in pattern)
    return re.fullmatch(words, text, re.IGNORECASE | re.DOTALL) is not None


def first_match(pattern, text):
    found = re.search(pattern, text)
    return found[0] if found else None


def truncated_to(unit, value):
    when, is_date = moment(value)
    when = when.replace(hour=0, minute=0, second=0, microsecond=0)
    back_by = when.day - 1 if unit == "month" else when.weekday()
    return back(when - datetime.timedelta(days=back_by), is_date)


FUNCTIONS = {
    "add": (2, lambda left, right: checked(left + right)),
    "subtract": (2, lambda left, right: checked(left - right)),
    "multiply": (2, lambda left, right: checked(left * right)),
    "multiply32": (2, multiply32),
    "div": (2, divide),
    "mod": (2, remainder),
    "integer": (1, integer),
    "whole": (1, whole),
    "rescale": (3, rescale),
    "truncated": (2, truncated),
    "decimal_text": (2, decimal_text),
    "round_scaled": (
        3,
        lambda value, scale, places: (
            rescale(value, scale, places) * 10 ** (scale - places) if scale > places else value
        ),
    ),
    "truncate_scaled": (
        3,
        lambda value, scale, places: (
            truncated(value, scale - places) * 10 ** (scale - places) if scale > places else value
        ),
    ),
    "ceil_scaled": (2, lambda value, scale: -(-value // 10**scale) * 10**scale),
    "floor_scaled": (2, lambda value, scale: value // 10**scale * 10**scale),
    "round": (2, round_half_away),
    "truncate": (1, lambda value: float(math.trunc(value)) if abs(value) < 1e15 else value),
    "ceil": (1, lambda value: float(math.ceil(value)) if abs(value) < 1e15 else value),
    "floor": (1, lambda value: float(math.floor(value)) if abs(value) < 1e15 else value),
    "sign": (1, lambda value: (value > 0) - (value < 0)),
    "sqrt": (1, math.sqrt),
    "square": (1, lambda value: float(value) ** 2),
    "power": (2, lambda value, exponent: finite(float(value) ** exponent)),
    "exp": (1, math.exp),
    "ln": (1, math.log),
    "log10": (1, math.log10),
    "sin": (1, math.sin),
    "cos": (1, math.cos),
    "tan": (1, math.tan),
    "cot": (1, lambda value: 1 / math.tan(value)),
    "asin": (1, math.asin),
    "acos": (1, math.acos),
    "atan": (1, math.atan),
    "atan2": (2, math.atan2),
    "degrees": (1, math.degrees),
    "radians": (1, math.radians),
    "ascii": (1, lambda text: ord(text[0]) if text else 0),
    "unicode": (1, lambda text: ord(text[0]) if text else 0),
    "concat": (2, lambda left, right: left + right),
    "lower": (1, str.lower),
    "upper": (1, str.upper),
    "right": (2, lambda text, count: text[len(text) - min(count, len(text)) :]),
    "repeat": (2, lambda text, count: text * count),
    "reverse": (1, lambda text: text[::-1]),
    "stuff": (4, stuff),
    "locate": (3, locate),
    "soundex": (1, soundex),
    "difference": (2, difference),
    "includes": (2, includes),
    "add_seconds": (2, add_seconds),
    "add_days": (2, add_days),
    "add_months": (2, add_months),
    "last_day": (1, last_day),
    "part": (2, part),
    "days_between": (2, days_between),
    "months_between": (2, months_between),
    "try_integer": (1, try_integer),
    "initcap": (1, initcap),
    "lpad": (3, lambda text, length, fill: padded(text, length, fill, True)),
    "rpad": (3, lambda text, length, fill: padded(text, length, fill, False)),
    "split_part": (3, split_part),
    "translate": (3, translate),
    "ilike": (2, ilike),
    "regexp_count": (2, lambda text, pattern: len(re.findall(pattern, text))),
    "regexp_instr": (2, lambda text, pattern: found.start() + 1 if (found := re.search(pattern, text)) else 0),
    "regexp_replace": (3, lambda text, pattern, new: re.sub(pattern, new, text)),
    "regexp_substr": (2, lambda text, pattern: first_match(pattern, text)),
    "regexp_like": (2, lambda text, pattern: re.search(pattern, text) is not None),
    "starts_with": (2, str.startswith),
    "ends_with": (2, str.endswith),
    "truncated_to": (2, truncated_to),
    "date": (3, lambda year, month, day: datetime.date(year, month, day).isoformat()),
    "day_name": (1, lambda value: calendar.day_name[moment(value)[0].weekday()]),
    "month_name": (1, lambda value: calendar.month_name[moment(value)[0].month]),
}


def register(connection, failures):
    """Registers the functions. Their exceptions are in `failures` afterwards, because SQLite only records that one failed."""

    def wrapped(function):
        def call(*arguments):
            if None in arguments:
                return None
            try:
                return function(*arguments)
            except DataError as error:
                failures.append(error.state)
                raise

        return call

    # Not as deterministic ones: SQLite computes what is constant though no row needs it, and meets errors on the way.
    for name, (arity, function) in FUNCTIONS.items():
        connection.create_function(f"x_{name}", arity, wrapped(function))
    connection.create_function(
        "x_concat_ws", -1, lambda separator, *parts: separator.join(part for part in parts if part is not None)
    )
    for name, best in (("GREATEST", max), ("LEAST", min)):
        connection.create_function(
            name, -1, lambda *given, best=best: best((value for value in given if value is not None), default=None)
        )
    register_aggregates(connection)
