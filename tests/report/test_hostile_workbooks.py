"""Faults that hostile workbooks have found: some can come from a spreadsheet, others only from who means harm."""

import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from qualkit.errors import QualkitError
from qualkit.exchange.matrix_decisions import ReadBack, read_decisions_back
from qualkit.model.workbook import KEY_SHEET
from qualkit.report.workbook import write_workbook
from tests.proof.hostile.attack_word import directory_only, huge_dictionary
from tests.proof.hostile.attack_workbook import (
    ACCENTS,
    Change,
    all_decided,
    all_typed,
    more_keys,
    more_rows,
    only_rows,
    row_of,
)
from tests.proof.hostile.bases import packed, sheet_of, unpacked
from tests.report.made_up import book

NINES = "9" * 5_000


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "matrix.xlsx"
    write_workbook(book(3, 2, 5), path)
    return path


@pytest.fixture
def read(exported: Path, tmp_path: Path):
    """Reads the workbook with sheets or parts changed, in time."""

    def reading(*, parts: dict[str, Change] | None = None, **sheets: Change) -> ReadBack:
        members = unpacked(exported.read_bytes())
        for name, change in {**{sheet_of(members, n): c for n, c in sheets.items()}, **(parts or {})}.items():
            members[name] = change(members[name])
        path = tmp_path / "back.xlsx"
        path.write_bytes(packed(members, zipfile.ZIP_STORED))
        began = time.process_time()
        try:
            return read_decisions_back(path)
        finally:
            assert time.process_time() - began < 5

    return reading


def test_a_number_of_thousands_of_digits(read) -> None:
    with pytest.raises(QualkitError, match="damaged"):
        read(qualkit=only_rows(row_of(1, "format", NINES)))
    key = f"PT01:{NINES}-9"
    back = read(qualkit=more_keys(("row", key, "")), Index=more_rows(lambda: row_of(9_000, key, "", "x")))
    assert "hidden key" in back.problems[0].what
    back = read(Index=all_decided(f'<c r="{{r}}"><v>{"9" * 4_000}</v></c>'))
    assert back.problems[0].what == "the Decision cell holds a number, which is no heading of this workbook."


def test_key_sheets_with_little_in_them(read) -> None:
    for rows in ("", "<row/>", row_of(1, "row"), row_of(1, "heading"), '<row r="7"><c r="C7"/></row>'):
        with pytest.raises(QualkitError, match="damaged"):
            read(qualkit=only_rows(rows))


def test_escaped_signs_that_no_database_takes(read) -> None:
    back = read(qualkit=only_rows(row_of(1, "format", "1") + row_of(2, "coder", "A_xD83D__xDE00__xD800__x001B_[2J")))
    assert back.coder == "A😀\ufffd␛[2J"
    back = read(Index=all_typed("_xD800_ _x0000_"))
    assert back.problems[0].dropped == "\ufffd ␀"


def test_a_cell_in_the_last_corner(read) -> None:
    for corner in ("XFD1048576", "XFD9000", "O1048576"):
        row = re.sub("[A-Z]+", "", corner)
        back = read(Index=more_rows(lambda c=corner, r=row: f'<row r="{r}"><c r="{c}"><v>1</v></c></row>'))
        assert not back.problems


@pytest.mark.parametrize("row", ["999999999999", NINES, "1e400", "-5", "1048577", "x"])
def test_rows_that_cannot_be(read, row: str) -> None:
    for sheet in ("Index", "qualkit"):
        with pytest.raises(QualkitError, match="damaged"):
            read(**{sheet: more_rows(lambda: f'<row r="{row}"/>')})


def test_all_cells_merged(read) -> None:
    merge = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="M3:M9"/></mergeCells>'
    back = read(Index=lambda old: old.replace(b"</sheetData>", merge.encode()))
    assert all("merged" in problem.what for problem in back.problems)


def test_a_sheet_whose_name_is_a_book(read) -> None:
    name = "x" * 500_000
    back = read(
        parts={"xl/workbook.xml": lambda old: old.replace(b'name="Index"', f'name="{name}"'.encode())},
        Index=all_typed("what?"),
    )
    assert back.problems[0].place.startswith("x" * 31 + ", row ")


