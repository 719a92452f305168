"""qualkit show --why: for each passage what every proposer says of the headings, in words and ranks."""

from qualkit.chart.evidence import in_words
from qualkit.commands.decide import resolve
from qualkit.commands.import_transcripts import Progress, no_progress
from qualkit.commands.index import material
from qualkit.commands.outcome import Outcome
from qualkit.commands.state import Held, State
from qualkit.index.run import read
from qualkit.index.steps import Kind
from qualkit.index.why import Standing, Why
from qualkit.model.index import Passage
from qualkit.model.schedule import Framework
from qualkit.store.cache import DiskCache
from qualkit.store.study import Study

MOST = 5  # headings a passage
_STEPS = {
    Kind.ASKS: "questions",
    Kind.FOLLOWS_UP: "follow-ups",
    Kind.NEW_TURN: "new turns",
    Kind.SAME_TURN: "later passages of one turn",
}


def why(study: Study, place: str, *, progress: Progress = no_progress) -> Outcome:
    """What every proposer says of the passages that a reference touches. The study is read anew, from the cache."""
    cache = DiskCache(study.folder)
    try:
        with study.snapshot():
            state = State(study)
            framework, _ = state.needed_framework()
            held, (start, end) = resolve(state, place)
            given = material(state, cache)
            names = iter(range(1_000))
            whole = read(
                given, lambda name: progress(f"Reading ({name})", next(names), 4), own_talk=state.choices.own_talk
            )
            told = Why(given, whole, state.choices)
            talk = next(talk for talk in given.talks if talk.version == held.version.id)
            touched = [passage for passage in talk.passages if passage.start < end and start < passage.end]
            standings = {passage: told.of(passage) for passage in touched}
            outcome = Outcome(data={"passages": [_plain(held, framework, *each) for each in standings.items()]})
            for each in standings.items():
                outcome.said += [*_lines(held, framework, *each), ""]
    finally:
        cache.close()
    if touched:
        stays = [f"{told.staying()[kind]:.0f} of 100 {name}" for kind, name in _STEPS.items()]
        outcome.said.append(f"In this study the talk stays on its heading in {', '.join(stays)}.")
    outcome.last = (
        f"{held.shown}: ranks, and no scores; – is no word for it. To see fewer or more: qualkit index --silence N"
        if touched
        else f"There is no talk of participants in {place}."
    )
    return outcome


def _lines(held: Held, framework: Framework, passage: Passage, standings: list[Standing]) -> list[str]:
    """A table of ranks; below each heading its evidence."""
    reference = held.reference(passage.start, passage.end)
    proposed = [standing for standing in standings if standing.proposed]
    lines = [f"{reference}: {_verdict(framework, standings, len(proposed))}"]
    shown = standings[: max(MOST, len(proposed))]
    columns = list(shown[0].ranks) if shown else []
    names = [_name(framework, standing) for standing in shown]
    width = max(map(len, names), default=0)
    if shown:
        lines.append(f"  {'':{width}}  " + "  ".join(columns))
    for name, standing in zip(names, shown, strict=True):
        ranks = "  ".join(f"{rank or '–':>{len(column)}}" for column, rank in standing.ranks.items())
        lines.append(f"  {name:{width}}  {ranks}" + (f"  proposed ({standing.proposed})" if standing.proposed else ""))
        heading = framework.heading(standing.heading)
        if heading:
            lines += [f"      {in_words(e, held.version.text, heading, held.reference)}" for e in standing.evidence]
    return lines


def _verdict(framework: Framework, standings: list[Standing], proposed: int) -> str:
    if not standings:
        return "nothing is proposed: no heading is spoken for"
    if not proposed:
        return "nothing is proposed: it fits the headings no better than shuffled ones"
    if len(standings) == proposed:
        return f"{proposed} proposed, and no other is spoken for"
    following = _name(framework, standings[proposed])
    return f"{proposed} proposed; the next, {following}, is too unlikely to be shown beside"


def _name(framework: Framework, standing: Standing) -> str:
    heading = framework.heading(standing.heading)
    return f"{heading.number} {heading.name}" if heading else standing.heading


def _plain(held: Held, framework: Framework, passage: Passage, standings: list[Standing]) -> dict[str, object]:
    headings = [
        {"heading": _name(framework, each), "proposed": each.proposed, "ranks": each.ranks} for each in standings
    ]
    return {"reference": held.reference(passage.start, passage.end), "headings": headings}
