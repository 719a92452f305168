"""Whatever a file holds, it is read or refused with a QualkitError, in bounded time and memory."""

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qualkit.errors import QualkitError
from qualkit.ingest.schedule.yaml import read_schedule

LONGEST_WAIT = 10  # seconds, on a machine that has other things to do; most take less than one

BOMBS = {
    "a million aliases": "a: &a x\nb:\n" + "- *a\n" * 1_000_000,
    "billion laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "quadratic blow-up": f"a: &a [{'x,' * 15_000}x]\nb: [{','.join(['*a'] * 50)}]\n",
    "laughs in fields": "a: &a {b: c}\nd: &d {e: *a, f: *a}\ng: {h: *d, i: *d}\n",
    "alias of itself": "a: &a [b, *a]\n",
    "a million anchors": "".join(f"- &a{n} x\n" for n in range(1_000_000)),
    "a million headings": "framework: F\ncategories:\n- name: A\n  headings:\n" + "  - name: B\n" * 1_000_000,
    "a million brackets": "[" * 1_000_000,
    "a million braces": "{a: " * 1_000_000,
    "a million dashes": "- " * 1_000_000,
    "a million questions": "? " * 1_000_000,
    "a million commas": "[" + "a," * 1_000_000 + "]",
    "a million documents": "---\n" * 1_000_000,
    "one long word": "x" * 1_000_000,
    "one long text": 'a: "' + "word\\n " * 200_000 + '"',
    "one long tag": "!<" + "a" * 1_000_000 + "> x",
    "empty lines": "\n" * 1_000_000 + "a",
    "spaces": " " * 1_000_000 + "a",
    "tabs": "\t\n" * 300_000 + "a",
    "long block": "a: |\n" + "  x\n" * 250_000,
    "huge code point": 'a: "\\UFFFFFFFF"',
    "many duplicate fields": "".join("a: b\n" for _ in range(9_000)),
    "many unknown fields": "".join(f"a{n}: b\n" for n in range(9_000)),
}


GROWING = [bomb for bomb in BOMBS if "laughs" in bomb or "alias" in bomb or "quadratic" in bomb]


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_in_time(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "schedule.yaml"
    path.write_text(BOMBS[bomb])
    began = time.perf_counter()
    with pytest.raises(QualkitError) as told:
        read_schedule(path)
    assert time.perf_counter() - began < LONGEST_WAIT
    assert len(told.value.message) < 10_000


@pytest.mark.parametrize("bomb", GROWING)
def test_bombs_are_refused_before_they_grow(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "schedule.yaml"
    path.write_text(BOMBS[bomb])
    tracemalloc.start()
    with pytest.raises(QualkitError):
        read_schedule(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000


def test_a_million_aliases_are_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "schedule.yaml"
    path.write_text(BOMBS["a million aliases"])
    with pytest.raises(QualkitError, match=r"line 53, column 3: more than 50 YAML aliases") as told:
        read_schedule(path)
    assert "Write the texts themselves" in told.value.message


def test_a_long_but_possible_schedule_is_read_in_time(tmp_path: Path) -> None:
    text = "framework: F\ncategories:\n"
    for category in range(20):
        text += f"- name: Category {category}\n  headings:\n"
        text += "".join(f"  - name: Heading {n}\n    questions: [How is it?, And then?]\n" for n in range(50))
    path = tmp_path / "schedule.yaml"
    path.write_text(text)
    began = time.perf_counter()
    assert len(list(read_schedule(path).framework.headings())) == 1000
    assert time.perf_counter() - began < LONGEST_WAIT


YAML_PIECES = st.sampled_from(
    (
        *("framework: F\n", "categories:\n", "parts:\n", "- name: A\n", "  headings:\n", "  - name: B\n"),
        *("    key: h-1\n", "    questions:\n", "    - x\n", "  ", "\t", "\n", "\r", "- ", ": ", "? ", "&a ", "*a"),
        *("!x ", "{", "}", "[", "]", ",", "'", '"', "|\n", ">-\n", "#", " # c\n", "---\n", "...\n", "%YAML 1.1\n"),
        *("<<: ", "~", "null", "\\", "\\u", "\x85", "\u2028", "\ufeff", "\x00", "é", "😀", "@", "`", "%"),
    )
)


def read_or_refuse(folder: Path, data: bytes) -> None:
    path = folder / "schedule.yaml"
    path.write_bytes(data)
    began = time.perf_counter()
    try:
        schedule = read_schedule(path)
    except QualkitError as refused:
        told = refused
    else:
        told = None
        assert list(schedule.framework.headings())
    assert told is None or (str(path) in told.message and told.hint)
    assert time.perf_counter() - began < LONGEST_WAIT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(YAML_PIECES, max_size=40).map("".join))
@example("framework: F\ncategories: [name: A, headings: [name: B]]")
def test_any_pieces_of_yaml(tmp_path: Path, text: str) -> None:
    read_or_refuse(tmp_path, text.encode())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(YAML_PIECES, max_size=20).map("".join))
def test_any_pieces_of_yaml_after_a_good_beginning(tmp_path: Path, text: str) -> None:
    start = "framework: F\ncategories:\n- name: A\n  headings:\n  - name: B\n"
    read_or_refuse(tmp_path, (start + text).encode())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.text(alphabet=":-[]{}&*!|>'\"#%@ \n\tab").map(str.encode))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    read_or_refuse(tmp_path, data)
