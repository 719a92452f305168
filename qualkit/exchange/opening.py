"""Opening a workbook that someone gives back: whole, or a message that says what is wrong with the file."""

import warnings
from pathlib import Path
from typing import Any

from qualkit.errors import QualkitError

_OLD = b"\xd0\xcf\x11\xe0"  # Excel before 2007, and any workbook with a password
_AGAIN = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx), or export the matrix again."


def open_workbook(path: Path) -> Any:
    """The workbook, read by openpyxl. Raises QualkitError where it is no workbook that can be read."""
    _look(path)
    import openpyxl

    try:
        with warnings.catch_warnings():
            # it tells of what it does not know (Excel's extensions); nothing of that is read here
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, keep_links=False)
    except OSError as error:
        raise QualkitError(f"{path} cannot be read: {error.strerror or 'the file is damaged'}.", _AGAIN) from error
    except MemoryError:
        raise
    except Exception as error:  # of a damaged file openpyxl lets through whatever its parsers raise
        raise QualkitError(f"{path} is damaged and cannot be read as a workbook.", _AGAIN) from error


def _look(path: Path) -> None:
    """Say what can be said of a file before its content is understood."""
    try:
        with path.open("rb") as file:
            begins = file.read(4)
    except FileNotFoundError as error:
        raise QualkitError(f"{path} does not exist.", "Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise QualkitError(f"{path} is a folder.", "Name the workbook in it.") from error
    except OSError as error:
        raise QualkitError(
            f"{path} cannot be read: {error.strerror or error}.",
            "Close it where it is open, and see that you may read it.",
        ) from error
    if not begins:
        raise QualkitError(f"{path} is empty.", "Export the matrix again.")
    if begins == _OLD:
        raise QualkitError(
            f"{path} has a password, or is of the old .xls kind.",
            "Save it without a password as an Excel workbook (.xlsx).",
        )
    if begins[:2] != b"PK":
        raise QualkitError(f"{path} is not an Excel workbook.", _AGAIN)
