"""Writing a file whole or not at all: first beside its place, then moved there in one step."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qualkit.errors import QualkitError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a draft; when the block ends well it takes the place of `path`, else it is removed."""
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
        os.close(handle)
        draft = Path(name)
        yield draft
        draft.chmod(0o666 & ~_mask())
        os.replace(draft, path)
    except OSError as error:
        raise _told(path, error) from error
    finally:
        if draft is not None:
            with suppress(FileNotFoundError):
                draft.unlink()


def _mask() -> int:
    """What the user's files may not be, by the rules of the machine; drafts are made for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
