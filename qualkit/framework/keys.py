"""Immutable keys. A key is derived from the path of names when a thing is first seen, and never changes afterwards.

Two people who read the same schedule, each for the first time, get the same keys; once a key stands in the file,
the name may change as often as it likes.
"""

import hashlib
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from qualkit.framework.near import spaced
from qualkit.model.schedule import Category, Framework, Heading

FRAMEWORK, CATEGORY, HEADING, THEME = "f", "c", "h", "t"
SHORTEST = 8  # hexadecimal digits
_BETWEEN = "\x1f"  # cannot stand in a name: it counts as a space, and spaces are folded


def derive(prefix: str, path: Sequence[str], taken: Collection[str] = ()) -> str:
    """The key of what stands at `path`; longer where another thing has it already (`taken`, in lower case).

    That happens to everyone in time: a heading is renamed and keeps its key, and then its old name is used anew.
    """
    names = [unicodedata.normalize("NFC", spaced(name)) for name in path]
    while True:
        digits = hashlib.sha256(_BETWEEN.join(names).encode("utf-8")).hexdigest()
        for length in range(SHORTEST, len(digits) + 1, 4):
            key = f"{prefix}-{digits[:length]}"
            if key not in taken:
                return key
        names.append("")


def with_keys(framework: Framework) -> Framework:
    """The framework with a key wherever one is missing (""); keys that are there stay."""
    taken = {key.lower() for key in keys_of(framework) if key}

    def given(key: str, prefix: str, *path: str) -> str:
        new = key or derive(prefix, path, taken)
        taken.add(new.lower())
        return new

    def heading(category: Category, old: Heading) -> Heading:
        return replace(old, key=given(old.key, HEADING, framework.name, category.part, category.name, old.name))

    def category(old: Category) -> Category:
        key = given(old.key, CATEGORY, framework.name, old.part, old.name)
        return replace(old, key=key, headings=tuple(heading(old, one) for one in old.headings))

    key = given(framework.key, FRAMEWORK, framework.name)
    return replace(framework, key=key, categories=tuple(category(one) for one in framework.categories))


def keys_of(framework: Framework) -> Iterator[str]:
    """Every key in the order of the schedule: of the framework, then of each category and its headings."""
    yield framework.key
    for category in framework.categories:
        yield category.key
        for heading in category.headings:
            yield heading.key
