"""Workbooks that somebody made to do harm: rows, cells and decisions of the Index."""

import re
from collections.abc import Mapping

from tests.proof.hostile.attack_texts import Attack
from tests.proof.hostile.attack_word import ATTRIBUTE, many
from tests.proof.hostile.attack_workbook import (
    ACCENTS,
    BOOK,
    LONG_NUMBER,
    after_rows,
    all_decided,
    all_typed,
    in_part,
    in_sheets,
    more_rows,
    row_of,
    with_doctype,
)
from tests.proof.hostile.secret import SENTENCE

_SHARED = '<row><c><f t="shared" si="7"/></c></row>'
_FORMULA = (
    '<row r="90000"><c r="P90000"><f t="shared" ref="P90000:P99999" si="7">' + "A1+" * 100_000 + "A1</f></c></row>"
)

CELLS: Mapping[str, Attack] = {
    "one cell in the last corner": in_sheets(
        Index=more_rows(lambda: row_of(1_048_576, "a").replace("A1048576", "XFD1048576"))
    ),
    "a row beyond all": in_sheets(Index=more_rows(lambda: '<row r="999999999999999"><c r="A999999999999999"/></row>')),
    "a row beyond all in the key sheet": in_sheets(
        qualkit=more_rows(lambda: '<row r="999999999999999"><c r="A999999999999999"/></row>')
    ),
    "a row beyond all numbers": in_sheets(Index=more_rows(lambda: f'<row r="{LONG_NUMBER}"/><row r="1e400"/>')),
    "a hundred thousand rows to the far right": in_sheets(
        Index=more_rows(lambda: many('<row r="9{n}"><c r="XFD9{n}"><v>1</v></c></row>', 100_000))
    ),
    "a dimension that lies": in_sheets(
        Index=lambda old: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', old)
    ),
    "all cells merged": in_sheets(
        Index=after_rows(lambda: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "a hundred thousand merges": in_sheets(
        Index=after_rows(
            lambda: many('<mergeCell ref="M5:M1048576"/>', 100_000).join(("<mergeCells>", "</mergeCells>"))
        )
    ),
    "merges the wrong way round": in_sheets(
        Index=after_rows(lambda: '<mergeCells><mergeCell ref="M9:A5"/><mergeCell ref="x"/><mergeCell/></mergeCells>')
    ),
    "millions of empty cells": in_sheets(Index=more_rows(lambda: f"<row>{'<c/>' * 10_000}</row>" * 290)),
    "a row of millions of cells": in_sheets(Index=more_rows(lambda: f"<row>{'<c/>' * 2_900_000}</row>")),
    "millions of empty rows": in_sheets(Index=more_rows(lambda: "<row/>" * 900_000)),
    "more rows than there are": in_sheets(Index=more_rows(lambda: "<row/>" * 1_500_000)),
    "millions of things that nobody knows": in_sheets(Index=after_rows(lambda: "<a/><mergeCell/>" * 1_400_000)),
    "attributes without end": in_sheets(Index=after_rows(lambda: f"<a{many(ATTRIBUTE, 90_000)}/>" * 40)),
    "a passage of a hundred thousand rows": in_sheets(
        Index=more_rows(
            lambda: (
                row_of(80_000, "X:1-2", "")
                + "".join(
                    row_of(n + 80_000, f"X:1-2|{n}", "", "", "", "", "", "a … (continues)") for n in range(2, 100_000)
                )
            )
        )
    ),
    "formulas without end": in_sheets(Index=more_rows(lambda: _FORMULA + many(_SHARED, 2_000))),
    "the names of columns in the last row": in_sheets(
        Index=lambda old: re.sub(rb'(<row r="1".*?</row>)(.*?)<row r="4".*?</row>(.*)(?=</sheetData>)', rb"\2\3\1", old)
    ),
    "two indexes": in_part(
        BOOK, lambda old: re.sub(rb'name="Headings"([^>]*)r:id="rId[0-9]+"', rb'name="Headings"\1r:id="rId8"', old)
    ),
    "decisions of two thousand commas": in_sheets(Index=all_typed(",a" * 999)),
    "decisions of accents": in_sheets(Index=all_typed(ACCENTS)),
    "decisions of sentences": in_sheets(Index=all_typed(SENTENCE)),
    "decisions of formulas": in_sheets(Index=all_decided(f'<c r="{{r}}"><f t="array" ref="M5">"{SENTENCE}"</f></c>')),
    "decisions that are numbers beyond all": in_sheets(Index=all_decided('<c r="{r}"><v>1e308</v></c>')),
    "decisions of four thousand digits": in_sheets(Index=all_decided(f'<c r="{{r}}"><v>{"9" * 4_000}</v></c>')),
    "decisions of five thousand digits": in_sheets(Index=all_decided(f'<c r="{{r}}"><v>{LONG_NUMBER}</v></c>')),
    "decisions without end": in_sheets(Index=all_decided('<c r="{r}"><v>1e999</v></c>')),
    "decisions that are no numbers": in_sheets(Index=all_decided('<c r="{r}"><v>nan</v></c>')),
    "strings before the first": in_sheets(Index=all_decided('<c r="{r}" t="s"><v>-1</v></c>')),
    "days that are none": in_sheets(Index=all_decided('<c r="{r}" t="d"><v>2025-99-99T</v></c>')),
    "places that are none": in_sheets(Index=lambda old: old.replace(b'r="M', b'r="12M').replace(b'r="A', b'r="')),
    "laughs in a sheet": in_sheets(Index=with_doctype),
    "a document type in the key sheet": in_sheets(
        qualkit=lambda old: old.replace(b"?>", b'?><!DOCTYPE x SYSTEM "http://192.0.2.1/x">', 1)
    ),
}
