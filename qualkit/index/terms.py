"""How often each term was said in each step of a study, and how rare it is there."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualkit.index.material import Material

Floats = NDArray[np.float64]


class Terms:
    """`said`: steps x terms, a sparse matrix of counts. Terms stand in the order of their spelling."""

    def __init__(self, material: Material) -> None:
        from scipy.sparse import csr_matrix

        rows = [[term.term for term in material.terms(talk, step.start, step.end)] for talk, step in material.steps]
        self.names = sorted({term for row in rows for term in row})
        self.place = {term: n for n, term in enumerate(self.names)}
        columns = np.array([self.place[term] for row in rows for term in row], np.int64)
        lengths = np.array([len(row) for row in rows], np.int64)
        bounds = np.concatenate([[0], np.cumsum(lengths)])
        shape = (len(rows), len(self.names))
        self.said: Any = csr_matrix((np.ones(len(columns)), columns, bounds), shape=shape)
        self.said.sum_duplicates()
        self.lengths: Floats = lengths.astype(np.float64)

    @cached_property
    def rarity(self) -> Floats:
        """terms -> natural logarithm; high where few steps of the study hold the term."""
        held = np.diff(self.said.tocsc().indptr)
        count = self.said.shape[0]
        rarity: Floats = np.log(1 + (count - held + 0.5) / (held + 0.5))
        return rarity

    def weight(self, term: str) -> float:
        """The rarity of a term; one that nobody has said is as rare as can be."""
        at = self.place.get(term)
        return float(self.rarity[at]) if at is not None else float(np.log(2 + 2 * self.said.shape[0]))
