"""Headings in the study's own talk: what participants say under a heading, learned from what was read so far.

A schedule's few words are not the participants'. From the chances of a first reading each heading gets (1) the terms
that were said more under it than elsewhere (naive Bayes, Dirichlet smoothed: Zhai & Lafferty 2004, doi
10.1145/984321.984322), (2) the mean of what was said under it, as a vector, and (3) what the answers to the same
question in other transcripts were about. No decision of a person goes in.
"""

from typing import Any

import numpy as np

from qualkit.index.interface import Floats
from qualkit.index.lexical import WORDS_SHOWN, spans
from qualkit.index.material import Material
from qualkit.index.scale import standard
from qualkit.index.spoken import Spoken, unit
from qualkit.index.terms import Terms
from qualkit.model.index import Evidence

NAME = "own talk"
WORDS_SHARE = 0.5  # beside the headings' own wording, whose meaning counts 1
MEANING_SHARE = 0.3
SMOOTHING = 200.0  # terms of the whole study that are added to those said under a heading
LONG = 60  # words from which a step is no better example than a shorter one
ALIKE = 0.6  # cosine from which two questions are the same
ALIKE_STEEP = 8.0  # how soon less alike ones count less
QUESTION_SHARE = 0.6
FEW = 120.0  # words of the whole study that are added to the answers to a question
_AT_ONCE = 512


class OwnTalk:
    """What a study's talk teaches; `learned(chances)` may be asked for again with better chances."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.terms = material.shared(Terms)
        self.spoken = material.shared(Spoken)
        self.words = np.array([step.words for _, step in material.steps], float)
        self.asks = np.array([step.asks for _, step in material.steps], bool)
        heard = self.spoken.steps[self.spoken.heard]
        self.centred = self.spoken.steps - (heard.mean(axis=0) if len(heard) else 0)
        self.centred[~self.spoken.heard] = 0
        self.asked = _asked_in(material)
        self.same = _same_questions(material, self.spoken, np.flatnonzero(self.asks)) if material.encoder else None

    def learned(self, chances: Floats) -> "Learned":
        """`chances`: steps x headings."""
        return Learned(self, chances)


class Learned:
    """`support`: steps x headings, on the common scale. `asked`: the same in logarithms, from the same questions."""

    def __init__(self, own: OwnTalk, chances: Floats) -> None:
        self._own = own
        self._odds = self._odds_of_terms(chances)
        lengths = np.sqrt(np.maximum(1.0, own.terms.lengths))[:, None]
        by_terms = np.asarray(own.terms.said @ self._odds) / lengths
        weights = chances * np.minimum(own.words, LONG)[:, None]
        means = unit((weights.T @ own.centred).astype(np.float32))
        by_meaning = (own.centred @ means.T).astype(np.float64)
        self.support: Floats = WORDS_SHARE * standard(by_terms, own.terms.lengths > 0)
        if own.spoken.heard.any():
            self.support += MEANING_SHARE * standard(by_meaning, own.spoken.heard)
        self.asked = self._of_same_questions(chances)

    def evidence(self, step: int, heading: int) -> Evidence | None:
        """The terms of the step that are said under the heading most beyond elsewhere."""
        row = self._own.terms.said.getrow(step)
        gains = row.data * self._odds[row.indices, heading]
        best = [int(row.indices[n]) for n in np.argsort(-gains, kind="stable")[:WORDS_SHOWN] if gains[n] > 0]
        if not best:
            return None
        names = [self._own.terms.names[n] for n in best]
        return Evidence(NAME, spans=spans(self._own.material, step, names))

    def _odds_of_terms(self, chances: Floats) -> Floats:
        """terms x headings: logarithm of how much more often a term is said under a heading than in the study."""
        said = np.asarray(self._own.terms.said.T @ chances)
        usual = np.asarray(self._own.terms.said.sum(axis=0)).ravel() + 0.1
        usual /= usual.sum()
        shares = (said + SMOOTHING * usual[:, None]) / (said.sum(axis=0) + SMOOTHING)
        odds: Floats = np.log(shares / usual[:, None])
        return odds

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
