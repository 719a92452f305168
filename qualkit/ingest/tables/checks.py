"""What the tables check alike: dates, words from a fixed list, lists in a cell, names spelt in two ways."""

from collections.abc import Mapping
from typing import TypeVar

from qualkit.framework.near import choice, fold, spaced
from qualkit.ingest.tables.dates import REMEDY, iso_day
from qualkit.ingest.tables.table import Table, TableRow
from qualkit.ingest.tables.telling import Likeness, shown
from qualkit.model.rows import Problem

_MOST = 5_000  # problems of one table; who has more mends those and reads it again

_Value = TypeVar("_Value")


class Check:
    """Reads single cells of a table, and keeps what is wrong with them. The rest of the row goes on."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.likeness = Likeness()
        self._problems: list[Problem] = list(table.problems)
        self._more = 0

    def say(self, row: TableRow, what: str, remedy: str = "", *, serious: bool = True) -> None:
        if len(self._problems) < _MOST:
            self._problems.append(self.table.problem(row, what, remedy, serious=serious))
        else:
            self._more += 1

    def problems(self) -> tuple[Problem, ...]:
        """All that was said, and what the table itself had."""
        if not self._more:
            return tuple(self._problems)
        what = f"there are {self._more:,} faults more like those above."
        return (*self._problems, Problem(self.table.file, "", what, "Mend those, and read the table again."))

    def day(self, row: TableRow, column: str) -> str:
        """The date in ISO form; as written where it is not clear, which is told."""
        written = row.get(column)
        day = iso_day(written) if written else ""
        if day is None:
            self.say(row, f"{column} {shown(written)} is no clear day; it is kept as written.", REMEDY)
        return written if day is None else day

    def word(self, row: TableRow, column: str, words: Mapping[str, _Value], default: _Value) -> _Value | None:
        """What a cell of a fixed list means: `default` where it is empty, None where it is unknown, which is told."""
        written = row.get(column)
        if not written:
            return default
        found = words.get(fold(written.replace("_", " ").replace("-", " ")))
        if found is None:
            remedy = self.likeness.did_you_mean(written, words) or f"Write {choice(words)}."
            self.say(row, f"{column} {shown(written)} is not known.", remedy)
        return found

    def several(self, row: TableRow, column: str) -> tuple[str, ...]:
        """Ids split by ; each once."""
        listed = dict.fromkeys(spaced(one) for one in row.get(column).replace("\n", ";").split(";") if one.strip())
        if joined := next((one for one in listed if "," in one), None):
            self.say(row, f"{column} {shown(joined)} holds a comma.", "Split several by ; not by a comma.")
        return tuple(listed)

    def spelt_alike(self, column: str) -> None:
        """Tell values that differ in case or spacing only: they count as two, and are seldom meant so."""
        first: dict[str, tuple[str, int]] = {}
        told: set[str] = set()
        for row in self.table.rows:
            written = spaced(row.get(column))
            earlier, n = first.setdefault(fold(written), (written, row.n))
            if written != earlier and written not in told:
                told.add(written)
                what = f"{column} {shown(written)} and {shown(earlier)} (row {n}) are spelt in two ways: they are two."
                self.say(row, what, "Spell them alike if they are one.")
