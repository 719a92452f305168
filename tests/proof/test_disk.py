"""A disk that is full, or a study that may only be read: said in words, nothing is lost, and later the command goes on.

A full disk is one on which no file grows beyond a limit. With every limit below what a command needs it stops at
another place: in its journal, in the study's file, in a copy of an original, in a draft of an output.
"""

import ctypes
import os
import random
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from sqlite3 import connect

import pytest

from qualkit.store.migrate import COPIES
from qualkit.store.study import FILE
from tests.proof.steps import forked, full
from tests.proof.working import (
    JOBS,
    LONGEST,
    SAID,
    Job,
    command,
    difference,
    files,
    in_pool,
    leftovers,
    recovered,
    stand,
)

SEED = 4
SIZES = (
    0, 1, 1_000, 4_096, 8_192, 12_000, 20_000, 40_000, 70_000, 100_000, 180_000, 260_000, 340_000, 380_000, 420_000,
    460_000, 520_000, 600_000, 800_000, 3_000_000,
)  # fmt: skip
BEYOND = SIZES[-1]  # no file of these studies is as long

FULL = [(job, size) for job in JOBS.values() for size in SIZES]
READ_ONLY = ("all of it", "the file", "the folder")
LOCKED = [(job, what) for job in JOBS.values() for what in READ_ONLY]
READING = ("status", "show PT01:8", "log", "doctor", "withdraw PT01 --dry-run")


