"""transcripts.csv: what a person states of each transcript, which overrules what the reader finds in it."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from qualkit.framework.near import fold, spaced
from qualkit.ingest.tables.checks import Check
from qualkit.ingest.tables.columns import Layout
from qualkit.ingest.tables.dates import iso_day
from qualkit.ingest.tables.speakers import speakers
from qualkit.ingest.tables.table import TableRow, read_table
from qualkit.ingest.tables.telling import shown
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Kind, Role

LAYOUT = Layout(
    known=("transcript", "kind", "held", "analysed", "mode", "minutes", "speakers"),
    required=("transcript",),
    long=("speakers",),
)
_KINDS: dict[str, Kind | None] = {
    "interview": Kind.INTERVIEW,
    "focus group": Kind.FOCUS_GROUP,
    "focusgroup": Kind.FOCUS_GROUP,
    "fg": Kind.FOCUS_GROUP,
}
_MINUTES = re.compile(r"(?P<n>[0-9]{1,4}(?:[.,][0-9]{1,3})?)\s*(?:m|mins?\.?|minutes?)?", re.IGNORECASE | re.ASCII)
_CLOCK = re.compile(r"(?P<h>[0-9]{1,2}):(?P<m>[0-5][0-9]):(?P<s>[0-5][0-9])", re.ASCII)


@dataclass(frozen=True)
class TranscriptRow:
    """One transcript; what the table leaves open is empty, a `kind` None. Dates are ISO days where they are clear."""

    row: int
    transcript: str
    kind: Kind | None = None
    held: str = ""
    analysed: str = ""
    mode: str = ""
    minutes: str = ""
    speakers: dict[str, str | Role] = field(default_factory=dict)  # by label


@dataclass(frozen=True)
class TranscriptsFile:
    rows: tuple[TranscriptRow, ...]
    columns: tuple[str, ...]  # those that the file has
    problems: tuple[Problem, ...]


def read_transcripts(path: Path) -> TranscriptsFile:
    """Read transcripts.csv. What cannot be used is left out and told; raises QualkitError for the table as a whole."""
    table = read_table(path, LAYOUT)
    check = Check(table)
    rows: dict[str, TranscriptRow] = {}
    for row in table.rows:
        id = spaced(row.get("transcript"))
        if not id:
            check.say(
                row, "the transcript is missing. The row is left out.", "Give its id: the file's name without ending."
            )
        elif earlier := rows.get(fold(id)):
            what = f"transcript {shown(id)} has a row already (row {earlier.row}). This row is left out."
            check.say(row, what, "Keep one row a transcript.")
        else:
            rows[fold(id)] = _transcript_row(check, row, id)
    return TranscriptsFile(tuple(rows.values()), table.columns, check.problems())


def _transcript_row(check: Check, row: TableRow, id: str) -> TranscriptRow:
    held, analysed = check.day(row, "held"), check.day(row, "analysed")
    if iso_day(held) and iso_day(analysed) and analysed < held:
        check.say(row, f"it was analysed ({analysed}) before it was held ({held}).", "Look at the two dates.")
    return TranscriptRow(
        row=row.n,
        transcript=id,
        kind=check.word(row, "kind", _KINDS, None),
        held=held,
        analysed=analysed,
        mode=row.get("mode"),
        minutes=_minutes(check, row),
        speakers=speakers(check, row),
    )


def _minutes(check: Check, row: TableRow) -> str:
    """Minutes as a number; hours, minutes and seconds are turned into minutes."""
    written = row.get("minutes")
    if match := _MINUTES.fullmatch(written):
        return match["n"].replace(",", ".")
    if match := _CLOCK.fullmatch(written):
        return f"{int(match['h']) * 60 + int(match['m']) + int(match['s']) / 60:.1f}".removesuffix(".0")
    if written:
        check.say(row, f"minutes {shown(written)} is no number; it is kept as written.", "Write a number, such as 53.")
    return written
