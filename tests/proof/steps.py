"""The single things that a command does to files and databases, and a process to which something happens before one."""

import os
import re
import resource
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.cli import qualkit
from tests.proof.working import LONGEST, Job

_FILES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate")
_CHANGING = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "COMMIT", "VACUUM")
_CACHED = "INSERT OR REPLACE INTO COMPUTED"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def full(size: int = 0) -> None:
    """From here on no file takes a byte beyond `size`, until `emptied`."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def emptied() -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


@dataclass(frozen=True)
class Ended:
    """How a process ended to which something happened: by a signal where `code` is below nought."""

    study: Path
    code: int
    steps: list[str]  # up to the one before which it happened
    err: str = ""
    after: str = ""  # what `status` said then, where it did not work


def forked(starts: Path, job: Job, folder: Path, number: int | None, happens: Callable[[], None]) -> Ended:
    """Run a job in a process of its own, to which something happens before a step (from 0; None: before it begins).

    The process is a fork, which has read all of Python's modules already: it is at the work itself at once.
    """
    study = shutil.copytree(starts / job.start, folder / "work") / "study"
    notes = {name: folder / name for name in ("steps", "err", "after")}
    child = os.fork()
    if child == 0:
        code = 3
        try:
            if number is None:
                happens()
            with nullcontext() if number is None else _Steps(study, number, happens, notes["steps"]):
                ran = qualkit(*job.words, cwd=study)
            then = qualkit("status", cwd=study) if (study / "study.qualkit").exists() else None
            emptied()
            code = ran.code
            notes["err"].write_text(ran.err, "utf-8")
            notes["after"].write_text(f"{then.code}: {then.err}" if then and then.code else "", "utf-8")
        finally:
            os._exit(code)
    until = time.monotonic() + LONGEST
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            until += LONGEST
        time.sleep(0.002)
    told = {name: note.read_text("utf-8") if note.exists() else "" for name, note in notes.items()}
    return Ended(study, os.waitstatus_to_exitcode(ended[1]), told["steps"].splitlines(), told["err"], told["after"])


class _Steps:
    """Notes each step when it is about to be done, and lets something happen before one of them.

    Statements of one transaction that follow one another are one step: what matters is what of a command is on the
    disk, and before the COMMIT none of them is. So are things put into the cache one after another, a thousand alike.
    """

    def __init__(self, folder: Path, number: int, happens: Callable[[], None], note: Path) -> None:
        self._folder = str(folder.resolve().parent)
        self._left = number
        self._happens = happens
        self._note = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._last = ""
        self._inside = False
        self._over = False

    def __enter__(self) -> "_Steps":
        sys.addaudithook(self._on_file)  # there is no taking it away again: hence a process of its own
        sqlite3.connect = self._connecting(sqlite3.connect)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._step("the end")
        self._over = True

    def _step(self, what: str) -> None:
        if self._over:
            return
        self._last = what
        os.write(self._note, f"{what}\n".encode())
        if self._left == 0:
            self._over = True
            self._happens()
        self._left -= 1

    def _on_file(self, event: str, given: tuple) -> None:
        if event not in _FILES or not given or isinstance(given[0], int):
            return
        if event == "open" and not (isinstance(given[2], int) and given[2] & _WRITING):
            return
        try:
            path = os.path.abspath(os.fsdecode(given[0]))
        except (TypeError, ValueError):
            return
        if path.startswith(self._folder):
            name = re.sub(r"[.]\d+[.]part$", ".part", os.path.basename(path))  # without the number of this process
            self._step(f"{event} {name}")

    def _connecting(self, connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
        def traced(database: object, *given: object, **named: object) -> sqlite3.Connection:
            connection = connect(database, *given, **named)
            if str(database) != ":memory:":
                connection.set_trace_callback(self._on_statement)
            return connection

        return traced

    def _on_statement(self, statement: str) -> None:
        words = statement.upper().split()
        kind = words[0] if words else ""
        if kind in ("COMMIT", "ROLLBACK"):
            self._inside = False
        if kind == "BEGIN" and len(words) > 1:  # without a further word it is for reading
            self._inside = True
        elif kind not in _CHANGING:
            return
        what = " ".join(words[:5])
        if what != _CACHED:
            what = "ROWS" if self._inside and kind not in ("BEGIN", "COMMIT") else " ".join(words[:3])
        if what != self._last or what not in ("ROWS", _CACHED):
            self._step(what)


def count(starts: Path, job: Job, folder: Path) -> int:
    """How many steps a job takes when nothing happens to it."""
    ended = forked(starts, job, folder, -1, lambda: None)
    if ended.code != 0:
        raise AssertionError(f"{job.name} ends with {ended.code}: {ended.err}")
    return len(ended.steps)
