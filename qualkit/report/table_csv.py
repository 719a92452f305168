"""The matrix as one long table for other programs: a row for each case, heading and extract, and for each empty cell.

UTF-8 with a byte order mark, so that Excel reads it as what it is; commas; texts with line feeds are quoted.

Excel runs text that begins with = + - @ (or a tab) as a formula when it opens a CSV, so such text gets an apostrophe
before it, as spreadsheets know it; text that already begins so gets one more. `unguarded` takes it off again. The
workbook needs no such guard.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qualkit.files import replacing
from qualkit.model.book import Book
from qualkit.model.chart import Cell, Extract, MatrixRow
from qualkit.model.schedule import Heading
from qualkit.model.workbook import cell_text
from qualkit.report.interface import Progress, silent

COLUMNS = (
    "case", "participants", "group", "category", "number", "heading", "status", "coders", "reference", "text", "cell",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t")


def guarded(text: str) -> str:
    """Text that a spreadsheet shows and never runs."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """The text as it was."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def write_csv(book: Book, path: Path, progress: Progress = silent) -> None:
    """Write the matrix to `path`, whole or not at all. Raises QualkitError where it cannot be written."""
    rows = book.matrix.rows

    def lines() -> Iterator[list[str]]:
        for done, row in enumerate(rows):
            progress(row.shown, done, len(rows))
            yield from _lines(book, row)

    write_table(path, [book.matrix.by if name == "case" else name for name in COLUMNS], lines())
    progress("saved", len(rows), len(rows))


def write_table(path: Path, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write one table to `path`, whole or not at all. Raises QualkitError where it cannot be written."""
    with replacing(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([guarded(cell_text(value)) for value in line] for line in lines)


def _lines(book: Book, row: MatrixRow) -> Iterator[list[str]]:
    """One line an extract, in the order of the framework; one line for a cell without extracts."""
    for category in book.matrix.framework.categories:
        for heading in category.headings:
            cell = book.matrix.cells.get((row.key, heading.key))
            head = [row.shown, ", ".join(row.participants), ", ".join(row.groups), category.name]
            yield from ([*head, *line] for line in _cell(heading, cell))


def _cell(heading: Heading, cell: Cell | None) -> Iterator[list[str]]:
    why = "" if cell is None or cell.emptiness is None else str(cell.emptiness)
    if why and cell and cell.told:
        why += f" ({cell.told})"
    start = [heading.number, heading.name]
    if cell is None or not cell.extracts:
        yield [*start, "empty", "", "", "", why]
        return
    for extract in cell.extracts:
        yield [*start, extract.status, ", ".join(extract.by), extract.reference, _text(extract), why]


def _text(extract: Extract) -> str:
    """As in the workbook: speakers are named where several speak, and an interviewer's words are marked."""
    several = len(extract.said) > 1
    lines = []
    for said in extract.said:
        text = f"{said.speaker}: {said.text}" if several and said.speaker else said.text
        lines.append(text if said.data else f"(context) {text}")
    return "\n".join(lines)
