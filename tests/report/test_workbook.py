"""The workbook as written: the same bytes, nothing lost, nothing too high, decided and proposed told apart."""

import random
import re
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText

from qualkit.errors import QualkitError
from qualkit.model.book import Book
from qualkit.model.chart import Cell, Emptiness, Extract, Said
from qualkit.model.transcripts import Told
from qualkit.model.workbook import CELL_LIMIT, DECISION, KEY_SHEET, cell_text, units
from qualkit.report.workbook import write_workbook
from tests.report.made_up import book, talk
from tests.report.reading import matrix_cells, matrix_texts, words

ODD = (
    "=SUM(A1:A9)", "+44 1224 000000", "- and then he said", "@home", "'quoted'", "<r>like markup</r>",
    "http://example.org",
    "null \x00 bell \x07 \x0b and \r\n carriage \r return", "_x000D_ as typed", "\ufffe odd \ud800 ends", "tab\there",
    "שלום, זה כואב בלילה", "الألم أسوأ في الليل", "夜の痛みが一番つらいです。" * 40,
    "e\u0301" * 300, "👩‍👩‍👧 " * 50, "W" * 3_000,
    "0012", "1.10", "NA", "TRUE", "#N/A", "trailing \n\n ", "a\n" * 300,
)  # fmt: skip


def with_odd_texts(made: Book) -> Book:
    """The book with hard texts in its first case, a heading each, and one of 40,000 characters."""
    case = made.matrix.rows[0]
    texts = [*ODD, "x " + talk(random.Random(3), 900)[:40_000], "A" * 33_000 + " " + "ב" * 33_000]
    cells = dict(made.matrix.cells)
    for place, heading in enumerate(made.matrix.framework.headings()):
        held = [text for n, text in enumerate(texts) if n % 18 == place]
        said = [(Said("=Label", case.participants[0], text, True),) for text in held]
        extracts = [
            Extract("T01", "v", n, n + 1, f"T01:{n}", "decided", ("=Anna",), s, False) for n, s in enumerate(said)
        ]
        cells[case.key, heading.key] = Cell(case.key, heading.key, tuple(extracts), None, None)
    index = [replace(row, text=texts[n] or "x") for n, row in enumerate(made.index[: len(texts)])]
    return replace(made, matrix=replace(made.matrix, cells=cells), index=(*index, *made.index[len(texts) :]))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Path]:
    made = with_odd_texts(book())
    path = tmp_path_factory.mktemp("book") / "matrix.xlsx"
    write_workbook(made, path)
    return made, path


