"""How much room text takes in a cell: lines at a column width. Rows that are too low cut text, so it errs upwards.

The widths are those of Arial (and of Liberation Sans, which LibreOffice uses in its place), in thousandths of the
font's size. Excel rounds them to whole pixels on the screen; `SAFETY` covers that.
"""

import unicodedata
from functools import lru_cache

SAFETY = 1.05
BOLD = 1.09  # how much wider bold text runs
POINT = 96 / 72  # pixels
BUTTON = 18  # pixels of a head that the filter's button takes
EDGE = 9  # pixels of a column that text cannot use

_WIDTHS = {
    191: "'",
    222: "ijl‘’",
    278: " !,./:;I[\\]ft·ÌÍÎÏìíîï|",
    333: "()-`r{}“”„",
    389: '*"•',
    500: "Jcksvxyzçýÿ^°",
    556: "#$0123456789?L_abdeghnopqu£§«»àáâãäåèéêëðñòóôõöùúûüþ–€",
    611: "+<=>~FTZ¿ßø",
    667: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    833: "GMmOQÒÓÔÕÖØ",
    1000: "%æWÆ—…@",
}
_SIGN = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_SIGN["\t"] = 4 * 278


@lru_cache(maxsize=4096)
def _sign(sign: str) -> int:
    known = _SIGN.get(sign)
    if known is not None:
        return known
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 1000 if unicodedata.east_asian_width(sign) in "WF" or sign > "\uffff" else 720


@lru_cache(maxsize=200_000)
def _word(word: str) -> int:
    return sum(map(_sign, word))


def _room(pixels: float, size: float) -> float:
    """Width of a cell in thousandths of the font's size."""
    return max(1000.0, (pixels - EDGE) / (size * POINT * SAFETY) * 1000)


def pixels_of(text: str, size: float = 10) -> float:
    """The width of a column that shows the text on one line."""
    return _word(text) / 1000 * size * POINT * SAFETY + EDGE


def lines(text: str, pixels: float, size: float = 10) -> int:
    """How many lines the text takes in a column of that many pixels."""
    room = _room(pixels, size)
    return sum(_wrapped(paragraph, room) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, room: float) -> int:
    count, used = 1, -278.0
    for width in map(_word, paragraph.split(" ")):
        reached = used + 278 + width
        if reached <= room:
            used = reached
            continue
        if used >= 0:
            count += 1
        count += int(width // room)  # a word wider than the cell is broken anywhere
        used = width % room
    return count


def fitting(text: str, pixels: float, limit: int, size: float = 10) -> int:
    """How many signs of the text fit into so many lines. At least one."""
    room = _room(pixels, size)
    left, at = limit, 0
    for paragraph in text.split("\n"):
        needs = _wrapped(paragraph, room)
        if needs > left:
            return max(1, at + _into(paragraph, room, left))
        left -= needs
        at += len(paragraph) + 1
    return len(text)


def _into(paragraph: str, room: float, left: int) -> int:
    """How far so many lines reach into a paragraph: to the end of a word, or into a word longer than all of them."""
    count, used, at = 1, -278.0, 0
    if left < 1:
        return 0
    for word in paragraph.split(" "):
        width = _word(word)
        if used + 278 + width <= room:
            used += 278 + width
        else:
            if used >= 0:
                count += 1
            if count > left or (count + int(width // room) > left and at):
                return at
            if count + int(width // room) > left:
                return _signs(word, room * (left - count + 1))
            count += int(width // room)
            used = width % room
        at += len(word) + 1
    return at


def _signs(word: str, room: float) -> int:
    used = 0
    for place, sign in enumerate(word):
        used += _sign(sign)
        if used > room:
            return place
    return len(word)
