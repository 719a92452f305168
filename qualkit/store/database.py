"""Opening the SQLite file, and telling in plain words what went wrong with it. SQLite's specifics stay here."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualkit.errors import QualkitError

WAIT_SECONDS = 10.0


def connect(path: Path, *, wait: float = WAIT_SECONDS) -> sqlite3.Connection:
    """An open connection in autocommit, so that BEGIN and COMMIT are ours and cover schema changes too."""
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")  # no copy of anything in a folder for temporary files
    # A rollback journal beside the file for the time of a commit, and one file again after it: people copy the file.
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors on `path` into errors with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(error, path) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the study is locked for other writers from here to the end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")  # it fails where another program will not stop reading
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _told(error: sqlite3.Error, path: Path) -> QualkitError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return QualkitError(
            f"{path.name} is being written by another program (waited {WAIT_SECONDS:.0f} seconds).",
            "Close the other qualkit, or wait until it has finished, and run the command again.",
        )
    if name.startswith("SQLITE_FULL") or (name.startswith("SQLITE_IOERR") and "WRITE" in name):
        return QualkitError(
            f"The disk that holds {path.name} is full, or cannot be written.",
            "Free some space and run the command again. The study is as it was before.",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return QualkitError(
            f"{path} cannot be written.",
            "Check that you may write to this folder and file, and that it is not on a read-only disk.",
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return QualkitError(
            f"{path} is damaged, or is not a study of qualkit.",
            "Put a copy (a backup of study.qualkit) in its place. Keep the damaged file: much of it can often be read.",
        )
    return QualkitError(f"The database of {path.name} refused: {name or type(error).__name__}.", exit_code=3)
