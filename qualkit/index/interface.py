"""The interface of a proposer: from the material of a study to votes, each with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from qualkit.index.material import Material
from qualkit.model.index import Evidence, Passage


@dataclass(frozen=True)
class Vote:
    """How strongly a proposer speaks for a heading; strengths compare within one proposer only."""

    strength: float
    evidence: Evidence


Votes = Mapping[Passage, Mapping[str, Vote]]  # passage -> heading key -> vote


class Proposer(Protocol):
    """One way to propose headings. `version` changes with every change of what it gives."""

    name: str
    version: str

    def votes(self, material: Material) -> Votes:
        """Votes for the passages of all talks. A passage or a heading without a vote is left out."""
        ...
