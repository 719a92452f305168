"""Studies that are no ordinary ones: one heading, three hundred, nothing said, everything said again."""

import hashlib

import numpy as np
import pytest

from qualkit.index.material import Material, Talk
from qualkit.index.run import index, read
from qualkit.language.encoders.registry import encoder
from qualkit.model.index import Choices
from qualkit.model.schedule import Category, Framework, Heading
from qualkit.model.transcripts import Turn

MODEL = encoder("all-MiniLM-L6-v2")
SLEEP = Heading("s", "1.1", "Sleep", "How nights go with the pain.", ("How do you sleep at night?",))
MEDICINES = Heading("m", "1.2", "Medicines", "Tablets and patches.", ("What tablets do you take?",))


def talk(lines, name="T1", asking="I"):
    turns, at = [], 0
    for n, (speaker, text) in enumerate(lines, 1):
        turns.append(Turn(n, at, at + len(text), speaker))
        at += len(text) + 1
    text = "\n".join(said for _, said in lines)
    speaking = frozenset(speaker for speaker, _ in lines) - {asking}
    asks = frozenset({asking} if asking else ())
    return Talk(name, text, hashlib.sha256(text.encode()).hexdigest(), tuple(turns), asks, speaking)


def study(headings, *talks, model=MODEL):
    return Material(Framework("f", "F", "1", (Category("c", "1", "C", "", tuple(headings)),)), talks, encoder=model)


TALK = talk(
    [
        ("I", "How do you sleep at night?"),
        ("P", "I lie awake all night."),
        ("I", "What tablets do you take?"),
        ("P", "Tablets."),
    ]
)


def first(run):
    return [p.heading for p in run.proposals if p.rank == 1]


@pytest.mark.parametrize("model", [MODEL, None])
def test_the_smallest_study(model):
    run = index(study([SLEEP, MEDICINES], TALK, model=model), "", choices=Choices(silence=0))
    assert first(run) == ["s", "m"]
    assert [(a.heading, a.turn, a.until) for a in run.askings] == [("s", 1, 2), ("m", 3, 4)]


def test_one_heading_and_none():
    assert set(first(index(study([SLEEP], TALK), "", choices=Choices(silence=0)))) == {"s"}
    assert index(study([], TALK), "").proposals == ()


def test_no_talk_and_empty_talk():
    assert index(study([SLEEP, MEDICINES]), "").proposals == ()
    assert index(study([SLEEP, MEDICINES], talk([("I", "How?"), ("P", "   ")])), "").proposals == ()
    assert len(index(study([SLEEP, MEDICINES], talk([("P", "...")])), "").passages) == 1


def test_three_hundred_headings():
    many = [Heading(f"h{n}", f"1.{n}", f"Topic {n} of rivers, birds and bread number {n}") for n in range(298)]
    run = index(study([*many, SLEEP, MEDICINES], TALK), "", choices=Choices(silence=0))
    assert first(run) == ["s", "m"]


def test_a_heading_that_the_model_cannot_read():
    signs = Heading("x", "1.3", "☃☃☃")
    run = index(study([SLEEP, MEDICINES, signs], TALK), "", choices=Choices(silence=0))
    assert first(run) == ["s", "m"]


def test_one_sentence_said_over_and_over():
    again = talk([("P", "Yes. " * 5)] * 2_000)
    whole = read(study([SLEEP, MEDICINES], again))
    assert np.isfinite(whole.tempered).all()
    assert np.ptp(whole.alone, axis=0) == pytest.approx(0, abs=1e-2)


def test_nobody_asks():
    lines = [
        ("A", "How do you sleep at night?"),
        ("B", "I lie awake all night."),
        ("A", "What tablets do you take?"),
        ("B", "Tablets."),
    ]
    run = index(study([SLEEP, MEDICINES], talk(lines, asking="")), "", choices=Choices(silence=0))
    assert [(a.heading, a.turn) for a in run.askings] == [("s", 1), ("m", 3)]
    asked = {e.turn for p in run.proposals for e in p.evidence if e.kind == "question"}
    assert asked == {1, 3}


def test_a_talk_that_the_model_does_not_speak_gets_no_vectors():
    from dataclasses import replace

    run = index(study([SLEEP, MEDICINES], replace(TALK, in_vectors=False)), "", choices=Choices(silence=0))
    assert first(run) == ["s", "m"]
    assert "meaning" not in {e.kind for p in run.proposals for e in p.evidence}


def test_talks_are_indexed_alike_in_whatever_order_they_came():
    talks = [talk([("I", "How do you sleep at night?"), ("P", f"I lie awake {n} hours.")], f"T{n}") for n in range(6)]
    assert index(study([SLEEP, MEDICINES], *talks), "") == index(study([SLEEP, MEDICINES], *talks[::-1]), "")
