"""The Problems sheet: what could not be read as it was, and every word that was left out because of it."""

from qualkit.report.workbook.context import Context
from qualkit.report.workbook.table import Column, Table, write_table


def write(context: Context) -> None:
    """Write the sheet: what needs mending first."""
    columns = (
        Column("File", 170, "bold", "who", again=True),
        Column("Place", 110, cell="who", again=True),
        Column("To be mended", 76, again=True),
        Column("What", 306),
        Column("Remedy", 260),
        Column("Words left out", 360),
    )
    problems = sorted(context.book.problems, key=lambda problem: not problem.serious)
    entries = (
        (p.file, p.place or "whole file", "yes" if p.serious else "no", p.what, p.remedy, p.dropped) for p in problems
    )
    note = "What qualkit could not take as it was. “no” is told for completeness, such as a title above the talk."
    table = Table("Problems", note, columns, 1, "Nothing was reported.")
    write_table(context, "Problems", table, entries)
