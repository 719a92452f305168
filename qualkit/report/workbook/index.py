"""The Index sheet: every passage, what the machine proposes and why, and the Decision column that is read back."""

from collections.abc import Sequence
from typing import Any

from qualkit.model.book import IndexRow, Suggested
from qualkit.model.workbook import DECISION, KEY, REFERENCE, TEXT, WAS
from qualkit.report.workbook.context import Context
from qualkit.report.workbook.identity import narrow
from qualkit.report.workbook.table import FIRST, Column, Styled, Table, Value, write_table

_WHO = ("Case", "Group", "Speaker")
SHOWN = 3  # proposals with a column of their own
_STATUS = {
    "decided": "bold",
    "disputed": "head disputed",
    "partly decided": "plain",
    "proposed": "proposed",
    "nothing proposed": "small",
}


def write(context: Context) -> None:
    """Write the sheet. A final matrix has no proposals."""
    book = context.book
    final = context.final
    table = Table("Index", _note(context), _columns(context), frozen=1, nothing="There are no passages.")
    sheet, below = write_table(context, "Index", table, (_entry(row, final) for row in book.index))
    decision = next(place for place, column in enumerate(table.columns) if column.name == DECISION)
    sheet.raw.data_validation(FIRST, decision, max(FIRST, below - 1), decision, _hint(final))


def _note(context: Context) -> str:
    whose = context.book.coder or "the coder"
    how = "numbers such as 1.2; 2.3, or none" if context.final else "yes, no, none, or numbers such as 1.2; 2.3"
    return f"Every passage of participants' talk. {whose} decides in the tinted column: {how}. See Read me."


def _columns(context: Context) -> tuple[Column, ...]:
    coder, rows = context.book.coder, context.book.index
    values = zip(*((", ".join(row.cases), ", ".join(row.groups), _speaker(row)) for row in rows), strict=True)
    who = [narrow(title, found, 56, 92) for title, found in zip(_WHO, values, strict=False)] or [60] * len(_WHO)
    text = (700 if context.final else 308) + 200 - sum(who)
    proposals = (
        Column("First proposal", 98, "inferred"),
        Column("Second proposal", 98, "inferred"),
        Column("Third proposal", 98, "inferred"),
        Column("Evidence", 204, "inferred"),
    )
    return (
        Column(KEY, 60, name=KEY, hidden=True),
        Column(WAS, 60, name=WAS, hidden=True),
        Column("Reference", 84, "bold", "who", name=REFERENCE, again=True),
        *(Column(title, width, cell="who", again=True) for title, width in zip(_WHO, who, strict=True)),
        Column("Text", text, name=TEXT),
        *(() if context.final else proposals),
        Column("Status", 72, again=True),
        Column(f"Decision ({coder})" if coder else "Decision", 108, "bold", "typed", name=DECISION),
        Column("Others", 98),
    )


def _entry(row: IndexRow, final: bool) -> Sequence[Value]:
    return (
        str(row.key),
        row.decided,
        row.reference,
        ", ".join(row.cases),
        ", ".join(row.groups),
        _speaker(row),
        row.text,
        *(() if final else _proposals(row.suggested)),
        _status(row.status, final),
        Styled(row.decided, "bold", "typed"),
        row.others,
    )


def _speaker(row: IndexRow) -> str:
    if not row.participant or row.participant == row.speaker:
        return row.speaker
    return f"{row.speaker} ({row.participant})" if row.speaker else row.participant


def _status(status: str, final: bool) -> Styled:
    if final and status in ("proposed", "nothing proposed"):
        return Styled("undecided", "small")
    return Styled(status, _STATUS.get(status, "plain"), "has disputed" if status == "disputed" else "body")


def _proposals(suggested: Sequence[Suggested]) -> list[Value]:
    """The first three by name, and the evidence of all."""
    ranked = sorted(suggested, key=lambda s: s.rank)
    names = [f"{s.number} {s.name}".strip() for s in ranked]
    shown = (names + [""] * SHOWN)[:SHOWN]
    evidence = [
        f"{s.rank}: " + ("" if place < SHOWN else f"{names[place]}: ") + "; ".join(s.evidence)
        for place, s in enumerate(ranked)
        if s.evidence or place >= SHOWN
    ]
    return [*shown, "\n".join(evidence)]


def _hint(final: bool) -> dict[str, Any]:
    """Shown beside a selected cell; it restricts nothing. Excel allows 32 and 255 characters."""
    yes = "" if final else "yes: the first proposal\nno: none of those proposed\n"
    return {
        "validate": "any",
        "input_title": "Decision",
        "input_message": f"{yes}1.2; 2.3: these headings\nnot 1.2: this one does not apply\n"
        "none: reviewed, nothing applies\nblank: undecided",
    }
