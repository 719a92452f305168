"""One text laid on another, word by word: which words of the new one stand for which of the old.

A word is a longest stretch without white space. The words are laid in steps, each between what the steps before have
settled: words that are the same; words that are the same but for case and outer punctuation; words that are spelt
alike where at most twelve stand for others (one for one, one for two or two for one); and what is left of at most
three words for as many, each for each ("agony" for "Paine"). The first step is for certain, the others are corrections.
A few common words that two stretches of unrelated talk happen to share are not laid on each other.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

SOLID = 4  # so many same words in a row are no accident (no pair of unrelated paragraphs of the sample has them)
SHARE = 3  # between solid rows: so many words changed for each one kept, and the kept ones are an accident
ALIKE = 12  # words up to which a changed stretch is searched for words that are spelt alike
WORTH = 0.2  # of the letters of a stretch: likeness below is an accident (nine in ten unrelated sentences stay below)
IN_ORDER = 3  # a changed stretch of at most so many words, for as many: each stands for each
CELLS = 10**8  # words times words up to which a longest common row is sought exactly; needs a bit for each

_Block = tuple[int, int, int, int]  # first and last word of the old text, first and last of the new


class Link(NamedTuple):
    """Words of the old text and what stands for them in the new; if `same`, word for word."""

    first: int
    last: int  # exclusive
    to_first: int
    to_last: int
    same: bool


class Words:
    """The words of a text and where they lie."""

    def __init__(self, text: str) -> None:
        found = list(re.finditer(r"\S+", text))
        self.text = text
        self.words = [each.group() for each in found]
        self.starts = [each.start() for each in found]
        self.ends = [each.end() for each in found]
        self._flat = f" {' '.join(self.words)} "

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """First and last (exclusive) of the words of which a span has a part; first >= last: it has none."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def gap(self, n: int) -> tuple[int, int]:
        """Start and end of the white space before word `n`."""
        return self.ends[n - 1] if n else 0, self.starts[n] if n < len(self.starts) else len(self.text)

    def once(self, words: Iterable[str]) -> int | None:
        """The word with which these words in a row begin; None where they stand nowhere or more than once."""
        sought = f" {' '.join(words)} "
        at = self._flat.find(sought)
        if at < 0 or self._flat.find(sought, at + 1) >= 0:
            return None
        return self._flat.count(" ", 0, at)

    def parts_before(self, n: int) -> int:
        """How clearly the talk is parted before word `n`: 2 at a line feed or an end, 1 at a sentence, else 0."""
        if n in (0, len(self.words)) or "\n" in self.text[self.ends[n - 1] : self.starts[n]]:
            return 2
        return int(self.words[n - 1].rstrip("\"')”’").endswith((".", "?", "!", "…")))


def laid(old: Words, new: Words) -> list[Link]:
    """All links, in the order of both texts."""
    rows = _slid(_likely(_rows(old.words, new.words), len(old.words), len(new.words)), old, new)
    links = [Link(i, i + count, j, j + count, same=True) for i, j, count in rows]
    for step in (_plain_alike, _spelt_alike, _in_order):
        links = _filled(links, old.words, new.words, step)
    return [link for link in links if link.first < link.last]


_Step = Callable[[Sequence[str], Sequence[str], _Block], Iterable[Link]]


def _filled(links: list[Link], old: Sequence[str], new: Sequence[str], step: _Step) -> list[Link]:
    """The links, with those that `step` finds in the stretches between them that have words in both texts."""
    found: list[Link] = []
    at = to = 0
    for link in [*links, Link(len(old), len(old), len(new), len(new), same=True)]:
        if at < link.first and to < link.to_first:
            found += step(old, new, (at, link.first, to, link.to_first))
        found.append(link)
        at, to = link.last, link.to_last
    return found[:-1]


def _plain_alike(old: Sequence[str], new: Sequence[str], block: _Block) -> Iterator[Link]:
    """Words that are the same but for case and outer punctuation."""
    first, last, to_first, to_last = block
    old_plain = [_plain(word) for word in old[first:last]]
    new_plain = [_plain(word) for word in new[to_first:to_last]]
    for i, j, count in _likely(_rows(old_plain, new_plain), len(old_plain), len(new_plain)):
        for n, to in zip(range(first + i, first + i + count), range(to_first + j, to_first + j + count), strict=True):
            yield Link(n, n + 1, to, to + 1, same=old[n] == new[to])


