"""Typed emptiness: why a cell holds nothing, or that its topic came up unasked. Inferred until a coder has finished."""

from collections.abc import Collection, Sequence

from qualkit.chart.source import Source
from qualkit.model.chart import Emptiness
from qualkit.model.transcripts import Kind, Told


def emptiness(
    sources: Sequence[Source], people: Collection[str], heading: str, filled: bool, indexed: bool
) -> tuple[Emptiness | None, Told | None]:
    """Why a cell of `people` is empty, or UNPROMPTED for one that is not.

    `sources` are the transcripts in which they speak; `indexed` says that all of these are indexed in the reading
    that is charted. Confirmed where every transcript was marked as finished by a coder.
    """
    asked = [(source, asking) for source in sources for asking in source.askings if asking.heading == heading]
    told = Told.CONFIRMED if sources and all(source.done_by for source in sources) else Told.INFERRED
    if filled:
        # that nobody asked can be said only where the interviewer's questions were recognised at all
        heard = sources and all(source.askings for source in sources)
        return (Emptiness.UNPROMPTED, Told.INFERRED) if heard and not asked else (None, None)
    if not sources or not indexed:
        return Emptiness.NOT_INDEXED, Told.INFERRED
    if not asked:
        return Emptiness.NOT_ASKED, told
    if all(source.kind is Kind.FOCUS_GROUP for source, _ in asked) and not any(
        _spoke(source, people, asking.turn, asking.until) for source, asking in asked
    ):
        return Emptiness.DID_NOT_SPEAK, told
    return Emptiness.NOTHING_RELEVANT, told


def _spoke(source: Source, people: Collection[str], after: int, until: int) -> bool:
    return any(
        after < turn.n <= until and source.is_data(turn) and source.people.get(turn.speaker) in people
        for turn in source.turns
    )
