"""What belongs to this copy of a study alone and is never merged: who works here, which files were written."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path


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

    def folders(self) -> list[Path]:
        """The folders outside the study in which outputs were ever written, or begun."""
        return [Path(name) for name in json.loads(self.get("folders") or "[]")]

    def note_folder(self, folder: Path) -> None:
        """Note a folder outside the study before an output is begun in it."""
        known = self.folders()
        if folder not in known:
            self.set("folders", json.dumps([str(path) for path in (*known, folder)]))

    def hashes(self, path: str) -> frozenset[str]:
        """The hashes that a file of ours may have at this path."""
        rows = self._connection.execute("SELECT sha256 FROM output WHERE path = ?", (path,))
        return frozenset(row[0] for row in rows)

    def writing(self, output: Output) -> None:
        """Note a file before it takes its place: an interruption leaves the former one there, or this one."""
        values = (output.path, output.sha256, output.what, output.at)
        self._connection.execute("INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?)", values)

    def wrote(self, output: Output) -> None:
        """It has taken its place."""
        given = (output.path, output.sha256)
        self._connection.execute("DELETE FROM output WHERE path = ? AND sha256 != ?", given)

    def outputs(self) -> list[Output]:
        """Every file that qualkit wrote and that has not been taken off the list."""
        rows = self._connection.execute("SELECT path, sha256, what, at FROM output ORDER BY path")
        return [Output(*row) for row in rows]

    def forget(self, path: str) -> None:
        self._connection.execute("DELETE FROM output WHERE path = ?", (path,))

    def read_back(self, sha256: str, at: str) -> None:
        """Note that what was typed into a file of this hash is in the study."""
        self._connection.execute("INSERT OR REPLACE INTO read_back VALUES (?, ?)", (sha256, at))

    def was_read_back(self, sha256: str) -> bool:
        return self._connection.execute("SELECT 1 FROM read_back WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def runs(self) -> list[tuple[str, str, str]]:
        """(at, coder, command) of the runs that changed nothing of the study."""
        return list(self._connection.execute("SELECT at, coder, command FROM run_log ORDER BY n"))

    def log(self, at: str, coder: str, command: str) -> None:
        """Note a run that changed nothing of the study."""
        self._connection.execute("INSERT INTO run_log (at, coder, command) VALUES (?, ?, ?)", (at, coder, command))
