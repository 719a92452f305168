"""Triggers that make append-only mean it: a row is never changed, removed or replaced, whoever holds the file.

They are dropped and set anew after every migration, because altering a table may lose them without a word.
"""

import sqlite3

APPEND_ONLY = (
    "event",
    "event_parent",
    "entry",
    "supersedes",
    "participant",
    "attribute",
    "study_case",
    "membership",
    "transcript",
    "version",
    "speaker",
    "layer",
    "turn",
    "import_note",
    "framework_version",
    "theme",
    "decision",
    "done",
    "setting",
    "undo",
    "withdrawal",
    "identity",
)
# Tables that may lose their content, and nothing else: words go when a participant withdraws, salts go with them.
EMPTIED_ONLY = {"words": "text", "piece": "salt"}


def guard(connection: sqlite3.Connection) -> None:
    """Set every guard on the open transaction of `connection`."""
    for table in APPEND_ONLY:
        _refuse(connection, table, "UPDATE")
        _refuse(connection, table, "DELETE")
        _refuse_replace(connection, table)
    for table, column in EMPTIED_ONLY.items():
        others = [name for name in _columns(connection, table) if name != column]
        changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in others)
        _refuse(connection, table, "UPDATE", f'WHEN NEW."{column}" IS NOT NULL OR {changed}')
        _refuse(connection, table, "DELETE")
        _refuse_replace(connection, table)


def unguard(connection: sqlite3.Connection) -> None:
    """Take every guard away, inside a migration's transaction, which sets them anew."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
    for name in names:
        connection.execute(f'DROP TRIGGER "{name}"')


def missing(connection: sqlite3.Connection) -> set[str]:
    """Names of the guards that a study lacks."""
    return expected() - {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}


def expected() -> set[str]:
    """Names of all triggers that a sound study has."""
    tables = (*APPEND_ONLY, *EMPTIED_ONLY)
    return {f"{table}_no_{verb}" for table in tables for verb in ("update", "delete", "replace")}


def _refuse(connection: sqlite3.Connection, table: str, verb: str, when: str = "") -> None:
    name = f"{table}_no_{verb.lower()}"
    connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    connection.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {when} BEGIN"
        f" SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _refuse_replace(connection: sqlite3.Connection, table: str) -> None:
    """INSERT OR REPLACE fires no update trigger and, unless recursive triggers are on, no delete trigger."""
    key = " AND ".join(f'"{name}" = NEW."{name}"' for name in _primary_key(connection, table))
    name = f"{table}_no_replace"
    connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    connection.execute(
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) BEGIN"
        f" SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _primary_key(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
