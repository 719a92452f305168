"""A transcript on the terminal: the talk on the left, its headings beside it. Signs tell, colours only help."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Protocol

SIGNS = {"decided": "●", "not": "✗", "disputed": "≠", "proposed": "○", "nothing applies": "∅"}
LEGEND = "● decided   ○ proposed by the machine   ≠ disputed   ✗ does not apply   ∅ nothing applies"
_COLOURS = {"decided": "1", "not": "2", "disputed": "31", "proposed": "36", "nothing applies": "2"}
_NARROW = 60  # columns below which headings stand under the talk


class Mark(Protocol):
    @property
    def word(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def evidence(self) -> tuple[str, ...]: ...


class Block(Protocol):
    @property
    def reference(self) -> str: ...
    @property
    def speaker(self) -> str: ...
    @property
    def is_data(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def marks(self) -> Sequence[Mark]: ...


def page(blocks: Iterable[Block], width: int | None = None, colour: bool | None = None) -> str:
    """The blocks as lines of at most `width` columns; width and colour of this terminal where they are not given."""
    width = width or shutil.get_terminal_size((100, 24)).columns
    colour = sys.stdout.isatty() if colour is None else colour
    lines = [LEGEND, ""]
    for block in blocks:
        lines += _block(block, width, colour)
    return "\n".join(line.rstrip() for line in lines)


def _block(block: Block, width: int, colour: bool) -> list[str]:
    left = width if width < _NARROW or not block.marks else width * 11 // 20
    head = f"{block.reference}  {block.speaker}" + ("" if block.is_data else " (context)")
    talk = [head, *_wrapped(block.text, left - 4, "  ")]
    beside = [line for mark in block.marks for line in _mark(mark, width - left if left < width else width - 4)]
    if left == width:
        return [*talk, *(_paint(word, f"    {line}", colour) for word, line in beside), ""]
    rows = max(len(talk), len(beside))
    talk += [""] * (rows - len(talk))
    padded = beside + [("", "")] * (rows - len(beside))
    return [
        *(f"{text:<{left}}{_paint(word, line, colour)}" for text, (word, line) in zip(talk, padded, strict=True)),
        "",
    ]


def _mark(mark: Mark, width: int) -> list[tuple[str, str]]:
    """(word, line): the heading, and its evidence below."""
    lines = _wrapped(f"{SIGNS.get(mark.word, ' ')} {mark.text}", width, "", hang="  ")
    for told in mark.evidence:
        lines += _wrapped(told, width - 4, "    ")
    return [(mark.word, line) for line in lines]


def _wrapped(text: str, width: int, indent: str, hang: str = "") -> list[str]:
    lines = []
    for paragraph in text.split("\n"):
        lines += textwrap.wrap(paragraph, max(20, width), initial_indent=indent, subsequent_indent=indent + hang) or [
            ""
        ]
    return lines


def _paint(word: str, line: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS[word]}m{line}\x1b[0m" if colour and word in _COLOURS else line
