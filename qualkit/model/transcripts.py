"""Transcripts: the speech as read (text), who said which part of it (turns), and where it stands in the source."""

from dataclasses import dataclass
from enum import StrEnum

from qualkit.model.rows import Row


class Kind(StrEnum):
    INTERVIEW = "interview"
    FOCUS_GROUP = "focus group"


class Role(StrEnum):
    INTERVIEWER = "interviewer"
    MODERATOR = "moderator"
    PARTICIPANT = "participant"
    OTHER = "other"  # a note taker, an interpreter, "unknown speaker": neither asks nor counts

    @property
    def asks(self) -> bool:
        return self in (Role.INTERVIEWER, Role.MODERATOR)


class Told(StrEnum):
    """Who says so: the machine read it off the material, or a person said it."""

    INFERRED = "inferred"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True)
class Transcript(Row):
    """An interview or a focus group. Dates are ISO days; `analysed` is what transcripts.csv states."""

    key: str
    shown: str
    kind: Kind = Kind.INTERVIEW
    kind_told: Told = Told.INFERRED
    held: str = ""
    mode: str = ""
    minutes: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Version(Row):
    """The speech of a transcript as one reader took it from one original. Immutable; a correction is a new version.

    `text` is speech only, with line feeds; every other row points into it by code points, end exclusive.
    """

    transcript: str  # key
    text: str
    text_sha256: str
    original_sha256: str
    original_name: str  # as the user called it
    stored_as: str  # below transcripts/ of the study
    reader: str
    encoding: str = ""


@dataclass(frozen=True, kw_only=True)
class Speaker(Row):
    """A label in a transcript: what it is called there, what it does, and which participant it is."""

    transcript: str  # key
    key: str  # within the transcript
    label: str
    role: Role
    participant: str = ""  # key
    told: Told = Told.INFERRED


@dataclass(frozen=True)
class Turn:
    """One speaker's uninterrupted talk: `start` to `end` of the version's text, and its place in the source.

    `sentences` are the starts of its sentences, from the start of the text; `begin` and `finish` are seconds.
    """

    n: int  # from 1
    start: int
    end: int
    speaker: str  # key
    place: str = ""
    sentences: tuple[int, ...] = ()
    begin: float | None = None
    finish: float | None = None

    def sentence(self, n: int) -> tuple[int, int]:
        """Start and end of the n-th sentence, from 1. Raises IndexError where there is none."""
        if not 1 <= n <= len(self.sentences):
            raise IndexError(n)
        ends = (*self.sentences[1:], self.end)
        return self.sentences[n - 1], ends[n - 1]


@dataclass(frozen=True, kw_only=True)
class Layer(Row):
    """The turns of a version. Relabelling or splitting a turn is a new layer on the same text."""

    version: str  # row id
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportNote(Row):
    """What a reader reported of a version: lines that are not speech, signs that could not be read."""

    version: str  # row id
    place: str
    what: str
    remedy: str = ""
    dropped: str = ""
    serious: bool = False
