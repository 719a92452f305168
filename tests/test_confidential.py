"""Nothing leaves the machine, nothing is open to others on it, and no message quotes a transcript."""

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys

import pytest

from qualkit import terminal
from qualkit.cli import app
from qualkit.commands import show as show_module
from qualkit.store.study import Study
from tests.cli import qualkit
from tests.conftest import SCHEDULE
from tests.test_docs import commands

SENTINEL = "the heron stood on the tin roof and would not be moved"
DENIED = """
import sys
def deny(event, args):
    if event.startswith("socket."):
        import os
        os.write(2, f"DENIED {event}".encode())
        os._exit(9)
sys.addaudithook(deny)
from qualkit.__main__ import main
sys.exit(main())
"""
# every command once, in an order in which each has something to do
ALL = """
demo d
new n
import transcripts more.txt --study d
import transcripts better.txt --replaces more --study d
import framework schedule.yaml --study d
import cases cases.csv --study d
import decisions decisions.csv --study d
import codebook codebook.csv --study d
index --study d
show PT01:3-9 --study d
decide PT01:4 1.1 --coder ann --study d
export matrix -o d/outputs/m.csv --study d
decide --from d/outputs/matrix.xlsx --coder ann --study d
undo --study d
log -o d/outputs/log.csv --study d
merge copy/study.qualkit --study d
withdraw PT02 --yes --study d
doctor --study d
status --study d
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copyfile(SCHEDULE, tmp_path / "schedule.yaml")
    text = f"I: How is the pain?\nP: Bad. {SENTINEL.capitalize()}.\nI: And at night?\nP: Worse, in the cold.\n"
    (tmp_path / "more.txt").write_text(text, "utf-8")
    (tmp_path / "better.txt").write_text(text.replace("Worse", "Much worse"), "utf-8")
    (tmp_path / "cases.csv").write_text("participant,group\nPT01,patient\n", "utf-8")
    (tmp_path / "decisions.csv").write_text("transcript,start,target,verdict,coder\nPT01,8,1.1,applies,ann\n", "utf-8")
    (tmp_path / "codebook.csv").write_text("name,definition\nBeing believed,Taken for real\n", "utf-8")
    return tmp_path


def test_no_command_opens_a_socket(folder):
    lines = ALL.strip().splitlines()
    ran_all = {line.split(" ")[0] for line in lines} | {" ".join(line.split(" ")[:2]) for line in lines}
    assert set(commands()) <= ran_all, "a command is missing here"
    for line in lines:
        if line.startswith("merge"):
            shutil.copytree(folder / "d", folder / "copy")
        done = subprocess.run(
            [sys.executable, "-c", DENIED, *shlex.split(line)], cwd=folder, capture_output=True, text=True
        )
        assert "DENIED" not in done.stderr, line
        assert done.returncode == 0, f"{line}: {done.stderr}"
    probe = "import sys\n" + DENIED.split("from qualkit")[0] + "import socket\nsocket.socket()"
    assert "DENIED" in subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True).stderr


@pytest.mark.skipif(os.name != "posix", reason="rights are kept otherwise")
def test_all_that_is_written_is_for_its_owner_alone(folder):
    before = os.umask(0)  # the most generous of users
    try:
        for line in ALL.strip().splitlines():
            if line.startswith("merge"):
                shutil.copytree(folder / "d", folder / "copy")
            assert qualkit(*shlex.split(line), cwd=folder).code == 0, line
        qualkit("log", "-o", folder / "elsewhere.csv", cwd=folder / "d")
    finally:
        os.umask(before)
    for path in [folder / "d", *(folder / "d").rglob("*"), *(folder / "n").rglob("*"), folder / "elsewhere.csv"]:
        assert path.stat().st_mode & 0o077 == 0, path


def tampered(folder):
    connection = sqlite3.connect(folder / "study.qualkit")
    connection.execute("DROP TRIGGER words_no_update")
    connection.execute("UPDATE words SET text = upper(text) WHERE text LIKE '%heron%'")
    connection.commit()
    connection.close()


def test_no_failing_command_quotes_a_transcript(folder, monkeypatch):
    talk = (folder / "more.txt").read_bytes()
    study = folder / "d"
    assert qualkit("demo", "d", cwd=folder).code == 0
    assert qualkit("import", "transcripts", "more.txt", cwd=folder).code == 1  # no study here
    assert qualkit("import", "transcripts", folder / "more.txt", cwd=study).code == 0
    qualkit("index", cwd=study)
    table, other = b"transcript,start,quote,target,verdict,coder\n", b"transcript,start,target,verdict,coder,reason\n"
    said = SENTINEL.encode()
    broken = {
        "torn.docx": talk, "bad.docx": b"PK\x03\x04" + talk, "empty.md": b"---\n" + talk, "odd.txt": talk[::2],
        "wide.txt": talk.decode().encode("utf-16")[:-3], "nul.txt": talk.replace(b"h", b"\0"), "more.txt": talk + b"!",
        "talk.yaml": talk, "cases.csv": talk, "codebook.csv": talk, "talk.xlsx": talk, "talk.qualkit": talk,
        "decisions.csv": table + b"more,2," + said + b"x,1.1,applies,a\n",
        "quoted.csv": other + b'more,99,1.1,applies,a,"' + said + b'"\n',
    }  # fmt: skip
    for name, data in broken.items():
        (study / name).write_bytes(data)
    shutil.copyfile(study / "outputs" / "matrix.xlsx", study / "stale.xlsx")
    words = SENTINEL.split()
    attempts = [
        ["import", "transcripts", "torn.docx", "bad.docx", "wide.txt", "nul.txt", "odd.txt", "more.txt", "nowhere.txt"],
        ["import", "transcripts", "more.txt", "--replaces", "nobody"], ["import", "transcripts", "talk.yaml"],
        ["import", "framework", "talk.yaml"], ["import", "cases", "cases.csv"], ["import", "codebook", "codebook.csv"],
        ["import", "decisions", "decisions.csv"], ["import", "decisions", "quoted.csv"],
        ["import", "decisions", "cases.csv"], ["decide", "more:2", "9.9"], ["decide", "more:77", "1.1"],
        ["decide", "--from", "talk.xlsx"], ["decide", "--from", "stale.xlsx"], ["decide", "more:2"],
        ["merge", "talk.qualkit"], ["merge", "."], ["show", "more:88"], ["withdraw", "nobody"], ["withdraw", "more"],
        ["undo", "99"], ["log", "--case", "nobody"], ["export", "matrix", "-o", "/nowhere/at/all.xlsx"],
        ["export", "matrix", "--by", "mood"], ["index", "--framework", "talk.yaml"],
    ]  # fmt: skip
    told, failed = [], 0
    for attempt in attempts:
        ran = qualkit(*attempt, cwd=study)
        failed += bool(ran.code)
        told.append((attempt, ran.out + ran.err))
    assert failed >= 15

    def breaks(*_, **__):
        raise RuntimeError(f"P: {SENTINEL}")

    monkeypatch.setattr(show_module, "show", breaks)
    ran = qualkit("show", "more", cwd=study)
    assert ran.code == 3
    told.append((["show, broken"], ran.out + ran.err + (study / terminal.FAULT_LOG).read_text("utf-8")))
    tampered(study)
    ran = qualkit("doctor", cwd=study)
    assert ran.code == 1
    told.append((["doctor"], ran.out + ran.err))
    for attempt, output in told:
        folded = re.sub(r"\s+", " ", output.casefold())
        for n in range(len(words) - 3):  # four words in a row are a quotation
            assert " ".join(words[n : n + 4]) not in folded, attempt


def test_the_key_of_pseudonyms_is_never_in_the_study(sample_folder):
    with Study.open(sample_folder) as study:
        tables = {name for (name,) in study.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert not {name for name in tables if "key" in name or "pseudonym" in name}
    assert app is not None
