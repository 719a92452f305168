"""The union of two copies of one study: rows of both, once each; what was withdrawn on either is erased on this one."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qualkit.errors import QualkitError
from qualkit.store.concerning import Quotations, by_participant
from qualkit.store.database import plain_words
from qualkit.store.erasing import erase_again, spoken
from qualkit.store.guards import APPEND_ONLY
from qualkit.store.migrate import APPLICATION_ID, migrate
from qualkit.store.study import FILE, Study

# whatever a row refers to goes in before it, but foreign keys wait for the end of the transaction anyway
_UNITED = ("words", *(table for table in APPEND_ONLY if table != "identity"), "piece")


@dataclass(frozen=True)
class United:
    """What a union brought: how many rows into each table, and how many texts were emptied by withdrawals."""

    rows: dict[str, int]
    emptied: int


@contextmanager
def copy_of(path: Path) -> Iterator[Study]:
    """Another study as it stands, in memory: its file is only read. Raises QualkitError where it cannot be."""
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        raise QualkitError(f"{path}: there is no study here.", "Name the file study.qualkit of the other copy.")
    with plain_words(file):
        held = sqlite3.connect(":memory:", isolation_level=None)
        source = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            source.backup(held)
        finally:
            source.close()
        if held.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise QualkitError(f"{file} is not a study of qualkit.", "Name the file study.qualkit of the other copy.")
        migrate(held, file.name)
        other = Study(file, held)
        try:
            yield other
        finally:
            other.close()


@contextmanager
def uniting(study: Study) -> Iterator[None]:
    """One transaction for a merge, which is no event: the study is the same whichever copy was merged into which."""
    with study.transaction():
        study.connection.execute("PRAGMA defer_foreign_keys = ON")
        yield


def unite(study: Study, other: Study) -> United:
    """Add what the other copy has and this one has not, inside `uniting`."""
    rows = {table: _add(study.connection, other.connection, table) for table in _UNITED}
    study.forget()
    return United(rows, _withdraw_here(study, other))


def _add(into: sqlite3.Connection, out_of: sqlite3.Connection, table: str) -> int:
    """Copy the rows of a table whose key is new here; a text that the other copy has emptied comes empty."""
    info = out_of.execute(f"PRAGMA table_info({table})").fetchall()
    columns = ", ".join(f'"{name}"' for _, name, *_ in info)
    keys = [n for n, column in enumerate(info) if column[5]]
    key = ", ".join(f'"{info[n][1]}"' for n in keys)
    known = set(into.execute(f"SELECT {key} FROM {table}"))
    new = [row for row in out_of.execute(f"SELECT {columns} FROM {table}") if tuple(row[n] for n in keys) not in known]
    marks = ", ".join("?" * len(info))
    into.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", new)
    return len(new)


def _withdraw_here(study: Study, other: Study) -> int:
    """Apply every withdrawal of either copy to all that stands here now."""
    people = by_participant(study)
    spans = {key: {span for row in rows for span in row.spans} for key, rows in people.items()}
    # of all of them before the first is erased: one text may be of two people who have withdrawn
    said = {key: Quotations(spoken(study, each) + spoken(other, each)) for key, each in spans.items()}
    return sum(erase_again(study, rows, said[key]) for key, rows in people.items())
