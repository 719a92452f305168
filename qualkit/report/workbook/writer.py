"""The matrix as an Excel workbook: the sheets one after the other, and the same bytes for the same book."""

from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from qualkit.files import replacing
from qualkit.model.book import Book
from qualkit.model.workbook import cell_text
from qualkit.report.interface import Progress, silent
from qualkit.report.workbook import category, coverage, headings, index, keys, people, problems, read_me
from qualkit.report.workbook.context import Context
from qualkit.report.workbook.sheet import soft_rows
from qualkit.report.workbook.styles import FONT, SIZE, Styles

Step = tuple[str, Callable[[], None]]


def write_workbook(book: Book, path: Path, progress: Progress = silent) -> None:
    """Write the workbook to `path`, whole or not at all. Raises QualkitError where it cannot be written."""
    from xlsxwriter import Workbook

    with replacing(path) as draft:
        packed = BytesIO()  # a disk that fills up while a workbook is packed leaves zipfile in disorder
        workbook = Workbook(
            packed,
            {
                "in_memory": True,  # no words of participants in the machine's temporary folder
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": FONT, "font_size": SIZE},
                "default_row_height": 17,
            },
        )
        title = cell_text(f"Framework matrix: {book.study}")[:255]
        workbook.set_properties({"title": title, "created": _created(book.day)})
        workbook.set_size(1600, 1000)
        context = Context(book, workbook, Styles(workbook), soft_rows())
        steps = list(_steps(context))
        for done, (name, write) in enumerate(steps):
            progress(name, done, len(steps) + 1)
            write()
        progress("saving", len(steps), len(steps) + 1)
        workbook.close()
        draft.write_bytes(packed.getvalue())
        progress("saved", len(steps) + 1, len(steps) + 1)


def _steps(context: Context) -> Iterator[Step]:
    """The sheets in their order. A new sheet is a new module and a line here."""
    yield "Read me", lambda: read_me.write(context)
    for one in context.book.matrix.framework.categories:
        yield context.sheet_of[one.key], lambda one=one: category.write(context, one)  # type: ignore[misc]
    yield "Index", lambda: index.write(context)
    yield "Coverage", lambda: coverage.write(context)
    yield "Headings", lambda: headings.write(context)
    yield "Cases", lambda: people.write_cases(context)
    yield "Transcripts", lambda: people.write_transcripts(context)
    yield "Problems", lambda: problems.write(context)
    yield "keys", lambda: keys.write(context)


def _created(day: str) -> datetime:
    """The workbook's date of creation: that of the study's last change, never the clock's."""
    try:
        return datetime.fromisoformat(day[:10])
    except ValueError:
        return datetime(2000, 1, 1)
