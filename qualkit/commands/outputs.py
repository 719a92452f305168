"""Files that qualkit writes: where they may go without overwriting a person's work, and the note of each."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from qualkit.files import replacing
from qualkit.store.here import Output
from qualkit.store.recording import now
from qualkit.store.study import Study


def write_output(study: Study, asked: Path, what: str, coder: str, write: Callable[[Path], None]) -> Path:
    """Write to `asked`, or beside it where someone has worked on that file; gives the path written and notes it."""
    target = _free(study, asked)
    with replacing(target) as draft:
        write(draft)
        output = Output(name_of(study, target), hash_of(draft), what, now())
        study.here.writing(output)
    study.here.wrote(output)
    study.here.log(now(), coder, f"export {what.split()[0]}")
    return target


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
