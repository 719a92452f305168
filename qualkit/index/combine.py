"""From the votes of several proposers to at most three headings a passage, best first."""

from collections.abc import Mapping, Sequence

from qualkit.index.interface import Vote, Votes
from qualkit.model.index import Passage, Proposal

MOST = 3  # headings a passage
SHARE = {"question": 2.0, "words": 1.0}  # what a usual best vote of a proposer is worth beside the others
LEAST = 0.3  # of the best heading's strength: less is not shown
SILENT = 0.5  # a passage whose best heading stays below this gets none; 1 is what the words of a passage usually give


def combined(passages: Sequence[Passage], votes: Mapping[str, Votes]) -> list[Proposal]:
    """Proposals for `passages` from votes by proposer name."""
    scale = {name: _usual(given) / SHARE.get(name, 1.0) for name, given in votes.items()}
    return [proposal for passage in passages for proposal in _ranked(passage, votes, scale)]


def _usual(votes: Votes) -> float:
    """The mean of the best vote a passage: what is strong for this proposer in this study."""
    best = sorted(max(vote.strength for vote in row.values()) for row in votes.values() if row)
    return sum(best) / len(best) if best and sum(best) else 1.0


def _ranked(passage: Passage, votes: Mapping[str, Votes], scale: Mapping[str, float]) -> list[Proposal]:
    strength: dict[str, float] = {}
    held: dict[str, list[Vote]] = {}
    for name, given in votes.items():
        for key, vote in given.get(passage, {}).items():
            strength[key] = strength.get(key, 0.0) + vote.strength / scale[name]
            held.setdefault(key, []).append(vote)
    order = sorted(strength, key=lambda key: (-strength[key], key))[:MOST]
    if not order or strength[order[0]] < SILENT:
        return []
    shown = [key for key in order if strength[key] >= LEAST * strength[order[0]]]
    return [
        Proposal(passage.version, passage.start, passage.end, key, rank, tuple(vote.evidence for vote in held[key]))
        for rank, key in enumerate(shown, 1)
    ]
