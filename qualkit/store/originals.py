"""Originals: copied into the study as they are, and never edited."""

import os
from hashlib import sha256
from pathlib import Path

from qualkit.errors import QualkitError
from qualkit.files import write_private

FOLDER = "transcripts"


def keep_original(study: Path, name: str, data: bytes) -> str:
    """Copy an original into the study's folder; gives the name it has there, the same when done again.

    A file of that name with another content stays, and the new one gets a number.
    """
    folder = study / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        stem, ending = os.path.splitext(name)
        candidates = (name, *(f"{stem}-{n}{ending}" for n in range(2, 10_000)))
        stored = next(each for each in candidates if _is_free(folder / each, data))
        if not (folder / stored).exists():
            write_private(folder / stored, data)
    except (OSError, QualkitError) as error:
        why = error.strerror if isinstance(error, OSError) else error.message
        raise QualkitError(
            f"{folder / name}: the original could not be copied into the study ({why}).",
            "Free some space, or check that you may write to this folder. The study is as it was before.",
        ) from error
    return stored


def _is_free(file: Path, data: bytes) -> bool:
    return not file.exists() or sha256(file.read_bytes()).digest() == sha256(data).digest()
