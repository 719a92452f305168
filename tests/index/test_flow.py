"""The flow: exact on what can be counted out, and its strength follows the study."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.index.flow import NOWHERE, Course, Strength, _Chain, flow
from qualkit.index.steps import Kind

NEW = int(Kind.NEW_TURN)


def course(states, ordered=False):
    onward = np.full(states, NOWHERE)
    if ordered:
        onward[: states - 2] = np.arange(1, states - 1)
    return Course(np.full(states, 1 / states), onward)


def counted_out(heard, kinds, course, strength):
    """The chance of each state at each step, by adding up every way through the states."""
    states = heard.shape[1]
    move = np.zeros((len(heard), states, states))
    for n, kind in enumerate(kinds):
        stay = strength.staying[kind]
        for one in range(states):
            following = course.onward[one]
            change = (1 - strength.onward) * course.chances
            change = change + strength.onward * (course.chances if following == NOWHERE else np.eye(states)[following])
            move[n, one] = stay * np.eye(states)[one] + (1 - stay) * change
    total = np.zeros_like(heard)
    for way in product(range(states), repeat=len(heard)):
        chance = course.chances[way[0]] * np.exp(heard[0, way[0]])
        for n, (one, two) in enumerate(pairwise(way), 1):
            chance *= move[n, one, two] * np.exp(heard[n, two])
        for n, state in enumerate(way):
            total[n, state] += chance
    return total / total.sum(axis=1, keepdims=True)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 5), st.integers(2, 4), st.booleans(), st.integers(0, 10**6))
def test_chances_are_what_counting_every_way_gives(steps, states, ordered, seed):
    draw = np.random.default_rng(seed)
    heard, kinds = draw.normal(0, 2, (steps, states)), draw.integers(0, len(Kind), steps)
    strength = Strength(draw.uniform(0.05, 0.95, len(Kind)), float(draw.uniform(0.1, 0.9)) if ordered else 0.0)
    one = course(states, ordered)
    chances, _ = _Chain(heard, kinds, [(0, steps, one)]).read(strength)
    if not (one.onward != NOWHERE).any():
        strength = Strength(strength.staying, 0.0)
    assert chances == pytest.approx(counted_out(heard, kinds, one, strength))


def spoken(draw, truth, states, clear=2.0):
    """Logarithms of how likely each heading is, for steps that speak for their own so clearly; none never is."""
    heard = clear * draw.normal(0, 1, (len(truth), states))
    heard[np.arange(len(truth)), truth] += clear**2
    heard[:, -1] = -5
    return heard


def talks(draw, staying, count=40, length=30, states=6):
    truth = []
    for _ in range(count):
        now = int(draw.integers(states - 1))
        for _ in range(length):
            now = now if draw.random() < staying else int(draw.integers(states - 1))
            truth.append(now)
    return spoken(draw, truth, states), np.array(truth), [n * length for n in range(count + 1)]


@pytest.mark.parametrize("staying", [0.0, 0.5, 0.95])
def test_the_strength_is_that_of_the_study(staying):
    heard, truth, bounds = talks(np.random.default_rng(7), staying)
    courses = [course(6)] * (len(bounds) - 1)
    chances, strength = flow(heard, np.full(len(heard), NEW), bounds, courses)
    assert strength.staying[NEW] == pytest.approx(staying, abs=0.2)
    along, alone = (chances[:, :5].argmax(axis=1) == truth).mean(), (heard[:, :5].argmax(axis=1) == truth).mean()
    if staying > 0.9:
        assert along > alone + 0.05  # a talk that stays on its topic gains
    else:
        assert along > alone - 0.01  # where every answer stands alone nothing is lost


def test_kinds_of_steps_have_strengths_of_their_own():
    draw = np.random.default_rng(3)
    truth, kinds, now = [], [], 0
    for n in range(1_200):
        kind = Kind.ASKS if n % 4 == 0 else NEW
        now = int(draw.integers(5)) if kind is Kind.ASKS else now
        truth.append(now)
        kinds.append(int(kind))
    heard = spoken(draw, truth, 6)
    _, strength = flow(heard, np.array(kinds), [0, 600, 1_200], [course(6)] * 2)
    assert strength.staying[Kind.ASKS] < 0.3
    assert strength.staying[NEW] > 0.9


def test_a_schedule_that_is_followed_is_noticed():
    draw = np.random.default_rng(5)
    truth = np.array([[n // 4 for n in range(20)] for _ in range(30)]).ravel()
    heard = spoken(draw, truth, 6)
    bounds = list(range(0, 601, 20))
    _, strength = flow(heard, np.full(600, NEW), bounds, [course(6, ordered=True)] * 30)
    assert strength.onward > 0.7
    mixed = draw.permuted(truth.reshape(30, 5, 4), axis=1).ravel()
    heard = spoken(draw, mixed, 6)
    _, strength = flow(heard, np.full(600, NEW), bounds, [course(6, ordered=True)] * 30)
    assert strength.onward < 0.5


def test_talks_are_read_apart_and_in_any_order():
    draw = np.random.default_rng(1)
    heard, kinds = draw.normal(0, 2, (30, 4)), draw.integers(0, len(Kind), 30)
    bounds, courses = [0, 3, 3, 20, 30], [course(4)] * 4
    whole, strength = flow(heard, kinds, bounds, courses)
    turned, other = flow(
        np.concatenate([heard[20:], heard[3:20], heard[:3]]),
        np.concatenate([kinds[20:], kinds[3:20], kinds[:3]]),
        [0, 10, 27, 30],
        courses[:3],
    )
    assert turned == pytest.approx(np.concatenate([whole[20:], whole[3:20], whole[:3]]))
    assert other.staying == pytest.approx(strength.staying)


def test_no_talk_at_all():
    chances, _ = flow(np.zeros((0, 3)), np.zeros(0, np.int64), [0], [])
    assert chances.shape == (0, 3)
