"""What of a study speaks of one participant: the stretches of text and the words that a withdrawal takes out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from qualkit.model.corrections import Withdrawal
from qualkit.model.decisions import Decision
from qualkit.model.people import Attribute, Case, Membership, Participant
from qualkit.model.rows import Row, ancestors, descendants
from qualkit.model.schedule import FrameworkVersion
from qualkit.model.transcripts import ImportNote, Layer, Role, Speaker, Transcript, Version
from qualkit.store.study import Study
from qualkit.store.tables import TABLES

R = TypeVar("R", bound=Row)
Span = tuple[str, int, int]  # version, start, end
_RUN = 6  # words in a row that make a quotation
# everything that people write, or that a file says; a framework is a document of the study, and is not taken apart
_FREE = tuple(
    (table.noun, name)
    for table in TABLES.values()
    for name in sorted(table.words)
    if table.noun is not FrameworkVersion
)


class Rows(Protocol):
    """Rows of a noun: all, or those that are asked about."""

    def __call__(self, noun: type[R]) -> Sequence[R]: ...


@dataclass
class Concerned:
    """`words` are (row, field); the rest as in Withdrawal."""

    speakers: set[tuple[str, str]] = field(default_factory=set)
    transcripts: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    spans: set[Span] = field(default_factory=set)
    words: set[tuple[str, type[Row], str]] = field(default_factory=set)  # row id, noun, field

    def take(self, rows: Iterable[Row], *fields: str) -> None:
        self.words.update((row.id, type(row), name) for row in rows for name in fields if getattr(row, name))


def of_participant(study: Study, key: str, withdrawn: Iterable[str]) -> Concerned:
    """Everything that speaks of a participant, as the study stands; `withdrawn` have gone before."""
    found = Concerned()
    found.speakers = {(s.transcript, s.key) for s in study.rows(Speaker) if s.participant == key}
    found.transcripts = {t for t, _ in found.speakers if _alone(study, t, {*withdrawn, key})}
    found.cases = _cases_left(study, key, {*withdrawn, key})
    _texts(study, found, study.rows(Layer), study.history(Version))
    _words(study, found, key, study.history)
    return found


def erased_by(study: Study, withdrawals: Sequence[Withdrawal], said: "Quotations") -> Concerned:
    """What goes by the withdrawals of one participant (one a copy on which it was recorded), as keys and stretches.

    Beside what they list, what they did not know: rows of events apart from all of them, written on copies that still
    had the words. It depends on the rows and on which events knew of which alone, so every copy takes out the same.
    `said` are the participant's words as far as either copy has them.
    """
    events, key = study.events(), withdrawals[0].participant
    before = set().union(*(ancestors(events, row.event) for row in withdrawals))
    known = before.union(*(descendants(events, row.event) for row in withdrawals))

    def unknown(noun: type[R]) -> list[R]:
        return [row for row in study.history(noun) if row.event not in known]

    listed = {speaker for row in withdrawals for speaker in row.speakers}
    linked = {(row.transcript, row.key) for row in unknown(Speaker) if row.participant == key}
    found = Concerned(cases={case for row in withdrawals for case in row.cases}, speakers=linked - listed)
    _texts(study, found, study.history(Layer), [])
    found.speakers |= listed
    found.transcripts = {transcript for row in withdrawals for transcript in row.transcripts}
    _texts(study, found, unknown(Layer), unknown(Version))
    found.spans |= {span for row in withdrawals for span in row.spans}
    _words(study, found, key, unknown)
    # a decision that a withdrawal knew may lie on words that it did not know to be the participant's
    _reasons(found, [row for row in study.history(Decision) if row.event in before])
    found.take([row for row in study.history(Speaker) if (row.transcript, row.key) in linked], "label")
    for noun, name in _FREE:
        found.take([row for row in unknown(noun) if said.quoted_in(getattr(row, name))], name)
    return found


def by_participant(study: Study) -> dict[str, list[Withdrawal]]:
    """Every withdrawal, by the participant's key."""
    found: dict[str, list[Withdrawal]] = defaultdict(list)
    for row in study.history(Withdrawal):
        found[row.participant].append(row)
    return dict(found)


