"""What the tables check alike: dates, words from a fixed list, lists in a cell, names spelt in two ways."""

from collections.abc import Mapping
from typing import TypeVar

from qualkit.framework.near import choice, did_you_mean, fold, quoted, spaced
from qualkit.ingest.tables.dates import REMEDY, iso_day
from qualkit.ingest.tables.table import Table, TableRow
from qualkit.model.rows import Problem

_Value = TypeVar("_Value")


class Check:
    """Reads single cells of a table, and keeps what is wrong with them. The rest of the row goes on."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = list(table.problems)

    def say(self, row: TableRow, what: str, remedy: str = "", *, serious: bool = True) -> None:
        self.problems.append(self.table.problem(row, what, remedy, serious=serious))

    def day(self, row: TableRow, column: str) -> str:
        """The date in ISO form; as written where it is not clear, which is told."""
        written = row.get(column)
        day = iso_day(written) if written else ""
        if day is None:
            self.say(row, f"{column} {quoted(written)} is no clear day; it is kept as written.", REMEDY)
        return written if day is None else day

    def word(self, row: TableRow, column: str, words: Mapping[str, _Value], default: _Value) -> _Value | None:
        """What a cell of a fixed list means: `default` where it is empty, None where it is unknown, which is told."""
        written = row.get(column)
        if not written:
            return default
        found = words.get(fold(written.replace("_", " ").replace("-", " ")))
        if found is None:
            remedy = did_you_mean(written, words) or f"Write {choice(words)}."
            self.say(row, f"{column} {quoted(written)} is not known.", remedy)
        return found

    def several(self, row: TableRow, column: str) -> tuple[str, ...]:
        """Ids split by ; each once."""
        listed = dict.fromkeys(spaced(one) for one in row.get(column).replace("\n", ";").split(";") if one.strip())
        if joined := next((one for one in listed if "," in one), None):
            self.say(row, f"{column} {quoted(joined)} holds a comma.", "Split several by ; not by a comma.")
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
                what = (
                    f"{column} {quoted(written)} and {quoted(earlier)} (row {n}) are spelt in two ways: they are two."
                )
                self.say(row, what, "Spell them alike if they are one.")
