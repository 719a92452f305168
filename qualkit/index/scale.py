"""The common scale: what a step says of a heading, in standard deviations above what is usual for that heading."""

import numpy as np
from numpy.typing import NDArray

from qualkit.index.interface import Floats

USUAL = 5.0  # so many steps that are usual for the whole study are added: in a short study few steps prove little


def standard(strength: Floats, heard: NDArray[np.bool_] | None = None) -> Floats:
    """Each heading's column with mean 0 and deviation 1 over the steps that are `heard`; the others are 0."""
    if heard is None:
        heard = np.ones(len(strength), bool)
    of = strength[heard]
    scaled = np.zeros_like(strength, np.float64)
    if of.size == 0:
        return scaled
    count, mean, spread = len(of), of.mean(), of.var()
    means = (of.sum(axis=0) + USUAL * mean) / (count + USUAL)
    spreads = (((of - means) ** 2).sum(axis=0) + USUAL * spread) / (count + USUAL)
    scaled[heard] = (of - means) / np.where(spreads > 0, np.sqrt(spreads), 1.0)
    return scaled


def against_others(scaled: Floats) -> Floats:
    """How much more a step says of a heading than of the others: no heading gains where all are spoken of."""
    return scaled - scaled.mean(axis=1, keepdims=True)
