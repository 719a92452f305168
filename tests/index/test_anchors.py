"""Anchors: examples of every rule, and random corrections of which it is known where each word went."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.index.anchors import Alignment, Anchor, laid_on, same_words
from qualkit.model.transcripts import Turn
from tests.conftest import SAMPLE

KITCHEN = "When she stands it catches, you can see it, she goes grey."
SCONES = "Have a scone, then you may eat, they are bought, and she used to bake."


def put(old: str, new: str, quote: str) -> tuple[str, bool] | None:
    """The words at which a quotation (its first place in the old text) is anchored, and whether they are the same."""
    at = old.index(quote)
    found = Alignment(old, new).anchor(at, at + len(quote))
    return found and (new[found.start : found.end], found.same)


# Rule 1: unchanged where the alignment puts them.


@pytest.mark.parametrize(
    ("old", "new", "quote", "there"),
    [
        ("one two three four", "one two three four", "two three", "two three"),
        ("one two three four", "new words one two three four", "two three", "two three"),
        ("one two three four", "one two three four five six", "three four", "three four"),
        ("one two\nthree four", "one  two three\n\nfour", "two\nthree four", "two three\n\nfour"),
        ("one two three four", "so one two three four", "wo thr", "wo thr"),  # inside words
        ("one two three four", "so one two\nthree four", "wo thr", "wo\nthr"),
        ("one two three four", "so one two three four", " two ", " two "),  # white space at the ends
        ("one  two three", "so one two three", "  two", " two"),
        ("one two three", "one, two three", " two", "two"),  # not the white space after another word
        ("one two three", "one two and three", "two ", "two"),
        ("no no no no", "no no no no no", "no no no no", "no no no no"),
    ],
)
def test_unchanged_words_are_the_same(old, new, quote, there):
    assert put(old, new, quote) == (there, True)


def test_white_space_alone_is_found_where_it_lies_between_the_same_words():
    assert put("one  two three", "so one   two three", "  ") == ("  ", True)
    assert put("one two three", "one big two three", " ") is None
    assert put("one two", "onetwo", " ") is None
    assert put("  ", "    ", "  ") == ("  ", True)


# Rule 2: moved.


def test_a_moved_paragraph_is_the_same():
    old = f"{KITCHEN}\n{SCONES}\nAnd that was the end of it, as far as I know."
    new = f"{SCONES}\nAnd that was the end of it, as far as I know.\n{KITCHEN}"
    assert put(old, new, KITCHEN) == (KITCHEN, True)
    assert put(old, new, "tands it catches, yo") == ("tands it catches, yo", True)
    assert put(old, new, "she stands") is None  # two words never jump


def test_moved_words_that_stand_twice_do_not_jump():
    old = f"{KITCHEN}\n{SCONES}\nAnd that was the end of it, as far as I know."
    new = f"{SCONES}\nAnd that was the end of it, as far as I know.\n{KITCHEN}\n{KITCHEN}"
    assert put(old, new, KITCHEN) is None
    assert put(f"{KITCHEN}\n{old}", new.removesuffix(KITCHEN), KITCHEN) is None


# Rule 3: changed.


@pytest.mark.parametrize(
    ("old", "new", "quote", "there"),
    [
        ("I had Paine here", "I had pain here", "Paine", "pain"),
        ("I had Paine here", "I had pain here", "had Paine here", "had pain here"),
        ("I had Paine here", "I had pain here", "I had Paine", "I had pain"),
        ("I had Paine here", "I had pain here", "Paine here", "pain here"),
        ("I had Paine here", "I had agony here", "Paine", "agony"),  # one for one, whatever it is
        ("Paine", "agony", "Paine", "agony"),
        ("an old hat here", "one new cap here", "an old hat", "one new cap"),  # three for three
        ("I had Paine here", "I had pain here", "Pai", "pai"),  # a part: the letters that are left
        ("I had Paine here", "I had pain here", "ne here", "n here"),
        ("It was pain, and bad", "It was pain. And bad", "It was pain", "It was pain"),  # less the punctuation
        ("It was Paine, and bad", "It was agony. And bad", "Paine", "agony"),
        ("it was alot of it", "it was a lot of it", "alot", "a lot"),  # one word is two
        ("it was every thing to me", "it was everything to me", "every thing", "everything"),
        ("it was every thing to me", "it was everything to me", "every", "every"),
        ("I can go there", "I can't go there", "can", "can't"),  # another word is another word
        ("one two three four", "one two and half three four", "two three", "two and half three"),  # put in within
        ("one two three four five", "one two four five", "two three four", "two four"),  # taken out within
        ("one two three four five", "one two five", "two three", "two"),
        ("one two three four five", "one two so on and on four five", "two three", "two"),  # put in at the edge
        ("I felt Paine. So", "I felt pain. Oh really, yes indeed, said she. So", "felt Paine.", "felt pain."),
        ("I felt Paine. So", "I felt pain. Oh really, yes indeed, said she. So", "Paine.", "pain."),
    ],
)
def test_changed_words_are_told_and_nothing_foreign_is_taken_in(old, new, quote, there):
    assert put(old, new, quote) == (there, False)


def test_a_text_in_capitals_is_followed_word_by_word():
    old = f"{KITCHEN}\n{SCONES}"
    assert put(old, old.upper(), "it catches") == ("IT CATCHES", False)
    assert put(old, old.upper(), "t catch") == ("T CATCH", False)


def test_a_paragraph_put_for_another_takes_only_what_stood_beside_it():
    old, new = f"It was all day long. {KITCHEN}", f"It was all day long. {SCONES}"
    assert put(old, new, "all day long. When she stands") == ("all day long.", False)


def test_a_rewritten_paragraph_is_held_by_every_second_word():
    old = " ".join(f"w{n}" if n % 2 else "um" for n in range(40))
    new = " ".join(f"w{n}" if n % 2 else "so to say" for n in range(40))
    assert put(old, new, "w7 um w9") == ("w7 so to say w9", False)
    assert put(old, new, "w7") == ("w7", True)


# Rule 4: gone.


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("one two three four", "one four", "two three"),
        ("one two three", "", "two"),
        ("one two three", "  \n ", "two"),
        ("one two three four", "five", "one two three four"),
        (f"It was all day long. {KITCHEN}", f"It was all day long. {SCONES}", KITCHEN),  # a few common words only
        ("I had Paine here", "I had zzz here", "ain"),  # no letter of the part is left
    ],
)
def test_words_that_are_gone_have_no_anchor(old, new, quote):
    assert put(old, new, quote) is None


# What was put in or taken out is a turn rather than parts of two.


def test_a_turn_taken_out_before_one_that_begins_alike():
    old, new = "Yes, I think so.\nYes, but no.\nRight.", "Yes, but no.\nRight."
    assert put(old, new, "Yes, I think so.") is None
    assert put(old, new, "Yes, but") == ("Yes, but", True)


def test_a_turn_put_in_before_one_that_begins_alike():
    old = "We went.\nYes, now.\nRight."
    new = "We went.\nYes, it did.\nYes, now.\nRight."
    assert put(old, new, "Yes, now.") == ("Yes, now.", True)
    anchor = Alignment(old, new).anchor(old.index("Yes"), old.index("Yes") + 4)
    assert anchor is not None
    assert anchor.start == new.index("Yes, now")


def test_a_turn_taken_out_beside_a_mended_word():
    turn = "yes but no " + " ".join(f"w{n}" for n in range(200))
    old, new = f"It was Paine\n{turn}\nyes right", "It was pain\nyes right"
    assert put(old, new, "yes right") == ("yes right", True)
    assert put(old, new, turn) is None
    assert put(old, new, "Paine") == ("pain", False)
    assert put(old, new, f"Paine\n{turn}\nyes") == ("pain\nyes", False)
    old, new = "It was Paine\nyes right", f"It was pain\n{turn}\nyes right"
    assert put(old, new, "It was Paine") == ("It was pain", False)
    assert put(old, new, "yes right") == ("yes right", True)


# Unlikely input.


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 8)])
def test_no_span_of_the_text(start, end):
    with pytest.raises(ValueError, match="no span"):
        Alignment("one two", "one two").anchor(start, end)


def test_the_same_word_ten_thousand_times():
    old = "yes " * 10_000
    for new in ("yes " * 9_000, "yes " * 12_000, "yes " * 5_000 + "no " + "yes " * 5_000, "no yes " * 6_000, "no"):
        alignment = Alignment(old, new)
        for start, end in ((0, len(old)), (400, 4_000), (39_000, 39_003)):
            checked(old, new, alignment, start, end)


def test_texts_with_nothing_in_common():
    old, new = (" ".join(f"{sign}{n}" for n in range(11_000)) for sign in "xy")
    alignment = Alignment(old, new)
    assert alignment.anchor(0, len(old)) is None
    assert alignment.anchor(500, 600) is None


def test_a_book_of_which_the_halves_are_swapped_and_words_are_changed():
    """112,000 words. A table over two such texts needs 1.5 GB; this must take seconds and little memory."""
    dice = random.Random(1)
    words = dice.choices([f"w{n}" for n in range(8_000)], [1 / (n + 3) for n in range(8_000)], k=112_000)
    spots = set(dice.sample(range(112_000), 2_000))
    changed = [f"{word}x" if n in spots else word for n, word in enumerate(words)]
    old, new = " ".join(words), " ".join([*changed[56_000:], *changed[:56_000]])
    alignment = Alignment(old, new)
    places = [match.span() for match in re.finditer(r"\S+", old)]
    kept = 0
    for first in range(0, 111_980, 400):
        anchor = checked(old, new, alignment, places[first][0], places[first + 19][1])
        kept += bool(anchor and anchor.same)
        if spots.isdisjoint(range(first, first + 20)) and not first < 56_000 < first + 20:
            assert anchor is not None
            assert anchor.same
    assert kept > 150


# Random corrections.

COMMON = ["the", "I", "and", "pain", "Pain", "pain,", "yes.", "yes", "no"]
SPACES = st.sampled_from([" ", " ", " ", "\n", "  ", " \n"])
TEXTS = st.text(alphabet="ab .\nA", max_size=40)


def checked(old, new, alignment, start, end):
    """The anchor, of which all is true that must be true of any."""
    anchor = alignment.anchor(start, end)
    if anchor is not None:
        assert 0 <= anchor.start < anchor.end <= len(new)
        words = new[anchor.start : anchor.end].split()
        assert words or not old[start:end].split()
        if anchor.same:
            assert words == old[start:end].split()
        elif words:  # whole or part, the outer words are words of the text and not white space
            assert not new[anchor.start].isspace()
            assert not new[anchor.end - 1].isspace()
    return anchor


@st.composite
def corrections(draw, vocabulary=None, moved=True):
    """(old words, new words, the new place of each old word that was not touched, or None)."""
    count = draw(st.integers(0, 40))
    old = [draw(st.sampled_from(vocabulary)) if vocabulary else f"w{n}" for n in range(count)]
    new, places = [], []
    for n, word in enumerate(old):
        act = draw(st.sampled_from(["keep"] * 6 + ["replace", "delete", "insert"]))
        fresh = [
            draw(st.sampled_from(vocabulary)) if vocabulary else f"x{n}.{k}" for k in range(draw(st.integers(1, 5)))
        ]
        if act in ("insert", "replace"):
            new += fresh
        places.append(len(new) if act in ("keep", "insert") else None)
        if places[-1] is not None:
            new.append(word)
    if moved and new and draw(st.booleans()):  # a part is moved to the end
        cut = draw(st.integers(0, len(new)))
        places = [at if at is None else (at - cut) % len(new) for at in places]
        new = [*new[cut:], *new[:cut]]
    return old, new, places


def written(data, words):
    """A text of these words, and where they lie."""
    text, places = data.draw(st.sampled_from(["", " ", "\n"])), []
    for word in words:
        places.append((len(text), len(text) + len(word)))
        text += word + data.draw(SPACES)
    return text, places


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_text_laid_on_itself_leaves_every_span_where_it_is(text):
    alignment = Alignment(text, text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            anchor = alignment.anchor(start, end)
            assert anchor is not None
            assert (anchor.start, anchor.end, anchor.same) == (start, end, True)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_any_two_texts_and_every_span(old, new):
    alignment, again = Alignment(old, new), Alignment(old, new)
    for start in range(len(old)):
        for end in range(start + 1, len(old) + 1):
            anchor = checked(old, new, alignment, start, end)
            assert anchor == again.anchor(start, end)
            if anchor and not anchor.same:
                assert old[start:end].split()
    if old and same_words(old, new) and old.strip():
        anchor = alignment.anchor(0, len(old))
        assert anchor is not None
        assert anchor.same


@settings(max_examples=100, deadline=None)
@given(st.one_of(corrections(), corrections(COMMON)), st.data())
def test_what_stands_once_in_each_text_is_found_where_it_went(correction, data):
    """Three words and more whose row was not broken, and that stand nowhere else: there, same, to the letter."""
    old_words, new_words, places = correction
    (old, old_places), (new, new_places) = written(data, old_words), written(data, new_words)
    alignment = Alignment(old, new)
    for first in range(len(old_words)):
        for last in range(first + 1, min(first + 12, len(old_words)) + 1):
            start, end = old_places[first][0], old_places[last - 1][1]
            anchor = checked(old, new, alignment, start, end)
            to = places[first]
            row = to is not None and places[first:last] == list(range(to, to + last - first))
            once = times(old_words, first, last, old_words) == times(old_words, first, last, new_words) == 1
            if last - first >= 3 and row and once:
                there = new_places[to][0], new_places[to + last - first - 1][1]
                assert anchor == Anchor(*there, same=True)
                if old_places[first][1] > start + 1:  # and from within its first word on
                    assert alignment.anchor(start + 1, end) == Anchor(there[0] + 1, there[1], same=True)


def times(words, first, last, there):
    row = words[first:last]
    return sum(there[n : n + len(row)] == row for n in range(len(there)))


@settings(max_examples=100, deadline=None)
@given(corrections(moved=False), st.data())
def test_a_changed_span_reaches_to_all_that_is_left_of_it_and_to_nothing_else(correction, data):
    """Where no word stands twice: none of the words around the span is taken in, and no row of four is left out."""
    old_words, new_words, places = correction
    (old, old_places), (new, new_places) = written(data, old_words), written(data, new_words)
    alignment = Alignment(old, new)
    rows = [places[n : n + 4] for n in range(len(places) - 3) if None not in places[n : n + 4]]
    certain = {at for row in rows if row == list(range(row[0], row[0] + 4)) for at in row}
    for first in range(len(old_words)):
        last = data.draw(st.integers(first + 1, len(old_words)))
        anchor = checked(old, new, alignment, old_places[first][0], old_places[last - 1][1])
        taken = {
            at for at, (start, end) in enumerate(new_places) if anchor and anchor.start < end and start < anchor.end
        }
        assert taken.isdisjoint({*places[:first], *places[last:]})
        assert taken >= certain.intersection(places[first:last])


@pytest.mark.parametrize("name", ["PT01.txt", "PT02.md"])
def test_a_mended_transcript_keeps_every_sentence(name):
    """Every twentieth word of the sample misheard: no sentence of three words is lost, the others are the same."""
    old = (SAMPLE / name).read_text(encoding="utf-8")
    dice = random.Random(name)
    spoilt = re.sub(r"\S+", lambda word: word[0][:-1] + "qe" if dice.random() < 0.05 else word[0], old)
    alignment = Alignment(old, spoilt)
    for match in re.finditer(r"[^\s.?!][^.?!\n]*[.?!]", old):
        if len(match[0].split()) >= 3:
            anchor = checked(old, spoilt, alignment, *match.span())
            assert anchor is not None
            assert len(spoilt[anchor.start : anchor.end].split()) == len(match[0].split())


# Turns of a text that differs in white space.


def test_turns_of_a_split_turn_are_laid_on_the_standing_text():
    given_text, standing = "Hello there.\nYes.\nNo more.", "Hello there.\nYes. No more."
    turns = (
        Turn(1, 0, 12, "a", "line 1", (0,), 1.0, 2.0),
        Turn(2, 13, 17, "b", "line 2", (13,)),
        Turn(3, 18, 26, "a", "line 3", (18, 21)),
    )
    laid = laid_on(turns, given_text, standing)
    assert [standing[turn.start : turn.end] for turn in laid] == ["Hello there.", "Yes.", "No more."]
    assert laid[0] == turns[0]
    assert laid[2] == replace(turns[2], start=18, end=26, sentences=(18, 21))
    assert laid_on((), "a  b", "a b") == ()


def test_turns_of_other_words_are_refused():
    with pytest.raises(ValueError, match="white space"):
        laid_on((Turn(1, 0, 3, "a"),), "one", "two")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.lists(st.sampled_from(COMMON), min_size=1, max_size=4), min_size=1, max_size=3)), st.data())
def test_each_turn_and_sentence_keeps_its_words(talk, data):
    text, turns = "", []
    for n, sentences in enumerate(talk, start=1):
        text += "\n" if text else ""
        start, starts = len(text), []
        for sentence in sentences:
            text += data.draw(SPACES) if starts else ""
            starts.append(len(text))
            text += "".join(word + data.draw(SPACES) for word in sentence).rstrip()
        turns.append(Turn(n, start, len(text), "a", f"line {n}", tuple(starts), n / 2, n / 1))
    standing, _ = written(data, text.split())
    assert same_words(text, standing)
    laid = laid_on(turns, text, standing)
    assert len(laid) == len(turns)
    for turn, there in zip(turns, laid, strict=True):
        assert standing[there.start : there.end] == standing[there.start : there.end].strip()
        assert standing[there.start : there.end].split() == text[turn.start : turn.end].split()
        assert replace(there, start=turn.start, end=turn.end, sentences=turn.sentences) == turn
        for n in range(1, len(turn.sentences) + 1):
            (start, end), (to_start, to_end) = turn.sentence(n), there.sentence(n)
            assert standing[to_start:to_end].split() == text[start:end].split()
    assert laid_on(laid, standing, text) == tuple(turns)
    assert laid_on(turns, text, text) == tuple(turns)
