"""What proposers work on: the talk of every transcript, the framework's wording, and counts over the whole study."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from qualkit.index.passages import passages
from qualkit.index.steps import Step, steps
from qualkit.index.wording import Wording
from qualkit.language.cache import Cache, NoCache
from qualkit.language.encoders.interface import Encoder
from qualkit.language.vectors import vectors
from qualkit.language.words import Word, words
from qualkit.model.index import Passage
from qualkit.model.schedule import Framework, Heading
from qualkit.model.transcripts import Turn

Shared = TypeVar("Shared")


@dataclass(frozen=True)
class Talk:
    """One transcript version: its text and turns, whose talk asks or is data (speaker keys), and their groups.

    Passages, steps and words depend on it alone; they are made when first wanted, the words found in the cache.
    `in_vectors`: whether the study's language model knows the language that is spoken.
    """

    version: str
    text: str
    text_sha256: str
    turns: tuple[Turn, ...]
    asking: frozenset[str]
    speaking: frozenset[str]
    groups: frozenset[str] = frozenset()
    language: str = "en"
    in_vectors: bool = True
    cache: Cache = field(default_factory=NoCache, repr=False, compare=False)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return passages(self.version, self.text, self.turns, self.speaking)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        def topical(start: int, end: int) -> int:
            return len({word.stem for word in self.words_in(start, end) if word.carries})

        return steps(self.text, self.turns, self.passages, self.asking, topical)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words(self.text, self.language, self.cache)

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """The words of a stretch of the text."""
        return self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @property
    def digest(self) -> list[object]:
        """What the proposals on this talk depend on."""
        turns = [
            (t.start, t.end, t.speaker in self.asking, t.speaker in self.speaking, t.sentences) for t in self.turns
        ]
        return [self.text_sha256, sorted(self.groups), turns, self.in_vectors]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as said: a stem, or the stems of a keyword of several words, with its place in the text."""

    start: int
    end: int
    term: str


class Material:
    """A whole study as the proposers see it. Nothing here depends on the order of the transcripts.

    `encoder` is the language model of the study; None where it goes without.
    """

    def __init__(
        self,
        framework: Framework,
        talks: Iterable[Talk],
        language: str = "en",
        encoder: Encoder | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.framework = framework
        self.language = language
        self.encoder = encoder
        self.talks = sorted(talks, key=lambda each: (each.text_sha256, each.version))
        self.headings = list(framework.headings())
        self._cache = cache or NoCache()
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
    def steps(self) -> list[tuple[Talk, Step]]:
        """The steps of all talks, talk after talk: the rows of every matrix that a proposer makes."""
        return [(talk, step) for talk in self.talks for step in talk.steps]

    @cached_property
    def bounds(self) -> list[int]:
        """The row at which each talk begins, and the number of rows."""
        return [0, *np.cumsum([len(talk.steps) for talk in self.talks], dtype=int).tolist()]

    @cached_property
    def kinds(self) -> NDArray[np.int64]:
        """The kind of each step."""
        return np.array([step.kind for _, step in self.steps], np.int64)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, by the study's language model. Zeros where there is none."""
        if self.encoder is None:
            return np.zeros((len(texts), 1), np.float32)
        return vectors(texts, self.encoder, self._cache)

    def may_be_asked(self, heading: Heading, talk: Talk) -> bool:
        """Whether the schedule puts a heading to any group of a talk; unknown groups may be asked everything."""
        groups = {group.casefold() for group in heading.asked_of}
        return not groups or not talk.groups or bool(groups & {group.casefold() for group in talk.groups})

    @cached_property
    def digest(self) -> str:
        """Hash of all that the proposals depend on beside the proposers' own settings."""
        model = self.encoder.digest if self.encoder else ""
        told = [self.language, model, *([_told(h) for h in self.headings], [talk.digest for talk in self.talks])]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _told(heading: Heading) -> list[object]:
    lists = [heading.questions, heading.prompts, heading.keywords, heading.asked_of]
    return [heading.key, heading.name, heading.definition, *lists]
