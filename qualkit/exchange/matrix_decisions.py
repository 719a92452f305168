"""The Decision column of an exported workbook, read back row by row.

A row is found by its hidden key, wherever it was sorted or moved to; it is taken only where the hidden columns and the
key sheet agree. Every row that cannot be read is a Problem with its place, and the others are kept.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from qualkit.exchange.index_sheet import Found, read_index
from qualkit.exchange.key_sheet import Exported, Keys, read_keys
from qualkit.exchange.opening import open_workbook
from qualkit.model.book import SpanKey
from qualkit.model.labels import Labels
from qualkit.model.notation import Unreadable, Wants, parse
from qualkit.model.rows import Problem


@dataclass(frozen=True)
class RowBack:
    """A row whose Decision cell asks for something else than stood there."""

    key: SpanKey
    reference: str
    text: str  # as the workbook shows it
    was: str
    now: str
    wants: Wants
    place: str  # "Index, row 12"


@dataclass(frozen=True)
class ReadBack:
    """What came back. `unchanged` counts the rows that ask for nothing; `by` and `final` say what matrix it was."""

    coder: str
    framework: str  # key
    framework_version: str
    framework_sha256: str
    by: str
    final: bool
    rows: tuple[RowBack, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def read_decisions_back(path: Path) -> ReadBack:
    """Read a filled-in workbook. Raises QualkitError where the file as a whole cannot be read or is not ours."""
    sheets = open_workbook(path)
    keys = read_keys(sheets, path)
    labels = keys.labels()
    index = read_index(sheets, path, labels)
    times = Counter(found.key for found in index.rows)
    read = [_row(found, keys, labels, times[found.key], path.name) for found in index.rows]
    problems = [Problem(path.name, *stray) for stray in index.strays]
    problems += [each for each in read if isinstance(each, Problem)]
    problems += _missing(path, keys, times)
    rows = tuple(each for each in read if isinstance(each, RowBack))
    key, version, sha256 = keys.framework
    return ReadBack(
        keys.coder, key, version, sha256, keys.by, keys.final, rows, sum(each is None for each in read), tuple(problems)
    )


_LONGEST_KEY = 1_000  # signs; Python makes no number of thousands of digits
_RESTORE = "Export the matrix again and decide there, or undo what was done to the hidden columns."


def _row(found: Found, keys: Keys, labels: Labels, times: int, file: str) -> RowBack | Problem | None:
    """The row if it changed, None if it did not, or why it cannot be read."""
    exported = keys.rows.get(found.key)
    key = SpanKey.parse(found.key) if len(found.key) <= _LONGEST_KEY else None
    if times > 1 or found.key in keys.twice:
        what, remedy = "the row stands more than once in the workbook.", "Keep one of the copies and remove the others."
    elif exported is None or key is None:
        what, remedy = "the row has a hidden key that this workbook was not exported with.", _RESTORE
    elif found.was != exported.was:
        what, remedy = "the row's hidden columns disagree with the hidden key sheet.", _RESTORE
    else:
        wants = found.typed if isinstance(found.typed, Unreadable) else _wants(found.typed, exported, labels)
        if wants is None:
            return None
        if isinstance(wants, Wants):
            typed = str(found.typed)
            return RowBack(key, found.reference, found.text, exported.was, typed, wants, found.place)
        what, remedy = f"the Decision cell {wants.what}.", wants.remedy
    return Problem(file, found.place, what, remedy, found.typed if isinstance(found.typed, str) else "")


def _wants(now: str, exported: Exported, labels: Labels) -> Wants | Unreadable | None:
    """None where the cell means what it meant, even if it is worded otherwise."""
    if now.strip() == exported.was.strip():
        return None
    wants = parse(now, labels, exported.proposed)
    if isinstance(wants, Unreadable):
        return wants
    before = parse(exported.was, labels, exported.proposed)
    return None if isinstance(before, Wants) and before.same(wants) else wants


def _missing(path: Path, keys: Keys, times: Counter[str]) -> list[Problem]:
    gone = sum(key not in times for key in keys.rows)
    if not gone:
        return []
    rows = "row of the export is" if gone == 1 else "rows of the export are"
    what = f"{gone} {rows} no longer there; nothing was changed for them."
    return [Problem(path.name, "Index", what, serious=False)]
