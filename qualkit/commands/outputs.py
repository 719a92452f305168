"""Files that qualkit writes: where they may go without overwriting a person's work, and the note of each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from qualkit.commands.state import State
from qualkit.errors import QualkitError
from qualkit.files import drafting, plain_words, put_in_place, sweep
from qualkit.store.here import Output
from qualkit.store.recording import now
from qualkit.store.study import Study


@dataclass(frozen=True)
class Content:
    """What is to be written: `what` it is, whose run it is, and who had withdrawn when it was read from the study."""

    what: str
    coder: str
    withdrawn: frozenset[str]
    write: Callable[[Path], None]


def write_output(study: Study, asked: Path, content: Content) -> Path:
    """Write to `asked`, or beside it where someone has worked on that file; gives the path written and notes it.

    Raises QualkitError where someone has withdrawn since the content was read: their words may be in it.
    """
    folder = asked.parent.resolve()
    sweep([folder])
    if not folder.is_relative_to(study.folder.resolve()):
        study.here.note_folder(folder)  # a process killed while it writes leaves words there that may be withdrawn
    with plain_words(asked), drafting(asked) as draft:
        content.write(draft)
        with _unless_withdrawn(study, content, asked):
            target = _free(study, asked)
            output = Output(name_of(study, target), hash_of(draft), content.what, now())
            study.here.writing(output)  # noted before it is there: an interruption leaves no file that nobody knows
        with _unless_withdrawn(study, content, asked):
            put_in_place(draft, target)
            study.here.wrote(output)
            study.here.log(now(), content.coder, f"export {content.what.split()[0]}")
    return target


@contextmanager
def _unless_withdrawn(study: Study, content: Content, asked: Path) -> Iterator[None]:
    """Hold the study, so that nobody withdraws and no other output takes this place at the same moment."""
    with study.transaction():
        if State(study).withdrawn != content.withdrawn:
            raise QualkitError(
                f"Someone withdrew while {asked} was being made, and it was not written.", "Run the command again."
            )
        yield


def default_place(study: Study, name: str) -> Path:
    folder = study.folder / "outputs"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder / name


def near(path: Path) -> Path:
    """A path as one would type it here."""
    whole, here = path.resolve(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else path


def left_as_it_was(asked: Path, target: Path) -> list[str]:
    if target == asked:
        return []
    return [f"{asked} was changed since qualkit wrote it, or is not qualkit's, and was left as it is."]


def name_of(study: Study, path: Path) -> str:
    """How the study notes a file: below its own folder where it lies there."""
    whole, home = path.resolve(), study.folder.resolve()
    return whole.relative_to(home).as_posix() if whole.is_relative_to(home) else whole.as_posix()


def hash_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _free(study: Study, asked: Path) -> Path:
    """`asked`, or a numbered name beside it where its file was changed since qualkit wrote it, or is not ours."""
    names = (asked, *(asked.with_stem(f"{asked.stem}-{n}") for n in range(2, 1000)))
    return next(path for path in names if not path.exists() or _is_ours(study, path))


def _is_ours(study: Study, path: Path) -> bool:
    return path.is_file() and hash_of(path) in study.here.hashes(name_of(study, path))
