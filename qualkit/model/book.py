"""What an exported matrix holds beside its cells: the index by passage, who took part, and what is undecided."""

import re
from dataclasses import dataclass

from qualkit.model.chart import Matrix
from qualkit.model.rows import Problem

_SPAN_KEY = re.compile(r"(?P<transcript>.+):(?P<start>\d{1,9})-(?P<end>\d{1,9})")


@dataclass(frozen=True)
class SpanKey:
    """The hidden key of an index row: the shown id of a transcript and offsets in its text. No row ids, no salts."""

    transcript: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.transcript}:{self.start}-{self.end}"

    @classmethod
    def parse(cls, written: str) -> "SpanKey | None":
        match = _SPAN_KEY.fullmatch(written.strip())
        return cls(match["transcript"], int(match["start"]), int(match["end"])) if match else None


@dataclass(frozen=True)
class Suggested:
    """A proposal as a reader sees it: the heading, its rank, and the evidence in words."""

    key: str
    number: str
    name: str
    rank: int
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class IndexRow:
    """One passage of the Index sheet.

    `decided` is what stands for the coder of the export, in the notation of the Decision column; `others` the same
    of the other coders, each with the name; `status` one of: decided, proposed, disputed, partly decided, nothing
    proposed.
    """

    key: SpanKey
    reference: str
    speaker: str
    participant: str
    cases: tuple[str, ...]
    groups: tuple[str, ...]
    text: str
    suggested: tuple[Suggested, ...]
    decided: str
    others: str
    status: str


@dataclass(frozen=True)
class Person:
    """One line of the Cases sheet."""

    participant: str
    case: str
    group: str
    transcripts: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Progress:
    """How far the study is, in passages of participants' talk."""

    passages: int
    decided: int
    disputed: int
    proposed: int  # proposals, and nobody decided
    silent: int  # nothing proposed, and nobody decided


@dataclass(frozen=True)
class TranscriptLine:
    shown: str
    kind: str
    held: str
    mode: str
    minutes: str
    words: int
    progress: Progress
    done_by: tuple[str, ...]  # "coder, 2025-06-01"


@dataclass(frozen=True)
class Book:
    """All that one export of a matrix writes. `day` is the day of the last event that changed the content."""

    study: str
    coder: str
    day: str
    tool: str
    matrix: Matrix
    index: tuple[IndexRow, ...]
    people: tuple[Person, ...]
    transcripts: tuple[TranscriptLine, ...]
    progress: Progress
    problems: tuple[Problem, ...]
    withdrawn: int = 0  # participants
    framework_sha256: str = ""  # of the framework version as stored; told back when the workbook is read