def test_a_heading_of_a_thousand_commas(read) -> None:
    headings = (("heading", "9.9", "h-9", "a,b" * 1_000, "c"), ("heading", "9.8", "h-8", "a", "c"))
    back = read(qualkit=more_keys(*headings), Index=all_typed("a, " * 50))
    assert {row.wants.applies for row in back.rows} == {("h-8",)}
    assert {row.wants.applies for row in read(qualkit=more_keys(*headings), Index=all_typed("9.9")).rows} == {("h-9",)}
    back = read(qualkit=more_keys(*headings), Index=all_typed("a, " * 600))
    assert back.problems[0].what == "the Decision cell is far longer than a decision."


def test_names_and_decisions_of_accents(read) -> None:
    back = read(qualkit=more_keys(("heading", "9.9", "h-9", ACCENTS, "c")), Index=all_typed(ACCENTS))
    assert back.problems[0].what == "the Decision cell is far longer than a decision."


def test_numbers_of_headings_that_are_none(read) -> None:
    numbers = ("sNaN", "NaN", "1e999999999", "Infinity", "٣", "9" * 50_000)
    headings = [("heading", number, f"h-{n}", f"N{n}", "c") for n, number in enumerate(numbers)]
    back = read(qualkit=more_keys(*headings), Index=all_decided('<c r="{r}"><v>3</v></c>'))
    assert {row.wants.applies for row in back.rows} == {("h-4",)}


def test_shared_formulas_are_not_worked_out(read) -> None:
    formula = '<row r="900"><c r="P900"><f t="shared" ref="P900:P9999" si="0">' + "A1+" * 50_000 + "A1</f></c></row>"
    shared = "".join(f'<row><c r="P{n}"><f t="shared" si="0"/></c></row>' for n in range(901, 3_000))
    assert not read(Index=more_rows(lambda: formula + shared)).problems


def test_a_passage_over_thousands_of_rows(read) -> None:
    further = "".join(row_of(n + 900, f"X:1-2|{n}", "", "", "", "", "", "a … (continues)") for n in range(2, 20_000))
    back = read(Index=more_rows(lambda: row_of(901, "X:1-2", "") + further))
    assert [problem.what for problem in back.problems] == [
        "the row has a hidden key that this workbook was not exported with."
    ]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/sharedStrings.xml", lambda old: old.replace(b"<sst ", b'<sst a="' + b"a" * 5_000_000 + b'" ')),
        ("xl/sharedStrings.xml", lambda old: old.replace(b"</sst>", b"<si/>" * 3_100_000 + b"</sst>")),
        ("xl/styles.xml", lambda old: old.replace(b"</cellXfs>", b"<xf/>" * 300_000 + b"</cellXfs>")),
        ("xl/workbook.xml", lambda old: old.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)),
    ],
    ids=["attribute", "strings", "styles", "entities"],
)
def test_more_than_any_matrix_has(read, part: str, change: Change) -> None:
    with pytest.raises(QualkitError, match="no spreadsheet writes") as told:
        read(parts={part: change})
    assert told.value.hint


def test_archives_that_no_spreadsheet_writes(exported: Path, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    for data in (directory_only(1_000_000), huge_dictionary(unpacked(exported.read_bytes()))):
        path.write_bytes(data)
        with pytest.raises(QualkitError, match="no spreadsheet writes"):
            read_decisions_back(path)


def test_what_a_spreadsheet_adds_is_left_aside(exported: Path, tmp_path: Path) -> None:
    """Comments, pictures, charts and names of one's own are not opened at all."""
    book = openpyxl.load_workbook(exported)
    book["Index"]["C9"].comment = openpyxl.comments.Comment("Look here", "A. Reader")
    chart = openpyxl.chart.BarChart()
    book["Index"].add_chart(chart, "P9")
    book.save(tmp_path / "back.xlsx")
    assert KEY_SHEET in book.sheetnames
    assert not read_decisions_back(tmp_path / "back.xlsx").problems
