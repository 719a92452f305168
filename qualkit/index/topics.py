"""Which heading the interviewer is on at each turn: a hidden Markov chain over the headings of the schedule.

Rabiner 1989, doi 10.1109/5.18626 (forward-backward). What is heard at an interviewer's turn is its likeness to the
schedule's questions and the words of the answer until the next one. Between turns the topic stays (a turn of few
words is a follow-up), goes to the next heading of the schedule, skips ahead, or goes back: interviewers follow a
schedule more often than not. A framework without questions is no schedule, and its order says nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualkit.index.bm25 import Bm25
from qualkit.index.likeness import Likeness, Match
from qualkit.index.material import Material, Talk, Term
from qualkit.model.transcripts import Turn

Floats = NDArray[np.float64]

# Natural logarithms of relative chances, set on the sample study's gold and the public development sets.
NEAR_WEIGHT = 9.0  # a sentence that is a question of the schedule
OWN_WEIGHT = 3.0  # a sentence made of a heading's words
ANSWER_WEIGHT = 1.0  # an answer in a heading's words, 1 being usual
NO_TOPIC = 1.5  # that none of the schedule is the topic
NO_TOPIC_OF_LABELS = -1.0  # the same where headings have no questions, so that little can be heard of them
UNASKED = -5.0  # a heading that the schedule does not put to this group
SKIP, SKIP_FURTHER = -1.2, -0.25  # ahead by more than one heading
RETURN, RETURN_FURTHER = -3.0, -0.1  # back to an earlier heading
LEAVE = -3.0  # to no topic at all
OTHER = -1.0  # to any other heading where there is no order
STAYING = -2.0  # the topic stays although the turn has as many words of its own as a question
FEW_WORDS = -3.0  # the topic changes although the turn has none
A_QUESTION = 4  # words with a topic that a question has


@dataclass(frozen=True)
class Topics:
    """For each of the interviewer's turns: the chance of each heading, and the wording that its talk is nearest to."""

    turns: tuple[Turn, ...]
    chances: Floats  # turns x (headings, and last: no topic)
    matches: tuple[dict[str, Match], ...]


class Interviewer:
    """Reads the topics of a study's talks. `keys` are the headings, in the order of the columns of `chances`."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._likeness = Likeness(material)
        self._measure = material.shared(Bm25)
        self.keys = [heading.key for heading in material.headings]
        self._column = {key: n for n, key in enumerate(self.keys)}
        self._ordered = any(heading.questions for heading in material.headings)
        self._changes = _changes(len(self.keys), self._ordered)
        self._known: dict[str, Topics] = {}

    def topics(self, talk: Talk) -> Topics:
        """The topics of a talk, read once."""
        if talk.version not in self._known:
            self._known[talk.version] = self._read(talk)
        return self._known[talk.version]

    def _read(self, talk: Talk) -> Topics:
        turns = tuple(turn for turn in talk.turns if turn.speaker in talk.asking)
        heard, matches = np.zeros((len(turns), len(self.keys) + 1)), []
        for n, turn in enumerate(turns):
            until = turns[n + 1].n if n + 1 < len(turns) else talk.turns[-1].n + 1
            heard[n], matched = self._heard(talk, turn, until)
            matches.append(matched)
        newness = np.array([len({term.term for term in self._said(talk, turn)}) for turn in turns])
        return Topics(turns, self._chances(heard, newness), tuple(matches))

    def _heard(self, talk: Talk, turn: Turn, until: int) -> tuple[Floats, dict[str, Match]]:
        row = np.zeros(len(self.keys) + 1)
        row[-1] = NO_TOPIC if self._ordered else NO_TOPIC_OF_LABELS
        near, own = self._likeness.matches(talk, turn)
        for matches, weight in ((near, NEAR_WEIGHT), (own, OWN_WEIGHT)):
            for key, match in matches.items():
                row[self._column[key]] += weight * match.likeness
        answer = [term for n in range(turn.n, until - 1) for term in self._answer(talk, talk.turns[n])]
        for key, strength in self._measure.strengths(talk, answer).items():
            row[self._column[key]] += ANSWER_WEIGHT * strength
        for n, heading in enumerate(self._material.headings):
            row[n] += 0.0 if self._material.may_be_asked(heading, talk) else UNASKED
        return row, own | near

    def _answer(self, talk: Talk, turn: Turn) -> Sequence[Term]:
        return self._said(talk, turn) if turn.speaker in talk.speaking else ()

    def _said(self, talk: Talk, turn: Turn) -> Sequence[Term]:
        return self._material.terms(talk, turn.start, turn.end)

    def _chances(self, heard: Floats, newness: NDArray[np.int64]) -> Floats:
        """Forward-backward over the interviewer's turns, in logarithms."""
        count = len(heard)
        if not count:
            return heard
        forward, backward = np.zeros_like(heard), np.zeros_like(heard)
        forward[0] = _start(len(self.keys), self._ordered) + heard[0]
        steps = [_step(self._changes, int(words)) for words in newness]
        for n in range(1, count):
            forward[n] = np.logaddexp.reduce(forward[n - 1][:, None] + steps[n], axis=0) + heard[n]
        for n in range(count - 2, -1, -1):
            backward[n] = np.logaddexp.reduce(steps[n + 1] + (heard[n + 1] + backward[n + 1])[None, :], axis=1)
        both = forward + backward
        chances: Floats = np.exp(both - np.logaddexp.reduce(both, axis=1)[:, None])
        return chances


def _changes(headings: int, ordered: bool) -> Floats:
    """From topic (row) to topic (column); the last of both is no topic."""
    places = np.arange(headings)
    ahead = places[None, :] - places[:, None]
    table = np.zeros((headings + 1, headings + 1))
    if ordered:
        further = SKIP + SKIP_FURTHER * (ahead - 2)
        table[:-1, :-1] = np.where(ahead < 0, RETURN - RETURN_FURTHER * ahead, np.where(ahead > 1, further, 0.0))
        table[-1, :-1] = SKIP_FURTHER * places
    else:
        table[:-1, :-1] = np.where(ahead == 0, 0.0, OTHER - np.log(max(1, headings)))
        table[-1, :-1] = -np.log(max(1, headings))
    table[:-1, -1] = LEAVE
    return table


def _start(headings: int, ordered: bool) -> Floats:
    """Talks begin with no topic (welcome, consent), or near the start of the schedule."""
    row = np.zeros(headings + 1)
    row[:-1] = LEAVE + (SKIP_FURTHER * np.arange(headings) if ordered else -np.log(max(1, headings)))
    return row


def _step(changes: Floats, words: int) -> Floats:
    """`changes` before a turn that has so many words with a topic."""
    stays = np.eye(len(changes), dtype=bool)
    like_a_question = min(1.0, words / A_QUESTION)
    step: Floats = changes + np.where(stays, STAYING * like_a_question, FEW_WORDS * (1 - like_a_question))
    step[-1, -1] = changes[-1, -1]  # talk of something else has words of its own
    return step
