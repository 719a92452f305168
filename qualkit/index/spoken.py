"""The sentences of a study as vectors: of each sentence, and of each step as a whole."""

import numpy as np
from numpy.typing import NDArray

from qualkit.index.material import Material

Singles = NDArray[np.float32]


class Spoken:
    """`sentences`: sentences x size, in order of the steps; step n has those from `first[n]` to `first[n + 1]`.

    `steps`: steps x size, the mean of a step's sentences at length one. Zeros where the model does not know a language.
    """

    def __init__(self, material: Material) -> None:
        texts, counts = [], []
        for talk, step in material.steps:
            texts += [talk.text[start:end] if talk.in_vectors else "" for start, end in step.sentences]
            counts.append(len(step.sentences))
        self.first = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        self.sentences: Singles = material.vectors(texts)
        self.steps = unit(_sums(self.sentences, self.first))
        self.heard = np.array([talk.in_vectors for talk, _ in material.steps], bool) & bool(material.encoder)

    def best(self, near: Singles) -> Singles:
        """`near` is sentences x columns; for each step and column the largest."""
        if not len(near):
            return near
        best: Singles = np.maximum.reduceat(near, self.first[:-1], axis=0)
        return best


def _sums(rows: Singles, first: NDArray[np.int64]) -> Singles:
    if not len(rows):
        return rows
    sums: Singles = np.add.reduceat(rows, first[:-1], axis=0)
    return sums


def unit(rows: Singles) -> Singles:
    """Rows at length one; zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Singles = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled
