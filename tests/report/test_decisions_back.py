"""What is typed into the Decision column comes back exactly; what cannot be read is told, row by row."""

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qualkit.errors import QualkitError
from qualkit.exchange.matrix_decisions import ReadBack, read_decisions_back
from qualkit.model.book import Book
from qualkit.model.notation import Want, notation
from qualkit.model.workbook import DECISION, KEY, KEY_SHEET, TEXT, WAS, cell_text
from qualkit.report.workbook import write_workbook
from tests.report.made_up import book
from tests.report.test_workbook import with_odd_texts

FIRST = 5  # row of the sheet


@pytest.fixture(scope="module")
def made() -> Book:
    return with_odd_texts(book(5, 2, 10))


@pytest.fixture(scope="module")
def exported(made: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "matrix.xlsx"
    write_workbook(made, path)
    return path


class Sheet:
    """The Index sheet in the hands of someone with a spreadsheet."""

    def __init__(self, path: Path) -> None:
        self.workbook = openpyxl.load_workbook(path)
        self.index = self.workbook["Index"]
        self.columns = {cell.value: cell.column for cell in self.index[1] if cell.value}
        # rows with a passage of their own: a long one goes on in further rows
        self.rows = [n for n in range(FIRST, self.index.max_row + 1) if not re.search(r"\|\d+$", self.key(n))]

    def key(self, row: int) -> str:
        return str(self.index.cell(row, self.columns[KEY]).value or "")

    def decision(self, row: int) -> Any:
        return self.index.cell(row, self.columns[DECISION])

    def saved(self, path: Path) -> Path:
        self.workbook.save(path)
        return path


def edited(exported: Path, tmp_path: Path, edit: Callable[[Sheet], None]) -> ReadBack:
    sheet = Sheet(exported)
    edit(sheet)
    return read_decisions_back(sheet.saved(tmp_path / "back.xlsx"))


def test_untouched(made: Book, exported: Path) -> None:
    back = read_decisions_back(exported)
    assert (back.rows, back.problems, back.unchanged) == ((), (), len(made.index))
    assert (back.coder, back.framework, back.framework_version, back.framework_sha256) == (
        "Anna",
        "f-1",
        "2",
        "ab12" * 16,
    )
    assert (back.by, back.final) == ("case", False)


def append_text(sheet: Any, values: list[Any]) -> None:
    """Add a row as a spreadsheet moves it: text that looks like a formula stays text."""
    sheet.append(values)
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"


def rearranged(rng: random.Random, sheet: Sheet) -> None:
    """Sort the rows, move the columns, rename the sheet, add a column and rows of one's own."""
    index = sheet.index
    rows = [[cell.value for cell in row] for row in index.iter_rows(min_row=FIRST)]
    rng.shuffle(rows)
    index.delete_rows(FIRST, len(rows))
    for row in rows:
        append_text(index, row)
    index.insert_rows(FIRST + 3)
    index.insert_cols(1)
    index.cell(FIRST + 1, 1).value = "my own remark"
    index.title = "Sorted by me"
    index.column_dimensions["E"].hidden = True
    sheet.workbook["Headings"].title = "Numbers"
    sheet.workbook.move_sheet(index, 3)


@pytest.mark.parametrize("seed", range(8))
def test_random_edits_come_back_exactly(made: Book, exported: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    sheet = Sheet(exported)
    headings = list(made.matrix.framework.headings())
    numbers = {heading.key: heading.number for heading in headings}
    rows = {str(row.key): row for row in made.index}
    wanted: dict[str, tuple[Want, set[str], set[str]]] = {}
    broken = 0
    for number in rng.sample(sheet.rows, 30):
        row = rows[sheet.key(number)]
        proposed = [s.key for s in row.suggested]
        picked = [h.key for h in rng.sample(headings, rng.randint(1, 3))]
        kind = rng.choice(["yes", "no", "none", "headings", "not", "clear", "junk", "name"])
        if kind in ("yes", "no") and not proposed:
            kind = "junk"
        cell = sheet.decision(number)
        if kind == "junk":
            cell.value = rng.choice(["perhaps", "99.9", "1.1 or 1.2", "yes; no", "none; 1.1", "=A1", True, "?!"])
            broken += 1
            continue
        if kind == "clear":
            cell.value = rng.choice([None, "  ", "\u00a0"])
            wanted[str(row.key)] = (Want.CLEAR, set(), set())
        elif kind == "yes":
            cell.value = rng.choice(["yes", " Yes ", "YES\u00a0"])
            wanted[str(row.key)] = (Want.YES, {proposed[0]}, set())
        elif kind == "no":
            cell.value = rng.choice(["no", "NO "])
            wanted[str(row.key)] = (Want.NO, set(), set(proposed))
        elif kind == "none":
            cell.value = "none"
            wanted[str(row.key)] = (Want.NONE, set(), set())
        elif kind == "not":
            cell.value = "\n".join(f"not {numbers[key]}" for key in picked)
            wanted[str(row.key)] = (Want.HEADINGS, set(), set(picked))
        elif kind == "name":
            category = next(c for c in made.matrix.framework.categories if any(h.key == picked[0] for h in c.headings))
            heading = made.matrix.framework.heading(picked[0])
            assert heading
            cell.value = rng.choice(
                [f"{heading.number} {heading.name}", f"{category.name}: {heading.name}", heading.key]
            )
            wanted[str(row.key)] = (Want.HEADINGS, {picked[0]}, set())
        else:
            cell.value = rng.choice(["; ", ",", "\n", " ;; "]).join(numbers[key] for key in picked)
            wanted[str(row.key)] = (Want.HEADINGS, set(picked), set())
    if seed % 2:
        rearranged(rng, sheet)
    back = read_decisions_back(sheet.saved(tmp_path / "back.xlsx"))
    found = {str(r.key): (r.wants.kind, set(r.wants.applies), set(r.wants.rejects)) for r in back.rows}
    for key, (kind, applies, rejects) in wanted.items():
        was = rows[key].decided
        if key in found:
            assert found.pop(key) == (kind, applies, rejects)
        else:  # it means what stood there
            stood = {h.key for h in headings if h.number in was.split("; ")}
            assert (applies, rejects) == (stood, set()), (kind, was)
            assert kind is not Want.NONE
    assert not found
    assert len(back.problems) == broken
    assert back.unchanged == len(made.index) - len(back.rows) - broken


def test_text_of_a_passage_comes_back_whole(made: Book, exported: Path, tmp_path: Path) -> None:
    def all_none(sheet: Sheet) -> None:
        for row in sheet.rows:
            sheet.decision(row).value = "none"

    back = edited(exported, tmp_path, all_none)
    texts = {str(row.key): row.text for row in made.index}
    assert len(back.rows) == len(made.index)
    for row in back.rows:
        assert row.text.split() == cell_text(texts[str(row.key)]).split()
        assert row.reference
        assert re.fullmatch(r"Index, row \d+", row.place)


def problem(exported: Path, tmp_path: Path, edit: Callable[[Sheet], None], count: int = 1) -> str:
    """The message of the one problem that an edit makes; nothing is taken from its row."""
    back = edited(exported, tmp_path, edit)
    assert len(back.problems) == count, back.problems
    assert not back.rows
    assert all(p.file == "back.xlsx" and p.place and p.what for p in back.problems)
    return str(back.problems[0])


def test_numbers_that_a_spreadsheet_changed(exported: Path, tmp_path: Path) -> None:
    def typed(value: object) -> Callable[[Sheet], None]:
        def edit(sheet: Sheet) -> None:
            cell = sheet.decision(next(n for n in sheet.rows if not sheet.decision(n).value))
            cell.value = value

        return edit

    back = edited(exported, tmp_path, typed(1.2))
    assert back.rows[0].wants.applies == ("h-0102",)
    assert back.rows[0].now == "1.2"
    # 1.10 comes back as 1.1, and both are headings here
    assert "may mean 1.1 or 1.10" in problem(exported, tmp_path, typed(1.1))
    assert "may mean 1.2 or 2.1" in problem(exported, tmp_path, typed(datetime(2025, 2, 1)))
    back = edited(exported, tmp_path, typed(datetime(2025, 10, 2)))  # 2.10; there is no 10.2
    assert back.rows[0].wants.applies == ("h-0210",)
    assert "no heading" in problem(exported, tmp_path, typed(7))
    assert "formula" in problem(exported, tmp_path, typed("=1+1"))
    assert "error" in problem(exported, tmp_path, typed("#DIV/0!"))
    assert "truth" in problem(exported, tmp_path, typed(True))


def test_unreadable_words_are_kept_from_the_message(exported: Path, tmp_path: Path) -> None:
    def edit(sheet: Sheet) -> None:
        sheet.decision(sheet.rows[0]).value = "she told me about the morphine"

    back = edited(exported, tmp_path, edit)
    assert back.problems[0].dropped == "she told me about the morphine"
    assert "morphine" not in str(back.problems[0])


def test_hidden_keys_that_were_damaged(exported: Path, tmp_path: Path) -> None:
    def key(sheet: Sheet) -> None:
        sheet.index.cell(sheet.rows[0], sheet.columns[KEY]).value = "T01:0-1 oh"
        sheet.decision(sheet.rows[0]).value = "none"

    def was(sheet: Sheet) -> None:
        sheet.index.cell(sheet.rows[0], sheet.columns[WAS]).value = "2.2"

    def lost(sheet: Sheet) -> None:
        sheet.index.cell(sheet.rows[0], sheet.columns[KEY]).value = None
        sheet.decision(sheet.rows[0]).value = "none"

    def twice(sheet: Sheet) -> None:
        sheet.index.append([cell.value for cell in sheet.index[sheet.rows[0]]])

    back = edited(exported, tmp_path, key)
    assert [p.serious for p in back.problems] == [True, False]  # the row, and that one of the export is gone
    assert "disagree" in problem(exported, tmp_path, was)
    assert "without a hidden key" in problem(exported, tmp_path, lost, 2)
    assert "more than once" in problem(exported, tmp_path, twice, 2)


def test_merged_deleted_and_further_rows(made: Book, exported: Path, tmp_path: Path) -> None:
    def merged(sheet: Sheet) -> None:
        one = next(n for n in sheet.rows if {n, n + 1, n + 2} <= set(sheet.rows))
        column = sheet.columns[DECISION]
        sheet.index.merge_cells(start_row=one, end_row=one + 2, start_column=column, end_column=column)
        sheet.decision(one).value = "none"

    assert "merged" in problem(exported, tmp_path, merged, 3)

    back = edited(exported, tmp_path, lambda sheet: sheet.index.delete_rows(sheet.rows[-1]))
    assert back.unchanged == len(made.index) - 1
    assert [p.serious for p in back.problems] == [False]

    def further(sheet: Sheet) -> None:
        row = next(n for n in range(FIRST, sheet.index.max_row) if sheet.key(n).endswith("|2"))
        sheet.decision(row).value = "none"

    assert "goes on" in problem(exported, tmp_path, further)


def test_hidden_row_gone_or_sorted_away(exported: Path, tmp_path: Path) -> None:
    def edit(sheet: Sheet) -> None:
        sheet.decision(sheet.rows[0]).value = "none"
        sheet.index.delete_rows(1)

    back = edited(exported, tmp_path, edit)
    assert [row.wants.kind for row in back.rows] == [Want.NONE]
    assert back.rows[0].text
    assert not back.problems


def test_final_workbook_takes_numbers_but_no_yes(tmp_path: Path) -> None:
    write_workbook(book(2, final=True), tmp_path / "final.xlsx")

    def edit(sheet: Sheet) -> None:
        sheet.decision(sheet.rows[0]).value = "yes"
        sheet.decision(sheet.rows[1]).value = "3.3"

    back = edited(tmp_path / "final.xlsx", tmp_path, edit)
    assert back.final
    assert "nothing was proposed" in str(back.problems[0])
    assert back.rows[0].wants.applies == ("h-0303",)


def refused(path: Path) -> str:
    with pytest.raises(QualkitError) as told:
        read_decisions_back(path)
    assert str(path) in told.value.message
    assert told.value.hint
    return told.value.message


def test_files_that_are_not_ours(exported: Path, tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    assert "does not exist" in refused(path)
    assert "folder" in refused(tmp_path)
    path.write_bytes(b"")
    assert "empty" in refused(path)
    path.write_text("case,group\n")
    assert "not an Excel workbook" in refused(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0 rest")
    assert "password" in refused(path)
    whole = exported.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refused(path)
    path.write_bytes(whole.replace(b"PK\x01\x02", b"PK\x01\x03"))
    assert "damaged" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    refused(path)
    openpyxl.Workbook().save(path)
    assert "not a matrix" in refused(path)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet4.xml"]
)
def test_a_damaged_part(exported: Path, tmp_path: Path, part: str) -> None:
    path = tmp_path / "file.xlsx"
    with zipfile.ZipFile(exported) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if name == part else data)
    assert "damaged" in refused(path)


def test_newer_format_missing_sheets_and_copies(exported: Path, tmp_path: Path) -> None:
    def newer(sheet: Sheet) -> None:
        sheet.workbook[KEY_SHEET]["B1"].value = "2"

    def hacked(sheet: Sheet) -> None:
        sheet.workbook[KEY_SHEET]["B1"].value = "one"

    def keyless(sheet: Sheet) -> None:
        del sheet.workbook[KEY_SHEET]

    def indexless(sheet: Sheet) -> None:
        del sheet.workbook["Index"]

    def copied(sheet: Sheet) -> None:
        sheet.workbook.copy_worksheet(sheet.index)

    for edit, says in (
        (newer, "newer"), (hacked, "damaged"), (keyless, "hidden sheet"), (indexless, "not found"),
        (copied, "more than once"),
    ):  # fmt: skip
        sheet = Sheet(exported)
        edit(sheet)
        assert says in refused(sheet.saved(tmp_path / "back.xlsx"))


def test_what_stands_is_exported_and_read_as_unchanged(tmp_path: Path) -> None:
    """Every notation that can stand, also of headings that are no longer in the framework."""
    made = book(3, 2, 10)
    headings = list(made.matrix.framework.headings())
    numbers = {h.key: h.number for h in headings}
    rng = random.Random(5)
    rows = []
    for row in made.index:
        some = [h.key for h in rng.sample(headings, rng.randint(0, 4))] + ["gone"] * rng.randint(0, 1)
        cut = rng.randint(0, len(some))
        none = cut == 0 and rng.random() < 0.5
        rows.append(
            replace(row, decided=notation(some[:cut], some[cut:], none, [s.key for s in row.suggested], numbers))
        )
    write_workbook(replace(made, index=tuple(rows)), tmp_path / "m.xlsx")
    back = read_decisions_back(tmp_path / "m.xlsx")
    assert (back.rows, back.problems) == ((), ())


def test_text_column_removed_by_hand(exported: Path, tmp_path: Path) -> None:
    def edit(sheet: Sheet) -> None:
        sheet.decision(sheet.rows[0]).value = "none"
        sheet.index.delete_cols(sheet.columns[TEXT])

    back = edited(exported, tmp_path, edit)
    assert back.rows[0].text == ""
