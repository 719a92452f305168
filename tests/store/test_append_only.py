"""The database itself refuses to change, remove or replace what was written."""

import sqlite3

import pytest

from qualkit.commands.decide import decide, mark_done
from qualkit.commands.import_codebook import import_codebook
from qualkit.commands.undo import undo
from qualkit.commands.withdraw import withdraw
from qualkit.model.settings import Setting
from qualkit.store.database import connect
from qualkit.store.guards import APPEND_ONLY, EMPTIED_ONLY, expected
from qualkit.store.study import Study


@pytest.fixture
def full(sample: Study, tmp_path) -> sqlite3.Connection:
    """A study with a row in every append-only table."""
    decide(sample, "PT01:8", ["1.1"], coder="ann")
    decide(sample, "PT01:8", ["1.2"], coder="ann", rejects=["1.1"])
    mark_done(sample, "PT01", coder="ann")
    codebook = tmp_path / "codebook.csv"
    codebook.write_text("name,definition\nBeing believed,That others take the pain for real\n", "utf-8")
    import_codebook(sample, codebook, coder="ann")
    with sample.recording("setting", "ann") as record:
        record.add(Setting(name="language", value="en"))
    undo(sample, coder="ann")
    withdraw(sample, "HP01", coder="ann", confirm=lambda question: True)
    return connect(sample.file)


@pytest.mark.parametrize("table", [*APPEND_ONLY, *EMPTIED_ONLY])
def test_no_row_is_updated_deleted_or_replaced(full, table):
    rows = full.execute(f"SELECT * FROM {table}").fetchall()
    assert rows, f"nothing to test in {table}"
    column = full.execute(f"PRAGMA table_info({table})").fetchall()[-1][1]
    for statement in (
        f'UPDATE {table} SET "{column}" = "{column}"',
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            full.execute(statement)
    assert full.execute(f"SELECT * FROM {table}").fetchall() == rows


@pytest.mark.parametrize(("table", "column"), EMPTIED_ONLY.items())
def test_words_and_salts_can_be_emptied_and_nothing_else(full, table, column):
    key = "id" if table == "words" else "version"
    full.execute(f"UPDATE {table} SET {column} = NULL WHERE {key} != ''")
    with pytest.raises(sqlite3.IntegrityError):
        full.execute(f"UPDATE {table} SET {column} = x'00' WHERE {key} != ''")


def test_all_guards_are_in_place(full):
    assert {row[0] for row in full.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")} == expected()


def test_guards_hold_without_our_own_settings_of_the_connection(full, sample):
    """Another program opens the file with SQLite's defaults: recursive triggers are off."""
    plain = sqlite3.connect(sample.file)
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute("INSERT OR REPLACE INTO decision SELECT * FROM decision LIMIT 1")
