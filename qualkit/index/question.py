"""Question: an answer belongs where the question belongs that the interviewer put.

Heard where somebody asks: how near each sentence is to the schedule's questions and prompts, by its words and by its
meaning. A question that is clearly of the schedule is heard on in the answers and through the follow-ups, more softly,
until something else is asked: who wanders off comes back to it. A framework without questions is no schedule, and
nothing is heard.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qualkit.index.interface import Floats, Reading, silent
from qualkit.index.likeness import Likeness, Match
from qualkit.index.material import Material
from qualkit.index.meaning import Meant
from qualkit.index.scale import Prior, standard
from qualkit.index.spoken import Singles, Spoken
from qualkit.index.steps import Kind
from qualkit.model.index import Evidence

CLEAR = 0.3  # likeness from which a sentence is shown beside the wording it is near to
CLEAR_MEANING = 0.5  # the same for the cosine of their vectors
ASKED = ("question", "prompt")
OF_THE_SCHEDULE = 2.5  # strength from which a question is heard on
USUAL_BY_WORDS, USUAL_BY_MEANING = (0.03, 0.12), (0.15, 0.12)  # mean and deviation in interviews
USUAL_STEPS = 20.0  # so many are added: the questions of a short study are known as soon as those of a long one
HEARD_ON = 0.4  # how much of it is


class Question:
    name = "question"
    version = "3"

    def read(self, material: Material) -> Reading:
        asked = any(heading.questions or heading.prompts for heading in material.headings)
        return InQuestions(material) if asked and material.steps else silent(material)


class InQuestions:
    """How near what is asked in each step is to the questions of each heading."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._spoken = material.shared(Spoken)
        self._meant = material.shared(Meant)
        self.heard = np.array([step.asks for _, step in material.steps])
        likeness = material.shared(Likeness)
        column = {heading.key: n for n, heading in enumerate(material.headings)}
        self._matches: dict[int, dict[int, Match]] = {}
        by_words = np.zeros((len(material.steps), len(column)))
        for n in np.flatnonzero(self.heard).tolist():
            talk, step = material.steps[n]
            self._matches[n] = {column[key]: match for key, match in likeness.matches(talk, step).items()}
            for at, match in self._matches[n].items():
                by_words[n, at] = match.likeness
        self.strength: Floats = standard(by_words, self.heard, Prior(*USUAL_BY_WORDS, USUAL_STEPS))
        heard = self.heard & self._spoken.heard
        if heard.any():
            near = [self._near(self._spoken.sentences, n) for n in range(len(column))]
            by_meaning = self._spoken.best(np.array(near, np.float32).T)
            self.strength = (self.strength + standard(by_meaning, heard, Prior(*USUAL_BY_MEANING, USUAL_STEPS))) / 2
        self.asks = self.heard
        self.clear = self.asks & (self.strength.max(axis=1) >= OF_THE_SCHEDULE)
        self.heard = self._heard_on()

    def _heard_on(self) -> NDArray[np.bool_]:
        """Let answers and follow-ups have a share in what was asked; gives the steps that have a word of it."""
        heard = self.asks.copy()
        for first, end in pairwise(self._material.bounds):
            asked: Floats | None = None
            for n in range(first, end):
                if self.clear[n]:
                    asked = self.strength[n].copy()
                elif self._material.kinds[n] == Kind.ASKS:
                    asked = None
                elif asked is not None:
                    self.strength[n] = np.maximum(self.strength[n], HEARD_ON * asked)
                    heard[n] = True
        return heard

    def likeness(self, step: int, heading: int) -> float:
        """How near, by words; 0 where nothing is common."""
        match = self._matches.get(step, {}).get(heading)
        return match.likeness if match else 0.0

    def evidence(self, step: int, heading: int) -> Evidence | None:
        """The sentence that asks and the wording it is near to; where none is clear, the turn's last sentence."""
        if not self.asks[step]:
            return None
        _, place = self._material.steps[step]
        match = self._matches[step].get(heading)
        if match and match.likeness >= CLEAR:
            return Evidence(Question.name, match.field, match.item, place.turn, spans=(match.span,))
        first, last = self._spoken.first[step], self._spoken.first[step + 1]
        near = self._near(self._spoken.sentences[first:last], heading)
        if len(near) and near.max() >= CLEAR_MEANING:
            at = int(near.argmax())
            fields, vectors = self._asked(heading)
            field, item = fields[int(np.argmax(vectors @ self._spoken.sentences[first + at]))]
            return Evidence(Question.name, field, item, place.turn, spans=(place.sentences[at],))
        return Evidence(Question.name, "", 0, place.turn, spans=(place.sentences[-1],))

    def _near(self, sentences: Singles, heading: int) -> Singles:
        """For each sentence its cosine with the nearest question or prompt of a heading."""
        _, vectors = self._asked(heading)
        if not len(vectors):
            return np.zeros(len(sentences), np.float32)
        near: Singles = (sentences @ vectors.T).max(axis=1)
        return near

    def _asked(self, heading: int) -> tuple[list[tuple[str, int]], Singles]:
        fields, vectors = self._meant.wordings[heading]
        asked = [n for n, (field, _) in enumerate(fields) if field in ASKED]
        return [fields[n] for n in asked], vectors[asked]
