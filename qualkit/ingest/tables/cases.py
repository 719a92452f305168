"""cases.csv: one row a participant, with the case, group and transcripts, and whatever else is known of the person."""

from dataclasses import dataclass
from pathlib import Path

from qualkit.framework.near import fold, spaced
from qualkit.ingest.tables.checks import Check
from qualkit.ingest.tables.columns import Layout
from qualkit.ingest.tables.speakers import ROLES
from qualkit.ingest.tables.table import TableRow, read_table
from qualkit.ingest.tables.telling import shown
from qualkit.model.rows import Problem

LAYOUT = Layout(
    known=("participant", "case", "group", "transcripts", "consent", "consent_form", "consent_date"),
    required=("participant",),
    open=True,
    long=("transcripts",),
)


@dataclass(frozen=True)
class CaseRow:
    """One participant. `case` and `group` are empty where the table leaves them open.

    `attributes` are the further columns in their order, named as the file names them; empty cells are there too.
    """

    row: int
    participant: str
    case: str = ""
    group: str = ""
    transcripts: tuple[str, ...] = ()
    consent: str = ""
    consent_form: str = ""
    consent_date: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CasesFile:
    """`attributes` are the names of the further columns; `columns` the known ones that the file has."""

    rows: tuple[CaseRow, ...]
    columns: tuple[str, ...]
    attributes: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_cases(path: Path) -> CasesFile:
    """Read cases.csv. A row that cannot be used is left out and told; raises QualkitError for the table as a whole."""
    table = read_table(path, LAYOUT)
    check = Check(table)
    further = {name: written for name, written in table.headers.items() if name not in LAYOUT.known}
    rows: dict[str, CaseRow] = {}
    for row in table.rows:
        found = _case_row(check, row, further)
        if found is None:
            continue
        earlier = rows.setdefault(fold(found.participant), found)
        if earlier is not found:
            _tell_twice(check, row, earlier, found)
    check.spelt_alike("case")
    check.spelt_alike("group")
    known = tuple(name for name in table.columns if name in LAYOUT.known)
    return CasesFile(tuple(rows.values()), known, tuple(further.values()), check.problems())


def _case_row(check: Check, row: TableRow, further: dict[str, str]) -> CaseRow | None:
    participant = spaced(row.get("participant"))
    if not participant:
        check.say(row, "the participant is missing. The row is left out.", "Give the participant an id, such as P01.")
        return None
    if fold(participant) in ROLES or set(";=") & set(participant):
        what = f"{shown(participant)} cannot be the id of a participant. The row is left out."
        check.say(row, what, "Choose another, such as P01: no ; no = and not the word for a role.")
        return None
    return CaseRow(
        row=row.n,
        participant=participant,
        case=spaced(row.get("case")),
        group=spaced(row.get("group")),
        transcripts=check.several(row, "transcripts"),
        consent=row.get("consent"),
        consent_form=row.get("consent_form"),
        consent_date=check.day(row, "consent_date"),
        attributes=tuple((written, row.get(name)) for name, written in further.items()),
    )


def _tell_twice(check: Check, row: TableRow, earlier: CaseRow, found: CaseRow) -> None:
    """The first row of a participant stands, and the second is told with what may have been meant."""
    who = shown(found.participant)
    if found.case != earlier.case:
        what = f"participant {who} is in two cases, {shown(earlier.case)} (row {earlier.row}) and {shown(found.case)}."
        remedy = "A participant belongs to one case: keep one of the rows."
    else:
        what = f"participant {who} has a row already (row {earlier.row})."
        remedy = "Keep one row a participant; several transcripts go into one cell, split by ;"
    check.say(row, f"{what} This row is left out.", remedy)
