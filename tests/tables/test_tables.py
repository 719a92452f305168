"""Delimited text in any dialect and encoding reads back the same; what cannot be read is told with its row."""

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import QualkitError
from qualkit.ingest.tables.columns import Layout
from qualkit.ingest.tables.table import RESERVED, Table, read_table, reserved
from tests.tables.made_up import refused, written

OPEN = Layout(known=("participant", "case"), required=("participant",), open=True)
CLOSED = Layout(known=("transcript", "kind", "held"), required=("transcript",))


def cells(table: Table) -> list[list[str]]:
    return [[row.cells[column] for column in table.columns] for row in table.rows]


def test_values_stay_as_written(tmp_path: Path) -> None:
    text = "participant,age,note\nP01,007,NA\nP02, nan ,=1+1\nP03,1e5,TRUE\n"
    assert cells(read_table(written(tmp_path, text), OPEN)) == [
        ["P01", "007", "NA"],
        ["P02", " nan ", "=1+1"],
        ["P03", "1e5", "TRUE"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_recognised(tmp_path: Path, delimiter: str) -> None:
    text = delimiter.join(["participant", "case", "note"]) + "\n" + delimiter.join(["P01", "C1", '"a, b; c\td"']) + "\n"
    table = read_table(written(tmp_path, text), OPEN)
    assert table.delimiter == delimiter
    assert cells(table) == [["P01", "C1", "a, b; c\td"]]


def test_excel_names_its_separator(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "sep=;\r\nparticipant;case\r\nP01;C1\r\n"), OPEN)
    assert cells(table) == [["P01", "C1"]]
    assert table.rows[0].n == 2  # as Excel counts


def test_columns_are_folded(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, " PARTICIPANT ,Consent form,Age  group\nP01,yes,2\n"), OPEN)
    assert table.columns == ("participant", "consent_form", "age_group")
    assert table.headers["age_group"] == "Age group"


def test_rows_are_numbered_as_in_a_spreadsheet(tmp_path: Path) -> None:
    text = 'participant,case\n\nP01,"two\nlines"\n,\nP02,C2\n'
    assert [(row.n, row.get("participant")) for row in read_table(written(tmp_path, text), OPEN).rows] == [
        (3, "P01"),
        (5, "P02"),
    ]


def test_ragged_rows(tmp_path: Path) -> None:
    text = "participant,case,age\nP01,C1,40\nP02,Smith, John,40\nP03\nP04,C4,50,,\n"
    table = read_table(written(tmp_path, text), OPEN)
    assert [row.get("participant") for row in table.rows] == ["P01", "P03", "P04"]
    long, short = table.problems
    assert str(long).endswith("quotation marks; a spreadsheet does so when it saves.")
    assert (long.place, long.serious) == ("row 3", True)
    assert "it has 4 cells, and the first row 3. The row is left out." in long.what
    assert (short.place, short.serious) == ("row 4", False)
    assert "it has 1 of 3 cells" in short.what


def test_a_column_without_a_name(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "participant,,case,\nP01,lost,C1,\n"), OPEN)
    assert cells(table) == [["P01", "C1"]]
    (problem,) = table.problems
    assert problem.place == "column 2, 4"
    assert "no name" in problem.what


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "particpant,case\nP01,C1\n",
            "row 1: the column “participant” is missing. Perhaps it is the one called",
        ),
        ("name,case\nP01,C1\n", "row 1: the column “participant” is missing. Add it to the first row."),
        ("participant,Case,case\nP01,C1,C1\n", "row 1: two columns are called “case”, the 2. and the 3. Rename"),
        ('participant,case\nP01,"open\nP02,C2\n', "row 2: a quotation mark is not closed"),
        ('participant,case\nP01,C1\nP02,"a"b\n', "row 3: a quotation mark is not closed, or stands within a text"),
        ("\n\n,,\n", "the table is empty"),
        ("", "the file is empty"),
        ("\ufeff\n", "the table is empty"),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    assert message in refused(lambda path: read_table(path, OPEN), written(tmp_path, text)).message


def test_unknown_columns_are_an_error_where_they_are_no_attributes(tmp_path: Path) -> None:
    path = written(tmp_path, "Transcript,Knd,weather,kind\nT1,fg,rain,fg\n")
    told = refused(lambda path: read_table(path, CLOSED), path)
    assert told.message.splitlines() == [
        f"{path}, row 1: “Knd” is no column of this table. Did you mean “kind”?",
        f"{path}, row 1: “weather” is no column of this table. Its columns are: transcript, kind, held.",
    ]


