"""The Coverage sheet: for each case and heading how much stands there, or why nothing does."""

from collections.abc import Sequence

from qualkit.model.chart import Cell, MatrixRow
from qualkit.model.transcripts import Told
from qualkit.model.workbook import HEADING, KEY, OTHER, RowKey
from qualkit.report.workbook.context import Context, is_mark, why_empty
from qualkit.report.workbook.identity import Identity
from qualkit.report.workbook.measure import BOLD, BUTTON, lines
from qualkit.report.workbook.pages import spread
from qualkit.report.workbook.pieces import Run, shortened, text_of
from qualkit.report.workbook.sheet import Sheet
from qualkit.report.workbook.styles import SMALL, size_of

TITLE, LEGEND, BAND, HEAD, FIRST = 1, 2, 3, 4, 5  # rows
WIDE = 94  # pixels
SHOWN = ("decided", "disputed", "proposed")


def write(context: Context) -> None:
    """Write the sheet."""
    matrix = context.book.matrix
    who = Identity.of(matrix)
    headings = list(matrix.framework.headings())
    lead = len(who.lead) + 1
    widths = [0, *who.lead_widths, *[WIDE] * len(headings)]
    sheet = context.sheet("Coverage")
    sheet.hidden_row(0, [KEY, *(OTHER + name for name in who.lead), *(HEADING + h.key for h in headings)])
    sheet.widths(widths, hidden=1)
    sheet.put(TITLE, 1, "Coverage", "line", "title")
    sheet.raw.set_row(TITLE, 24)
    sheet.put_runs(LEGEND, 1, _legend(context.final), "line")
    _heads(sheet, context, who, lead)
    row = FIRST
    for case in matrix.rows:
        _case(sheet, context, who, case, row)
        row += 1
    last = max(FIRST, row - 1), max(lead, len(widths) - 1)
    sheet.raw.autofilter(HEAD, 0, *last)
    sheet.raw.freeze_panes(FIRST, lead)
    context.print_as(sheet, spread(widths, lead, most=90, least=75), (BAND, HEAD), last, "Coverage", context.in_print)


def _legend(final: bool) -> list[Run]:
    runs = [
        Run("bold", "3 decided"),
        Run("small", "  extracts that a person placed (shaded).   "),
        Run("head disputed", "1 disputed"),
        Run("small", "  coders differ.   "),
    ]
    if not final:
        runs += [Run("proposed", "2 proposed"), Run("small", "  the machine's, undecided.   ")]
    return [
        *runs,
        Run("small", "Without extracts: why, inferred by the machine ("),
        Run("inferred", "italics"),
        Run("small", ") or confirmed by a coder."),
    ]


def _heads(sheet: Sheet, context: Context, who: Identity, lead: int) -> None:
    for column, name in enumerate([KEY, *who.lead]):
        sheet.put(BAND, column, "", "band")
        sheet.put(HEAD, column, name[:1].upper() + name[1:], "head", "bold")
    column, tallest = lead, 2.0
    for category in context.book.matrix.framework.categories:
        for place, heading in enumerate(category.headings):
            title, look = ("", "band") if place else (context.full_name(category), "band first")
            sheet.put(BAND, column, title, look, "bold")
            name = shortened(f"{heading.number} {heading.name}".strip(), WIDE / BOLD, 8, "Headings", SMALL)
            sheet.put(HEAD, column, name, "head", "bold small")
            tallest = max(tallest, lines(name, (WIDE - BUTTON) / BOLD, SMALL) + 0.5)
            column += 1
    sheet.height(HEAD, tallest)


def _case(sheet: Sheet, context: Context, who: Identity, case: MatrixRow, row: int) -> None:
    sheet.put(row, 0, str(RowKey(case.shown, "extracts")), "key", "small")
    for column, value in enumerate(who.values(case)[0], 1):
        sheet.put(row, column, value, "who", "bold" if column == 1 else "plain")
    tallest = who.lines(case, more=False)
    for column, heading in enumerate(context.book.matrix.framework.headings(), len(who.lead) + 1):
        runs, look = _cell(context.book.matrix.cells.get((case.key, heading.key)))
        sheet.put_runs(row, column, runs, look)
        tallest = max(tallest, lines(text_of(runs), WIDE, max(size_of(run.style) for run in runs)))
    sheet.height(row, tallest)


def _cell(cell: Cell | None) -> tuple[Sequence[Run], str]:
    """The words of a cell, and how it looks."""
    if cell is None or not cell.extracts:
        style = "inferred" if cell and cell.told is Told.INFERRED else "confirmed"
        return [Run(style, why_empty(cell))], "has nothing"
    counts = {status: cell.count(status) for status in SHOWN}
    styles = {"decided": "bold", "disputed": "head disputed", "proposed": "proposed"}
    runs: list[Run] = []
    for status in (status for status in SHOWN if counts[status]):
        runs += [Run("plain", "\n")] if runs else []
        runs.append(Run(styles[status], f"{counts[status]} {status}"))
    if is_mark(cell):
        runs.append(Run("mark", f"\n{why_empty(cell)}"))
    look = "has disputed" if counts["disputed"] else "has decided" if counts["decided"] else "has proposed"
    return runs, look
