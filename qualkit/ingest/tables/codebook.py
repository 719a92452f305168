"""codebook.csv: themes as people developed them elsewhere, each with its parent by key or by name."""

import re
from bisect import bisect
from dataclasses import dataclass
from pathlib import Path

from qualkit.framework.near import fold, spaced
from qualkit.ingest.tables.checks import Check
from qualkit.ingest.tables.columns import Layout
from qualkit.ingest.tables.dates import iso_day
from qualkit.ingest.tables.table import TableRow, read_table
from qualkit.ingest.tables.telling import shown
from qualkit.ingest.tables.themes import CodebookRow, keyed, parents
from qualkit.model.rows import Problem

LAYOUT = Layout(
    known=(
        *("key", "name", "parent", "level", "definition", "not", "example"),
        *("status", "from", "until", "coder", "reason"),
    ),
    required=("name",),
    long=("definition", "not", "example", "reason"),
)


_PERIODS = 200  # of one theme; who has more has them compared with their neighbours only
_KEY = re.compile(r"[^\s;:/]{1,80}")


@dataclass(frozen=True)
class CodebookFile:
    """`given` are keys that the file does not hold: derived from the path of names."""

    rows: tuple[CodebookRow, ...]
    given: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_codebook(path: Path) -> CodebookFile:
    """Read codebook.csv. What cannot be used is left out and told; raises QualkitError for the table as a whole."""
    table = read_table(path, LAYOUT)
    check = Check(table)
    seen = _Seen(check)
    for row in table.rows:
        if found := _theme(check, row):
            seen.take(row, found)
    read = seen.kept
    above = parents(check, {row.n: row for row in table.rows}, read)
    rows, given = keyed(read, above)
    return CodebookFile(tuple(rows), tuple(given), check.problems())


def _theme(check: Check, row: TableRow) -> CodebookRow | None:
    name, key = spaced(row.get("name")), row.get("key")
    if not name:
        check.say(row, "the theme has no name. The row is left out.", "Give it a name.")
        return None
    if key and not _KEY.fullmatch(key):
        check.say(row, f"{shown(key)} is no key; the theme is given one.", "Leave the key empty for a new theme.")
        key = ""
    valid_from, valid_until = check.day(row, "from"), check.day(row, "until")
    if iso_day(valid_from) and iso_day(valid_until) and valid_until < valid_from:
        check.say(row, f"until ({valid_until}) lies before from ({valid_from}).", "Look at the two dates.")
    return CodebookRow(
        row=row.n,
        key=key,
        name=name,
        parent=spaced(row.get("parent")),
        level=row.get("level"),
        definition=row.get("definition"),
        is_not=row.get("not"),
        example=row.get("example"),
        status=row.get("status"),
        valid_from=valid_from,
        valid_until=valid_until,
        coder=spaced(row.get("coder")),
        reason=row.get("reason"),
    )


class _Seen:
    """The themes so far. One theme may have a row for each of its periods; else a second row is told."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.kept: list[CodebookRow] = []
        self.by_key: dict[str, list[CodebookRow]] = {}
        self.by_name: dict[tuple[str, str], CodebookRow] = {}

    def take(self, row: TableRow, found: CodebookRow) -> None:
        """Keep the theme, unless it says again what another says."""
        same = self.by_key.setdefault(fold(found.key), []) if found.key else []
        at = bisect(same, found.valid_from, key=lambda theme: theme.valid_from)
        beside = same if len(same) < _PERIODS else same[max(at - 1, 0) : at + 1]  # they lie in their order
        if earlier := next((other for other in beside if not _apart(found, other)), None):
            what = f"the key {shown(found.key)} has a row already (row {earlier.row}). This row is left out."
            self.check.say(row, what, "Take the key out where a new theme is meant, or give both rows from and until.")
            return
        namesake = self.by_name.setdefault((fold(found.name), fold(found.parent)), found)
        if namesake is not found and not same:
            left_out = not (found.key and namesake.key)
            what = f"two themes are called {shown(found.name)} under one parent, here and in row {namesake.row}."
            self.check.say(row, what + left_out * " This row is left out.", "Rename one of them, or make them one.")
            if left_out:
                return
        same.insert(at, found)
        self.kept.append(found)


def _apart(one: CodebookRow, other: CodebookRow) -> bool:
    """Two periods that do not overlap."""
    first, second = sorted((one, other), key=lambda theme: theme.valid_from)
    return bool(first.valid_until and second.valid_from and first.valid_until <= second.valid_from)
