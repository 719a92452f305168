"""Small tables for the tests, written to real files."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from qualkit.errors import QualkitError

_File = TypeVar("_File")


def written(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(read: Callable[[Path], object], path: Path) -> QualkitError:
    """The error of a table that cannot be read; it names the file and has a hint."""
    with pytest.raises(QualkitError) as told:
        read(path)
    assert str(path) in told.value.message
    assert told.value.hint
    assert told.value.exit_code == 1
    return told.value
