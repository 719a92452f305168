"""Who a row of the matrix is: what stands on the left of every sheet, and what only on its first page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualkit.model.chart import Matrix, MatrixRow
from qualkit.report.workbook.measure import BOLD, lines, pixels_of
from qualkit.report.workbook.pieces import shortened

_NARROW, _BROAD = 58, 118  # pixels
_LINES = 8


@dataclass(frozen=True)
class Identity:
    """`lead` columns stay in view and are printed on every page; `more` (participants, attributes) are not."""

    by: str
    attributes: tuple[str, ...]
    lead_widths: tuple[int, ...]
    more_widths: tuple[int, ...]

    @property
    def lead(self) -> tuple[str, ...]:
        return (self.by,) if self.by == "group" else (self.by, "group")

    @property
    def more(self) -> tuple[str, ...]:
        return self.attributes if self.by == "participant" else ("participants", *self.attributes)

    @classmethod
    def of(cls, matrix: Matrix) -> "Identity":
        """What the rows of a matrix need. A group has no attributes: those of its people stand on the sheet Cases."""
        names = tuple(dict.fromkeys(name for row in matrix.rows for name, _ in row.attributes))
        bare = cls(matrix.by, names if matrix.by != "group" else (), (), ())
        lead, more = zip(*(bare._whole(row) for row in matrix.rows), strict=True) if matrix.rows else ((), ())
        return replace(
            bare,
            lead_widths=tuple(_width(name, [row[n] for row in lead]) for n, name in enumerate(bare.lead)),
            more_widths=tuple(_width(name, [row[n] for row in more]) for n, name in enumerate(bare.more)),
        )

    def _whole(self, row: MatrixRow) -> tuple[list[str], list[str]]:
        known = dict(row.attributes)
        lead = [row.shown] if self.by == "group" else [row.shown, ", ".join(row.groups)]
        more = [] if self.by == "participant" else [", ".join(row.participants)]
        return lead, more + [known.get(name, "") for name in self.attributes]

    def values(self, row: MatrixRow) -> tuple[list[str], list[str]]:
        """What stands in the leading columns, and in the others; a long text is shortened."""
        lead, more = self._whole(row)
        return _short(lead, self.lead_widths), _short(more, self.more_widths)

    def lines(self, row: MatrixRow, more: bool = True) -> int:
        """The lines that the tallest of these cells takes; `more`: those beside the leading columns too."""
        lead, others = self.values(row)
        cells = list(zip(lead, self.lead_widths, strict=True))
        cells += zip(others, self.more_widths, strict=True) if more else ()
        return max(lines(value, width / BOLD) for value, width in cells)


def _short(values: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [shortened(value, width / BOLD, _LINES, "Cases") for value, width in zip(values, widths, strict=True)]


def _width(name: str, values: Sequence[str]) -> int:
    """Narrow, but wide enough for the longest word that occurs, within reason."""
    longest = max((pixels_of(word) * BOLD for text in (name.title(), *values) for word in text.split()), default=0)
    return int(min(_BROAD, max(_NARROW, longest))) + 6
