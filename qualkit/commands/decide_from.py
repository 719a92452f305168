"""qualkit decide --from MATRIX.xlsx: the Decision column of an exported workbook, read back row by row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qualkit.commands.book import written
from qualkit.commands.ledger import Hand, Ledger
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.outputs import hash_of
from qualkit.commands.readings import Decided, Readings, sorted_out
from qualkit.commands.state import State
from qualkit.errors import QualkitError
from qualkit.exchange.matrix_decisions import RowBack, read_decisions_back
from qualkit.model.decisions import Basis, Run, Verdict
from qualkit.model.notation import Want
from qualkit.model.rows import Problem
from qualkit.model.workbook import cell_text
from qualkit.store.recording import now
from qualkit.store.study import Study

Confirm = Callable[[str], bool]


@dataclass
class _Tally:
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    verdicts: int = 0
    kept: int = 0  # emptied cells that were not taken back


def decide_from(
    study: Study,
    file: Path,
    *,
    coder: str = "",
    consensus: bool = False,
    blind: bool = False,
    confirm: Confirm = lambda question: False,
) -> Outcome:
    """Record what was typed into the Decision column. `confirm` is asked before emptied cells are taken back.

    What changed in the study since the export is not overwritten: such rows are reported.
    """
    back = read_decisions_back(file)
    name = coder or back.coder
    if not name:
        raise QualkitError(f"{file}: the workbook names no coder.", "Add --coder NAME.")
    tally = _Tally(list(back.problems))
    emptied = [row for row in back.rows if row.wants.kind is Want.CLEAR]
    clear = bool(emptied) and confirm(_question(len(emptied)))
    with study.recording("decide --from", name) as record:
        readings = Readings(State(study))
        ledger = Ledger(readings.state, record, readings.state.decisions)
        hand = Hand(name, Basis.SPREADSHEET, consensus, blind)
        mine = readings.decided_by(hand.track)
        for row in back.rows:
            if row.wants.kind is Want.CLEAR and not clear:
                tally.kept += 1
                continue
            _row(readings, ledger, hand, mine, row, file.name, tally)
        if not tally.problems and not tally.kept:
            study.here.read_back(hash_of(file), now())  # nothing in it is not in the study
    return _told(tally, back.unchanged, name, file)


def _question(emptied: int) -> str:
    cells = "cell was" if emptied == 1 else "cells were"
    return f"{emptied} Decision {cells} emptied. Take these decisions back?"


def _row(readings: Readings, ledger: Ledger, hand: Hand, mine: Decided, row: RowBack, file: str, tally: _Tally) -> None:
    try:
        held = readings.state.transcript(row.key.transcript)
    except QualkitError as error:
        tally.problems.append(Problem(file, row.place, error.message, "Was it exported from this study?"))
        return
    passage = readings.passage(held.version.id, row.key.start, row.key.end)
    if passage is None or cell_text(held.version.text[passage.start : passage.end]).split() != row.text.split():
        what = "the passage is no longer as it was when this workbook was exported; nothing was recorded for it."
        tally.problems.append(Problem(file, row.place, what, "Export the matrix again and decide there."))
        return
    stands = written(readings, passage, mine)
    if stands != row.was and not hand.consensus:
        if stands != row.now:
            what = f'your decision was changed in the study since the export (it is now "{stands or "blank"}"); kept.'
            tally.problems.append(Problem(file, row.place, what, f"To change it: qualkit decide {row.reference} ..."))
        return
    acts = _acts(row, mine.get(passage, {}))
    done = sum(ledger.decide(hand, held, (passage.start, passage.end), key, verdict) for key, verdict in acts)
    tally.rows += bool(done)
    tally.verdicts += done


def _acts(row: RowBack, decided: Mapping[str, Run]) -> list[tuple[str, Verdict]]:
    """What must be recorded so that the row stands as it was typed."""
    applied, rejected, none = sorted_out(decided)
    wants = row.wants
    named = {*wants.applies, *wants.rejects}
    acts = [(key, Verdict.BACK) for key in (*applied, *rejected) if key not in named]
    if wants.kind is Want.NONE:
        return [("", Verdict.NONE), *((key, v) for key, v in acts if key in rejected), *_rejects(row)]
    if none and not wants.applies:
        acts.append(("", Verdict.BACK))
    return [*acts, *((key, Verdict.APPLIES) for key in wants.applies), *_rejects(row)]


def _rejects(row: RowBack) -> list[tuple[str, Verdict]]:
    return [(key, Verdict.NOT) for key in row.wants.rejects]


def _told(tally: _Tally, unchanged: int, coder: str, file: Path) -> Outcome:
    said = []
    if tally.kept:
        said.append(f"Left as they stand: {counted(tally.kept, 'emptied cell')}; --yes takes such decisions back.")
    last = f"{file.name}: {counted(tally.rows, 'passage')} decided for {coder}, {counted(unchanged, 'cell')} unchanged."
    if tally.problems:
        last += f" To look at (above): {counted(len(tally.problems), 'row')}."
    data: dict[str, object] = {"passages": tally.rows, "verdicts": tally.verdicts, "unchanged": unchanged}
    return Outcome(said, tally.problems, last + " Next: qualkit status", data)
