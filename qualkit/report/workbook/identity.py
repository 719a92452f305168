"""Who a row of the matrix is: what stands on the left of every sheet, and what only on its first page.

The attributes stand together in one narrow column ("age: 61 · sex: woman"), so that however many they are, the extracts
are in view. Each has a column of its own as well, folded away (the + above the columns), for sorting and filtering.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualkit.model.chart import Matrix, MatrixRow
from qualkit.report.workbook.measure import BOLD, lines, pixels_of
from qualkit.report.workbook.pieces import shortened

_NARROW, _BROAD = 58, 118  # pixels
_ABOUT = 150
_LINES = 8


@dataclass(frozen=True)
class Identity:
    """`lead` columns stay in view and are printed on every page, `more` only on the first, `folded` not at all."""

    by: str
    folded: tuple[str, ...]  # the attributes
    lead_widths: tuple[int, ...]
    more_widths: tuple[int, ...]

    @property
    def lead(self) -> tuple[str, ...]:
        return (self.by,) if self.by == "group" else (self.by, "group")

    @property
    def more(self) -> tuple[str, ...]:
        participants = () if self.by == "participant" else ("participants",)
        return (*participants, "about") if self.folded else participants

    @classmethod
    def of(cls, matrix: Matrix) -> "Identity":
        """What the rows of a matrix need. A group has no attributes: those of its people stand on the sheet Cases."""
        names = dict.fromkeys(name for row in matrix.rows for name, _ in row.attributes)
        bare = cls(matrix.by, tuple(names) if matrix.by != "group" else (), (), ())
        whole = [bare._whole(row) for row in matrix.rows]
        lead = [narrow(name, [row[0][n] for row in whole]) for n, name in enumerate(bare.lead)]
        more = [
            _ABOUT if name == "about" else narrow(name, [row[1][n] for row in whole])
            for n, name in enumerate(bare.more)
        ]
        return replace(bare, lead_widths=tuple(lead), more_widths=tuple(more))

    def _whole(self, row: MatrixRow) -> tuple[list[str], list[str]]:
        lead = [row.shown] if self.by == "group" else [row.shown, ", ".join(row.groups)]
        more = [] if self.by == "participant" else [", ".join(row.participants)]
        about = " · ".join(f"{name}: {value}" for name, value in row.attributes if value)
        return lead, [*more, about] if self.folded else more

    def values(self, row: MatrixRow) -> tuple[list[str], list[str], list[str]]:
        """What stands in the leading columns, in the others, and in the folded ones; a long text is shortened."""
        lead, more = self._whole(row)
        known = dict(row.attributes)
        apart = [shortened(known.get(name, ""), _BROAD, _LINES, "Cases") for name in self.folded]
        return _short(lead, self.lead_widths), _short(more, self.more_widths), apart

    def lines(self, row: MatrixRow, more: bool = True) -> int:
        """The lines that the tallest of the visible cells takes; `more`: those beside the leading columns too."""
        lead, others, _ = self.values(row)
        cells = list(zip(lead, self.lead_widths, strict=True))
        cells += zip(others, self.more_widths, strict=True) if more else ()
        return max(lines(value, width / BOLD) for value, width in cells)


def _short(values: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [shortened(value, width / BOLD, _LINES, "Cases") for value, width in zip(values, widths, strict=True)]


def narrow(title: str, values: Sequence[str], least: int = _NARROW, most: int = _BROAD) -> int:
    """The width of a column: narrow, but wide enough for the longest word that occurs, within reason."""
    longest = max((pixels_of(word) * BOLD for text in (title.title(), *values) for word in text.split()), default=0)
    return int(min(most, max(least, longest))) + 6
