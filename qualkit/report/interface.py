"""What an output is: a name for `--format`, the ending of its files, and a function that writes a book."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qualkit.model.book import Book

Progress = Callable[[str, int, int], None]  # what is being written, steps done, steps in all


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class Write(Protocol):
    def __call__(self, book: Book, path: Path, progress: Progress = silent) -> None:
        """Write the whole book, whole or not at all. Raises QualkitError where the file cannot be written."""
        ...


@dataclass(frozen=True)
class Output:
    """One form in which a matrix leaves the study."""

    name: str
    ending: str
    write: Write
