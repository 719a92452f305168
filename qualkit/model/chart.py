"""The chart: what each case said under each heading, and, where nothing stands, why."""

from dataclasses import dataclass
from enum import StrEnum

from qualkit.model.schedule import Framework
from qualkit.model.transcripts import Told


class Emptiness(StrEnum):
    """Why a cell is empty; and, for one that is not, that the topic came up by itself."""

    NOT_ASKED = "not asked"
    NOTHING_RELEVANT = "asked, nothing relevant"
    DEFLECTED = "asked, deflected"
    DID_NOT_SPEAK = "put to the group, did not speak"
    NOT_INDEXED = "not yet indexed"
    UNPROMPTED = "raised unprompted"


@dataclass(frozen=True)
class Said:
    """One speaker's share of an extract. `data` is False for an interviewer, whose words are context."""

    speaker: str  # label
    participant: str  # shown id, "" for an interviewer
    text: str
    data: bool


@dataclass(frozen=True)
class Extract:
    """What carries a cell. `exchange`: several participants speak in it."""

    transcript: str  # shown id
    version: str
    start: int
    end: int
    reference: str  # P03:41.2-43
    status: str  # "decided", "disputed", "proposed"
    by: tuple[str, ...]  # coders, empty for the machine
    said: tuple[Said, ...]
    exchange: bool


@dataclass(frozen=True)
class Cell:
    case: str  # key of the row
    heading: str  # key
    extracts: tuple[Extract, ...]
    emptiness: Emptiness | None
    told: Told | None

    def count(self, status: str) -> int:
        return sum(extract.status == status for extract in self.extracts)


@dataclass(frozen=True)
class MatrixRow:
    """One row of a matrix: a case, a participant, or a group, by `by`."""

    key: str
    shown: str
    participants: tuple[str, ...]  # shown ids
    groups: tuple[str, ...]
    transcripts: tuple[str, ...]  # shown ids
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Matrix:
    """A Framework matrix: rows x headings. `final` holds confirmed material only."""

    framework: Framework
    by: str  # "case", "participant" or "group"
    final: bool
    rows: tuple[MatrixRow, ...]
    cells: dict[tuple[str, str], Cell]  # (row key, heading key)
