"""Doctor finds what is broken, mends what loses nothing, and never removes a decision."""

import os
import shutil
import sqlite3
import subprocess

import pytest

from qualkit.commands.checks.places import repositories, synchronised
from qualkit.commands.decide import decide
from qualkit.commands.doctor import doctor
from qualkit.commands.export_matrix import export_matrix
from qualkit.commands.import_transcripts import import_transcripts
from qualkit.commands.undo import undo
from qualkit.commands.withdraw import withdraw
from qualkit.model.decisions import Decision
from qualkit.store.guards import expected
from qualkit.store.study import Study
from tests.cli import qualkit
from tests.conftest import SAMPLE


@pytest.fixture
def decided(sample):
    decide(sample, "PT01:8", ["1.1"], coder="ann")
    decide(sample, "PT02:4-9", ["1.2"], coder="ben")
    return sample


def tampered(study: Study, *statements: str) -> None:
    """Change the file as another program would, past the guards."""
    connection = sqlite3.connect(study.file)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def faults(study: Study) -> list[str]:
    return [f"{each.file}: {each.what}" for each in doctor(study).problems if each.serious]


def test_a_study_that_was_worked_on_is_sound(decided, tmp_path):
    file = tmp_path / "better.txt"
    file.write_text((SAMPLE / "PT01.txt").read_text("utf-8").replace("Depot", "Despot"), "utf-8")
    import_transcripts(decided, [file], replaces="PT01", coder="ann")
    undo(decided, coder="ann")
    export_matrix(decided)
    withdraw(decided, "PT02", coder="ann", confirm=lambda question: True)
    outcome = doctor(decided)
    assert faults(decided) == []
    assert outcome.last.startswith("The study is sound: ")
    assert not outcome.failed


def test_missing_guards_are_set_again(decided):
    tampered(decided)
    assert any("guards" in fault for fault in faults(decided))
    outcome = doctor(decided, repair=True)
    assert outcome.said == ["Set the missing guards."]
    assert not outcome.failed
    found = {row[0] for row in decided.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    assert found == expected()


def test_a_text_that_was_changed_is_found_with_every_decision_on_it(decided):
    tampered(decided, "UPDATE words SET text = replace(text, 'a shout', 'a trout') WHERE text LIKE '%a shout%'")
    decided.forget()
    told = faults(decided)
    assert any("PT01.txt: its text in the study is not what was read" in fault for fault in told)
    assert any("PT01.txt: the words of 1 decision are not where" in fault for fault in told)
    before = decided.history(Decision)
    doctor(decided, repair=True)
    decided.forget()
    assert decided.history(Decision) == before


def test_a_row_that_was_deleted_is_missed(decided):
    tampered(decided, "DELETE FROM decision WHERE coder = 'ann'")
    decided.forget()
    assert any("rows that were written and are gone: 1" in fault for fault in faults(decided))


def test_originals_missing_and_changed_are_told(decided):
    folder = decided.folder / "transcripts"
    (folder / "HP01.txt").unlink()
    (folder / "PT01.txt").write_text("something else", "utf-8")
    told = faults(decided)
    assert "transcripts/HP01.txt: the original is missing." in told
    assert "transcripts/PT01.txt: the original was changed since it was read." in told
    shutil.copyfile(SAMPLE / "HP01.txt", folder / "HP01-from-backup.txt")  # under any name
    assert "transcripts/HP01.txt: the original is missing." not in faults(decided)


def test_a_damaged_cache_is_removed(decided):
    connection = sqlite3.connect(decided.folder / "cache.sqlite")
    connection.execute("UPDATE computed SET value = x'00'")
    connection.commit()
    connection.close()
    assert any("cache" in fault for fault in faults(decided))
    assert "Removed the cache; the next index makes it anew." in doctor(decided, repair=True).said
    assert faults(decided) == []


def test_words_put_back_after_a_withdrawal_are_erased_again(decided):
    words = decided.connection.execute("SELECT id, text FROM words WHERE text LIKE '%a shout%'").fetchall()
    withdraw(decided, "PT01", coder="ann", confirm=lambda question: True)
    ((id, _),) = words
    tampered(decided, f"UPDATE words SET text = 'The neck is a shout' WHERE id = '{id}'")
    decided.forget()
    assert any("withdrawn are still there" in fault for fault in faults(decided))
    doctor(decided, repair=True)
    assert faults(decided) == []


def test_a_redacted_transcript_is_written_anew(decided):
    withdraw(decided, "PT02", coder="ann", confirm=lambda question: True)
    file = decided.folder / "transcripts" / "PT02-redacted.txt"
    before = file.read_bytes()
    file.unlink()
    assert any("PT02-redacted.txt" in fault for fault in faults(decided))
    doctor(decided, repair=True)
    assert file.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="rights are kept otherwise")
def test_files_that_others_may_read_are_closed(decided):
    export_matrix(decided)
    for path in (decided.file, decided.folder / "outputs" / "matrix.xlsx", decided.folder / "transcripts"):
        path.chmod(0o755)
    assert sum("others on this computer" in fault for fault in faults(decided)) == 3
    doctor(decided, repair=True)
    assert faults(decided) == []
    assert decided.file.stat().st_mode & 0o777 == 0o600


def test_drafts_left_by_a_dead_process_are_swept_and_those_of_a_living_one_stay(sample_folder):
    gone = subprocess.Popen(["true"])
    gone.wait()
    dead = sample_folder / "outputs" / f".matrix.xlsx.{gone.pid}.part"
    alive = sample_folder / "outputs" / f".other.xlsx.{os.getppid()}.part"
    for draft in (dead, alive):
        draft.touch(mode=0o600)
    assert qualkit("doctor", cwd=sample_folder).code == 0
    assert not dead.exists()
    assert alive.exists()


def test_a_file_nobody_imported_is_named(decided):
    (decided.folder / "transcripts" / "notes.docx").touch(mode=0o600)
    outcome = doctor(decided)
    assert [each.file for each in outcome.problems if "no transcript was read" in each.what] == [
        "transcripts/notes.docx"
    ]
    assert not outcome.failed


def test_a_damaged_file_is_told_without_a_traceback(sample_folder):
    file = sample_folder / "study.qualkit"
    data = bytearray(file.read_bytes())
    data[20_000:60_000] = bytes(40_000)
    file.write_bytes(data)
    ran = qualkit("doctor", cwd=sample_folder)
    assert ran.code == 1
    assert "damaged" in ran.out + ran.err
    assert "fault of qualkit" not in ran.err


@pytest.mark.parametrize("name", ["OneDrive - University", "Dropbox", "Nextcloud", "iCloud Drive"])
def test_a_synchronised_folder_is_told(tmp_path, name):
    folder = tmp_path / name / "study"
    folder.mkdir(parents=True)
    (problem,) = synchronised(folder)
    assert not problem.serious
    assert name in problem.what


def test_marks_of_synchronising_programs_are_known(tmp_path):
    assert synchronised(tmp_path) == []
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "study").mkdir()
    assert len(synchronised(tmp_path / "study")) == 1


def test_version_control_is_told_unless_it_ignores_the_study(tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert len(repositories(folder)) == 1
    (folder / ".gitignore").write_text("*\n", "utf-8")
    assert repositories(folder) == []


def test_a_new_study_ignores_itself(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    qualkit("new", "study", cwd=tmp_path)
    assert repositories(tmp_path / "study") == []
    ran = qualkit("doctor", "--study", "study", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "sound" in ran.last
