"""Readers that go wrong in every way that the watch must see: they are the test of the test."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from qualkit.errors import QualkitError
from qualkit.model.rows import Problem
from tests.proof.hostile.secret import SECRET


def _crash(path: Path) -> object:
    raise RecursionError("planted")


def _hang(path: Path) -> object:
    time.sleep(3600)
    return None


def _memory(path: Path) -> object:
    return [b"x" * 10_000_000 for _ in range(1_000)]


def _brief_memory(path: Path) -> object:
    return len(b"x" * 1_050_000_000) and None  # gone again before anybody can have looked


def _dies(path: Path) -> object:
    os._exit(9)


def _tells_words(path: Path) -> object:
    return (Problem("a.txt", "line 1", f"Not read: {SECRET}.", "Look.", dropped=SECRET),)


def _tells_nothing(path: Path) -> object:
    raise QualkitError("a.txt: it is damaged.")


def _half_a_pair(path: Path) -> object:
    return {"text": ["\ud800"]}


PLANTED: dict[str, Callable[[Path], object]] = {
    "crash": _crash,
    "hang": _hang,
    "memory": _memory,
    "brief memory": _brief_memory,
    "dies": _dies,
    "tells words": _tells_words,
    "tells nothing": _tells_nothing,
    "half a pair": _half_a_pair,
}
