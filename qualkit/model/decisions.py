"""What coders decide. A decision marks a span of one transcript version, never a machine's passage."""

from dataclasses import dataclass
from enum import StrEnum

from qualkit.model.rows import Row


class Verdict(StrEnum):
    APPLIES = "applies"
    NOT = "not"  # does not apply
    NONE = "none"  # reviewed, and nothing of the framework applies
    BACK = "back"  # taken back: counts as if nothing had been decided


class Target(StrEnum):
    HEADING = "heading"
    THEME = "theme"


class Basis(StrEnum):
    TYPED = "typed"
    SPREADSHEET = "spreadsheet"
    PAGE = "page"
    IMPORTED = "imported"


class Carried(StrEnum):
    """Whether a decision was carried over to a corrected text, and whether its words are still the same."""

    NO = ""
    SAME = "same"
    CHANGED = "changed"  # a person should look again


@dataclass(frozen=True, kw_only=True)
class Decision(Row):
    """One coder's verdict on a span and a target.

    `target` is empty for NONE, which speaks of every heading of its `scheme`. `scheme` is the framework's key or
    "codebook", `scheme_version` the row of the framework version (or the last event of the codebook) it was made
    under. `quote_hash` joins one salted hash a salted stretch of text. `shown_rank` is what the machine had shown
    for the target: its rank, or 0 for nothing.
    """

    version: str  # row id of the transcript version
    start: int
    end: int
    quote_hash: str
    target_kind: Target
    target: str
    scheme: str
    scheme_version: str
    verdict: Verdict
    coder: str
    consensus: bool
    basis: Basis
    blind: bool
    shown_rank: int
    shown_model: str
    at: str  # UTC, ISO 8601
    reason: str = ""
    carried: Carried = Carried.NO

    @property
    def track(self) -> str:
        """Whose decision it is for the views: consensus is a decision of its own kind, whoever typed it."""
        return CONSENSUS if self.consensus else self.coder


CONSENSUS = "consensus"


@dataclass(frozen=True, kw_only=True)
class Done(Row):
    """A coder finished a transcript under a framework or codebook version, or opened it again."""

    transcript: str  # key
    scheme_kind: str  # "framework" or "codebook"
    scheme: str
    scheme_version: str
    coder: str
    consensus: bool
    on: str  # ISO day
    done: bool = True

    @property
    def track(self) -> str:
        return CONSENSUS if self.consensus else self.coder

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.transcript, self.scheme_kind, self.track)


class Standing(StrEnum):
    """How a span stands for a target, all coders taken together."""

    APPLIES = "applies"
    NOT = "not"
    DISPUTED = "disputed"  # two coders differ
    CONFLICT = "conflict"  # one coder's own rows differ (two copies, merged)


@dataclass(frozen=True)
class Run:
    """A longest stretch of characters that stand alike for one target. `tracks` are the coders who decided it."""

    version: str
    start: int
    end: int
    target: str
    standing: Standing
    tracks: tuple[str, ...]
