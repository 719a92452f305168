"""Tables that people edit (cases.csv and others): one reader of delimited text for all of them.

Every value stays as it is written, as text: "NA" and "007" are data. A row is numbered as a spreadsheet numbers it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from qualkit.errors import QualkitError
from qualkit.framework.near import spaced
from qualkit.ingest.faults import some_places
from qualkit.ingest.tables.columns import Columns, Layout, columns_of
from qualkit.ingest.tables.csv import Record, delimited, records
from qualkit.ingest.tables.decode import Decoded, decode
from qualkit.ingest.tables.files import document, read_bytes
from qualkit.model.rows import Problem

LONGEST = 50_000_000  # bytes
LONGEST_NAME = 1_000  # signs in a cell that holds no text: a name, a day, a verdict
_MOST_MARKS = 3_000_000  # separators and line ends: fifty thousand decisions with their quotations have one million
_MOST_ROWS = 200_000
_MOST_CELLS = 3_000_000  # those that short rows under a wide head leave empty included

RESERVED = {
    "cases.csv": "qualkit import cases",
    "transcripts.csv": "qualkit import transcripts",
    "decisions.csv": "qualkit import decisions",
    "codebook.csv": "qualkit import codebook",
    "minutes.csv": "qualkit themes minutes",
    "recruitment.csv": "qualkit import recruitment",
    "saturation.yaml": "qualkit saturation declare",
    "schedule.yaml": "qualkit import framework",
}


def reserved(name: str) -> str | None:
    """The command that reads a file of this name; None for a file that may be a transcript."""
    return RESERVED.get(PurePath(name).name.lower())


@dataclass(frozen=True)
class TableRow:
    """One row: its number in a spreadsheet, and its cells by folded column name, unchanged."""

    n: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell without the spaces around it; "" where the table has no such column."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class Table:
    """A table as read. `columns` are folded names in the order of the file, `headers` the same as written."""

    file: str
    columns: tuple[str, ...]
    headers: dict[str, str]
    rows: tuple[TableRow, ...]
    encoding: str
    delimiter: str
    problems: tuple[Problem, ...]

    def problem(self, row: TableRow, what: str, remedy: str = "", *, serious: bool = True) -> Problem:
        return Problem(self.file, f"row {row.n}", what, remedy, serious=serious)


def read_table(path: Path, layout: Layout) -> Table:
    """Read comma, semicolon or tab separated text. Raises QualkitError where the table as a whole cannot be read."""
    data = read_bytes(path, LONGEST)
    _refuse_others(path, data)
    decoded = decode(data, str(path))
    if sum(map(decoded.text.count, "\n\r,;\t")) > _MOST_MARKS:
        raise _too_long(str(path))
    delimiter, text = delimited(decoded.text, layout)
    return _table(str(path), decoded, delimiter, records(text, delimiter, str(path)), layout)


def _too_long(file: str) -> QualkitError:
    what = f"{file}: the table has far more rows or cells than any of a study."
    return QualkitError(what, "Look whether this is the file that you mean. If it is, split it into several.")


def _refuse_others(path: Path, data: bytes) -> None:
    if len(data) > LONGEST:
        raise QualkitError(f"{path}: the file is longer than {LONGEST // 1_000_000} MB.", "Split it into several.")
    what = document(path, data)
    if what == "an Excel workbook":
        raise QualkitError(
            f"{path}: this is an Excel workbook; tables are read from CSV only so far, workbooks in a later version.",
            "In Excel choose File, Save as, CSV UTF-8, and read that file.",
        )
    if what:
        raise QualkitError(f"{path}: this is {what}, not a table in CSV.", "Save the table as CSV UTF-8.")


def _table(file: str, decoded: Decoded, delimiter: str, lines: Iterator[Record], layout: Layout) -> Table:
    try:
        n, header = next(lines)
    except StopIteration:
        raise QualkitError(f"{file}: the table is empty.", f"Its columns are: {', '.join(layout.known)}.") from None
    columns = columns_of(file, n, header, layout)
    problems = list(columns.problems)
    if decoded.guess:
        what = f"the file is not in UTF-8 and was read as {decoded.encoding}: look at accented letters."
        problems.append(Problem(file, "", what, "If they are wrong, save the file as UTF-8.", serious=False))
    rows, unnamed = [], False
    names = [name for name in layout.known if name in columns.named and name not in layout.long]
    for n, record in lines:
        row, problem = _row(file, n, record, columns, names)
        rows += [row] if row else []
        problems += [problem] if problem else []
        if len(rows) > min(_MOST_ROWS, _MOST_CELLS // max(1, len(columns.named))):
            raise _too_long(file)
        unnamed = unnamed or any(record[at].strip() for at in columns.unnamed if at < len(record))
    if unnamed:
        which = some_places([str(at + 1) for at in columns.unnamed])
        problems.append(Problem(file, f"column {which}", "it has no name; its cells are left out.", "Name it."))
    headers = {name: spaced(header[at]) for name, at in columns.named.items()}
    return Table(file, tuple(columns.named), headers, tuple(rows), decoded.encoding, delimiter, tuple(problems))


def _row(
    file: str, n: int, record: list[str], columns: Columns, names: Sequence[str]
) -> tuple[TableRow | None, Problem | None]:
    problem = None
    if any(cell.strip() for cell in record[columns.width :]):
        what = f"it has {len(record)} cells, and the first row {columns.width}. The row is left out."
        remedy = "A text that holds the separator is put in quotation marks; a spreadsheet does so when it saves."
        return None, Problem(file, f"row {n}", what, remedy)
    if len(record) <= max(columns.named.values(), default=0):
        what = f"it has {len(record)} of {columns.width} cells; the others are taken as empty."
        problem = Problem(file, f"row {n}", what, serious=False)
    cells = {name: record[at] if at < len(record) else "" for name, at in columns.named.items()}
    if long := next((name for name in names if len(cells[name]) > LONGEST_NAME), None):
        what = f"{long} has {len(cells[long]):,} signs, far more than it can mean. The row is left out."
        return None, Problem(file, f"row {n}", what, "Perhaps a quotation mark is missing in the row above.")
    return TableRow(n, cells), problem
