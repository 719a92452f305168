"""Words of a text: where they stand, and that what the cache keeps of them is what was computed."""

import pytest

from qualkit.language.words import Word, prepare, words

TEXT = "Well, my back hurts. It hurts at night, 3 times."


class Kept(dict):
    def get_all(self, keys):
        return {key: self[key] for key in keys if key in self}

    def put(self, key, value):
        self[key] = value


def test_words_stand_where_they_are_in_the_text():
    found = words(TEXT)
    assert [TEXT[word.start : word.end] for word in found] == [
        "Well", "my", "back", "hurts", "It", "hurts", "at", "night", "3", "times",
    ]  # fmt: skip
    assert [word.stem for word in found if word.carries] == ["back", "hurt", "hurt", "night", "time"]


@pytest.mark.parametrize("text", [TEXT, "", "...", "Schmerz \U0001f600 ночь"])
def test_what_is_kept_is_what_was_computed(text):
    for first in (prepare, words):
        cache = Kept()
        first(text, "en", cache)
        assert len(cache) == 1
        assert words(text, "en", cache) == words(text)
    assert all(isinstance(word, Word) and isinstance(word.carries, bool) for word in words(text, "en", cache))


@pytest.mark.parametrize("damage", [b"", b"\x01\x02", b"x\x9cK\x06\x00\x00b\x00b"])
def test_a_damaged_value_is_computed_again(damage):
    cache = Kept()
    prepare(TEXT, "en", cache)
    (key,) = cache
    sound, cache[key] = cache[key], damage
    assert words(TEXT, "en", cache) == words(TEXT)
    assert cache[key] == sound
