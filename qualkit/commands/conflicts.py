"""What two copies of a study say differently: both are kept, and shown until someone settles it."""

from collections import defaultdict
from collections.abc import Iterator

from qualkit.commands.state import State
from qualkit.model.codebook import Theme
from qualkit.model.corrections import Undo
from qualkit.model.decisions import Done
from qualkit.model.people import Attribute, Case, Membership, Participant
from qualkit.model.rows import Problem, Row
from qualkit.model.schedule import FrameworkVersion
from qualkit.model.settings import Setting
from qualkit.model.transcripts import Layer, Speaker, Transcript, Version

SINGLE: tuple[type[Row], ...] = (
    Participant, Attribute, Case, Membership, Transcript, Version, Layer, Speaker, FrameworkVersion, Theme, Done,
    Setting,
)  # fmt: skip
_CASES = "Enter it in cases.csv as it is, then: qualkit import cases cases.csv"
_SPEAKERS = "Enter it in transcripts.csv as it is, then: qualkit import cases transcripts.csv"


def conflicts(state: State) -> list[Problem]:
    """One problem a thing that stands in two ways. The later one counts until it is settled."""
    found = []
    for noun in SINGLE:
        for rows in _contradicting(state, noun):
            what, remedy = _told(state, rows)
            if what:
                found.append(Problem("two copies", "", f"{what}; the later one counts meanwhile.", remedy))
    return found + _undone_in_vain(state)


def _contradicting(state: State, noun: type[Row]) -> Iterator[list[Row]]:
    slots: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in state.study.rows(noun):
        slots[row.slot].append(row)
    for rows in slots.values():
        if len({_says(row) for row in rows}) > 1:
            yield rows


def _says(row: Row) -> tuple[object, ...]:
    """What counts as different: the same text read twice is none."""
    return (row.text_sha256,) if isinstance(row, Version) else row.says()


def _told(state: State, rows: list[Row]) -> tuple[str, str]:
    """What differs, and how it is settled; ("", "") where it no longer matters."""
    people = {key: person.shown for key, person in state.participants.items()}
    last = rows[-1]
    match last:
        case Attribute() if last.participant in people:
            values = " / ".join(dict.fromkeys(row.value or "(empty)" for row in rows if isinstance(row, Attribute)))
            return f"{people[last.participant]}: {last.name} is {values}", _CASES
        case Participant() if last.key in people:
            groups = " / ".join(dict.fromkeys(row.group or "(none)" for row in rows if isinstance(row, Participant)))
            return f"{last.shown}: the group is {groups}", _CASES
        case Case() if last.key in state.cases:
            return f"case {last.shown} is used on one copy and not on the other", _CASES
        case Membership() if last.participant in people and last.case in state.cases:
            case = state.cases[last.case].shown
            return f"{people[last.participant]} belongs to case {case} on one copy and not on the other", _CASES
        case Transcript():
            return f"{last.shown}: it is described in two ways (kind, date, mode or length)", _SPEAKERS
        case Version():
            held = state.of_version(last.id)
            return (
                f"{held.shown}: two texts, {_files(rows)}",
                f"Say which is right: qualkit import transcripts FILE --replaces {held.shown}",
            ) if held else ("", "")  # fmt: skip
        case Layer():
            held = state.by_version(last.version)
            return (
                f"{held.shown}: its turns were corrected in two ways",
                f"Say which is right: qualkit import transcripts FILE --replaces {held.shown}",
            ) if held else ("", "")  # fmt: skip
        case Speaker() if (last.transcript, last.key) not in state.silenced:
            shown = next((h.shown for h in state.transcripts if h.transcript.key == last.transcript), "")
            return (f"{shown}: the speaker {last.label} is two things" if shown else ""), _SPEAKERS
        case FrameworkVersion():
            return "the framework has two versions", "Read the right one: qualkit import framework FILE"
        case Theme():
            return f"theme {last.name}: it is written in two ways", "Read the right one: qualkit import codebook FILE"
        case Done():
            shown = next((h.shown for h in state.transcripts if h.transcript.key == last.transcript), "")
            what = f"{shown}: {last.track} has marked it as finished in two ways" if shown else ""
            return what, f"Say it again: qualkit decide {shown} --done, or --reopen"
        case Setting():
            return f"the setting {last.name} differs", "Set it again."
    return "", ""


def _files(rows: list[Row]) -> str:
    return " and ".join(dict.fromkeys(row.original_name for row in rows if isinstance(row, Version)))


def _undone_in_vain(state: State) -> list[Problem]:
    """An undo that has no effect, because something was built on what it takes back, on another copy."""
    study = state.study
    rows = [row for row in study.rows(Undo) if row.taken_back and row.undone not in study.undone()]
    events = {event.id: event for event in study.events()}
    told = sorted({(events[row.event].coder, events[row.undone].command) for row in rows if row.undone in events})
    return [
        Problem("two copies", "", f'{coder or "someone"} took back "{command}", and on another copy it was built upon;'
                " it stands.", "Take back what was built on it first, if you agree.")
        for coder, command in told
    ]  # fmt: skip
