"""What the chart is made from: one transcript with its speech, who speaks, and how far it is indexed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qualkit.model.index import Asking, Passage, Proposal
from qualkit.model.transcripts import Kind, Role, Speaker, Turn


@dataclass(frozen=True)
class Source:
    """`people` maps speaker keys to the shown ids of participants; `done_by` are the tracks that marked it finished."""

    shown: str
    version: str
    text: str
    kind: Kind
    turns: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]
    people: Mapping[str, str]
    indexed: bool
    done_by: tuple[str, ...]
    passages: tuple[Passage, ...]
    proposals: Mapping[Passage, tuple[Proposal, ...]]
    askings: tuple[Asking, ...]

    def is_data(self, turn: Turn) -> bool:
        """Whether a turn is a participant's talk."""
        return self.speakers[turn.speaker].role is Role.PARTICIPANT

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Shown ids of the participants who say something."""
        return frozenset(self.people[turn.speaker] for turn in self.turns if self.is_data(turn))
