"""Bring a study's tables to the version that this qualkit knows, in one transaction, with the guards set anew."""

import sqlite3
from importlib.resources import files

from qualkit.errors import QualkitError
from qualkit.store.guards import guard

APPLICATION_ID = 0x714B6974  # "qKit": marks the file as a study


def migrations() -> dict[int, str]:
    """Number -> SQL, from the numbered files of store/migrations."""
    folder = files("qualkit.store") / "migrations"
    return {int(item.name[:4]): item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith(".sql")}


def latest() -> int:
    return max(migrations())


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, file: str) -> None:
    """Apply what is missing. Raises QualkitError for a study of a newer qualkit or a database that is none of ours."""
    have, known = version_of(connection), migrations()
    if have == max(known):
        return
    if have > max(known):
        raise QualkitError(
            f"{file} was written by a newer qualkit (study version {have}; this one knows {max(known)}).",
            "Update qualkit on this computer, then run the command again. Nothing was changed.",
        )
    connection.execute("PRAGMA foreign_keys = OFF")  # a table that others refer to may be rebuilt; checked below
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for number in sorted(known):
            if number > version_of(connection):
                for statement in _statements(known[number]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        guard(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        astray = connection.execute("PRAGMA foreign_key_check").fetchall()
        if astray:
            raise QualkitError(
                f"{file} could not be brought to this version: {len(astray)} rows lost what they refer to."
            )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # an interruption may come after the commit
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _statements(script: str) -> list[str]:
    """The statements of a script one by one: executescript would commit the transaction that holds them."""
    statements, held = [], ""
    for line in script.splitlines():
        held += line + "\n"
        if sqlite3.complete_statement(held):
            statements.append(held.strip())
            held = ""
    return statements
