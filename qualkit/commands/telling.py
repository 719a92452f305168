"""What an event did, in words: one line a recorded row, with whom or what it speaks of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qualkit.commands.state import State
from qualkit.framework.canonical import from_canonical
from qualkit.model.codebook import Theme
from qualkit.model.corrections import Undo, Withdrawal
from qualkit.model.decisions import Carried, Decision, Done, Target, Verdict
from qualkit.model.people import Attribute, Case, Membership, Participant
from qualkit.model.references import printed
from qualkit.model.rows import Row
from qualkit.model.schedule import FrameworkVersion
from qualkit.model.settings import Setting
from qualkit.model.transcripts import GONE, Layer, Speaker, Transcript, Version

VERDICTS = {
    Verdict.APPLIES: "applies",
    Verdict.NOT: "does not apply",
    Verdict.NONE: "reviewed, nothing applies",
    Verdict.BACK: "taken back",
}


@dataclass(frozen=True)
class Line:
    """One recorded thing. `transcript`, `person` and `case` are keys, for looking up what concerns a case."""

    kind: str
    subject: str  # P03:41, PT03, a heading ...
    what: str
    target: str = ""
    reason: str = ""
    transcript: str = ""
    person: str = ""
    case: str = ""


class Teller:
    """Tells rows of any event, former ones too, under the ids of today."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._study = state.study

    @cached_property
    def lines(self) -> dict[str, list[Line]]:
        """Event -> its lines. What remains of a decision that was decided on again is not told."""
        found: dict[str, list[Line]] = {}
        for noun, tell in self._tellers:
            for row in self._study.history(noun):
                line = tell(row)
                if line:
                    found.setdefault(row.event, []).append(line)
        return found

    @property
    def _tellers(self) -> Iterable[tuple[type[Row], Callable[[Any], Line | None]]]:
        return (
            (Withdrawal, self._withdrawal), (Undo, self._undo), (FrameworkVersion, self._framework),
            (Transcript, self._transcript), (Version, self._version), (Layer, self._layer), (Speaker, self._speaker),
            (Participant, self._participant), (Attribute, self._attribute), (Case, self._case),
            (Membership, self._membership), (Theme, self._theme), (Decision, self._decision), (Done, self._done),
            (Setting, lambda row: Line("setting", row.name, "set")),
        )  # fmt: skip

    def _withdrawal(self, row: Withdrawal) -> Line:
        return Line("withdrawal", row.participant, "withdrew; their words were erased", reason=row.reason)

    def _undo(self, row: Undo) -> Line:
        event = next((each for each in self._study.events() if each.id == row.undone), None)
        what = f'"{event.command}" of {event.at[:10]} {event.at[11:16]} UTC' if event else "a command"
        return Line("undo", what, "taken back" if row.taken_back else "brought back")

    def _framework(self, row: FrameworkVersion) -> Line:
        framework = from_canonical(row.content)
        return Line("framework", framework.name, f"version {framework.version} read")

    def _transcript(self, row: Transcript) -> Line:
        what = f"described as {row.kind}" if row.supersedes else f"{row.kind} taken in"
        return Line("transcript", self._shown(row.key), what, transcript=row.key)

    def _version(self, row: Version) -> Line | None:
        if not row.supersedes:
            return None  # told with its transcript
        return Line("text", self._shown(row.transcript), "a corrected text", transcript=row.transcript)

    def _layer(self, row: Layer) -> Line | None:
        if not row.supersedes:
            return None
        key = self._transcripts_of.get(row.version, "")
        return Line("turns", self._shown(key), "turns corrected", transcript=key)

    def _speaker(self, row: Speaker) -> Line:
        person = self._person(row.participant) if row.participant else ""
        what = f"{row.role}{f', is {person}' if person else ''}, {row.told}"
        subject = f"{self._shown(row.transcript)}, {row.label}"
        return Line("speaker", subject, what, transcript=row.transcript, person=row.participant)

    def _participant(self, row: Participant) -> Line:
        what = "no longer used" if row.retired else f"in group {row.group}" if row.group else "added"
        return Line("participant", self._person(row.key), what, person=row.key)

    def _attribute(self, row: Attribute) -> Line:
        what = "changed" if row.supersedes else "entered"  # the value itself is nobody's business in a log
        return Line("attribute", self._person(row.participant), f"{row.name} {what}", person=row.participant)

    def _case(self, row: Case) -> Line:
        return Line("case", row.shown, "no longer used" if row.retired else "made", case=row.key)

    def _membership(self, row: Membership) -> Line:
        what = f"{self._person(row.participant)} {'belongs to it' if row.member else 'no longer belongs to it'}"
        return Line("case", self._cases.get(row.case, ""), what, person=row.participant, case=row.case)

    def _theme(self, row: Theme) -> Line:
        return Line("theme", row.name, "changed" if row.supersedes else "added", reason=row.reason)

    def _decision(self, row: Decision) -> Line | None:
        before = [self._decisions[id] for id in row.supersedes if id in self._decisions]
        if any(_says_the_same(row, old) for old in before) and row.carried is Carried.NO:
            return None  # what remains of a row that was decided on again
        key = self._transcripts_of.get(row.version, "")
        turns = self._turns.get(row.version, ())
        place = printed(self._shown(key), row.start, row.end, turns)
        what = VERDICTS[row.verdict] + (f", for {row.track}" if row.consensus else "")
        if row.carried is not Carried.NO and before and before[0].version != row.version:
            words = "unchanged" if row.carried is Carried.SAME else "changed"
            what += f", carried over to the corrected text (words {words})"
        return Line("decision", place, what, self._target(row), row.reason, key)

    def _done(self, row: Done) -> Line:
        what = f"finished on {row.on}" if row.done else "open again"
        return Line(
            "done", self._shown(row.transcript), f"{what}, under the {row.scheme_kind}", transcript=row.transcript
        )

    def _target(self, row: Decision) -> str:
        if row.target_kind is Target.THEME:
            return self._themes.get(row.target, row.target)
        heading = self._state.framework.heading(row.target) if self._state.framework and row.target else None
        return f"{heading.number} {heading.name}" if heading else row.target

    def _shown(self, transcript: str) -> str:
        """The id of today; a key where it was withdrawn."""
        shown = self._transcripts.get(transcript, GONE)
        return transcript if shown == GONE else shown

    def _person(self, key: str) -> str:
        shown = self._people.get(key, GONE)
        return key if shown == GONE else shown

    @cached_property
    def _transcripts(self) -> dict[str, str]:
        return {row.key: row.shown for row in self._study.history(Transcript)}

    @cached_property
    def _transcripts_of(self) -> dict[str, str]:
        return {row.id: row.transcript for row in self._study.history(Version)}

    @cached_property
    def _people(self) -> dict[str, str]:
        return {row.key: row.shown for row in self._study.history(Participant)}

    @cached_property
    def _cases(self) -> dict[str, str]:
        return {row.key: row.shown for row in self._study.history(Case)}

    @cached_property
    def _themes(self) -> dict[str, str]:
        return {row.key: row.name for row in self._study.history(Theme)}

    @cached_property
    def _turns(self) -> dict[str, Any]:
        return {row.version: row.turns for row in self._study.history(Layer)}

    @cached_property
    def _decisions(self) -> dict[str, Decision]:
        return {row.id: row for row in self._study.history(Decision)}


def _says_the_same(row: Decision, old: Decision) -> bool:
    """Whether `row` repeats `old` on a part of its characters."""
    return (row.target, row.verdict, row.at, row.track) == (old.target, old.verdict, old.at, old.track)
