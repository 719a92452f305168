"""The person at the terminal: what is printed, asked, shown as progress, and said when something fails."""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qualkit.errors import FAULT, INTERRUPTED, USER, QualkitError
from qualkit.files import write_private

if TYPE_CHECKING:
    from qualkit.commands.outcome import Outcome
    from qualkit.model.rows import Problem

FAULT_LOG = "qualkit-fault.log"
_NOTES_SHOWN = 5


def tell(outcome: "Outcome", as_json: bool = False) -> None:
    """Print an outcome: results to standard output, what needs a look to standard error."""
    if as_json:
        import json

        problems = [{"file": p.file, "place": p.place, "what": p.what, "remedy": p.remedy} for p in outcome.problems]
        print(json.dumps({**outcome.data, "problems": problems, "last": outcome.last}, indent=1, ensure_ascii=False))
    else:
        for line in outcome.said:
            print(line)
        sys.stdout.flush()
        _problems(outcome.problems)
        print(outcome.last)
    if outcome.failed:
        raise SystemExit(USER)


def _problems(problems: Iterable["Problem"]) -> None:
    """Everything that needs mending; of the rest, per file, the first few and how many more."""
    listed = list(problems)
    for problem in listed:
        if problem.serious:
            print(f"! {problem}", file=sys.stderr)
    by_file: dict[str, list[Problem]] = {}
    for problem in listed:
        if not problem.serious:
            by_file.setdefault(problem.file, []).append(problem)
    for notes in by_file.values():
        for problem in notes[:_NOTES_SHOWN]:
            print(f"  {problem}", file=sys.stderr)
        if len(notes) > _NOTES_SHOWN:
            more = len(notes) - _NOTES_SHOWN
            print(f"  {notes[0].file}: and {more} more notes (sheet Problems of the matrix)", file=sys.stderr)


def ask(question: str) -> str:
    """The answer of the person at the terminal; "" where there is none to ask."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def confirm(question: str) -> bool:
    return ask(f"{question} [y/N] ").casefold() in ("y", "yes")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error for work that takes more than a moment; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=None)

    def step(what: str, done: int, of: int) -> None:
        bar.start()  # with the first step: before it, questions may be asked
        bar.update(task, description=what, completed=done, total=of or None)

    try:
        yield step
    finally:
        bar.stop()


def run(program: Callable[[], object]) -> int:
    """Run the command line; every failure ends as one message and an exit code, never as a traceback."""
    try:
        program()
        sys.stdout.flush()
    except QualkitError as error:
        return _failed(error)
    except SystemExit as stop:
        if stop.code == INTERRUPTED:  # so the library of the command line ends at Ctrl-C, without a word
            return _interrupted()
        return stop.code if isinstance(stop.code, int) else 0
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        # the reader (head, less) has gone; so that Python does not complain of it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _fault(error)
    return 0


def _interrupted() -> int:
    print("\nInterrupted. The study is as it was before this command.", file=sys.stderr)
    return INTERRUPTED


def _failed(error: QualkitError) -> int:
    print(f"qualkit: {error.message}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)
    return error.exit_code


def _fault(error: Exception) -> int:
    """A fault of ours. The log holds places in the program and the kind of error, never its message: that may quote."""
    if isinstance(error, OSError):
        where = f": {error.filename}" if error.filename else ""
        print(f"qualkit: {error.strerror or 'a file could not be read or written'}{where}", file=sys.stderr)
        print("  Check the disk and your rights to the file. The study is as it was before.", file=sys.stderr)
        return USER
    if isinstance(error, MemoryError):
        print("qualkit: this computer has too little memory free for that.", file=sys.stderr)
        return USER
    places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    told = "\n".join([f"qualkit fault: {type(error).__name__}", *places]) + "\n"
    print(
        f"qualkit: a fault of qualkit itself ({type(error).__name__}). The study is as it was before.", file=sys.stderr
    )
    try:
        write_private(Path(FAULT_LOG), told.encode("utf-8"))
        print(
            f"  {FAULT_LOG} says where, without a word of a transcript: please send it with a report.", file=sys.stderr
        )
    except QualkitError:
        print(told, file=sys.stderr)
    return FAULT
