"""What the machine makes: passages and proposals. Both can be made again at any time; nothing points at them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """The machine's unit: a run of sentences inside one participant's turn."""

    version: str  # row id
    start: int
    end: int
    turn: int


@dataclass(frozen=True)
class Evidence:
    """Why a heading was proposed, as places that a person can look up; it holds no words.

    question: `field` and `item` name the question, prompt or name in the heading, `turn` the interviewer's turn,
    `spans` its sentence, `carried` how many turns of the interviewer lie between.
    words: `spans` are the words of the passage that decided, `field` where the heading has them.
    """

    kind: str  # name of the proposer
    field: str = ""
    item: int = 0
    turn: int = 0
    carried: int = 0
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """One heading that the machine suggests for a passage. Rank 1 is the best; no score is shown."""

    version: str
    start: int
    end: int
    heading: str  # key
    rank: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Asking:
    """A question of the schedule was put: in which turn, and up to which turn it stayed the topic."""

    version: str
    heading: str  # key
    turn: int
    until: int  # last turn before the next question
    field: str
    item: int
    span: tuple[int, int]


@dataclass(frozen=True)
class IndexRun:
    """One run of the index. `model` is the hash of proposers and settings, `material` of what was indexed."""

    model: str
    material: str
    framework_version: str  # row id
    passages: tuple[Passage, ...]
    proposals: tuple[Proposal, ...]
    askings: tuple[Asking, ...]
