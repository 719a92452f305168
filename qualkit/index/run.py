"""One run of the index: votes of every proposer, combined into proposals. Pure: the same material, the same run."""

import hashlib
import json
from collections.abc import Callable, Sequence

from qualkit.index import combine
from qualkit.index.interface import Proposer
from qualkit.index.material import Material
from qualkit.index.passages import MOST_WORDS
from qualkit.index.question import Question
from qualkit.index.registry import proposers
from qualkit.index.wording import FIELD_WEIGHT
from qualkit.language.words import VERSION
from qualkit.model.index import IndexRun

Progress = Callable[[str], None]


def model_digest() -> str:
    """Hash of proposers, their versions and the settings of their combination."""
    settings = [combine.MOST, combine.SHARE, combine.LEAST, combine.SILENT, FIELD_WEIGHT, VERSION, MOST_WORDS]
    told = [[(each.name, each.version) for each in proposers()], settings]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


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
