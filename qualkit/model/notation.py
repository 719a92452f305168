"""The words of the Decision column: what stands, written out, and what someone typed, understood.

    yes         the first proposal                 1.2; 2.3    these (numbers, names or keys of headings)
    no          none of those proposed             not 1.2     this one does not apply
    none        reviewed, nothing applies          (blank)     undecided

Words and headings are joined with semicolons, commas or line breaks. Writing and reading share this one grammar.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualkit.model.labels import MARK, Labels, normal
from qualkit.model.workbook import plain

LONGEST = 2_000  # characters; more than anybody's decision


class Want(StrEnum):
    YES = "yes"
    NO = "no"
    NONE = "none"
    HEADINGS = "headings"
    CLEAR = "clear"


@dataclass(frozen=True)
class Wants:
    """What a Decision cell asks for. Of `yes` and `no` the headings are given too, as the reader had seen them."""

    kind: Want
    applies: tuple[str, ...] = ()  # keys of headings
    rejects: tuple[str, ...] = ()

    def same(self, other: "Wants") -> bool:
        """Whether both lead to the same decisions, however they are worded."""
        return self._meaning() == other._meaning()

    def _meaning(self) -> tuple[bool, frozenset[str], frozenset[str]]:
        return self.kind == Want.NONE, frozenset(self.applies), frozenset(self.rejects)


@dataclass(frozen=True)
class Unreadable:
    """Why a Decision cell was not understood. It never quotes the cell: people paste transcripts into cells."""

    what: str
    remedy: str


_WORDS = (Want.YES, Want.NO, Want.NONE)


def notation(
    applies: Iterable[str], rejects: Iterable[str], none: bool, proposed: Sequence[str], numbers: Mapping[str, str]
) -> str:
    """What stands, in the words of the Decision column.

    `numbers` are the numbers of headings by key, in the order of the framework. A heading that has no number of its
    own is written by its key.
    """
    order = {key: place for place, key in enumerate(numbers)}
    bearers = Counter(numbers.values())

    def written(keys: Iterable[str]) -> list[str]:
        listed = sorted(set(keys), key=lambda key: (order.get(key, len(order)), key))
        labels = [(numbers.get(key, ""), key) for key in listed]
        return [number if number and bearers[number] == 1 else key for number, key in labels]

    stands, falls = set(applies), set(rejects)
    words = [str(Want.NONE)] if none else []
    if not none and proposed and falls >= set(proposed) and not stands & set(proposed):
        words.append(str(Want.NO))
        falls -= set(proposed)
    return "; ".join([*words, *written(stands), *(f"not {label}" for label in written(falls))])


def parse(typed: str, labels: Labels, proposed: Sequence[str]) -> Wants | Unreadable:
    """What someone typed. `proposed` are the headings that stood beside the cell, best first."""
    if len(typed) > LONGEST:
        return Unreadable("is far longer than a decision", _HOW)
    if not plain(typed):
        return Wants(Want.CLEAR)
    items = _items(typed, labels)
    return items if isinstance(items, Unreadable) else _together(items, proposed)


_HOW = "Write yes, no, none, or numbers of the Headings sheet with semicolons between them, such as 1.2; 2.3."


@dataclass(frozen=True)
class _Item:
    word: str  # "yes", "no", "none", "applies", "rejects"
    heading: str = ""


def _items(typed: str, labels: Labels) -> list[_Item] | Unreadable:
    """The words and headings one after the other; the longest name that fits is taken first."""
    pieces = MARK.split(plain(typed))
    marks = MARK.findall(plain(typed))
    items: list[_Item] = []
    at = 0
    while at < len(pieces):
        if not pieces[at].strip():
            at += 1
            continue
        found, taken = _longest(pieces[at:], marks[at:], labels)
        if isinstance(found, Unreadable):
            return found
        if items and items[-1].word == "rejects" and found.word == "applies" and marks[at - 1] == ",":
            return Unreadable(
                'says "not" before several headings', "Write each with its own word: not 1.2; not 1.3, or 1.3; not 1.2."
            )
        items.append(found)
        at += taken
    return items or Unreadable("holds signs only", _HOW)


def _longest(pieces: Sequence[str], marks: Sequence[str], labels: Labels) -> tuple[_Item | Unreadable, int]:
    """What the first pieces say, and how many of them say it."""
    for taken in range(min(labels.pieces, len(pieces)), 0, -1):
        joined = pieces[0] + "".join(mark + piece for mark, piece in zip(marks, pieces[1:taken], strict=False))
        found = _item(normal(joined), labels)
        if found:
            return found, taken
    return _unknown(pieces[0].strip()), 1


def _item(label: str, labels: Labels) -> _Item | Unreadable | None:
    if label in _WORDS:
        return _Item(label)
    readings = [_Item("applies", key) for key in sorted(labels.find(label))]
    if label.startswith("not "):
        readings += [_Item("rejects", key) for key in sorted(labels.find(label.removeprefix("not ").strip()))]
    if len(readings) > 1:
        return Unreadable("names a heading in words that several share", "Write its number or key instead.")
    return readings[0] if readings else None


def _unknown(piece: str) -> Unreadable:
    number = piece.removeprefix("not ").strip()
    if re.fullmatch(r"\d{1,4}(\.\d{1,4}){0,5}", number):
        return Unreadable(f"holds {number}, which is no heading of this workbook", "See its Headings sheet.")
    return Unreadable("holds words that are neither a decision nor a heading of this workbook", _HOW)


def _together(items: Sequence[_Item], proposed: Sequence[str]) -> Wants | Unreadable:
    words = {item.word for item in items} & {str(word) for word in _WORDS}
    applies = dict.fromkeys(item.heading for item in items if item.word == "applies")
    rejects = dict.fromkeys(item.heading for item in items if item.word == "rejects")
    if not proposed and words & {"yes", "no"}:
        return Unreadable("says yes or no where nothing was proposed", "Write the number of a heading, or none.")
    if "yes" in words:
        applies = {proposed[0]: None, **applies}
    if "no" in words:
        rejects = {**dict.fromkeys(proposed), **rejects}
    if len(words) > 1 or ("none" in words and applies) or applies.keys() & rejects.keys():
        return Unreadable("says two things that exclude each other", "Keep one of them.")
    alone = len(set(items)) == 1 or "none" in words
    kind = Want(words.pop()) if words and alone else Want.HEADINGS
    return Wants(kind, tuple(applies), tuple(rejects))
