"""The headings of a schedule as they lie in its tree, and the faults that need more than one field to be seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualkit.framework.near import fold, quoted
from qualkit.ingest.schedule.nodes import Fields, List, Node, Text
from qualkit.ingest.schedule.text import LONGEST_NAME, Fault, Source
from qualkit.ingest.tables.telling import shown

_COMMENT = re.compile(r"[ \t]+(?P<comment>#[^\s#].*)")  # "# like this" is meant as one


@dataclass(frozen=True)
class Branch:
    """One thing of a schedule with its place in the tree, and what lies below it."""

    what: str  # "schedule", "part", "category", "heading"
    fields: Fields
    below: "tuple[Branch, ...]" = ()

    @property
    def name(self) -> Text | None:
        found = self.fields.get("framework" if self.what == "schedule" else "name")
        return found if isinstance(found, Text) and found.text.strip() else None

    @property
    def key(self) -> Text | None:
        found = self.fields.get("key")
        return found if isinstance(found, Text) and found.text.strip() else None

    def walk(self) -> "Iterator[Branch]":
        yield self
        for branch in self.below:
            yield from branch.walk()

    def keyed(self) -> "list[Branch]":
        """All that has a key, in the order of `keys_of`: the schedule, then each category and its headings."""
        return [branch for branch in self.walk() if branch.what != "part"]


def outline(root: Fields) -> Branch:
    """What of a tree looks like a schedule, even where fields are wrong or missing."""
    parts = [Branch("part", fields, _categories(fields)) for fields in _all(root, "parts")]
    return Branch("schedule", root, (*parts, *_categories(root)))


def _categories(fields: Fields) -> tuple[Branch, ...]:
    headings = ((one, tuple(Branch("heading", h) for h in _all(one, "headings"))) for one in _all(fields, "categories"))
    return tuple(Branch("category", one, below) for one, below in headings)


def _all(fields: Fields, name: str) -> list[Fields]:
    found = fields.get(name)
    return [item for item in found.items if isinstance(item, Fields)] if isinstance(found, List) else []


def faults(source: Source, schedule: Branch) -> Iterator[Fault]:
    """Fields, names and keys given twice, and parts beside categories."""
    yield from _fields_twice(source, schedule.fields)
    for branch in schedule.walk():
        yield from _names_twice(source, branch)
    yield from _keys_twice(source, schedule)
    if schedule.fields.get("parts") and (pair := schedule.fields.pair("categories")):
        remedy = "Move these categories into a part, or take the parts away."
        yield Fault(pair[0].start, "a schedule has parts, or categories without parts, not both.", remedy)


def no_headings(schedule: Branch) -> Iterator[Fault]:
    """The fault of a schedule without headings: told alone, as any wrong field may be the cause of it."""
    if not any(branch.what == "heading" for branch in schedule.walk()):
        remedy = "Write “categories:”, below it “- name: ...” and “headings:”, and below that “- name: ...”."
        yield Fault(schedule.fields.start, "the schedule has no headings.", remedy)


def notes(source: Source, schedule: Branch) -> Iterator[Fault]:
    """What is allowed and yet may not be meant."""
    for branch in schedule.walk():
        for _, value in branch.fields.pairs:
            yield from _cut_by_comment(source, value)
        if branch.what in ("part", "category") and not branch.below and branch.name:
            what = f"the {branch.what} {quoted(branch.name.text)} has no headings."
            yield Fault(branch.fields.start, what)


def _cut_by_comment(source: Source, value: Node) -> Iterator[Fault]:
    """- What about problem #2? is read as far as "problem", without a word from YAML."""
    for text in value.items if isinstance(value, List) else [value]:
        if isinstance(text, Text) and not text.style and (cut := _COMMENT.match(source.text, text.end)):
            what = f"{quoted(cut['comment'])} is read as a comment, not as part of the text."
            yield Fault(cut.start("comment"), what, "If it belongs to the text, put the whole text in quotation marks.")


def _fields_twice(source: Source, root: Node) -> Iterator[Fault]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, List):
            waiting += reversed(node.items)
        elif isinstance(node, Fields):
            waiting += [value for _, value in reversed(node.pairs)]
            first: dict[str, Text] = {}
            for name, _ in node.pairs:
                if name.text in first:
                    line = source.line(first[name.text].start)
                    what = f"the field {shown(name.text)} stands here again, after line {line}."
                    yield Fault(name.start, what, "Take one out, or begin a new item with “- ” before it.")
                first.setdefault(name.text, name)


def _names_twice(source: Source, above: Branch) -> Iterator[Fault]:
    first: dict[tuple[str, str], Text] = {}
    for branch in above.below:
        name = branch.name
        if name is None or len(name.text) > LONGEST_NAME:  # one so long is told by itself
            continue
        if earlier := first.get((branch.what, fold(name.text))):
            plural = "categories" if branch.what == "category" else f"{branch.what}s"
            where = f" in {'one' if above.what == 'category' else 'the same'} {above.what}"
            what = f"two {plural} are called {quoted(name.text)}{where}, here and in line {source.line(earlier.start)}."
            yield Fault(name.start, what, "Rename one of them, or make them one.")
        first.setdefault((branch.what, fold(name.text)), name)


def _keys_twice(source: Source, schedule: Branch) -> Iterator[Fault]:
    first: dict[str, Text] = {}
    for branch in schedule.keyed():
        key = branch.key
        if key is None or len(key.text) > LONGEST_NAME:
            continue
        if earlier := first.get(fold(key.text)):
            what = f"the key {quoted(key.text)} is used twice, here and in line {source.line(earlier.start)}."
            yield Fault(key.start, what, "Take the line out of the newer one: it is given a key of its own.")
        first.setdefault(fold(key.text), key)
