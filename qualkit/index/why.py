"""Why a passage got its headings and no others: what each proposer says of each heading, as ranks."""

from dataclasses import dataclass

import numpy as np

from qualkit.index import shown
from qualkit.index.combine import Whole
from qualkit.index.evidence import Told
from qualkit.index.interface import Floats
from qualkit.index.material import Material
from qualkit.index.own_talk import NAME as OWN_TALK
from qualkit.model.index import Choices, Evidence, Passage

ALONE, ALONG = "by itself", "in the talk"  # all proposers together: for the passage alone, and along the talk


@dataclass(frozen=True)
class Standing:
    """How one heading stands for a passage. `ranks`: proposer -> rank; 0 where it does not speak for the heading."""

    heading: str  # key
    proposed: int  # rank; 0 where it is not
    ranks: dict[str, int]
    evidence: tuple[Evidence, ...]


class Why:
    def __init__(self, material: Material, whole: Whole, choices: Choices) -> None:
        self._material, self._whole = material, whole
        self._told = Told(material, whole)
        self._steps = {step.passage: n for n, (_, step) in enumerate(material.steps) if step.passage}
        steps = np.array(list(self._steps.values()), np.int64)
        self._least = shown.bounds(whole.tempered[steps], whole.shuffled[steps], choices.silence)

    def of(self, passage: Passage) -> list[Standing]:
        """Every heading that some proposer speaks for, the likeliest first."""
        step = self._steps[passage]
        (proposed,) = shown.shown(self._whole.tempered[[step]], self._whole.fits[[step]], self._least)
        readings = {name: (each.strength, bool(each.heard[step])) for name, each in self._whole.readings.items()}
        if self._whole.learned:
            readings[OWN_TALK] = (self._whole.learned.support, True)
        found = []
        for heading in np.argsort(-self._whole.tempered[step], kind="stable").tolist():
            ranks = {name: _rank(rows[step], heading) if heard else 0 for name, (rows, heard) in readings.items()}
            ranks[ALONE] = _rank(self._whole.alone[step], heading)
            ranks[ALONG] = _place(self._whole.tempered[step], heading)
            rank = proposed.index(heading) + 1 if heading in proposed else 0
            if rank or any(ranks[name] for name in readings):
                key = self._material.headings[heading].key
                found.append(Standing(key, rank, ranks, self._told.evidence(step, heading)))
        return found

    def staying(self) -> Floats:
        """Of a hundred steps of each kind, how many stay on their heading in this study."""
        return 100 * self._whole.strength.staying


def _rank(strengths: Floats, heading: int) -> int:
    return _place(strengths, heading) if strengths[heading] > max(0.0, strengths.mean()) else 0


def _place(strengths: Floats, heading: int) -> int:
    return int((strengths > strengths[heading]).sum()) + 1
