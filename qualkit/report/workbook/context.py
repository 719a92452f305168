"""What the sheets of one workbook share: the book, the names of the sheets, and counts over the cells."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from qualkit.model.book import Book
from qualkit.model.chart import Cell, Emptiness, Extract
from qualkit.model.schedule import Category
from qualkit.report.workbook.naming import sheet_names
from qualkit.report.workbook.pages import Spread
from qualkit.report.workbook.sheet import Around, Sheet
from qualkit.report.workbook.styles import Styles

FIXED = ("Read me", "Index", "Coverage", "Headings", "Cases", "Transcripts", "Problems")


@dataclass
class Context:
    """Made once for a workbook. `sheet_of` gives the name of each category's sheet by the category's key."""

    book: Book
    workbook: Any
    styles: Styles
    rows_are_soft: Any
    sheet_of: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheet_of = sheet_names(self.book.matrix.framework.categories, FIXED)
        self.tally = _tally(self.book)

    @property
    def by_case(self) -> bool:
        return self.book.matrix.by == "case"

    @property
    def final(self) -> bool:
        return self.book.matrix.final

    @property
    def has_attributes(self) -> bool:
        """Whether the rows of the matrix tell what is known of their people."""
        return self.book.matrix.by != "group" and any(row.attributes for row in self.book.matrix.rows)

    @property
    def tool(self) -> str:
        return self.book.tool if self.book.tool.startswith("qualkit") else f"qualkit {self.book.tool}".strip()

    @property
    def framework(self) -> str:
        """Name and version of the framework, as a reader sees them."""
        framework = self.book.matrix.framework
        return f"{framework.name}, version {framework.version}" if framework.version else framework.name

    def sheet(self, name: str) -> Sheet:
        """Add a worksheet."""
        return Sheet(self.workbook.add_worksheet(name, worksheet_class=self.rows_are_soft), self.styles)

    def print_as(
        self,
        sheet: Sheet,
        spread: Spread,
        head: tuple[int, int] | None,
        last: tuple[int, int],
        title: str,
        foot: str = "",
    ) -> None:
        """Set up printing. `head` are the rows repeated on each page, `last` is the last row and column."""
        sheet.print_as(spread, head, last, Around(self.book.study, title, self.book.day, self.tool, foot))

    @property
    def in_print(self) -> str:
        """How decided and proposed are told apart, for the foot of a page."""
        return "decided: upright" + ("" if self.final else "; proposed: grey italics") + "; disputed: underlined"

    def full_name(self, category: Category) -> str:
        return f"{category.number} {category.name}".strip()


@dataclass(frozen=True)
class Tally:
    """Counts of one heading: different extracts by status, and rows of the matrix that have any decided."""

    extracts: Counter[str]
    rows: int

    @classmethod
    def none(cls) -> "Tally":
        return cls(Counter(), 0)


def _tally(book: Book) -> dict[str, Tally]:
    """By heading key. An exchange stands in the cells of several cases and is one extract."""
    found: dict[str, dict[tuple[str, int, int], str]] = {}
    rows: Counter[str] = Counter()
    for cell in book.matrix.cells.values():
        for extract in cell.extracts:
            found.setdefault(cell.heading, {})[extract.transcript, extract.start, extract.end] = extract.status
        rows[cell.heading] += any(extract.status == "decided" for extract in cell.extracts)
    return {key: Tally(Counter(extracts.values()), rows[key]) for key, extracts in found.items()}


def why_empty(cell: Cell | None) -> str:
    """The typed emptiness in words, with who says so; "" where the cell is not empty or nothing is known."""
    if cell is None or cell.emptiness is None:
        return ""
    return f"{cell.emptiness} ({cell.told})" if cell.told else str(cell.emptiness)


def is_mark(cell: Cell) -> bool:
    """Whether the cell's emptiness is none: the topic came up by itself."""
    return cell.emptiness is Emptiness.UNPROMPTED


def status_words(extract: Extract) -> str:
    """The status as printed: decided (one coder, another), exchange."""
    words = f"{extract.status} ({', '.join(extract.by)})" if extract.by else extract.status
    return f"{words}, exchange" if extract.exchange else words
