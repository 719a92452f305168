"""Question: an answer belongs where the question belongs that the interviewer was asking, through its follow-ups."""

from bisect import bisect_left

from qualkit.index.interface import Vote, Votes
from qualkit.index.likeness import Match
from qualkit.index.material import Material, Talk
from qualkit.index.topics import Interviewer, Topics
from qualkit.model.index import Asking, Evidence, Passage

LIKELY = 0.05  # a topic with a smaller chance is not told
SURE = 0.5  # from here a heading counts as asked
CLEAR = 0.3  # likeness from which a sentence is shown as the question; else the turn's last sentence is


class Question:
    name = "question"
    version = "2"

    def askings(self, material: Material) -> list[Asking]:
        """Where each topic of the schedule was put, and how long it stayed the topic."""
        interviewer = material.shared(Interviewer)
        return [asking for talk in material.talks for asking in _askings(interviewer, talk)]

    def votes(self, material: Material) -> Votes:
        interviewer = material.shared(Interviewer)
        found: dict[Passage, dict[str, Vote]] = {}
        for talk in material.talks:
            topics = interviewer.topics(talk)
            numbers = [turn.n for turn in topics.turns]
            for passage in talk.passages:
                at = bisect_left(numbers, passage.turn) - 1
                if at >= 0:
                    votes = self._votes_at(interviewer, topics, at)
                    if votes:
                        found[passage] = votes
        return found

    def _votes_at(self, interviewer: Interviewer, topics: Topics, at: int) -> dict[str, Vote]:
        chances = topics.chances[at]
        likely = [n for n in range(len(interviewer.keys)) if chances[n] >= LIKELY]
        return {
            interviewer.keys[n]: Vote(float(chances[n]), self._evidence(interviewer.keys[n], n, topics, at))
            for n in likely
        }

    def _evidence(self, key: str, column: int, topics: Topics, at: int) -> Evidence:
        put = _put(topics, column, at, key)
        field, item, span = _shown(topics, key, put)
        return Evidence(self.name, field, item, topics.turns[put].n, at - put, spans=(span,))


def _put(topics: Topics, column: int, at: int, key: str) -> int:
    """The turn that put the topic which lasts until `at`: the nearest to the schedule's words, else the first."""
    first = at
    while first > 0 and topics.chances[first - 1][column] >= SURE:
        first -= 1
    asked = [n for n in range(first, at + 1) if _likeness(topics, key, n) >= CLEAR]
    return max(asked, key=lambda n: _likeness(topics, key, n), default=first)


def _likeness(topics: Topics, key: str, at: int) -> float:
    match = topics.matches[at].get(key)
    return match.likeness if match else 0.0


def _shown(topics: Topics, key: str, put: int) -> tuple[str, int, tuple[int, int]]:
    """The wording that a turn is near to and the sentence; where none is clear, the turn's last sentence."""
    match: Match | None = topics.matches[put].get(key)
    if match and match.likeness >= CLEAR:
        return match.field, match.item, match.span
    turn = topics.turns[put]
    return "", 0, (turn.sentences[-1] if turn.sentences else turn.start, turn.end)


def _askings(interviewer: Interviewer, talk: Talk) -> list[Asking]:
    topics = interviewer.topics(talk)
    found: list[Asking] = []
    last = talk.turns[-1].n if talk.turns else 0
    before = -1
    for at, turn in enumerate(topics.turns):
        column = int(topics.chances[at].argmax())
        until = topics.turns[at + 1].n - 1 if at + 1 < len(topics.turns) else last
        if column == len(interviewer.keys) or topics.chances[at][column] < SURE:
            before = -1
            continue
        if column == before:
            old = found[-1]
            found[-1] = Asking(old.version, old.heading, old.turn, until, old.field, old.item, old.span)
        else:
            key = interviewer.keys[column]
            field, item, span = _shown(topics, key, at)
            found.append(Asking(talk.version, key, turn.n, until, field, item, span))
        before = column
    return found
