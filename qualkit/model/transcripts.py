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

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.key,)


GONE = "[withdrawn]"  # what a reader sees in the place of words that were withdrawn
BLANK = "\u2588"  # and in a text in the place of each character, so that every offset stays


@dataclass(frozen=True)
class Piece:
    """A stretch of a text that can be taken out of it by itself: a turn as first read. `gone`: it was."""

    start: int
    end: int
    gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Version(Row):
    """The speech of a transcript as one reader took it from one original. Immutable; a correction is a new version.

    `text` is speech only, with line feeds; every other row points into it by code points, end exclusive. `pieces`
    are in order and lie apart by line feeds. Where one was withdrawn the text has as many BLANKs; `text_sha256` stays
    that of the whole text.
    """

    transcript: str  # key
    text: str
    text_sha256: str
    original_sha256: str
    original_name: str  # as the user called it
    stored_as: str  # below transcripts/ of the study
    reader: str
    encoding: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.transcript,)

    @property
    def is_gone(self) -> bool:
        """Whether all of it was withdrawn."""
        return bool(self.pieces) and all(piece.gone for piece in self.pieces)

    @property
    def is_redacted(self) -> bool:
        return any(piece.gone for piece in self.pieces)


@dataclass(frozen=True, kw_only=True)
class Speaker(Row):
    """A label in a transcript: what it is called there, what it does, and which participant it is."""

    transcript: str  # key
    key: str  # within the transcript
    label: str
    role: Role
    participant: str = ""  # key
    told: Told = Told.INFERRED

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.transcript, self.key)


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
    """The turns of a version. Relabelling or splitting a turn is a new layer on the same text.

    The last four name the file that such turns were read from; empty: the version's own.
    """

    version: str  # row id
    turns: tuple[Turn, ...] = ()
    original_sha256: str = ""
    original_name: str = ""
    stored_as: str = ""
    reader: str = ""

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.version,)


@dataclass(frozen=True, kw_only=True)
class ImportNote(Row):
    """What a reader reported of a version: lines that are not speech, signs that could not be read."""

    version: str  # row id
    place: str
    what: str
    remedy: str = ""
    dropped: str = ""
    serious: bool = False
