"""Faults that hostile tables have found."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from qualkit.errors import QualkitError
from qualkit.ingest.tables.cases import read_cases
from qualkit.ingest.tables.codebook import read_codebook
from qualkit.ingest.tables.decisions import read_decisions
from qualkit.ingest.tables.transcripts import read_transcripts
from qualkit.model.rows import Problem
from tests.proof.hostile.secret import SECRET, SENTENCE
from tests.tables.made_up import refused, written

ACCENTS = "e" + "\u0301\u0316" * 50_000
BOOK = "key,name,parent,from,until\n"


@contextmanager
def in_time(seconds: float = 4) -> Iterator[None]:
    began = time.process_time()  # of this process alone: others may run beside it
    yield
    assert time.process_time() - began < seconds


def rows(row: str, count: int) -> str:
    return "".join(row.replace("{n}", str(n)) for n in range(count))


def whats(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.place}: {problem.what}" for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "participant," + ",".join(f"a{n}" for n in range(1_001)),
        "," * 2_000_000,
        "\n" * 4_000_000 + "participant\na\n",
        "participant\n" + "a\n" * 250_000,
        "participant," + ",".join(f"a{n}" for n in range(900)) + "\n" + "P\n" * 5_000,
    ],
    ids=["columns", "commas", "empty rows", "rows", "short rows under a wide head"],
)
def test_more_than_any_table_has(tmp_path: Path, text: str) -> None:
    with in_time():
        told = refused(read_cases, written(tmp_path, text, "cases.csv"))
    assert len(told.message) < 1_000


def test_a_name_of_a_page(tmp_path: Path) -> None:
    text = f'participant,case,note\nP1,C1,{"n" * 9_000}\n"{ACCENTS}",C1,\nP3,"{ACCENTS}",\nP4,C1,\n'
    with in_time():
        file = read_cases(written(tmp_path, text, "cases.csv"))
    assert [row.participant for row in file.rows] == ["P1", "P4"]
    assert whats(file.problems)[0] == "row 3: participant has 100,001 signs, far more than it can mean. " \
        "The row is left out."  # fmt: skip


def test_one_participant_in_thousands_of_cases(tmp_path: Path) -> None:
    text = f"participant,case\nP,{'C' * 900}\n" + rows("P,D{n}\n", 20_000)
    with in_time():
        file = read_cases(written(tmp_path, text, "cases.csv"))
    assert len(file.rows) == 1
    assert "“…” (900 signs)" in file.problems[0].what
    assert len(file.problems) == 5_001
    assert file.problems[-1].what == "there are 15,000 faults more like those above."


def test_words_of_a_transcript_are_not_told(tmp_path: Path) -> None:
    """A transcript in the place of a table, and a quotation that a comma moved into another column."""
    spoken = f"The participant says: {SENTENCE}, well\nP01, 2"
    for name, read in (("cases.csv", read_cases), ("transcripts.csv", read_transcripts)):
        told = refused(read, written(tmp_path, spoken, name))
        assert SECRET not in told.message + told.hint
    text = f"transcript,start,verdict,target,date\nT,1,{SENTENCE},1.1,\nT,1,not,1.1,{SENTENCE}\nT,{SENTENCE},not,,\n"
    problems = read_decisions(written(tmp_path, text, "decisions.csv")).problems
    assert len(problems) == 3
    assert not any(SECRET in problem.what + problem.remedy for problem in problems)
    assert "verdict “…” (46 signs) is not known." in problems[0].what


def test_short_names_are_told(tmp_path: Path) -> None:
    told = refused(read_transcripts, written(tmp_path, "transcript,minuts\n", "transcripts.csv"))
    assert "“minuts” is no column of this table. Did you mean “minutes”?" in told.message


def test_thousands_of_themes_of_one_name(tmp_path: Path) -> None:
    with in_time():
        file = read_codebook(written(tmp_path, BOOK + rows("k{n},A,,,\n", 20_000), "codebook.csv"))
    assert len(file.rows) == 20_000


def test_thousands_of_periods_of_one_theme(tmp_path: Path) -> None:
    days = [f"{1000 + n // 336}-{1 + n // 28 % 12:02}-{1 + n % 28:02}" for n in range(10_001)]
    text = "".join(f"k,A,,{first},{last}\n" for first, last in pairwise(days))
    with in_time():
        file = read_codebook(written(tmp_path, BOOK + text, "codebook.csv"))
    assert len(file.rows) == 10_000
    assert not file.problems


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_periods_that_overlap_are_told_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    periods = [("", "2020-01-01"), ("2020-01-01", "2021-01-01"), ("2021-01-01", "2022-01-01"), ("2022-01-01", "")]
    lines = [f"k,A,,{periods[n][0]},{periods[n][1]}\n" for n in order]
    assert not read_codebook(written(tmp_path, BOOK + "".join(lines), "codebook.csv")).problems
    for overlap in (
        "2019-01-01,2019-06-01",
        "2020-06-01,2021-06-01",
        ",2019-01-01",
        "2030-01-01,",
        "2019-01-01,2023-01-01",
    ):
        text = BOOK + "".join(lines) + f"k,A,,{overlap}\n"
        (problem,) = read_codebook(written(tmp_path, text, "codebook.csv")).problems
        assert problem.what.startswith("the key “k” has a row already"), overlap


def test_thousands_of_parents_that_are_nearly_there(tmp_path: Path) -> None:
    text = BOOK + rows(",Being believed by doctor number {n},Being believd by doktor numbr {n}\n", 2_000)
    with in_time():
        file = read_codebook(written(tmp_path, text.replace("\n", ",,\n").replace(",,\n", "\n", 1), "codebook.csv"))
    assert file.problems[0].remedy.startswith("Did you mean “Being believed by doctor number 0”")


def test_a_circle_of_thousands_is_told_in_a_line(tmp_path: Path) -> None:
    text = BOOK + "".join(f",N{n},N{(n + 1) % 3_000},,\n" for n in range(3_000))
    (problem,) = read_codebook(written(tmp_path, text, "codebook.csv")).problems
    assert "and 2,995 more stand under each other in a circle" in problem.what
    assert len(problem.what) < 300


def test_a_speaker_of_a_page(tmp_path: Path) -> None:
    text = f'transcript,speakers\nT1,"A={ACCENTS};B=P1"\nT2,"{"=;" * 10_000}"\n'
    with in_time():
        file = read_transcripts(written(tmp_path, text, "transcripts.csv"))
    assert file.rows[0].speakers == {"B": "P1"}


def test_nothing_of_it_stops_a_good_table(tmp_path: Path) -> None:
    long = "A text of a coder, with commas; and more. " * 300
    text = f'transcript,start,verdict,target,quote,reason\nT,1,applies,1.1,"{long}","{long}"\n'
    file = read_decisions(written(tmp_path, text, "decisions.csv"))
    assert file.rows[0].quote == long.strip()
    assert not file.problems
    with pytest.raises(QualkitError):
        read_decisions(written(tmp_path, "transcript\n", "decisions.csv"))
