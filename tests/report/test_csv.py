"""The matrix as a table: everything in it, and nothing that a spreadsheet would run."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import QualkitError
from qualkit.model.workbook import cell_text
from qualkit.report.registry import OUTPUTS, output
from qualkit.report.table_csv import COLUMNS, guarded, unguarded, write_csv
from tests.report.made_up import book
from tests.report.test_workbook import with_odd_texts


@given(st.text())
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t"))


def test_every_extract_is_a_row(tmp_path: Path) -> None:
    made = with_odd_texts(book())
    write_csv(made, tmp_path / "m.csv")
    write_csv(made, tmp_path / "again.csv")
    assert (tmp_path / "m.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
    assert (tmp_path / "m.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "m.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{name: unguarded(value) for name, value in row.items()} for row in csv.DictReader(file)]
    assert tuple(rows[0]) == COLUMNS
    cells = made.matrix.cells.values()
    assert len(rows) == sum(len(cell.extracts) or 1 for cell in cells)
    wanted = sorted(
        (e.reference, e.status, cell_text(e.said[0].text)) for cell in cells for e in cell.extracts if len(e.said) == 1
    )
    found = [(row["reference"], row["status"], row["text"]) for row in rows]
    assert all(each in found for each in wanted)
    empty = [row for row in rows if row["status"] == "empty"]
    assert len(empty) == sum(not cell.extracts for cell in cells)
    assert all(row["cell"].endswith(("(inferred)", "(confirmed)")) for row in empty)


def test_outputs_by_name() -> None:
    assert set(OUTPUTS) == {"xlsx", "csv"}
    assert output(".XLSX").ending == ".xlsx"
    with pytest.raises(QualkitError) as told:
        output("docx")
    assert "xlsx" in told.value.hint
    assert told.value.exit_code == 2
