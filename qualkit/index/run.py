"""One run of the index: votes of every proposer, combined into proposals. Pure: the same material, the same run."""

import hashlib
import json
from collections.abc import Callable, Sequence

from qualkit.index import bm25, combine, likeness, passages, question, topics, wording
from qualkit.index.interface import Proposer
from qualkit.index.material import Material
from qualkit.index.question import Question
from qualkit.index.registry import proposers
from qualkit.language.words import VERSION
from qualkit.model.index import IndexRun

Progress = Callable[[str], None]


def model_digest() -> str:
    """Hash of the proposers with their versions, and of every weight and bound that the methods name."""
    told = [[(each.name, each.version) for each in proposers()], VERSION, settings()]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def settings() -> dict[str, object]:
    """`module.NAME` -> value of the constants by which passages are cut, votes weighed and proposals ranked."""
    modules = (bm25, combine, likeness, passages, question, topics, wording)
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float | str | dict)
    }


def index(
    material: Material,
    framework_version: str,
    progress: Progress = lambda step: None,
    using: Sequence[Proposer] | None = None,
) -> IndexRun:
    """Propose headings for every passage of the material; `using` other proposers shows what each is worth."""
    votes, using = {}, using or proposers()
    for proposer in using:
        progress(proposer.name)
        votes[proposer.name] = proposer.votes(material)
    made = [passage for talk in material.talks for passage in talk.passages]
    return IndexRun(
        model=model_digest(),
        material=material.digest,
        framework_version=framework_version,
        passages=tuple(made),
        proposals=tuple(combine.combined(made, votes)),
        askings=tuple(a for each in using if isinstance(each, Question) for a in each.askings(material)),
    )
