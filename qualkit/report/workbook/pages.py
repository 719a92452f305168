"""How a wide sheet is printed: on pages that begin with the same leading columns, at a scale that can be read."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = (
    1045 * 0.925
)  # pixels between the margins of A4 landscape at 100 %; LibreOffice makes columns 6 % wider than Excel
LEAST = 70  # per cent; smaller is not legible


@dataclass(frozen=True)
class Spread:
    """`repeated` leading columns stand on every page; a page begins with each column of `breaks`."""

    scale: int
    repeated: int
    breaks: tuple[int, ...]


def spread(pixels: Sequence[int], repeated: int, most: int = 100, least: int = LEAST) -> Spread:
    """Share columns out over as few pages as the least scale allows, then print as large as that many pages allow."""
    fewest = _breaks(pixels, repeated, least)
    for scale in range(most, least, -1):
        breaks = _breaks(pixels, repeated, scale)
        if len(breaks) == len(fewest):
            return Spread(scale, repeated if breaks else 0, breaks)
    return Spread(least, repeated if fewest else 0, fewest)


def _breaks(pixels: Sequence[int], repeated: int, scale: int) -> tuple[int, ...]:
    room = WIDTH * 100 / scale
    lead = sum(pixels[:repeated])
    used, breaks = lead, []
    for column in range(repeated, len(pixels)):
        if used + pixels[column] > room and used > lead:
            breaks.append(column)
            used = lead
        used += pixels[column]
    return tuple(breaks)
