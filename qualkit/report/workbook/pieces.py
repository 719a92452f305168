"""What a cell holds, as styled runs of text; and how it is shared out over rows where one cell cannot show it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualkit.model.workbook import CELL_LIMIT, GOES_ON, WENT_ON, cell_text, units
from qualkit.report.workbook.measure import fitting, lines


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    style: str
    text: str


@dataclass(frozen=True)
class Block:
    """One thing in a cell that is kept together where it fits: a heading line, and what stands below it."""

    body: tuple[Run, ...]
    head: str = ""
    head_style: str = ""
    again: str = ""  # the heading line of the further parts, where the body is parted


@dataclass(frozen=True)
class Share:
    """What one row shows of a cell."""

    runs: tuple[Run, ...]
    lines: int


@dataclass(frozen=True)
class Limits:
    """`full`: lines after which the next block goes to a new row; `most`: lines that a row can hold at all."""

    full: int = 20
    most: int = 27


MARK = "mark"  # style of what is ours and nobody's words
_SAFE = CELL_LIMIT - 200


def one_block(text: str, style: str) -> list[Block]:
    """A cell of plain text."""
    cleaned = cell_text(text).rstrip()
    return [Block((Run(style, cleaned),))] if cleaned else []


def shortened(text: str, pixels: float, most: int, where: str, size: float = 10) -> str:
    """At most so many lines of a text that stands in full on the sheet `where`, and says so where it is cut."""
    shares = share_out(one_block(text, ""), pixels, Limits(most, most), size)
    if len(shares) < 2:
        return text
    return text_of(shares[0].runs).removesuffix(GOES_ON).rstrip() + f" … (see {where})"


def text_of(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def share_out(blocks: Iterable[Block], pixels: float, limits: Limits, size: float = 10) -> list[Share]:
    """The rows that a cell takes, none for an empty one. No sign of any block is lost."""
    shares: list[Share] = []
    runs: list[Run] = []
    used = length = 0
    for block in blocks:
        for part, needs, long in _parts(block, pixels, limits.most, size):
            if runs and (used + needs > limits.full or length + long > _SAFE):
                shares.append(Share(tuple(runs), used))
                runs, used, length = [], 0, 0
            runs += [Run(MARK, "\n"), *part] if runs else part
            used += needs
            length += long
    return [*shares, Share(tuple(runs), used)] if runs else shares


def _parts(block: Block, pixels: float, most: int, size: float) -> Iterator[tuple[list[Run], int, int]]:
    """The block whole; or, where it is longer than a row, in parts that say so. With the lines and signs of each."""
    head, rest, went_on = block.head, list(block.body), ""
    while True:
        top = [Run(block.head_style, head + "\n")] if head else []
        above, ahead = (lines(head, pixels, size), units(head) + 1) if head else (0, 0)
        text = went_on + text_of(rest)
        room = max(2, most - above)
        start = [*top, Run(MARK, went_on)] if went_on else top
        if (length := units(text)) <= _SAFE and (needs := lines(text, pixels, size)) <= room:
            yield [*start, *rest], above + needs, ahead + length + 1
            return
        whole = text_of(rest)
        # room is kept for the marks that say that it goes on
        free = max(1, room - lines(GOES_ON, pixels, size) - bool(went_on))
        cut = _seam(whole, min(fitting(whole, pixels, free, size), _SAFE // 2))
        part = [*start, *_before(rest, cut), Run(MARK, GOES_ON)]
        said = text_of(part)
        yield part, lines(said, pixels, size), units(said) + 1
        rest = _after(rest, cut)
        head, went_on = block.again, WENT_ON


_SENTENCE = re.compile(r"[.!?…؟][\"'”’»)\]]*\s+|[。！？][」』”’]*")


def _seam(text: str, most: int) -> int:
    """Where to part a text of which `most` signs fit: after a sentence, else after a word, else anywhere legible."""
    ends = [match.end() for match in _SENTENCE.finditer(text, most // 2, min(len(text), most + 1))]
    if ends:
        return ends[-1]
    for place in range(most, most // 2, -1):
        if text[place - 1].isspace() or text[place : place + 1].isspace():
            return place
    while 1 < most < len(text) and unicodedata.category(text[most]) in ("Mn", "Mc", "Me", "Cf"):
        most -= 1  # a letter keeps its marks
    return max(1, most)


def _before(runs: Sequence[Run], cut: int) -> list[Run]:
    kept: list[Run] = []
    for run in runs:
        if cut <= 0:
            break
        kept.append(Run(run.style, run.text[:cut]))
        cut -= len(run.text)
    return kept


def _after(runs: Sequence[Run], cut: int) -> list[Run]:
    kept: list[Run] = []
    for run in runs:
        left = run.text[max(0, cut) :] if cut < len(run.text) else ""
        cut -= len(run.text)
        if left:
            kept.append(Run(run.style, left))
    return kept
