"""The Cases and Transcripts sheets: who took part, and how far each transcript is."""

from collections.abc import Iterator, Sequence

from qualkit.model.workbook import ATTRIBUTE
from qualkit.report.workbook.context import Context
from qualkit.report.workbook.measure import pixels_of
from qualkit.report.workbook.table import Column, Table, Value, write_table


def write_cases(context: Context) -> None:
    """Write the Cases sheet: one row a participant."""
    people = context.book.people
    names = tuple(dict.fromkeys(name for person in people for name, _ in person.attributes))
    columns = (
        Column("Participant", 100, "bold", "who", again=True),
        Column("Case", 100),
        Column("Group", 120),
        Column("Transcripts", 130),
        *(
            Column(name, _width(name, [dict(p.attributes).get(name, "") for p in people]), name=ATTRIBUTE + name)
            for name in names
        ),
    )
    note = f"{len(people)} participants" + (f" in {len(context.book.matrix.rows)} cases." if context.by_case else ".")
    entries = (
        (
            p.participant,
            p.case,
            p.group,
            ", ".join(p.transcripts),
            *(dict(p.attributes).get(name, "") for name in names),
        )
        for p in people
    )
    write_table(context, "Cases", Table("Cases", note, columns, 1, "There are no participants."), entries)


def _width(name: str, values: Sequence[str]) -> int:
    return int(min(190, max(70, *(pixels_of(text) + 16 for text in (name, *values)))))


def write_transcripts(context: Context) -> None:
    """Write the Transcripts sheet. Passages are counted as in Read me."""
    columns = (
        Column("Transcript", 120, "bold", "who", again=True),
        Column("Kind", 90),
        Column("Held", 84),
        Column("Mode", 100),
        Column("Minutes", 66),
        Column("Words", 66),
        Column("Passages", 74),
        Column("Decided", 70),
        Column("Disputed", 74),
        Column("Undecided, with proposals", 90),
        Column("Undecided, nothing proposed", 90),
        Column("Marked as done by", 190),
    )
    note = (
        "Passages of participants' talk, counted by how far they are decided. The counts are navigation, not findings."
    )
    table = Table("Transcripts", note, columns, 1, "There are no transcripts.")
    write_table(context, "Transcripts", table, _lines(context))


def _lines(context: Context) -> Iterator[Sequence[Value]]:
    for line in context.book.transcripts:
        far = line.progress
        yield (
            line.shown,
            line.kind,
            line.held,
            line.mode,
            line.minutes,
            line.words,
            far.passages,
            far.decided,
            far.disputed,
            far.proposed,
            far.silent,
            "\n".join(line.done_by) or "not marked as done",
        )
