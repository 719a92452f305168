"""Headings in the study's own talk: what participants say under a heading, learned from what was read so far.

A schedule's few words are not the participants'. From the chances of a first reading each heading gets (1) the terms
that were said more under it than elsewhere (naive Bayes, Dirichlet smoothed: Zhai & Lafferty 2004, doi
10.1145/984321.984322), (2) the mean of what was said under it, as a vector, and (3) what the answers to the same
question in other transcripts were about. A step is never its own example: it is read by what the others taught. No
decision of a person goes in.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualkit.index.interface import Floats
from qualkit.index.lexical import WORDS_SHOWN, spans
from qualkit.index.material import Material
from qualkit.index.scale import standard
from qualkit.index.spoken import Spoken
from qualkit.index.terms import Terms
from qualkit.model.index import Evidence

Integers = NDArray[np.int64]
NAME = "own talk"
WORDS_SHARE = 0.5  # beside the headings' own wording, whose meaning counts 1
MEANING_SHARE = 0.3
SMOOTHING = 200.0  # terms of the whole study that are added to those said under a heading
LONG = 60  # words from which a step is no better example than a shorter one
ALIKE = 0.6  # cosine from which two questions are the same
ALIKE_STEEP = 8.0  # how soon less alike ones count less
QUESTION_SHARE = 0.6
FEW = 120.0  # words of the whole study that are added to the answers to a question
_AT_ONCE = 1024


class OwnTalk:
    """What a study's talk teaches; `learned(chances)` may be asked for again with better chances."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.terms = material.shared(Terms)
        self.spoken = material.shared(Spoken)
        self.words = np.array([step.words for _, step in material.steps], float)
        self.asks = np.array([step.asks for _, step in material.steps], bool)
        heard = self.spoken.steps[self.spoken.heard]
        self.usual: Floats = np.asarray(self.terms.said.sum(axis=0)).ravel() + 0.1
        self.usual /= self.usual.sum()
        self.centred = self.spoken.steps.astype(np.float64) - (heard.mean(axis=0) if len(heard) else 0)
        self.centred[~self.spoken.heard] = 0
        self.asked = _asked_in(material)
        self.same = _same_questions(material, self.spoken, np.flatnonzero(self.asks)) if material.encoder else None

    def learned(self, chances: Floats) -> "Learned":
        """`chances`: steps x headings."""
        return Learned(self, chances)


class Learned:
    """`support`: steps x headings, on the common scale. `asked`: the same in logarithms, from the same questions."""

    def __init__(self, own: OwnTalk, chances: Floats) -> None:
        self._own, self._chances = own, chances
        self._said = np.asarray(own.terms.said.T @ chances)
        self._all_said = self._said.sum(axis=0)
        self.support: Floats = WORDS_SHARE * standard(self._by_terms(), own.terms.lengths > 0)
        if own.spoken.heard.any():
            self.support += MEANING_SHARE * standard(self._by_meaning(), own.spoken.heard)
        self.asked = self._of_same_questions(chances)

    def evidence(self, step: int, heading: int) -> Evidence | None:
        """The terms of the step that are said under the heading most beyond elsewhere."""
        said = self._own.terms.said
        entries = slice(said.indptr[step], said.indptr[step + 1])
        gains = self._gains(entries, np.full(said.indptr[step + 1] - said.indptr[step], step))[:, heading]
        best = [n for n in np.argsort(-gains, kind="stable")[:WORDS_SHOWN] if gains[n] > 0]
        if not best:
            return None
        names = [self._own.terms.names[said.indices[entries.start + n]] for n in best]
        return Evidence(NAME, spans=spans(self._own.material, step, names))

    def _by_terms(self) -> Floats:
        said, found = self._own.terms.said, np.zeros_like(self._chances)
        steps = np.repeat(np.arange(said.shape[0]), np.diff(said.indptr))
        for at in range(0, len(steps), _AT_ONCE):
            entries = slice(at, at + _AT_ONCE)
            np.add.at(found, steps[entries], self._gains(entries, steps[entries]))
        return found / np.sqrt(np.maximum(1.0, self._own.terms.lengths))[:, None]

    def _gains(self, entries: slice, steps: Integers) -> Floats:
        """entries x headings: how much each term of a step speaks for a heading, by what the other steps taught."""
        own, terms, often = self._own, self._own.terms.said.indices[entries], self._own.terms.said.data[entries, None]
        usual, chances = own.usual[terms, None], self._chances[steps]
        others = np.maximum(self._said[terms] - often * chances, 0) + SMOOTHING * usual
        all_others = self._all_said - own.terms.lengths[steps, None] * chances + SMOOTHING
        gains: Floats = often * np.log(others / all_others / usual)
        return gains

    def _by_meaning(self) -> Floats:
        """steps x headings: cosine of a step with the mean of the other steps under a heading."""
        own = self._own
        weights = self._chances * np.minimum(own.words, LONG)[:, None]
        sums = weights.T @ own.centred
        products, squares = own.centred @ sums.T, (own.centred**2).sum(axis=1)[:, None]
        without = products - weights * squares
        lengths = (sums**2).sum(axis=1) - 2 * weights * products + weights**2 * squares
        cosines: Floats = without / np.sqrt(np.maximum(lengths * squares, 1e-12))
        return cosines

    def _of_same_questions(self, chances: Floats) -> Floats:
        own, found = self._own, np.zeros_like(chances)
        if own.same is None or not own.same.nnz:
            return found
        answers = (own.asked >= 0) & ~own.asks
        weights = np.minimum(own.words, LONG)[answers, None] * chances[answers]
        of_question = np.zeros((own.same.shape[0], chances.shape[1]))
        np.add.at(of_question, own.asked[answers], weights)
        elsewhere = np.asarray(own.same @ of_question)
        usual = weights.sum(axis=0) / weights.sum() if weights.sum() else np.full(chances.shape[1], 1.0)
        shares = (elsewhere + FEW * usual) / (elsewhere.sum(axis=1, keepdims=True) + FEW)
        gain = QUESTION_SHARE * np.log(shares / np.maximum(usual, 1e-9))
        found[own.asked >= 0] = gain[own.asked[own.asked >= 0]]
        return found


def _asked_in(material: Material) -> Any:
    """For each step which question it lies under: the number among the asking steps; -1 before the first of a talk."""
    under, count = [], 0
    for talk in material.talks:
        last = -1
        for step in talk.steps:
            if step.asks:
                last, count = count, count + 1
            under.append(last)
    return np.array(under, np.int64)


def _same_questions(material: Material, spoken: Spoken, asking: Any) -> Any:
    """asking steps x asking steps, sparse: how much the same is asked in another transcript."""
    from scipy.sparse import csr_matrix, vstack

    talk_of = np.repeat(np.arange(len(material.talks)), [len(talk.steps) for talk in material.talks])[asking]
    vectors = spoken.steps[asking]
    parts = [csr_matrix((0, len(asking)))]
    for at in range(0, len(asking), _AT_ONCE):
        near = vectors[at : at + _AT_ONCE] @ vectors.T
        near[talk_of[at : at + _AT_ONCE, None] == talk_of[None, :]] = 0
        parts.append(csr_matrix(np.where(near >= ALIKE, np.exp(ALIKE_STEEP * (near - 1)), 0)))
    return vstack(parts).tocsr()
