"""The interface of a transcript format: bytes in, lines with their place out. What the lines mean is read elsewhere."""

from dataclasses import dataclass, field
from typing import Protocol

from qualkit.model.rows import Problem
from qualkit.model.transcripts import Kind, Role, Told, Turn


@dataclass(frozen=True)
class Line:
    """One paragraph, line or cue, empty ones too. A format that knows the speaker or the time says so; else None."""

    text: str
    place: str  # "line 12", "paragraph 3"
    speaker: str | None = None
    begin: float | None = None  # seconds
    finish: float | None = None
    heading: bool = False  # the file marks it as a heading


@dataclass(frozen=True)
class Reading:
    """What a format took from a file."""

    lines: tuple[Line, ...]
    encoding: str = ""
    problems: tuple[Problem, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()  # what the file says of itself (front matter), as written


class Format(Protocol):
    """One file format. `name` goes into the study beside the text, so that a better reader can offer a new version."""

    name: str
    extensions: tuple[str, ...]

    def read(self, data: bytes, file: str) -> Reading:
        """Read a whole file. Raises QualkitError where it cannot be read whole."""
        ...


@dataclass(frozen=True)
class SpokenLabel:
    key: str  # "s1", in order of first appearance
    label: str
    role: Role
    told: Told


@dataclass(frozen=True)
class Spoken:
    """A transcript as understood: speech only, turn by turn, and everything that was not taken as speech."""

    text: str
    turns: tuple[Turn, ...]  # without sentences
    labels: tuple[SpokenLabel, ...]
    kind: Kind
    kind_told: Told
    reader: str
    encoding: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Hints:
    """What a person said about a file beforehand; it overrules what the reader finds."""

    kind: Kind | None = None
    interviewers: tuple[str, ...] = ()
    roles: dict[str, Role] = field(default_factory=dict)  # by label, from transcripts.csv
