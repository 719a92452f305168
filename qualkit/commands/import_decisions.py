"""qualkit import decisions: decisions made elsewhere. Each quotation is looked up in its transcript."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path

from qualkit.commands.decide import record_done
from qualkit.commands.ledger import Hand, Ledger
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.state import Held, State
from qualkit.errors import QualkitError
from qualkit.framework.find import find_heading
from qualkit.ingest.tables.decisions import DecisionRow, read_decisions
from qualkit.model.codebook import Theme
from qualkit.model.decisions import Basis, Target, Verdict
from qualkit.model.references import Reference
from qualkit.model.rows import Problem
from qualkit.store.recording import Recording
from qualkit.store.study import Study


@dataclass
class _Tally:
    problems: list[Problem] = field(default_factory=list)
    recorded: int = 0
    known: int = 0


def import_decisions(study: Study, file: Path, *, coder: str = "") -> Outcome:
    """Record the rows of decisions.csv. `coder` is whose they are where a row names nobody."""
    read = read_decisions(file)
    tally = _Tally(list(read.problems))
    with study.recording("import decisions", coder) as record:
        state = State(study)
        ledger = Ledger(state, record, state.every_decision)
        for row in read.rows:
            try:
                changed = _row(study, state, record, ledger, row, coder or study.here.get("coder"), file.name, tally)
            except QualkitError as error:
                tally.problems.append(Problem(file.name, f"row {row.row}", error.message, error.hint))
                continue
            tally.recorded += changed
            tally.known += not changed
    last = f"{counted(tally.recorded, 'decision')} recorded, {tally.known} stood already."
    left = len(read.rows) - tally.recorded - tally.known
    last += f" Not recorded (see above): {counted(left, 'row')}." if left else ""
    data: dict[str, object] = {"recorded": tally.recorded, "known": tally.known, "left": left}
    return Outcome([], tally.problems, f"{last} Next: qualkit status", data)


def _row(
    study: Study,
    state: State,
    record: Recording,
    ledger: Ledger,
    row: DecisionRow,
    coder: str,
    file: str,
    tally: _Tally,
) -> bool:
    held = state.transcript(row.transcript)
    who = coder if row.consensus else row.coder or coder
    if not who:
        raise QualkitError("the row names no coder.", "Fill in the coder, or add --coder NAME.")
    if row.verdict is None:
        return record_done(
            study, record, held, coder=who, done=bool(row.done), scheme=row.target, on=row.date[:10],
            consensus=row.consensus,
        )  # fmt: skip
    span = _span(held, row, file, tally)
    hand = Hand(who, Basis.IMPORTED, row.consensus, row.blind, row.reason, row.date)
    kind, target = _target(study, state, row)
    return ledger.decide(hand, held, span, target, row.verdict, kind)


def _target(study: Study, state: State, row: DecisionRow) -> tuple[Target, str]:
    """A heading by key, number or name; else a theme of the codebook by key or name."""
    if row.verdict is Verdict.NONE or not row.target:
        return Target.HEADING, ""
    wanted = row.target.casefold()
    themes = [t for t in study.rows(Theme) if wanted in (t.key.casefold(), t.name.casefold())]
    if len(themes) == 1 and not (state.framework and state.framework.heading(row.target)):
        return Target.THEME, themes[0].key
    framework, _ = state.needed_framework()
    return Target.HEADING, find_heading(framework, row.target).key


def _span(held: Held, row: DecisionRow, file: str, tally: _Tally) -> tuple[int, int]:
    """The stretch a row means. Where its quotation is not there, the nearest place that has it, and that is told."""
    reference = Reference.parse(f"{held.shown}:{row.start}-{row.end or row.start}")
    if reference is None:
        raise QualkitError("start is no reference.", "Write 41, 41.2 or P03:41.2.")
    try:
        start, end = reference.offsets(held.turns)
    except LookupError as error:
        raise QualkitError(f"{held.shown}: {error.args[0]}.", f"See: qualkit show {held.shown}") from None
    if not row.quote:
        return start, end
    found = quoted(held.version.text, row.quote, start)
    if found is None:
        raise QualkitError(
            "its quotation is not found in the transcript.", f"Look: qualkit show {held.shown}:{row.start}"
        )
    if found[0] < start or found[1] > end:
        where = held.reference(*found)
        what = f"the quotation does not stand where the row says; it was recorded where it stands, at {where}."
        tally.problems.append(Problem(file, f"row {row.row}", what, "Check this place."))
    return found


def quoted(text: str, quote: str, near: int) -> tuple[int, int] | None:
    """Where a quotation stands, nearest to `near`: as it is written, or its first and last words with "..." between.

    Any white space counts as one space, and curly quotation marks as straight ones.
    """
    whole = [match.span() for match in _pattern(quote).finditer(text)]
    if not whole:
        parts = [part for part in re.split(r"[\[(]?(?:\.\.\.|…)[\])]?", quote) if part.strip()]
        if len(parts) < 2:
            return None
        ends = [match.end() for match in _pattern(parts[-1]).finditer(text)]
        starts = [match.span() for match in _pattern(parts[0]).finditer(text)]
        places = [(at, bisect_left(ends, done)) for at, done in starts]
        whole = [(at, ends[n]) for at, n in places if n < len(ends)]
    return min(whole, key=lambda span: abs(span[0] - near), default=None)


def _pattern(words: str) -> re.Pattern[str]:
    signs = {"'": "['‘’]", "’": "['‘’]", "‘": "['‘’]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}
    spelt = ["".join(signs.get(sign, re.escape(sign)) for sign in word) for word in words.split()]
    return re.compile(r"\s+".join(spelt) or r"(?!)")
