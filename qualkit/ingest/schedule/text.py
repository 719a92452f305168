"""The bytes of a schedule as text and back, without a change: UTF-8 or UTF-16, line ends as they are."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qualkit.errors import QualkitError
from qualkit.framework.near import quoted
from qualkit.ingest.encodings import mark_of
from qualkit.ingest.tables.files import MOST_TOLD, document, read_bytes, refusal
from qualkit.model.rows import Problem

LONGEST = 500_000  # bytes; the longest topic guides we know have 30,000
LONGEST_NAME = 500  # signs of the name of a heading
MEND = "Mend what is listed, save the file, and read it again."

_LINE_END = re.compile(r"\r\n|\r|\n")
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ufffd\U00010000-\U0010ffff]|[\ufeff\ufffe]")


@dataclass(frozen=True)
class Fault:
    """Something wrong at one place of a schedule, before it is told."""

    index: int
    what: str
    remedy: str = ""


@dataclass(frozen=True)
class Source:
    """A schedule as text. `mark` is the byte order mark that it began with; `whole` is False where it was too long."""

    file: str
    text: str
    encoding: str
    mark: bytes
    whole: bool = True

    def encoded(self, text: str) -> bytes:
        """Another text as this file would hold it."""
        return self.mark + text.encode(self.encoding)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def line(self, index: int) -> int:
        """The line, from 1, as an editor counts it."""
        return bisect_right(self._starts, index)

    def start_of(self, index: int) -> int:
        """Where the line begins that holds `index`."""
        return self._starts[self.line(index) - 1]

    def end_of(self, index: int) -> int:
        """Where the line ends that holds `index`, before its line end."""
        match = _LINE_END.search(self.text, index)
        return match.start() if match else len(self.text)

    def line_end(self, index: int) -> str:
        """The line end at `index`; at the end of the text the one that the file uses."""
        match = _LINE_END.match(self.text, index) or _LINE_END.search(self.text)
        return match[0] if match else "\n"

    def place(self, index: int) -> str:
        return f"line {self.line(index)}, column {index - self.start_of(index) + 1}"

    def told(self, fault: Fault, *, serious: bool = True) -> Problem:
        """The fault with file, line and column."""
        return Problem(self.file, self.place(fault.index), fault.what, fault.remedy, serious=serious)

    def refusal(self, *faults: Fault) -> QualkitError:
        """All faults in one error, in the order of the file."""
        ordered = sorted(faults, key=lambda fault: fault.index)
        return refusal([self.told(fault) for fault in ordered[:MOST_TOLD]], MEND, len(ordered[MOST_TOLD:]))


def read_source(path: Path) -> tuple[Source, bytes]:
    """The file as text and as bytes. Raises QualkitError where it is no text, or in another encoding."""
    data = read_bytes(path, LONGEST)
    if what := document(path, data):
        raise QualkitError(
            f"{path}: this is {what}; schedules are read from YAML only so far.",
            "Write its topics and questions into a schedule.yaml; frameworks/ holds one to start from.",
        )
    source = _decoded(data, str(path))
    _refuse_unreadable(source)
    return source, data


def _decoded(data: bytes, file: str) -> Source:
    mark, codec = mark_of(data)
    encoding = codec or "utf-8"
    whole = len(data) <= LONGEST
    body = data[len(mark) : LONGEST]
    try:
        text = body.decode(encoding, "strict" if whole else "ignore")
    except UnicodeDecodeError as fault:
        before = body[: fault.start].decode(encoding)
        line = len(_LINE_END.findall(before)) + 1
        if _UNREADABLE.search(before):
            raise QualkitError(
                f"{file}: this is no text file.", "Look whether this is the file that you mean."
            ) from fault
        where = f"after {quoted(before[-20:])}" if before.strip() else "at its beginning"
        what = f"the character {where} is not {encoding.upper()}"
        remedy = "Open the file in an editor, look at accented letters and quotation marks, and save it as UTF-8."
        raise refusal([Problem(file, f"line {line}", f"{what}.")], remedy) from fault
    return Source(file, text, encoding, mark, whole)


def _refuse_unreadable(source: Source) -> None:
    found = [match.start() for match in _UNREADABLE.finditer(source.text)]
    if not found:
        return
    hint = "Take these characters out; if there are many, the file is no text, or not in UTF-8: save it as UTF-8."
    signs = ((index, ord(source.text[index])) for index in found[:MOST_TOLD])
    faults = [Fault(index, f"a character that no text holds (U+{sign:04X}).") for index, sign in signs]
    raise refusal([source.told(fault) for fault in faults], hint, len(found[MOST_TOLD:]))
