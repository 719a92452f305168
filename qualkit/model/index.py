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
    meaning: `spans` is the sentence that decided, `field` and `item` what in the heading it is nearest to.
    own talk: `spans` are words that this study says under the heading more than elsewhere.
    neighbour: `turn` and `spans` are the stretch that carried the heading here, `carried` how many steps away.
    """

    kind: str  # name of the proposer, "own talk" or "neighbour"
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
class Choices:
    """What a person can set: which language model, how silent the index is (1: as the study asks for), own talk."""

    model: str = "all-MiniLM-L6-v2"  # "none": questions and words alone
    silence: float = 1.0
    own_talk: bool = True


@dataclass(frozen=True)
class IndexRun:
    """One run of the index. `model` is the hash of proposers and choices, `material` of what was indexed."""

    model: str
    material: str
    framework_version: str  # row id
    passages: tuple[Passage, ...]
    proposals: tuple[Proposal, ...]
    askings: tuple[Asking, ...]
