"""Lexical: a passage belongs where its words are the heading's words.

BM25 (Robertson & Zaragoza 2009, doi 10.1561/1500000019) with the heading as the query. A word counts by how rare it
is in the study, by where the heading has it, and by how few headings share it.
"""

from collections import defaultdict
from math import sqrt

from qualkit.index.interface import Vote, Votes
from qualkit.index.material import Material, Talk
from qualkit.model.index import Evidence, Passage

SATURATION = 1.2  # k1: how soon a word said again stops to count
LENGTH = 0.5  # b: how much a long passage must say more
WORDS_SHOWN = 6


class Lexical:
    name = "words"
    version = "1"

    def votes(self, material: Material) -> Votes:
        mean = _mean_length(material)
        size = _sizes(material)
        found = {}
        for talk in material.talks:
            for passage in talk.passages:
                votes = self._votes_on(material, talk, passage, mean, size)
                if votes:
                    found[passage] = votes
        return found

    def _votes_on(
        self, material: Material, talk: Talk, passage: Passage, mean: float, size: dict[str, float]
    ) -> dict[str, Vote]:
        said = talk.words_in(passage.start, passage.end)
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for word in said:
            if word.stem in material.wording:
                spans[word.stem].append((word.start, word.end))
        flat = SATURATION * (1 - LENGTH + LENGTH * len(said) / mean)
        gains: dict[str, dict[str, float]] = defaultdict(dict)
        for stem in sorted(spans):
            often = len(spans[stem])
            told = material.weight(stem) * often / (often + flat)
            for key, weight in material.wording[stem].items():
                gains[key][stem] = told * weight
        return {
            key: Vote(sum(parts.values()) / size[key], self._evidence(material, key, parts, spans))
            for key, parts in gains.items()
        }

    def _evidence(
        self, material: Material, key: str, parts: dict[str, float], spans: dict[str, list[tuple[int, int]]]
    ) -> Evidence:
        best = sorted(parts, key=lambda stem: (-parts[stem], stem))[:WORDS_SHOWN]
        holder = next(item for item in material.items[key] if best[0] in item.stems)
        shown = sorted(spans[stem][0] for stem in best)
        return Evidence(self.name, holder.field, holder.number, spans=tuple(shown))


def _mean_length(material: Material) -> float:
    lengths = [len(talk.words_in(p.start, p.end)) for talk in material.talks for p in talk.passages]
    return max(1.0, sum(lengths) / max(1, len(lengths)))


def _sizes(material: Material) -> dict[str, float]:
    """A heading with many words is met by chance more often; damped, since it also says more."""
    squares: dict[str, float] = defaultdict(float)
    for stem, row in material.wording.items():
        for key, weight in row.items():
            squares[key] += (weight * material.weight(stem)) ** 2
    return {key: sqrt(sqrt(total)) or 1.0 for key, total in squares.items()}
