"""The wording of a framework: which terms speak for which heading, and how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from qualkit.language.words import Word, stems, words
from qualkit.model.schedule import Heading

FIELD_WEIGHT = {"name": 2.0, "keyword": 2.0, "question": 1.0, "prompt": 1.0, "definition": 0.7}
WITHIN_KEYWORD = 1.5  # a word of a keyword of several words, said without the others


@dataclass(frozen=True)
class Item:
    """One wording of a heading: its name, definition, a question, a prompt, a keyword (`number` counts from 1)."""

    field: str
    number: int
    stems: tuple[str, ...]
    phrase: str = ""  # a keyword of several words, as one term


def items(heading: Heading, language: str) -> tuple[Item, ...]:
    """All wordings of a heading that have a word with a topic, or are a keyword of several words."""
    lists = (
        ("name", (heading.name,)),
        ("definition", (heading.definition,)),
        ("question", heading.questions),
        ("prompt", heading.prompts),
        ("keyword", heading.keywords),
    )
    found = (_item(name, n, text, language) for name, texts in lists for n, text in enumerate(texts, 1))
    return tuple(item for item in found if item.stems or item.phrase)


def _item(field: str, number: int, text: str, language: str) -> Item:
    whole = [word.stem for word in words(text, language)] if field == "keyword" else []
    return Item(field, number, stems(text, language), " ".join(whole) if len(whole) > 1 else "")


class Wording:
    """Terms are stems, and keywords of several words."""

    def __init__(self, headings: Sequence[Heading], language: str) -> None:
        self.items = {heading.key: items(heading, language) for heading in headings}

    @cached_property
    def weights(self) -> dict[str, dict[str, float]]:
        """Term -> heading -> how much the term speaks for it; a term that several headings share speaks less."""
        holders: dict[str, dict[str, float]] = {}
        for key, wordings in self.items.items():
            for item in wordings:
                for term, weight in _weighted(item):
                    row = holders.setdefault(term, {})
                    row[key] = max(row.get(key, 0.0), weight)
        count = len(self.items)
        return {
            term: {key: weight * log(1 + count / len(row)) / log(1 + count) for key, weight in row.items()}
            for term, row in holders.items()
        }

    def holder(self, key: str, term: str) -> Item:
        """The wording of a heading in which a term weighs most."""
        holding = [item for item in self.items[key] if term in item.stems or term == item.phrase]
        return max(holding, key=lambda item: (dict(_weighted(item))[term], -item.number))

    def phrases(self, said: Sequence[Word]) -> Iterable[tuple[int, int, str]]:
        """(first word, end, term) of each keyword of several words in a run of words."""
        for at, word in enumerate(said):
            for phrase in self._by_first.get(word.stem, ()):
                if tuple(each.stem for each in said[at : at + len(phrase)]) == phrase:
                    yield at, at + len(phrase), " ".join(phrase)

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        every = {item.phrase for items in self.items.values() for item in items if item.phrase}
        for phrase in sorted(every):
            stems = tuple(phrase.split(" "))
            found.setdefault(stems[0], []).append(stems)
        return found


def _weighted(item: Item) -> Iterable[tuple[str, float]]:
    weight = FIELD_WEIGHT[item.field]
    if item.phrase:
        yield item.phrase, weight
        weight = WITHIN_KEYWORD
    for stem in item.stems:
        yield stem, weight
