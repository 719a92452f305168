"""Faults that hostile schedules have found: each took minutes before it was mended."""

import time
from pathlib import Path

import pytest

from qualkit.errors import QualkitError
from qualkit.ingest.schedule.yaml import read_schedule
from tests.proof.hostile.secret import SECRET, SENTENCE

ACCENTS = "e" + "\u0301\u0316" * 50_000
START = "framework: F\ncategories:\n- name: A\n  headings:\n  - name: B\n"


def refused(folder: Path, text: str | bytes) -> str:
    path = folder / "schedule.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    began = time.process_time()
    with pytest.raises(QualkitError) as told:
        read_schedule(path)
    assert time.process_time() - began < 4
    assert len(told.value.message) < 5_000
    assert told.value.hint
    return told.value.message


def test_spaces_before_a_field_that_cannot_be(tmp_path: Path) -> None:
    assert "a colon and a space within a text" in refused(tmp_path, "- " + " " * 100_000 + "x.y: z: w\n")


@pytest.mark.parametrize("line", ["  - name: {}\n", "    key: {}\n", "    keywords: [{}]\n", "    asked_of: {}\n"])
def test_a_name_of_a_page(tmp_path: Path, line: str) -> None:
    assert "signs, far more than" in refused(tmp_path, START + line.format(ACCENTS))
    assert "far more than a name" in refused(tmp_path, START + line.format("B" * 501)) or "key" in line


def test_a_text_of_a_book(tmp_path: Path) -> None:
    assert "signs, far more than anybody asks" in refused(tmp_path, START + f"    definition: {'a ' * 20_000}\n")


def test_thousands_of_fields_that_nobody_knows(tmp_path: Path) -> None:
    told = refused(tmp_path, START + "".join(f"    k{n}: x\n" for n in range(9_000)))
    assert told.endswith("and 8980 more.")


def test_thousands_of_signs_that_no_text_holds(tmp_path: Path) -> None:
    assert refused(tmp_path, "\x01" * 490_000).endswith("and 489980 more.")


def test_utf32_is_read_like_other_marked_files(tmp_path: Path) -> None:
    path = tmp_path / "schedule.yaml"
    path.write_bytes(START.encode("utf-32"))
    schedule = read_schedule(path)
    assert schedule.source.encoded(START) == START.encode("utf-32")


def test_words_of_a_transcript_are_not_told(tmp_path: Path) -> None:
    for text in (f"Rab: {SENTENCE}\n{SENTENCE}: Well.\n", START + f"    questions:\n    - {SENTENCE}: well\n"):
        assert SECRET not in refused(tmp_path, text)
