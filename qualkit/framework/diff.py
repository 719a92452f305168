"""What changed between two versions of a framework, by key: what a person is told before an import takes effect."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualkit.framework.near import quoted
from qualkit.model.schedule import Category, Framework, Heading


class ChangeKind(StrEnum):
    ADDED = "added"
    DROPPED = "dropped"
    RENAMED = "renamed"
    MOVED = "moved"  # to another category or part, or among its neighbours
    REWORDED = "reworded"  # the name stays, what is said of it changes


class Level(StrEnum):
    FRAMEWORK = "framework"
    PART = "part"  # has no key
    CATEGORY = "category"
    HEADING = "heading"


@dataclass(frozen=True)
class Change:
    """One change of one thing. `was` and `now` are names, or places where it moved; `fields` those reworded."""

    kind: ChangeKind
    level: Level
    key: str
    name: str  # as it is now called, or was when dropped
    was: str = ""
    now: str = ""
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        what = f"{self.level} {quoted(self.name)}{f' ({self.key})' if self.key else ''} {self.kind}"
        if self.kind is ChangeKind.RENAMED:
            return f"{what}, was {quoted(self.was)}"
        if self.kind is ChangeKind.MOVED:
            return f"{what}, {self.was} to {self.now}"
        return f"{what}: {', '.join(self.fields).replace('_', ' ')}" if self.fields else what


_SAID = {
    Level.FRAMEWORK: ("version", "used_from", "language"),
    Level.CATEGORY: (),
    Level.HEADING: ("definition", "questions", "prompts", "keywords", "asked_of"),
}


@dataclass(frozen=True)
class _Placed:
    """A thing with where it stands: the path of names above it, and the key of its parent for comparing."""

    level: Level
    thing: Framework | Category | Heading
    parent: str = ""
    path: str = ""


def diff(old: Framework, new: Framework) -> tuple[Change, ...]:
    """Changes from `old` to `new`: dropped ones first, in the old order, then the rest in the order of `new`."""
    parts = _renamed_parts(old, new)
    before = {placed.thing.key: placed for placed in _placed(old, parts)}
    after = {placed.thing.key: placed for placed in _placed(new, {})}
    before[new.key] = before.pop(old.key)  # two versions of one framework, whatever its key was
    stepped = _out_of_order(list(before.values()), list(after.values()))
    changes = [_change(ChangeKind.DROPPED, before[key]) for key in before if key not in after]
    changes += [Change(ChangeKind.RENAMED, Level.PART, "", now, was, now) for was, now in parts.items()]
    for key, placed in after.items():
        if key not in before or before[key].level is not placed.level:
            changes.append(_change(ChangeKind.ADDED, placed))
        else:
            changes += _between(before[key], placed, key in stepped)
    return tuple(changes)


def _placed(framework: Framework, parts: dict[str, str]) -> Iterator[_Placed]:
    yield _Placed(Level.FRAMEWORK, framework)
    for category in framework.categories:
        part = parts.get(category.part, category.part)
        yield _Placed(Level.CATEGORY, category, part, quoted(part) if part else "no part")
        for heading in category.headings:
            yield _Placed(Level.HEADING, heading, category.key, quoted(category.name))


def _renamed_parts(old: Framework, new: Framework) -> dict[str, str]:
    """Parts of the old version that are gone, and whose categories now stand together in one new part."""
    was, now = ({category.key: category.part for category in side.categories} for side in (old, new))
    gone = dict.fromkeys(part for part in was.values() if part and part not in now.values())
    heirs = {part: {now[key] for key in was if was[key] == part and key in now} for part in gone}
    return {part: heir.pop() for part, heir in heirs.items() if len(heir) == 1 and not heir & {"", *was.values()}}


def _between(old: _Placed, new: _Placed, stepped: bool) -> Iterator[Change]:
    if old.thing.name != new.thing.name:
        yield _change(ChangeKind.RENAMED, new, was=old.thing.name, now=new.thing.name)
    if old.parent != new.parent:
        yield _change(ChangeKind.MOVED, new, was=f"from {old.path}", now=new.path)
    elif stepped:
        was, now = (getattr(placed.thing, "number", "") for placed in (old, new))
        yield _change(ChangeKind.MOVED, new, was=f"from number {was}", now=f"number {now}")
    said = _SAID[new.level]
    if fields := tuple(field for field in said if getattr(old.thing, field) != getattr(new.thing, field)):
        yield _change(ChangeKind.REWORDED, new, fields=fields)


def _change(kind: ChangeKind, placed: _Placed, was: str = "", now: str = "", fields: tuple[str, ...] = ()) -> Change:
    return Change(kind, placed.level, placed.thing.key, placed.thing.name, was, now, fields)


def _out_of_order(old: Sequence[_Placed], new: Sequence[_Placed]) -> set[str]:
    """Keys that stand elsewhere among the neighbours that they had before and have still."""
    stepped: set[str] = set()
    for row in dict.fromkeys(_row(placed) for placed in new):
        before, after = ([placed.thing.key for placed in side if _row(placed) == row] for side in (old, new))
        kept = set(before) & set(after)
        a, b = ([key for key in side if key in kept] for side in (before, after))
        blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        stepped |= kept - {key for block in blocks for key in b[block.b : block.b + block.size]}
    return stepped


def _row(placed: _Placed) -> tuple[Level, str]:
    """Headings are counted within their category, categories through all parts."""
    return placed.level, placed.parent if placed.level is Level.HEADING else ""
