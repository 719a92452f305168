"""The columns of a category's sheet: hidden key, who, kind of row, more on who, folded attributes, headings."""

from dataclasses import dataclass

from qualkit.model.chart import Matrix
from qualkit.model.schedule import Category, Heading
from qualkit.report.workbook.identity import Identity
from qualkit.report.workbook.pages import WIDTH

FOUR = 4  # headings on a page
SCALE = 75  # per cent, at which four of them fit
LARGEST = 80  # so that two tall rows fit below each other
KIND = 86  # pixels
NARROWEST = 240
TITLE, LEGEND, HEAD, FIRST = 1, 2, 3, 4  # rows


@dataclass(frozen=True)
class Layout:
    """Where everything stands, and how wide it is."""

    identity: Identity
    headings: tuple[Heading, ...]
    wide: int  # pixels of a heading's column

    @classmethod
    def of(cls, matrix: Matrix, category: Category) -> "Layout":
        """As wide as lets four headings stand on a page beside the leading columns."""
        who = Identity.of(matrix)
        beside = WIDTH * 100 / SCALE - sum(who.lead_widths) - KIND
        return cls(who, category.headings, max(NARROWEST, int(beside // FOUR)))

    @property
    def widths(self) -> list[int]:
        """Pixels of all columns; 0 for those that are hidden."""
        who = self.identity
        left = [0, *who.lead_widths, KIND, *who.more_widths]
        return [*left, *[0] * len(who.folded), *[self.wide] * len(self.headings)]

    @property
    def names(self) -> list[str]:
        """Of the visible columns between the key and the headings."""
        return [*self.identity.lead, "row", *self.identity.more]

    @property
    def kind(self) -> int:
        return 1 + len(self.identity.lead)

    @property
    def folded(self) -> range:
        """The columns of single attributes."""
        first = self.kind + 1 + len(self.identity.more)
        return range(first, first + len(self.identity.folded))

    @property
    def start(self) -> int:
        """The first column of the headings."""
        return self.folded.stop
