"""The very hidden sheet of an exported workbook, read back: what it was made from, and the rows it had."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualkit.errors import QualkitError
from qualkit.exchange.cells import text_of
from qualkit.model.labels import MARK, Labels
from qualkit.model.workbook import (
    FACT_BY,
    FACT_CODER,
    FACT_FINAL,
    FACT_FORMAT,
    FACT_FRAMEWORK,
    FORMAT,
    KEY_SHEET,
    LINE_HEADING,
    LINE_ROW,
    KeyLine,
)

if TYPE_CHECKING:
    from qualkit.exchange.sheet import Sheet

_MOST_HEADINGS = 5_000
_LONGEST_NAME, _LONGEST_NUMBER = 500, 40  # signs
_MARKS = 6  # commas and the like in the name of a heading with that of its category
_PROPOSED = 50  # headings proposed for one passage


@dataclass(frozen=True)
class Exported:
    """One row of the Index as it was exported."""

    was: str
    proposed: tuple[str, ...]  # keys of headings, best first


@dataclass
class Keys:
    """All that the key sheet says. `twice` are row keys that it holds more than once."""

    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: list[tuple[str, str, str, str]] = field(default_factory=list)
    rows: dict[str, Exported] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)

    def fact(self, name: str, place: int = 0) -> str:
        values = self.facts.get(name, ())
        return values[place] if place < len(values) else ""

    @property
    def coder(self) -> str:
        return self.fact(FACT_CODER)

    @property
    def framework(self) -> tuple[str, str, str]:
        """Key, version and hash of the framework."""
        return self.fact(FACT_FRAMEWORK), self.fact(FACT_FRAMEWORK, 1), self.fact(FACT_FRAMEWORK, 2)

    @property
    def by(self) -> str:
        return self.fact(FACT_BY)

    @property
    def final(self) -> bool:
        return self.fact(FACT_FINAL) == "yes"

    def labels(self) -> Labels:
        return Labels(self.headings)


def read_keys(sheets: "Sequence[Sheet]", path: Path) -> Keys:
    """Read the key sheet. Raises QualkitError where the workbook is not ours, or of a newer format."""
    sheet = next((sheet for sheet in sheets if sheet.title.casefold() == KEY_SHEET), None)
    if sheet is None:
        raise QualkitError(
            f"{path} is not a matrix exported by qualkit, or its hidden sheet “{KEY_SHEET}” was removed.",
            "Export the matrix again and fill the new file.",
        )
    keys = Keys()
    for line in _lines(sheet):
        _take(keys, line)
    stated = keys.fact(FACT_FORMAT)
    if stated.isdecimal() and len(stated) < 10 and int(stated) > FORMAT:
        raise QualkitError(f"{path} was exported by a newer qualkit.", "Update qualkit, then read it again.")
    if stated != str(FORMAT) or len(keys.headings) > _MOST_HEADINGS:
        raise QualkitError(f"{path}: the hidden sheet “{KEY_SHEET}” is damaged.", "Export the matrix again.")
    return keys


def _lines(sheet: "Sheet") -> Iterator[KeyLine]:
    for _, cells in sheet.rows():
        kind, *values = (text_of(cells.get(column)) for column in range(1, max(cells, default=1) + 1))
        if kind:
            yield KeyLine(kind, tuple(values))


def _take(keys: Keys, line: KeyLine) -> None:
    values = (*line.values, "", "", "", "")
    if line.kind == LINE_ROW:
        key, was = values[0].strip(), values[1]
        if key in keys.rows:
            keys.twice.add(key)
        keys.rows[key] = Exported(was, tuple(filter(None, values[2:_PROPOSED])))
    elif line.kind == LINE_HEADING:
        keys.headings.append(_heading(*values[:4]))
    else:
        keys.facts.setdefault(line.kind, line.values)


def _heading(number: str, key: str, name: str, category: str) -> tuple[str, str, str, str]:
    """A heading as it can be called; by its key alone where it has a name that nobody types."""
    if len(MARK.findall(name + category)) > _MARKS or len(name) > _LONGEST_NAME or len(category) > _LONGEST_NAME:
        name = category = key
    return number if len(number) <= _LONGEST_NUMBER else "", key, name, category
