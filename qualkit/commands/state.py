"""The standing rows of a study put together: what every command starts from."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from qualkit.errors import QualkitError
from qualkit.framework.canonical import from_canonical
from qualkit.model.codebook import Theme
from qualkit.model.corrections import Withdrawal
from qualkit.model.decisions import Decision, Done, Target, Verdict
from qualkit.model.index import Choices, IndexRun
from qualkit.model.people import Attribute, Case, Membership, Participant
from qualkit.model.references import printed
from qualkit.model.schedule import Framework, FrameworkVersion
from qualkit.model.settings import Setting
from qualkit.model.transcripts import GONE, Layer, Role, Speaker, Transcript, Turn, Version
from qualkit.store.study import Study


@dataclass(frozen=True)
class Held:
    """A transcript as it stands: its current version, turns and speakers."""

    transcript: Transcript
    version: Version
    layer: Layer
    speakers: dict[str, Speaker]  # by key

    @property
    def shown(self) -> str:
        return self.transcript.shown

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self.layer.turns

    @cached_property
    def text_sha256(self) -> str:
        """Of the text as it stands, what was withdrawn left out."""
        if not self.version.is_redacted:
            return self.version.text_sha256
        return sha256(self.version.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def original_name(self) -> str:
        """The file that it was last read from, as the user called it."""
        name = self.layer.original_name or self.version.original_name
        return self.shown if name == GONE else name

    def turn(self, n: int) -> Turn:
        """The n-th turn; turns are numbered from 1 without a gap."""
        return self.turns[n - 1]

    def with_role(self, *roles: Role) -> frozenset[str]:
        """Keys of the speakers with one of these roles."""
        return frozenset(key for key, speaker in self.speakers.items() if speaker.role in roles)

    def reference(self, start: int, end: int) -> str:
        return printed(self.shown, start, end, self.turns)


def _heard(held: Held) -> Held:
    """Without labels of a former version that nobody speaks under in this one."""
    speaking = {turn.speaker for turn in held.turns}
    return replace(held, speakers={key: row for key, row in held.speakers.items() if key in speaking})


class State:
    """Read at one moment, on first use of each part. Keys map to the row that stands."""

    def __init__(self, study: Study) -> None:
        self.study = study

    @cached_property
    def transcripts(self) -> list[Held]:
        """By shown id."""
        versions = {row.transcript: row for row in self.study.rows(Version) if not row.is_gone}
        layers = {row.version: row for row in self.study.rows(Layer)}
        speakers: dict[str, dict[str, Speaker]] = defaultdict(dict)
        for row in self.study.rows(Speaker):
            speakers[row.transcript][row.key] = self._without_withdrawn(row)
        rows = {row.key: row for row in self.study.rows(Transcript)}
        held = [
            Held(row, versions[row.key], layers[versions[row.key].id], speakers[row.key])
            for row in rows.values()
            if row.key in versions and versions[row.key].id in layers
        ]
        return sorted((_heard(each) for each in held), key=lambda each: (each.shown, each.transcript.key))

    def _without_withdrawn(self, speaker: Speaker) -> Speaker:
        """Who has withdrawn is nobody who asks or counts."""
        if (speaker.transcript, speaker.key) not in self.silenced:
            return speaker
        return replace(speaker, label=GONE, role=Role.OTHER, participant="")

    @cached_property
    def withdrawals(self) -> list[Withdrawal]:
        return self.study.rows(Withdrawal)

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """Keys of the participants who have withdrawn."""
        return frozenset(row.participant for row in self.withdrawals)

    @cached_property
    def refused(self) -> frozenset[str]:
        """Keys under which a participant or transcript that was withdrawn would come back."""
        return self.withdrawn.union(*(row.refused for row in self.withdrawals))

    @cached_property
    def silenced(self) -> frozenset[tuple[str, str]]:
        """(transcript key, speaker key) of those who have withdrawn."""
        linked = {(s.transcript, s.key) for s in self.study.rows(Speaker) if s.participant in self.withdrawn}
        return frozenset(linked.union(*(row.speakers for row in self.withdrawals)))

    def transcript(self, shown: str) -> Held:
        """Raises QualkitError for an id that the study does not know."""
        found = [each for each in self.transcripts if each.shown == shown]
        found = found or [each for each in self.transcripts if each.shown.casefold() == shown.casefold()]
        if not found:
            known = ", ".join(each.shown for each in self.transcripts[:12]) or "none so far"
            raise QualkitError(f"There is no transcript {shown} in this study.", f"Transcripts: {known}.")
        return found[0]

    def by_version(self, version: str) -> Held | None:
        return self._by_version.get(version)

    @cached_property
    def originals(self) -> dict[str, str]:
        """Hash of every file that a transcript is or was read from -> its shown id, "" where it was withdrawn."""
        shown = {each.transcript.key: each.shown for each in self.transcripts}
        undone = self.study.undone()
        counting = [row for row in self.study.history(Version) if row.is_redacted or row.event not in undone]
        names = {row.id: "" if row.is_redacted else shown.get(row.transcript, "") for row in counting}
        found = {row.original_sha256: names[row.id] for row in counting}
        for layer in self.study.history(Layer):
            if layer.original_sha256 and layer.version in names and layer.event not in undone:
                found[layer.original_sha256] = names[layer.version]
        return found

    def of_version(self, version: str) -> Held | None:
        """The transcript that a version is or was a text of."""
        return self._by_key.get(self._transcript_of.get(version, ""))

    @cached_property
    def _transcript_of(self) -> dict[str, str]:
        return {row.id: row.transcript for row in self.study.history(Version)}

    @cached_property
    def _by_version(self) -> dict[str, Held]:
        return {each.version.id: each for each in self.transcripts}

    @cached_property
    def _standing_for(self) -> dict[str, str]:
        """Version -> the version that stands for it: two copies that read one text apart have a row each of it."""
        same: dict[str, str] = {}
        for row in self.study.rows(Version):
            held = self._by_key.get(row.transcript)
            if held and row.text_sha256 == held.version.text_sha256:
                same[row.id] = held.version.id
        return same

    @cached_property
    def _by_key(self) -> dict[str, Held]:
        return {each.transcript.key: each for each in self.transcripts}

    @cached_property
    def participants(self) -> dict[str, Participant]:
        rows = {row.key: row for row in self.study.rows(Participant)}
        return {key: row for key, row in rows.items() if not row.retired and key not in self.withdrawn}

    @cached_property
    def attributes(self) -> dict[str, dict[str, Attribute]]:
        """Participant key -> attribute name -> row."""
        found: dict[str, dict[str, Attribute]] = defaultdict(dict)
        for row in self.study.rows(Attribute):
            found[row.participant][row.name] = row
        return found

    @cached_property
    def cases(self) -> dict[str, Case]:
        rows = {row.key: row for row in self.study.rows(Case)}
        gone = {key for row in self.withdrawals for key in row.cases}
        return {key: row for key, row in rows.items() if not row.retired and key not in gone}

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """Case key -> keys of its participants, in the order of their shown ids."""
        rows = {(row.case, row.participant): row for row in self.study.rows(Membership)}
        found: dict[str, list[str]] = {key: [] for key in self.cases}
        for (case, participant), row in rows.items():
            if row.member and case in found and participant in self.participants:
                found[case].append(participant)
        return {case: sorted(each, key=lambda key: self.participants[key].shown) for case, each in found.items()}

    @cached_property
    def cases_of(self) -> dict[str, list[str]]:
        """Participant key -> keys of its cases."""
        found: dict[str, list[str]] = defaultdict(list)
        for case, people in self.members.items():
            for participant in people:
                found[participant].append(case)
        return found

    @cached_property
    def framework_version(self) -> FrameworkVersion | None:
        rows = self.study.rows(FrameworkVersion)
        return rows[-1] if rows else None

    @cached_property
    def framework(self) -> Framework | None:
        return from_canonical(self.framework_version.content) if self.framework_version else None

    def needed_framework(self) -> tuple[Framework, FrameworkVersion]:
        """The framework, or the remedy where the study has none."""
        if self.framework is None or self.framework_version is None:
            raise QualkitError(
                "This study has no framework yet.", "Give it one: qualkit import framework schedule.yaml"
            )
        return self.framework, self.framework_version

    @cached_property
    def choices(self) -> Choices:
        """What the study has settled for its index."""
        settled = {row.name: row.value for row in self.study.rows(Setting)}
        usual = Choices()
        return Choices(
            model=settled.get("model", usual.model),
            silence=float(settled.get("silence", usual.silence)),
            own_talk=settled.get("own-talk", "on") == "on",
        )

    @property
    def language(self) -> str:
        return (self.framework.language if self.framework else "") or "en"

    @cached_property
    def decisions(self) -> list[Decision]:
        """Standing decisions on headings of the framework, on the versions that stand."""
        framework = self.framework
        return [
            row
            for row in self.every_decision
            if row.target_kind is Target.HEADING and framework is not None and row.scheme == framework.key
        ]

    @cached_property
    def every_decision(self) -> list[Decision]:
        """Standing decisions on headings and themes, on the versions that stand."""
        places = self._standing_for
        found = [row for row in self.study.rows(Decision) if row.version in places]
        return [
            row if places[row.version] == row.version else replace(row, version=places[row.version]) for row in found
        ]

    @cached_property
    def adrift(self) -> list[Decision]:
        """Standing decisions whose words a correction took out of the transcript: kept, and in no view."""
        places, verdicts = self._standing_for, (Verdict.BACK,)
        rows = [row for row in self.study.rows(Decision) if row.version not in places and row.verdict not in verdicts]
        if not rows:
            return []  # as ever but after a correction: nothing of former texts needs to be read
        gone = {row.id for row in self.study.history(Version) if row.is_gone or row.transcript not in self._by_key}
        return [row for row in rows if row.version not in gone]

    def scheme(self, kind: str) -> tuple[str, str]:
        """Key and version of what is decided under: the framework, or the codebook as its last event left it."""
        if kind == "codebook":
            themes = self.study.rows(Theme)
            return "codebook", themes[-1].event if themes else ""
        framework, version = self.needed_framework()
        return framework.key, version.id

    @cached_property
    def done(self) -> dict[str, list[Done]]:
        """Transcript key -> standing done marks under the framework."""
        latest = {(row.transcript, row.track): row for row in self.study.rows(Done) if row.scheme_kind == "framework"}
        found: dict[str, list[Done]] = defaultdict(list)
        for row in latest.values():
            if row.done:
                found[row.transcript].append(row)
        return found

    @cached_property
    def index_run(self) -> IndexRun | None:
        return self.study.machine.index_run()
