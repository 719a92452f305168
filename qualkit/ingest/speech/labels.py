"""What a line that opens with a speaker's label can look like. Whether it does is for `evidence` to judge."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

LONGEST = 63  # characters of a label
_REACH = 200  # no label with its marks and times reaches further; keeps a line of any length cheap

_TIME = r"(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
_SPAN = rf"#?{_TIME}(?:-\d)?#?(?:\s?(?:-->|-|–)\s?#?{_TIME}(?:-\d)?#?)?"
_BRACKETED = rf"\\?\[\s?{_SPAN}\s?\\?\]|\(\s?{_SPAN}\s?\)"
_STAMP = re.compile(rf"{_BRACKETED}|(?<![\w:.,]){_SPAN}(?![\w:])")
_STAMP_BEFORE_SPEECH = re.compile(rf"\s{{0,8}}(?:{_BRACKETED})")
_ONE_TIME = re.compile(_TIME)
_MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|</?(?:b|strong|i|em|u)>")
_UNSEEN = "\u200b\u200e\u200f\u061c\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TIME_HERE, _MARK_HERE = "\0", "\1"  # what times and marks are replaced by, sign for sign
_EDGES = " \t\u00a0-–—•>" + _UNSEEN + _TIME_HERE + _MARK_HERE
_NOT_IN_NAMES = re.compile(r"[?!…;\"“”«»<>{}=|\\\n\t\0\1]|//|\.\.")
_IN_BRACKETS = re.compile(r"\[([^\[\]:]{1,63})\](?!\()")


class Form(Enum):
    GIVEN = auto()  # the format knew the speaker
    COLON = auto()  # Name: text, with or without a time
    STAMPED = auto()  # Name  0:03, alone on its line
    BRACKET = auto()  # [name] text
    ALONE = auto()  # Name, alone on its line


@dataclass(frozen=True)
class Candidate:
    """A line that may open with a label: `start` and `stop` bound what is said on the line itself."""

    label: str
    form: Form
    start: int
    stop: int
    begin: float | None = None
    set_off: bool = False  # by a time of its own or by bold type, as hardly any speech is

    @property
    def fold(self) -> str:
        return fold(self.label)


@lru_cache(maxsize=1024)
def fold(label: str) -> str:
    """One spelling for a label however it is written: case, spaces, full stops, direction marks."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", label) if sign not in _UNSEEN)
    return " ".join(seen.split()).casefold().strip(" .:")


def seconds(stamp: str) -> float | None:
    """The first time in a stamp: "[1:02:03.5]" is 3723.5."""
    found = _ONE_TIME.search(stamp)
    if not found:
        return None
    total = 0.0
    for part in found[0].replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def with_colon(text: str) -> Candidate | None:
    """`Name: text`, `**Name:** text`, `[00:03] Name: text`, `Name (00:03): text` and their kin."""
    head = text[:_REACH]
    if ":" not in head and "：" not in head:
        return None
    before = re.split("[:：]", _masked(head), maxsplit=1)[0]
    at = len(before) + 1
    name, after = _name(before), text[at : at + 2]
    if at > len(head) or name is None or after == "//" or (name[-1].isdigit() and re.fullmatch(r"\d\d", after)):
        return None
    start, stop = _inside_marks(text, at, before)
    begin = seconds(head[:at]) if _TIME_HERE in before else None
    if begin is None and (stamp := _STAMP_BEFORE_SPEECH.match(text, start)):
        begin, start = seconds(stamp[0]), stamp.end()
    return Candidate(name, Form.COLON, start, stop, begin, _TIME_HERE in before or _MARK_HERE in before)


def with_time(text: str) -> Candidate | None:
    """`Name  0:03`, `Name (0:03)` or `0:03 Name`, and nothing else on the line."""
    line = text.strip()
    if len(line) > LONGEST + 40 or ":" not in line or not (stamp := _STAMP.search(line)):
        return None
    masked = _masked(line)
    name = _name(masked)
    if name is None or name[-1] in ".,:：" or ":" in masked:
        return None
    apart = stamp[0][0] in "[(\\" or line[: stamp.start()].endswith(("  ", "\t"))
    return Candidate(name, Form.STAMPED, len(text), len(text), seconds(stamp[0]), apart)


def with_brackets(text: str) -> Candidate | None:
    """`[name] text`, with or without a time before it."""
    head = text[:_REACH]
    masked = _masked(head)
    at = len(masked) - len(masked.lstrip(_EDGES))
    found = _IN_BRACKETS.match(masked, at)
    name = _name(found[1]) if found else None
    if not found or name is None:
        return None
    begin = seconds(head[:at]) if _TIME_HERE in masked[:at] else None
    return Candidate(name, Form.BRACKET, found.end(), len(text), begin)


def alone(text: str, heading: bool) -> Candidate | None:
    """A short line that could be nothing but a label; set off where it is a heading or all of it is marked."""
    line = text.strip()
    if len(line) > LONGEST + 12 or ":" in line or "：" in line:
        return None
    masked = _masked(line)
    name = _name(masked)
    if name is None or name[-1] in ".,":
        return None
    marked = masked[0] == masked[-1] == _MARK_HERE
    return Candidate(name, Form.ALONE, len(text), len(text), set_off=heading or marked)


def opens_with_time(text: str) -> bool:
    return bool(_STAMP.match(text.strip()[:_REACH]))


def _masked(head: str) -> str:
    timed = _STAMP.sub(lambda found: _TIME_HERE * len(found[0]), head)
    return _MARKS.sub(lambda found: _MARK_HERE * len(found[0]), timed)


def _name(masked: str) -> str | None:
    """The name in a stretch that holds nothing else but times, marks and bullets at its edges."""
    name = masked.strip(_EDGES)
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1].strip(_EDGES)
    shaped = (
        0 < len(name) <= LONGEST
        and any(sign.isalpha() for sign in name)
        and not _NOT_IN_NAMES.search(name)
        and name[0] not in "([,./"
        and not name.casefold().startswith(("http", "www."))
    )
    return name if shaped else None


def _inside_marks(text: str, at: int, before: str) -> tuple[int, int]:
    """Bounds of the speech: `**Name:** text` closes its marks behind the colon, `**Name: text**` at the end."""
    runs = list(re.finditer(_MARK_HERE + "+", before))
    if len(runs) != 1:
        return at, len(text)
    mark = text[runs[0].start() : runs[0].end()].replace("<", "</")
    rest = text[at : at + 20]
    if rest.lstrip().startswith(mark):
        return at + rest.index(mark) + len(mark), len(text)
    return at, len(text.rstrip()) - len(mark) if text.rstrip().endswith(mark) else len(text)
