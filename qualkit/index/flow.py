"""The flow of a talk: a hidden Markov chain over the headings, whose strength is estimated from the study.

Rabiner 1989, doi 10.1109/5.18626 (forward-backward, expectation-maximisation); Varadhan & Roland 2008, doi
10.1111/j.1467-9469.2007.00585.x (its steps are lengthened, so that fewer lead to the end). From one step to the next
the heading stays, or goes on to the next one of the schedule, or changes to any. How often it stays is estimated for
each kind of step, how often a change goes on along the schedule for the whole study: joined consultations stay,
questionnaires whose answers stand alone do not, and nobody sets it by hand. One more state stands for talk that is on
no heading.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qualkit.index.steps import Kind

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

STAYING = 0.6  # the estimate begins here, and leans on it as if so many steps had been seen
ONWARD = 0.3
LEANING = 2.0
ROUNDS = 10  # of expectation-maximisation, at most; each is three steps
SETTLED = 0.002  # a smaller change ends it
LONGEST_STEP = 8.0  # times the plain one
LEAST = 0.005  # no chance that is estimated leaves the bounds of this and its complement on a lengthened step
KINDS = len(Kind)
NOWHERE = -1  # in `onward`: no heading follows


@dataclass(frozen=True)
class Strength:
    """What was estimated: how likely the heading stays, by kind of step; what share of changes follows the schedule."""

    staying: Floats
    onward: float

    @property
    def numbers(self) -> Floats:
        """All in a row."""
        return np.append(self.staying, self.onward)

    @staticmethod
    def of(numbers: Floats) -> "Strength":
        return Strength(numbers[:-1], float(numbers[-1]))


@dataclass(frozen=True)
class Course:
    """How one talk may change: the chance of each state after a change, and the heading that follows each state."""

    chances: Floats  # states; sums to 1
    onward: Integers  # states; NOWHERE where nothing follows


def flow(
    heard: Floats,
    kinds: Integers,
    bounds: Sequence[int],
    courses: Sequence[Course],
    strength: Strength | None = None,
    rounds: int = ROUNDS,
) -> tuple[Floats, Strength]:
    """The chance of each state at each step, given the whole talk, and the strength that was estimated.

    `heard` are natural logarithms, steps x states, up to a constant a step; `bounds` where each talk begins, and the
    end of the last. Talks without steps are allowed. `strength`: where the estimate begins, and what it
    stays at where `rounds` is 0.
    """
    talks = [(a, b, course) for (a, b), course in zip(pairwise(bounds), courses, strict=True) if b > a]
    strength = strength or Strength(np.full(KINDS, STAYING), ONWARD)
    if not talks:
        return np.zeros_like(heard), strength
    chain = _Chain(heard, kinds, talks)
    for _ in range(rounds):
        strength, settled = _round(chain, strength)
        if settled:
            break
    return chain.read(strength)[0], strength


def _round(chain: "_Chain", strength: Strength) -> tuple[Strength, bool]:
    """Two steps, a long one in the direction that they show, and one that mends it; whether it has settled."""
    start = strength.numbers
    first = chain.read(strength)[1].numbers
    second = chain.read(Strength.of(first))[1].numbers
    if np.abs(second - first).max() < SETTLED:
        return Strength.of(second), True
    change, bend = first - start, second - 2 * first + start
    length = float(np.clip(np.linalg.norm(change) / (np.linalg.norm(bend) + 1e-9), 1.0, LONGEST_STEP))
    far = np.clip(start + 2 * length * change + length**2 * bend, LEAST, 1 - LEAST)
    return chain.read(Strength.of(far))[1], False


class _Chain:
    """All talks side by side, the longest first: arrays are places in a talk x talks x states."""

    def __init__(self, heard: Floats, kinds: Integers, talks: Sequence[tuple[int, int, Course]]) -> None:
        self._talks = sorted(talks, key=lambda talk: talk[0] - talk[1])
        self._shape = heard.shape
        lengths = np.array([b - a for a, b, _ in self._talks])
        self._length = int(lengths.max())
        self._going = [int((lengths > n).sum()) for n in range(self._length)]
        likely = np.exp(heard - heard.max(axis=1, keepdims=True))
        self._heard = np.ones((self._length, len(talks), heard.shape[1]))
        self._kinds = np.zeros((self._length, len(talks)), np.int64)
        for n, (a, b, _) in enumerate(self._talks):
            self._heard[: b - a, n], self._kinds[: b - a, n] = likely[a:b], kinds[a:b]
        self._there = np.arange(self._length)[:, None] < lengths
        self._after = np.array([course.chances for _, _, course in self._talks])
        following = np.array([course.onward for _, _, course in self._talks])
        before = np.full_like(following, NOWHERE)
        for row, onward in zip(before, following, strict=True):
            row[onward[onward != NOWHERE]] = np.flatnonzero(onward != NOWHERE)
        self._ordered = bool((following != NOWHERE).any())
        self._goes, self._comes = ((each != NOWHERE).astype(float) for each in (following, before))
        self._next, self._before = _places(following), _places(before)

    def read(self, strength: Strength) -> tuple[Floats, Strength]:
        """Forward and back once: the chances (steps x states), and the strength that fits them better."""
        stay = strength.staying[self._kinds][:, :, None]
        onward = strength.onward if self._ordered else 0.0
        forward, back = self._forward(stay, onward), self._back(stay, onward)
        side_by_side = _shares(forward * back)
        chances = np.zeros(self._shape)
        for n, (a, b, _) in enumerate(self._talks):
            chances[a:b] = side_by_side[: b - a, n]
        return chances, self._better(forward, back, stay, onward)

    def _forward(self, stay: Floats, onward: float) -> Floats:
        found, go = np.ones_like(self._heard), 1 - stay
        here = found[0] = _shares(self._after * self._heard[0])
        for n in range(1, self._length):
            k = self._going[n]
            here, change = here[:k], self._after[:k]
            if onward:
                came = here.take(self._before[:k]) * self._comes[:k]
                change = onward * came + (1 - onward * np.vecdot(here, self._goes[:k])[:, None]) * change
            here = found[n, :k] = _shares((stay[n, :k] * here + go[n, :k] * change) * self._heard[n, :k])
        return found

    def _back(self, stay: Floats, onward: float) -> Floats:
        found, go = np.ones_like(self._heard), 1 - stay
        for n in range(self._length - 2, -1, -1):
            k = self._going[n + 1]
            ahead = self._heard[n + 1, :k] * found[n + 1, :k]
            change = self._change(ahead, onward, k)
            found[n, :k] = _shares(stay[n + 1, :k] * ahead + go[n + 1, :k] * change)
        return found

    def _change(self, ahead: Floats, onward: float, k: int) -> Floats:
        """How well what lies ahead fits a change from each state."""
        anywhere: Floats = np.vecdot(self._after[:k], ahead)[:, None]
        if not onward:
            return anywhere
        goes = onward * self._goes[:k]
        change: Floats = goes * ahead.take(self._next[:k]) + (1 - goes) * anywhere
        return change

    def _better(self, forward: Floats, back: Floats, stay: Floats, onward: float) -> Strength:
        """Expected shares of staying by kind of step, and of changes that went on along the schedule."""
        if self._length == 1:
            return Strength(np.full(KINDS, STAYING), ONWARD)
        here, ahead, stay = forward[:-1], self._heard[1:] * back[1:], stay[1:]
        entered, kinds = self._there[1:], self._kinds[1:]
        anywhere = (self._after * ahead).sum(axis=2, keepdims=True)
        follows, goes = np.zeros_like(ahead), onward * self._goes
        if onward:
            follows = np.stack([each.take(self._next) for each in ahead])
        change = goes * follows + (1 - goes) * anywhere
        every_way = (here * (stay * ahead + (1 - stay) * change)).sum(axis=2)
        stayed = (here * stay * ahead).sum(axis=2) / every_way
        went_on = (here * (1 - stay) * goes * follows).sum(axis=2) / every_way
        stays = np.bincount(kinds[entered], stayed[entered], KINDS)
        changes = float((1 - stayed)[entered].sum())
        return Strength(
            (stays + STAYING * LEANING) / (np.bincount(kinds[entered], minlength=KINDS) + LEANING),
            (float(went_on[entered].sum()) + ONWARD * LEANING) / (changes + LEANING),
        )


def _places(states: Integers) -> Integers:
    """For each row and column the place of `states` among all values, row after row; of NOWHERE it is any."""
    rows, size = states.shape
    places: Integers = np.maximum(states, 0) + size * np.arange(rows)[:, None]
    return places


def _shares(values: Floats) -> Floats:
    shares: Floats = values / values.sum(axis=-1, keepdims=True)
    return shares
