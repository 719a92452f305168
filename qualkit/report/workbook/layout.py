"""The columns of a category's sheet: the hidden key, who, the kind of row, more on who, headings."""

from dataclasses import dataclass

from qualkit.model.chart import Matrix
from qualkit.model.schedule import Category, Heading
from qualkit.report.workbook.identity import Identity
from qualkit.report.workbook.pages import WIDTH

FOUR = 4  # headings on a page
SCALE = 75  # per cent, at which four of them fit
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
        who = self.identity
        return [0, *who.lead_widths, KIND, *who.more_widths, *[self.wide] * len(self.headings)]

    @property
    def names(self) -> list[str]:
        """Of the columns between the key and the headings."""
        return [*self.identity.lead, "row", *self.identity.more]

    @property
    def kind(self) -> int:
        return 1 + len(self.identity.lead)

    @property
    def start(self) -> int:
        """The first column of the headings."""
        return self.kind + 1 + len(self.identity.more)