def _plain(word: str) -> str:
    low, high = core(word)
    return word[low:high].casefold()


def _spelt_alike(old: Sequence[str], new: Sequence[str], block: _Block) -> list[Link]:
    """Words of a short stretch and those spelt alike; of a long one only what stands at its beginning or its end.

    So a mended word is found beside a whole turn that was put in, and not somewhere within it.
    """
    first, last, to_first, to_last = block
    counts = last - first, to_last - to_first
    if min(counts) > ALIKE or max(counts) == 1:
        return []
    beginning = first, min(last, first + ALIKE), to_first, min(to_last, to_first + ALIKE)
    ending = max(first, last - ALIKE), last, max(to_first, to_last - ALIKE), to_last
    parts = dict.fromkeys([beginning, ending])
    worth, found = max((_likest(old, new, part) for part in parts), key=lambda each: each[0])
    letters = min(sum(map(len, old[first:last])), sum(map(len, new[to_first:to_last])))
    return found if worth >= WORTH * letters else []


def _likest(old: Sequence[str], new: Sequence[str], block: _Block) -> tuple[float, list[Link]]:
    """The likest pairs in order, and their worth: a point a common letter, less half a point for each other one."""
    first, last, to_first, to_last = block
    ways = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1))
    best: dict[tuple[int, int], tuple[float, int, int]] = {(first, to_first): (0, first, to_first)}
    for i in range(first, last + 1):
        for j in range(to_first, to_last + 1):
            for before, to_before in ((i - down, j - right) for down, right in ways):
                if (before, to_before) in best:
                    worth = best[before, to_before][0] + _likeness(old[before:i], new[to_before:j])
                    best[i, j] = max(best.get((i, j), (worth, before, to_before)), (worth, before, to_before))
    found = []
    i, j = last, to_last
    while (i, j) != (first, to_first):
        _, before, to_before = best[i, j]
        if before < i and to_before < j:
            found.append(Link(before, i, to_before, j, same=False))
        i, j = before, to_before
    return best[last, to_last][0], found[::-1]


def _likeness(old: Sequence[str], new: Sequence[str]) -> float:
    from rapidfuzz.distance import LCSseq

    if not old or not new:
        return 0
    one, two = "".join(old).casefold(), "".join(new).casefold()
    joined = len(old) + len(new) - 2  # costs a point: the next word may share a letter by accident
    return 2 * LCSseq.similarity(one, two) - (len(one) + len(two)) / 2 - joined


def _in_order(old: Sequence[str], new: Sequence[str], block: _Block) -> list[Link]:
    first, last, to_first, to_last = block
    if not last - first == to_last - to_first <= IN_ORDER:
        return []
    return [Link(first + n, first + n + 1, to_first + n, to_first + n + 1, same=False) for n in range(last - first)]


_Row = tuple[int, int, int]  # same words in a row: the first in the old text, the first in the new, how many


def _rows(old_words: Sequence[str], new_words: Sequence[str]) -> list[_Row]:
    """Rows of same words, as long and as many as can be had in the order of both texts.

    Rows of four words that each text has once are laid first, since a table over two whole books needs gigabytes.
    """
    numbers: dict[str, int] = {}  # whole numbers stand for words: rapidfuzz compares the hashes of anything else
    old, new = ([numbers.setdefault(word, len(numbers)) for word in words] for words in (old_words, new_words))
    found: list[_Row] = []
    at = to = 0
    for i, j in _milestones(old, new):
        found += [*_between(old, new, (at, i, to, j)), (i, j, 1)]
        at, to = i + 1, j + 1
    found += _between(old, new, (at, len(old), to, len(new)))
    return _joined(found)


def _joined(rows: Iterable[_Row]) -> list[_Row]:
    joined: list[_Row] = []
    for i, j, count in rows:
        if joined and i - joined[-1][2] == joined[-1][0] and j - joined[-1][2] == joined[-1][1]:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + count)
        else:
            joined.append((i, j, count))
    return joined


