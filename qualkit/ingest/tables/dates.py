"""Days and moments as people write them, and nothing that could be read in two ways."""

import re
from datetime import UTC, date, datetime

_FULL = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = tuple(month[:3] for month in _FULL)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_YEAR}(?P<between>[-/.]?)(?P<month>[0-9]{{2}})(?P=between)(?P<day>[0-9]{{2}})",  # 2025-03-03, 20250303
        rf"(?P<day>[0-9]{{1,2}})(?P<between>[-/.])\s?(?P<month>[0-9]{{1,2}})(?P=between)\s?{_YEAR}",  # day first
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",  # 3 March 2025, 3-Mar-2025
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",  # March 3, 2025
    )
)
_TIME = r"(?P<hour>[0-9]{1,2})(?P<rest>:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
_ZONE = r"(?P<zone>Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
_CLOCK = re.compile(rf"(?P<day>.*[0-9])[T ]{_TIME} ?{_ZONE}", re.ASCII)

REMEDY = "Write year-month-day, such as 2025-03-03."


def iso_day(text: str) -> str | None:
    """The ISO day of a clear date; a clock time after it is left out. None where the day is not clear.

    03/03/2025 is read day first, as in Britain; 03/13/2025, 3/3/25 and March 2025 are not clear.
    """
    text = " ".join(text.split())
    if clock := _CLOCK.fullmatch(text):
        text = clock["day"]
    for form in _FORMS:
        if match := form.fullmatch(text.lower()):
            return _iso(match["year"], match["month"], match["day"])
    return None


def utc_moment(text: str) -> str | None:
    """A day, or a day with a clock time, in ISO 8601. A time with its zone is turned into UTC."""
    day, clock = iso_day(text), _CLOCK.fullmatch(" ".join(text.split()))
    if day is None or clock is None:
        return day
    zone = (clock["zone"] or "").replace("UTC", "Z")
    try:
        moment = datetime.fromisoformat(f"{day}T{clock['hour']:0>2}{clock['rest']}{zone}")
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment.tzinfo else moment.isoformat()
    except (ValueError, OverflowError):
        return None


def _iso(year: str, month: str, day: str) -> str | None:
    if month.isalpha():
        if month not in _FULL and month not in (*_MONTHS, "sept"):
            return None
        month = str(_MONTHS.index(month[:3]) + 1)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