def test_same_book_same_bytes(written: tuple[Book, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, path = written
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    time.sleep(2.1)  # zip stores even seconds
    write_workbook(made, tmp_path / "again.xlsx")
    monkeypatch.undo()
    time.tzset()
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def said_words(cell: Cell) -> list[str]:
    return [word for extract in cell.extracts for said in extract.said for word in cell_text(said.text).split()]


def in_order(wanted: list[str], found: list[str]) -> bool:
    """Whether all wanted words are found, in order, whatever stands between them. Over-long words may be broken."""
    left = iter("".join(found))
    return all(sign in left for sign in "".join(wanted))


@pytest.mark.parametrize("by", ["case", "participant", "group"])
def test_every_extract_is_found_whole(by: str, tmp_path: Path) -> None:
    made = with_odd_texts(book(by=by))
    write_workbook(made, tmp_path / "m.xlsx")
    texts = matrix_texts(tmp_path / "m.xlsx")
    shown = {row.key: row.shown for row in made.matrix.rows}
    for (case, heading), cell in made.matrix.cells.items():
        text = texts[shown[case], "extracts", heading]
        assert in_order(said_words(cell), words(text)), (case, heading)
        for extract in cell.extracts:
            assert f"[{extract.reference}] {extract.status}" in text
            sentences = " ".join(words(text))
            for said in extract.said:
                if len(said.text) < 1_000 and " " in said.text.strip():
                    assert " ".join(cell_text(said.text).split()) in sentences
    summaries = {where for where in texts if where[1] == "summary"}
    assert bool(summaries) is (by == "case")
    assert all(not texts[where].strip() for where in summaries)


def test_index_holds_every_passage_whole(written: tuple[Book, Path]) -> None:
    made, path = written
    sheet = openpyxl.load_workbook(path)["Index"]
    column = [c.value for c in sheet[1]].index("qualkit:text")
    found = words("\n".join(str(row[column].value or "") for row in sheet.iter_rows(min_row=5)))
    wanted = [word for row in made.index for word in cell_text(row.text).split()]
    assert "".join(wanted) == "".join(found)


def test_no_limit_of_excel_is_passed(written: tuple[Book, Path]) -> None:
    _, path = written
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook.worksheets:
        assert len(sheet.title) <= 31
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert units(cell.value) <= CELL_LIMIT
                    assert cell.value.count("\n") <= 253
                    assert "\r" not in cell.value
                    assert cell.data_type == "s", cell.value[:20]
        for dimension in sheet.row_dimensions.values():
            assert dimension.height is None or dimension.height <= 409


def test_decided_and_proposed_differ_in_word_and_style(written: tuple[Book, Path]) -> None:
    _, path = written
    workbook = openpyxl.load_workbook(path, rich_text=True)
    seen = {"decided": 0, "proposed": 0}
    for sheet in workbook.worksheets:
        if not re.match(r"\d", sheet.title):
            continue
        for row in sheet.iter_rows(min_row=5):
            for cell in row:
                if not isinstance(cell.value, CellRichText):
                    continue
                status = ""
                for piece in cell.value:
                    head = re.fullmatch(r"\[.+\] (decided|proposed|disputed).*\n", str(piece))
                    status = head[1] if head else status
                    if head or not status or piece.font.sz == 9:
                        continue
                    seen[status] = seen.get(status, 0) + 1
                    assert bool(piece.font.i) is (status == "proposed")
    assert min(seen["decided"], seen["proposed"]) > 20


def test_empty_cells_say_why(written: tuple[Book, Path]) -> None:
    made, path = written
    texts = matrix_texts(path)
    shown = {row.key: row.shown for row in made.matrix.rows}
    for (case, heading), cell in made.matrix.cells.items():
        text = texts[shown[case], "extracts", heading]
        if cell.emptiness is Emptiness.UNPROMPTED:
            assert cell.extracts
            assert text.strip().startswith("raised unprompted (inferred)")
        elif cell.emptiness:
            assert text.strip() == f"{cell.emptiness} ({cell.told})"


def test_final_holds_nothing_proposed(tmp_path: Path) -> None:
    made = book(final=True)
    write_workbook(made, tmp_path / "m.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "m.xlsx")
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.title not in ("Read me", "Transcripts"):
                    assert "proposed" not in str(cell.value), (sheet.title, cell.coordinate)
    said = "\n".join(str(cell.value) for row in workbook["Read me"].iter_rows() for cell in row if cell.value)
    assert "undecided" in said
    assert "T02" in said


def test_print_set_up_of_each_sheet(written: tuple[Book, Path]) -> None:
    _, path = written
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.title == KEY_SHEET:
            assert sheet.sheet_state == "veryHidden"
            continue
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
        assert (setup.scale or 100) >= 70
        assert "&P" in sheet.oddFooter.right.text
        assert "&N" in sheet.oddFooter.right.text
        if sheet.title != "Read me":
            assert sheet.print_title_rows
            assert sheet.freeze_panes
            assert sheet.auto_filter.ref
            assert sheet.row_dimensions[1].hidden
            # sorting must move whole rows, keys included
            assert sheet.auto_filter.ref.startswith("A")
            assert sheet.auto_filter.ref.split(":")[1].startswith(sheet.dimensions.split(":")[1].rstrip("0123456789"))


def test_attributes_stand_together_and_folded_apart(written: tuple[Book, Path]) -> None:
    made, path = written
    sheet = openpyxl.load_workbook(path).worksheets[1]
    names = {str(cell.value): cell.column_letter for cell in sheet[1]}
    row = made.matrix.rows[0]
    about = str(sheet[f"{names['qualkit:about']}5"].value)
    for name, value in row.attributes:
        column = names[f"qualkit:attribute:{name}"]
        assert f"{name}: {value}" in about
        assert sheet[f"{column}5"].value == value
        assert sheet.column_dimensions[names["qualkit:attribute:age"]].outlineLevel == 1


def test_hidden_sheet_holds_no_words(written: tuple[Book, Path]) -> None:
    made, path = written
    said = {str(cell.value) for row in openpyxl.load_workbook(path)[KEY_SHEET].iter_rows() for cell in row}
    for row in made.index:
        assert str(row.key) in said
        assert row.text not in said
        assert row.reference not in said


def test_decision_column_is_text(written: tuple[Book, Path]) -> None:
    _, path = written
    sheet = openpyxl.load_workbook(path)["Index"]
    column = [c.value for c in sheet[1]].index(DECISION)
    assert {row[column].number_format for row in sheet.iter_rows(min_row=5)} == {"@"}
    validation = sheet.data_validations.dataValidation[0]
    assert not validation.type or validation.type == "none"
    assert validation.prompt


def test_names_of_sheets_are_legal_and_differ(tmp_path: Path) -> None:
    made = book(2, 6, 2)
    names = ["History", "Pain: [day] and *night* / at home?", "Index", "x" * 60, "x" * 59 + "y", "👩" * 40]
    categories = tuple(
        replace(c, name=name, number="" if n in (0, 2) else "1" if n in (3, 4) else c.number)
        for n, (c, name) in enumerate(zip(made.matrix.framework.categories, names, strict=True))
    )
    framework = replace(made.matrix.framework, categories=categories)
    write_workbook(replace(made, matrix=replace(made.matrix, framework=framework)), tmp_path / "m.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "m.xlsx")
    titles = workbook.sheetnames
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(units(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)
    for title, category in zip(titles[1:7], categories, strict=True):
        assert workbook[title]["B2"].value == f"{category.number} {category.name}".strip()


def test_empty_book(tmp_path: Path) -> None:
    made = book(1)
    bare = replace(
        made, day="", coder="", index=(), people=(), transcripts=(), problems=(),
        matrix=replace(made.matrix, rows=(), cells={}, framework=replace(made.matrix.framework, categories=())),
    )  # fmt: skip
    write_workbook(bare, tmp_path / "m.xlsx")
    assert "Index" in openpyxl.load_workbook(tmp_path / "m.xlsx").sheetnames


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    made = book(1, 1, 1)
    for path in (tmp_path / "none" / "m.xlsx", tmp_path):
        with pytest.raises(QualkitError) as told:
            write_workbook(made, path)
        assert str(path) in told.value.message
        assert told.value.hint
    assert not list(tmp_path.iterdir())


def test_a_failure_on_the_way_keeps_the_old_file(tmp_path: Path) -> None:
    made = book(1, 1, 1)
    path = tmp_path / "m.xlsx"
    path.write_bytes(b"old")

    def stop(step: str, done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_workbook(made, path, stop)
    assert [p.name for p in tmp_path.iterdir()] == ["m.xlsx"]
    assert path.read_bytes() == b"old"


def test_large_matrix(tmp_path: Path) -> None:
    made = book(200, 6, 10, most=1)
    began = time.perf_counter()
    write_workbook(made, tmp_path / "m.xlsx")
    assert time.perf_counter() - began < 60
    cells = dict(matrix_cells(tmp_path / "m.xlsx"))
    assert len({where[0] for where in cells}) == 200
    assert len({where[2] for where in cells}) == 60


def test_told_is_said_for_each_kind(tmp_path: Path) -> None:
    made = book(1, 1, 6)
    case = made.matrix.rows[0]
    kinds = [e for e in Emptiness if e is not Emptiness.UNPROMPTED]
    cells = {
        (case.key, h.key): Cell(case.key, h.key, (), kind, Told.CONFIRMED)
        for h, kind in zip(made.matrix.framework.headings(), kinds, strict=False)
    }
    write_workbook(replace(made, matrix=replace(made.matrix, cells=cells)), tmp_path / "m.xlsx")
    said = {text.strip() for where, text in matrix_texts(tmp_path / "m.xlsx").items() if where[1] == "extracts"}
    assert said >= {f"{kind} (confirmed)" for kind in kinds}


def test_page_headers_of_long_names(tmp_path: Path) -> None:
    made = book(1, 1, 2)
    category = replace(made.matrix.framework.categories[0], name="& " * 300)
    framework = replace(made.matrix.framework, categories=(category,))
    made = replace(made, study="R&D " * 80, matrix=replace(made.matrix, framework=framework))
    write_workbook(made, tmp_path / "m.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[:-1]:
        header = sheet.oddHeader
        assert "…" in header.left.text
        assert len(header.left.text) + len(header.center.text or "") + len(header.right.text) < 230
