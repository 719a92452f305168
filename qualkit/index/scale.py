"""The common scale: what a step says of a heading, in standard deviations above what is usual for that heading."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualkit.index.interface import Floats

Measured = Floats | NDArray[np.float32]
NOISE = 1e-10  # a variance that is left of equal numbers by rounding
USUAL = 5.0  # so many steps that are usual for the whole study are added: in a short study few steps prove little


@dataclass(frozen=True)
class Prior:
    """What is usual, as if so many steps had been seen."""

    mean: float
    deviation: float
    steps: float


def standard(strength: Measured, heard: NDArray[np.bool_] | None = None, prior: Prior | None = None) -> Floats:
    """Each heading's column with mean 0 and deviation 1 over the steps that are `heard`; the others are 0.

    `prior`: what is known to be usual beforehand, in the place of what is usual for all headings of the study.
    """
    if heard is None:
        heard = np.ones(len(strength), bool)
    of = strength[heard].astype(np.float64)
    scaled: Floats = np.zeros(strength.shape)
    if of.size == 0:
        return scaled
    prior = prior or Prior(float(of.mean()), float(of.std()), USUAL)
    count = len(of) + prior.steps
    means = (of.sum(axis=0) + prior.steps * prior.mean) / count
    spreads = (((of - means) ** 2).sum(axis=0) + prior.steps * prior.deviation**2) / count
    scaled[heard] = (of - means) / np.where(spreads > NOISE, np.sqrt(spreads), 1.0) * (spreads > NOISE)
    return scaled


def against_others(scaled: Floats) -> Floats:
    """How much more a step says of a heading than of the others: no heading gains where all are spoken of."""
    headings = max(1, scaled.shape[1])
    more: Floats = scaled - scaled.sum(axis=1, keepdims=True) / headings
    return more