def tenth(tasks: list) -> list:
    return random.Random(SEED).sample(tasks, len(tasks) // 10)


def both(tasks: list) -> pytest.MarkDecorator:
    """All of the tasks as a proof, a tenth of them in every run."""
    every = pytest.param(tasks, marks=pytest.mark.proof, id="all")
    return pytest.mark.parametrize("tasks", [every, pytest.param(tenth(tasks), id="sample")])


def plain(code: int, err: str) -> list[str]:
    """What is wrong with how a command ended, and with how it told so."""
    wrong = []
    if "Traceback" in err or "fault of qualkit" in err:
        wrong.append(f"no plain words: {err}")
    if SAID in err:
        wrong.append("words of a transcript are told")
    if code not in (0, 1):
        wrong.append(f"it ends with {code}: {err}")
    if code == 1 and not re.search(r"^qualkit: .+\n  \S.*[.]|^! .+[.] \S", err, re.M):
        wrong.append(f"no message with a remedy: {err}")
    return wrong


# full

_OF_OUTPUTS = re.compile(r"\d rows of output|wrote |file outputs/matrix[.]xlsx ")


@both(FULL)
def test_a_full_disk_is_told_and_loses_nothing(starts, runs, tasks):
    found = in_pool(_on_full_disk, [(starts, runs[job.name][0], job, size) for job, size in tasks])
    assert not any(found), "\n".join(what for told in found for what in told)


def _on_full_disk(starts: Path, expected: list[str], job: Job, size: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        before = _as_it_is(shutil.copytree(starts / job.start, Path(folder) / "before") / "study")
        ended = forked(starts, job, Path(folder), None, lambda: full(size))
        wrong = _judged(job, ended.study, before, expected, ended.code, ended.err)
        if (ended.code == 0 and size == 0) or (ended.code == 1 and size == BEYOND):
            wrong.append(f"the limit was not what decided: {ended.err}")
        return [f"{job.name} with {size} bytes: {what}" for what in wrong]


def _judged(job: Job, study: Path, before: list[str], expected: list[str], code: int, err: str) -> list[str]:
    """What is wrong with how a command ended on a full disk, and what became of the study."""
    wrong = plain(code, err)
    unread = leftovers(study, cold_too=False)  # on such a disk not even the database could be put back
    if code == 0:
        wrong += filter(None, [difference(stand(study, job.exact), expected)])
    elif "as it was" in err or not job.gone:  # a withdrawal may be recorded, and its files still to be removed
        wrong += _changed(before, _as_it_is(study), "file transcripts/" if unread else "file cache.sqlite")
    return wrong + recovered(job, study, expected)


@pytest.mark.parametrize(
    "part",
    [pytest.param(slice(None), marks=pytest.mark.proof, id="all"), pytest.param(slice(SEED, None, 10), id="sample")],
)
def test_a_disk_that_fills_at_any_step_is_told_and_loses_nothing(starts, runs, steps, part):
    found = in_pool(_on_filling_disk, [(starts, runs[job.name][0], job, step) for job, step in steps[part]])
    assert not any(found), "\n".join(what for told in found for what in told)


def _on_filling_disk(starts: Path, expected: list[str], job: Job, step: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        before = _as_it_is(shutil.copytree(starts / job.start, Path(folder) / "before") / "study")
        ended = forked(starts, job, Path(folder), step, full)
        wrong = []
        if ended.after and job.start != "old" and not leftovers(ended.study, cold_too=False):
            wrong.append(f"status does not work on the full disk: {ended.after}")
        wrong += _judged(job, ended.study, before, expected, ended.code, ended.err)
        return [f"{job.name}, full before {ended.steps[-1]} (step {step}): {what}" for what in wrong]


def _as_it_is(study: Path) -> list[str]:
    """Rows and files; of a study of a former version, which opening would change, the bytes."""
    file = study / FILE
    if not file.exists():
        return files(study)
    with closing(connect(file)) as raw:
        version = raw.execute("PRAGMA user_version").fetchone()[0]  # it takes back what a journal says, too
    if version != 1:
        return stand(study, exact=True)
    return [*files(study), f"study {sha256(file.read_bytes()).hexdigest()}"]


def _changed(before: list[str], after: list[str], may_come: str = "file cache.sqlite") -> list[str]:
    """What was lost or added.

    The cache may come, a copy made before a migration, and an empty study where there was none; the user's schedule may
    get its keys. An output may be in its place and noted, though not all that was to be noted is. A copy of an original
    may not come: no withdrawal would find it.
    """
    before, after = ([line for line in lines if not _OF_OUTPUTS.match(line)] for lines in (before, after))
    theirs = ("file schedule.yaml", "file cache.sqlite", may_come, f"file {COPIES.partition('*')[0]}")
    lost = sorted(line for line in set(before) - set(after) if not line.startswith(theirs[0]))
    come = sorted(line for line in set(after) - set(before) if not line.startswith(theirs))
    if f"file {FILE} " not in before:
        come = [line for line in come if not re.match(r"[01] (rows|emptied)|here: \[\]|file (study|[.]git)", line)]
    named = [("lost", lost), ("come, although it failed", come)]
    return [f"{len(lines)} {what}, first {[line[:150] for line in lines[:3]]}" for what, lines in named if lines]


# read-only


def bound() -> None:
    """For a child process: let modes of files bind it, root though it may be."""
    try:
        drop = ctypes.CDLL(None).prctl
    except AttributeError:
        return
    for capability in (1, 2, 3):  # to write, to read, and to own what one does not
        drop(24, capability, 0, 0, 0)


@pytest.fixture(scope="module")
def binding(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skips, or fails in CI, where a file that must not be written can be written all the same."""
    file = tmp_path_factory.mktemp("bound") / "file"
    file.touch(0o400)
    code = "import sys; open(sys.argv[1], 'a')"
    tried = subprocess.run([sys.executable, "-c", code, file], preexec_fn=bound, capture_output=True, text=True)
    if "PermissionError" not in tried.stderr:
        message = f"modes of files do not bind this user: {tried.stderr}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)


@contextmanager
def read_only(study: Path, what: str) -> Iterator[None]:
    """Take the right to write away from `all of it`, `the file` or `the folder`, and give it back."""
    paths = {"all of it": [study, *study.rglob("*")], "the file": [study / FILE], "the folder": [study]}[what]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in paths if path.exists()}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def _run(study: Path, words: tuple[str, ...], before: Callable[[], None] | None) -> subprocess.CompletedProcess:
    return subprocess.run(
        command(*words), cwd=study, capture_output=True, text=True, timeout=LONGEST, preexec_fn=before
    )


@pytest.mark.usefixtures("binding")
@both([task for task in LOCKED if task != (JOBS["index"], "the file")])  # there is no file yet
def test_a_study_that_cannot_be_written_says_so_and_stays(starts, runs, tasks):
    found = in_pool(_on_locked, [(starts, runs[job.name][0], job, what) for job, what in tasks])
    assert not any(found), "\n".join(what for told in found for what in told)


def _on_locked(starts: Path, expected: list[str], job: Job, what: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        study = shutil.copytree(starts / job.start, Path(folder) / "work") / "study"
        before = _as_it_is(study)
        with read_only(study, what):
            ran = _run(study, job.words, bound)
        wrong = plain(ran.returncode, ran.stderr)
        if ran.returncode != 1:
            wrong.append(f"it ends with {ran.returncode}, although it could not write: {ran.stdout}")
        wrong += _changed(before, _as_it_is(study))
        wrong += recovered(job, study, expected)
        return [f"{job.name}, where {what} cannot be written: {each}" for each in wrong]


@pytest.mark.usefixtures("binding")
@both([(words, what) for words in READING for what in READ_ONLY])
def test_a_study_that_cannot_be_written_can_be_read(starts, tasks):
    found = in_pool(_read_locked, [(starts, words, what) for words, what in tasks])
    assert not any(found), "\n".join(filter(None, found))


def _read_locked(starts: Path, words: str, what: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        study = shutil.copytree(starts / "worked" / "study", Path(folder) / "study")
        usual = _run(study, tuple(words.split()), None)
        with read_only(study, what):
            ran = _run(study, tuple(words.split()), bound)
        if (ran.returncode, ran.stdout) != (0, usual.stdout):
            return (
                f"{words}, where {what} cannot be written, ends with {ran.returncode}: {ran.stdout[-300:]}{ran.stderr}"
            )
        return ""


@pytest.mark.usefixtures("binding")
@pytest.mark.parametrize("what", READ_ONLY)
def test_an_export_from_a_study_that_cannot_be_written_is_there_whole_or_not_at_all(starts, tmp_path, what):
    study = shutil.copytree(starts / "worked" / "study", tmp_path / "study")
    elsewhere = tmp_path / "mine"
    elsewhere.mkdir()
    with read_only(study, what):
        ran = _run(study, ("export", "matrix", "-o", "../mine/matrix.xlsx"), bound)
    assert plain(ran.returncode, ran.stderr) == []
    there = [path.name for path in elsewhere.iterdir()]
    assert there == (["matrix.xlsx"] if ran.returncode == 0 else [])
