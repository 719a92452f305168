"""What a heading may be called where people type: its number, key or name, or its name with that of its category."""

import re
from collections.abc import Iterable

from qualkit.model.schedule import Framework
from qualkit.model.workbook import plain

MARK = re.compile(r"[;,\n]")  # parts one heading from the next, and may stand within a name


def normal(written: str) -> str:
    """A label as it is compared."""
    return re.sub(r"\s*([;,\n])\s*", r"\1", plain(written))


class Labels:
    """What headings may be called: number, key, name, number and name, category and name."""

    def __init__(self, headings: Iterable[tuple[str, str, str, str]]) -> None:
        """Each heading as number, key, name, name of its category."""
        self.numbers: dict[str, set[str]] = {}
        self._others: dict[str, set[str]] = {}
        for number, key, name, category in headings:
            if number:
                self.numbers.setdefault(normal(number), set()).add(key)
            ways = [key, f"{number} {name}", *(f"{category}{mark}{name}" for mark in (": ", " / ", " > "))]
            for way in (name, *ways):
                self._others.setdefault(normal(way), set()).add(key)
        # a name may hold the very signs that part one heading from the next
        self.pieces = 1 + max((len(MARK.findall(way)) for way in self._others), default=0)

    @classmethod
    def of(cls, framework: Framework) -> "Labels":
        return cls((h.number, h.key, h.name, c.name) for c in framework.categories for h in c.headings)

    def find(self, label: str) -> set[str]:
        """Keys of the headings so called. A number is a number before it is a name."""
        return self.numbers.get(label) or self._others.get(label) or set()
