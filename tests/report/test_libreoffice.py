"""A workbook that LibreOffice opened and saved comes back: decisions, summaries, and keys."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from qualkit.exchange.matrix_decisions import read_decisions_back
from qualkit.model.notation import Want
from qualkit.model.workbook import KEY_SHEET, cell_text
from qualkit.report.workbook import write_workbook
from tests.report.made_up import book
from tests.report.reading import matrix_cells, matrix_texts
from tests.report.test_decisions_back import Sheet, append_text, rearranged
from tests.report.test_workbook import with_odd_texts

OFFICE = shutil.which("soffice")
IN_CI = bool(os.environ.get("CI"))  # there a missing tool is a failure
needs_office = pytest.mark.skipif(OFFICE is None and not IN_CI, reason="LibreOffice is not installed")


def saved_again(path: Path, tmp_path: Path) -> Path:
    """The file as LibreOffice writes it."""
    out = tmp_path / "office"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [OFFICE or "", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return out / path.name


@needs_office
def test_a_save_by_libreoffice_changes_nothing(tmp_path: Path) -> None:
    made = with_odd_texts(book(4, 2, 10))
    write_workbook(made, tmp_path / "m.xlsx")
    back = read_decisions_back(saved_again(tmp_path / "m.xlsx", tmp_path))
    assert (back.rows, back.problems, back.unchanged) == ((), (), len(made.index))
    assert (back.coder, back.framework_sha256) == ("Anna", "ab12" * 16)


@needs_office
def test_decisions_and_summaries_come_back_from_libreoffice(tmp_path: Path) -> None:
    made = with_odd_texts(book(4, 2, 10))
    write_workbook(made, tmp_path / "m.xlsx")
    sheet = Sheet(tmp_path / "m.xlsx")
    for row in sheet.rows:
        sheet.decision(row).value = "1.10"
    rearranged(random.Random(1), sheet)
    sheet.saved(tmp_path / "m.xlsx")
    typed = type_summaries(tmp_path / "m.xlsx")
    again = saved_again(tmp_path / "m.xlsx", tmp_path)
    back = read_decisions_back(again)
    texts = {str(row.key): row.text for row in made.index}
    assert not back.problems
    assert len(back.rows) + back.unchanged == len(made.index)
    for row in back.rows:
        assert row.wants.kind is Want.HEADINGS
        assert row.wants.applies == ("h-0110",)
        assert row.text.split() == cell_text(texts[str(row.key)]).split()
    assert summaries(again) == typed
    assert openpyxl.load_workbook(again)[KEY_SHEET].sheet_state != "visible"


def type_summaries(path: Path) -> dict[tuple[str, str], str]:
    """Write into every Summary cell, then sort the rows and hide columns."""
    workbook = openpyxl.load_workbook(path)
    typed = {}
    for sheet in workbook.worksheets:
        heads = {c.column: str(c.value)[8:] for c in sheet[1] if str(c.value).startswith("heading|")}
        if sheet.title == "Coverage" or not heads:
            continue
        for row in range(5, sheet.max_row + 1):
            case, _, kind = str(sheet.cell(row, 1).value).partition("|")
            if kind == "summary":
                for column, heading in heads.items():
                    sheet.cell(row, column).value = f"- {case} on {heading}: sore at night\n[T01:{column}]"
                    typed[case, heading] = sheet.cell(row, column).value
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        sheet.delete_rows(5, len(rows))
        for values in sorted(rows, key=lambda values: str(values[2])[::-1]):
            append_text(sheet, values)
        sheet.column_dimensions["F"].hidden = True
    workbook.save(path)
    return typed


def summaries(path: Path) -> dict[tuple[str, str], str]:
    return {(w[0], w[2]): cell.value for w, cell in matrix_cells(path) if w[1] == "summary" and cell.value}


def test_typed_summaries_are_found_by_their_keys(tmp_path: Path) -> None:
    made = book(6, 2, 6)
    write_workbook(made, tmp_path / "m.xlsx")
    extracts = {w: t for w, t in matrix_texts(tmp_path / "m.xlsx").items() if w[1] == "extracts"}
    typed = type_summaries(tmp_path / "m.xlsx")
    assert len(typed) == 6 * 12
    assert summaries(tmp_path / "m.xlsx") == typed
    assert {w: t for w, t in matrix_texts(tmp_path / "m.xlsx").items() if w[1] == "extracts"} == extracts
