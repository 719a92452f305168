"""A study on disk: its rows, and the one way to add to them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from qualkit.errors import QualkitError
from qualkit.model.rows import Event, Row, in_order
from qualkit.model.transcripts import Layer, Turn
from qualkit.store.database import connect, plain_words, transaction
from qualkit.store.here import Here
from qualkit.store.machine import Machine
from qualkit.store.migrate import APPLICATION_ID, migrate, version_of
from qualkit.store.recording import Recording, new_id, now
from qualkit.store.tables import TABLES
from qualkit.version import __version__

R = TypeVar("R", bound=Row)
FILE = "study.qualkit"


class Study:
    """An open study. `machine` holds what can be made again, `here` what belongs to this copy alone."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self.folder = file.parent
        self._connection = connection
        self._rows: dict[type[Row], list[Row]] = {}
        self._seen = self._data_version()
        self.machine = Machine(connection)
        self.here = Here(connection)

    @classmethod
    def create(cls, folder: Path) -> "Study":
        """Make an empty study in `folder` (made where it is missing). Raises QualkitError where there is one."""
        file = folder / FILE
        if file.exists():
            raise QualkitError(
                f"There is a study in {folder} already.", "Work on it with --study, or name another folder."
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # readable by its owner only, from the first byte on
            file.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise QualkitError(
                f"{folder}: no study can be made here ({error.strerror}).", "Choose a folder you may write to."
            ) from error
        try:
            return cls.open(file)
        except BaseException:
            file.unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, file: Path) -> "Study":
        """Open study.qualkit, or the folder that holds it, and bring it to this version's tables."""
        file = file / FILE if file.is_dir() else file
        if not file.is_file():
            raise QualkitError(f"{file}: there is no study here.", "Make one with: qualkit new DIR")
        with plain_words(file):
            connection = connect(file)
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            empty = version_of(connection) == 0 and not connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
            if mark != APPLICATION_ID and not empty:
                connection.close()
                raise QualkitError(
                    f"{file} is a database, but not a study of qualkit.", "Name the file study.qualkit of a study."
                )
            migrate(connection, file.name)
            return cls(file, connection)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> "Study":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # reading

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see the study as it stood at one moment."""
        with plain_words(self.file):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def rows(self, noun: type[R]) -> list[R]:
        """The standing rows of a noun (those that no other supersedes), in the order of their events."""
        with plain_words(self.file):
            if self._data_version() != self._seen:
                self._forget()
            if noun not in self._rows:
                unsuperseded = "WHERE NOT EXISTS (SELECT 1 FROM supersedes s WHERE s.predecessor = t.id)"
                self._rows[noun] = cast("list[Row]", self._load(noun, unsuperseded))
        return cast("list[R]", self._rows[noun])

    def history(self, noun: type[R]) -> list[R]:
        """All rows of a noun that were ever written, in the order of their events."""
        with plain_words(self.file):
            return self._load(noun, "")

    def events(self) -> list[Event]:
        """Every event, from first to last."""
        with plain_words(self.file):
            parents: dict[str, list[str]] = {}
            for event, parent in self._connection.execute("SELECT event, parent FROM event_parent ORDER BY 1, 2"):
                parents.setdefault(event, []).append(parent)
            rows = self._connection.execute("SELECT id, command, coder, at, tool FROM event")
            return in_order(
                Event(id, command, coder, at, tool, tuple(parents.get(id, ()))) for id, command, coder, at, tool in rows
            )

    def salts(self, version: str) -> list[tuple[int, int, bytes]]:
        """(start, end, salt) of the salted stretches of a transcript version, in order; b"" where it is gone."""
        with plain_words(self.file):
            rows = self._connection.execute(
                'SELECT start, "end", salt FROM salt WHERE version = ? ORDER BY start', (version,)
            )
            return [(start, end, salt or b"") for start, end, salt in rows]

    # writing

    @contextmanager
    def recording(self, command: str, coder: str = "") -> Iterator[Recording]:
        """One transaction for one command. What is read inside is what the rows are written upon."""
        try:
            with plain_words(self.file), transaction(self._connection):
                self._forget()
                coder = coder or self.here.get("coder")
                heads = self._connection.execute(
                    "SELECT id FROM event WHERE id NOT IN (SELECT parent FROM event_parent) ORDER BY id"
                )
                event = Event(new_id(), command, coder, now(), __version__, tuple(row[0] for row in heads))
                recording = Recording(self._connection, event, self._added)
                yield recording
                if not recording.rows_written:
                    self.here.log(event.at, coder, command)
        finally:
            self._rows.clear()  # what was read inside may have been taken back with the transaction

    def _added(self, row: Row) -> None:
        """Keep what was read up to date with a row that is written: it stands, and what it supersedes does not."""
        known = self._rows.get(type(row))
        if known is not None:
            gone = set(row.supersedes)
            self._rows[type(row)] = [each for each in known if each.id not in gone] + [row] if gone else [*known, row]

    def _load(self, noun: type[R], condition: str) -> list[R]:
        table = TABLES[noun]
        before: dict[str, list[str]] = {}
        pairs = self._connection.execute(
            "SELECT s.successor, s.predecessor FROM supersedes s JOIN entry e ON e.id = s.successor"
            " WHERE e.kind = ? ORDER BY 1, 2",
            (table.name,),
        )
        for successor, predecessor in pairs:
            before.setdefault(successor, []).append(predecessor)
        found = list(self._connection.execute(table.select(condition)))
        rank = {event.id: n for n, event in enumerate(self.events())} if found else {}
        found.sort(key=lambda row: (rank[row[1]], row[2]))
        nouns = [table.noun_of(row[0], row[1], row[3:], tuple(before.get(row[0], ()))) for row in found]
        return cast("list[R]", self._with_turns(nouns) if noun is Layer else nouns)

    def _with_turns(self, layers: list[Row]) -> list[Layer]:
        turns: dict[str, list[Turn]] = {layer.id: [] for layer in layers}
        columns = 'layer, n, start, "end", speaker, place, sentences, begin, finish'
        for layer, *values in self._connection.execute(f"SELECT {columns} FROM turn ORDER BY layer, n"):
            if layer in turns:
                values[5] = tuple(json.loads(values[5]))
                turns[layer].append(Turn(*values))
        return [
            Layer(
                id=layer.id,
                event=layer.event,
                supersedes=layer.supersedes,
                version=cast("Any", layer).version,
                turns=tuple(turns[layer.id]),
            )
            for layer in layers
        ]

    def _data_version(self) -> int:
        """Changes when another process has written to the file."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _forget(self) -> None:
        self._rows.clear()
        self._seen = self._data_version()
