"""The way in from disk, and what is said of files that cannot be read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualkit.errors import QualkitError
from qualkit.ingest.registry import FORMATS, extensions
from qualkit.ingest.transcript import read_bytes, read_transcript

TALK = "I: q?\nP: a\nI: r?\nP: b"


def refused(path: Path) -> QualkitError:
    with pytest.raises(QualkitError) as caught:
        read_transcript(path)
    assert caught.value.message.startswith(f"{path}: ")
    assert caught.value.hint
    assert caught.value.exit_code == 1
    return caught.value


def test_a_file_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "P 01 é.TXT"
    path.write_text(f"Title\n{TALK}", encoding="utf-8")
    spoken = read_transcript(path)
    assert spoken.text == "q?\na\nr?\nb"
    assert spoken.reader == "txt 1"
    assert spoken.problems[0].file == str(path)


def test_registry() -> None:
    assert extensions() == (".txt", ".md", ".markdown", ".docx")
    assert len({reader.name for reader in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("name", ["a.doc", "a.pdf", "a.xyz", "a.rtf", "noending", "a.", ".txt"])
def test_unknown_endings(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TALK)
    error = refused(tmp_path / name)
    assert ".docx" in error.hint
    assert ".txt" in error.hint


def test_a_recording(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"x")
    assert "recordings" in refused(tmp_path / "a.mp3").message


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "none.txt").message
    assert "folder" in refused(tmp_path).message
    refused(tmp_path / ("a" * 300 + ".txt"))
    refused(tmp_path / "a\0b.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a file" in refused(tmp_path / "pipe.txt").message


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TALK)

    def forbidden(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert "may not read" in refused(path).message


def test_a_file_far_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    assert "larger" in refused(path).message


def test_nothing_but_a_header() -> None:
    with pytest.raises(QualkitError, match="No speech"):
        read_bytes(b"Date: 3 May\nStudy: Pain\n---\n", "a.txt")


def test_errors_hold_no_words_of_the_file() -> None:
    for data in (b"I: secret\0words", b"\xd0\xcf\x11\xe0secret", b"PK\x03\x04secret"):
        for name in ("a.txt", "a.docx"):
            with pytest.raises(QualkitError) as caught:
                read_bytes(data, name)
            assert "secret" not in caught.value.message + caught.value.hint


def test_heavy_libraries_are_loaded_when_they_are_used_only() -> None:
    code = "import sys, qualkit.ingest.transcript; print({'docx', 'lxml', 'charset_normalizer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
