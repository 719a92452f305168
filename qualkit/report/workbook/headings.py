"""The Headings sheet: the framework as it was used, with its numbers, and how much stands under each heading."""

from collections.abc import Iterator, Sequence

from qualkit.model.workbook import KEY
from qualkit.report.workbook.context import Context, Tally
from qualkit.report.workbook.table import Column, Table, Value, write_table


def write(context: Context) -> None:
    """Write the sheet."""
    columns = (
        Column("Key", 60, name=KEY, hidden=True),
        Column("Number", 62, "bold", "who", again=True),
        Column("Name", 146, "bold", "who"),
        Column("Category", 110),
        Column("Part", 96),
        Column("Definition", 220),
        Column("Questions", 206),
        Column("Prompts", 156),
        Column("Keywords", 150),
        Column("Asked of", 80),
        Column("Decided extracts", 72),
        *(() if context.final else (Column("Proposed extracts", 76),)),
    )
    note = f"{context.framework}. An extract counts once, in however many cases it stands; counts are not findings."
    write_table(context, "Headings", Table("Headings", note, columns, 2, "There are no headings."), _entries(context))


def _entries(context: Context) -> Iterator[Sequence[Value]]:
    for category in context.book.matrix.framework.categories:
        for heading in category.headings:
            tally = context.tally.get(heading.key, Tally.none())
            counts = [tally.extracts["decided"], *(() if context.final else (tally.extracts["proposed"],))]
            yield (
                heading.key,
                heading.number,
                heading.name,
                context.full_name(category),
                category.part,
                heading.definition,
                "\n".join(heading.questions),
                "\n".join(heading.prompts),
                ", ".join(heading.keywords),
                ", ".join(heading.asked_of) or "all",
                *counts,
            )
