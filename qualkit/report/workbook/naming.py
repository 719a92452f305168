"""Names of sheets: what Excel allows, and never two that look alike."""

import re
from collections.abc import Iterable, Sequence

from qualkit.model.schedule import Category
from qualkit.model.workbook import KEY_SHEET, cell_text, units

LONGEST = 31  # UTF-16 units
_RESERVED = ("history",)  # Excel keeps this name for itself


def sheet_names(categories: Iterable[Category], taken: Sequence[str]) -> dict[str, str]:
    """A sheet's name for each category: its number and as much of its name as fits. A cut name ends in an ellipsis."""
    used = {name.casefold() for name in (*taken, KEY_SHEET, *_RESERVED)}
    names: dict[str, str] = {}
    for category in categories:
        wanted = _legal(f"{category.number} {category.name}") or "Category"
        name, count = _cut(wanted, LONGEST), 1
        while name.casefold() in used:
            count += 1
            ending = f" ({count})"
            name = _cut(wanted, LONGEST - len(ending)) + ending
        used.add(name.casefold())
        names[category.key] = name
    return names


def _legal(name: str) -> str:
    name = re.sub(r"[\[\]:*?/\\\t\n]+", " ", cell_text(name))
    return re.sub(r" {2,}", " ", name).strip(" '")


def _cut(name: str, most: int) -> str:
    if units(name) <= most:
        return name
    while units(name) > most - 1:
        name = name[:-1]
    words = name.rsplit(" ", 1)
    # back to the end of a word, unless that costs half of the name
    return (words[0] if len(words[0]) > most // 2 else name).rstrip(" ,;'(") + "…"
