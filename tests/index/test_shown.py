"""Silence and several headings: both bounds follow from the study, and can be moved."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qualkit.index.shown import MOST, best_f1, bounds, shown

CHANCES = arrays(np.float64, st.tuples(st.integers(1, 8), st.integers(1, 5)), elements=st.floats(0, 1, width=16))


def fits(chances):
    return chances.max(axis=1)


@given(CHANCES)
def test_no_other_bound_promises_a_better_f1(chances):
    def promised(least):
        kept = chances[(chances >= least) & (chances > 0)]
        return 2 * kept.sum() / (len(kept) + chances.sum()) if chances.sum() else 0.0

    assert best_f1(chances) >= max(promised(each) for each in [*chances.ravel(), 2.0]) - 1e-9
    assert promised(best_f1(chances) / 2) >= best_f1(chances) - 1e-9


@given(CHANCES, st.floats(0, 1.5))
def test_more_silence_never_shows_more(chances, silence):
    shuffled = fits(chances) * 0.9
    few = shown(chances, fits(chances), bounds(chances, shuffled, silence))
    fewer = shown(chances, fits(chances), bounds(chances, shuffled, silence + 0.5))
    assert all(two == one[: len(two)] for one, two in zip(few, fewer, strict=True))


@given(CHANCES)
def test_without_silence_the_best_three(chances):
    found = shown(chances, fits(chances), bounds(chances, fits(chances), 0.0))
    for row, headings in zip(chances, found, strict=True):
        assert len(headings) == min(MOST, len(row))
        assert sorted(headings, key=lambda n: (-row[n], n)) == headings


def test_what_fits_worse_than_shuffled_headings_gets_nothing():
    chances = np.array([[0.9, 0.02, 0.02], [0.05, 0.04, 0.05], [0.02, 0.8, 0.1], [0.45, 0.47, 0.01]])
    fit, shuffled = np.array([0.9, 0.2, 0.8, 0.9]), np.array([0.3, 0.3, 0.5, 0.6])
    assert shown(chances, fit, bounds(chances, shuffled)) == [[0], [], [1], [1, 0]]
    assert shown(chances, fit, bounds(chances, shuffled, 2.0)) == [[0], [], [1], [1]]


def test_one_heading_and_no_passage():
    assert shown(np.array([[0.6]]), np.array([0.6]), bounds(np.array([[0.6]]), np.array([0.5]))) == [[0]]
    empty = np.zeros((0, 3))
    assert shown(empty, np.zeros(0), bounds(empty, np.zeros(0))) == []
