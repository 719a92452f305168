"""qualkit import cases: who took part (cases.csv), and what each transcript is (transcripts.csv)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualkit.commands.decide import record_done
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.people import LISTED, add_case, add_participant, link_speakers
from qualkit.commands.state import Held, State
from qualkit.errors import QualkitError
from qualkit.framework.near import quoted
from qualkit.ingest.interface import Hints
from qualkit.ingest.tables.cases import CaseRow, CasesFile, read_cases
from qualkit.ingest.tables.transcripts import TranscriptRow, TranscriptsFile, read_transcripts
from qualkit.model.people import Attribute, Membership
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Kind, Role, Speaker, Told
from qualkit.store.recording import Recording
from qualkit.store.study import Study

CONSENT = ("consent", "consent_form", "consent_date")


@dataclass(frozen=True)
class People:
    """The two tables, as far as they are there."""

    cases: CasesFile | None = None
    transcripts: TranscriptsFile | None = None
    file: str = "transcripts.csv"

    def hints(self, shown: str, given: Hints) -> Hints:
        """What transcripts.csv says of a file that is about to be read; the command line overrules it."""
        row = next((r for r in (self.transcripts.rows if self.transcripts else ()) if r.transcript == shown), None)
        if row is None:
            return given
        roles = {label: who if isinstance(who, Role) else Role.PARTICIPANT for label, who in row.speakers.items()}
        return Hints(given.kind or row.kind, given.interviewers, {**roles, **given.roles})


def read_people(files: Sequence[Path], problems: list[Problem]) -> People:
    """Read cases.csv and transcripts.csv, told apart by their names. A table that cannot be read is a problem."""
    people = People()
    for file in files:
        try:
            if file.stem.casefold() == "transcripts":
                people = replace(people, transcripts=read_transcripts(file), file=file.name)
            else:
                people = replace(people, cases=read_cases(file))
        except QualkitError as error:
            problems.append(Problem(file.name, "", error.message.removeprefix(f"{file}: "), error.hint))
    for table in (people.cases, people.transcripts):
        problems += table.problems if table else ()
    return people


def import_cases(study: Study, file: Path, *, coder: str = "") -> Outcome:
    """Read one of the two tables and record what it changes."""
    problems: list[Problem] = []
    people = read_people([file], problems)
    with study.recording("import cases", coder) as record:
        problems += record_people(study, record, people, coder)
        problems += link_speakers(study, record)
        changed = record.rows_written
        state = State(study)
        persons, cases = len(state.participants), sum(bool(each) for each in state.members.values())
    read = people.cases or people.transcripts
    last = (
        f"{counted(persons, 'participant')} in {counted(cases, 'case')}."
        if changed
        else "Nothing changed: all of it was known."
    )
    data: dict[str, object] = {"participants": persons, "cases": cases, "rows_written": changed}
    return Outcome([], problems, f"{last} Next: qualkit status", data, failed=read is None)


def record_people(study: Study, record: Recording, people: People, coder: str) -> list[Problem]:
    """Write what the tables say where it differs from what stands."""
    problems: list[Problem] = []
    for row in people.cases.rows if people.cases else ():
        try:
            _record_participant(study, record, row, people.cases.columns if people.cases else ())
        except QualkitError as error:
            problems.append(Problem("cases.csv", f"row {row.row}", error.message, error.hint))
    for line in people.transcripts.rows if people.transcripts else ():
        problems += _record_transcript(study, record, line, people.file, coder)
    return problems


def apply_hints(study: Study, record: Recording, shown: str, hints: Hints) -> list[Problem]:
    """What was said on the command line of a transcript that is in the study already."""
    held = State(study).transcript(shown)
    stands = held.transcript
    if hints.kind:
        record.put(replace(stands, kind=hints.kind, kind_told=Told.CONFIRMED))
    labels = [label for label in hints.interviewers if _labelled(held, label)]  # others may be of other files
    return [p for label in labels for p in _record_speaker(study, record, held, label, Role.INTERVIEWER, "", "")]


def _labelled(held: Held, label: str) -> list[Speaker]:
    return [speaker for speaker in held.speakers.values() if speaker.label.casefold() == label.casefold()]


def _record_participant(study: Study, record: Recording, row: CaseRow, columns: Sequence[str]) -> None:
    state = State(study)
    person = next((p for p in state.participants.values() if p.shown.casefold() == row.participant.casefold()), None)
    if person is None:
        person = add_participant(record, state, row.participant, row.group)
    elif "group" in columns:
        person = record.put(replace(person, group=row.group))
    told = dict(row.attributes) | {name: getattr(row, name) for name in CONSENT if name in columns}
    if "transcripts" in columns:
        told[LISTED] = ";".join(row.transcripts)
    for name, value in told.items():
        _record_attribute(state, record, person.key, name, value)
    if row.case:
        _record_case(state, record, person.key, row.case)


def _record_attribute(state: State, record: Recording, person: str, name: str, value: str) -> None:
    if value or name in state.attributes[person]:
        record.put(Attribute(participant=person, name=name, value=value))


def _record_case(state: State, record: Recording, person: str, shown: str) -> None:
    """Put a participant into one case, and out of any other."""
    case = next((c for c in state.cases.values() if c.shown.casefold() == shown.casefold()), None)
    key = case.key if case else add_case(record, state, shown).key
    for row in state.study.rows(Membership):
        if row.participant == person and row.member and row.case != key:
            record.put(replace(row, member=False))
    record.put(Membership(case=key, participant=person))


def _record_transcript(study: Study, record: Recording, row: TranscriptRow, file: str, coder: str) -> list[Problem]:
    state = State(study)
    held = next((each for each in state.transcripts if each.shown.casefold() == row.transcript.casefold()), None)
    if held is None:
        what = f"there is no transcript {quoted(row.transcript)} in the study (yet)."
        return [Problem(file, f"row {row.row}", what, "Import it, then read this table again: qualkit import cases.")]
    stands = held.transcript
    new = replace(
        stands,
        held=row.held or stands.held,
        mode=row.mode or stands.mode,
        minutes=row.minutes or stands.minutes,
    )
    if row.kind:
        new = replace(new, kind=row.kind, kind_told=Told.CONFIRMED)
    record.put(new)
    problems = [
        p
        for label, who in row.speakers.items()
        for p in _record_speaker(study, record, held, label, who, f"row {row.row}", file)
    ]
    return problems + _record_analysed(study, record, held, row, file, coder)


def _record_speaker(
    study: Study, record: Recording, held: Held, label: str, who: str | Role, place: str, file: str
) -> list[Problem]:
    """Say who a label is: an interviewer, or a participant by id (made where the study has none of that id)."""
    held = State(study).transcript(held.shown)
    found = _labelled(held, label)
    if not found:
        labels = ", ".join(speaker.label for speaker in held.speakers.values())
        what = f"{held.shown} has no speaker of that label."
        return [Problem(file, f"{place}, speakers", what, f"Its labels are: {labels}.")]
    speaker = found[0]
    role = who if isinstance(who, Role) else Role.PARTICIPANT
    try:
        person = "" if isinstance(who, Role) else _participant(study, record, who)
    except QualkitError as error:
        return [Problem(file, f"{place}, speakers", error.message, error.hint)]
    if role is Role.PARTICIPANT and not person:
        person = speaker.participant
    if role is Role.INTERVIEWER and held.transcript.kind is Kind.FOCUS_GROUP:
        role = Role.MODERATOR  # the interviewer of a focus group
    record.put(replace(speaker, role=role, participant=person, told=Told.CONFIRMED))
    return []


def _participant(study: Study, record: Recording, shown: str) -> str:
    state = State(study)
    person = next((p for p in state.participants.values() if p.shown.casefold() == shown.casefold()), None)
    return (person or add_participant(record, state, shown)).key


def _record_analysed(
    study: Study, record: Recording, held: Held, row: TranscriptRow, file: str, coder: str
) -> list[Problem]:
    """`analysed` becomes the done mark of the study's coder, where that coder has none."""
    if not row.analysed:
        return []
    state, name = State(study), coder or study.here.get("coder")
    if state.framework is None or not name:
        what = "`analysed` was not recorded: it needs a framework and the name of a coder."
        return [
            Problem(file, f"row {row.row}", what, "Import the framework, then: qualkit import cases FILE --coder NAME")
        ]
    if not any(mark.track == name for mark in state.done.get(held.transcript.key, ())):
        record_done(study, record, held, coder=name, done=True, scheme="framework", on=row.analysed, consensus=False)
    return []
