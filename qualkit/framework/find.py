"""From what a person types to a heading: a key, a number, or a name, with its category where it is not unique."""

import re
from collections.abc import Iterable, Iterator

from qualkit.errors import QualkitError
from qualkit.framework.near import choice, fold, near, quoted
from qualkit.model.schedule import Category, Framework, Heading

_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?\.?", re.ASCII)
_BETWEEN = re.compile(r"\s*[/:]\s*")


def find_heading(framework: Framework, text: str) -> Heading:
    """The heading that `text` means: `h-19bd...`, `1.2`, `Medicines`, `Managing pain / Medicines`, `1.2 Medicines`.

    Case and spacing do not matter. Raises QualkitError where there is none, or more than one.
    """
    wanted = fold(text)
    if not wanted:
        raise QualkitError("A heading is expected, and nothing is there.", "Give its key, its number or its name.")
    if by_key := [heading for heading in framework.headings() if fold(heading.key) == wanted]:
        return by_key[0]
    found = [heading for category, heading in _all(framework) if wanted in _spellings(category, heading)]
    if not found:
        found = [heading for category, heading in _all(framework) if _loose(wanted) in _paths(category, heading)]
    if len(found) == 1:
        return found[0]
    raise _ambiguous(framework, text, found) if found else _unknown(framework, text)


def _all(framework: Framework) -> Iterator[tuple[Category, Heading]]:
    return ((category, heading) for category in framework.categories for heading in category.headings)


def _spellings(category: Category, heading: Heading) -> set[str]:
    """What means this heading at once. A name that is spelt like a number of another stays ambiguous, and is told."""
    number, name = heading.number, fold(heading.name)
    return {number, f"{number}.", name, f"{number} {name}", f"{number}. {name}"}


def _paths(category: Category, heading: Heading) -> set[str]:
    """The name below its category, and below its part too, for categories that have the same name in two parts."""
    above = [category.name, f"{category.number} {category.name}", category.number]
    above += [f"{category.part} / {name}" for name in above if category.part]
    return {_loose(fold(f"{name} / {heading.name}")) for name in above}


def _loose(folded: str) -> str:
    return _BETWEEN.sub("/", folded)


def _full(framework: Framework, heading: Heading) -> str:
    category = framework.category_of(heading.key)
    same = [c for c in framework.categories if category and fold(c.name) == fold(category.name)]
    part = f"{category.part} / " if category and category.part and len(same) > 1 else ""
    return f"{part}{category.name} / {heading.name}" if category else heading.name


def _ambiguous(framework: Framework, text: str, found: list[Heading]) -> QualkitError:
    meant = "; ".join(f"{heading.number} {_full(framework, heading)} ({heading.key})" for heading in found[:5])
    more = f"; and {len(found) - 5} more" if len(found) > 5 else ""
    return QualkitError(
        f"{quoted(text)} may mean {len(found)} headings of {quoted(framework.name)}: {meant}{more}.",
        f"Write its key, or its category too, for example {quoted(_full(framework, found[0]))}.",
    )


def _unknown(framework: Framework, text: str) -> QualkitError:
    what = f"{quoted(text)} is no heading of {quoted(framework.name)}"
    for category in framework.categories:
        if fold(text) in (fold(category.name), category.number, f"{category.number}.", fold(category.key)):
            inside = _listed(category.headings)
            return QualkitError(f"{what}: it is a category.", f"Name one of its headings: {inside}.")
    if (number := _NUMBER.fullmatch(text.strip())) and framework.categories:
        return QualkitError(f"{what}.", _numbers(framework, int(number[1][:9])))
    names = {name: heading for c, heading in _all(framework) for name in (heading.name, f"{c.name} / {heading.name}")}
    offered = {names[name].key: names[name] for name in near(text, names, most=5)}
    if offered:
        return QualkitError(f"{what}.", f"Did you mean {_listed(list(offered.values())[:3])}?")
    return QualkitError(f"{what}.", f"Its headings: {_listed(list(framework.headings()))}.")


def _listed(headings: Iterable[Heading]) -> str:
    listed = [f"{heading.number} {heading.name}" for heading in headings]
    return choice(listed) if len(listed) <= 8 else choice(listed[:8]) + f" and {len(listed) - 8} more"


def _numbers(framework: Framework, number: int) -> str:
    category = next((c for c in framework.categories if c.number == str(number)), None)
    if category is None or not category.headings:
        return f"Its categories are numbered 1 to {len(framework.categories)}."
    return f"The headings of category {number} are {category.headings[0].number} to {category.headings[-1].number}."
