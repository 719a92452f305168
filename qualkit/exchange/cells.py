"""What stands in a cell that someone may have changed: text, or what a spreadsheet made of it on the way.

A spreadsheet turns 1.2 into a number, 1.10 into 1.1, and in some countries 1.2 into the first of February.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from qualkit.model.labels import Labels
from qualkit.model.notation import Unreadable

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HOW = "Type it as text: format the cell as Text first."


def text_of(cell: Any) -> str:
    """The cell's text, "" for an empty one. A number is written as Excel shows it, a formula as it was typed."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if isinstance(value, str) else str(value)


def typed(cell: Any, labels: Labels) -> str | Unreadable:
    """What someone typed into a Decision cell. A number or a date becomes the one heading number it can have been."""
    value = cell.value
    if cell.data_type == "e":
        return Unreadable("holds an error value", "Write the decision as text.")
    if cell.data_type == "f":
        return Unreadable("holds a formula", "Write the decision itself as text.")
    if isinstance(value, bool):
        return Unreadable("holds a truth value", "Write yes or no as text. " + _HOW)
    if isinstance(value, int | float):
        return _one({number for number in labels.numbers if _equal(number, value)}, "a number", str(value))
    if isinstance(value, date | datetime):
        return _one(_dated(value) & labels.numbers.keys(), "a date", "")
    if value is not None and not isinstance(value, str):
        return Unreadable("holds a time", "Write the decision as text. " + _HOW)
    return text_of(cell)


def _equal(number: str, value: float) -> bool:
    try:
        return Decimal(number) == Decimal(repr(value))
    except InvalidOperation:
        return False


def _dated(value: date) -> set[str]:
    """What may have been typed to give this date: day and month either way, with or without the year."""
    day, month, year = value.day, value.month, value.year % 100
    pairs = {f"{day}.{month}", f"{month}.{day}"}
    if day == 1:
        pairs |= {f"{month}.{year}", f"{month}.{year:02}"}  # read as month and year
    return pairs | {f"{pair}.{year}" for pair in (f"{day}.{month}", f"{month}.{day}")}


def _one(numbers: set[str], what: str, value: str) -> str | Unreadable:
    if len(numbers) == 1:
        return numbers.pop()
    if not numbers:
        said = f" {value}" if value else ""
        return Unreadable(f"holds {what}{said}, which is no heading of this workbook", _HOW)
    could = " or ".join(sorted(numbers))
    return Unreadable(f"holds {what} that may mean {could}", _HOW)
