"""Workbooks that somebody made to do harm: their packing, texts, styles and list of sheets."""

import zipfile
from collections.abc import Callable, Mapping

from tests.proof.hostile.attack_texts import Attack
from tests.proof.hostile.attack_word import directory_only, huge_dictionary, locked, lying, many
from tests.proof.hostile.attack_workbook import BOOK, Change, in_part, with_doctype
from tests.proof.hostile.bases import packed, unpacked

STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"


def within(tag: str, xml: Callable[[], str]) -> Change:
    return lambda old: old.replace(f"</{tag}>".encode(), f"{xml()}</{tag}>".encode())


def more_strings(xml: Callable[[], str]) -> Attack:
    return in_part(STRINGS, within("sst", xml))


def named(name: str) -> Attack:
    return in_part(BOOK, lambda old: old.replace(b'name="Index"', f'name="{name}"'.encode()))


PARTS: Mapping[str, Attack] = {
    "a bomb": in_part(STYLES, lambda old: bytes(300_000_000), zipfile.ZIP_DEFLATED),
    "a bomb of strings": in_part(
        STRINGS, lambda old: old.replace(b"</sst>", b"<si><t>a</t></si>" * 5_000_000 + b"</sst>"), zipfile.ZIP_DEFLATED
    ),
    "a bomb that lies": (
        "workbook",
        lambda b: lying(packed({**unpacked(b["workbook"][0]), STYLES: bytes(300_000_000)}), 300_000_000, 99),
    ),
    "a million parts": ("workbook", lambda b: directory_only(1_000_000)),
    "a dictionary of four gigabytes": ("workbook", lambda b: huge_dictionary(unpacked(b["workbook"][0]))),
    "locked parts": ("workbook", lambda b: locked(b["workbook"][0])),
    "names that climb": (
        "workbook",
        lambda b: packed({f"../../{name}": data for name, data in unpacked(b["workbook"][0]).items()}),
    ),
    "a Word file": ("workbook", lambda b: b["docx"][0]),
    "a transcript": ("workbook", lambda b: b["txt"][0]),
    "millions of strings": more_strings(lambda: "<si/>" * 2_900_000),
    "a string of 60 MB": more_strings(lambda: f"<si><t>{'a' * 60_000_000}😀</t></si>"),
    "strings of a million signs": more_strings(lambda: f"<si><t>{'a' * 1_000_000}😀</t></si>" * 100),
    "a string of a million runs": more_strings(lambda: f"<si>{'<r><t>a</t></r>' * 1_000_000}</si>"),
    "laughs in the strings": in_part(STRINGS, with_doctype),
    "laughs in the styles": in_part(STYLES, with_doctype),
    "laughs in the book": in_part(BOOK, with_doctype),
    "an attribute of 60 MB": in_part(
        STRINGS, lambda old: old.replace(b"<sst ", b'<sst a="' + b"a" * 60_000_000 + b'" ')
    ),
    "a sheet with a very long name": named("a" * 1_000_000),
    "a sheet of strange signs": named("&#x9b;2J&#x202e;&#10;x"),
    "thousands of sheets": in_part(
        BOOK, within("sheets", lambda: many('<sheet name="x{n}" sheetId="1{n}" r:id="rId8"/>', 5_000))
    ),
    "a hundred thousand names": in_part(
        BOOK, within("definedNames", lambda: many('<definedName name="x{n}">A1</definedName>', 100_000))
    ),
    "styles without end": in_part(STYLES, within("cellXfs", lambda: '<xf numFmtId="0" fontId="0"/>' * 300_000)),
    "a form of number without end": in_part(
        STYLES,
        lambda old: old.replace(
            b"<fonts",
            b'<numFmts><numFmt numFmtId="200" formatCode="' + b"[&quot;d\\" * 50_000 + b'"/></numFmts><fonts',
            1,
        ),
    ),
    "properties without end": in_part(
        "docProps/core.xml", lambda old: old.replace(b"</dc:creator>", b"x" * 9_000_000 + b"</dc:creator>")
    ),
}
