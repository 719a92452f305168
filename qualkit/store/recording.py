"""One command writes one event: its rows, their words, and what they supersede, in one transaction."""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from qualkit.model.rows import Event, Row
from qualkit.model.transcripts import Layer, Turn, Version
from qualkit.store.pieces import write_pieces
from qualkit.store.tables import TABLES, to_sql

R = TypeVar("R", bound=Row)


def new_id() -> str:
    return secrets.token_hex(10)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Standing(Protocol):
    """What a recording asks of the study it writes to."""

    def key(self, kind: str, shown: str) -> str: ...
    def in_slot(self, row: R) -> Sequence[R]: ...
    def added(self, row: Row) -> None: ...
    def began(self, event: Event) -> None: ...


class Recording:
    """Rows added here belong to one event, which is written with the first of them: no rows, no event."""

    def __init__(self, connection: sqlite3.Connection, event: Event, study: Standing) -> None:
        self._connection = connection
        self._study = study
        self._written = 0
        self.event = event

    @property
    def rows_written(self) -> int:
        return self._written

    def add(self, row: R) -> R:
        """Write a row and give it back with its id. `row.supersedes` names standing rows."""
        self._begin()
        done = replace(row, id=new_id(), event=self.event.id, supersedes=tuple(sorted(row.supersedes)))
        table = TABLES[type(row)]
        execute = self._connection.execute
        execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (done.id, table.name, self.event.id, self._written))
        values = [self._value(table.words, field, getattr(done, field)) for field in table.fields]
        columns = ", ".join(f'"{table.column(field)}"' for field in table.fields)
        marks = ", ".join("?" * len(values))
        execute(f"INSERT INTO {table.name} (id, {columns}) VALUES (?, {marks})", (done.id, *values))
        pairs = [(done.id, predecessor) for predecessor in done.supersedes]
        self._connection.executemany("INSERT INTO supersedes VALUES (?, ?)", pairs)
        if isinstance(done, Layer):
            self._add_turns(done.id, done.turns)
        if isinstance(done, Version):
            write_pieces(self._connection, done)
        self._written += 1
        self._study.added(done)
        return done

    def put(self, row: R) -> R:
        """Write what now stands in the row's slot, in the place of all that stands there; nothing where it does."""
        stands = self._study.in_slot(row)
        if stands and all(each.says() == row.says() for each in stands):
            return stands[-1]
        return self.add(replace(row, supersedes=tuple(each.id for each in stands)))

    def key(self, kind: str, shown: str) -> str:
        """The key of what is first seen under the id `shown`: the same on every copy of this study."""
        return self._study.key(kind, shown)

    def _begin(self) -> None:
        if self._written:
            return
        event = self.event
        self._connection.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?)", (event.id, event.command, event.coder, event.at, event.tool)
        )
        parents = [(event.id, parent) for parent in event.parents]
        self._connection.executemany("INSERT INTO event_parent VALUES (?, ?)", parents)
        self._study.began(event)

    def _value(self, words: frozenset[str], field: str, value: object) -> object:
        if field not in words:
            return to_sql(value)
        if value == "":
            return ""
        id = new_id()
        self._connection.execute("INSERT INTO words VALUES (?, ?)", (id, value))
        return id

    def _add_turns(self, layer: str, turns: Iterable[Turn]) -> None:
        rows = [
            (layer, t.n, t.start, t.end, t.speaker, t.place, json.dumps(list(t.sentences)), t.begin, t.finish)
            for t in turns
        ]
        self._connection.executemany("INSERT INTO turn VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
