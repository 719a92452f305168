"""Opening a workbook that someone gives back: whole, or a message that says what is wrong with the file."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qualkit.errors import QualkitError

if TYPE_CHECKING:
    from qualkit.exchange.sheet import Sheet

_OLD = b"\xd0\xcf\x11\xe0"  # Excel before 2007, and any workbook with a password
_LARGEST = 200 * 1024 * 1024  # bytes
_AGAIN = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx), or export the matrix again."


def open_workbook(path: Path) -> "list[Sheet]":
    """Its worksheets, as openpyxl reads them. Raises QualkitError where it is no workbook that can be read."""
    from qualkit.exchange.package import reduced
    from qualkit.exchange.workbook import sheets_of

    data = _content(path)
    with damage_told(path):
        return sheets_of(reduced(data), path)


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """A QualkitError for whatever is raised of a damaged workbook, now or when its cells are read."""
    from qualkit.packages import HarmfulError

    try:
        with warnings.catch_warnings():
            # openpyxl tells of what it does not know (Excel's extensions); nothing of that is read here
            warnings.simplefilter("ignore")
            yield
    except (QualkitError, MemoryError):
        raise
    except HarmfulError as error:
        what = f"{path} was not read: it holds what no spreadsheet writes, or far more than any matrix."
        raise QualkitError(what, _AGAIN) from error
    except Exception as error:  # of a damaged file openpyxl lets through whatever its parsers raise
        raise QualkitError(f"{path} is damaged and cannot be read as a workbook.", _AGAIN) from error


def _content(path: Path) -> bytes:
    """All bytes of a file that begins like a workbook."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise QualkitError(f"{path} is not an ordinary file.", "Name the workbook itself.")
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise QualkitError(f"{path} does not exist.", "Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise QualkitError(f"{path} is a folder.", "Name the workbook in it.") from error
    except OSError as error:
        raise QualkitError(
            f"{path} cannot be read: {error.strerror or error}.",
            "Close it where it is open, and see that you may read it.",
        ) from error
    if not data:
        raise QualkitError(f"{path} is empty.", "Export the matrix again.")
    if data.startswith(_OLD):
        raise QualkitError(
            f"{path} has a password, or is of the old .xls kind.",
            "Save it without a password as an Excel workbook (.xlsx).",
        )
    if not data.startswith(b"PK"):
        raise QualkitError(f"{path} is not an Excel workbook.", _AGAIN)
    if len(data) > _LARGEST:
        raise QualkitError(f"{path} is far larger than any matrix.", "Export the matrix again.")
    return data
