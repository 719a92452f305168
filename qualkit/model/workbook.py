"""What the writer and the reader of a matrix workbook agree on: names of hidden things, and how text gets into a cell.

Everything that is read back is found by these names, never by position: rows are sorted, columns moved, sheets renamed.
No name and no key holds a row id, an event, a salt or a study id.
"""

import re
import unicodedata
from dataclasses import dataclass

FORMAT = 1  # of the workbook; a reader refuses a newer one
KEY_SHEET = "qualkit"  # very hidden

# The first row of each sheet is hidden and says what its columns are.
KEY = "qualkit:key"
WAS = "qualkit:was"
REFERENCE = "qualkit:reference"
TEXT = "qualkit:text"
DECISION = "qualkit:decision"
OTHER = "qualkit:"  # followed by any other column's name
ATTRIBUTE = "qualkit:attribute:"  # followed by its name
HEADING = "heading|"  # followed by the heading's key, above its column of a category's sheet

# Where a text goes on in another row of its list or cell, the first part ends and the second begins so.
GOES_ON = " … (continues)"
WENT_ON = "… "

CELL_LIMIT = 32_767  # in UTF-16 units, as Excel counts


@dataclass(frozen=True)
class RowKey:
    """The hidden key of a matrix row: the shown id of its case, and what stands in it ("summary", "extracts")."""

    shown: str
    kind: str
    part: int = 1  # a cell that overflows goes on in further rows

    def __str__(self) -> str:
        return f"{self.shown}|{self.kind}" + (f"|{self.part}" if self.part > 1 else "")

    @classmethod
    def parse(cls, written: str) -> "RowKey | None":
        match = re.fullmatch(r"(.+)\|(summary|extracts)(?:\|(\d{1,6}))?", written.strip(), re.DOTALL)
        return cls(match[1], match[2], int(match[3] or 1)) if match else None


@dataclass(frozen=True)
class KeyLine:
    """One line of the key sheet, by its first cell: a fact, a heading, a category's sheet, a case, or an index row."""

    kind: str
    values: tuple[str, ...]


# Kinds of lines, with what their cells hold.
FACT_FORMAT = "format"
FACT_BY = "by"
FACT_FINAL = "final"  # "yes" or "no"
FACT_CODER = "coder"
FACT_FRAMEWORK = "framework"  # key, version, sha256 of its canonical content
LINE_HEADING = "heading"  # number, key, name, name of its category
LINE_SHEET = "sheet"  # name of the sheet, key of the category
LINE_CASE = "case"  # shown id
LINE_ROW = "row"  # key of the span, what the Decision column said, keys of the headings proposed, best first


def part_of(key: str, part: int) -> str:
    """The hidden key of the `part`-th row that one entry of a list fills."""
    return key if part == 1 else f"{key}|{part}"


def parted(key: str) -> tuple[str, int]:
    """The key of the entry, and which of its rows this is."""
    match = re.fullmatch(r"(.+)\|(\d{1,6})", key.strip(), re.DOTALL)
    return (match[1], int(match[2])) if match else (key.strip(), 1)


_WIDE = re.compile("[\U00010000-\U0010ffff]")
# Signs that XML cannot carry. Excel's own escape (_x000D_) is not undone by every program, so they become visible.
_ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """Text as it stands in a cell. Line ends are line feeds; a control character becomes its picture (NUL is ␀).

    Doing it twice changes nothing. What is compared with a cell's text must have gone through here too.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # what looks like Excel's escape is told from one by an invisible sign: programs differ in how they write it
    return _FORBIDDEN.sub(_pictured, _ESCAPE.sub("_\u2060x", text))


def _pictured(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def units(text: str) -> int:
    """Length as Excel counts it: a sign beyond the basic plane (an emoji) counts twice."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def plain(text: str) -> str:
    """What someone typed, as it is compared: one kind of space, no invisible signs, no capitals."""
    text = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return re.sub(r"[^\S\n]+", " ", text).strip().casefold()
