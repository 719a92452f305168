"""Long talks and long lines take time in proportion to their length."""

import io
import time
from collections.abc import Callable

import docx
import pytest

from qualkit.ingest.transcript import read_bytes


def talk(turns: int) -> str:
    both = "Interviewer: How does it go on with matter {n}?\n\nP1: It goes on, at 10:30, and note: {n} is fine.\n\n"
    return "".join(both.format(n=n) for n in range(turns // 2))


def seconds(read: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        read()
        best = min(best, time.perf_counter() - begin)
    return best


@pytest.mark.parametrize("file", ["a.txt", "a.md"])
def test_ten_thousand_turns(file: str) -> None:
    short, long = talk(2500).encode(), talk(10_000).encode()
    assert len(read_bytes(long, file).turns) == 10_000
    assert seconds(lambda: read_bytes(long, file)) < 8 * seconds(lambda: read_bytes(short, file))


def test_ten_thousand_turns_in_word() -> None:
    document = docx.Document()
    for line in talk(10_000).split("\n\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    assert len(read_bytes(out.getvalue(), "a.docx").turns) == 10_000


@pytest.mark.parametrize(
    "filler", ["word ", "a:", "* ", "[", "(0:01) ", "> ", "# ", "\t", " ", "<!-- ", "**", "1:02:03 ", "=", "<b>", "é "]
)
@pytest.mark.parametrize("file", ["a.txt", "a.md"])
def test_a_line_of_a_hundred_thousand_words(filler: str, file: str) -> None:
    data = f"I: q?\nP: {filler * 100_000}x\nI: r?\n{filler * 100_000}: y\nP: b".encode()
    begin = time.perf_counter()
    spoken = read_bytes(data, file)
    assert time.perf_counter() - begin < 5
    assert len(spoken.text) > 100_000 * len(filler.strip()) or not filler.strip()


def test_a_great_many_labels() -> None:
    text = "\n".join(f"Note {n % 3000}: x\nSpeaker {n}: y\nI: z" for n in range(10_000))
    begin = time.perf_counter()
    read_bytes(text.encode(), "a.txt")
    assert time.perf_counter() - begin < 15
