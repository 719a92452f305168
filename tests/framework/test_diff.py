"""What changed between two versions of a framework is told by key."""

from dataclasses import replace

from hypothesis import given

from qualkit.framework.diff import ChangeKind, diff
from qualkit.framework.keys import keys_of, with_keys
from qualkit.framework.numbering import numbered
from qualkit.model.schedule import Category, Framework, Heading
from tests.framework.made_up import category, framework, frameworks

FIRST = framework(
    category("Managing pain", "Medicines", "Sleep", "Work", part="Pain"),
    category("Talking", "Doctors", "Family", part="Pain"),
    category("Tools", "Phones", part="Digital"),
)


def told(new: Framework, old: Framework = FIRST) -> list[str]:
    return [str(change) for change in diff(old, numbered(new))]


def with_category(at: int, changed: Category) -> Framework:
    categories = list(FIRST.categories)
    categories[at] = changed
    return replace(FIRST, categories=tuple(categories))


def heading(at: int, n: int) -> Heading:
    return FIRST.categories[at].headings[n]


def test_nothing_changed() -> None:
    assert diff(FIRST, FIRST) == ()


def test_added_and_dropped() -> None:
    first = FIRST.categories[0]
    changed = replace(first, headings=(first.headings[0], first.headings[2], Heading("h-new", "", "Money")))
    assert told(with_category(0, changed)) == [
        f"heading “Sleep” ({heading(0, 1).key}) dropped",
        "heading “Money” (h-new) added",
    ]


def test_renamed_and_reworded_at_once() -> None:
    first = FIRST.categories[0]
    changed = replace(first.headings[0], name="Tablets", questions=("What do you take?",), asked_of=("patient",))
    changes = diff(FIRST, with_category(0, replace(first, headings=(changed, *first.headings[1:]))))
    assert [change.kind for change in changes] == [ChangeKind.RENAMED, ChangeKind.REWORDED]
    assert (changes[0].was, changes[0].now) == ("Medicines", "Tablets")
    assert changes[1].fields == ("questions", "asked_of")
    assert str(changes[1]) == f"heading “Tablets” ({changed.key}) reworded: questions, asked of"


def test_moved_to_another_category() -> None:
    first, second = FIRST.categories[:2]
    moved = replace(
        FIRST,
        categories=(
            replace(first, headings=first.headings[:2]),
            replace(second, headings=(*second.headings, first.headings[2])),
            FIRST.categories[2],
        ),
    )
    assert told(moved) == [f"heading “Work” ({heading(0, 2).key}) moved, from “Managing pain” to “Talking”"]


def test_moved_among_its_neighbours() -> None:
    first = FIRST.categories[0]
    turned = replace(first, headings=(first.headings[2], *first.headings[:2]))
    assert told(with_category(0, turned)) == [
        f"heading “Work” ({heading(0, 2).key}) moved, from number 1.3 to number 1.1"
    ]


def test_a_category_in_another_part_and_a_part_of_another_name() -> None:
    assert told(with_category(1, replace(FIRST.categories[1], part="Digital"))) == [
        f"category “Talking” ({FIRST.categories[1].key}) moved, from “Pain” to “Digital”"
    ]
    renamed = tuple(replace(c, part="Cancer pain") if c.part == "Pain" else c for c in FIRST.categories)
    assert told(replace(FIRST, categories=renamed)) == ["part “Cancer pain” renamed, was “Pain”"]


def test_the_framework_itself() -> None:
    changes = told(replace(FIRST, name="Pain", version="2", language="en"))
    assert changes[0] == f"framework “Pain” ({FIRST.key}) renamed, was “Pain at home”"
    assert changes[1].endswith("reworded: version, language")


@given(frameworks(), frameworks())
def test_every_difference_is_told_and_nothing_else(one: Framework, other: Framework) -> None:
    old, new = numbered(with_keys(one)), numbered(with_keys(other))
    assert not diff(old, old)
    changes = diff(old, new)
    assert bool(changes) == (replace(old, key="") != replace(new, key=""))
    added = {change.key for change in changes if change.kind is ChangeKind.ADDED}
    dropped = {change.key for change in changes if change.kind is ChangeKind.DROPPED}
    assert added == set(keys_of(new)) - set(keys_of(old)) - {new.key}
    assert dropped == set(keys_of(old)) - set(keys_of(new)) - {old.key}
