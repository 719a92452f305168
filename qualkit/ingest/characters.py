"""Signs that are never text: control characters and halves of pairs. They would break the workbook and the terminal."""

import re
from collections.abc import Iterable
from dataclasses import replace

from qualkit.ingest.faults import some_places
from qualkit.ingest.interface import Line, Reading
from qualkit.model.rows import Problem

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_NEVER_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LOST = "\ufffd"


def with_line_feeds(text: str) -> str:
    """Every kind of line end as a line feed."""
    return _BREAKS.sub("\n", text)


def clean(reading: Reading, file: str) -> Reading:
    """Whatever the format, no such sign goes further; what was left out is told."""
    lines = tuple(_cleaned(line) for line in reading.lines)
    dropped = [old.place for old, new in zip(reading.lines, lines, strict=True) if _NEVER_TEXT.search(old.text)]
    lost = [line.place for line in lines if _LOST in line.text]
    return replace(reading, lines=lines, problems=(*reading.problems, *_told(file, dropped, lost)))


def _cleaned(line: Line) -> Line:
    text = _NEVER_TEXT.sub("", with_line_feeds(line.text))
    speaker = None if line.speaker is None else _NEVER_TEXT.sub("", with_line_feeds(line.speaker)).replace("\n", " ")
    return line if text == line.text and speaker == line.speaker else replace(line, text=text, speaker=speaker)


def _told(file: str, dropped: list[str], lost: list[str]) -> Iterable[Problem]:
    if dropped:
        what = "Control characters, which nobody can see, were left out."
        yield Problem(file, some_places(dropped), what, serious=False)
    if lost:
        what = "Some letters are lost: the mark \ufffd stands for them in the file."
        yield Problem(file, some_places(lost), what, "Put the letters back in the file and import it again.")
