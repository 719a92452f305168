"""Who speaks: speakers of transcripts linked to participants, and participants to cases. Nothing is matched silently.

A label is a participant of its own unless a person said otherwise: in transcripts.csv (LABEL=participant), by a label
that is a participant's id, or by cases.csv where it names one participant for a transcript with one such label.
"""

import itertools
from collections.abc import Container
from dataclasses import replace

from qualkit.commands.state import Held, State
from qualkit.errors import QualkitError
from qualkit.model.people import Case, Membership, Participant
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Kind, Role, Speaker
from qualkit.store.recording import Recording
from qualkit.store.study import Study

LISTED = "transcripts"  # the attribute that keeps which transcripts cases.csv names for a participant


def link_speakers(study: Study, record: Recording) -> list[Problem]:
    """Give each participant's label a participant, and each participant a case. Reports what a person must say."""
    problems = []
    for held in State(study).transcripts:
        problems += _link_transcript(State(study), record, held)
    _retire(State(study), record)
    _give_cases(State(study), record)
    return problems


def _link_transcript(state: State, record: Recording, held: Held) -> list[Problem]:
    labels = [speaker for speaker in held.speakers.values() if speaker.role is Role.PARTICIPANT]
    settled = [
        s for s in labels if s.participant in state.participants and not _is_provisional(state, s.participant, held)
    ]
    bound = {speaker.participant for speaker in settled}
    open_labels = [speaker for speaker in labels if speaker not in settled]
    listed = [key for key in _listed(state, held.shown) if key not in bound]
    for speaker in list(open_labels):
        same = [
            key for key, person in state.participants.items() if person.shown.casefold() == speaker.label.casefold()
        ]
        if same and same[0] in listed:
            _link(record, speaker, same[0])
            open_labels.remove(speaker)
            listed.remove(same[0])
    if len(open_labels) == len(listed) == 1:
        _link(record, open_labels.pop(), listed.pop())
    for speaker in open_labels:
        if speaker.participant not in state.participants:
            made = add_participant(record, state, _name(state, held, speaker, len(labels)))
            _link(record, speaker, made.key)
            state = State(state.study)
    names = ", ".join(sorted(state.participants[key].shown for key in listed))
    if not names:
        return []
    what = f"cases.csv names {names} for this transcript, and it is not clear which speaker that is."
    remedy = f"Say so in transcripts.csv, column speakers: LABEL={names.split(', ')[0]} (labels: {_labels(labels)})."
    return [Problem(held.shown, "", what, remedy)]


def _labels(speakers: list[Speaker]) -> str:
    return ", ".join(speaker.label for speaker in speakers) or "none of a participant"


def _listed(state: State, shown: str) -> list[str]:
    """Participants for whom cases.csv names this transcript."""
    return [
        key
        for key in state.participants
        if (row := state.attributes[key].get(LISTED)) and shown in [id.strip() for id in row.value.split(";")]
    ]


def _is_provisional(state: State, key: str, held: Held) -> bool:
    """Made from a label of this transcript, and nothing is known of it that a person would have entered."""
    person = state.participants[key]
    return not person.group and not state.attributes[key] and person.shown.split("-")[0] == held.shown.split("-")[0]


def _name(state: State, held: Held, speaker: Speaker, labels: int) -> str:
    """A shown id that is free: the transcript's where one participant speaks, else with the label."""
    taken = {person.shown for person in state.participants.values()}
    plain = held.shown if labels == 1 else f"{held.shown}-{speaker.label}"
    return next(name for n in range(1, len(taken) + 2) if (name := plain if n == 1 else f"{plain}-{n}") not in taken)


def _link(record: Recording, speaker: Speaker, participant: str) -> None:
    if speaker.participant != participant:
        record.put(replace(speaker, participant=participant))


def _retire(state: State, record: Recording) -> None:
    """Participants made from a label that now belongs to another, and cases that lost all their participants."""
    speaking = {speaker.participant for held in state.transcripts for speaker in held.speakers.values()}
    for key, person in state.participants.items():
        if key not in speaking and not person.group and not state.attributes[key]:
            record.put(replace(person, retired=True))
    state = State(state.study)
    for key, case in state.cases.items():
        if not state.members[key]:
            record.put(replace(case, retired=True))


def _give_cases(state: State, record: Recording) -> None:
    """An interview is one case (a couple too), a focus group one case a person, unless cases.csv says otherwise."""
    taken = {case.shown for case in state.cases.values()}
    without = {key for key in state.participants if not state.cases_of.get(key)}
    for held in state.transcripts:
        here = dict.fromkeys(s.participant for s in held.speakers.values() if s.participant in without)
        groups = [[key] for key in here] if held.transcript.kind is Kind.FOCUS_GROUP else [list(here)]
        for people in groups:
            if people:
                _add_case(state, record, people, held.shown, taken)
                without -= set(people)
    for key in [each for each in state.participants if each in without]:
        _add_case(state, record, [key], state.participants[key].shown, taken)


def _add_case(state: State, record: Recording, people: list[str], transcript: str, taken: set[str]) -> None:
    plain = transcript if len(people) > 1 else state.participants[people[0]].shown
    shown = next(name for n in range(1, len(taken) + 2) if (name := plain if n == 1 else f"{plain}-{n}") not in taken)
    taken.add(shown)
    case = add_case(record, state, shown)
    for key in people:
        record.put(Membership(case=case.key, participant=key))


def add_participant(record: Recording, state: State, shown: str, group: str = "") -> Participant:
    """A new participant. Raises QualkitError where one of that id has withdrawn."""
    key = _free(record, "p", shown, state.participants)
    if key in state.refused:
        raise withdrawn(shown)
    return record.put(Participant(key=key, shown=shown, group=group))


def add_case(record: Recording, state: State, shown: str) -> Case:
    return record.put(Case(key=_free(record, "k", shown, state.cases), shown=shown))


def withdrawn(shown: str) -> QualkitError:
    return QualkitError(
        f"{shown} has withdrawn from this study: nothing of that id is taken in again.",
        "Remove it from the file. If it is another person, give that person another id.",
    )


def _free(record: Recording, kind: str, shown: str, taken: Container[str]) -> str:
    """The key for what is first seen under `shown`; another where one that is shown otherwise today has that key."""
    names = itertools.chain([shown], (f"{shown}#{n}" for n in itertools.count(2)))
    return next(key for name in names if (key := record.key(kind, name)) not in taken)
