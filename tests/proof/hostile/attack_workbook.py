"""Workbooks that somebody made to do harm: how they are changed, and what may stand in the hidden key sheet."""

import re
import zipfile
from collections.abc import Callable, Mapping

from tests.proof.hostile.attack_texts import Attack
from tests.proof.hostile.attack_word import LAUGHS
from tests.proof.hostile.bases import Bases, packed, sheet_of, unpacked

BOOK = "xl/workbook.xml"
ACCENTS = "e" + "\u0301\u0316" * 60_000
LONG_NUMBER = "9" * 5_000
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DECISION = re.compile(rb'<c r="(M(?:[5-9]|[1-9][0-9]+))"[^>]*?(?:/>|>.*?</c>)')
Change = Callable[[bytes], bytes]


def in_sheets(**changes: Change) -> Attack:
    """Sheets changed, by name, and stored as they are: gets round every bound on how far a part may grow."""

    def made(bases: Bases) -> bytes:
        members = unpacked(bases["workbook"][0])
        for name, change in changes.items():
            part = sheet_of(members, name)
            members[part] = change(members[part])
        return packed(members, zipfile.ZIP_STORED)

    return "workbook", made


def in_part(name: str, change: Change, method: int = zipfile.ZIP_STORED) -> Attack:
    def made(bases: Bases) -> bytes:
        members = unpacked(bases["workbook"][0])
        return packed({**members, name: change(members.get(name, b""))}, method)

    return "workbook", made


def more_rows(xml: Callable[[], str]) -> Change:
    """Rows more."""
    return lambda old: old.replace(b"</sheetData>", f"{xml()}</sheetData>".encode())


def after_rows(xml: Callable[[], str]) -> Change:
    return lambda old: old.replace(b"</sheetData>", f"</sheetData>{xml()}".encode())


def all_decided(cell: str) -> Change:
    """The same in every Decision cell; {r} is its place."""
    return lambda old: _DECISION.sub(lambda match: cell.replace("{r}", match[1].decode()).encode(), old)


def text_cell(where: str, written: str) -> str:
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def all_typed(written: str) -> Change:
    return all_decided(text_cell("{r}", written))


def row_of(n: int, *values: str) -> str:
    cells = (text_cell(f"{column}{n}", value) for column, value in zip("ABCDEFGH", values, strict=False))
    return f'<row r="{n}">{"".join(cells)}</row>'


def more_keys(*lines: tuple[str, ...]) -> Change:
    """Rows more in the hidden key sheet."""
    return more_rows(lambda: "".join(row_of(n, *line) for n, line in enumerate(lines, 100_000)))


def only_rows(xml: str) -> Change:
    return lambda old: f"<worksheet {_MAIN}><sheetData>{xml}</sheetData></worksheet>".encode()


def with_doctype(old: bytes) -> bytes:
    return old.replace(b"?>", b"?>" + LAUGHS.encode(), 1).replace(b"</", b"&j;</", 1)


KEYS: Mapping[str, Attack] = {
    "a format of thousands of digits": in_sheets(qualkit=only_rows(row_of(1, "format", LONG_NUMBER))),
    "a row without a key": in_sheets(qualkit=only_rows(row_of(1, "row"))),
    "a key sheet without cells": in_sheets(qualkit=only_rows("")),
    "a key sheet of empty rows": in_sheets(qualkit=only_rows("<row/>" * 1_000)),
    "a place of thousands of digits": in_sheets(
        qualkit=more_keys(("row", f"PT01:{LONG_NUMBER}-9", "")),
        Index=more_rows(lambda: row_of(90_000, f"PT01:{LONG_NUMBER}-9", "", "x")),
    ),
    "a heading of a thousand commas": in_sheets(
        qualkit=more_keys(("heading", "9.9", "h-9", "a,b" * 1_000, "c"), ("heading", "9.8", "h-8", "a", "c")),
        Index=all_typed("a, " * 600),
    ),
    "headings of a few commas": in_sheets(
        qualkit=more_keys(("heading", "9.9", "h-9", "a,b,c,d,e,f,g,h", "c"), ("heading", "9.8", "h-8", "a", "c")),
        Index=all_typed("a, " * 600),
    ),
    "a heading of accents": in_sheets(qualkit=more_keys(("heading", "9.9", "h-9", ACCENTS, "c"))),
    "numbers that are none": in_sheets(
        qualkit=more_keys(
            *(
                ("heading", number, f"h-{number[:9]}", number[:9], "c")
                for number in ("sNaN", "NaN", "1e999999999", "1e9999999999999999999", "9" * 100_000, "٣")
            )
        ),
        Index=all_decided('<c r="{r}"><v>3</v></c>'),
    ),
    "fifty thousand headings": in_sheets(
        qualkit=more_keys(*(("heading", f"{n}.1", f"h-{n}", f"N{n}", "c") for n in range(50_000))),
        Index=all_decided('<c r="{r}"><v>3.5</v></c>'),
    ),
    "fifty thousand keys twice": in_sheets(
        qualkit=more_keys(
            *(("row", f"PT01:{n}-9", "", "h-1") for n in range(50_000)),
            *(("row", f"PT01:{n}-9", "", "h-1") for n in range(50_000)),
        )
    ),
    "a coder of half a pair": in_sheets(
        qualkit=lambda old: only_rows(row_of(1, "format", "1") + row_of(2, "coder", "A_xD800_B_x001B_[2J_x0000_"))(old)
    ),
    "decisions of half a pair": in_sheets(Index=all_typed("_xD800_ _xDC00_ _x0000_")),
    "no key sheet": in_part(BOOK, lambda old: old.replace(b'name="qualkit"', b'name="other"')),
}
