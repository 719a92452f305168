"""References to a place in a transcript: `P03:41`, `P03:41-43`, `P03:41.2-43.1` (turn, and sentence in the turn).

A reference becomes offsets when it is entered, and is printed from them under the turns of the day.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from qualkit.model.transcripts import Turn

_WRITTEN = re.compile(
    r"(?P<id>[^:]+):(?P<turn>\d{1,9})(?:\.(?P<sentence>\d{1,9}))?(?:\s*[-–]\s*(?P<to>\d{1,9})(?:\.(?P<last>\d{1,9}))?)?"
)


@dataclass(frozen=True)
class Reference:
    """A place as written. `sentence` and `last` are 0 where the whole turn is meant."""

    transcript: str
    turn: int
    sentence: int
    to: int
    last: int

    @classmethod
    def parse(cls, written: str) -> "Reference | None":
        """None where `written` is no reference. A transcript alone (`P03`) is none."""
        match = _WRITTEN.fullmatch(written.strip())
        if match is None:
            return None
        turn, sentence = int(match["turn"]), int(match["sentence"] or 0)
        if match["to"] is None:
            return cls(match["id"], turn, sentence, turn, sentence)
        return cls(match["id"], turn, sentence, int(match["to"]), int(match["last"] or 0))

    def offsets(self, turns: Sequence[Turn]) -> tuple[int, int]:
        """Start and end in the text. Raises LookupError, in words, where the turns have no such place."""
        first, last = _turn(turns, self.turn), _turn(turns, self.to)
        start = _sentence(first, self.sentence)[0] if self.sentence else first.start
        end = _sentence(last, self.last)[1] if self.last else last.end
        if start >= end:
            raise LookupError(f"{self.turn} to {self.to} runs backwards")
        return start, end


def printed(transcript: str, start: int, end: int, turns: Sequence[Turn]) -> str:
    """The reference of a stretch of text, rounded out to whole sentences; turns alone where it fills them."""
    touched = touching(turns, start, end)
    if not touched:
        return f"{transcript}:0"
    first, last = touched[0], touched[-1]
    begins, ends = _sentence_at(first, start), _sentence_at(last, end - 1)
    whole_start, whole_end = begins == 1, ends == max(1, len(last.sentences))
    if first is last:
        if whole_start and whole_end:
            return f"{transcript}:{first.n}"
        one = f"{transcript}:{first.n}.{begins}"
        return one if begins == ends else f"{one}-{last.n}.{ends}"
    return f"{transcript}:{first.n}{'' if whole_start else f'.{begins}'}-{last.n}{'' if whole_end else f'.{ends}'}"


def touching(turns: Sequence[Turn], start: int, end: int) -> Sequence[Turn]:
    """The turns (in order, apart) that a stretch of text has a character of."""
    first = bisect_right(turns, start, key=lambda turn: turn.end)
    return turns[first : bisect_left(turns, end, key=lambda turn: turn.start)]


def _sentence_at(turn: Turn, at: int) -> int:
    return max(1, bisect_right(turn.sentences, at))


def _turn(turns: Sequence[Turn], n: int) -> Turn:
    found = next((turn for turn in turns if turn.n == n), None)
    if found is None:
        raise LookupError(f"there is no turn {n}: the turns are 1 to {turns[-1].n if turns else 0}")
    return found


def _sentence(turn: Turn, n: int) -> tuple[int, int]:
    try:
        return turn.sentence(n)
    except IndexError:
        raise LookupError(f"turn {turn.n} has no sentence {n}: it has {len(turn.sentences)}") from None
