"""Question: an answer belongs where the question belongs that the interviewer was asking.

Each of the interviewer's sentences is held against the questions, prompts and names of the schedule, and against
each heading's words as a whole, since interviewers put questions in their own words. The topic stays through
follow-ups until another question of the schedule is met.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from qualkit.index.interface import Vote, Votes
from qualkit.index.material import Item, Material, Talk
from qualkit.model.index import Asking, Evidence, Passage
from qualkit.model.transcripts import Turn

ENOUGH = 0.35  # similarity from which a sentence is taken for a question of the schedule
FADES = 0.9  # what each further turn of the interviewer leaves of it
NEAR = {"question": 1.0, "prompt": 0.9, "name": 0.8}


@dataclass(frozen=True)
class Match:
    heading: str
    field: str
    item: int
    span: tuple[int, int]
    likeness: float


class Question:
    name = "question"
    version = "1"

    def askings(self, material: Material) -> list[Asking]:
        """Which questions of the schedule were put, where, and how long each stayed the topic."""
        matcher = _Matcher(material)
        return [asking for talk in material.talks for asking, _ in self._topics(matcher, talk)]

    def votes(self, material: Material) -> Votes:
        matcher = _Matcher(material)
        found: dict[Passage, dict[str, Vote]] = {}
        for talk in material.talks:
            asked = [turn.n for turn in talk.turns if turn.speaker in talk.asking]
            for asking, likeness in self._topics(matcher, talk):
                for passage in talk.passages:
                    if asking.turn < passage.turn <= asking.until and talk.words_in(passage.start, passage.end):
                        carried = sum(asking.turn < n < passage.turn for n in asked)
                        evidence = Evidence(
                            self.name, asking.field, asking.item, asking.turn, carried, spans=(asking.span,)
                        )
                        vote = Vote(min(1.0, likeness) * FADES**carried, evidence)
                        found.setdefault(passage, {})[asking.heading] = vote
        return found

    def _topics(self, matcher: "_Matcher", talk: Talk) -> list[tuple[Asking, float]]:
        met = [
            (turn.n, match)
            for turn in talk.turns
            if turn.speaker in talk.asking and (match := matcher.best(talk, turn))
        ]
        last = talk.turns[-1].n if talk.turns else 0
        ends = [*(turn - 1 for turn, _ in met), last][1:]
        return [
            (Asking(talk.version, match.heading, turn, until, match.field, match.item, match.span), match.likeness)
            for (turn, match), until in zip(met, ends, strict=True)
        ]


class _Matcher:
    def __init__(self, material: Material) -> None:
        self.material = material

    @cached_property
    def _items(self) -> list[tuple[str, Item, float]]:
        return [
            (key, item, self._length(item.stems))
            for key, items in self.material.items.items()
            for item in items
            if item.field in NEAR
        ]

    def best(self, talk: Talk, turn: Turn) -> Match | None:
        """The heading that a turn of the interviewer asks about, if any: its last sentence that is near enough."""
        starts = turn.sentences or (turn.start,)
        best: Match | None = None
        for start, end in zip(starts, [*starts[1:], turn.end], strict=True):
            match = self._match(talk, start, end)
            if match and (best is None or match.likeness >= best.likeness):
                best = match
        return best

    def _match(self, talk: Talk, start: int, end: int) -> Match | None:
        said = sorted({word.stem for word in talk.words_in(start, end)})
        if not said:
            return None
        length = self._length(said)
        found = [
            Match(
                key,
                item.field,
                item.number,
                (start, end),
                NEAR[item.field] * self._common(said, item.stems) / (length * size),
            )
            for key, item, size in self._items
        ]
        found += self._by_words(said, (start, end))
        best = max(found, key=lambda match: match.likeness, default=None)
        return best if best and best.likeness >= ENOUGH else None

    def _by_words(self, said: Sequence[str], span: tuple[int, int]) -> list[Match]:
        """How much of what was asked is a heading's own: the share of its weight that this heading's words take."""
        gains: dict[str, float] = {}
        for stem in said:
            for key, weight in self.material.wording.get(stem, {}).items():
                gains[key] = gains.get(key, 0.0) + min(1.0, weight) * self.material.weight(stem)
        total = sum(self.material.weight(stem) for stem in said) + self.material.weight("")
        return [Match(key, "words", 0, span, gain / total) for key, gain in sorted(gains.items())]

    def _common(self, one: Iterable[str], other: Iterable[str]) -> float:
        return sum(self.material.weight(stem) ** 2 for stem in sorted(set(one) & set(other)))

    def _length(self, stems: Iterable[str]) -> float:
        return sqrt(sum(self.material.weight(stem) ** 2 for stem in sorted(set(stems))))
