"""Themes of a codebook file among each other: who stands under whom, by key or by name, and the keys of new ones."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualkit.framework.keys import THEME, derive
from qualkit.framework.near import fold
from qualkit.ingest.tables.checks import Check
from qualkit.ingest.tables.files import in_words
from qualkit.ingest.tables.table import TableRow
from qualkit.ingest.tables.telling import Likeness, shown

DEEPEST = 20  # names of a path that go into a key


@dataclass(frozen=True)
class CodebookRow:
    """One theme. `parent` is the key of a theme; as written where the file does not hold it (see the problems)."""

    row: int
    key: str
    name: str
    parent: str = ""
    level: str = ""
    definition: str = ""
    is_not: str = ""
    example: str = ""
    status: str = ""
    valid_from: str = ""
    valid_until: str = ""
    coder: str = ""
    reason: str = ""


Parents = dict[int, int]  # from the place of a theme in the file to the place of its parent


def parents(check: Check, rows: Mapping[int, TableRow], read: list[CodebookRow]) -> Parents:
    """Who stands under whom. What is unknown, ambiguous or goes in a circle is told, and taken out of `read`."""
    by_key: dict[str, int] = {}
    by_name: dict[str, list[int]] = {}
    periods: set[tuple[str, str]] = set()  # of one theme only the first row is meant by its name
    for at, theme in enumerate(read):
        name = fold(theme.name)
        if theme.key:
            by_key.setdefault(fold(theme.key), at)
        if not theme.key or (name, theme.key) not in periods:
            by_name.setdefault(name, []).append(at)
        periods.add((name, theme.key))
    above: Parents = {}
    names = list(dict.fromkeys(theme.name for theme in read))
    for at, theme in enumerate(read):
        if not theme.parent:
            continue
        named = [by_key[fold(theme.parent)]] if fold(theme.parent) in by_key else by_name.get(fold(theme.parent), [])
        if len(named) == 1:
            above[at] = named[0]
            continue
        what, remedy = _unclear(check.likeness, theme, [read[other].row for other in named], names)
        check.say(rows[theme.row], what, remedy)
        read[at] = replace(theme, parent="") if named else theme
    for circle in list(_circles(above)):
        last = max(circle)
        del above[last]
        who = in_words(f"{shown(read[at].name)} (row {read[at].row})" for at in circle)
        what = f"{who} stand under each other in a circle." if len(circle) > 1 else f"{who} stands under itself."
        check.say(rows[read[last].row], f"{what} This one is read without a parent.", "Look at their parents.")
        read[last] = replace(read[last], parent="")
    return above


def _unclear(likeness: Likeness, theme: CodebookRow, rows: Sequence[int], names: Collection[str]) -> tuple[str, str]:
    if rows:
        where = in_words(map(str, rows[:5]))
        what = f"the parent {shown(theme.parent)} may be any of the rows {where}. It is read without a parent."
        return what, "Write the key of the parent."
    what = f"no theme of this file has the name or key {shown(theme.parent)}; the parent is kept as written."
    return what, likeness.did_you_mean(theme.parent, names) or "Add a row for it."


def _circles(above: Parents) -> Iterator[list[int]]:
    """Each circle once, from the place that comes first in it."""
    seen: set[int] = set()
    for start in above:
        way: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in seen and at not in way:
            way[at] = None
            at = above.get(at)
        if at is not None and at in way:
            circle = list(way)[list(way).index(at) :]
            first = circle.index(min(circle))
            yield circle[first:] + circle[:first]
        seen.update(way)


def keyed(read: Sequence[CodebookRow], above: Parents) -> tuple[list[CodebookRow], list[str]]:
    """The themes with a key each, and parents by key; and the keys that were given now."""
    taken = {theme.key.lower() for theme in read if theme.key}
    keys, given = [], []
    for at, theme in enumerate(read):
        key = theme.key or derive(THEME, _path(read, above, at), taken)
        taken.add(key.lower())
        keys.append(key)
        given += [] if theme.key else [key]
    parent = [keys[above[at]] if at in above else theme.parent for at, theme in enumerate(read)]
    return [replace(theme, key=keys[at], parent=parent[at]) for at, theme in enumerate(read)], given


def _path(read: Sequence[CodebookRow], above: Parents, at: int) -> list[str]:
    names = [read[at].name]
    while at in above and len(names) < DEEPEST:
        at = above[at]
        names.append(read[at].name)
    return [*([read[at].parent] if at not in above and read[at].parent else []), *names[::-1]]
