"""The framework: parts, categories and headings, made from the topic schedule before indexing begins."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualkit.model.rows import Row


@dataclass(frozen=True)
class Heading:
    """A topic of the schedule. `key` never changes; `number` and `name` are display."""

    key: str
    number: str  # "2.3"
    name: str
    definition: str = ""
    questions: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ()  # groups; empty: all


@dataclass(frozen=True)
class Category:
    key: str
    number: str  # "2"
    name: str
    part: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Framework:
    """A schedule as it stood in one version."""

    key: str
    name: str
    version: str
    categories: tuple[Category, ...]
    used_from: str = ""
    language: str = ""

    def headings(self) -> Iterator[Heading]:
        for category in self.categories:
            yield from category.headings

    def heading(self, key: str) -> Heading | None:
        return next((heading for heading in self.headings() if heading.key == key), None)

    def category_of(self, key: str) -> Category | None:
        return next((c for c in self.categories if any(h.key == key for h in c.headings)), None)


@dataclass(frozen=True, kw_only=True)
class FrameworkVersion(Row):
    """A schedule as imported. `content` is the canonical JSON of the Framework, `sha256` its hash."""

    framework: str  # key
    sha256: str
    content: str

    @property
    def slot(self) -> tuple[object, ...]:
        return ("framework",)  # a study has one
