"""What speaks for and against a label before anything is counted: its words, and the talk that it stands in."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import cached_property

from qualkit.ingest.interface import Line
from qualkit.ingest.speech.fields import is_name, says_field
from qualkit.ingest.speech.labels import Candidate, opens_with_time, with_time
from qualkit.ingest.speech.vocabulary import ARTICLES, KNOWN, OPENERS, OTHER, REMARKS, SHORT_LABELS, SOUNDS


class Standing(Enum):
    NAMED = auto()  # somebody, or the file itself, has named it
    KNOWN = auto()  # "Interviewer", "Participant 3": no speech opens with it
    PLAIN = auto()
    REMARK = auto()  # "Note", "Question 3", "Date of interview"
    OPENER = auto()  # "Well", "And I said"
    SOUND = auto()  # "inaudible"

    @property
    def doubtful(self) -> bool:
        """More often said than named: needs more than to recur."""
        return self in (Standing.REMARK, Standing.OPENER, Standing.SOUND)


class Talk:
    """The lines below the header, empty ones and rows of tables left aside, and what they tell of a label."""

    def __init__(self, lines: Sequence[Line], start: int, named: frozenset[str]) -> None:
        self.lines = lines
        self.filled = [n for n in range(start, len(lines)) if lines[n].text.strip() and lines[n].speaker is None]
        self._below = dict(zip(self.filled, self.filled[1:], strict=False))
        self._named = named

    def standing(self, label: str) -> Standing:
        """`label` is folded."""
        words = label.split()
        if label in self._named:
            return Standing.NAMED
        if says_field(label) or label in REMARKS or words[0] in REMARKS:
            return Standing.REMARK
        if words[0].rstrip("0123456789") in KNOWN or (
            len(words) == 2 and words[1] in KNOWN and words[0] not in OPENERS
        ):
            return Standing.KNOWN
        if words[0] in SOUNDS:
            return Standing.SOUND
        if words[0] in ARTICLES and len(words) > 1:
            return Standing.REMARK
        if words[0] in OPENERS and label not in OTHER:
            return Standing.OPENER
        return Standing.PLAIN

    def known(self, label: str) -> bool:
        """A well known label, the initials included that mean nothing until they recur or stand together."""
        return self.standing(label) is Standing.KNOWN or label.rstrip("0123456789 ") in SHORT_LABELS

    def looks_like_a_name(self, label: str) -> bool:
        """Capitals, and not a word that is said in this talk."""
        folded = label.casefold()
        return is_name(label) and not self.standing(folded).doubtful and self.everyday.isdisjoint(folded.split())

    @cached_property
    def everyday(self) -> frozenset[str]:
        """All words that this talk has in small letters: most names never are."""
        words: set[str] = set()
        for n in self.filled:
            words.update(re.findall(r"[^\W\d_]+", self.lines[n].text))
        return frozenset(word for word in words if word.islower())

    def below(self, n: int) -> int:
        """The next line that is not empty, -1 after the last."""
        return self._below.get(n, -1)

    def speech_below(self, n: int) -> bool:
        """Can a label that is alone on line `n` belong to the line below?"""
        below = self.below(n)
        if below < 0:
            return False
        text = self.lines[below].text
        return not opens_with_time(text) and with_time(text) is None

    def speaks(self, n: int, candidate: Candidate) -> bool:
        """Is what follows a label on line `n` said, not filled in as in a form?"""
        text = self.lines[n].text[candidate.start : candidate.stop].strip(" *_")
        return len(text.split()) > 12 or text.endswith((".", "?", "!", "…")) or not text


def pattern(label: str) -> str:
    """A label with its numbers left open: "p3" and "p12" have one pattern."""
    return re.sub(r"\d+", "#", label)
