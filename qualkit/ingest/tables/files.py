"""Reading a whole file that a person edits, and telling what is wrong with it: missing, a folder, a picture ..."""

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from qualkit.errors import QualkitError
from qualkit.framework.near import did_you_mean
from qualkit.model.rows import Problem

MOST_TOLD = 20  # faults that one message lists

_SIGNATURES = {
    b"PK\x03\x04": "an office document or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel document",
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
}
_ENDINGS = {
    ".docx": "a Word document",
    ".doc": "an old Word document",
    ".odt": "an OpenDocument text",
    ".xlsx": "an Excel workbook",
    ".xls": "an old Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".numbers": "a Numbers spreadsheet",
    ".pdf": "a PDF",
    ".rtf": "a rich text document",
}


def read_bytes(path: Path, longest: int) -> bytes:
    """The whole file, at most `longest` + 1 bytes of it. Raises QualkitError where there is nothing to read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            what = "is a folder" if path.is_dir() else "is not an ordinary file"
            raise QualkitError(f"{path}: this {what}.", "Name the file itself.")
        with path.open("rb") as file:
            data = file.read(longest + 1)
    except FileNotFoundError as fault:
        raise QualkitError(f"{path}: there is no such file.", _neighbours(path)) from fault
    except (OSError, ValueError) as fault:  # ValueError: a name that no file can have
        why = os.strerror(fault.errno) if isinstance(fault, OSError) and fault.errno else "the name cannot be used"
        hint = "Look whether the file is there, whether you may read it, and whether another program holds it."
        raise QualkitError(f"{path}: the file cannot be read ({why}).", hint) from fault
    if not data.strip():
        raise QualkitError(f"{path}: the file is empty.", "Look whether this is the file that you mean, and was saved.")
    return data


def _neighbours(path: Path) -> str:
    try:
        names = [entry.name for entry in os.scandir(path.parent)] if path.parent.is_dir() else None
    except OSError:
        names = []
    if names is None:
        return f"There is no folder {path.parent} either."
    return did_you_mean(path.name, names) or f"Look into the folder {path.parent.absolute()}."


def document(path: Path, data: bytes) -> str:
    """What a file is that is no text, by its first bytes and its ending; "" for what may be text."""
    signed = next((what for start, what in _SIGNATURES.items() if data.startswith(start)), "")
    ending = _ENDINGS.get(path.suffix.lower(), "")
    return ending if ending and (signed or b"\0" in data[:4096]) else signed


def refusal(problems: Sequence[Problem], hint: str, further: int = 0) -> QualkitError:
    """All faults of a file in one error, one a line, so that they can be mended together; `further` are counted."""
    told = [str(problem) for problem in problems[:MOST_TOLD]]
    if further := further + len(problems) - len(told):
        told.append(f"and {further} more.")
    return QualkitError("\n".join(told), hint)


def in_words(things: Iterable[str], most: int = 5) -> str:
    """a, b and c."""
    listed = list(things)
    if len(listed) > most:
        listed = [*listed[:most], f"{len(listed) - most:,} more"]
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
