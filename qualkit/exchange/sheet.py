"""One worksheet that came back: its cells row by row, and which of them are merged.

openpyxl says what a cell holds. It is not asked for whole sheets: it would make every cell up to the last one, and
every cell of a merged area, and one stray cell in the last row and column makes that seventeen billion.
"""

import io
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import SubElement

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from qualkit.exchange.opening import damage_told

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MERGES = 50_000
_AT_ONCE = 100  # rows
_TEXT, _RUN, _MERGED = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("t", "r", "mergeCell"))

Cells = Mapping[int, Any]  # by column, from 1; each has a `value`, which is not None, and openpyxl's `data_type`


@dataclass(frozen=True)
class Sheet:
    """Its rows are read anew each time."""

    path: Path
    title: str
    _xml: bytes
    _strings: list[str]
    _book: Any

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Each row with its number. Raises QualkitError where the sheet is damaged."""
        rows = self._rows()
        some: list[tuple[int, Cells]] = [(0, {})]
        while some:
            with damage_told(self.path):
                some = list(islice(rows, _AT_ONCE))
            yield from some

    def _rows(self) -> Iterator[tuple[int, Cells]]:
        parser = _Parser(self._book, self._strings)
        for _, element in iterparse(io.BytesIO(self._xml)):
            if element.tag == ROW_TAG:
                number, cells = parser.parse_row(element)
                element.clear()
                if not 0 < number <= _LAST_ROW:
                    raise ValueError("no number of a row")
                yield number, {c["column"]: ReadOnlyCell(None, **c) for c in cells if c["value"] is not None}

    def merged(self, column: int) -> "Merged":
        """The rows whose cell in this column was merged with others. Raises QualkitError as `rows` does."""
        with damage_told(self.path):
            areas = [CellRange(ref) for ref in self._merges()]
        return Merged([(area.min_row, area.max_row) for area in areas if area.min_col <= column <= area.max_col])

    def _merges(self) -> Iterator[str]:
        if b"mergeCell" not in self._xml.replace(b"\0", b""):  # UTF-16 too
            return
        found = 0
        for _, element in iterparse(io.BytesIO(self._xml)):
            if element.tag == _MERGED:
                found += 1
                if found > _MERGES:
                    raise ValueError("more merged cells than anybody merges")
                yield element.get("ref")
            elif element.tag == ROW_TAG:
                element.clear()


class Merged:
    """Rows as stretches that do not overlap, however many areas they came from."""

    def __init__(self, stretches: list[tuple[int, int]]) -> None:
        self._first: list[int] = []
        self._last: list[int] = []
        for first, last in sorted(stretches):
            if self._last and first <= self._last[-1]:
                self._last[-1] = max(self._last[-1], last)
            else:
                self._first.append(first)
                self._last.append(last)

    def __contains__(self, row: int) -> bool:
        at = bisect(self._first, row) - 1
        return at >= 0 and row <= self._last[at]


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Reads cells. Formulas stay as they were typed: to work out a shared one for each cell may take for ever."""

    def __init__(self, book: Any, strings: list[str]) -> None:
        formats = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
        super().__init__(None, strings, epoch=book.epoch, **formats)

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        if len(row) > _LAST_COLUMN:
            raise ValueError("more cells than a row has")
        for cell in row:
            if cell.get("t") == "inlineStr":  # a text in the cell itself: for it openpyxl takes ten times as long
                SubElement(cell, VALUE_TAG).text = text_in(cell.find(INLINE_STRING))
                cell.set("t", "str")
        number, cells = super().parse_row(row)
        return number, cells

    def parse_formula(self, element: Any) -> str:
        return "=" + (element.findtext(FORMULA_TAG) or "")


def text_in(node: Any) -> str:
    """A text without its formatting and what is written above its signs."""
    parts = []
    for part in () if node is None else node:
        text = part if part.tag == _TEXT else part.find(_TEXT) if part.tag == _RUN else None
        parts.append(text.text or "" if text is not None else "")
    return "".join(parts)
