"""One command writes one event: its rows, their words, and what they supersede, in one transaction."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from qualkit.model.rows import Event, Row
from qualkit.model.transcripts import Layer, Turn, Version
from qualkit.store.tables import TABLES

R = TypeVar("R", bound=Row)


def new_id() -> str:
    return secrets.token_hex(10)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Recording:
    """Rows added here belong to one event, which is written with the first of them: no rows, no event."""

    def __init__(self, connection: sqlite3.Connection, event: Event, added: Callable[[Row], None]) -> None:
        self._connection = connection
        self._added = added  # told of each row, so that what is read inside the transaction is up to date
        self._written = 0
        self.event = event

    @property
    def rows_written(self) -> int:
        return self._written

    def add(self, row: R) -> R:
        """Write a row and give it back with its id. `row.supersedes` names standing rows."""
        self._begin()
        done = replace(row, id=new_id(), event=self.event.id)
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
        self._written += 1
        self._added(done)
        return done

    def add_salts(self, version: Version, stretches: Iterable[tuple[int, int]]) -> dict[int, bytes]:
        """Give each stretch of a version's text (a turn, when imported) a salt of its own; start -> salt."""
        salts = {start: (start, end, secrets.token_bytes(16)) for start, end in stretches}
        rows = [(version.id, *salt) for salt in salts.values()]
        self._connection.executemany("INSERT INTO salt VALUES (?, ?, ?, ?)", rows)
        return {start: salt for start, (_, _, salt) in salts.items()}

    def _begin(self) -> None:
        if self._written:
            return
        event = self.event
        self._connection.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?)", (event.id, event.command, event.coder, event.at, event.tool)
        )
        parents = [(event.id, parent) for parent in event.parents]
        self._connection.executemany("INSERT INTO event_parent VALUES (?, ?)", parents)

    def _value(self, words: frozenset[str], field: str, value: object) -> object:
        if field not in words:
            return int(value) if isinstance(value, bool) else value
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
