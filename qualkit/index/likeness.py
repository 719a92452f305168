"""How near what an interviewer says is to the questions of the schedule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from qualkit.index.material import Material, Talk
from qualkit.index.wording import Item
from qualkit.model.transcripts import Turn

NEAR = {"question": 1.0, "prompt": 0.9, "name": 0.8}
WORDS = "words"  # the field of a match by a heading's words as a whole


@dataclass(frozen=True)
class Match:
    """A sentence of the interviewer beside a wording of a heading. `likeness` is between 0 and 1."""

    heading: str
    field: str
    item: int
    span: tuple[int, int]
    likeness: float


class Likeness:
    def __init__(self, material: Material) -> None:
        self._material = material

    def matches(self, talk: Talk, turn: Turn) -> tuple[dict[str, Match], dict[str, Match]]:
        """Per heading the nearest wording, and how much of a sentence is made of the heading's words.

        Interviewers put questions in their own words, so both are looked at, sentence by sentence.
        """
        near: dict[str, Match] = {}
        own: dict[str, Match] = {}
        starts = turn.sentences or (turn.start,)
        for start, end in zip(starts, [*starts[1:], turn.end], strict=True):
            said = sorted({term.term for term in self._material.terms(talk, start, end)})
            if said:
                _keep_best(near, self._near(said, (start, end)))
                _keep_best(own, self._own(said, (start, end)))
        return near, own

    def _near(self, said: Sequence[str], span: tuple[int, int]) -> Iterable[Match]:
        length = self._length(said)
        for key, item, size in self._items:
            common = sum(self._squared(stem) for stem in item.stems if stem in said)
            if common:
                yield Match(key, item.field, item.number, span, NEAR[item.field] * common / (length * size))

    def _own(self, said: Sequence[str], span: tuple[int, int]) -> Iterable[Match]:
        gains: dict[str, float] = {}
        for term in said:
            for key, weight in self._material.wording.weights.get(term, {}).items():
                gains[key] = gains.get(key, 0.0) + min(1.0, weight) * self._material.weight(term)
        total = sum(self._material.weight(term) for term in said) + self._material.weight("")
        return (Match(key, WORDS, 0, span, gain / total) for key, gain in sorted(gains.items()))

    @cached_property
    def _items(self) -> list[tuple[str, Item, float]]:
        """Wordings that a question may be near to, their stems once each, with their lengths."""
        found = []
        for key, items in self._material.wording.items.items():
            for item in items:
                if item.field in NEAR and item.stems:
                    once = Item(item.field, item.number, tuple(sorted(set(item.stems))))
                    found.append((key, once, self._length(once.stems)))
        return found

    def _length(self, terms: Sequence[str]) -> float:
        return sqrt(sum(self._squared(term) for term in terms))

    def _squared(self, term: str) -> float:
        return self._material.weight(term) ** 2


def _keep_best(best: dict[str, Match], found: Iterable[Match]) -> None:
    """Of equally near sentences the last: an interviewer's turn ends with its question."""
    for match in found:
        if match.heading not in best or match.likeness >= best[match.heading].likeness:
            best[match.heading] = match
