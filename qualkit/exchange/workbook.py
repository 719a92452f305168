"""A workbook as far as decisions are in it: its worksheets, and what their cells share."""

import io
from collections.abc import Iterator
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from qualkit.exchange.sheet import Sheet, text_in

_MOST_SHEETS = 500
_LONGEST_TITLE = 31  # signs
_STRING = f"{{{SHEET_MAIN_NS}}}si"


def sheets_of(reduced: io.BytesIO, path: Path) -> list[Sheet]:
    """Its worksheets. Raises what openpyxl raises of a damaged workbook; `path` is for messages."""
    reader = _Reader(reduced, read_only=True, keep_links=False)
    reader.read()
    sheets = list(reader.sheets(path))
    if len(sheets) > _MOST_SHEETS:
        raise ValueError("more sheets than a matrix has")
    return sheets


class _Reader(ExcelReader):  # type: ignore[misc]
    """Reads what is needed to read cells, and where the sheets are."""

    def read(self) -> None:
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        self.shared_strings = list(_strings(self.archive.read(part.PartName[1:]))) if part else []

    def sheets(self, path: Path) -> Iterator[Sheet]:
        for sheet, relation in self.parser.find_sheets():
            if "worksheet" in relation.Type and relation.target in self.valid_files:
                xml = self.archive.read(relation.target)
                yield Sheet(path, _title(sheet.name), xml, self.shared_strings, self.wb)


def _strings(xml: bytes) -> Iterator[str]:
    """The shared texts."""
    for _, node in iterparse(io.BytesIO(xml)):
        if node.tag == _STRING:
            yield text_in(node)
            node.clear()


def _title(name: str) -> str:
    """As a message can show it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name[:_LONGEST_TITLE]).split())
