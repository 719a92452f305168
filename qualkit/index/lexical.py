"""Lexical: a passage belongs where its words are the heading's words.

BM25 (Robertson & Zaragoza 2009, doi 10.1561/1500000019) with the heading as the query. A term counts by how rare it
is in the study, by where the heading has it, and by how few headings share it.
"""

import numpy as np

from qualkit.index.interface import Floats
from qualkit.index.material import Material
from qualkit.index.scale import standard
from qualkit.index.terms import Terms
from qualkit.model.index import Evidence

SATURATION = 1.2  # k1: how soon a term said again stops to count
LENGTH = 0.5  # b: how much more a long stretch must say
SIZE = 0.5  # power of a heading's size: one with many words is met by chance more often, and says more
WORDS_SHOWN = 6


class Lexical:
    name = "words"
    version = "3"

    def read(self, material: Material) -> "InWords":
        return InWords(material)


class InWords:
    """What the words of each step say of each heading."""

    def __init__(self, material: Material) -> None:
        from scipy.sparse import csr_matrix

        self._material = material
        self._terms = material.shared(Terms)
        said = self._terms.said
        mean = max(1.0, float(self._terms.lengths.mean())) if said.shape[0] else 1.0
        flat = SATURATION * (1 - LENGTH + LENGTH * self._terms.lengths / mean)
        counts, often = said.data, np.repeat(flat, np.diff(said.indptr))
        told = counts / (counts + often) * self._terms.rarity[said.indices]
        self._told = csr_matrix((told, said.indices, said.indptr), shape=said.shape)
        self._query = self._weights()
        sizes = np.sqrt(((self._query * self._terms.rarity[:, None]) ** 2).sum(axis=0)) ** SIZE
        self._query /= np.where(sizes > 0, sizes, 1.0)
        self.heard = self._terms.lengths > 0
        self.strength: Floats = standard(np.asarray(self._told @ self._query), self.heard)

    def evidence(self, step: int, heading: int) -> Evidence | None:
        """The terms of the step that weigh most, where each is first said."""
        entries = slice(*self._told.indptr[step : step + 2])
        terms = self._told.indices[entries]
        gains = self._told.data[entries] * self._query[terms, heading]
        best = [int(terms[n]) for n in np.argsort(-gains, kind="stable")[:WORDS_SHOWN] if gains[n] > 0]
        if not best:
            return None
        names = [self._terms.names[n] for n in best]
        holder = self._material.wording.holder(self._material.headings[heading].key, names[0])
        return Evidence(Lexical.name, holder.field, holder.number, spans=spans(self._material, step, names))

    def _weights(self) -> Floats:
        """terms x headings: how much each term speaks for each heading."""
        column = {heading.key: n for n, heading in enumerate(self._material.headings)}
        query = np.zeros((len(self._terms.names), len(column)))
        for term, row in self._material.wording.weights.items():
            at = self._terms.place.get(term)
            if at is not None:
                for key, weight in row.items():
                    query[at, column[key]] = weight
        return query


def spans(material: Material, step: int, terms: list[str]) -> tuple[tuple[int, int], ...]:
    """Where in the text each of `terms` is first said in a step, in order of the text."""
    talk, place = material.steps[step]
    said = material.terms(talk, place.start, place.end)
    first = {term.term: (term.start, term.end) for term in reversed(said)}
    return tuple(sorted(first[term] for term in terms))
