"""The Read me sheet: what the workbook is, how far the study is, how to read it, and what to write where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualkit.report.workbook.context import Context
from qualkit.report.workbook.measure import BOLD, lines
from qualkit.report.workbook.pages import Spread
from qualkit.report.workbook.pieces import Run
from qualkit.report.workbook.read_me_words import WHY_EMPTY, about, how_far, how_to_decide, how_to_read, not_decided
from qualkit.report.workbook.sheet import Sheet

LABEL, WIDE = 218, 732  # pixels


@dataclass(frozen=True)
class Line:
    """A label and what is to be said of it. Without a label it is a heading."""

    label: tuple[Run, ...]
    text: tuple[Run, ...]
    sheet: str = ""  # the label leads there


def write(context: Context) -> None:
    """Write the sheet."""
    sheet = context.sheet("Read me")
    sheet.widths([14, LABEL, WIDE])
    sheet.raw.hide_gridlines(2)
    sheet.put(0, 1, f"Framework matrix: {context.book.study}", "line", "title")
    sheet.raw.set_row(0, 26)
    row = 1
    for title, lines_of in _sections(context):
        row = _section(sheet, title, lines_of, row)
    context.print_as(sheet, Spread(100, 0, ()), None, (row, 2), "")
    sheet.raw.activate()


def _sections(context: Context) -> Iterator[tuple[str, list[Line]]]:
    yield "What this is", _plain(about(context))
    yield "How much is decided", _plain(how_far(context))
    if context.final:
        yield "What is undecided, and so not in this workbook", _plain(not_decided(context))
    yield (
        "How to read it",
        [Line((Run(style, label),), (Run("plain", text),)) for style, label, text in how_to_read(context)],
    )
    yield "Why a cell is empty", _plain(WHY_EMPTY)
    if context.by_case:
        yield "What the Summary rows are for", _plain(_SUMMARY)
    yield "How to decide in this workbook", _plain(how_to_decide(context))
    yield "The sheets", [Line((Run("bold", name),), (Run("plain", text),), name) for name, text in _sheets(context)]


_SUMMARY = (
    (
        "Summary",
        "Empty and tinted: for people to write in. For each case and heading, say in a few words what was said, close "
        "to the participant’s own, with references such as [P03:41]. The machine never writes there. What you type is "
        "kept with hidden keys of the case and the heading, so rows may be sorted and columns hidden.",
    ),
)


def _plain(pairs: Iterable[tuple[str, str]]) -> list[Line]:
    return [Line((Run("bold", label),), (Run("plain", text),)) for label, text in pairs]


def _sheets(context: Context) -> Iterator[tuple[str, str]]:
    for category in context.book.matrix.framework.categories:
        yield context.sheet_of[category.key], f"The matrix for “{context.full_name(category)}”."
    yield "Index", "Every passage with what is proposed for it and what is decided. Here you decide."
    yield "Coverage", "How much stands in each cell of the whole matrix, or why it is empty."
    yield "Headings", "The framework: definitions, questions, and the numbers that the Decision column understands."
    yield "Cases", "Who took part, with what is known of them."
    yield "Transcripts", "Each interview and focus group, and how far it is decided."
    yield "Problems", "What could not be read as it was, with the words left out."


def _section(sheet: Sheet, title: str, lines_of: Iterable[Line], row: int) -> int:
    sheet.put(row, 1, title, "line", "section")
    sheet.raw.set_row(row, 27)
    row += 1
    for line in lines_of:
        label = "".join(run.text for run in line.label)
        text = "".join(run.text for run in line.text)
        if line.sheet:
            place = line.sheet.replace("'", "''")
            sheet.raw.write_url(row, 1, f"internal:'{place}'!A1", sheet.styles.cell("bare", "link"), string=label)
        else:
            sheet.put_runs(row, 1, line.label, "bare")
        sheet.put_runs(row, 2, line.text, "bare")
        sheet.height(row, max(lines(label, LABEL / BOLD), lines(text, WIDE)) + 0.25)
        row += 1
    return row
