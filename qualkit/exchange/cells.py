"""What stands in a cell that someone may have changed: text, or what a spreadsheet made of it on the way.

A spreadsheet turns 1.2 into a number, 1.10 into 1.1, and in some countries 1.2 into the first of February.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from qualkit.model.labels import MARK, Labels
from qualkit.model.notation import LONGEST, Unreadable
from qualkit.model.workbook import cell_text

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MARKS = 60  # commas and the like in one decision
_HOW = "Type it as text: format the cell as Text first."


class Numbers:
    """The numbers of the headings as a spreadsheet may have turned them into its own."""

    def __init__(self, labels: Labels) -> None:
        self.written = labels.numbers.keys()
        self._by_value: dict[Decimal, set[str]] = {}
        for number in self.written:
            if (value := _decimal(number)) is not None:
                self._by_value.setdefault(value, set()).add(number)

    def equal(self, value: float) -> set[str]:
        """1.1 may have been 1.10."""
        found = _decimal(repr(value))
        return set() if found is None else self._by_value.get(found, set())


def _decimal(number: str) -> Decimal | None:
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def text_of(cell: Any) -> str:
    """The cell's text, "" for an empty one. A number is written as Excel shows it, a formula as it was typed."""
    value = cell.value if cell else None
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if not isinstance(value, str):
        return str(value)
    if not _ESCAPED.search(value):
        return value
    # what was escaped may be half a pair, or a sign for the terminal: such become visible, as in a cell that we write
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return cell_text(plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def typed(cell: Any, numbers: Numbers) -> str | Unreadable:
    """What someone typed into a Decision cell. A number or a date becomes the one heading number it can have been."""
    value = cell.value if cell else None
    if value is None:
        return ""
    if cell.data_type == "e":
        return Unreadable("holds an error value", "Write the decision as text.")
    if cell.data_type == "f":
        return Unreadable("holds a formula", "Write the decision itself as text.")
    if isinstance(value, bool):
        return Unreadable("holds a truth value", "Write yes or no as text. " + _HOW)
    if isinstance(value, int | float):
        return _one(numbers.equal(value), "a number", repr(value))
    if isinstance(value, date | datetime):
        return _one(_dated(value) & numbers.written, "a date", "")
    if not isinstance(value, str):
        return Unreadable("holds a time", "Write the decision as text. " + _HOW)
    text = text_of(cell)
    if len(text) > LONGEST or len(MARK.findall(text)) > _MARKS:
        return Unreadable("is far longer than a decision", "Write the numbers of the headings, such as 1.2; 2.3.")
    return text


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
        said = f" {value}" if 0 < len(value) <= 20 else ""
        return Unreadable(f"holds {what}{said}, which is no heading of this workbook", _HOW)
    could = " or ".join(sorted(numbers))
    return Unreadable(f"holds {what} that may mean {could}", _HOW)
