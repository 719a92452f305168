"""Putting together what an exported matrix holds, from the rows of the study."""

from collections import defaultdict

from qualkit.chart.matrix import matrix
from qualkit.chart.source import Source
from qualkit.commands.conflicts import conflicts
from qualkit.commands.correct import looks
from qualkit.commands.people import LISTED
from qualkit.commands.readings import Decided, Readings, sorted_out
from qualkit.commands.state import Held, State
from qualkit.model.book import Book, IndexRow, Person, SpanKey, TranscriptLine
from qualkit.model.chart import MatrixRow
from qualkit.model.decisions import Verdict
from qualkit.model.index import Passage
from qualkit.model.notation import notation
from qualkit.model.rows import Problem
from qualkit.model.transcripts import GONE, ImportNote
from qualkit.version import __version__


def book(state: State, *, by: str, final: bool, coder: str) -> Book:
    """The content of one export; `coder` is whose decisions the Decision column shows."""
    readings = Readings(state)
    charted = matrix(
        readings.framework, matrix_rows(state, by), readings.sources, readings.runs, readings.decided, by, final
    )
    return Book(
        study=state.study.folder.resolve().name,
        coder=coder,
        day=_day(state),
        tool=__version__,
        matrix=charted,
        index=tuple(index_rows(readings, coder)),
        people=tuple(people(state)),
        transcripts=tuple(_transcript(readings, held) for held in state.transcripts),
        progress=readings.progress(),
        problems=tuple(problems(state, readings)),
        withdrawn=len(state.withdrawn),
        framework_sha256=readings.framework_version.sha256,
    )


def _day(state: State) -> str:
    events = state.study.events()
    return events[-1].at[:10] if events else ""


def matrix_rows(state: State, by: str) -> list[MatrixRow]:
    """The rows of a matrix, in the order of their shown ids; groups are their own key."""
    if by == "case":
        groups = [(case.key, case.shown, state.members[key]) for key, case in state.cases.items()]
    elif by == "participant":
        groups = [(person.key, person.shown, [key]) for key, person in state.participants.items()]
    else:
        names = sorted({person.group for person in state.participants.values()})
        members = {name: [k for k, p in state.participants.items() if p.group == name] for name in names}
        groups = [(name, name or "(no group)", members[name]) for name in names]
    rows = [_matrix_row(state, key, shown, people) for key, shown, people in groups if people]
    return sorted(rows, key=lambda row: (row.shown, row.key))


def _matrix_row(state: State, key: str, shown: str, keys: list[str]) -> MatrixRow:
    people = [state.participants[each] for each in keys]
    attributes: dict[str, list[str]] = {}
    for person in people:
        for name, row in sorted(state.attributes[person.key].items()):
            if name != LISTED and row.value:
                attributes.setdefault(name, []).append(row.value)
    alike = {name: values if len(set(values)) > 1 else values[:1] for name, values in attributes.items()}
    return MatrixRow(
        key=key,
        shown=shown,
        participants=tuple(sorted(person.shown for person in people)),
        groups=tuple(sorted({person.group for person in people if person.group})),
        transcripts=tuple(held.shown for held in state.transcripts if _speaks(held, keys)),
        attributes=tuple((name, "; ".join(values)) for name, values in alike.items()),
    )


def _speaks(held: Held, keys: list[str]) -> bool:
    return any(speaker.participant in keys for speaker in held.speakers.values())


def index_rows(readings: Readings, coder: str) -> list[IndexRow]:
    """Every passage, in the order of transcripts and text."""
    mine = readings.decided_by(coder)
    others = {track: readings.decided_by(track) for track in readings.tracks if track != coder}
    return [
        _index_row(readings, source, held, passage, mine, others)
        for source, held in zip(readings.sources, readings.state.transcripts, strict=True)
        for passage in source.passages
    ]


def _index_row(
    readings: Readings, source: Source, held: Held, passage: Passage, mine: Decided, others: dict[str, Decided]
) -> IndexRow:
    state = readings.state
    speaker = held.speakers[held.turn(passage.turn).speaker]
    said = {track: written(readings, passage, decided) for track, decided in others.items()}
    return IndexRow(
        key=SpanKey(held.shown, passage.start, passage.end),
        reference=held.reference(passage.start, passage.end),
        speaker=speaker.label,
        participant=source.people.get(speaker.key, ""),
        cases=tuple(state.cases[key].shown for key in state.cases_of.get(speaker.participant, ())),
        groups=tuple(p.group for p in [state.participants.get(speaker.participant)] if p and p.group),
        text=held.version.text[passage.start : passage.end],
        suggested=readings.suggested(held, passage),
        decided=written(readings, passage, mine),
        others="; ".join(f"{track}: {words}" for track, words in said.items() if words),
        status=readings.told_status(source, passage),
    )


def written(readings: Readings, passage: Passage, decided: Decided) -> str:
    """What stands for a passage, in the words of the Decision column."""
    stands = decided.get(passage)
    if not stands:
        return ""
    applies, rejects, none = sorted_out(stands)
    proposed = [each.heading for each in readings.proposals.get(passage, ())]
    return notation(applies, rejects, none, proposed, readings.numbers)


def people(state: State) -> list[Person]:
    """Who took part, by shown id."""
    found = []
    for key, person in sorted(state.participants.items(), key=lambda item: item[1].shown):
        attributes = {name: row.value for name, row in sorted(state.attributes[key].items()) if name != LISTED}
        found.append(
            Person(
                participant=person.shown,
                case="; ".join(state.cases[case].shown for case in state.cases_of.get(key, ())),
                group=person.group,
                transcripts=tuple(held.shown for held in state.transcripts if _speaks(held, [key])),
                attributes=tuple(attributes.items()),
            )
        )
    return found


def _transcript(readings: Readings, held: Held) -> TranscriptLine:
    row = held.transcript
    done = readings.state.done.get(row.key, ())
    return TranscriptLine(
        shown=held.shown,
        kind=str(row.kind),
        held=row.held,
        mode=row.mode,
        minutes=row.minutes,
        words=len(held.version.text.split()),
        progress=readings.progress(held.version.id),
        done_by=tuple(f"{mark.track}, {mark.on}" for mark in done),
    )


def problems(state: State, readings: Readings) -> list[Problem]:
    """What readers reported of the transcripts, and decisions that no heading of the framework shows."""
    notes: dict[str, list[ImportNote]] = defaultdict(list)
    for note in state.study.rows(ImportNote):
        notes[note.version].append(note)
    found = [
        Problem(held.original_name, n.place, n.what, n.remedy, n.dropped, n.serious)
        for held in state.transcripts
        for n in notes[held.version.id]
        if n.what != GONE
    ]
    found += [*looks(state), *conflicts(state)]
    known = {heading.key for heading in readings.framework.headings()}
    lost = [row for row in state.decisions if row.target and row.target not in known]
    for row in sorted(lost, key=lambda each: (each.version, each.start, each.target)):
        held = state.by_version(row.version)
        if held and row.verdict is not Verdict.BACK:
            what = f"a decision of {row.track} is on heading {row.target}, which the framework no longer has."
            found.append(Problem(held.shown, held.reference(row.start, row.end), what, MEND_LOST))
    return found


MEND_LOST = "Say where it goes: qualkit import framework FILE --move OLD=NEW"
