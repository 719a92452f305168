"""What stands above the talk and speaks of it: fields ("Date: ..."), lists of speakers, a legend of the labels."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qualkit.ingest.interface import Line
from qualkit.ingest.speech.fields import field_of, is_name, says_field
from qualkit.ingest.speech.furniture import is_rule
from qualkit.ingest.speech.labels import LONGEST, fold, with_time
from qualkit.ingest.speech.vocabulary import INTERVIEWER, LISTS, MODERATOR, PARTICIPANT

_REACH = 80  # lines; no header is longer
_PROSE = 60  # words; nor does it hold longer paragraphs
_SENTENCES = 2  # nor more of these without a field
_VALUE = 2000  # signs; what stands further on in a field names nobody
_ASKERS = 50  # nor does anybody talk with more interviewers
_LEGEND = re.compile(r"(?<![\w/?&])(\w[\w .]{0,20}?)\s*=\s*([^\W\d_]{2,40})")
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;|\n]|\s&\s|\s(?:and|und|et|y)\s)\s*")


@dataclass
class Header:
    """`end`: how many lines it takes. `named`: labels it speaks of, folded, each with the word it gives for them."""

    end: int = 0
    named: dict[str, str] = field(default_factory=dict)
    askers: list[str] = field(default_factory=list)  # names it gives for the interviewer, folded


def read_header(lines: Sequence[Line], fields: Iterable[tuple[str, str]] = ()) -> Header:
    """Read the top of a file as far as it is a header, and what it says of the speakers."""
    top = lines[:_REACH]
    header = Header(end=0 if _speak_together(top) else _length(top) or _length_of_names(top))
    for key, value in fields:
        _note_field(header, key, value)
    n = 0
    while n < header.end:
        key, value = field_of(top[n]) or ("", "")
        _note_field(header, key, value)
        if _opens_list(top[n]):
            after = _end_of_list(top, n + 1)
            for line in top[n + 1 : after]:
                _note_names(header, line.text)
            n = after
        else:
            n += 1
    for line in top:
        _note_legend(header, line.text)
    return header


def _opens_list(line: Line) -> bool:
    key, value = field_of(line) or (line.text.strip(), "")
    return len(key) <= LONGEST and fold(key) in LISTS and not value


def _speak_together(lines: Sequence[Line]) -> bool:
    """ "Participants: (laughter)", and again: a label for many, not a list of them."""
    keys = [fold(found[0]) for line in lines if (found := field_of(line))]
    return any(keys.count(key) > 1 for key in LISTS.intersection(keys))


def _length(lines: Sequence[Line]) -> int:
    """Up to the last field, as long as nothing before it looks like talk; with the names that follow it directly."""
    end, sentences = 0, 0
    seen: dict[str, int] = {}
    for n, line in enumerate(lines):
        if n < end:
            continue  # within a list
        key, value = field_of(line) or ("", "")
        sentences += not key and line.text.rstrip().endswith((".", "!", "…"))
        if sentences > _SENTENCES or _looks_said(line):
            break
        if fold(key) in seen:
            return min(end, seen[fold(key)]) if says_field(key) else end
        if key:
            seen[fold(key)] = n
        if _opens_list(line):
            end = _end_of_list(lines, n + 1)
        elif key and says_field(key):
            end = n + 1
        elif key and not is_name(value):
            break
        elif key and end == n > 0 and len(key) > 2:
            end = n + 1
    return end


def _looks_said(line: Line) -> bool:
    text = line.text.rstrip()
    return line.speaker is not None or len(text.split()) > _PROSE or text.endswith("?") or with_time(text) is not None


def _length_of_names(lines: Sequence[Line]) -> int:
    """A first block "Interviewer: Dana Reed / Participant: P03", closed by an empty line, a rule or a heading."""
    block = 0
    for n, line in enumerate(lines):
        if found := field_of(line):
            key, value = found
            short = len(value.split()) < 2 and not any(sign.isdigit() for sign in value)
            if len(key) <= 2 or short or not is_name(value):
                return 0
            block += 1
        elif block:
            closed = not line.text.strip() or is_rule(line.text) or line.heading
            return n if closed and block > 1 else 0
    return 0


def _end_of_list(lines: Sequence[Line], start: int) -> int:
    """Where a list of people ends that has a line for each: before talk, an empty line, or a label's second mention."""
    seen: dict[str, int] = {}
    for n in range(start, len(lines)):
        text = lines[n].text.strip()
        if not text or lines[n].speaker is not None or len(text.split()) > 25 or text[-1] in ".?!…":
            return n
        if found := field_of(lines[n]):
            if fold(found[0]) in seen:
                return min(seen.values())
            seen[fold(found[0])] = n
    return len(lines)


def _note_field(header: Header, key: str, value: str) -> None:
    if fold(key) in LISTS:
        _note_names(header, value)
    elif fold(key) in INTERVIEWER | MODERATOR:
        names = [fold(name) for name in _BETWEEN_NAMES.split(value[:_VALUE]) if name.strip() and len(name) <= LONGEST]
        header.askers = list(dict.fromkeys((*header.askers, *names)))[:_ASKERS]


def _note_names(header: Header, text: str) -> None:
    for written in _BETWEEN_NAMES.split(text[:_VALUE].strip(" []")):
        name = re.split(r"[(=:]", written)[0].strip(" \t-–•*_\"'")
        if 0 < len(name) <= LONGEST:
            header.named.setdefault(fold(name), "")


def _note_legend(header: Header, text: str) -> None:
    """Take up "I = Interviewer; P = Participant"."""
    if "=" in text and len(text) < 1000:
        for label, word in _LEGEND.findall(text):
            if fold(word) in INTERVIEWER | MODERATOR | PARTICIPANT:
                header.named[fold(label)] = fold(word)