def test_an_attribute_that_may_be_a_mistyped_column_is_noted(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "participant,cases,age\nP01,C1,40\n"), OPEN)
    (note,) = table.problems
    assert not note.serious
    assert "“cases” is taken as an attribute. If “case” is meant, rename the column." in str(note)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"PK\x03\x04" + bytes(60), "cases.xlsx", "this is an Excel workbook; tables are read from CSV only so far"),
        (b"PK\x03\x04" + bytes(60), "cases.csv", "this is an office document or a zip archive, not a table in CSV"),
        (b"\x89PNG\r\n\x1a\n", "cases.csv", "this is a picture, not a table"),
        (b"participant\x00\x01\x02\x03" * 20, "cases.csv", "this is no text file"),
        (bytes(range(1, 32)) * 20, "cases.csv", "this is no text file"),
        ("participant\nJosé Müller\n".encode() * 3 + b"\xff\n", "cases.csv", "line 7: a character that is not UTF-8"),
        (b"\xff\xfeparticipant", "cases.csv", "that is not UTF-16-LE"),
    ],
)
def test_what_is_no_table(tmp_path: Path, data: bytes, name: str, message: str) -> None:
    assert message in refused(lambda path: read_table(path, OPEN), written(tmp_path, data, name)).message


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    written(tmp_path, "participant\nP01\n", "cases.csv")
    assert "“cases.csv”" in refused(lambda path: read_table(path, OPEN), tmp_path / "case.csv").hint


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp1251", "shift_jis", "gb18030"])
def test_old_encodings_are_read_and_told(tmp_path: Path, encoding: str) -> None:
    person = {
        "cp1251": "Иван Петров, Мария Иванова",
        "shift_jis": "山田太郎さんの話です",
        "gb18030": "王小明的故事",
    }.get(encoding, "café déjà élevé, Müller")
    table = read_table(written(tmp_path, f'participant,name\nP01,"{person}"\n'.encode(encoding)), OPEN)
    assert cells(table) == [["P01", person]]
    (note,) = table.problems
    assert not note.serious
    assert "not in UTF-8 and was read as" in note.what


def test_reserved_names() -> None:
    assert set(RESERVED) == {
        *("cases.csv", "transcripts.csv", "decisions.csv", "codebook.csv"),
        *("minutes.csv", "recruitment.csv", "saturation.yaml", "schedule.yaml"),
    }
    assert reserved("Cases.CSV") == "qualkit import cases"
    assert reserved("folder/schedule.yaml") == "qualkit import framework"
    assert reserved("P01.txt") is None
    assert reserved("") is None


# any table, however it was written

# a carriage return comes with its line feed: alone, Python's writer leaves it without quotation marks
CELLS = st.lists(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from([*'",;\t\n', "\r\n"]), max_size=12)
WESTERN = st.text(st.sampled_from("abc XYZ 019 ,;\t\"\n.-'") | st.sampled_from("é"), max_size=12)
MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def text_of(rows: list[list[str]], delimiter: str, quoting: int, line_end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def dialects() -> st.SearchStrategy[tuple[str, int, str]]:
    return st.tuples(
        st.sampled_from([",", ";", "\t"]),
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        st.sampled_from(["\r\n", "\n"]),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.lists(CELLS.map("".join), min_size=3, max_size=3)),
    dialects(),
    st.sampled_from(["utf-8", *MARKS]),
    st.booleans(),
)
def test_any_dialect_reads_back_the_same(
    tmp_path: Path, rows: list[list[str]], dialect: tuple[str, int, str], encoding: str, marked: bool
) -> None:
    text = text_of([["participant", "case", "age"], *rows], *dialect)
    mark = MARKS[encoding] if marked or encoding != "utf-8" else b""
    table = read_table(written(tmp_path, mark + text.encode(encoding)), OPEN)
    assert cells(table) == [row for row in rows if any(cell.strip() for cell in row)]
    assert table.delimiter == dialect[0]
    assert not table.problems


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(WESTERN, min_size=3, max_size=3)), dialects())
def test_windows_1252_reads_back_the_same(tmp_path: Path, rows: list[list[str]], dialect: tuple[str, int, str]) -> None:
    text = text_of([["participant", "case", "âge"], *rows], *dialect)
    table = read_table(written(tmp_path, text.encode("cp1252")), OPEN)
    assert cells(table) == [row for row in rows if any(cell.strip() for cell in row)]
    assert table.encoding == "cp1252"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary()
    | st.text().map(lambda text: ("participant,case\n" + text).encode())
    | st.text('participant,;\t"\n\r é', max_size=60).map(str.encode)
    | st.binary().map(lambda data: b"participant\n" + data)
)
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, data)
    began = time.perf_counter()
    try:
        read_table(path, OPEN)
    except QualkitError as refused:
        told = refused
    else:
        told = None
    assert told is None or (str(path) in told.message and told.hint)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "data",
    [
        b'participant\n"' + b"x" * 5_000_000,
        b"participant\n" + b'"' * 2_000_001,
        b"participant," * 300_000 + b"\n",
        b"participant\n" + b"," * 2_000_000,
        b"participant\n" + bytes([0xE9, 0x20]) * 2_000_000,
        b"participant\n" + bytes([0xC3, 0xE9]) * 1_000_000,
    ],
    ids=["open quote", "quotes", "columns", "cells", "western", "other"],
)
def test_hostile_tables_end_in_time(tmp_path: Path, data: bytes) -> None:
    began = time.perf_counter()
    try:
        read_table(written(tmp_path, data), OPEN)
    except QualkitError as refused:
        told = refused.message
    else:
        told = ""
    assert time.perf_counter() - began < 10
    assert len(told) < 10_000


def test_a_long_table_is_read_in_time(tmp_path: Path) -> None:
    path = written(tmp_path, "participant,case,age\n" + "".join(f"P{n},C{n},40\n" for n in range(100_000)))
    began = time.perf_counter()
    assert len(read_table(path, OPEN).rows) == 100_000
    assert time.perf_counter() - began < 10
