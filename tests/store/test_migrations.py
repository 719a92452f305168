"""A study of every schema that was ever on main opens; a migration is all or nothing, and keeps the guards."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from qualkit.commands.doctor import doctor
from qualkit.commands.status import status
from qualkit.errors import QualkitError
from qualkit.model.decisions import Decision
from qualkit.model.transcripts import Version
from qualkit.store import migrate as migrating
from qualkit.store.guards import expected
from qualkit.store.migrate import COPIES, latest
from qualkit.store.study import Study

FIXTURES = sorted((Path(__file__).parent / "schemas").glob("*.sqlite"))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda file: file.stem)
def test_a_study_of_every_schema_opens_with_all_it_held(fixture, tmp_path):
    shutil.copyfile(fixture, tmp_path / "study.qualkit")
    with Study.open(tmp_path) as study:
        assert study.connection.execute("PRAGMA user_version").fetchone()[0] == latest()
        assert len(study.rows(Decision)) == 3
        assert "Transcripts 3 interviews, 1 focus group" in "\n".join(status(study).said)


@pytest.mark.parametrize("fixture", FIXTURES[:-1], ids=lambda file: file.stem)
def test_an_older_study_is_copied_beside_before_it_is_changed(fixture, tmp_path):
    shutil.copyfile(fixture, tmp_path / "study.qualkit")
    Study.open(tmp_path).close()
    (copy,) = tmp_path.glob(COPIES)
    assert copy.stat().st_mode & 0o077 == 0
    before, after = (sqlite3.connect(file).execute("SELECT * FROM decision").fetchall() for file in (fixture, copy))
    assert before == after
    assert sqlite3.connect(copy).execute("PRAGMA user_version").fetchone()[0] == int(fixture.stem[-4:])
    opened = copy.read_bytes()
    Study.open(tmp_path).close()  # now it is of this version: no further copy
    assert [file.read_bytes() for file in tmp_path.glob(COPIES)] == [opened]


def test_two_copies_of_an_older_study_are_alike_after_it(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        shutil.copyfile(FIXTURES[0], tmp_path / name / "study.qualkit")
    with Study.open(tmp_path / "one") as one, Study.open(tmp_path / "two") as two:
        assert one.identity == two.identity
        for table in ("piece", "words", "version"):
            query = f"SELECT * FROM {table}"
            assert one.connection.execute(query).fetchall() == two.connection.execute(query).fetchall()


def test_the_text_of_an_older_study_is_the_same_in_pieces(tmp_path):
    shutil.copyfile(FIXTURES[0], tmp_path / "study.qualkit")
    old = sqlite3.connect(FIXTURES[0])
    texts = dict(old.execute("SELECT v.id, w.text FROM version v JOIN words w ON w.id = v.text_words").fetchall())
    with Study.open(tmp_path) as study:
        assert {version.id: version.text for version in study.rows(Version)} == texts
        originals = tmp_path / "transcripts"
        originals.mkdir(mode=0o700)
        (tmp_path / "study.qualkit").chmod(0o600)
        assert {each.what for each in doctor(study).problems if each.serious} == {"the original is missing."}
    assert not any(text in (tmp_path / "study.qualkit").read_bytes().decode("latin-1") for text in texts.values())


def test_there_is_a_fixture_of_every_schema():
    assert {int(file.stem[-4:]) for file in FIXTURES} == set(migrating.migrations())


def test_a_migration_that_fails_changes_nothing(sample_folder, monkeypatch):
    before = (sample_folder / "study.qualkit").read_bytes()
    known = migrating.migrations()
    broken = {**known, latest() + 1: "CREATE TABLE further (x TEXT); INSERT INTO no_such_table VALUES (1);"}
    monkeypatch.setattr(migrating, "migrations", lambda: broken)
    with pytest.raises(QualkitError):
        Study.open(sample_folder)
    assert (sample_folder / "study.qualkit").read_bytes() == before


def test_guards_are_set_anew_after_a_migration_that_rebuilds_a_table(sample_folder, monkeypatch):
    rebuild = "\n".join(
        (
            "CREATE TABLE new_layer (id TEXT PRIMARY KEY, version TEXT NOT NULL, further TEXT);",
            "INSERT INTO new_layer SELECT id, version, NULL FROM layer;",
            "DROP TABLE layer;",
            "ALTER TABLE new_layer RENAME TO layer;",
        )
    )
    further = {**migrating.migrations(), latest() + 1: rebuild}
    monkeypatch.setattr(migrating, "migrations", lambda: further)
    with Study.open(sample_folder) as study:
        found = {row[0] for row in study.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    assert found == expected()


def test_a_study_of_a_newer_version_is_refused_and_left_alone(sample_folder):
    connection = sqlite3.connect(sample_folder / "study.qualkit")
    connection.execute(f"PRAGMA user_version = {latest() + 1}")
    connection.close()
    before = (sample_folder / "study.qualkit").read_bytes()
    with pytest.raises(QualkitError, match="newer qualkit"):
        Study.open(sample_folder)
    assert (sample_folder / "study.qualkit").read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path):
    file = tmp_path / "study.qualkit"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    with pytest.raises(QualkitError, match="not a study"):
        Study.open(file)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "study.qualkit").write_bytes(b"not a database, by any means" * 100)
    with pytest.raises(QualkitError, match="damaged"):
        Study.open(tmp_path)
