"""The order of events, and references to places."""

import random

from hypothesis import given
from hypothesis import strategies as st

from qualkit.model.references import Reference, printed
from qualkit.model.rows import Event, in_order
from qualkit.model.transcripts import Turn


@st.composite
def histories(draw):
    """Events of several copies: each has some of the earlier ones as parents; clocks differ."""
    events = []
    for n in range(draw(st.integers(1, 12))):
        parents = draw(st.lists(st.sampled_from([e.id for e in events]), unique=True)) if events else []
        at = f"2026-01-01T00:00:{draw(st.integers(0, 5)):02d}"
        events.append(Event(f"{draw(st.integers(0, 99)):02d}-{n}", "c", "ann", at, "0", tuple(parents)))
    return events


def ancestors(event, known):
    found, todo = set(), list(event.parents)
    while todo:
        at = todo.pop()
        if at not in found:
            found.add(at)
            todo += known[at].parents
    return found


@given(histories(), st.integers(0, 1000))
def test_the_order_of_events_is_the_same_on_every_copy(events, seed):
    shuffled = random.Random(seed).sample(events, len(events))
    ordered = in_order(shuffled)
    assert ordered == in_order(events)
    assert sorted(e.id for e in ordered) == sorted(e.id for e in events)


@given(histories())
def test_an_ancestor_comes_before_its_descendants(events):
    known = {event.id: event for event in events}
    place = {event.id: n for n, event in enumerate(in_order(events))}
    for event in events:
        assert all(place[each] < place[event.id] for each in ancestors(event, known))


def test_events_that_do_not_know_of_each_other_are_ordered_by_time_then_id():
    early, late, same = (Event(id, "c", "ann", at, "0") for id, at in (("z", "1"), ("b", "2"), ("a", "2")))
    assert [event.id for event in in_order([late, same, early])] == ["z", "a", "b"]


@st.composite
def talks(draw):
    turns, at = [], 0
    for n in range(1, draw(st.integers(1, 6)) + 1):
        lengths = draw(st.lists(st.integers(1, 9), min_size=1, max_size=5))
        starts = tuple(at + sum(lengths[:k]) for k in range(len(lengths)))
        turns.append(Turn(n, at, at + sum(lengths), "s1", sentences=starts))
        at += sum(lengths) + 1
    return turns


@given(talks(), st.data())
def test_a_printed_reference_covers_the_span_and_is_read_back(turns, data):
    bounds = sorted(data.draw(st.lists(st.integers(0, turns[-1].end), min_size=2, max_size=2, unique=True)))
    start, end = bounds
    touched = [turn for turn in turns if turn.start < end and start < turn.end]
    if not touched:
        return
    written = printed("P03", start, end, turns)
    low, high = Reference.parse(written).offsets(turns)
    assert low <= max(start, touched[0].start)
    assert high >= min(end, touched[-1].end)
    assert printed("P03", low, high, turns) == written


def test_what_is_no_reference_is_told():
    assert [Reference.parse(text) for text in ("P03", "P03:", "P03:x", ":4", "P03:4.", "P03:4-")] == [None] * 6
    assert Reference.parse(" P03:41.2 – 43 ") == Reference("P03", 41, 2, 43, 0)
