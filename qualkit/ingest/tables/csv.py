"""Delimited text as rows of cells: comma, semicolon or tab, texts in quotation marks, any line ends."""

import csv
import io
import re
from collections.abc import Iterator

from qualkit.errors import QualkitError
from qualkit.ingest.tables.columns import MOST, Layout, fold_column

Record = tuple[int, list[str]]  # the number of the row, and its cells

DELIMITERS = (",", ";", "\t")
_NAMED = re.compile(r"sep=(?P<delimiter>[,;\t])\r?\n?", re.IGNORECASE)


def delimited(text: str, layout: Layout) -> tuple[str, str]:
    """The separator, and the text that it separates: without the first line by which Excel names it."""
    if named := _NAMED.match(text):  # Excel does not count it as a row either
        return named["delimiter"], text[named.end() :]
    return _likely(text, layout), text


def _likely(text: str, layout: Layout) -> str:
    """The separator under which the first row holds most of the known columns, else most columns."""

    begins = text.lstrip(",;\t\r\n ")

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            first = next(_reader(begins, delimiter), [])
        except csv.Error:
            return 0, 0
        return len({fold_column(name) for name in first[:MOST]} & set(layout.known)), len(first)

    return max(DELIMITERS, key=fit)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def records(text: str, delimiter: str, file: str) -> Iterator[Record]:
    """Rows with something in them, and their numbers. Raises QualkitError at a quotation mark that is astray."""
    n = 0
    try:
        for n, record in enumerate(_reader(text, delimiter), 1):
            if any(cell.strip() for cell in record):
                yield n, record
    except csv.Error as fault:
        raise QualkitError(
            f"{file}, row {n + 1}: a quotation mark is not closed, or stands within a text in quotation marks.",
            'Close it, or double it within the text: "the ""new"" one". Saving from a spreadsheet does so.',
        ) from fault
