"""Tables that somebody made to do harm."""

from collections.abc import Mapping

from tests.proof.hostile.attack_texts import Attack
from tests.proof.hostile.secret import SENTENCE

_ACCENTS = "e" + "\u0301\u0316" * 60_000
_BOOK = "key,name,parent,from,until\n"
_MADE = "transcript,start,verdict,target\n"


def _rows(kind: str, head: str, row: str, count: int) -> Attack:
    """A table of `count` rows; {n} is the number of the row."""
    return kind, lambda bases: (head + "".join(row.replace("{n}", str(n)) for n in range(count))).encode()


def _anagram(n: int) -> str:
    """Names that are as alike as names can be without being alike enough."""
    return "".join("abcd"[(n >> shift) % 4] for shift in range(0, 16, 2)) * 15


def _alike(count: int) -> str:
    return _BOOK + "".join(f",{_anagram(n)},{_anagram(n + 7)[::-1]}x\n" for n in range(count))


def _period(n: int) -> str:
    """A row of one and the same theme, for a day of its own."""
    day = f"{1000 + n // 336}-{1 + n // 28 % 12:02}-{1 + n % 28:02}"
    return f"k,A{n},,{day},{day}\n"


TABLES: Mapping[str, Attack] = {
    "one line of 20 MB": ("cases", lambda b: b"participant," + b"x" * 20_000_000),
    "one text of 20 MB in quotation marks": ("cases", lambda b: b'participant\n"' + b"x" * 20_000_000 + b'"'),
    "a text of 20 MB that is never closed": (
        "decisions",
        lambda b: b"transcript,verdict\n" + b'"a\n' + b"b\n" * 10_000_000,
    ),
    "quotation marks only": ("cases", lambda b: b'"' * 20_000_000),
    "commas only": ("cases", lambda b: b"," * 20_000_000),
    "a million columns": ("cases", lambda b: b"participant," + b",".join(b"a%d" % n for n in range(1_000_000))),
    "900 columns that are nearly ours": (
        "transcripts",
        lambda b: b"transcript," + b",".join(b"minuts%d" % n for n in range(900)),
    ),
    "a thousand columns of anagrams": (
        "cases",
        lambda b: b"participant," + ",".join(map(_anagram, range(999))).encode(),
    ),
    "short rows under a wide head": (
        "cases",
        lambda b: (
            b"participant,"
            + b",".join(b"a%d" % n for n in range(900))
            + b"\n"
            + b"".join(b"P%d\n" % n for n in range(200_000))
        ),
    ),
    "20 million rows": ("cases", lambda b: b"participant\n" + b"a\n" * 20_000_000),
    "empty rows without end": ("cases", lambda b: b"\n" * 40_000_000 + b"participant\na\n"),
    "rows of commas without end": ("cases", lambda b: b",\n" * 20_000_000 + b"participant\na\n"),
    "carriage returns only": ("cases", lambda b: b"participant\r" + b"a\r" * 5_000_000),
    "a hundred thousand participants": _rows("cases", "participant,case,group\n", "P{n},C{n},g\n", 100_000),
    "a hundred thousand times one participant": _rows("cases", "participant,case\n", "P,C{n}\n", 100_000),
    "one participant with a very long case": _rows(
        "cases", f"participant,case\nP,{'C' * 130_000}\n", "P,C{n}\n", 50_000
    ),
    "cases spelt in thousands of ways": _rows("cases", "participant,case\n", "P{n},C  {n}\nQ{n},c {n}\n", 50_000),
    "a participant of accents": _rows("cases", "participant,case\n", f"{_ACCENTS},{_ACCENTS}\n", 20),
    "days that are none": _rows("cases", "participant,consent_date\n", "P{n},1" + "-" * 300 + "2\n", 50_000),
    "a day of a hundred thousand signs": _rows(
        "cases", "participant,consent_date\n", "P{n},1 " + "9:" * 60_000 + "\n", 100
    ),
    "a transcript instead": ("cases", lambda b: b["txt"][0]),
    "a transcript with commas instead": ("cases", lambda b: f"The participant says: {SENTENCE}, well\n1,2".encode()),
    "separated by something else": ("cases", lambda b: b"sep=|\n" + b["cases"][0]),
    "separated by name": ("cases", lambda b: b"sep=;\n" * 1_000 + b["cases"][0]),
    "nulls between": ("cases", lambda b: b["cases"][0].replace(b",", b"\0,")),
    "signs of a terminal": ("cases", lambda b: b["cases"][0].replace(b"PT01", b"\x1b[2JPT01")),
    "half UTF-8, half another": ("cases", lambda b: b["cases"][0].replace(b"town", "Øst, Þorp".encode("cp1252"), 1)),
    "20 MB in no encoding": ("cases", lambda b: b"participant\n" + bytes(range(129, 256)) * 150_000),
    "speakers without end": _rows("transcripts", "transcript,speakers\nT,", "L{n}=P{n};", 15_000),
    "speakers that are none": _rows("transcripts", "transcript,speakers\n", "T{n}," + "=;" * 10_000 + "\n", 100),
    "one label for thousands": _rows("transcripts", "transcript,speakers\nT,", "L=P{n};", 15_000),
    "kinds that are none": _rows("transcripts", "transcript,kind\n", "T{n}," + "focus grouq" * 10 + "{n}\n", 50_000),
    "everything wrong in every row": _rows("transcripts", "transcript,kind,held,minutes\n", "T{n},a{n},b,c\n", 100_000),
    "verdicts that are none": _rows("decisions", _MADE, "T,{n},aplies" + "nothing applies " * 7 + "{n},x\n", 50_000),
    "a hundred thousand decisions": _rows("decisions", _MADE, "T,{n},applies,1.1\n", 100_000),
    "the same row again and again": _rows("decisions", _MADE, "T,1,applies,1.1\n", 150_000),
    "references without end": _rows("decisions", _MADE, ":" * 60_000 + "{n},1" + ":" * 60_000 + "x,applies,1.1\n", 50),
    "quotations in the wrong column": (
        "decisions",
        lambda b: b"transcript,start,verdict\n" + f"T,1,{SENTENCE}\nT,{SENTENCE},not\n".encode() * 9,
    ),
    "quotations as dates": (
        "decisions",
        lambda b: f"transcript,start,verdict,target,date\nT,1,not,1.1,{SENTENCE}\n".encode() * 9,
    ),
    "thousands of one name": _rows("codebook", _BOOK, "k{n},A,,,\n", 30_000),
    "thousands of periods": ("codebook", lambda b: (_BOOK + "".join(map(_period, range(30_000)))).encode()),
    "thousands of open periods": _rows("codebook", _BOOK, "k,A{n},,,\n", 30_000),
    "parents that are nearly there": ("codebook", lambda b: _alike(2_000).encode()),
    "a chain of a hundred thousand": (
        "codebook",
        lambda b: _BOOK.encode() + "".join(f",N{n},N{n + 1},,\n" for n in range(100_000)).encode(),
    ),
    "a circle of a hundred thousand": (
        "codebook",
        lambda b: _BOOK.encode() + "".join(f",N{n},N{(n + 1) % 100_000},,\n" for n in range(100_000)).encode(),
    ),
    "circles by the thousand": (
        "codebook",
        lambda b: _BOOK.encode() + "".join(f",N{n},N{n ^ 1},,\n" for n in range(50_000)).encode(),
    ),
    "parents that may be any of thousands": _rows("codebook", _BOOK + "k0,A,,,\nk1,A,B,,\n", ",C{n},A,,\n", 50_000),
}
