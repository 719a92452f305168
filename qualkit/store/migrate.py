"""Bring a study's tables to the version that this qualkit knows, in one transaction, with the guards set anew."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from qualkit.errors import QualkitError
from qualkit.files import write_private
from qualkit.store.guards import guard, unguard
from qualkit.store.pieces import piece_id, sealed

APPLICATION_ID = 0x714B6974  # "qKit": marks the file as a study
COPIES = "study.before-version-*.qualkit"  # what a study was before it was brought to a newer version


def migrations() -> dict[int, str]:
    """Number -> SQL, from the numbered files of store/migrations."""
    folder = files("qualkit.store") / "migrations"
    return {int(item.name[:4]): item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".sql")}


def latest() -> int:
    return max(migrations())


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, file: str, folder: Path | None = None) -> None:
    """Apply what is missing, after a copy of an older study is put into `folder`.

    Raises QualkitError for a study of a newer qualkit or a database that is none of ours.
    """
    have, known = version_of(connection), migrations()
    if have == max(known):
        return
    if have > max(known):
        raise QualkitError(
            f"{file} was written by a newer qualkit (study version {have}; this one knows {max(known)}).",
            "Update qualkit on this computer, then run the command again. Nothing was changed.",
        )
    connection.create_function("piece_id", 3, piece_id, deterministic=True)
    connection.create_function("sealed", 2, sealed, deterministic=True)
    connection.execute("PRAGMA foreign_keys = OFF")  # a table that others refer to may be rebuilt; checked below
    try:
        connection.execute("BEGIN EXCLUSIVE")
        if (have := version_of(connection)) == max(known):  # another process was first
            return
        if have and folder:
            # read through this connection, under its lock; SQLite's backup refuses that
            write_private(folder / COPIES.replace("*", str(max(known))), connection.serialize())
        _apply(connection, {number: script for number, script in known.items() if number > have}, file)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:  # it failed, or there was nothing to do
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")


def _apply(connection: sqlite3.Connection, scripts: dict[int, str], file: str) -> None:
    unguard(connection)
    for number in sorted(scripts):
        for statement in _statements(scripts[number]):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    guard(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    astray = connection.execute("PRAGMA foreign_key_check").fetchall()
    if astray:
        raise QualkitError(f"{file} could not be brought to this version: {len(astray)} rows lost what they refer to.")


def _statements(script: str) -> list[str]:
    """The statements of a script one by one: executescript would commit the transaction that holds them."""
    statements, held = [], ""
    for line in script.splitlines():
        held += line + "\n"
        if sqlite3.complete_statement(held):
            statements.append(held.strip())
            held = ""
    return statements
