"""What the proofs of kills, full disks and two processes share: the commands that are put to the proof, the folders
they begin from, and how a study stands when they have ended.
"""

import dataclasses
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from qualkit.commands.decide import decide, mark_done
from qualkit.commands.export_matrix import export_matrix
from qualkit.commands.import_framework import import_framework
from qualkit.commands.import_transcripts import import_transcripts
from qualkit.commands.index import index
from qualkit.commands.new import new
from qualkit.commands.withdraw import withdraw
from qualkit.errors import QualkitError
from qualkit.language.encoders.interface import Vector
from qualkit.language.encoders.minilm import MiniLM
from qualkit.language.sentences import Sentences
from qualkit.model.transcripts import Layer
from qualkit.store.migrate import COPIES, latest
from qualkit.store.study import FILE, Study
from qualkit.store.tables import TABLES
from tests.cli import qualkit
from tests.conftest import SAMPLE, SCHEDULE
from tests.traces import traces

LONGEST = 120  # seconds a command may take on a machine that is busy
OLD = Path(__file__).parent.parent / "store" / "schemas" / "study-0001.sqlite"
SAID = "teeth that are in a bin somewhere"  # by PT01, who is interviewed alone
MADE_BY = "ada"  # who else works here cannot take back what she did
_FORMER = COPIES.replace("*", str(latest()))


@dataclass(frozen=True)
class Job:
    """A command, and the folder that it is run from: `start`/study, beside which lies what the command brings in."""

    name: str
    start: str
    words: tuple[str, ...]
    exact: bool = False  # it makes no id, key or time of its own: rows are compared as they are
    gone: str = ""  # words that are nowhere in the study after it
    done: str = ""  # what it may say instead when it is run again after it had done its work


JOBS = {
    job.name: job
    for job in (
        Job("index", "nothing", ("index", str(SAMPLE), "--framework", "schedule.yaml")),
        Job("import", "empty", ("import", "transcripts", str(SAMPLE), "--coder", "ann")),
        Job("correct", "worked", ("import", "transcripts", "../PT01.txt", "--replaces", "PT01", "--coder", "ann")),
        Job("decide", "worked", ("decide", "PT01:12-14", "1.1", "1.2", "--not", "2.1", "--coder", "ben")),
        Job("merge", "worked", ("merge", "../other"), exact=True),
        Job("merge a withdrawal", "worked", ("merge", "../gone"), exact=True, gone=SAID),
        Job(
            "withdraw", "worked", ("withdraw", "PT01", "--yes", "--coder", "ann"),
            gone=SAID, done="There is no participant PT01",
        ),
        Job(
            "withdraw one of two", "worked", ("withdraw", "PT02", "--yes", "--coder", "ann"),
            gone="a mouse in a skirting board", done="There is no participant PT02",
        ),
        Job("export", "indexed", ("export", "matrix")),
        Job("export again", "worked", ("export", "matrix")),
        Job("migrate", "old", ("status",), exact=True),
    )
}  # fmt: skip


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "qualkit", *map(str, words)]


# folders to begin from


def make_starts(folder: Path) -> None:
    """Make every folder that a job begins from."""
    for make in (_nothing, _empty, _indexed, _worked, _old):
        study = folder / make.__name__.removeprefix("_") / "study"
        study.parent.mkdir(parents=True)
        make(study)


def _nothing(study: Path) -> None:
    study.mkdir()
    _put_schedule(study / "schedule.yaml")


def _empty(study: Path) -> None:
    new(study)
    _put_schedule(study / "schedule.yaml")
    with Study.open(study) as opened:
        import_framework(opened, study / "schedule.yaml", coder=MADE_BY)


def _put_schedule(file: Path) -> None:
    """The schedule as a person writes it: qualkit has its keys to add, and so a file of the user's to write."""
    text = re.sub(r"^ *key: .*\n", "", SCHEDULE.read_text("utf-8"), flags=re.M)
    file.write_text(text, "utf-8")


def _indexed(study: Path) -> None:
    _empty(study)
    with Study.open(study) as opened:
        import_transcripts(opened, [SAMPLE], coder=MADE_BY)
        index(opened, coder=MADE_BY)


