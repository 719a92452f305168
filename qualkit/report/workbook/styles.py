"""How the workbook looks. Decided and proposed differ by word and by style, so that a grey print tells them apart.

The machine's part is italic and grey throughout (proposed extracts, inferred emptiness); what a person decided stands
upright and black; what a person may type into is tinted.
"""

from typing import Any

FONT = "Arial"  # on Windows and Macs; LibreOffice shows Liberation Sans, which is exactly as wide
SIZE = 10
SMALL = 9

INK, GREY, LINE, RULE = "#000000", "#5A5A5A", "#BDBDBD", "#6E6E6E"
HEAD, TYPE, SOLID, WARN, QUIET = "#E1E6EB", "#FFF5D6", "#D3E2F0", "#F6DDD0", "#F4F4F4"

# Fonts within a cell.
RUNS: dict[str, dict[str, Any]] = {
    "plain": {},
    "bold": {"bold": True},
    "small": {"font_size": SMALL, "font_color": GREY},
    "bold small": {"font_size": SMALL, "bold": True},
    "mark": {"font_size": SMALL, "font_color": GREY, "bold": True},
    "decided": {},
    "proposed": {"italic": True, "font_color": GREY},
    "disputed": {},
    "head decided": {"bold": True, "font_size": SMALL},
    "head proposed": {"italic": True, "font_size": SMALL, "font_color": GREY},
    "head disputed": {"bold": True, "font_size": SMALL, "underline": 1},
    "context": {"font_size": SMALL, "font_color": "#44546A"},
    "inferred": {"italic": True, "font_size": SMALL, "font_color": GREY},
    "confirmed": {"font_size": SMALL},
    "link": {"underline": 1, "font_color": "#1F4E79"},
    "title": {"bold": True, "font_size": 14},
    "section": {"bold": True, "font_size": 12},
}

_GRID = {"border": 1, "border_color": LINE}

# Cells. Each has a wrapped text that begins at the top.
CELLS: dict[str, dict[str, Any]] = {
    "bare": {},
    "line": {"text_wrap": False, "valign": "vcenter"},
    "body": _GRID,
    "first": {**_GRID, "top": 2, "top_color": RULE},  # the first row of a case
    "who": {**_GRID, "bg_color": QUIET},
    "who first": {**_GRID, "bg_color": QUIET, "top": 2, "top_color": RULE},
    "typed": {**_GRID, "bg_color": TYPE, "num_format": "@"},  # text: 1.10 stays 1.10
    "typed first": {**_GRID, "bg_color": TYPE, "num_format": "@", "top": 2, "top_color": RULE},
    "head": {**_GRID, "bg_color": HEAD, "bottom": 2, "bottom_color": RULE},
    "band": {**_GRID, "bg_color": HEAD, "text_wrap": False},
    "band first": {**_GRID, "bg_color": HEAD, "text_wrap": False, "left": 2, "left_color": RULE},
    "key": {"text_wrap": False, "num_format": "@"},
    "number": {**_GRID, "align": "center"},
    "has decided": {**_GRID, "bg_color": SOLID},
    "has disputed": {**_GRID, "bg_color": WARN},
    "has proposed": _GRID,
    "has nothing": {**_GRID, "bg_color": QUIET},
}


def size_of(style: str) -> float:
    """The size of a style's font, in points."""
    return float(RUNS[style].get("font_size", SIZE))


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}

    def run(self, style: str) -> Any:
        """The font of a stretch of text within a cell."""
        return self._format("", style)

    def cell(self, cell: str, run: str = "plain") -> Any:
        """A cell, with the font of what stands in it."""
        return self._format(cell, run)

    def _format(self, cell: str, run: str) -> Any:
        if (cell, run) not in self._made:
            font = {"font_name": FONT, "font_size": SIZE, "font_color": INK, **RUNS[run]}
            base = {"text_wrap": True, "valign": "top", **CELLS[cell]} if cell else {}
            self._made[cell, run] = self._book.add_format({**base, **font})
        return self._made[cell, run]
