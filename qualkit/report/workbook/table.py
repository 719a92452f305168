"""A list as a sheet: one entry a row, or several where a text is too long for one row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualkit.model.workbook import OTHER, part_of
from qualkit.report.workbook.context import Context
from qualkit.report.workbook.measure import BOLD, BUTTON, lines
from qualkit.report.workbook.pages import spread
from qualkit.report.workbook.pieces import Limits, Run, Share, one_block, share_out
from qualkit.report.workbook.sheet import Sheet
from qualkit.report.workbook.styles import size_of

TITLE, NOTE, HEAD, FIRST = 1, 2, 3, 4  # rows
LIMITS = Limits(27, 27)


@dataclass(frozen=True)
class Column:
    """`name` stands in the hidden first row; hidden columns come first; `again`: said again where an entry goes on."""

    title: str
    width: int
    style: str = "plain"
    cell: str = "body"
    name: str = ""
    hidden: bool = False
    again: bool = False

    @property
    def id(self) -> str:
        return self.name or OTHER + self.title.casefold()


@dataclass(frozen=True)
class Styled:
    """A text in another style than its column's."""

    text: str
    style: str
    cell: str = "body"


Value = str | int | Styled


@dataclass(frozen=True)
class Table:
    title: str
    note: str
    columns: tuple[Column, ...]
    frozen: int = 0  # visible leading columns that stay in view
    nothing: str = ""  # said where there are no entries

    @property
    def hidden(self) -> int:
        return sum(column.hidden for column in self.columns)


def write_table(context: Context, name: str, table: Table, entries: Iterable[Sequence[Value]]) -> tuple[Sheet, int]:
    """Write a sheet with one table. Returns it, and the row below the last entry."""
    sheet = context.sheet(name)
    columns, hidden = table.columns, table.hidden
    sheet.hidden_row(0, [column.id for column in columns])
    sheet.widths([column.width for column in columns], hidden)
    _top(sheet, table)
    row = FIRST
    for entry in entries:
        row = _entry(sheet, table, entry, row)
    if row == FIRST and table.nothing:
        sheet.put(FIRST, hidden, table.nothing, "line", "small")
    sheet.raw.autofilter(HEAD, 0, max(FIRST, row - 1), len(columns) - 1)
    sheet.raw.freeze_panes(FIRST, hidden + table.frozen)
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:XFD{row + 1}"})
    pixels = [0 if column.hidden else column.width for column in columns]
    context.print_as(sheet, spread(pixels, hidden + table.frozen), (HEAD, HEAD), (row, len(columns) - 1), table.title)
    return sheet, row


def _top(sheet: Sheet, table: Table) -> None:
    sheet.put(TITLE, table.hidden, table.title, "line", "title")
    sheet.raw.set_row(TITLE, 24)
    sheet.put(NOTE, table.hidden, table.note, "line", "small")
    for place, column in enumerate(table.columns):
        sheet.put(HEAD, place, column.title, "head", "bold")
    shown = [column for column in table.columns if not column.hidden]
    sheet.height(HEAD, max(lines(column.title, (column.width - BUTTON) / BOLD) for column in shown) + 0.5)


def _entry(sheet: Sheet, table: Table, entry: Sequence[Value], row: int) -> int:
    """Write one entry; returns the row below it."""
    shares = [_shares(value, column) for value, column in zip(entry, table.columns, strict=True)]
    parts = max([1, *map(len, shares)])
    for part in range(parts):
        for place, (column, value) in enumerate(zip(table.columns, entry, strict=True)):
            if column.hidden:
                sheet.put(row, place, part_of(str(value), part + 1) if not place else str(value), "key", "small")
            elif isinstance(value, int) and not part:
                sheet.count(row, place, value)
            else:
                cell = value.cell if isinstance(value, Styled) else column.cell
                sheet.put_runs(row, place, _runs(table, place, shares[place], part), cell)
        sheet.height(row, max([1, *(held[part].lines for held in shares if part < len(held))]))
        row += 1
    return row


def _shares(value: Value, column: Column) -> list[Share]:
    if isinstance(value, int) or column.hidden:
        return []
    text, style = (value.text, value.style) if isinstance(value, Styled) else (value, column.style)
    return share_out(one_block(text, style), column.width, LIMITS, size_of(style))


def _runs(table: Table, place: int, held: Sequence[Share], part: int) -> Sequence[Run]:
    """What a row shows of one cell. The first visible column says which row of its entry this is."""
    if part < len(held):
        return held[part].runs
    if not held or not part or not table.columns[place].again:
        return ()
    number = (Run("small", f" ({part + 1})"),) if place == table.hidden else ()
    return (*held[0].runs, *number)