def _worked(study: Path) -> None:
    """A study in use: decided on, exported and decided on again, updated once, with copies that others worked on."""
    _indexed(study)
    with Study.open(study) as opened:
        for place, heading in (("PT01:8", "1.1"), ("PT01:12", "1.2"), ("PT02:4-9", "1.2"), ("HP01:4", "1.1")):
            decide(opened, place, [heading], coder="ann")
        decide(opened, "PT01:10", ["1.1"], coder="ann", reason=f"he says: {SAID}")
        mark_done(opened, "HP01", coder="ann")
        export_matrix(opened)
        decide(opened, "PT02:12", ["1.1"], coder="ann")
        opened.here.set("coder", "ann")
    shutil.copyfile(study / FILE, study / _FORMER)
    os.chmod(study / _FORMER, 0o600)
    _theirs(shutil.copytree(study, study.with_name("other")))
    with Study.open(shutil.copytree(study, study.with_name("gone"))) as opened:
        withdraw(opened, "PT01", coder="ben", confirm=lambda question: True)
    text = (SAMPLE / "PT01.txt").read_text("utf-8")
    study.with_name("PT01.txt").write_text(text.replace("Depot", "Depots").replace("bin", "skip"), "utf-8")


def _theirs(study: Path) -> None:
    file = study.parent / "P77.txt"
    file.write_text("I: How is the pain?\nP: Worse at night, and it is the cold that does it.\n", "utf-8")
    with Study.open(study) as opened:
        import_transcripts(opened, [file], coder="ben")
        decide(opened, "P77:2", ["1.1"], coder="ben")
        decide(opened, "PT01:8", rejects=["1.1"], coder="ben")
    file.unlink()


def _old(study: Path) -> None:
    study.mkdir()
    shutil.copyfile(OLD, study / FILE)
    os.chmod(study / FILE, 0o600)
    (study / "transcripts").mkdir(mode=0o700)
    for file in SAMPLE.iterdir():
        if file.stem in ("FG01", "HP01", "PT01", "PT02"):
            shutil.copyfile(file, study / "transcripts" / file.name)
            os.chmod(study / "transcripts" / file.name, 0o600)


# how a study stands


def stand(study: Path, exact: bool = False) -> list[str]:
    """All that a study holds, a line a thing: rows, events, what the machine made, what this copy notes, and files.

    Unless `exact`, ids, keys and times that are made anew each time are named by their first appearance.
    """
    found = []
    with Study.open(study) as opened:
        found += rows(opened, exact)
        found += [f"{e.command} by {e.coder} at {e.at}: event {e.id} after {e.parents}" for e in opened.events()]
        run = opened.machine.index_run()
        if run:
            found += [f"{run.model} {run.material}", *map(str, (*run.passages, *run.proposals, *run.askings))]
        found += [f"wrote {each.path}: {each.what}, {each.sha256}" for each in opened.here.outputs()]
        found += _counts(opened)
        ids = [row[0] for table in ("entry", "event") for row in opened.connection.execute(f"SELECT id FROM {table}")]
    if not exact:
        found = _named(found, ids)
    return sorted(found + files(study))


def rows(opened: Study, exact: bool = False) -> list[str]:
    """Every row that was ever written."""
    found = []
    for noun in TABLES:
        for row in opened.history(noun):
            values = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
            if noun is Layer:
                values["turns"] = tuple(map(str, row.turns))
            if not exact and "quote_hash" in values:  # salted anew with each import; `doctor` knows whether it is right
                values["quote_hash"] = len(row.quote_hash.split("."))
            found.append(f"{noun.__name__} {values}")
    return found


