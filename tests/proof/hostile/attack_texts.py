"""Transcripts and schedules that somebody made to do harm. Each says what it aims at."""

import codecs
from collections.abc import Callable, Mapping

from tests.proof.hostile.bases import Bases
from tests.proof.hostile.secret import SENTENCE

Attack = tuple[str, Callable[[Bases], bytes]]  # kind, and what makes the file

_ACCENTS = "e" + "\u0301\u0316" * 100_000  # in the order that takes longest to be put in order
_SCHEDULE = "framework: F\ncategories:\n- name: A\n  headings:\n  - name: B\n"


def _asking(labels: int) -> str:
    return "".join(f"N{n}x: so?\n" for n in range(labels)) * 2


def _utf16(text: str) -> bytes:
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le", "surrogatepass")


def _text(kind: str, text: str) -> Attack:
    return kind, lambda bases: text.encode()


def _with_talk(kind: str, text: str) -> Attack:
    return kind, lambda bases: text.encode() + b"\n" + bases[kind][0]


TRANSCRIPTS: Mapping[str, Attack] = {
    "one line of 30 MB": ("txt", lambda b: b"I: " + b"word " * 6_000_000),
    "one line of 10 MB": ("txt", lambda b: b"I: " + b"word " * 1_990_000),
    "100 MB of line feeds": ("txt", lambda b: b"\n" * 100_000_000 + b"I: a"),
    "15 million lines": ("txt", lambda b: b"a\n" * 15_000_000),
    "199,000 turns": ("txt", lambda b: b"I: a?\nP: b\n" * 99_500),
    "99,000 paragraphs": ("txt", lambda b: b"a b\n\n" * 99_500),
    "199,000 labels": ("txt", lambda b: "".join(f"N{n}x: a\n" for n in range(199_000)).encode()),
    "5,000 labels that all ask twice": ("txt", lambda b: _asking(5_000).encode()),
    "99,000 labels that all ask twice": ("txt", lambda b: _asking(99_000).encode()),
    "a list of a million interviewers": (
        "txt",
        lambda b: (
            b"Date: x\nInterviewer: " + b", ".join(b"A%d B" % n for n in range(400_000)) + b"\n" + _asking(500).encode()
        ),
    ),
    "a million spaces in a field": _with_talk("txt", "Date: x\nInterviewer: A" + " " * 1_000_000 + "B"),
    "accents without end in the first line": _with_talk("txt", _ACCENTS),
    "accents without end as a list": _with_talk("txt", f"Participants: {_ACCENTS}"),
    "a legend without end": _with_talk("txt", "a = Participant; " * 100_000),
    "question marks without end": _with_talk("txt", "I: " + "?" * 1_000_000 + "\nP: " + "? (a) " * 100_000),
    "brackets without end": _with_talk("txt", "[" * 1_000_000 + "a] b"),
    "times without end": _with_talk("txt", "0:00 " * 400_000),
    "a UTF-16 mark and nothing": ("txt", lambda b: codecs.BOM_UTF16_BE),
    "a thousand byte order marks": ("txt", lambda b: codecs.BOM_UTF8 * 1_000 + b["txt"][0]),
    "halves of pairs": ("txt", lambda b: _utf16(f"I: a?\nP: \ud800 {SENTENCE} \udfff\udc00\ud83d\n" * 500)),
    "half UTF-8, half UTF-16": ("txt", lambda b: b["txt"][0] + b["txt"][0].decode().encode("utf-16-le")),
    "UTF-16 of odd length": ("txt", lambda b: b["txt"][0].decode().encode("utf-16-le")[:-1]),
    "UTF-32 beyond Unicode": ("txt", lambda b: codecs.BOM_UTF32_LE + b"\xff\xff\xff\x7fI\0\0\0:\0\0\0a\0\0\0" * 99),
    "each letter a null before it": ("txt", lambda b: b"".join(b"\0" + bytes([c]) for c in b["txt"][0])),
    "a null in each line": ("txt", lambda b: b["txt"][0].replace(b"\n", b"\0\n")),
    "control signs throughout": ("txt", lambda b: b["txt"][0].replace(b" ", b" \x1b[2J")),
    "10 MB of an unknown code page": ("txt", lambda b: bytes(range(128, 256)) * 80_000 + b["txt"][0]),
    "10 MB of accents in an old code page": ("txt", lambda b: b"I: \xe9\xe8 \xe0.\nP: caf\xe9\n" * 500_000),
    "10 MB of Shift JIS": (
        "txt",
        lambda b: "聞き手：今日はどうですか。\n患者：昨日より痛みは少ないです。\n".encode("shift_jis") * 150_000,
    ),
    "spaces within a heading": ("md", lambda b: b"# a" + b" " * 500_000 + b"a\n" + b["md"][0]),
    "signs of headings without end": ("md", lambda b: b"# " + b" #" * 500_000 + b" a\n" + b["md"][0]),
    "quotation upon quotation": ("md", lambda b: b"> " * 1_000_000 + b"a\n" + b["md"][0]),
    "front matter with spaces": ("md", lambda b: b"---\na: b" + b" " * 500_000 + b"c\n---\n" + b["md"][0]),
    "front matter of many values": (
        "md",
        lambda b: b"---\ninterviewer: " + b"A B, " * 400_000 + b"\n---\n" + b["md"][0],
    ),
    "front matter that never ends": ("md", lambda b: b"---\n" + b"a: b\n" * 500_000),
    "190,000 comments": ("md", lambda b: b"<!---->\n" * 190_000 + b["md"][0]),
    "a million comments": ("md", lambda b: b"<!---->" * 1_000_000 + b["md"][0]),
    "comments that never end": ("md", lambda b: b"<!--" * 1_000_000 + b["md"][0]),
}

