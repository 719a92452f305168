"""One worksheet: everything that is written goes through here, so that text stays text and rows are high enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qualkit.model.workbook import cell_text, units
from qualkit.report.workbook.pages import Spread
from qualkit.report.workbook.pieces import Run
from qualkit.report.workbook.styles import FONT, Styles

LINE_HEIGHT = 12.75  # points of one line in Excel
FOLDED = 90  # pixels of a hidden column, when someone shows it
TALLEST = 409.0  # points of a row in Excel


def soft_rows() -> Any:
    """A worksheet class whose rows have the height we computed, but not for good.

    XlsxWriter marks every height as the user's own. Without that mark Excel opens the sheet just so, and fits a row
    anew when it is sorted or someone types into it; LibreOffice fits all rows when it opens the file.
    """
    from xlsxwriter.worksheet import Worksheet

    class SoftRows(Worksheet):  # type: ignore[misc, unused-ignore]
        def _xml_start_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
            super()._xml_start_tag_unencoded(tag, _unmarked(tag, attributes))

        def _xml_empty_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
            super()._xml_empty_tag_unencoded(tag, _unmarked(tag, attributes))

    return SoftRows


def _unmarked(tag: str, attributes: Any) -> Any:
    return [pair for pair in attributes or () if tag != "row" or pair[0] != "customHeight"]


@dataclass(frozen=True)
class Around:
    """What stands above and below each printed page."""

    study: str
    title: str
    day: str
    tool: str
    foot: str = ""


class Sheet:
    """A worksheet and the styles of its workbook. Rows and columns count from 0."""

    def __init__(self, worksheet: Any, styles: Styles) -> None:
        self.raw = worksheet
        self.styles = styles

    def put(self, row: int, column: int, text: str, cell: str = "body", run: str = "plain") -> None:
        """Write text as text: never a formula, a number or a link."""
        self._put(row, column, [Run(run, cell_text(text))] if text else [], cell)

    def put_runs(self, row: int, column: int, runs: Iterable[Run], cell: str = "body") -> None:
        """Write text in several styles into one cell."""
        self._put(row, column, _joined(runs), cell)

    def _put(self, row: int, column: int, pieces: list[Run], cell: str) -> None:
        if not pieces:
            self.raw.write_blank(row, column, None, self.styles.cell(cell))
            return
        if len(pieces) == 1 and not _like_markup(pieces[0].text):
            code = self.raw.write_string(row, column, pieces[0].text, self.styles.cell(cell, pieces[0].style))
        else:
            parts = [part for piece in _at_least_two(pieces) for part in (self.styles.run(piece.style), piece.text)]
            code = self.raw.write_rich_string(row, column, *parts, self.styles.cell(cell))
        if code:  # the writer's way to say that it left something out
            raise ValueError(f"cell {row}, {column} was not written: code {code}")

    def count(self, row: int, column: int, number: int, cell: str = "number") -> None:
        self.raw.write_number(row, column, number, self.styles.cell(cell))

    def height(self, row: int, lines: float) -> None:
        """Make a row high enough for so many lines."""
        self.raw.set_row(row, min(TALLEST, round((max(1.0, lines) * LINE_HEIGHT + 3) * 4 / 3) * 3 / 4))

    def hidden_row(self, row: int, names: Sequence[str]) -> None:
        for column, name in enumerate(names):
            self.put(row, column, name, "key", "small")
        self.raw.set_row(row, None, None, {"hidden": True})

    def widths(self, pixels: Sequence[int], hidden: int = 0, folded: range = range(0)) -> None:
        """Set all columns; the first `hidden` are hidden, `folded` ones open with a click on the + above them."""
        for column, width in enumerate(pixels):
            options: dict[str, int] = {"hidden": column < hidden}
            if column in folded:
                options = {"hidden": True, "level": 1}
            elif folded and column == folded.stop:
                options = {"collapsed": True}
            self.raw.set_column_pixels(column, column, width or FOLDED, None, options)

    def print_as(self, spread: Spread, head: tuple[int, int] | None, last: tuple[int, int], around: Around) -> None:
        """A4 landscape, over then down, with the head rows and the leading columns on every page.

        `last` is the last row and column.
        """
        raw = self.raw
        raw.set_landscape()
        raw.set_paper(9)
        raw.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        left, middle, right = _escaped(around.study, 70), _escaped(around.title, 110), _escaped(around.day, 12)
        raw.set_header(f'&L&8 {left}&C&"{FONT},Bold"&10 {middle}&R&8 {right}', {"margin": 0.3})
        foot = _escaped(around.foot, 120)
        raw.set_footer(f"&L&8 {_escaped(around.tool, 30)}&C&8 {foot}&R&8 &A, page &P of &N", {"margin": 0.3})
        if head:
            raw.repeat_rows(*head)
            # Above the head stand long lines: a page would cut them, and a further page would hold their ends.
            # What they say stands around each page instead.
            raw.print_area(head[0] if spread.breaks or around.foot else 0, 0, *last)
        if spread.repeated:
            raw.repeat_columns(0, spread.repeated - 1)
        raw.set_print_scale(spread.scale)
        if spread.breaks:
            raw.print_across()
            raw.set_v_pagebreaks(list(spread.breaks))
        raw.set_zoom(100)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one style made one, and nothing empty: the writer refuses empty stretches."""
    pieces: list[Run] = []
    for run in runs:
        text = cell_text(run.text)
        if text and pieces and pieces[-1].style == run.style:
            pieces[-1] = Run(run.style, pieces[-1].text + text)
        elif text:
            pieces.append(run if text == run.text else Run(run.style, text))
    return pieces


def _like_markup(text: str) -> bool:
    """XlsxWriter takes a text of this shape for its own markup and would write it raw."""
    return text.startswith("<r>") and text.endswith("</r>")


def _at_least_two(pieces: list[Run]) -> list[Run]:
    if len(pieces) > 1:
        return pieces
    only = pieces[0]
    return [Run(only.style, only.text[:1]), Run(only.style, only.text[1:])]


def _escaped(text: str, most: int) -> str:
    """For a page header, where & begins a code: at most so many signs of the 255 that the whole header may have."""
    text = cell_text(text).replace("\n", " ").strip()
    written = text.replace("&", "&&")
    while units(written) > most:
        text = text.removesuffix("…")[:-1] + "…"
        written = text.replace("&", "&&")
    return written
