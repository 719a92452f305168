"""Evidence for a proposal: where a person can check why it was made, strongest first."""

import numpy as np

from qualkit.index.combine import Whole
from qualkit.index.interface import Floats, Reading
from qualkit.index.material import Material
from qualkit.index.own_talk import NAME as OWN_TALK
from qualkit.index.question import CLEAR, InQuestions
from qualkit.model.index import Asking, Evidence

ON = 0.5  # chance from which a step counts as on a heading
SPEAKS = 0.0  # what a step says by itself for a heading that it speaks for, beyond the others
NEIGHBOUR = "neighbour"
NEARBY = 8  # steps that a faint proposal may have been carried


class Told:
    """What can be told of a study that was read."""

    def __init__(self, material: Material, whole: Whole) -> None:
        self._material = material
        self._whole = whole
        self._question: Reading | None = whole.readings.get("question")
        self._asks = np.array([step.asks for _, step in material.steps], bool)
        self._runs: dict[tuple[int, int], range] = {}
        self._least = {name: _least(reading.strength) for name, reading in whole.readings.items()}
        if whole.learned:
            self._least[OWN_TALK] = _least(whole.learned.support)
        self._talk_of = np.repeat(np.arange(len(material.talks)), [len(talk.steps) for talk in material.talks])

    def evidence(self, step: int, heading: int) -> tuple[Evidence, ...]:
        """Of a proposal: the question that was put, the words, the sentence, the study's own talk, a neighbour."""
        found: list[Evidence | None] = []
        asked = self._asked(step, heading)
        if asked is not None:
            found.append(asked)
        for name, reading in self._whole.readings.items():
            if name != "question" and reading.strength[step, heading] > self._least[name][step]:
                found.append(reading.evidence(step, heading))
        learned = self._whole.learned
        if learned and learned.support[step, heading] > self._least[OWN_TALK][step]:
            found.append(learned.evidence(step, heading))
        if asked is None and self._whole.alone[step, heading] <= self._whole.alone[step].mean():
            found.append(self._neighbour(step, heading))
        return tuple(each for each in found if each) or self._faint(step, heading)

    def askings(self) -> list[Asking]:
        """Where each topic of the schedule was put, and up to which turn it stayed the topic."""
        return [asking for n in range(len(self._material.talks)) for asking in self._askings(n)]

    def _faint(self, step: int, heading: int) -> tuple[Evidence, ...]:
        """Where nothing speaks for a heading clearly: a stretch nearby that does, and the nearest sentence."""
        first, end = self._bounds(step)
        near = range(max(first, step - NEARBY), min(end, step + NEARBY + 1))
        found = [self._neighbour(step, heading, near)]
        found += [each.evidence(step, heading) for name, each in self._whole.readings.items() if name != "question"]
        return tuple(each for each in found if each)

    def _bounds(self, step: int) -> tuple[int, int]:
        """The first step of the talk that a step is of, and the end of its steps."""
        talk = int(self._talk_of[step])
        return self._material.bounds[talk], self._material.bounds[talk + 1]

    def _run(self, step: int, heading: int) -> range:
        """The steps around a step that are on the heading without a break."""
        if (step, heading) not in self._runs:
            low, high = self._bounds(step)
            on = self._whole.chances[low:high, heading] >= ON
            first, last = step, step
            while first > low and on[first - 1 - low]:
                first -= 1
            while last + 1 < high and on[last + 1 - low]:
                last += 1
            run = range(first, last + 1)
            self._runs |= {(n, heading): run for n in (run if on[step - low] else (step,))}
        return self._runs[step, heading]

    def _asked(self, step: int, heading: int) -> Evidence | None:
        """The question that the step answers: the nearest to the schedule's words among those that kept the heading."""
        if self._question is None:
            return None
        asking = [n for n in self._run(step, heading) if n <= step and self._asks[n]]
        if self._asks[step] and not asking:
            return None
        put = self._put(asking, heading)
        if put is None:
            return None
        told = self._question.evidence(put, heading)
        later = sum(1 for n in asking if n > put)
        return Evidence(told.kind, told.field, told.item, told.turn, later, told.spans) if told else None

    def _put(self, asking: list[int], heading: int) -> int | None:
        """Which of the asking steps put the heading: the nearest to its wording, if one is near, else the first."""
        question = self._question
        if not asking or not isinstance(question, InQuestions):
            return None
        likeness = {n: question.likeness(n, heading) for n in asking}
        nearest = max(asking, key=lambda n: (likeness[n], n))
        if likeness[nearest] >= CLEAR:
            return nearest
        spoke = [n for n in asking if self._whole.alone[n, heading] > SPEAKS]
        return spoke[0] if spoke else None

    def _neighbour(self, step: int, heading: int, among: range | None = None) -> Evidence | None:
        """The step that says most for the heading, among those of the same run if no others are named."""
        run = self._run(step, heading) if among is None else among
        best = max(run, key=lambda n: (self._whole.alone[n, heading], -abs(n - step)))
        if best == step:
            return None
        _, place = self._material.steps[best]
        return Evidence(NEIGHBOUR, turn=place.turn, carried=abs(best - step), spans=((place.start, place.end),))

    def _askings(self, talk: int) -> list[Asking]:
        found: list[Asking] = []
        first, end = self._material.bounds[talk], self._material.bounds[talk + 1]
        n = first
        while n < end:
            chances = self._whole.chances[n]
            heading = int(chances.argmax()) if chances.size else 0
            if not chances.size or chances[heading] < ON:
                n += 1
                continue
            until = n
            while until + 1 < end and self._whole.chances[until + 1, heading] >= ON:
                until += 1
            asking = self._asking(range(n, until + 1), heading)
            if asking:
                found.append(asking)
            n = until + 1
        return found

    def _asking(self, run: range, heading: int) -> Asking | None:
        """The question that was put in a run of steps on one heading; None where it came up unprompted."""
        if self._question is None:
            return None
        put = self._put([n for n in run if self._asks[n]], heading)
        told = self._question.evidence(put, heading) if put is not None else None
        if told is None:
            return None
        talk, last = self._material.steps[run[-1]]
        key = self._material.headings[heading].key
        return Asking(talk.version, key, told.turn, last.turn, told.field, told.item, told.spans[0])


def _least(strength: Floats) -> Floats:
    """steps -> what must be said for a heading so that it counts as spoken for."""
    return np.maximum(SPEAKS, strength.mean(axis=1)) if strength.size else np.zeros(len(strength))
