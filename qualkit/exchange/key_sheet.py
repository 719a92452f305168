"""The very hidden sheet of an exported workbook, read back: what it was made from, and the rows it had."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qualkit.errors import QualkitError
from qualkit.exchange.cells import text_of
from qualkit.model.labels import Labels
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


def read_keys(workbook: Any, path: Path) -> Keys:
    """Read the key sheet. Raises QualkitError where the workbook is not ours, or of a newer format."""
    name = next((name for name in workbook.sheetnames if name.casefold() == KEY_SHEET), None)
    if name is None or not hasattr(workbook[name], "iter_rows"):
        raise QualkitError(
            f"{path} is not a matrix exported by qualkit, or its hidden sheet “{KEY_SHEET}” was removed.",
            "Export the matrix again and fill the new file.",
        )
    keys = Keys()
    for line in _lines(workbook[name]):
        _take(keys, line)
    stated = keys.fact(FACT_FORMAT)
    if stated.isdecimal() and int(stated) > FORMAT:
        raise QualkitError(f"{path} was exported by a newer qualkit.", "Update qualkit, then read it again.")
    if stated != str(FORMAT):
        raise QualkitError(f"{path}: the hidden sheet “{KEY_SHEET}” is damaged.", "Export the matrix again.")
    return keys


def _lines(sheet: Any) -> Iterator[KeyLine]:
    for row in sheet.iter_rows():
        kind, *values = (text_of(cell) for cell in row)
        if kind:
            yield KeyLine(kind, tuple(values))


def _take(keys: Keys, line: KeyLine) -> None:
    values = (*line.values, "", "", "", "")
    if line.kind == LINE_ROW:
        key, was, *proposed = (line.values[0].strip(), *values[1:])
        if key in keys.rows:
            keys.twice.add(key)
        keys.rows[key] = Exported(was, tuple(filter(None, proposed)))
    elif line.kind == LINE_HEADING:
        keys.headings.append((values[0], values[1], values[2], values[3]))
    else:
        keys.facts.setdefault(line.kind, line.values)
