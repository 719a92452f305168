"""Bad input is data: a message with file, place and remedy, an exit code; the rest goes on and nothing is lost."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from qualkit.store.migrate import latest
from qualkit.store.study import Study
from tests.cli import qualkit
from tests.conftest import SAMPLE, SCHEDULE

SENTINEL = "The violet heron waited at platform nine."


def command(*words) -> list[str]:
    return [sys.executable, "-m", "qualkit", *map(str, words)]


@pytest.fixture
def folder(tmp_path):
    shutil.copyfile(SCHEDULE, tmp_path / "schedule.yaml")
    return tmp_path


def test_a_folder_of_good_and_bad_files(folder):
    files = folder / "files"
    files.mkdir()
    shutil.copyfile(SAMPLE / "PT01.txt", files / "PT01.txt")
    (files / "empty.txt").write_bytes(b"")
    (files / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (files / "damaged.docx").write_bytes(b"PK\x03\x04 and then nothing of use")
    (files / "talk.mp3").write_bytes(b"ID3")
    (files / "nul.txt").write_bytes(b"I: How?\nP: " + SENTINEL.encode() + b"\x00\x00\nI: Why?\nP: Because.\n")
    (files / "plain.txt").write_text(f"{SENTINEL}\nNobody is named here.\n", "utf-8")
    (files / "decisions.csv").write_text("transcript,verdict\n", "utf-8")
    ran = qualkit("index", "files", "--framework", "schedule.yaml", cwd=folder)
    assert ran.code == 0, ran.err
    assert "PT01: interview" in ran.out
    for name in ("empty.txt", "picture.txt", "damaged.docx", "talk.mp3", "nul.txt", "plain.txt", "decisions.csv"):
        assert name in ran.err, name
    assert "qualkit import decisions" in ran.err
    assert SENTINEL not in ran.err
    assert "Traceback" not in ran.err
    for line in ran.err.splitlines():
        if line.startswith("! "):
            assert line.count(".") >= 2, f"no remedy: {line}"


def test_one_bad_file_alone_is_a_failure(folder):
    (folder / "empty.txt").write_bytes(b"")
    qualkit("new", "study", cwd=folder)
    ran = qualkit("import", "transcripts", "empty.txt", "--study", "study", cwd=folder)
    assert ran.code == 1
    assert "empty.txt" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["index", "nowhere"], "there is no such file or folder"),
        (["index", "--framework", "nowhere.yaml"], "nowhere.yaml"),
        (["show", "P99"], "There is no transcript P99"),
        (["show", "PT01:999"], "there is no turn 999"),
        (["show", "PT01:8.99"], "turn 8 has no sentence 99"),
        (["decide", "PT01:8", "9.9", "--coder", "ann"], "9.9"),
        (["decide", "PT01:8", "1.1", "--none", "--coder", "ann"], "nothing applies"),
        (["decide", "PT01:8", "1.1", "--coder", "consensus"], "not a person"),
        (["decide", "PT01", "--done", "--on", "yesterday", "--coder", "ann"], "is not a day"),
        (["decide", "--from", "nowhere.xlsx"], "nowhere.xlsx"),
        (["export", "matrix", "--by", "moon"], "moon"),
        (["export", "matrix", "--format", "pdf"], "pdf"),
        (["export", "matrix", "-o", "nowhere/matrix.xlsx"], "nowhere"),
        (["import", "cases", "nowhere.csv"], "nowhere.csv"),
        (["import", "framework", "nowhere.yaml"], "nowhere.yaml"),
        (["import", "transcripts", "nowhere.txt"], "no such file"),
        (["status", "--study", "nowhere"], "no study"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(sample_folder, words, says):
    ran = qualkit(*words, cwd=sample_folder)
    assert ran.code in (1, 2), (ran.out, ran.err)
    assert says in ran.err, ran.err
    assert "Traceback" not in ran.err


def test_no_study(tmp_path):
    ran = qualkit("status", cwd=tmp_path)
    assert (ran.code, "qualkit new" in ran.err) == (1, True)


def test_wrong_usage_is_exit_code_2(tmp_path):
    assert qualkit("index", "--no-such-option", cwd=tmp_path).code == 2
    assert qualkit("no-such-command", cwd=tmp_path).code == 2


def test_a_study_of_a_newer_version(sample_folder):
    connection = sqlite3.connect(sample_folder / "study.qualkit")
    connection.execute(f"PRAGMA user_version = {latest() + 1}")
    connection.close()
    ran = qualkit("status", cwd=sample_folder)
    assert (ran.code, "newer qualkit" in ran.err) == (1, True)
    assert qualkit("index", SAMPLE, "--framework", SCHEDULE, cwd=sample_folder).code == 1


def test_a_study_held_by_another_process(sample_folder, monkeypatch):
    connection = sqlite3.connect(sample_folder / "study.qualkit", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("qualkit.store.database.WAIT_SECONDS", 0.2)
    monkeypatch.setattr("qualkit.store.database.connect.__kwdefaults__", {"wait": 0.2})
    ran = qualkit("decide", "PT01:8", "1.1", "--coder", "ann", cwd=sample_folder)
    assert (ran.code, "another program" in ran.err) == (1, True)


def test_a_folder_that_cannot_be_written():
    ran = subprocess.run(command("new", "/proc/study"), capture_output=True, text=True)
    assert ran.returncode == 1
    assert "/proc/study" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("limit", [0, 4_096, 60_000, 200_000, 400_000])
def test_a_full_disk_leaves_the_study_as_it_was(sample_folder, limit):
    """No file may grow beyond `limit`, as on a disk that is full."""
    with Study.open(sample_folder) as study:
        before = study.events(), study.machine.index_run()
    words = "words for a longer talk " * 6_000
    (sample_folder / "more.txt").write_text(f"I: How?\nP: {words}\nI: And?\nP: {SENTINEL}\n", "utf-8")

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ran = subprocess.run(
        command("index", "more.txt"), cwd=sample_folder, capture_output=True, text=True, preexec_fn=fill
    )
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    assert SENTINEL not in ran.stderr
    # a limit below the file's own size may stop SQLite's rollback too: the next one who opens the file completes it
    with Study.open(sample_folder) as study:
        assert (study.events(), study.machine.index_run()) == before
    assert qualkit("index", "more.txt", cwd=sample_folder).code == 0
    with Study.open(sample_folder) as study:
        assert study.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("after", [0.02, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0])
def test_ctrl_c_at_any_moment(folder, after):
    words = command("index", SAMPLE, "--framework", "schedule.yaml")
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    before_us = "terminal.py" not in told  # Python itself was still starting, and speaks in its own way
    assert process.returncode in (130, 0) or before_us, told
    assert "Traceback" not in told or before_us, told
    assert qualkit("index", SAMPLE, "--framework", "schedule.yaml", cwd=folder).code == 0


def test_a_fault_of_ours_is_no_traceback_and_its_log_holds_no_transcript(sample_folder, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ValueError(SENTINEL)

    monkeypatch.setattr("qualkit.commands.status.status", broken)
    ran = qualkit("status", cwd=sample_folder)
    assert ran.code == 3
    log = (sample_folder / "qualkit-fault.log").read_text("utf-8")
    assert "ValueError" in log
    assert SENTINEL not in log + ran.err + ran.out


def test_a_reader_that_goes_away_is_no_fault(sample_folder):
    shown = subprocess.Popen(command("show", "PT01"), cwd=sample_folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    shown.stdout.readline()
    shown.stdout.close()
    told = shown.stderr.read().decode()
    shown.wait(30)
    assert "Traceback" not in told
    assert "BrokenPipe" not in told


def test_a_changed_file_under_a_known_name_is_left_alone_and_told(sample_folder):
    changed = sample_folder / "PT01.txt"
    changed.write_text("I: Where?\nP: Here.\nI: Now?\nP: Always.\n", "utf-8")
    ran = qualkit("import", "transcripts", "PT01.txt", cwd=sample_folder)
    assert "PT01" in ran.err
    assert "--id" in ran.err
    named = qualkit("import", "transcripts", "PT01.txt", "--id", "PT09", cwd=sample_folder)
    assert named.code == 0
    assert "PT09: interview" in named.out


def test_tables_that_contradict_the_transcripts_are_told(sample_folder):
    table = sample_folder / "transcripts.csv"
    table.write_text("transcript,kind,speakers\nPT01,interview,Rob=PT01\nPT77,interview,\n", "utf-8")
    ran = qualkit("import", "cases", "transcripts.csv", cwd=sample_folder)
    assert "PT01 has no speaker of that label" in ran.err
    assert "Rab" in ran.err
    assert "PT77" in ran.err


def test_dropping_a_heading_that_has_decisions_asks_where_they_go(sample_folder):
    qualkit("decide", "PT01:8", "1.1", "--coder", "ann", cwd=sample_folder)
    schedule = sample_folder / "frameworks" / "cancer-pain.yaml"
    text = schedule.read_text("utf-8")
    start = text.index("          - name: The pain itself")
    schedule.write_text(text[:start] + text[text.index("          - name: Effect on daily life") :], "utf-8")
    asked = qualkit("import", "framework", schedule, cwd=sample_folder)
    assert asked.code == 1
    assert "--move" in asked.err
    key = text[start:].split("key: ")[1].split()[0]
    moved = qualkit("import", "framework", schedule, "--move", f"{key}=Effect on daily life", cwd=sample_folder)
    assert moved.code == 0, moved.err
    assert "1 decision moved" in moved.out
    assert "● 1.1 Effect on daily life: decided (ann)" in qualkit("show", "PT01:8", cwd=sample_folder).out


def test_nothing_of_a_study_is_readable_by_others(sample_folder):
    for name in ("study.qualkit", "cache.sqlite", "transcripts/PT01.txt"):
        assert os.stat(sample_folder / name).st_mode & 0o077 == 0, name
