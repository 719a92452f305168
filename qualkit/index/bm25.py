"""How much a stretch of talk says in a heading's own words.

BM25 (Robertson & Zaragoza 2009, doi 10.1561/1500000019) with the heading as the query. A term counts by how rare it
is in the study, by where the heading has it, and by how few headings share it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import sqrt

from qualkit.index.material import Material, Talk, Term

SATURATION = 1.2  # k1: how soon a term said again stops to count
LENGTH = 0.5  # b: how much more a long stretch must say
NOT_ASKED_OF = 0.5  # what is left for a heading that the schedule does not put to this group


class Bm25:
    def __init__(self, material: Material) -> None:
        self._material = material
        self._not_asked: dict[str, set[str]] = {}

    def gains(self, talk: Talk, said: Iterable[Term]) -> dict[str, dict[str, float]]:
        """Heading -> term -> what the term adds to the heading's strength."""
        often = Counter(term.term for term in said)
        flat = SATURATION * (1 - LENGTH + LENGTH * often.total() / self._mean_length)
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for term in sorted(often):
            row = self._material.wording.weights.get(term)
            if row:
                told = self._material.weight(term) * often[term] / (often[term] + flat)
                for key, weight in row.items():
                    less = NOT_ASKED_OF if key in self._unasked(talk) else 1.0
                    found[key][term] = told * weight * less / self._sizes[key]
        return found

    def strengths(self, talk: Talk, said: Iterable[Term]) -> dict[str, float]:
        """Heading -> strength."""
        return {key: self.strength(parts) for key, parts in self.gains(talk, said).items()}

    def strength(self, parts: Mapping[str, float]) -> float:
        """What a heading's gains come to; 1 is what the best heading of a passage has on average in this study."""
        return sum(parts.values()) / self._usual

    @cached_property
    def _usual(self) -> float:
        best = [
            max(sum(parts.values()) for parts in gains.values())
            for talk in self._material.talks
            for passage in talk.passages
            if (gains := self.gains(talk, self._material.terms(talk, passage.start, passage.end)))
        ]
        return sum(best) / len(best) if best else 1.0

    @cached_property
    def _mean_length(self) -> float:
        lengths = [
            len(self._material.terms(talk, passage.start, passage.end))
            for talk in self._material.talks
            for passage in talk.passages
        ]
        return max(1.0, sum(lengths) / max(1, len(lengths)))

    @cached_property
    def _sizes(self) -> dict[str, float]:
        """A heading with many words is met by chance more often; damped, since it also says more."""
        squares: dict[str, float] = defaultdict(float)
        for term, row in sorted(self._material.wording.weights.items()):
            for key, weight in row.items():
                squares[key] += (weight * self._material.weight(term)) ** 2
        return {key: sqrt(sqrt(total)) or 1.0 for key, total in squares.items()}

    def _unasked(self, talk: Talk) -> set[str]:
        if talk.version not in self._not_asked:
            headings = self._material.headings
            self._not_asked[talk.version] = {h.key for h in headings if not self._material.may_be_asked(h, talk)}
        return self._not_asked[talk.version]
