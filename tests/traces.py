"""Looking for words in all that lies in a folder: files raw, members of archives unpacked, pages of databases."""

import io
import zipfile
from pathlib import Path


def traces(folder: Path, words: str) -> list[str]:
    """Names of the files below `folder` that hold the words in some encoding, members of archives as FILE!MEMBER."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found += [str(path.relative_to(folder)) + inner for inner in _in(path.read_bytes(), words)]
    return found


def _in(data: bytes, words: str) -> list[str]:
    spelt = {words.encode(codec, "replace") for codec in ("utf-8", "utf-16-le", "cp1252")}
    found = [""] if any(each in data for each in spelt - {b"?"}) else []
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                found += [f"!{name}{inner}" for inner in _in(archive.read(name), words)]
    return found
