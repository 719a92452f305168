"""Processes that write to one study at once: nothing that was recorded is lost, and history stays one line.

Each command that says it recorded something has its rows afterwards, exactly. Run again one after another in the order
that the history tells, on a fresh copy, the same commands give the same rows: so no command saw half of another.
"""

import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from qualkit.commands.decide import decide
from qualkit.commands.export_matrix import export_matrix
from qualkit.commands.outputs import hash_of
from qualkit.commands.withdraw import edited_outputs
from qualkit.errors import QualkitError
from qualkit.model.people import Participant
from qualkit.store import database
from qualkit.store.migrate import COPIES, latest
from qualkit.store.study import FILE, Study
from tests.cli import Ran, qualkit
from tests.proof.working import (
    JOBS,
    LONGEST,
    SAID,
    command,
    difference,
    in_pool,
    leftovers,
    recovered,
    rows,
    stand,
)
from tests.traces import traces

SEED = 6
COMMANDS = 125  # of each of two processes; three have two thirds as many each
AS_PROGRAM = 20  # one in so many is run as a program of its own, as from a second terminal
HELD = "is being written by another program"
PLACES = {"PT01": 56, "PT02": 70, "HP01": 40, "FG01": 30}  # turns that are there in any case
HEADINGS = ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2")


# what each process does


@dataclass(frozen=True)
class Step:
    kind: str
    words: tuple[str, ...]
    mark: str = ""  # found in the rows of this command and of no other


@dataclass(frozen=True)
class Did:
    step: Step
    code: int
    out: str
    err: str

    @property
    def data(self) -> dict:
        return json.loads(self.out) if self.code == 0 and "--json" in self.step.words else {}

    @property
    def changed(self) -> int:
        """How much of its kind it says that it recorded."""
        return sum(self.data.get(name, 0) for name in ("recorded", "rows_written", "events"))


def plan(coder: str, number: int, tables: Path) -> list[Step]:
    """Commands by chance, the same each time."""
    chance = random.Random(f"{SEED} {coder}")
    kinds = ("decide", "done", "cases", "undo", "export", "status")
    drawn = chance.choices(kinds, (10, 3, 3, 2, 1, 2), k=number)
    return [_step(kind, f"{coder}-{n}", n, coder, chance, tables) for n, kind in enumerate(drawn)]


def _step(kind: str, mark: str, n: int, coder: str, chance: random.Random, tables: Path) -> Step:
    shown = chance.choice(list(PLACES))
    told = ("--coder", coder, "--json")
    if kind == "decide":
        place = f"{shown}:{chance.randint(2, PLACES[shown])}"
        one, two = chance.sample(HEADINGS, 2)
        what = chance.choice(((one,), (one, two), ("--not", one), (one, "--not", two), ("--none",), ("--back", one)))
        return Step(kind, ("decide", place, *what, "--reason", mark, *told), mark)
    if kind == "done":
        day = (date(2020, 1, 1) + timedelta(n)).isoformat()  # another one each time, so that it changes something
        return Step(kind, ("decide", shown, "--done", "--on", day, *told), day)
    if kind == "cases":
        file = tables / f"cases-{mark}.csv"
        file.write_text(f"participant,group,colour\n{coder}-{n % 7},patient,{mark}\n", "utf-8")
        return Step(kind, ("import", "cases", f"../{file.name}", *told), mark)
    if kind == "undo":
        return Step(kind, ("undo", *told))
    if kind == "export":
        return Step(kind, ("export", "matrix", "-o", f"../{coder}.csv", *told))
    return Step(kind, ("status", "--json"))


def works(study: Path, coder: str, steps: list[Step], others: int) -> list[Did]:
    """For a process of its own: begin when all the others are there, and do one step after another."""
    (study.parent / f"{coder}.there").touch()
    until = time.monotonic() + LONGEST
    while len(list(study.parent.glob("*.there"))) < others and time.monotonic() < until:
        time.sleep(0.005)
    return [Did(step, ran.code, ran.out, ran.err) for n, step in enumerate(steps) for ran in [_ran(study, n, step)]]


