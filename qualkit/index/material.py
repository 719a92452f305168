"""What proposers work on: the talk of every transcript, the framework's wording, and counts over the whole study."""

import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log

from qualkit.index.passages import passages
from qualkit.language.cache import Cache, NoCache
from qualkit.language.words import Word, stems, words
from qualkit.model.index import Passage
from qualkit.model.schedule import Framework, Heading
from qualkit.model.transcripts import Turn


@dataclass(frozen=True)
class Talk:
    """One transcript version: its text and turns, and whose talk asks or is data (speaker keys).

    Passages and words depend on it alone; they are made when first wanted, the words found in the cache.
    """

    version: str
    text: str
    text_sha256: str
    turns: tuple[Turn, ...]
    asking: frozenset[str]
    speaking: frozenset[str]
    language: str = "en"
    cache: Cache = field(default_factory=NoCache, repr=False, compare=False)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return passages(self.version, self.text, self.turns, self.speaking)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words(self.text, self.language, self.cache)

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """The content words of a stretch of the text."""
        first = bisect_left(self.words, start, key=lambda word: word.start)
        last = bisect_left(self.words, end, key=lambda word: word.start)
        return self.words[first:last]

    @property
    def digest(self) -> list[object]:
        """What the proposals on this talk depend on."""
        turns = [
            (t.start, t.end, t.speaker in self.asking, t.speaker in self.speaking, t.sentences) for t in self.turns
        ]
        return [self.text_sha256, turns]


@dataclass(frozen=True)
class Item:
    """One wording of a heading: its name, definition, a question, a prompt, a keyword (`number` counts from 1)."""

    field: str
    number: int
    stems: tuple[str, ...]


def items(heading: Heading, language: str) -> tuple[Item, ...]:
    """All wordings of a heading that have a content word."""
    lists = (
        ("name", (heading.name,)),
        ("definition", (heading.definition,)),
        ("question", heading.questions),
        ("prompt", heading.prompts),
        ("keyword", heading.keywords),
    )
    found = (Item(name, n, stems(text, language)) for name, texts in lists for n, text in enumerate(texts, 1))
    return tuple(item for item in found if item.stems)


class Material:
    """A whole study as the proposers see it. Nothing here depends on the order of the transcripts."""

    def __init__(self, framework: Framework, talks: Iterable[Talk], language: str = "en") -> None:
        self.framework = framework
        self.language = language
        self.talks = sorted(talks, key=lambda each: (each.text_sha256, each.version))
        self.headings = list(framework.headings())
        self.items = {heading.key: items(heading, language) for heading in self.headings}

    @cached_property
    def rarity(self) -> dict[str, float]:
        """Stem -> weight: high where few passages of the study hold it."""
        held: Counter[str] = Counter()
        total = 0
        for each in self.talks:
            for passage in each.passages:
                total += 1
                held.update({word.stem for word in each.words_in(passage.start, passage.end)})
        return {stem: log(1 + (total - count + 0.5) / (count + 0.5)) for stem, count in held.items()} | {
            "": log(2 + 2 * total)
        }

    def weight(self, stem: str) -> float:
        """The rarity of a stem; one that nobody has said is as rare as can be."""
        return self.rarity.get(stem, self.rarity[""])

    @cached_property
    def wording(self) -> dict[str, dict[str, float]]:
        """Stem -> heading -> how much the stem speaks for the heading: 1 where no other heading has it."""
        holders: dict[str, dict[str, float]] = {}
        for key, wordings in self.items.items():
            for item in wordings:
                for stem in item.stems:
                    row = holders.setdefault(stem, {})
                    row[key] = max(row.get(key, 0.0), FIELD_WEIGHT[item.field])
        most = log(1 + len(self.headings))
        return {
            stem: {key: weight * log(1 + len(self.headings) / len(row)) / most for key, weight in row.items()}
            for stem, row in holders.items()
        }

    @cached_property
    def digest(self) -> str:
        """Hash of all that the proposals depend on beside the proposers' own settings."""
        told = [
            self.language,
            [item for heading in self.headings for item in _told(heading)],
            [t.digest for t in self.talks],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


FIELD_WEIGHT = {"name": 2.0, "keyword": 2.0, "question": 1.0, "prompt": 1.0, "definition": 1.0}


def _told(heading: Heading) -> list[object]:
    return [heading.key, heading.name, heading.definition, heading.questions, heading.prompts, heading.keywords]
