"""Reading a written workbook as a later command will: by its hidden keys, never by position."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from qualkit.model.workbook import GOES_ON, HEADING, KEY, WENT_ON, RowKey

Where = tuple[str, str, str]  # shown id of the case, kind of row, key of the heading


def matrix_cells(path: Path) -> Iterator[tuple[Where, Any]]:
    """Every cell of the categories' sheets with where it belongs; further rows of a cell follow the first."""
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook.worksheets:
        names = next(
            ([c.value for c in row] for row in sheet.iter_rows() if any(str(c.value).startswith(HEADING) for c in row)),
            [],
        )
        if KEY not in names or sheet.title == "Coverage":
            continue
        at = names.index(KEY)
        rows = [(RowKey.parse(str(row[at].value)), row) for row in sheet.iter_rows()]
        for key, row in sorted(
            ((k, r) for k, r in rows if k), key=lambda each: (each[0].shown, each[0].kind, each[0].part)
        ):
            for place, name in enumerate(names):
                if str(name).startswith(HEADING):
                    yield (key.shown, key.kind, str(name).removeprefix(HEADING)), row[place]


def matrix_texts(path: Path) -> dict[Where, str]:
    """The text of each cell, with the marks between the rows that it fills taken out."""
    texts: dict[Where, str] = {}
    for where, cell in matrix_cells(path):
        if cell.value is not None:
            assert isinstance(cell.value, str), (where, cell.value)
            assert cell.data_type == "s", where
        texts[where] = texts.get(where, "") + "\n" + (cell.value or "")
    return texts


def words(text: str) -> list[str]:
    """What is left of a text when rows and line ends are not looked at."""
    return text.replace(GOES_ON, " ").replace(WENT_ON, " ").split()
