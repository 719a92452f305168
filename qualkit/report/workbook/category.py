"""One sheet of the matrix: the headings of a category side by side, and for each case what was said under them.

A case has a Summary row, in which people write, above its Extracts rows. Keys of headings stand in the hidden first
row, keys of rows in the hidden first column, so that a summary is found again wherever it was sorted or moved to.
"""

from collections.abc import Sequence

from qualkit.model.chart import MatrixRow
from qualkit.model.schedule import Category
from qualkit.model.workbook import RowKey
from qualkit.report.workbook.category_head import write_head
from qualkit.report.workbook.context import Context
from qualkit.report.workbook.extracts import blocks
from qualkit.report.workbook.layout import FIRST, HEAD, LARGEST, SCALE, Layout
from qualkit.report.workbook.pages import spread
from qualkit.report.workbook.pieces import Limits, Share, share_out
from qualkit.report.workbook.sheet import Sheet

SUMMARY_LINES = 4
LIMITS = Limits()


def write(context: Context, category: Category) -> None:
    """Write the sheet of one category."""
    layout = Layout.of(context.book.matrix, category)
    sheet = context.sheet(context.sheet_of[category.key])
    sheet.widths(layout.widths, hidden=1, folded=layout.folded)
    write_head(sheet, context, category, layout)
    row = FIRST
    for case in context.book.matrix.rows:
        row = _case(sheet, context, layout, case, row)
    if row == FIRST:
        sheet.put(FIRST, 1, "There are no rows.", "line", "small")
    last = max(FIRST, row - 1)
    # the range takes in every column: sorting by one of them must move the whole row
    sheet.raw.autofilter(HEAD, 0, last, max(layout.start, len(layout.widths) - 1))
    sheet.raw.freeze_panes(FIRST, layout.kind + 1)
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    context.print_as(
        sheet,
        spread(layout.widths, layout.kind + 1, most=LARGEST, least=SCALE),
        (HEAD, HEAD),
        (last, len(layout.widths) - 1),
        context.full_name(category),
        context.in_print,
    )


def _case(sheet: Sheet, context: Context, layout: Layout, case: MatrixRow, row: int) -> int:
    """The rows of one case; returns the row below them."""
    several = len(case.participants) > 1 or context.book.matrix.by == "group"
    cells = context.book.matrix.cells
    shares = [
        share_out(blocks(cells.get((case.key, heading.key)), several), layout.wide, LIMITS)
        for heading in layout.headings
    ]
    first = row
    if context.by_case:
        _who(sheet, layout, case, row, RowKey(case.shown, "summary"), "Summary" + "\n" * (SUMMARY_LINES - 1), True)
        for column in range(layout.start, layout.start + len(layout.headings)):
            sheet.put(row, column, "", "typed first")
        sheet.height(row, max(SUMMARY_LINES, layout.identity.lines(case)))
        row += 1
    for part in range(max([1, *map(len, shares)])):
        kind = "Extracts" if not part else f"Extracts ({part + 1})"
        _who(sheet, layout, case, row, RowKey(case.shown, "extracts", part + 1), kind, row == first)
        _extracts(sheet, layout, shares, part, row, row == first)
        sheet.height(row, max([layout.identity.lines(case), *_heights(shares, part)]))
        row += 1
    return row


def _who(sheet: Sheet, layout: Layout, case: MatrixRow, row: int, key: RowKey, kind: str, first: bool) -> None:
    cell = "who first" if first else "who"
    sheet.put(row, 0, str(key), "key", "small")
    lead, more, apart = layout.identity.values(case)
    bold = {1, layout.kind} if kind.startswith("Summary") else {1}
    for column, value in enumerate([*lead, kind, *more, *apart], 1):
        sheet.put(row, column, value, cell, "bold" if column in bold else "plain")


def _extracts(
    sheet: Sheet, layout: Layout, shares: Sequence[Sequence[Share]], part: int, row: int, first: bool
) -> None:
    for column, held in enumerate(shares, layout.start):
        runs = held[part].runs if part < len(held) else ()
        sheet.put_runs(row, column, runs, "first" if first else "body")


def _heights(shares: Sequence[Sequence[Share]], part: int) -> list[int]:
    return [held[part].lines for held in shares if part < len(held)]
