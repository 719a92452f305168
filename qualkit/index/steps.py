"""Steps: a talk as the flow model walks it. Each passage is one, and each turn of those who ask."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from qualkit.model.index import Passage
from qualkit.model.transcripts import Turn


class Kind(IntEnum):
    """What a step begins with: how likely it is that the topic stays is estimated for each kind."""

    ASKS = 0
    FOLLOWS_UP = 1
    NEW_TURN = 2
    SAME_TURN = 3


A_QUESTION = 3  # words with a topic that a question has; a turn that asks with fewer follows up what was said


@dataclass(frozen=True)
class Step:
    """`asks`: an interviewer's turn or, where nobody is known as one, a turn that ends with a question mark."""

    start: int
    end: int
    turn: int
    kind: Kind
    passage: Passage | None
    sentences: tuple[tuple[int, int], ...]  # their bounds in the text
    words: int
    turn_words: int

    @property
    def asks(self) -> bool:
        return self.kind in (Kind.ASKS, Kind.FOLLOWS_UP)


def steps(
    text: str,
    turns: Iterable[Turn],
    passages: Sequence[Passage],
    asking: Collection[str],
    topical: Callable[[int, int], int],
) -> tuple[Step, ...]:
    """The steps of a talk in order, without blank turns.

    `asking` are speaker keys, empty where nobody is known; `topical` counts the words with a topic in a stretch.
    """
    of_turn: dict[int, list[Passage | None]] = {}
    for passage in passages:
        of_turn.setdefault(passage.turn, []).append(passage)
    found = []
    for turn in turns:
        said = text[turn.start : turn.end]
        if not said.strip():
            continue
        asks = turn.speaker in asking if asking else said.rstrip().endswith("?")
        for n, part in enumerate(of_turn.get(turn.n, [None])):
            start, end = (part.start, part.end) if part else (turn.start, turn.end)
            kind = Kind.SAME_TURN if n else Kind.NEW_TURN
            if asks and not n:
                kind = Kind.ASKS if topical(start, end) >= A_QUESTION else Kind.FOLLOWS_UP
            words = len(text[start:end].split())
            sentences = _sentences(turn, start, end)
            found.append(Step(start, end, turn.n, kind, part, sentences, words, len(said.split())))
    return tuple(found)


def _sentences(turn: Turn, start: int, end: int) -> tuple[tuple[int, int], ...]:
    inside = [start, *(at for at in turn.sentences if start < at < end)]
    return tuple(zip(inside, [*inside[1:], end], strict=True))
