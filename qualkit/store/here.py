"""What belongs to this copy of a study alone and is never merged: who works here, which files were written."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """A file that qualkit wrote, with the hash it had then: a file that has another one now was edited since."""

    path: str  # below the study's folder where it lies there, else absolute
    sha256: str
    what: str
    at: str


class Here:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str:
        row = self._connection.execute("SELECT value FROM here WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO here VALUES (?, ?)", (name, value))

    def output(self, path: str) -> Output | None:
        row = self._connection.execute("SELECT path, sha256, what, at FROM output WHERE path = ?", (path,)).fetchone()
        return Output(*row) if row else None

    def wrote(self, output: Output) -> None:
        values = (output.path, output.sha256, output.what, output.at)
        self._connection.execute("INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?)", values)

    def log(self, at: str, coder: str, command: str) -> None:
        """Note a run that changed nothing of the study."""
        self._connection.execute("INSERT INTO run_log (at, coder, command) VALUES (?, ?, ?)", (at, coder, command))
