"""Meaning: a passage belongs where its sentences mean what the heading means (sentence vectors).

The passage's nearest sentence tells whether the heading comes up, the mean of its sentences what it is about as a
whole; both are put on the common scale and count alike.
"""

import numpy as np

from qualkit.index.interface import Floats, Reading, silent
from qualkit.index.material import Material
from qualkit.index.scale import standard
from qualkit.index.spoken import Spoken, unit
from qualkit.model.index import Evidence
from qualkit.model.schedule import Heading


class Meaning:
    name = "meaning"
    version = "1"

    def read(self, material: Material) -> Reading:
        return InMeaning(material) if material.encoder and material.steps and material.headings else silent(material)


class InMeaning:
    """What the sentences of each step mean beside what each heading means."""

    def __init__(self, material: Material) -> None:
        self._spoken = material.shared(Spoken)
        self._material = material
        self._headings = material.shared(Meant)
        near = self._spoken.sentences @ self._headings.vectors.T
        whole = self._spoken.steps @ self._headings.vectors.T
        self.heard = self._spoken.heard
        best = self._spoken.best(near)
        both = standard(best, self.heard) + standard(whole, self.heard)
        self.strength: Floats = standard(both, self.heard)

    def evidence(self, step: int, heading: int) -> Evidence | None:
        """The sentence that is nearest to the heading, and what in the heading it is nearest to."""
        first, last = self._spoken.first[step], self._spoken.first[step + 1]
        sentences = self._spoken.sentences[first:last]
        if not self.heard[step] or not self._headings.vectors[heading].any():
            return None
        at = int(np.argmax(sentences @ self._headings.vectors[heading]))
        wordings, vectors = self._headings.wordings[heading]
        field, number = wordings[int(np.argmax(vectors @ sentences[at]))]
        _, place = self._material.steps[step]
        return Evidence(Meaning.name, field, number, spans=(place.sentences[at],))


class Meant:
    """The headings as vectors. `vectors`: headings x size, zeros where the model knows no word of a heading.

    `wordings`: for each heading the field and number of each of its wordings, and their vectors.
    """

    def __init__(self, material: Material) -> None:
        wordings = [_wordings(heading) for heading in material.headings]
        texts = material.vectors([text for each in wordings for *_, text in each])
        self.wordings, topics, at = [], [], 0
        for each in wordings:
            vectors = texts[at : at + len(each)]
            at += len(each)
            fields = [(field, number) for field, number, _ in each]
            self.wordings.append((fields, vectors))
            # questions are what the interviewer says; what is said in answer is rather like the rest
            topics.append(vectors[[field in ("name", "keyword") for field, _ in fields]].sum(axis=0))
        self.vectors = unit(np.array(topics, np.float32))

    def unknown(self) -> list[int]:
        """The headings of which the model knows no word, by their numbers."""
        return [n for n, vector in enumerate(self.vectors) if not vector.any()]


def texts(heading: Heading) -> list[str]:
    """All that is asked of the language model about a heading."""
    return [text for *_, text in _wordings(heading)]


def _wordings(heading: Heading) -> list[tuple[str, int, str]]:
    """(field, number, text): the name with the definition, each question, each prompt, and the keywords together."""
    found = [("name", 1, f"{heading.name}. {heading.definition}")]
    found += [("question", n, text) for n, text in enumerate(heading.questions, 1)]
    found += [("prompt", n, text) for n, text in enumerate(heading.prompts, 1)]
    return [*found, ("keyword", 1, ", ".join(heading.keywords))] if heading.keywords else found
