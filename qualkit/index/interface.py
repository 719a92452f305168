"""The interface of a proposer: from the material of a study to a reading of it."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qualkit.index.material import Material
from qualkit.model.index import Evidence

Floats = NDArray[np.float64]


class Reading(Protocol):
    """What one proposer hears in a study.

    `strength`: steps x headings, how much each step speaks for each heading, on the common scale (`scale.py`).
    `heard`: steps, whether the proposer has a word on a step at all.
    """

    @property
    def strength(self) -> Floats: ...

    @property
    def heard(self) -> NDArray[np.bool_]: ...

    def evidence(self, step: int, heading: int) -> Evidence | None:
        """Why the step speaks for the heading, by their numbers. None where nothing can be shown."""
        ...


class Proposer(Protocol):
    """One way to propose headings. `version` changes with every change of what it gives."""

    name: str
    version: str

    def read(self, material: Material) -> Reading: ...


@dataclass(frozen=True)
class Silent:
    """A reading without a word: what a proposer gives where the study has nothing for it."""

    strength: Floats
    heard: NDArray[np.bool_]

    def evidence(self, step: int, heading: int) -> Evidence | None:
        return None


def silent(material: Material) -> Silent:
    count = len(material.steps)
    return Silent(np.zeros((count, len(material.headings))), np.zeros(count, bool))
