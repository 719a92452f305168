"""Where a decision's span lies in a corrected text: the old text is laid on the new one, word by word.

All places are code points, ends are exclusive.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualkit.index.laying import Link, Words, core, laid
from qualkit.model.transcripts import Turn

MOVED = 3  # so many words, found once in each text, are known wherever they stand; "yes" never jumps


@dataclass(frozen=True)
class Anchor:
    """Where a span lies in the corrected text; `same`: its words are what they were (white space aside)."""

    start: int
    end: int
    same: bool


class Alignment:
    """The old text laid on the new one, word by word; made once a pair of texts, asked once a span."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = Words(old), Words(new)
        self._links = laid(self._old, self._new)

    def anchor(self, start: int, end: int) -> Anchor | None:
        """Where the span lies in the new text. None where nothing of the span's words is left.

        1. Its words stand there unchanged and in a row: there, same. A bound inside a word stays inside it.
        2. Its words, three at least, stand in a row once in each text: there, same.
        3. From the first to the last of its words that is kept or corrected, with what was put in between: not same.
           Of a corrected word of which the span has a part, the letters of that part that are left.

        White space at its ends is kept as far as the new text has it. Raises ValueError for an empty span or one
        outside the text.
        """
        if not 0 <= start < end <= len(self._old.text):
            raise ValueError(f"no span of the text: {start} to {end}")
        first, last = self._old.touched(start, end)
        if first >= last:
            return self._blank(start, end, first)
        links = self._links_of(first, last)
        if _unbroken(links, first, last):
            return self._same(start, end, first, last, links[0].to_first + first - links[0].first)
        if last - first >= MOVED:
            words = self._old.words[first:last]
            to = self._new.once(words)
            if to is not None and self._old.once(words) is not None:
                return self._same(start, end, first, last, to)
        parts = [part for link in links if (part := self._part(link, start, end))]
        return Anchor(parts[0][0], parts[-1][1], same=False) if parts else None

    def _links_of(self, first: int, last: int) -> list[Link]:
        begin = bisect_right(self._links, first, key=lambda link: link.last)
        end = bisect_left(self._links, last, key=lambda link: link.first)
        return self._links[begin:end]

    def _same(self, start: int, end: int, first: int, last: int, to: int) -> Anchor:
        """A span whose words, `first` to `last`, stand unchanged from the word `to` of the new text on."""
        old, new, to_last = self._old, self._new, to + last - first
        new_start = new.starts[to] + max(0, start - old.starts[first])
        new_end = new.ends[to_last - 1] - max(0, old.ends[last - 1] - end)
        if start < old.starts[first] and self._meet(first, to):
            new_start = self._in_gap(start, first, to)
        if end > old.ends[last - 1] and self._meet(last, to_last):
            new_end = self._in_gap(end, last, to_last)
        return Anchor(new_start, new_end, same=True)

    def _blank(self, start: int, end: int, n: int) -> Anchor | None:
        """A span of white space alone, before the old word `n`."""
        to = self._word(n)
        if to is None or not self._meet(n, to):
            return None
        new_start, new_end = self._in_gap(start, n, to), self._in_gap(end, n, to)
        return Anchor(new_start, new_end, same=True) if new_start < new_end else None

    def _part(self, link: Link, start: int, end: int) -> tuple[int, int] | None:
        """What stands in the new text for the part of a link that the span covers."""
        old, new = self._old, self._new
        if link.same:
            first, last = old.touched(start, end)
            first, last = max(first, link.first), min(last, link.last)
            start, end = max(start, old.starts[first]), min(end, old.ends[last - 1])
            there = self._same(start, end, first, last, link.to_first + first - link.first)
            return there.start, there.end
        low, to_low = old.starts[link.first], new.starts[link.to_first]
        whole, to_whole = old.text[low : old.ends[link.last - 1]], new.text[to_low : new.ends[link.to_last - 1]]
        covered = _stands_for(whole, to_whole, max(0, start - low), min(len(whole), end - low))
        return (to_low + covered[0], to_low + covered[1]) if covered else None

    def _word(self, n: int) -> int | None:
        """The new word that the old word `n` is, unchanged; the end of one text is the end of the other."""
        if n == len(self._old.words):
            return len(self._new.words)
        links = self._links_of(n, n + 1)
        return links[0].to_first + n - links[0].first if links and links[0].same else None

    def _meet(self, n: int, to: int) -> bool:
        """Whether the white space before old word `n` and before new word `to` lies between the same words."""
        if n == 0 or to == 0:
            return n == to and self._word(n) == to
        return self._word(n - 1) == to - 1 and self._word(n) == to

    def _in_gap(self, at: int, n: int, to: int) -> int:
        """A place in the white space before old word `n`, in that before new word `to`."""
        low, _ = self._old.gap(n)
        to_low, to_high = self._new.gap(to)
        return min(to_low + at - low, to_high)


def same_words(old: str, new: str) -> bool:
    """Whether two texts differ in white space only."""
    return old.split() == new.split()


def laid_on(turns: Sequence[Turn], given: str, standing: str) -> tuple[Turn, ...]:
    """Turns of the text `given` as turns of `standing`, which has the same words.

    Start, end and sentence starts move with their words, everything else is kept. Raises ValueError where the words
    are not the same.
    """
    if not same_words(given, standing):
        raise ValueError("the texts differ in more than white space")
    old, new = Words(given), Words(standing)

    def starts(at: int) -> int:
        n, _ = old.touched(at, len(given))
        return new.starts[n] + max(0, at - old.starts[n])

    def ends(at: int) -> int:
        _, n = old.touched(0, at)
        return new.ends[n - 1] - max(0, old.ends[n - 1] - at)

    return tuple(
        replace(turn, start=starts(turn.start), end=ends(turn.end), sentences=tuple(map(starts, turn.sentences)))
        for turn in turns
    )


def _unbroken(links: Sequence[Link], first: int, last: int) -> bool:
    """Whether the links lay the words `first` to `last` on the same words in a row."""
    return (
        bool(links)
        and all(link.same for link in links)
        and links[0].first <= first
        and last <= links[-1].last
        and all(one.last == two.first and one.to_last == two.to_first for one, two in pairwise(links))
    )


def _stands_for(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Start and end in `new` of what stands for a part of `old`, which `new` as a whole stands for.

    All of it, with or without the outer punctuation, for all of `old`, with or without its own; otherwise from the
    first to the last letter of the part that is left, in either case.
    """
    low, high = core(old)
    if start <= low and high <= end:
        to_low, to_high = core(new)
        return to_low if start > 0 else 0, to_high if end < len(old) else len(new)
    from rapidfuzz.distance import Indel

    kept = []
    for row in Indel.opcodes(_lower(old), _lower(new)):
        first, last = max(row.src_start, start), min(row.src_end, end)
        if row.tag == "equal" and first < last:
            kept.append((first - row.src_start + row.dest_start, last - row.src_start + row.dest_start))
    return (kept[0][0], kept[-1][1]) if kept else None


def _lower(text: str) -> str:
    """In small letters, at the same places: some capitals become two small letters, and stay."""
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
