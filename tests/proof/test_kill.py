"""A process killed at any moment of a command leaves a sound study, and the command run again gives what it should.

Two hundred processes are killed from outside, at moments drawn by chance. Python's own start takes most of a command's
time, so half of the moments lie in the last part of the run, or begin when the process has begun to write. Then, since
a clock misses what takes no time, processes end themselves (by the same signal) just before each single thing that
they are about to do to a file or to the database.
"""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli import qualkit
from tests.proof.steps import forked, killed
from tests.proof.working import JOBS, LONGEST, SAID, Job, command, in_pool, recovered

SEED = 3
KILLS = {
    "index": 30,
    "import": 20,
    "correct": 20,
    "decide": 20,
    "merge": 20,
    "merge a withdrawal": 20,
    "withdraw": 15,
    "withdraw one of two": 10,
    "export": 15,
    "export again": 15,
    "migrate": 15,
}
TENTH = slice(SEED, None, 10)


@dataclass(frozen=True)
class Kill:
    """When a process is killed: `share` of an undisturbed run, or seconds `after` it was first seen to write."""

    job: Job
    number: int
    share: float
    after: float | None = None

    def __str__(self) -> str:
        moment = f"{self.share:.3f} of its time" if self.after is None else f"{self.after:.4f} s after its first write"
        return f"{self.job.name}, number {self.number}, killed at {moment}"


def _kills() -> list[Kill]:
    found = []
    for job in JOBS.values():
        chance = random.Random(f"{SEED} {job.name}")
        for n in range(KILLS[job.name]):
            kind = chance.choice(("anywhere", "anywhere", "late", "writing"))
            share = chance.uniform(0.6 if kind == "late" else 0.02, 1)
            after = 10 ** chance.uniform(-4, -1) if kind == "writing" else None
            found.append(Kill(job, n, share, after))
    return found


ALL = _kills()
_fastest: dict[str, float] = {}  # seconds of runs that ended before they were killed: the machine is less busy now


def _killed(starts: Path, expected: list[str], seconds: float, kill: Kill) -> tuple[list[str], bool]:
    """What is wrong after a kill, and whether it met the process alive."""
    with tempfile.TemporaryDirectory() as folder:
        study = shutil.copytree(starts / kill.job.start, Path(folder) / "work") / "study"
        began = time.perf_counter()
        process = subprocess.Popen(
            command(*kill.job.words), cwd=study, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        usual = min(seconds, _fastest.get(kill.job.name, seconds))
        _await(process, study, kill, usual)
        alive = process.poll() is None
        if alive:
            os.kill(process.pid, signal.SIGKILL)
        else:
            _fastest[kill.job.name] = min(usual, time.perf_counter() - began)
        alive = process.wait(LONGEST) == -signal.SIGKILL
        return [f"{kill}: {what}" for what in recovered(kill.job, study, expected)], alive


def _await(process: subprocess.Popen, study: Path, kill: Kill, usual: float) -> None:
    if kill.after is None:
        try:
            process.wait(usual * kill.share)
        except subprocess.TimeoutExpired:
            return
    else:
        # `index` writes twice here: first it makes the study, then, with the cache there, it records
        second = kill.job.start == "nothing" and kill.number % 2
        while process.poll() is None and not _is_writing(study, study / ("cache.sqlite" if second else "")):
            time.sleep(0.0002)
        time.sleep(kill.after)


def _is_writing(study: Path, known: Path) -> bool:
    """Whether a journal or a draft lies there, and beside it what was made before."""
    if (study / "study.qualkit-journal").exists():
        return known.exists()
    folder = study / "outputs"
    return folder.is_dir() and any(name.endswith(".part") for name in os.listdir(folder))


@pytest.mark.parametrize(
    "kills", [pytest.param(ALL, marks=pytest.mark.proof, id="all"), pytest.param(ALL[TENTH], id="sample")]
)
def test_killed_at_any_moment_and_run_again(starts, runs, kills):
    found = in_pool(_killed, [(starts, *runs[kill.job.name], kill) for kill in kills])
    wrong = [what for told, _ in found for what in told]
    assert not wrong, "\n".join(wrong)
    met = sum(alive for _, alive in found)
    assert met >= 0.4 * len(kills), f"only {met} of {len(kills)} processes were still running when they were killed"


# at every step


@pytest.mark.parametrize(
    "part", [pytest.param(slice(None), marks=pytest.mark.proof, id="all"), pytest.param(TENTH, id="sample")]
)
def test_killed_at_every_step_and_run_again(starts, runs, steps, part):
    tasks = [(starts, runs[job.name][0], job, step) for job, step in steps[part]]
    wrong = in_pool(_stopped, tasks)
    assert tasks
    assert not any(wrong), "\n".join(what for told in wrong for what in told)


def _stopped(starts: Path, expected: list[str], job: Job, step: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        ended = forked(starts, job, Path(folder), step, killed)
        if ended.code != -signal.SIGKILL:
            return [f"{job.name} did not come to step {step}, but ended with {ended.code}"]
        wrong = recovered(job, ended.study, expected)
        return [f"{job.name}, before {ended.steps[-1]} (step {step}): {what}" for what in wrong]


def test_a_draft_left_outside_the_study_goes_with_a_withdrawal(starts, tmp_path):
    """A matrix that was to be written to another folder for the first time, by a process that was killed."""
    job = Job("export elsewhere", "worked", ("export", "matrix", "-o", "../mine.csv"))
    whole = forked(starts, job, tmp_path / "whole", -1, lambda: None)
    ended = forked(starts, job, tmp_path / "killed", whole.steps.index("os.rename .mine.csv.part"), killed)
    drafts = list(ended.study.parent.glob(".mine.csv.*"))
    assert [SAID in draft.read_text("utf-8") for draft in drafts] == [True]
    assert qualkit("withdraw", "PT01", "--yes", "--coder", "ann", cwd=ended.study).code == 0
    assert not any(draft.exists() for draft in drafts)
