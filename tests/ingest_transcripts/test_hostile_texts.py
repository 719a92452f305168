"""Faults that hostile transcripts have found: each took minutes, or all memory, before it was mended."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from qualkit.errors import QualkitError
from qualkit.ingest.transcript import read_bytes
from tests.ingest_transcripts.made_up import dropped, read, roles, said
from tests.proof.hostile.secret import SECRET, SENTENCE

ACCENTS = "e" + "\u0301\u0316" * 50_000  # putting them in order takes time with the square of their number
TALK = "Interviewer: And then?\nRab: Nothing.\n" * 3


@contextmanager
def in_time(seconds: float = 4) -> Iterator[None]:
    began = time.process_time()  # of this process alone: others may run beside it
    yield
    assert time.process_time() - began < seconds


def test_thousands_of_speakers_who_all_ask() -> None:
    with in_time():
        spoken = read("".join(f"N{n}x: so?\n" for n in range(3_000)) * 2)
    assert len(spoken.labels) == 3_000
    assert not any(role.asks for role in roles(spoken).values())


def test_the_one_who_asks_is_still_found_among_many() -> None:
    talk = "".join(f"Dana: And {n}?\nN{n}x: It goes on.\n" for n in range(50))
    assert [label for label, role in roles(read(talk * 2)).items() if role.asks] == ["Dana"]


def test_a_list_of_interviewers_without_end() -> None:
    names = ", ".join(f"A{n} B" for n in range(200_000))
    with in_time():
        read(f"Date: x\nInterviewer: {names}\n" + "".join(f"N{n}x: so.\n" for n in range(500)) * 2)


def test_many_speakers_whose_labels_are_doubtful() -> None:
    with in_time():
        read("".join(f"Note {n}: so.\nN{n}x: so.\n" for n in range(3_000)) * 3)


@pytest.mark.parametrize("line", [ACCENTS, f"Participants: {ACCENTS}", f"Interviewer: {ACCENTS}"])
def test_a_line_of_accents(line: str) -> None:
    with in_time():
        read(f"{line}\n\n{TALK}")


def test_spaces_without_end_in_markdown() -> None:
    spaces = " " * 200_000
    with in_time():
        spoken = read(f"---\na: b{spaces}c\n---\n# a{spaces}b\n{TALK}", "a.md")
    assert len(said(spoken)) == 6


@pytest.mark.parametrize(
    ("line", "heading"),
    [("# a", "a"), ("## a ##  ", "a"), ("# a#", "a#"), ("# a # b", "a # b"), ("# #", "#"), ("#  C# #", "C#")],
)
def test_signs_that_close_a_heading(line: str, heading: str) -> None:
    assert heading in dropped(read(f"{line}\n\n{TALK}", "a.md"))


def test_the_comments_of_a_line_are_told_together() -> None:
    spoken = read(f"{TALK}<!--a--> <!--b-->\n<!--c-->\n", "a.md")
    assert dropped(spoken) == ["a\nb", "c"]


@pytest.mark.parametrize(
    "data",
    [b"\n" * 30_000_000 + b"I: a", b"a\n" * 2_000_000, b"I: " + b"word " * 3_000_000, b"<!--a-->\n" * 200_000],
    ids=["line feeds", "lines", "one line", "comments"],
)
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_more_than_any_transcript_has(data: bytes, ending: str) -> None:
    with in_time(), pytest.raises(QualkitError, match="than any transcript") as told:
        read_bytes(data, f"a.{ending}")
    assert told.value.hint


@pytest.mark.parametrize(
    ("asked", "said_", "codec"),
    [
        ("Comment ça va à l’hôpital ?", "C’était très difficile, en général.", "cp1252"),
        ("Интервьюер спрашивает: как вы?", "Спасибо, сегодня уже намного лучше.", "cp1251"),
        ("今日は痛みはどうですか。", "昨日より痛みは少ないです。", "shift_jis"),
    ],
)
def test_a_long_file_whose_first_accent_comes_late(asked: str, said_: str, codec: str) -> None:
    plain = "P1: Nothing yet.\nP2: No.\n" * 5_000
    with in_time():
        spoken = read((plain + f"P1: {asked}\nP2: {said_}\n" * 10_000).encode(codec))
    assert said(spoken)[-2:] == [("P1", asked), ("P2", said_)]


def test_no_message_says_what_was_said() -> None:
    spoken = read(f"{SENTENCE}\n\nDate: {SENTENCE}\n{SENTENCE}\n" + f"I: {SENTENCE}?\nP: {SENTENCE}\n" * 3)
    assert not any(SECRET in problem.what + problem.remedy + problem.place for problem in spoken.problems)
