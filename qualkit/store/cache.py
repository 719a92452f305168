"""cache.sqlite: what was computed from a content, by the content's hash. Disposable, and confidential."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FILE = "cache.sqlite"
_AT_ONCE = 500  # keys that are asked for together
_SCHEMA = "CREATE TABLE IF NOT EXISTS computed (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"


class DiskCache:
    """Written as computed: what an interrupted run has put is there for the next one.

    A cache that is damaged is thrown away; one that cannot be written is done without.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._connection = self._open()

    def get(self, key: str) -> bytes | None:
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM computed WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return bytes(row[0]) if row else None

    def get_all(self, keys: Iterable[str]) -> dict[str, bytes]:
        if self._connection is None:
            return {}
        every, found = list(keys), dict[str, bytes]()
        for at in range(0, len(every), _AT_ONCE):
            part = every[at : at + _AT_ONCE]
            query = f"SELECT key, value FROM computed WHERE key IN ({','.join('?' * len(part))})"
            with suppress(sqlite3.Error):
                found.update((key, bytes(value)) for key, value in self._connection.execute(query, part))
        return found

    def put(self, key: str, value: bytes) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute("INSERT OR REPLACE INTO computed VALUES (?, ?)", (key, value))

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _open(self) -> sqlite3.Connection | None:
        for _ in range(2):
            try:
                os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
                connection = sqlite3.connect(self._file, timeout=5, isolation_level=None)
                connection.execute("PRAGMA synchronous = OFF")  # a cache may be lost; what is in it is keyed by content
                connection.execute("PRAGMA quick_check(1)")
                connection.execute(_SCHEMA)
                return connection
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                    with suppress(OSError):
                        self._file.unlink()
                    continue
                return None
            except OSError:
                return None
        return None
