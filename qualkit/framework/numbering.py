"""Numbers for display: categories 1 to n through all parts, headings 1.1, 1.2 ... in the order of the schedule."""

from dataclasses import replace

from qualkit.model.schedule import Category, Framework


def numbered(framework: Framework) -> Framework:
    """The framework with the numbers that its order gives."""
    return replace(framework, categories=tuple(_numbered(c, str(n)) for n, c in enumerate(framework.categories, 1)))


def _numbered(category: Category, number: str) -> Category:
    headings = (replace(heading, number=f"{number}.{n}") for n, heading in enumerate(category.headings, 1))
    return replace(category, number=number, headings=tuple(headings))