def _milestones(old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """First words of rows of four that each text has once: the most that stand in the same order in both."""
    there = _single(new)
    pairs = [(i, there[four]) for four, i in _single(old).items() if four in there]
    tails: list[int] = []  # the lowest place in `new` at which a row of so many pairs can end
    lengths = []
    for _, j in pairs:
        length = bisect_left(tails, j)
        tails[length : length + 1] = [j]
        lengths.append(length)
    found = []
    wanted, limit = len(tails) - 1, len(new)
    for (i, j), length in zip(reversed(pairs), reversed(lengths), strict=True):
        if length == wanted and j < limit:
            found.append((i, j))
            wanted, limit = wanted - 1, j
    return found[::-1]


def _single(words: Sequence[int]) -> dict[tuple[int, ...], int]:
    """Rows of four words that stand once, and where; in the order of the text."""
    places: dict[tuple[int, ...], int] = {}
    for n, four in enumerate(zip(words, words[1:], words[2:], words[3:], strict=False)):
        places[four] = -1 if four in places else n
    return {four: n for four, n in places.items() if n >= 0}


def _between(old: Sequence[int], new: Sequence[int], block: _Block) -> list[_Row]:
    """Rows of same words within a stretch: its common beginning, its common end, and the longest common row between.

    Too large a stretch has hardly anything in common; there the fewest exchanged words are sought, in little memory.
    """
    first, last, to_first, to_last = block
    begin, end = first, last
    while begin < end and begin - first < to_last - to_first and old[begin] == new[to_first + begin - first]:
        begin += 1
    head = begin - first
    while begin < end and to_first + head < to_last - (last - end) and old[end - 1] == new[to_last - (last - end) - 1]:
        end -= 1
    tail = last - end
    middle: list[_Row] = []
    a, b = old[begin:end], new[to_first + head : to_last - tail]
    if a and b:
        from rapidfuzz.distance import Indel, Levenshtein

        opcodes = Indel.opcodes(a, b) if len(a) * len(b) <= CELLS else Levenshtein.opcodes(a, b)
        middle = [
            (begin + row.src_start, to_first + head + row.dest_start, row.src_end - row.src_start)
            for row in opcodes
            if row.tag == "equal"
        ]
    rows = [(first, to_first, head), *middle, (end, to_last - tail, tail)]
    return [row for row in rows if row[2]]


def _likely(rows: Sequence[_Row], old_count: int, new_count: int) -> list[_Row]:
    """The rows without those that are an accident: few words kept among many changed ones, and never four in a row."""
    kept: list[_Row] = []
    loose: list[_Row] = []
    at = to = 0
    for i, j, count in [*rows, (old_count, new_count, SOLID)]:
        outer = (i == 0 and j == 0) or (i + count == old_count and j + count == new_count)
        if count < SOLID and not outer:
            loose.append((i, j, count))
            continue
        same = sum(row[2] for row in loose)
        if SHARE * same >= min(i - at, j - to) - same:
            kept += loose
        kept.append((i, j, count))
        loose, at, to = [], i + count, j + count
    return kept[:-1]


def _slid(rows: Sequence[_Row], old: Words, new: Words) -> list[_Row]:
    """The rows, with what was put in or taken out slid to where the talk is parted. Empty ones keep changes apart.

    "Yes, it did." put in before "Yes, now." is a new turn, and not "it did. Yes," within the old one.
    """
    slid = [[0, 0, 0], *([*row] for row in rows), [len(old.words), len(new.words), 0]]
    for before, after in pairwise(slid):
        end, to_end = before[0] + before[2], before[1] + before[2]
        if (end < after[0]) == (to_end < after[1]):
            continue
        text, low, high = (old, end, after[0]) if end < after[0] else (new, to_end, after[1])
        steps = _slides(text, low, high, before[2], after[2])
        step = max(steps, key=lambda step: (text.parts_before(low + step) + text.parts_before(high + step), -abs(step)))
        before[2] += step
        after[:] = after[0] + step, after[1] + step, after[2] - step
    return [(i, j, count) for i, j, count in slid]


def _slides(text: Words, low: int, high: int, left: int, right: int) -> list[int]:
    """By how many words the stretch `low` to `high` can be slid, so that what is left over reads the same."""
    steps = [0]
    while -steps[-1] < left and text.words[low + steps[-1] - 1] == text.words[high + steps[-1] - 1]:
        steps.append(steps[-1] - 1)
    steps.append(0)
    while steps[-1] < right and text.words[low + steps[-1]] == text.words[high + steps[-1]]:
        steps.append(steps[-1] + 1)
    return steps


def core(text: str) -> tuple[int, int]:
    """Where a text without its outer punctuation lies in it; all of it where it has no letter or digit."""
    found = re.search(r"\w(?:.*\w)?", text, re.DOTALL)
    return found.span() if found else (0, len(text))
