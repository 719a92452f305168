"""One reading of a study from all proposers: on a common scale, along the flow of each talk, in rounds.

1. The proposers' strengths, all on the common scale (`scale.py`), are weighed and added: what each step says by itself.
2. What a step says of a heading beyond the others counts by more than its size (POWER): a clear word is worth more than
   many vague ones. Longer steps count more, up to twice.
3. The flow (`flow.py`) reads each talk as a whole, with a state for talk on no heading, for which nothing speaks.
4. The headings are learned again from the study's own talk (`own_talk.py`), and the talks are read again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from qualkit.index.flow import NOWHERE, Course, Integers, Strength, flow
from qualkit.index.flow import ROUNDS as FLOW_ROUNDS
from qualkit.index.interface import Floats, Reading
from qualkit.index.material import Material, Talk
from qualkit.index.own_talk import Learned, OwnTalk
from qualkit.index.question import InQuestions
from qualkit.index.scale import against_others
from qualkit.index.steps import Kind

SHARE = {"question": 1.0, "meaning": 1.0, "words": 0.7}
POWER = 1.5
SHARPNESS = 0.4  # from the common scale to natural logarithms
USUAL_LENGTH, LONGEST = 20.0, 2.0  # words of a turn that counts once; how often a long one counts
TEMPER = 5.0  # by how much the flow is surer than it is right (fitted by log loss)
ROUNDS = 3  # of learning from the study's own talk
AGAIN = 1  # round of estimating the flow's strength anew after each of them
SEED = 1  # of shuffling
UNASKED = 0.05  # a change to a heading that the schedule does not put to a group, beside one that it does


@dataclass(frozen=True)
class Whole:
    """The study as read. All arrays are steps x headings.

    `chances`: of each heading along the flow; what is left of 1 is that of none. `tempered`: the same as sure as it is
    right. `alone`: what each step says by itself. `fits` and `shuffled`: steps, the chance that a step is on some
    heading, as it is and with the headings shuffled.
    """

    chances: Floats
    tempered: Floats
    alone: Floats
    fits: Floats
    shuffled: Floats
    readings: Mapping[str, Reading]
    learned: Learned | None
    strength: Strength


def read(material: Material, readings: Mapping[str, Reading], own_talk: bool = True) -> Whole:
    """All readings as one. Without `own_talk` the headings stay what the schedule says."""
    scaled = sum(
        (SHARE.get(name, 1.0) * each.strength for name, each in readings.items()),
        start=np.zeros((len(material.steps), len(material.headings))),
    )
    weights, kinds = _weights(material), material.kinds.copy()
    question = readings.get("question")
    if isinstance(question, InQuestions):  # a question of the schedule begins a topic and counts, however short it is
        kinds[question.clear] = Kind.ASKS
        weights[question.clear] = np.maximum(weights[question.clear], 1.0)
    beyond = against_others(scaled)
    alone = np.sign(beyond) * np.abs(beyond) ** POWER
    heard = SHARPNESS * weights * alone
    courses = [_course(material, talk) for talk in material.talks]
    chances, strength = _along(material, kinds, heard, courses)
    own, learned = (OwnTalk(material) if own_talk and chances.size else None), None
    for _ in range(ROUNDS if own else 0):
        assert own is not None
        learned = own.learned(chances)
        heard = SHARPNESS * weights * (alone + learned.support) + np.minimum(1.0, weights) * learned.asked
        chances, strength = _along(material, kinds, heard, courses, strength, AGAIN)
    shuffled, _ = _along(material, kinds, _shuffled(heard, material.bounds), courses, strength, 0)
    fits = chances.sum(axis=1), shuffled.sum(axis=1)
    return Whole(chances, _tempered(chances), heard, *fits, readings, learned, strength)


def _along(
    material: Material,
    kinds: Integers,
    heard: Floats,
    courses: list[Course],
    strength: Strength | None = None,
    rounds: int = FLOW_ROUNDS,
) -> tuple[Floats, Strength]:
    every = np.hstack([heard, np.zeros((len(heard), 1))])
    chances, strength = flow(every, kinds, material.bounds, courses, strength, rounds)
    return chances[:, :-1], strength


def _shuffled(heard: Floats, bounds: Sequence[int]) -> Floats:
    """What each step says of a heading, given to another step of its talk, heading by heading."""
    draw, mixed = np.random.default_rng(SEED), heard.copy()
    for first, end in pairwise(bounds):
        mixed[first:end] = draw.permuted(heard[first:end], axis=0)
    return mixed


def _tempered(chances: Floats) -> Floats:
    every = np.hstack([chances, 1 - chances.sum(axis=1, keepdims=True)])
    softer = np.maximum(every, 1e-9) ** (1 / TEMPER)
    tempered: Floats = (softer / softer.sum(axis=1, keepdims=True))[:, :-1]
    return tempered


def _weights(material: Material) -> Floats:
    """steps x 1: how much a step counts. The passages of a long turn share what the turn counts."""
    turn = np.array([step.turn_words for _, step in material.steps], float)
    part = np.array([step.words for _, step in material.steps], float)
    weights: Floats = np.minimum(LONGEST, np.sqrt(turn / USUAL_LENGTH)) * part / np.maximum(1.0, turn)
    return weights[:, None]


def _course(material: Material, talk: Talk) -> Course:
    """The headings that this group is asked, in the order of the schedule where it is one."""
    asked = [material.may_be_asked(heading, talk) for heading in material.headings]
    chances = np.array([*(1.0 if each else UNASKED for each in asked), 1.0])
    onward = np.full(len(asked) + 1, NOWHERE, np.int64)
    if any(heading.questions for heading in material.headings):
        order = np.flatnonzero(asked)
        onward[order[:-1]] = order[1:]
    return Course(chances / chances.sum(), onward)
