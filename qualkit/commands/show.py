"""qualkit show: a transcript with turn numbers and, beside the talk, what was decided and what is proposed."""

from dataclasses import dataclass

from qualkit.chart.extracts import standing_proposal
from qualkit.chart.source import Source
from qualkit.commands.correct import looks
from qualkit.commands.decide import resolve
from qualkit.commands.outcome import Outcome
from qualkit.commands.readings import Readings
from qualkit.commands.state import Held, State
from qualkit.index.views import NOTHING
from qualkit.model.decisions import Run, Standing
from qualkit.model.index import Passage
from qualkit.model.references import touching
from qualkit.model.transcripts import GONE, Role, Turn
from qualkit.store.study import Study


@dataclass(frozen=True)
class Mark:
    """One heading beside a stretch of talk."""

    word: str  # decided, not, disputed, proposed, "nothing applies"
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A stretch of one turn that is shown together."""

    reference: str
    speaker: str
    is_data: bool
    text: str
    marks: tuple[Mark, ...]


def show(study: Study, place: str) -> tuple[list[Block], Outcome]:
    """The blocks of a transcript, or of the turns that a reference names."""
    with study.snapshot():
        state = State(study)
        held, (start, end) = resolve(state, place)
        readings = Readings(state, only=held.version.id) if state.framework else None
        blocks = [block for turn in touching(held.turns, start, end) for block in _blocks(held, turn, readings)]
        mine = [row for row in looks(state) if row.file == held.shown]
        outcome = Outcome(
            problems=mine, last=_last(held, readings), data={"blocks": [_plain(block) for block in blocks]}
        )
        return blocks, outcome


def _last(held: Held, readings: Readings | None) -> str:
    if readings is None:
        return f"{held.shown} has no headings yet. Next: qualkit import framework schedule.yaml"
    progress = readings.progress(held.version.id)
    done = f"{progress.decided} of {progress.passages} passages decided"
    return f"{held.shown}: {done}. Decide with: qualkit decide {held.shown}:TURN HEADING"


def _blocks(held: Held, turn: Turn, readings: Readings | None) -> list[Block]:
    speaker = held.speakers[turn.speaker]
    is_data = speaker.role is Role.PARTICIPANT
    text = held.version.text
    if readings is None or not is_data:
        marks = _spans(readings, held, turn.start, turn.end) if readings else ()
        said = GONE if speaker.label == GONE else text[turn.start : turn.end]
        return [Block(f"{held.shown}:{turn.n}", speaker.label, is_data, said, marks)]
    source = readings.source(held.version.id)
    inside = [passage for passage in source.passages if passage.turn == turn.n]
    return [
        Block(
            held.reference(passage.start, passage.end),
            speaker.label,
            True,
            text[passage.start : passage.end],
            (*_spans(readings, held, passage.start, passage.end), *_proposed(readings, source, held, passage)),
        )
        for passage in inside
    ]


def _spans(readings: Readings, held: Held, start: int, end: int) -> tuple[Mark, ...]:
    """What people decided on any part of a stretch."""
    touching = [r for r in readings.runs_of(held.version.id) if r.start < end and start < r.end]
    shown = sorted(touching, key=lambda run: (run.target, run.start))
    return tuple(_mark(readings, held, run, (start, end)) for run in shown if not _is_noise(run))


def _is_noise(run: Run) -> bool:
    """That somebody found something is told by what was found."""
    return run.target == NOTHING and run.standing is not Standing.APPLIES


def _mark(readings: Readings, held: Held, run: Run, stretch: tuple[int, int]) -> Mark:
    by = ", ".join(run.tracks)
    whole = run.start <= stretch[0] and stretch[1] <= run.end
    where = "" if whole else f" at {held.reference(max(run.start, stretch[0]), min(run.end, stretch[1]))}"
    if run.target == NOTHING:
        return Mark("nothing applies", f"nothing applies ({by}){where}")
    heading = readings.framework.heading(run.target)
    name = f"{heading.number} {heading.name}" if heading else f"{run.target} (no longer in the framework)"
    word = {Standing.APPLIES: "decided", Standing.NOT: "not"}.get(run.standing, "disputed")
    said = {"decided": "decided", "not": "does not apply", "disputed": str(run.standing)}[word]
    return Mark(word, f"{name}: {said} ({by}){where}")


def _proposed(readings: Readings, source: Source, held: Held, passage: Passage) -> tuple[Mark, ...]:
    decided = readings.decided.get(passage, {})
    if standing_proposal(source, passage, decided) is None:
        return ()
    return tuple(
        Mark("proposed", f"{s.number} {s.name}: proposed", s.evidence)
        for s in readings.suggested(held, passage)
        if s.key not in decided
    )


def _plain(block: Block) -> dict[str, object]:
    marks = [{"word": mark.word, "text": mark.text, "evidence": list(mark.evidence)} for mark in block.marks]
    return {"reference": block.reference, "speaker": block.speaker, "text": block.text, "marks": marks}