def _counts(opened: Study) -> list[str]:
    """How many rows each table has, words and salts too. What was run without effect is not compared."""
    tables = [row[0] for row in opened.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    counts = {name: opened.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    emptied = opened.connection.execute("SELECT count(*) FROM words WHERE text IS NULL").fetchone()[0]
    kept = {name: number for name, number in counts.items() if not name.startswith(("run_log", "sqlite_"))}
    settings = opened.connection.execute("SELECT name, value FROM here WHERE value != '' ORDER BY 1").fetchall()
    kept.pop("here")
    return [f"{number} rows of {name}" for name, number in kept.items()] + [f"{emptied} emptied", f"here: {settings}"]


def _named(lines: Iterable[str], ids: Iterable[str]) -> list[str]:
    text = "\n".join(lines)
    for n, id in enumerate(sorted(ids, key=text.find)):
        text = text.replace(id, f"#{n}")
    for n, key in enumerate(dict.fromkeys(re.findall(r"\b[a-z]-[0-9a-f]{20}\b", text))):
        text = text.replace(key, f"key{n}")
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", "TIME", text).splitlines()


def files(study: Path) -> list[str]:
    """Every file with its hash; of the databases, which are compared otherwise, the name alone."""
    found = []
    for path in sorted(study.rglob("*")):
        if path.is_file():
            by_rows = path.name in (FILE, "cache.sqlite")
            digest = "" if by_rows else sha256(path.read_bytes()).hexdigest()
            found.append(f"file {path.relative_to(study).as_posix()} {digest}")
    return found


def difference(found: Iterable[str], expected: Iterable[str]) -> str:
    """The first few lines that differ; "" where none does."""
    more, less = sorted(set(found) - set(expected)), sorted(set(expected) - set(found))
    lines = [f"+ {line[:300]}" for line in more[:4]] + [f"- {line[:300]}" for line in less[:4]]
    return "\n".join(["it is not as after an undisturbed run:", *lines]) if lines else ""


def leftovers(study: Path, cold_too: bool = True) -> list[str]:
    """Drafts and journals.

    A journal that begins with nothing is a cold one: nothing in it waits to be taken back, and SQLite leaves it where
    it is until the next command that writes.
    """
    found = [path for path in study.rglob("*") if path.name.endswith((".part", "-journal"))]
    return [path.name for path in found if cold_too or path.read_bytes()[:1] not in (b"", b"\0")]


# a command that was disturbed


def recovered(job: Job, study: Path, expected: list[str]) -> list[str]:
    """Open a study after its command was disturbed, and run that again; gives what is wrong then."""
    wrong = []
    if (study / FILE).exists():
        ran = qualkit("doctor", cwd=study)
        if ran.code != 0:
            wrong.append(f"doctor says {ran.code}: {ran.err}")
        if left := leftovers(study, cold_too=False):
            wrong.append(f"left after the study was opened: {left}")
    again = qualkit(*job.words, cwd=study)
    if again.code != 0 and not (job.done and job.done in again.err):
        wrong.append(f"run again it ends with {again.code}: {again.err}")
    wrong += _as_expected(study, job, expected)
    if job.gone and (found := traces(study, job.gone)):
        wrong.append(f"withdrawn words are in {found}")
    if left := leftovers(study):
        wrong.append(f"left at last: {left}")
    ran = qualkit("doctor", cwd=study)
    if ran.code != 0:
        wrong.append(f"doctor says at last {ran.code}: {ran.err}")
    return wrong


def _as_expected(study: Path, job: Job, expected: list[str]) -> list[str]:
    try:
        return [told for told in [difference(stand(study, job.exact), expected)] if told]
    except QualkitError as error:
        return [f"it cannot be read: {error.message}"]


def undisturbed(starts: Path, folder: Path, job: Job) -> tuple[list[str], float]:
    """How a study stands after its command has run in peace, and the seconds that took."""
    study = shutil.copytree(starts / job.start, folder / job.name.replace(" ", "-")) / "study"
    began = time.perf_counter()
    ran = subprocess.run(command(*job.words), cwd=study, capture_output=True, text=True, timeout=LONGEST)
    seconds = time.perf_counter() - began
    if ran.returncode != 0:
        raise AssertionError(f"{job.name} ends with {ran.returncode} when nothing disturbs it: {ran.stderr}")
    if job.gone and traces(study, job.gone):
        raise AssertionError(f"{job.name} leaves what it should erase")
    return stand(study, job.exact), seconds


def in_pool(work: Callable, tasks: Iterable[tuple], own: int = 0) -> list:
    """The results of `work(*task)`, in order; each worker is a process of its own, in a folder of its own.

    `own`: so many new workers, for work that must run at once, or that leaves a worker changed.
    """
    if not own:
        return [future.result() for future in [_workers().submit(work, *task) for task in tasks]]
    with ProcessPoolExecutor(own, multiprocessing.get_context("spawn")) as workers:
        return [future.result() for future in [workers.submit(work, *task) for task in tasks]]


def _made_ready() -> None:
    """Load what takes longest to load, and compute what takes longest, so that forks of this process need not."""
    Sentences("en").starts(["One. Two."])
    compute, known = MiniLM.vector, {}

    def remembered(model: MiniLM, sentence: str) -> Vector:
        if sentence not in known:
            known[sentence] = compute(model, sentence)
        return known[sentence]

    MiniLM.vector = remembered
    with tempfile.TemporaryDirectory() as folder:
        _indexed(Path(folder) / "study")


@cache
def _workers() -> ProcessPoolExecutor:
    """Those that all proofs share: to start them takes longer than most of what they do."""
    return ProcessPoolExecutor(os.cpu_count() or 2, multiprocessing.get_context("spawn"), _made_ready)
