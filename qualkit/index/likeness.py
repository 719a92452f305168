"""How near what an interviewer says is to the questions of the schedule, word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from qualkit.index.material import Material, Talk
from qualkit.index.steps import Step
from qualkit.index.terms import Terms
from qualkit.index.wording import Item

NEAR = {"question": 1.0, "prompt": 0.9, "name": 0.8}


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
        self._terms = material.shared(Terms)

    def matches(self, talk: Talk, step: Step) -> dict[str, Match]:
        """Heading -> its wording and the sentence of the step that are nearest, by the cosine of their rare terms."""
        near: dict[str, Match] = {}
        for start, end in step.sentences:
            said = sorted({term.term for term in self._material.terms(talk, start, end)})
            for match in self._near(said, (start, end)) if said else ():
                # of equally near sentences the last: an interviewer's turn ends with its question
                if match.heading not in near or match.likeness >= near[match.heading].likeness:
                    near[match.heading] = match
        return near

    def _near(self, said: Sequence[str], span: tuple[int, int]) -> Iterable[Match]:
        length = self._length(said)
        candidates = {n for term in said for n in self._holding.get(term, ())}
        for key, item, size in (self._items[n] for n in sorted(candidates)):
            common = sum(self._terms.weight(stem) ** 2 for stem in item.stems if stem in said)
            yield Match(key, item.field, item.number, span, NEAR[item.field] * common / (length * size))

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

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        holding: dict[str, list[int]] = {}
        for n, (_, item, _) in enumerate(self._items):
            for stem in item.stems:
                holding.setdefault(stem, []).append(n)
        return holding

    def _length(self, terms: Sequence[str]) -> float:
        return sqrt(sum(self._terms.weight(term) ** 2 for term in terms))
