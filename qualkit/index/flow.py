"""The flow of a talk: a hidden Markov chain over the headings, whose strength is estimated from the study.

Rabiner 1989, doi 10.1109/5.18626 (forward-backward, expectation-maximisation). From one step to the next the heading
stays, or goes on to the next one of the schedule, or changes to any. How often it stays is estimated for each kind of
step, how often a change goes on along the schedule for the whole study: joined consultations stay, questionnaires
whose answers stand alone do not, and nobody sets it by hand. One more state stands for talk that is on no heading.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualkit.index.steps import Kind

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

STAYING = 0.6  # the estimate begins here, and leans on it as if so many steps had been seen
ONWARD = 0.3
LEANING = 2.0
ROUNDS = 10  # of expectation-maximisation
KINDS = len(Kind)
NOWHERE = -1  # in `onward`: no heading follows


@dataclass(frozen=True)
class Strength:
    """What was estimated: how likely the heading stays, by kind of step; what share of changes follows the schedule."""

    staying: Floats
    onward: float


@dataclass(frozen=True)
class Course:
    """How one talk may change: the chance of each state after a change, and the heading that follows each state."""

    chances: Floats  # states; sums to 1
    onward: Integers  # states; NOWHERE where nothing follows


def flow(heard: Floats, kinds: Integers, bounds: Sequence[int], courses: Sequence[Course]) -> tuple[Floats, Strength]:
    """The chance of each state at each step, given the whole talk, and the strength that was estimated.

    `heard` are natural logarithms, steps x states, up to a constant a step; `bounds` where each talk begins, and the
    end of the last. Talks without steps are allowed.
    """
    talks = [(a, b, course) for a, b, course in zip(bounds, bounds[1:], courses, strict=False) if b > a]
    if not talks:
        return np.zeros_like(heard), Strength(np.full(KINDS, STAYING), ONWARD)
    chain = _Chain(heard, kinds, talks)
    strength = Strength(np.full(KINDS, STAYING), ONWARD if chain.ordered else 0.0)
    for _ in range(ROUNDS):
        _, strength = chain.read(strength)
    chances, _ = chain.read(strength)
    return chances, strength


class _Chain:
    """All talks side by side, the longest first: arrays are talks x states, one for each place in the talk."""

    def __init__(self, heard: Floats, kinds: Integers, talks: Sequence[tuple[int, int, Course]]) -> None:
        self._talks = sorted(talks, key=lambda talk: talk[0] - talk[1])
        self._shape = heard.shape
        lengths = np.array([b - a for a, b, _ in self._talks])
        self._length = int(lengths.max())
        self._going = [int((lengths > n).sum()) for n in range(self._length)]
        count, states = len(talks), heard.shape[1]
        likely = np.exp(heard - heard.max(axis=1, keepdims=True))
        self._heard = np.ones((self._length, count, states))
        self._kinds = np.zeros((self._length, count), np.int64)
        for n, (a, b, _) in enumerate(self._talks):
            self._heard[: b - a, n], self._kinds[: b - a, n] = likely[a:b], kinds[a:b]
        self._after = np.array([course.chances for _, _, course in self._talks])
        self._next = np.array([course.onward for _, _, course in self._talks])
        self.ordered = bool((self._next != NOWHERE).any())
        self._ends = self._next == NOWHERE
        self._before = np.full_like(self._next, NOWHERE)
        for row, following in zip(self._before, self._next, strict=True):
            row[following[following != NOWHERE]] = np.flatnonzero(following != NOWHERE)

    def read(self, strength: Strength) -> tuple[Floats, Strength]:
        """Forward and back once: the chances (steps x states), and the strength that fits them better."""
        forward = self._forward(strength)
        states = self._shape[1]
        back = np.ones((len(self._talks), states))
        side_by_side = np.empty_like(self._heard)
        stays, entered = np.zeros(len(strength.staying)), np.zeros(len(strength.staying))
        onward = changes = 0.0
        for n in range(self._length - 1, -1, -1):
            if n + 1 < self._length:
                m = self._going[n + 1]
                kinds, here = self._kinds[n + 1, :m], forward[n, :m]
                stay = strength.staying[kinds][:, None]
                ahead = self._heard[n + 1, :m] * back[:m]
                anywhere = (self._after[:m] * ahead).sum(axis=1, keepdims=True)
                follows = _taken(ahead, self._next[:m])
                change = strength.onward * (follows + anywhere * self._ends[:m]) + (1 - strength.onward) * anywhere
                both = stay * ahead + (1 - stay) * change
                all_ways = (here * both).sum(axis=1)
                stayed = (here * stay * ahead).sum(axis=1) / all_ways
                stays += np.bincount(kinds, stayed, len(stays))
                entered += np.bincount(kinds, minlength=len(stays))
                onward += float(((here * (1 - stay) * strength.onward * follows).sum(axis=1) / all_ways).sum())
                changes += float((1 - stayed).sum())
                back = np.ones_like(back)
                back[:m] = both / both.sum(axis=1, keepdims=True)
            k = self._going[n]
            side_by_side[n, :k] = _shares(forward[n, :k] * back[:k])
        better = Strength(
            (stays + STAYING * LEANING) / (entered + LEANING),
            (onward + ONWARD * LEANING) / (changes + LEANING) if self.ordered else 0.0,
        )
        return self._in_order(side_by_side), better

    def _forward(self, strength: Strength) -> Floats:
        found = np.empty_like(self._heard)
        found[0] = _shares(self._after * self._heard[0])
        for n in range(1, self._length):
            k = self._going[n]
            here, after = found[n - 1, :k], self._after[:k]
            stay = strength.staying[self._kinds[n, :k]][:, None]
            change = after
            if strength.onward:
                ended = (here * self._ends[:k]).sum(axis=1, keepdims=True)
                follows = _taken(here, self._before[:k]) + after * ended
                change = strength.onward * follows + (1 - strength.onward) * after
            found[n, :k] = _shares((stay * here + (1 - stay) * change) * self._heard[n, :k])
        return found

    def _in_order(self, side_by_side: Floats) -> Floats:
        chances = np.zeros(self._shape)
        for n, (a, b, _) in enumerate(self._talks):
            chances[a:b] = side_by_side[: b - a, n]
        return chances


def _taken(values: Floats, places: Integers) -> Floats:
    """`values` at `places`, row by row; 0 where the place is NOWHERE."""
    padded = np.concatenate([values, np.zeros((len(values), 1))], axis=1)
    found: Floats = np.take_along_axis(padded, places, axis=1)
    return found


def _shares(values: Floats) -> Floats:
    shares: Floats = values / values.sum(axis=1, keepdims=True)
    return shares
