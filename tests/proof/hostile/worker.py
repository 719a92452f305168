"""Reads one file after another, as the parent names them on standard input, and says what came of each."""

import dataclasses
import json
import os
import re
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from qualkit.errors import QualkitError
from qualkit.exchange.matrix_decisions import read_decisions_back
from qualkit.ingest.schedule.yaml import read_schedule
from qualkit.ingest.tables.cases import read_cases
from qualkit.ingest.tables.codebook import read_codebook
from qualkit.ingest.tables.decisions import read_decisions
from qualkit.ingest.tables.transcripts import read_transcripts
from qualkit.ingest.transcript import read_transcript
from qualkit.model.rows import Problem
from tests.proof.hostile.planted import PLANTED
from tests.proof.hostile.secret import SECRET

LONGEST_MESSAGE = 10_000  # characters


def _schedule(path: Path) -> object:
    """A schedule with its keys, as they would be written into the file."""
    read = read_schedule(path)
    return read, read.source.encoded(read.with_keys)


READERS: dict[str, Callable[[Path], object]] = {
    "txt": read_transcript,
    "md": read_transcript,
    "docx": read_transcript,
    "schedule": _schedule,
    "cases": read_cases,
    "transcripts": read_transcripts,
    "decisions": read_decisions,
    "codebook": read_codebook,
    "workbook": read_decisions_back,
    **{f"planted {name}": reader for name, reader in PLANTED.items()},
}


def read(kind: str, path: Path) -> object:
    """What the reader gives, or the exception that it ends with."""
    try:
        return READERS[kind](path)
    except Exception as error:
        return error


def fault_of(result: object) -> str:
    """What is wrong with how a file was read or refused; "" where nothing is."""
    if isinstance(result, QualkitError):
        return _wrong_words(result.message, result.hint) or ("" if result.hint else "an error without a remedy")
    if isinstance(result, Exception):
        frames = traceback.extract_tb(result.__traceback__)[-4:]
        where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        return f"it crashes the reader: {type(result).__name__} at {where}"
    for value in _within(result):
        if isinstance(value, Problem):
            if wrong := _wrong_words(value.file, value.place, value.what, value.remedy):
                return wrong
        elif isinstance(value, str) and not _is_storable(value):
            return "half a surrogate pair in what was read: no file and no database takes it"
    return ""


def _wrong_words(*words: str) -> str:
    """What is wrong with the words of a message."""
    told = "\n".join(words)
    if SECRET.casefold() in told.casefold():
        return "a message holds words of a transcript"
    if not _is_storable(told) or any(not sign.isprintable() and sign not in "\n\t" for sign in told):
        return f"a message holds signs that no terminal should get: {told[:200]!a}"
    return f"a message of {len(told):,} characters" if len(told) > LONGEST_MESSAGE else ""


def _is_storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _within(value: object) -> Iterator[object]:
    """Every part of a result, of any depth."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, Mapping):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, (list, tuple, set, frozenset)):
            waiting += part
        elif dataclasses.is_dataclass(part) and not isinstance(part, type):
            waiting += [getattr(part, each.name) for each in dataclasses.fields(part)]


def _peak() -> int:
    """The most bytes of memory that were resident. What the system counts itself includes the parent's at the start."""
    with suppress(OSError):
        if found := re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text()):
            return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Answer each line of JSON with two: what reading took, then its fault. What libraries print goes elsewhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    print(json.dumps("ready"), file=answers, flush=True)
    for line in sys.stdin:
        kind, path = json.loads(line)
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # begin the peak anew
        began = time.perf_counter()
        result = read(kind, Path(path))
        took = time.perf_counter() - began
        print(json.dumps([took, _peak()]), file=answers, flush=True)
        print(json.dumps(fault_of(result)), file=answers, flush=True)
        del result


if __name__ == "__main__":
    main()