SCHEDULES: Mapping[str, Attack] = {
    "laughs": _text("schedule", "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n" + _SCHEDULE),
    "a million aliases": _text("schedule", "a: &a x\nb:\n" + "- *a\n" * 90_000),
    "an alias of itself": _text("schedule", "a: &a [b, *a]\n" + _SCHEDULE),
    "anchors by the thousand": _text("schedule", _SCHEDULE + "".join(f"    k{n}: &a{n} x\n" for n in range(9_000))),
    "brackets in brackets": _text("schedule", _SCHEDULE + "    questions: " + "[" * 200_000),
    "braces in braces": _text("schedule", "{a: " * 120_000),
    "dashes upon dashes": _text("schedule", "- " * 240_000 + "a"),
    "keys of keys": _text("schedule", "? " * 240_000 + "a"),
    "a deep staircase": _text("schedule", "".join(" " * n + "a:\n" for n in range(900))),
    "spaces before a field that cannot be": _text("schedule", "a: b\n-" + " " * 200_000 + "x.y: z: w\n"),
    "dashes and spaces before a field that cannot be": _text("schedule", "-  " * 19 + " " * 200_000 + "x.y: z: w\n"),
    "a name of accents": _text("schedule", _SCHEDULE.replace("B", _ACCENTS)),
    "two names of accents": _text("schedule", _SCHEDULE + f"  - name: {_ACCENTS[:150_000]}\n  - name: C\n"),
    "a field of accents": _text("schedule", _SCHEDULE + f"    {_ACCENTS[:100_000]}: x\n"),
    "a key of accents": _text("schedule", _SCHEDULE + f"    key: {_ACCENTS}\n"),
    "control signs only": _text("schedule", "\x01" * 490_000),
    "half a pair as an escape": _text("schedule", _SCHEDULE.replace("B", '"\\ud800"')),
    "a null as an escape": _text("schedule", _SCHEDULE.replace("B", '"\\0"')),
    "tabs on every line": _text("schedule", _SCHEDULE + "\t\tx\n" * 120_000),
    "a field twice, nine thousand times": _text("schedule", _SCHEDULE + "    prompts: x\n" * 9_000),
    "fields that nobody knows": _text("schedule", _SCHEDULE + "".join(f"    promts{n}: x\n" for n in range(9_000))),
    "nine thousand headings of one name": _text("schedule", _SCHEDULE + "  - name: B\n" * 9_000),
    "nine thousand headings": _text("schedule", _SCHEDULE + "".join(f"  - name: B{n}\n" for n in range(9_000))),
    "comments cut off": _text("schedule", _SCHEDULE + "    prompts:\n" + "    - a #b\n" * 9_000),
    "long text in quotation marks": _text("schedule", _SCHEDULE + '    definition: "' + "a\\n \n" * 90_000 + '"'),
    "a tag": _text("schedule", _SCHEDULE + "    definition: !!python/object/apply:os.system [x]\n"),
    "a directive": _text("schedule", "%YAML 999999999999.1\n%TAG ! tag:x,2000:\n---\n" + _SCHEDULE),
    "halves of pairs in UTF-16": ("schedule", lambda b: _utf16(_SCHEDULE.replace("B", "a\ud800"))),
    "a number of thousands of digits": _text(
        "schedule", _SCHEDULE + f"version: {'9' * 400_000}\nused_from: {'9' * 9_000}\n"
    ),
    "a transcript": ("schedule", lambda b: b["txt"][0]),
}
