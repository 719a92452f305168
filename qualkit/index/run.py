"""One run of the index: every proposer reads the study, the readings become one, and proposals are chosen from it.

Pure: the same material, the same run.
"""

import hashlib
import json
from collections.abc import Callable, Sequence

import numpy as np

from qualkit.index import (
    combine,
    evidence,
    flow,
    lexical,
    likeness,
    own_talk,
    passages,
    question,
    scale,
    shown,
    steps,
    wording,
)
from qualkit.index.evidence import Told
from qualkit.index.interface import Proposer
from qualkit.index.material import Material
from qualkit.index.registry import proposers
from qualkit.language.words import VERSION
from qualkit.model.index import Choices, IndexRun, Proposal

DEFAULT = Choices()
Progress = Callable[[str], None]


def model_digest(choices: Choices = DEFAULT) -> str:
    """Hash of the proposers with their versions, the choices, and every weight and bound that the methods name."""
    chosen = [choices.silence, choices.own_talk]  # the language model is in the material's hash, by its content
    told = [[(each.name, each.version) for each in proposers()], VERSION, settings(), chosen]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def settings() -> dict[str, object]:
    """`module.NAME` -> value of the constants by which passages are cut, votes weighed and proposals ranked."""
    modules = (combine, evidence, flow, lexical, likeness, own_talk, passages, question, scale, shown, steps, wording)
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float | str | dict)
    }


def read(
    material: Material,
    progress: Progress = lambda step: None,
    using: Sequence[Proposer] | None = None,
    own_talk: bool = True,
) -> combine.Whole:
    """The study as all proposers read it; `using` others, or without its own talk, shows what each is worth."""
    readings = {}
    for proposer in using or proposers():
        progress(proposer.name)
        readings[proposer.name] = proposer.read(material)
    progress("flow")
    return combine.read(material, readings, own_talk)


def index(
    material: Material,
    framework_version: str,
    progress: Progress = lambda step: None,
    using: Sequence[Proposer] | None = None,
    choices: Choices = DEFAULT,
) -> IndexRun:
    """Propose headings for every passage of the material, or none."""
    whole = read(material, progress, using, choices.own_talk)
    told = Told(material, whole)
    at = [n for n, (_, step) in enumerate(material.steps) if step.passage]
    rows = np.array(at, np.int64)
    least = shown.bounds(whole.tempered[rows], whole.shuffled[rows], choices.silence)
    chosen = shown.shown(whole.tempered[rows], whole.fits[rows], least)
    return IndexRun(
        model=model_digest(choices),
        material=material.digest,
        framework_version=framework_version,
        passages=tuple(passage for talk in material.talks for passage in talk.passages),
        proposals=tuple(
            proposal
            for step, headings in zip(at, chosen, strict=True)
            for proposal in _proposals(material, told, step, headings)
        ),
        askings=tuple(told.askings()),
    )


def _proposals(material: Material, told: Told, step: int, headings: Sequence[int]) -> list[Proposal]:
    passage = material.steps[step][1].passage
    assert passage is not None
    return [
        Proposal(
            passage.version,
            passage.start,
            passage.end,
            material.headings[heading].key,
            rank,
            told.evidence(step, heading),
        )
        for rank, heading in enumerate(headings, 1)
    ]
