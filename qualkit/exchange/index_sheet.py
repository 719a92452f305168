"""The Index sheet of a workbook that comes back: found by the names in its hidden row, read by the keys of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualkit.errors import QualkitError
from qualkit.exchange.cells import Numbers, text_of, typed
from qualkit.model.labels import Labels
from qualkit.model.notation import Unreadable
from qualkit.model.workbook import DECISION, GOES_ON, KEY, REFERENCE, TEXT, WAS, WENT_ON, parted

if TYPE_CHECKING:
    from qualkit.exchange.sheet import Sheet


@dataclass(frozen=True)
class Found:
    """One entry of the Index as it came back; `typed` is its Decision cell."""

    key: str
    was: str
    reference: str
    text: str
    typed: str | Unreadable
    place: str


Stray = tuple[str, str, str, str]  # as in a Problem: place, what, remedy, words left out


@dataclass
class Index:
    rows: list[Found] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)  # decisions that stand where none is read


def read_index(sheets: "Sequence[Sheet]", path: Path, labels: Labels) -> Index:
    """Read the Index. Raises QualkitError where it is not there, or there twice."""
    # the names stand in the first row; only where someone sorted a whole sheet they are elsewhere
    heads = [(sheet, head) for sheet in sheets if (head := _head(sheet, last=5))]
    heads = heads or [(sheet, head) for sheet in sheets if (head := _head(sheet, last=None))]
    if not heads:
        raise QualkitError(
            f"{path}: the Index sheet was not found, or the names of its columns are gone.",
            "Export the matrix again and decide there.",
        )
    if len(heads) > 1:
        names = ", ".join(sheet.title for sheet, _ in heads[:5])
        raise QualkitError(f"{path} holds its Index more than once: {names}.", "Remove the copies, then read it again.")
    sheet, columns = heads[0]
    return _rows(sheet, columns, labels)


def _head(sheet: "Sheet", last: int | None) -> dict[str, int] | None:
    """Where each column stands, by the row that names them: the hidden one, or the visible head where that is gone."""
    for number, cells in sheet.rows():
        if last and number > last:
            break
        names = {_name(text_of(cell).strip()): column for column, cell in cells.items()}
        if all(name in names for name in (KEY, WAS, DECISION)):
            return {name: names[name] for name in (KEY, WAS, DECISION, REFERENCE, TEXT) if name in names}
    return None


def _name(title: str) -> str:
    if title.startswith("Decision"):
        return DECISION
    return {"Reference": REFERENCE, "Text": TEXT}.get(title, title)


def _rows(sheet: "Sheet", columns: Mapping[str, int], labels: Labels) -> Index:
    index, numbers = Index(), Numbers(labels)
    merged = sheet.merged(columns[DECISION])
    further: dict[tuple[str, int], str] = {}
    for number, cells in sheet.rows():
        texts = {name: text_of(cells.get(column)) for name, column in columns.items()}
        key, part = parted(texts[KEY])
        text, place = texts.get(TEXT, ""), f"{sheet.title}, row {number}"
        if key == KEY:  # the hidden row and the visible head
            continue
        if not key or part > 1:
            further[key, part] = text
            index.strays += _stray(texts[DECISION], place, key)
            continue
        decision = _MERGED if number in merged else typed(cells.get(columns[DECISION]), numbers)
        index.rows.append(Found(key, texts[WAS], texts.get(REFERENCE, ""), text, decision, place))
    index.rows = [replace(found, text=_whole(found, further)) for found in index.rows]
    return index


_MERGED = Unreadable("is merged with others", "Unmerge the cells and fill each one.")


def _stray(decision: str, place: str, key: str) -> list[Stray]:
    """A decision in a row that has none to take it, for the lack of a key or because a passage only goes on there."""
    if not decision.strip():
        return []
    if key:
        return [(place, "a decision stands where a passage goes on.", "Write it in the passage's first row.", decision)]
    return [(place, "a decision stands in a row without a hidden key.", "Write it in the passage's own row.", decision)]


def _whole(found: Found, further: Mapping[tuple[str, int], str]) -> str:
    """The text of a passage that goes over several rows, wherever these are."""
    parts = [found.text]
    while (found.key, len(parts) + 1) in further:
        parts[-1] = parts[-1].removesuffix(GOES_ON)
        parts.append(further[found.key, len(parts) + 1].removeprefix(WENT_ON))
    return "".join(parts)
