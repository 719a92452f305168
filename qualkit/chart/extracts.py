"""Extracts: the stretches of talk that carry a heading, decided by people or proposed by the machine."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from qualkit.chart.source import Source
from qualkit.model.chart import Extract, Said
from qualkit.model.decisions import Run, Standing
from qualkit.model.index import Passage, Proposal
from qualkit.model.references import printed, touching
from qualkit.model.transcripts import GONE, Turn

DECIDED, DISPUTED, PROPOSED = "decided", "disputed", "proposed"
NOTHING = ""
_STATUS = {Standing.APPLIES: DECIDED, Standing.DISPUTED: DISPUTED, Standing.CONFLICT: DISPUTED}
Stretch = tuple[int, int, str, tuple[str, ...]]  # start, end, status, by


def is_reviewed(decided: Mapping[str, Run]) -> bool:
    """Whether a person has said what a passage is about: some heading, nothing at all, or in dispute."""
    return any(
        run.standing is not Standing.NOT if target != NOTHING else run.standing is Standing.APPLIES
        for target, run in decided.items()
    )


def standing_proposal(source: Source, passage: Passage, decided: Mapping[str, Run]) -> Proposal | None:
    """The proposal that fills the working index: the best that nobody rejected, where nobody decided."""
    if is_reviewed(decided):
        return None
    return next((each for each in source.proposals.get(passage, ()) if each.heading not in decided), None)


def extracts(
    source: Source, found: Iterable[Run], decided: Mapping[Passage, Mapping[str, Run]], final: bool
) -> dict[str, list[Extract]]:
    """Heading key -> the extracts of one transcript, in its order.

    `found` are the runs of this transcript's version, `decided` what is decided for its passages. `final`: what
    people agree on, and nothing else.
    """
    stretches: dict[str, list[Stretch]] = defaultdict(list)
    for run in found:
        status = _STATUS.get(run.standing) if run.target != NOTHING else None
        if status and not (final and status == DISPUTED):
            stretches[run.target].append((run.start, run.end, status, run.tracks))
    if not final:
        for passage in source.passages:
            proposal = standing_proposal(source, passage, decided.get(passage, {}))
            if proposal:
                stretches[proposal.heading].append((passage.start, passage.end, PROPOSED, ()))
    made = {key: [_extract(source, each) for each in _joined(source, rows)] for key, rows in stretches.items()}
    return {key: [extract for extract in rows if any(s.data for s in extract.said)] for key, rows in made.items()}


def _joined(source: Source, rows: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours of one status with only white space between them, made one; proposals only inside a turn."""
    joined: list[Stretch] = []
    for start, end, status, by in sorted(rows):
        last = joined[-1] if joined else None
        between = source.text[last[1] : start] if last else ""
        crosses = "\n" in between and status == PROPOSED
        if last and last[2] == status and start >= last[1] and not between.strip() and not crosses:
            joined[-1] = (last[0], end, status, tuple(sorted({*last[3], *by})))
        else:
            joined.append((start, end, status, by))
    return joined


def _extract(source: Source, stretch: Stretch) -> Extract:
    start, end, status, by = stretch
    said = [
        Said(
            speaker=source.speakers[turn.speaker].label,
            participant=source.people.get(turn.speaker, "") if source.is_data(turn) else "",
            text=_said(source, turn, max(start, turn.start), min(end, turn.end)),
            data=source.is_data(turn),
        )
        for turn in touching(source.turns, start, end)
    ]
    merged = tuple(_one_voice(list(group)) for _, group in groupby(said, key=lambda s: (s.speaker, s.participant)))
    people = {each.participant for each in merged if each.data}
    reference = printed(source.shown, start, end, source.turns)
    return Extract(source.shown, source.version, start, end, reference, status, by, merged, len(people) > 1)


def _said(source: Source, turn: Turn, start: int, end: int) -> str:
    return GONE if source.speakers[turn.speaker].label == GONE else source.text[start:end]


def _one_voice(said: Sequence[Said]) -> Said:
    text = "\n".join(each.text for each in said)
    return Said(said[0].speaker, said[0].participant, text, said[0].data)