def _ran(study: Path, n: int, step: Step) -> Ran:
    if n % AS_PROGRAM != AS_PROGRAM - 1:
        return qualkit(*step.words, cwd=study)
    ran = subprocess.run(command(*step.words), cwd=study, capture_output=True, text=True, timeout=LONGEST)
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize("coders", [("ann", "ben"), ("ann", "ben", "cy")], ids=["two", "three"])
@pytest.mark.parametrize(
    "number", [pytest.param(COMMANDS, marks=pytest.mark.proof, id="all"), pytest.param(COMMANDS // 10, id="sample")]
)
def test_processes_that_write_at_once_lose_nothing(starts, tmp_path, coders, number):
    study = shutil.copytree(starts / "indexed", tmp_path / "work") / "study"
    with Study.open(study) as opened:
        former = [event.id for event in opened.events()]
    each = -(-number * 2 // len(coders))
    plans = {coder: plan(coder, each, study.parent) for coder in coders}
    tasks = [(study, coder, steps, len(coders)) for coder, steps in plans.items()]
    done = in_pool(works, tasks, own=len(coders))
    found = dict(zip(coders, done, strict=True))
    every = [did for each in done for did in each]
    wrong = [told for did in every if (told := _badly_ended(did))]
    assert not wrong, "\n".join(wrong)
    with Study.open(study) as opened:
        events = opened.events()
        line = [event.id for event in events]
        assert line[: len(former)] == former
        assert [event.parents for event in events[1:]] == [(id,) for id in line[:-1]]
        new = events[len(former) :]
        for coder in coders:
            mine = [event for event in new if event.coder == coder]
            changed = [did for did in found[coder] if did.changed]
            assert [event.command for event in mine] == [_named(did.step) for did in changed]
            for event, did in zip(mine, changed, strict=True):
                assert _rows_of(opened, event.id) == _rows_expected(opened, event.id, did), did.step
        assert len(new) == sum(bool(did.changed) for did in every)
        together = rows(opened)
    alone = _one_after_another(starts, tmp_path / "alone", new, found)
    assert not difference(_plain(together), _plain(alone))
    assert qualkit("doctor", cwd=study).code == 0
    assert leftovers(study) == []


def _badly_ended(did: Did) -> str:
    """What is wrong with how a command ended; "" where nothing is."""
    refused = HELD in did.err or (did.step.kind == "undo" and "cannot be taken back" in did.err)
    if did.code == 0 or (did.code == 1 and refused):
        return ""
    return f"{did.step.words} ends with {did.code}: {did.err}"


def _named(step: Step) -> str:
    return {"decide": "decide", "done": "decide --done", "cases": "import cases", "undo": "undo"}[step.kind]


def _rows_of(opened: Study, event: str) -> list[str]:
    """Kinds of the rows that an event wrote, in order."""
    query = "SELECT kind FROM entry WHERE event = ? ORDER BY n"
    return [kind for (kind,) in opened.connection.execute(query, (event,))]


def _rows_expected(opened: Study, event: str, did: Did) -> list[str]:
    """Those that a command said it had written, as far as they bear its mark."""
    if did.step.kind == "cases":
        query = (
            "SELECT count(*) FROM attribute t JOIN entry e ON e.id = t.id JOIN words w ON w.id = t.value_words"
            " WHERE e.event = ? AND w.text = ?"
        )
        marked = opened.connection.execute(query, (event, did.step.mark)).fetchone()[0]
        kinds = _rows_of(opened, event)
        return kinds if (marked, len(kinds)) == (1, did.changed) else [f"{marked} marked of {did.changed}"]
    if did.step.kind == "undo":
        return ["undo"] * did.changed
    table, column = ("decision", "reason_words") if did.step.kind == "decide" else ("done", '"on"')
    value = f"(SELECT text FROM words WHERE id = t.{column})" if did.step.kind == "decide" else f"t.{column}"
    query = f"SELECT count(*) FROM {table} t JOIN entry e ON e.id = t.id WHERE e.event = ? AND {value} = ?"
    marked = opened.connection.execute(query, (event, did.step.mark)).fetchone()[0]
    return [table] * (marked if marked == did.changed else -1)


def _one_after_another(starts: Path, folder: Path, events: list, found: dict[str, list[Did]]) -> list[str]:
    """The rows when the commands that recorded something are run alone, in the order of the history."""
    study = shutil.copytree(starts / "indexed", folder) / "study"
    for table in folder.parent.glob("work/cases-*.csv"):
        shutil.copy(table, folder)
    left = {coder: iter([did.step for did in each if did.changed]) for coder, each in found.items()}
    for event in events:
        step = next(left[event.coder])
        ran = qualkit(*step.words, cwd=study)
        assert ran.code == 0, (step, ran.err)
    with Study.open(study) as opened:
        return rows(opened)


def _plain(lines: list[str]) -> list[str]:
    """Rows without ids and times. What they supersede and speak of is told by their order and their keys."""
    text = "\n".join(lines)
    ids = dict.fromkeys(re.findall(r"'([0-9a-f]{20})'", text))
    for n, id in enumerate(ids):
        text = text.replace(id, f"#{n}")
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", "TIME", text).splitlines()


# one that holds the study for long

_HOLDS = """
import sys
from pathlib import Path
from qualkit.model.people import Participant
from qualkit.store.study import Study
with Study.open(Path(sys.argv[1])) as study, study.recording("hold", "dora") as record:
    record.add(Participant(key="p-held", shown="held"))
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def holder(study: Path) -> Iterator[subprocess.Popen]:
    """A process that has begun to write to the study, and goes on when it is sent a line."""
    words = [sys.executable, "-c", _HOLDS, str(study)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        if process.poll() is None:
            process.communicate("\n", timeout=LONGEST)


def impatient(study: Path, words: tuple[str, ...]) -> Ran:
    """For a process of its own: run a command that waits for others a moment only."""
    database.WAIT_SECONDS = 0.5
    database.connect.__kwdefaults__["wait"] = 0.5
    return qualkit(*words, cwd=study)


WRITING = (
    ("decide", "PT01:8", "1.2", "--coder", "ann"),
    ("decide", "PT01:8", "1.2", "--coder", "zoe"),
    ("decide", "PT01", "--done", "--coder", "ann"),
    ("undo", "--coder", "ann"),
    ("import", "transcripts", "../PT01.txt", "--replaces", "PT01"),
    ("import", "framework", "schedule.yaml"),
    ("index",),
    ("merge", "../other"),
    ("merge", "../gone"),
    ("withdraw", "PT01", "--yes", "--coder", "ann"),
    ("export", "matrix"),
    ("export", "matrix", "-o", "../elsewhere.xlsx"),
    ("log", "-o", "../log.csv"),
)
READING = (("status",), ("show", "PT01:8"), ("log",), ("doctor",), ("withdraw", "PT01", "--dry-run"))


FEW = (WRITING[0], WRITING[1], WRITING[8], WRITING[10])


@pytest.mark.parametrize(
    ("named", "writing", "reading"),
    [
        pytest.param(True, WRITING, READING, marks=pytest.mark.proof, id="all"),
        pytest.param(False, WRITING, READING, marks=pytest.mark.proof, id="all, nobody named yet"),
        pytest.param(False, FEW, READING[:1], id="sample"),
    ],
)
def test_a_study_held_for_long_is_told_by_who_would_write_and_read_by_others(starts, tmp_path, named, writing, reading):
    study = shutil.copytree(starts / "worked", tmp_path / "work") / "study"
    if not named:  # then the name given is noted first
        with Study.open(study) as opened:
            opened.here.set("coder", "")
    before, around = stand(study, exact=True), sorted(path.name for path in study.parent.iterdir())
    with holder(study):
        ended = in_pool(impatient, [(study, words) for words in (*writing, *reading)], own=2)
        around_then = sorted(path.name for path in study.parent.iterdir())
    wrong = [(words, ran) for words, ran in zip(writing, ended, strict=False) if ran.code != 1 or HELD not in ran.err]
    wrong += [(words, ran) for words, ran in zip(reading, ended[len(writing) :], strict=True) if ran.code != 0]
    assert not wrong
    assert around_then == around
    with Study.open(study) as opened:
        assert opened.events()[-1].command == "hold"
        assert [row.key for row in opened.rows(Participant)].count("p-held") == 1
    after = [line for line in stand(study, exact=True) if line not in before]
    assert len([line for line in after if re.match(r"[A-Z]\w+ {", line)]) == 1  # the row of the one that held it
    noted = [] if named else ["here: [('coder', 'dora')]"]  # the first to be named
    assert [line for line in after if line.startswith(("file", "wrote", "here"))] == noted
    assert qualkit(*WRITING[0], cwd=study).code == 0


def test_a_command_waits_for_another_that_is_quick(starts, tmp_path):
    study = shutil.copytree(starts / "worked" / "study", tmp_path / "study")
    with holder(study) as other:
        waiting = subprocess.Popen(
            command(*WRITING[0]), cwd=study, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        time.sleep(2)
        assert waiting.poll() is None
        other.communicate("\n", timeout=LONGEST)
        out, err = waiting.communicate(timeout=LONGEST)
    assert waiting.returncode == 0, err
    assert "Recorded for ann: 1." in out
    with Study.open(study) as opened:
        assert [event.command for event in opened.events()][-2:] == ["hold", "decide"]


@pytest.mark.proof
def test_a_program_says_how_long_it_has_waited(starts, tmp_path):
    study = shutil.copytree(starts / "worked" / "study", tmp_path / "study")
    with holder(study):
        ran = subprocess.run(command(*WRITING[0]), cwd=study, capture_output=True, text=True, timeout=LONGEST)
    assert (ran.returncode, f"{HELD} (waited 10 seconds)" in ran.stderr) == (1, True), ran.stderr


def test_after_a_reader_kept_a_command_from_its_end_the_next_one_goes_on(starts, tmp_path):
    """A reader that does not let go, such as a browser of databases, stops a command at its very end."""
    study = shutil.copytree(starts / "indexed" / "study", tmp_path / "study")
    reader = sqlite3.connect(study / FILE, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()
    with Study.open(study) as opened:
        opened.connection.execute("PRAGMA busy_timeout = 200")
        before = len(opened.events())
        with pytest.raises(QualkitError, match="another program"):
            decide(opened, "PT01:8", ["1.1"], coder="ann")
        reader.close()
        assert len(opened.events()) == before
        decide(opened, "PT01:8", ["1.1"], coder="ann")
        assert len(opened.events()) == before + 1


# at the same moment


def at_once(study: Path, *many: tuple[str, ...]) -> list[Ran]:
    """Programs that are started together."""
    programs = [
        subprocess.Popen(command(*words), cwd=study, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for words in many
    ]
    told = [program.communicate(timeout=LONGEST) for program in programs]
    return [Ran(program.returncode, *each) for program, each in zip(programs, told, strict=True)]


ROUNDS = pytest.mark.parametrize("rounds", [pytest.param(10, marks=pytest.mark.proof, id="all"), 1])


@ROUNDS
def test_a_study_of_a_former_version_is_updated_once(starts, runs, tmp_path, rounds):
    for n in range(rounds):
        study = shutil.copytree(starts / "old" / "study", tmp_path / str(n))
        ran = at_once(study, *[("status",)] * 3)
        assert [(each.code, each.err) for each in ran] == [(0, "")] * 3
        assert len({each.out.replace(study.name, "") for each in ran}) == 1
        assert [path.name for path in study.glob(COPIES)] == [COPIES.replace("*", str(latest()))]
        assert not difference(stand(study, exact=True), runs["migrate"][0])


@pytest.mark.proof
def test_two_that_make_and_index_one_study(starts, runs, tmp_path):
    for n in range(10):
        study = shutil.copytree(starts / "nothing", tmp_path / str(n)) / "study"
        # with its keys: else both would write them into it
        shutil.copyfile(starts / "indexed" / "study" / "schedule.yaml", study / "schedule.yaml")
        ran = at_once(study, *[JOBS["index"].words] * 2)
        assert 0 in [each.code for each in ran]
        for each in ran:
            assert each.code in (0, 1), each.err
            assert "Traceback" not in each.err
        assert recovered(JOBS["index"], study, runs["index"][0]) == []


@ROUNDS
def test_a_withdrawal_and_another_command_at_once_leave_no_words(starts, tmp_path, rounds):
    others = (("export", "matrix"), ("index",), ("merge", "../other"), JOBS["correct"].words, WRITING[0])
    for n in range(rounds):
        for m, other in enumerate(others if rounds > 1 else others[:1]):
            study = shutil.copytree(starts / "worked", tmp_path / f"{n}-{m}") / "study"
            gone, ran = at_once(study, JOBS["withdraw"].words, other)
            assert gone.code == 0 or HELD in gone.err, gone.err
            assert ran.code in (0, 1), ran.err
            qualkit(*JOBS["withdraw"].words, cwd=study)
            assert traces(study, SAID) == [], other
            assert qualkit("doctor", cwd=study).code == 0, other


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen once while a matrix is being written, when all that it says has been read."""
    from qualkit.commands import export_matrix as exporting

    write, waiting = exporting.write_output, [True]

    def late(*given: object) -> Path:
        if waiting and waiting.pop():
            act()
        return write(*given)

    monkeypatch.setattr(exporting, "write_output", late)


def test_an_export_that_was_begun_before_a_withdrawal_leaves_no_words(starts, tmp_path, monkeypatch):
    study = shutil.copytree(starts / "indexed" / "study", tmp_path / "study")
    meanwhile(monkeypatch, lambda: qualkit("withdraw", "PT01", "--yes", "--coder", "ann", cwd=study))
    with Study.open(study) as opened, pytest.raises(QualkitError, match="Someone withdrew"):
        export_matrix(opened)
    qualkit("status", cwd=study)
    assert traces(study, SAID) == []


def test_two_exports_to_one_file_leave_it_known_as_ours(starts, tmp_path, monkeypatch):
    study = shutil.copytree(starts / "indexed" / "study", tmp_path / "study")

    def second() -> None:
        with Study.open(study) as other:
            decide(other, "PT01:8", ["1.1"], coder="ben")
            export_matrix(other)

    meanwhile(monkeypatch, second)
    with Study.open(study) as first:
        export_matrix(first)
        file = study / "outputs" / "matrix.xlsx"
        assert [output.sha256 for output in first.here.outputs()] == [hash_of(file)]
        assert edited_outputs(first)[1] == ()


def test_what_someone_saves_while_a_matrix_is_being_made_stays(starts, tmp_path, monkeypatch):
    study = shutil.copytree(starts / "worked" / "study", tmp_path / "study")
    file = study / "outputs" / "matrix.xlsx"
    meanwhile(monkeypatch, lambda: file.write_bytes(b"saved by a person"))
    with Study.open(study) as opened:
        export_matrix(opened)
    assert file.read_bytes() == b"saved by a person"
    assert file.with_name("matrix-2.xlsx").exists()
