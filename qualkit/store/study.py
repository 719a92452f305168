"""A study on disk: its rows, and the one way to add to them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from qualkit.errors import QualkitError
from qualkit.files import sweep
from qualkit.model.corrections import Undo
from qualkit.model.rows import Event, Row, in_order
from qualkit.model.transcripts import Layer, Turn, Version
from qualkit.store.database import connect, plain_words, transaction
from qualkit.store.here import Here
from qualkit.store.machine import Machine
from qualkit.store.migrate import APPLICATION_ID, migrate, version_of
from qualkit.store.originals import FOLDER as ORIGINALS
from qualkit.store.originals import keep_original
from qualkit.store.pieces import texts
from qualkit.store.recording import Recording, new_id, now
from qualkit.store.tables import TABLES
from qualkit.store.undone import resting, undone
from qualkit.version import __version__

R = TypeVar("R", bound=Row)
FILE = "study.qualkit"
FOLDERS = ("", ORIGINALS, "frameworks", "outputs")  # of a study, where qualkit writes files


class Study:
    """An open study. `machine` holds what can be made again, `here` what belongs to this copy alone.

    `connection` is for the other modules of the store.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self.folder = file.parent
        self.connection = connection
        self._rows: dict[type[Row], dict[str, Row]] = {}  # those that stand, by id
        self._slots: dict[type[Row], dict[tuple[object, ...], dict[str, Row]]] = {}
        self._histories: dict[type[Row], list[Row]] = {}
        self._events: list[Event] | None = None
        self._undone: frozenset[str] | None = None
        self._seen = self._data_version()
        self._kept: list[Path] = []  # originals that the transaction under way has copied into the study
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
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # readable by its owner only, from the first byte on
            file.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise cannot_make(folder, error) from error
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
            migrate(connection, file.name, file.parent)
            sweep(file.parent / name for name in FOLDERS)
            study = cls(file, connection)
            with suppress(QualkitError):  # a disk that is full or read-only is no reason not to read; doctor tells
                study.finish_erasing()
            return study

    def finish_erasing(self) -> list[Path]:
        """Do what is left of a withdrawal after it was recorded; gives the files that could not be removed."""
        from qualkit.store.erasing import finish  # it needs a study

        with plain_words(self.file):
            return finish(self)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> "Study":
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Close; whatever the database said of itself on the way becomes an error with a remedy."""
        self.close()
        if isinstance(error, sqlite3.Error):
            with plain_words(self.file):
                raise error

    # reading

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see the study as it stood at one moment."""
        with plain_words(self.file):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def rows(self, noun: type[R]) -> list[R]:
        """The standing rows of a noun (those that count and that no other supersedes), in the order of their events."""
        with plain_words(self.file):
            return cast("list[R]", list(self._standing(noun).values()))

    def in_slot(self, row: R) -> list[R]:
        """The standing rows that speak of what `row` speaks of."""
        with plain_words(self.file):
            noun = type(row)
            standing = self._standing(noun)
            if noun not in self._slots:
                self._slots[noun] = defaultdict(dict)
                for each in standing.values():
                    self._slots[noun][each.slot][each.id] = each
            return cast("list[R]", list(self._slots[noun][row.slot].values()))

    def history(self, noun: type[R]) -> list[R]:
        """All rows of a noun that were ever written, in the order of their events."""
        with plain_words(self.file):
            self._look()
            if noun not in self._histories:
                self._histories[noun] = cast("list[Row]", self._load(noun, ""))
            return cast("list[R]", self._histories[noun])

    def events(self) -> list[Event]:
        """Every event, from first to last."""
        with plain_words(self.file):
            self._look()
            if self._events is None:
                parents: dict[str, list[str]] = defaultdict(list)
                for event, parent in self.connection.execute("SELECT event, parent FROM event_parent ORDER BY 1, 2"):
                    parents[event].append(parent)
                rows = self.connection.execute("SELECT id, command, coder, at, tool FROM event")
                self._events = in_order(
                    Event(id, command, coder, at, tool, tuple(parents[id])) for id, command, coder, at, tool in rows
                )
            return self._events

    def undone(self) -> frozenset[str]:
        """The events that are taken back, with effect."""
        with plain_words(self.file):
            self._look()
            if self._undone is None:
                self._undone = undone(self.connection, [event.id for event in self.events()])
            return self._undone

    def resting(self, event: str, gone: Iterable[str] = ()) -> list[str]:
        """The events that rest on `event`, so that it cannot be taken back; `gone` are taken for undone."""
        with plain_words(self.file):
            return resting(self.connection, event, gone)

    @property
    def identity(self) -> str:
        """What all copies of this study share."""
        with plain_words(self.file):
            return str(self.connection.execute("SELECT id FROM identity").fetchone()[0])

    def key(self, kind: str, shown: str) -> str:
        """The key of what is first seen under the id `shown`: two copies in which it turns up apart mean one thing."""
        return f"{kind}-{sha256(f'{self.identity}:{kind}:{shown.strip().casefold()}'.encode()).hexdigest()[:20]}"

    def keep_original(self, name: str, data: bytes) -> str:
        """Copy an original into transcripts/; gives the name it has there. It goes if the transaction fails."""
        before = set((self.folder / ORIGINALS).glob("*"))
        stored = keep_original(self.folder, name, data)
        if (path := self.folder / ORIGINALS / stored) not in before:
            self._kept.append(path)
        return stored

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, of rows and of originals. What is read inside is what is written upon."""
        self._kept.clear()
        try:
            with plain_words(self.file), transaction(self.connection):
                self._look()
                yield
        except BaseException:
            self.forget()
            with suppress(OSError, QualkitError):
                self._remove_unread(self._kept)
            raise
        if self._undone:
            self.forget()  # what was written may rest on an event that was taken back

    def _remove_unread(self, files: Iterable[Path]) -> None:
        """Remove copies of originals that no row knows; an interruption may have come after the commit."""
        known = {row.original_sha256 for row in self.history(Version)} | {
            row.original_sha256 for row in self.history(Layer)
        }
        for path in files:
            if sha256(path.read_bytes()).hexdigest() not in known:
                path.unlink()

    def salts(self, version: str) -> list[tuple[int, int, bytes]]:
        """(start, end, salt) of the pieces of a transcript version, in order; b"" where it is gone."""
        with plain_words(self.file):
            rows = self.connection.execute(
                'SELECT start, "end", salt FROM piece WHERE version = ? ORDER BY 1, 2', (version,)
            )
            return [(start, end, salt or b"") for start, end, salt in rows]

    # writing

    @contextmanager
    def recording(self, command: str, coder: str = "") -> Iterator[Recording]:
        """One transaction for one command, and one event if it writes rows."""
        with self.transaction():
            known = self.here.get("coder")
            coder = coder or known
            if not known and coder:
                self.here.set("coder", coder)  # whoever is named first works on this copy
            heads = self.connection.execute(
                "SELECT id FROM event WHERE id NOT IN (SELECT parent FROM event_parent) ORDER BY id"
            )
            event = Event(new_id(), command, coder, now(), __version__, tuple(row[0] for row in heads))
            recording = Recording(self.connection, event, self)
            yield recording
            if not recording.rows_written:
                self.here.log(event.at, coder, command)

    def began(self, event: Event) -> None:
        """Keep what was read up to date with an event that is written: it comes after all others."""
        if self._events is not None:
            self._events = [*self._events, event]

    def added(self, row: Row) -> None:
        """Keep what was read up to date with a row that is written: it stands, and what it supersedes does not."""
        noun = type(row)
        self._histories.pop(noun, None)
        if noun is Undo:
            self.forget()
        if noun not in self._rows:
            return
        standing, slots = self._rows[noun], self._slots.get(noun)
        for id in row.supersedes:
            old = standing.pop(id, None)
            if old and slots:
                slots[old.slot].pop(id, None)
        standing[row.id] = row
        if slots is not None:
            slots[row.slot][row.id] = row

    def _standing(self, noun: type[R]) -> dict[str, Row]:
        self._look()
        if noun not in self._rows:
            gone = "SELECT value FROM json_each(:undone)"
            condition = (
                f"WHERE e.event NOT IN ({gone}) AND NOT EXISTS (SELECT 1 FROM supersedes s JOIN entry x"
                f" ON x.id = s.successor WHERE s.predecessor = t.id AND x.event NOT IN ({gone}))"
            )
            self._rows[noun] = {row.id: row for row in self._load(noun, condition)}
        return self._rows[noun]

    def _load(self, noun: type[R], condition: str) -> list[R]:
        table = TABLES[noun]
        before: dict[str, list[str]] = defaultdict(list)
        pairs = self.connection.execute(
            "SELECT s.successor, s.predecessor FROM supersedes s JOIN entry e ON e.id = s.successor"
            " WHERE e.kind = ? ORDER BY 1, 2",
            (table.name,),
        )
        for successor, predecessor in pairs:
            before[successor].append(predecessor)
        given = {"undone": json.dumps(sorted(self.undone()))} if condition else {}
        found = list(self.connection.execute(table.select(condition), given))
        rank = {event.id: n for n, event in enumerate(self.events())} if found else {}
        found.sort(key=lambda row: (rank[row[1]], row[2]))
        apart = self._apart(noun, [row[0] for row in found])
        return [
            cast("R", table.noun_of(row[0], row[1], row[3:], tuple(before[row[0]]), **apart.get(row[0], {})))
            for row in found
        ]

    def _apart(self, noun: type[Row], ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The fields that are rows of a table of their own: texts of versions, turns of layers."""
        if noun is Version:
            read = texts(self.connection, ids)
            return {id: {"text": text, "pieces": pieces} for id, (text, pieces) in read.items()}
        if noun is Layer:
            return {id: {"turns": turns} for id, turns in self._turns(ids).items()}
        return {}

    def _turns(self, layers: Iterable[str]) -> dict[str, tuple[Turn, ...]]:
        query = 'SELECT n, start, "end", speaker, place, sentences, begin, finish FROM turn WHERE layer = ? ORDER BY n'
        found = {layer: self.connection.execute(query, (layer,)) for layer in layers}
        return {layer: _with_sentences(rows.fetchall()) for layer, rows in found.items()}

    def _data_version(self) -> int:
        """Changes when another process has written to the file."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def forget(self) -> None:
        """Read anew from the file."""
        self._rows.clear()
        self._slots.clear()
        self._histories.clear()
        self._events = self._undone = None

    def _look(self) -> None:
        """Forget what was read where another process has written since."""
        if (seen := self._data_version()) != self._seen:
            self.forget()
            self._seen = seen


def cannot_make(folder: Path, error: OSError) -> QualkitError:
    return QualkitError(f"{folder}: no study can be made here ({error.strerror}).", "Choose a folder you may write to.")


def _with_sentences(rows: Sequence[tuple[Any, ...]]) -> tuple[Turn, ...]:
    """The turns of a layer; all their sentences are parsed at once."""
    sentences = json.loads(f"[{','.join(row[5] for row in rows)}]")
    return tuple(
        Turn(n, start, end, speaker, place, tuple(starts), begin, finish)
        for (n, start, end, speaker, place, _, begin, finish), starts in zip(rows, sentences, strict=True)
    )
