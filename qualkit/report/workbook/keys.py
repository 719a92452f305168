"""The very hidden sheet: what the workbook was made from, so that it can be read back. It holds no transcript words.

One line a row (kinds in qualkit.model.workbook). The keys of index rows stand here once more, with what the Decision
column said; a row is read back only where this and the hidden columns agree.
"""

from collections.abc import Iterator

from qualkit.model.workbook import (
    FACT_BY,
    FACT_CODER,
    FACT_FINAL,
    FACT_FORMAT,
    FACT_FRAMEWORK,
    FORMAT,
    KEY_SHEET,
    LINE_CASE,
    LINE_HEADING,
    LINE_ROW,
    LINE_SHEET,
    KeyLine,
)
from qualkit.report.workbook.context import Context


def write(context: Context) -> None:
    """Write the sheet."""
    sheet = context.sheet(KEY_SHEET)
    for row, line in enumerate(_lines(context)):
        for column, value in enumerate((line.kind, *line.values)):
            if value:
                sheet.put(row, column, value, "key", "small")
    sheet.raw.very_hidden()


def _lines(context: Context) -> Iterator[KeyLine]:
    book, framework = context.book, context.book.matrix.framework
    yield KeyLine(FACT_FORMAT, (str(FORMAT),))
    yield KeyLine(FACT_BY, (book.matrix.by,))
    yield KeyLine(FACT_FINAL, ("yes" if book.matrix.final else "no",))
    yield KeyLine(FACT_CODER, (book.coder,))
    yield KeyLine(FACT_FRAMEWORK, (framework.key, framework.version, book.framework_sha256))
    for category in framework.categories:
        yield KeyLine(LINE_SHEET, (context.sheet_of[category.key], category.key))
        for heading in category.headings:
            yield KeyLine(LINE_HEADING, (heading.number, heading.key, heading.name, category.name))
    for case in book.matrix.rows:
        yield KeyLine(LINE_CASE, (case.shown,))
    for row in book.index:
        ranked = sorted(row.suggested, key=lambda suggested: suggested.rank)
        proposed = () if context.final else tuple(suggested.key for suggested in ranked)
        yield KeyLine(LINE_ROW, (str(row.key), row.decided, *proposed))
