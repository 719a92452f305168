"""The common scale: what a step says of a heading, in standard deviations above what is usual for that heading."""

import numpy as np
from numpy.typing import NDArray

from qualkit.index.interface import Floats

Measured = Floats | NDArray[np.float32]
USUAL = 5.0  # so many steps that are usual for the whole study are added: in a short study few steps prove little


def standard(strength: Measured, heard: NDArray[np.bool_] | None = None) -> Floats:
    """Each heading's column with mean 0 and deviation 1 over the steps that are `heard`; the others are 0."""
    if heard is None:
        heard = np.ones(len(strength), bool)
    of = strength[heard].astype(np.float64)
    scaled: Floats = np.zeros(strength.shape)
    if of.size == 0:
        return scaled
    count, mean, spread = len(of), of.mean(), of.var()
    means = (of.sum(axis=0) + USUAL * mean) / (count + USUAL)
    spreads = (((of - means) ** 2).sum(axis=0) + USUAL * spread) / (count + USUAL)
    scaled[heard] = (of - means) / np.where(spreads > 0, np.sqrt(spreads), 1.0)
    return scaled


def against_others(scaled: Floats) -> Floats:
    """How much more a step says of a heading than of the others: no heading gains where all are spoken of."""
    more: Floats = scaled - scaled.mean(axis=1, keepdims=True)
    return more
