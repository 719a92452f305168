"""What stands, written out and read again, asks for the same; and odd input never raises."""

from hypothesis import given
from hypothesis import strategies as st

from qualkit.model.labels import Labels
from qualkit.model.notation import Unreadable, Want, Wants, notation, parse

HEADINGS = (
    ("1.1", "h-a", "Pain, sleep; and mood", "Managing pain"),
    ("1.2", "h-b", "Working", "Managing pain"),
    ("1.10", "h-c", "Not working", "Managing pain"),
    ("1.20", "h-d", "Yes", "Knowing"),
    ("2", "h-e", "Working", "Knowing"),
    ("2.1", "h-f", "None", "Knowing"),
    ("", "h-g", "No number", "Knowing"),
    ("3.1", "h-h", "A number", "Twice"),
    ("3.1", "h-i", "That two bear", "Twice"),
)
LABELS = Labels(HEADINGS)
NUMBERS = {key: number for number, key, _, _ in HEADINGS}
keys = st.lists(st.sampled_from(sorted(NUMBERS)), unique=True, max_size=9)


@given(keys, keys, st.booleans(), keys)
def test_round_trip(applies: list[str], rejects: list[str], none: bool, proposed: list[str]) -> None:
    applies = [] if none else applies
    rejects = [key for key in rejects if key not in applies]
    written = notation(applies, rejects, none, proposed, NUMBERS)
    read = parse(written, LABELS, proposed)
    assert isinstance(read, Wants), (written, read)
    assert (set(read.applies), set(read.rejects)) == (set(applies), set(rejects))
    assert (read.kind is Want.NONE) is none
    assert (read.kind is Want.CLEAR) is (not applies and not rejects and not none)


WORDS = ["1.1", "Working", "not ", "yes", "no", "none", "1.10", ";", ",", "\n", " ", "h-a", "pain", "\u00a0", "２．１"]


@given(st.lists(st.sampled_from([*WORDS, "Pain, sleep; and mood"]), max_size=12).map("".join), keys)
def test_whatever_is_typed_is_understood_or_told(typed: str, proposed: list[str]) -> None:
    read = parse(typed, LABELS, proposed)
    if isinstance(read, Wants):
        assert not set(read.applies) & set(read.rejects)
        assert parse(typed.upper(), LABELS, proposed) == read
        again = notation(read.applies, read.rejects, read.kind is Want.NONE, proposed, NUMBERS)
        reread = parse(again, LABELS, proposed)
        assert isinstance(reread, Wants)
        assert reread.same(read)


@given(st.text(max_size=60), keys)
def test_any_text_at_all(typed: str, proposed: list[str]) -> None:
    read = parse(typed, LABELS, proposed)
    if isinstance(read, Unreadable):
        assert read.what
        assert read.remedy


def told(typed: str, proposed: tuple[str, ...] = ("h-a", "h-b")) -> Wants | Unreadable:
    return parse(typed, LABELS, proposed)


def test_words() -> None:
    assert told("yes") == Wants(Want.YES, ("h-a",), ())
    assert told("no") == Wants(Want.NO, (), ("h-a", "h-b"))
    assert told("none") == Wants(Want.NONE)
    assert told(" \u00a0\n") == Wants(Want.CLEAR)
    assert told("yes; 1.20") == Wants(Want.HEADINGS, ("h-a", "h-d"))
    assert told("no; 1.20") == Wants(Want.HEADINGS, ("h-d",), ("h-a", "h-b"))
    assert told("not 1.2") == Wants(Want.HEADINGS, (), ("h-b",))
    assert told("pain, sleep ; and mood, 1.2") == Wants(Want.HEADINGS, ("h-a", "h-b"))
    assert told("Knowing: Working") == Wants(Want.HEADINGS, ("h-e",))
    assert told("Knowing: Yes") == Wants(Want.HEADINGS, ("h-d",))
    assert told("1.2 Working") == Wants(Want.HEADINGS, ("h-b",))


def test_what_cannot_be_known_is_not_guessed() -> None:
    for typed in ("working", "3.1", "not working", "yes; no", "none; 1.2", "1.2; not 1.2", "no; 1.2", "not 1.1, 1.2",
                  "1.3", "1.2 and 1.1", ";", "x" * 3_000):  # fmt: skip
        assert isinstance(told(typed), Unreadable), typed
    assert isinstance(told("yes", ()), Unreadable)
    assert isinstance(told("no", ()), Unreadable)


def test_written_in_the_order_of_the_framework() -> None:
    assert notation(["h-e", "h-a"], ["h-c"], False, [], NUMBERS) == "1.1; 2; not 1.10"
    assert notation([], ["h-b", "h-a"], False, ["h-a", "h-b"], NUMBERS) == "no"
    assert notation([], [], True, ["h-a"], NUMBERS) == "none"
    assert notation([], [], False, ["h-a"], NUMBERS) == ""
    assert notation(["h-h", "gone"], [], False, [], NUMBERS) == "h-h; gone"
