"""decisions.csv: what coders decided elsewhere, a row a decision, and when they were done with a transcript."""

import re
from dataclasses import dataclass
from pathlib import Path

from qualkit.framework.near import fold, spaced
from qualkit.ingest.tables.checks import Check
from qualkit.ingest.tables.columns import Layout
from qualkit.ingest.tables.dates import REMEDY, utc_moment
from qualkit.ingest.tables.table import TableRow, read_table
from qualkit.ingest.tables.telling import shown
from qualkit.model.decisions import CONSENSUS, Verdict
from qualkit.model.rows import Problem

LAYOUT = Layout(
    known=("transcript", "start", "end", "quote", "target", "verdict", "coder", "date", "blind", "reason"),
    required=("transcript", "verdict"),
    long=("quote", "reason"),
)
_VERDICTS: dict[str, Verdict | bool | None] = {
    **{verdict.value: verdict for verdict in Verdict},
    "does not apply": Verdict.NOT,
    "nothing applies": Verdict.NONE,
    "taken back": Verdict.BACK,
    "done": True,
    "open": False,
}
_YES_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
_REFERENCE = re.compile(
    r"(?:(?P<transcript>.+):)?\s*(?P<start>[0-9]{1,6}(?:\.[0-9]{1,6})?)(?:\s*[-–]\s*(?P<end>[0-9]{1,6}(?:\.[0-9]{1,6})?))?",
    re.ASCII,
)


@dataclass(frozen=True)
class DecisionRow:
    """One row: a verdict on a span, or (`verdict` is None) a done mark. `start` and `end` are TURN or TURN.SENTENCE.

    `target` is a heading or theme as written; for a done mark "framework" or "codebook". `date` is an ISO day, or a
    moment, in UTC where the table gave its zone; "" where there is none.
    """

    row: int
    transcript: str
    verdict: Verdict | None
    done: bool | None  # True: done, False: opened again; None where there is a verdict
    start: str = ""
    end: str = ""
    quote: str = ""
    target: str = ""
    coder: str = ""
    date: str = ""
    blind: bool = False
    reason: str = ""

    @property
    def consensus(self) -> bool:
        return fold(self.coder) == CONSENSUS


@dataclass(frozen=True)
class DecisionsFile:
    rows: tuple[DecisionRow, ...]
    problems: tuple[Problem, ...]


def read_decisions(path: Path) -> DecisionsFile:
    """Read decisions.csv. A row that cannot be used is left out and told; raises QualkitError for the whole table."""
    table = read_table(path, LAYOUT)
    check = Check(table)
    rows: dict[tuple[str, ...], DecisionRow] = {}
    for row in table.rows:
        same = tuple(row.get(column) for column in table.columns)
        if same in rows:
            check.say(row, f"it is the same as row {rows[same].row}, and is read once.", serious=False)
        elif found := _decision_row(check, row):
            rows[same] = found
    return DecisionsFile(tuple(rows.values()), check.problems())


def _decision_row(check: Check, row: TableRow) -> DecisionRow | None:
    if not row.get("verdict"):
        check.say(row, "the verdict is missing. The row is left out.", "Write applies, not, none, back, done or open.")
        return None
    verdict = check.word(row, "verdict", _VERDICTS, None)
    if verdict is None:
        return None
    span = _span(check, row) if row.get("start") or row.get("end") else (spaced(row.get("transcript")), "", "")
    if span is None:
        return None
    done = verdict if isinstance(verdict, bool) else None
    found = DecisionRow(
        row=row.n,
        transcript=span[0],
        verdict=verdict if isinstance(verdict, Verdict) else None,
        done=done,
        start=span[1],
        end=span[2],
        quote=row.get("quote"),
        target=fold(row.get("target")) if done is not None else spaced(row.get("target")),
        coder=spaced(row.get("coder")),
        date=_date(check, row),
        blind=bool(check.word(row, "blind", _YES_NO, False)),
        reason=row.get("reason"),
    )
    if fault := _fault(found):
        check.say(row, f"{fault[0]} The row is left out.", fault[1])
        return None
    return found


def _fault(found: DecisionRow) -> tuple[str, str] | None:
    """Why a row does not hold together."""
    if not found.transcript:
        return "the transcript is missing.", "Give its id."
    if found.verdict is None:
        if found.target not in ("framework", "codebook"):
            return "a done mark is for the framework or the codebook.", "Write one of these as its target."
        if found.start or found.quote:
            return "a done mark is for the whole transcript.", "Leave start, end and quote empty."
        return None
    if not found.start:
        return "start is missing.", "Write the turn, such as 41, or turn and sentence, such as 41.2."
    if found.verdict in (Verdict.APPLIES, Verdict.NOT) and not found.target:
        return "the target is missing.", "Write a heading or theme: its key, its number or its name."
    if found.verdict is Verdict.NONE and found.target and fold(found.target) not in ("framework", "codebook"):
        return "none says that nothing applies, and yet there is a target.", "Write not, or leave the target empty."
    return None


def _span(check: Check, row: TableRow) -> tuple[str, str, str] | None:
    """Transcript, start and end. P03:41-43 in one cell is understood too, where it names the same transcript."""
    first, last = (_REFERENCE.fullmatch(row.get(column) or row.get("start")) for column in ("start", "end"))
    if first is None or last is None:
        which = "start" if first is None else "end"
        check.say(row, f"{which} is no reference. The row is left out.", "Write 41, 41.2 or P03:41.2.")
        return None
    id = spaced(row.get("transcript")) or spaced(first["transcript"] or "")
    if any(one["transcript"] and fold(one["transcript"]) != fold(id) for one in (first, last)):
        check.say(row, "the reference names another transcript. The row is left out.", "Make the two the same.")
        return None
    start, end = first["start"], last["end"] or last["start"]
    if _order(end, last=True) < _order(start, last=False):
        check.say(row, f"the end {end} lies before the start {start}. The row is left out.", "Look at the two.")
        return None
    return id, start, end


def _order(reference: str, *, last: bool) -> tuple[float, float]:
    turn, _, sentence = reference.partition(".")
    return int(turn), int(sentence) if sentence else float("inf") if last else 0


def _date(check: Check, row: TableRow) -> str:
    written = row.get("date")
    moment = utc_moment(written) if written else ""
    if moment is None:
        check.say(row, f"date {shown(written)} is no clear day; the row is read without it.", REMEDY)
    return moment or ""
