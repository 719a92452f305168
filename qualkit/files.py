"""Writing a file whole or not at all, for its owner alone: first as a draft beside its place, then moved there."""

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qualkit.errors import QualkitError

_ENDING = ".part"
_DRAFT = re.compile(r"\..*\.(\d+)\.part", re.DOTALL)
_OLD = 24 * 3600  # seconds after which a draft is nobody's, even where another process has its number


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a draft; when the block ends well it takes the place of `path`, else it is removed.

    Where `path` is such a draft already, it is given itself.
    """
    if _DRAFT.fullmatch(path.name):
        yield path
        return
    with plain_words(path), drafting(path) as draft:
        yield draft
        put_in_place(draft, path)


@contextmanager
def drafting(path: Path) -> Iterator[Path]:
    """Give the path of a draft beside `path`, which is removed at the end unless it was put in place."""
    draft = path.with_name(f".{path.name[:40]}.{os.getpid()}{_ENDING}")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield draft
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn what the system says on `path` or its draft into an error with a remedy."""
    try:
        yield
    except OSError as error:
        raise _told(path, error) from error


def put_in_place(draft: Path, path: Path) -> None:
    """Let a draft take the place of `path`."""
    _to_disk(draft)
    os.replace(draft, path)


def write_private(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises QualkitError where it cannot be written."""
    with replacing(path) as draft:
        draft.write_bytes(data)


def leftovers(folders: Iterable[Path]) -> list[Path]:
    """Drafts in these folders that no process is writing any more."""
    found = []
    for folder in folders:
        with suppress(OSError):
            found += [path for path in folder.iterdir() if path.name.endswith(_ENDING) and _is_left(path)]
    return sorted(found)


def sweep(folders: Iterable[Path]) -> None:
    """Remove what an interrupted process left half-written."""
    for path in leftovers(folders):
        with suppress(OSError):
            path.unlink()


def _is_left(draft: Path) -> bool:
    ours = _DRAFT.fullmatch(draft.name)
    if ours is None:
        return False
    number = ours[1]
    with suppress(OSError):
        if time.time() - draft.stat().st_mtime > _OLD:
            return True
    return int(number) != os.getpid() and not _is_alive(int(number))


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return True  # there the question would end the process; age decides
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _to_disk(draft: Path) -> None:
    """What replaces a file must be on the disk before it does."""
    handle = os.open(draft, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(path: Path, error: OSError) -> QualkitError:
    if not path.parent.is_dir():
        return QualkitError(f"{path}: the folder {path.parent} does not exist.", "Make it, or name another with -o.")
    if path.is_dir():
        return QualkitError(f"{path} is a folder.", "Name a file with -o.")
    if isinstance(error, PermissionError):
        return QualkitError(
            f"{path} cannot be written.", "Close it where it is open, or name a place that you may write to with -o."
        )
    return QualkitError(
        f"{path} cannot be written: {error.strerror or error}.", "Free some space or name another place."
    )
