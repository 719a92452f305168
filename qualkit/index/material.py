"""What proposers work on: the talk of every transcript, the framework's wording, and counts over the whole study."""

import hashlib
import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from typing import TypeVar, cast

from qualkit.index.passages import passages
from qualkit.index.wording import Wording
from qualkit.language.cache import Cache, NoCache
from qualkit.language.words import Word, words
from qualkit.model.index import Passage
from qualkit.model.schedule import Framework, Heading
from qualkit.model.transcripts import Turn

Shared = TypeVar("Shared")


@dataclass(frozen=True)
class Talk:
    """One transcript version: its text and turns, whose talk asks or is data (speaker keys), and their groups.

    Passages and words depend on it alone; they are made when first wanted, the words found in the cache.
    """

    version: str
    text: str
    text_sha256: str
    turns: tuple[Turn, ...]
    asking: frozenset[str]
    speaking: frozenset[str]
    groups: frozenset[str] = frozenset()
    language: str = "en"
    cache: Cache = field(default_factory=NoCache, repr=False, compare=False)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return passages(self.version, self.text, self.turns, self.speaking)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words(self.text, self.language, self.cache)

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """The words of a stretch of the text."""
        first = bisect_left(self.words, start, key=lambda word: word.start)
        last = bisect_left(self.words, end, key=lambda word: word.start)
        return self.words[first:last]

    @property
    def digest(self) -> list[object]:
        """What the proposals on this talk depend on."""
        turns = [
            (t.start, t.end, t.speaker in self.asking, t.speaker in self.speaking, t.sentences) for t in self.turns
        ]
        return [self.text_sha256, sorted(self.groups), turns]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as said: a stem, or the stems of a keyword of several words, with its place in the text."""

    start: int
    end: int
    term: str


class Material:
    """A whole study as the proposers see it. Nothing here depends on the order of the transcripts."""

    def __init__(self, framework: Framework, talks: Iterable[Talk], language: str = "en") -> None:
        self.framework = framework
        self.language = language
        self.talks = sorted(talks, key=lambda each: (each.text_sha256, each.version))
        self.headings = list(framework.headings())
        self._terms: dict[tuple[str, int, int], tuple[Term, ...]] = {}
        self._shared: dict[object, object] = {}

    def shared(self, reading: "Callable[[Material], Shared]") -> "Shared":
        """A reading of this material that several proposers use, made once: `material.shared(Bm25)`."""
        if reading not in self._shared:
            self._shared[reading] = reading(self)
        return cast("Shared", self._shared[reading])

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.headings, self.language)

    def terms(self, talk: Talk, start: int, end: int) -> tuple[Term, ...]:
        """The terms said in a stretch of a talk: words that carry a topic, and keywords of several words."""
        place = (talk.version, start, end)
        if place not in self._terms:
            said = talk.words_in(start, end)
            found = [Term(word.start, word.end, word.stem) for word in said if word.carries]
            found += [Term(said[at].start, said[end - 1].end, term) for at, end, term in self.wording.phrases(said)]
            self._terms[place] = tuple(found)
        return self._terms[place]

    @cached_property
    def rarity(self) -> dict[str, float]:
        """Term -> weight: high where few passages of the study hold it."""
        held: Counter[str] = Counter()
        total = 0
        for talk in self.talks:
            for passage in talk.passages:
                total += 1
                held.update({term.term for term in self.terms(talk, passage.start, passage.end)})
        counted = {term: log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in held.items()}
        return counted | {"": log(2 + 2 * total)}

    def weight(self, term: str) -> float:
        """The rarity of a term; one that nobody has said is as rare as can be."""
        return self.rarity.get(term, self.rarity[""])

    def may_be_asked(self, heading: Heading, talk: Talk) -> bool:
        """Whether the schedule puts a heading to any group of a talk; unknown groups may be asked everything."""
        groups = {group.casefold() for group in heading.asked_of}
        return not groups or not talk.groups or bool(groups & {group.casefold() for group in talk.groups})

    @cached_property
    def digest(self) -> str:
        """Hash of all that the proposals depend on beside the proposers' own settings."""
        told = [self.language, [_told(heading) for heading in self.headings], [talk.digest for talk in self.talks]]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _told(heading: Heading) -> list[object]:
    lists = [heading.questions, heading.prompts, heading.keywords, heading.asked_of]
    return [heading.key, heading.name, heading.definition, *lists]
