"""The head of a category's sheet: its full name, how to read it, and each heading with its definition."""

from qualkit.model.schedule import Category
from qualkit.model.workbook import ATTRIBUTE, HEADING, KEY, OTHER
from qualkit.report.workbook.context import Context
from qualkit.report.workbook.layout import HEAD, LEGEND, TITLE, Layout
from qualkit.report.workbook.measure import BOLD, BUTTON, lines
from qualkit.report.workbook.pieces import Run, shortened
from qualkit.report.workbook.sheet import Sheet
from qualkit.report.workbook.styles import SMALL

NAME_LINES, DEFINITION_LINES = 6, 8


def write_head(sheet: Sheet, context: Context, category: Category, layout: Layout) -> None:
    """Write the rows above the cases."""
    who = [*(OTHER + name for name in layout.names), *(ATTRIBUTE + name for name in layout.identity.folded)]
    sheet.hidden_row(0, [KEY, *who, *(HEADING + heading.key for heading in layout.headings)])
    sheet.put(TITLE, 1, context.full_name(category), "line", "title")
    sheet.raw.set_row(TITLE, 24)
    part = f"   {category.part}" if category.part else ""
    sheet.put_runs(LEGEND, 1, [*_legend(context), Run("small", part)], "line")
    sheet.height(HEAD, max(_who(sheet, layout), _headings(sheet, layout)))


def _who(sheet: Sheet, layout: Layout) -> float:
    tallest = 2.0
    for column, name in enumerate([KEY, *layout.names]):
        title = name[:1].upper() + name[1:]
        sheet.put(HEAD, column, title, "head", "bold")
        if column:
            tallest = max(tallest, lines(title, (layout.widths[column] - BUTTON) / BOLD) + 0.5)
    for column, name in zip(layout.folded, layout.identity.folded, strict=True):
        sheet.put(HEAD, column, name, "head", "bold")
    return tallest


def _headings(sheet: Sheet, layout: Layout) -> float:
    tallest = 2.0
    for column, heading in enumerate(layout.headings, layout.start):
        name = shortened(f"{heading.number} {heading.name}".strip(), layout.wide / BOLD, NAME_LINES, "Headings")
        defined = shortened(heading.definition.strip(), layout.wide, DEFINITION_LINES, "Headings", SMALL)
        sheet.put_runs(HEAD, column, [Run("bold", name), Run("small", f"\n{defined}" if defined else "")], "head")
        needs = lines(name, layout.wide / BOLD) + (lines(defined, layout.wide, SMALL) if defined else 0)
        tallest = max(tallest, needs)
    return tallest


def _legend(context: Context) -> list[Run]:
    """How decided and proposed look, in one line."""
    runs = [Run("head decided", "[reference] decided (by)"), Run("small", "  upright.   ")]
    if not context.final:
        runs += [
            Run("head proposed", "[reference] proposed"),
            Run("small", "  grey italics, nobody decided.   "),
        ]
    runs += [Run("head disputed", "[reference] disputed"), Run("small", "  coders differ.   ")]
    return [*runs, Run("context", "(context)"), Run("small", "  interviewer, never counted.")]