def _alone(study: Study, transcript: str, gone: set[str]) -> bool:
    """Whether nobody but the withdrawn is a participant of a transcript."""
    speakers = [row for row in study.rows(Speaker) if row.transcript == transcript and row.role is Role.PARTICIPANT]
    versions = {row.id for row in study.rows(Version) if row.transcript == transcript}
    heard = {turn.speaker for layer in study.rows(Layer) if layer.version in versions for turn in layer.turns}
    return all(row.participant in gone for row in speakers if row.key in heard)


def _cases_left(study: Study, key: str, gone: set[str]) -> set[str]:
    """Cases of the participant that nobody else belongs to."""
    people: dict[str, set[str]] = defaultdict(set)
    for row in study.rows(Membership):
        if row.member:
            people[row.case].add(row.participant)
    return {case for case, members in people.items() if key in members and members <= gone}


def _texts(study: Study, found: Concerned, layers: Iterable[Layer], versions: Iterable[Version]) -> None:
    """Turns of the speakers under `layers`, and all of those `versions` whose transcript goes whole."""
    transcript_of = {row.id: row.transcript for row in study.history(Version)}
    for layer in layers:
        transcript = transcript_of.get(layer.version, "")
        for turn in layer.turns:
            if (transcript, turn.speaker) in found.speakers:
                found.spans.add((layer.version, turn.start, turn.end))
    for version in versions:
        if version.transcript in found.transcripts:
            found.spans.update((version.id, piece.start, piece.end) for piece in version.pieces)


def _words(study: Study, found: Concerned, key: str, rows: "Rows") -> None:
    touched = {transcript for transcript, _ in found.speakers} | found.transcripts
    versions = {row.id for row in study.history(Version) if row.transcript in touched}
    found.take([row for row in rows(Participant) if row.key == key], "shown", "group")
    found.take([row for row in rows(Attribute) if row.participant == key], "value")
    found.take([row for row in rows(Speaker) if _is_of(row, found)], "label")
    found.take([row for row in rows(Case) if row.key in found.cases], "shown")
    found.take([row for row in rows(Transcript) if row.key in found.transcripts], "shown")
    found.take([row for row in rows(Version) if row.id in versions], "original_name", "stored_as")
    found.take([row for row in rows(Layer) if row.version in versions], "original_name", "stored_as")
    found.take([row for row in rows(ImportNote) if row.version in versions], "what", "remedy", "dropped")
    _reasons(found, rows(Decision))


def _reasons(found: Concerned, decisions: Iterable[Decision]) -> None:
    """What was written of decisions on these stretches."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for span in found.spans:
        spans[span[0]].append(span)
    found.take([row for row in decisions if _overlaps(row, spans.get(row.version, ()))], "reason")


def _is_of(row: Speaker, found: Concerned) -> bool:
    return (row.transcript, row.key) in found.speakers or row.transcript in found.transcripts


def _overlaps(row: Decision, spans: Iterable[Span]) -> bool:
    return any(row.start < end and start < row.end for _, start, end in spans)


class Quotations:
    """Finds words of a withdrawn text in what people wrote."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs = {run for text in texts for run in _runs(text)}

    def quoted_in(self, text: str) -> bool:
        return any(run in self._runs for run in _runs(text))

    def rows(self, study: Study) -> list[tuple[Row, str]]:
        """(row, field) of everything that people wrote in which the text is quoted."""
        return [
            (row, name) for noun, name in _FREE for row in study.history(noun) if self.quoted_in(getattr(row, name))
        ]


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return zip(*(words[n:] for n in range(_RUN)), strict=False)
