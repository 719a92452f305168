"""Whether a study's database is whole: what `doctor` looks at and, where that loses nothing, mends."""

import sqlite3

from qualkit.model.rows import Problem
from qualkit.model.transcripts import Version
from qualkit.store.concerning import Quotations, by_participant
from qualkit.store.database import transaction
from qualkit.store.erasing import erase_again, remaining, to_erase
from qualkit.store.guards import guard, missing
from qualkit.store.pieces import sealed
from qualkit.store.study import Study
from qualkit.store.tables import TABLES

_BACKUP = "Put a backup of study.qualkit in its place, and keep this one: much of it can be read."


def database(study: Study) -> list[Problem]:
    """Faults of the file itself, of what refers to what, and of the guards."""
    file, connection = study.file.name, study.connection
    if is_damaged(study):
        return [Problem(file, "", "the database is damaged.", _BACKUP)]
    found = []
    astray = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if astray:
        found.append(Problem(file, "", f"rows that lost what they refer to: {astray}.", _BACKUP))
    for table in TABLES.values():
        query = (
            f"SELECT count(*) FROM entry e WHERE kind = ? AND NOT EXISTS (SELECT 1 FROM {table.name} WHERE id = e.id)"
        )
        lost = connection.execute(query, (table.name,)).fetchone()[0]
        if lost:
            found.append(Problem(file, table.name, f"rows that were written and are gone: {lost}.", _BACKUP))
    unread = _unread_words(connection)
    if unread:
        found.append(Problem(file, "words", f"texts that belong to nothing: {unread}.", "", serious=False))
    lacking = missing(connection)
    if lacking:
        what = f"guards that keep rows from being changed are missing: {len(lacking)}."
        found.append(Problem(file, "", what, "Set them again: qualkit doctor --repair"))
    return found


def is_damaged(study: Study) -> bool:
    try:
        return str(study.connection.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok"
    except sqlite3.DatabaseError:
        return True


def _unread_words(connection: sqlite3.Connection) -> int:
    """Texts that no row points to."""
    columns = [(table.name, table.column(field)) for table in TABLES.values() for field in sorted(table.words)]
    read = " UNION ".join(f"SELECT {column} FROM {table}" for table, column in [*columns, ("piece", "words")])
    query = f"SELECT count(*) FROM words WHERE id != '' AND text NOT NULL AND id NOT IN ({read})"
    return int(connection.execute(query).fetchone()[0])


def texts(study: Study) -> list[Problem]:
    """Transcript texts that are not what was read, by the seals of their pieces and the hash of the whole."""
    from hashlib import sha256

    found = []
    query = "SELECT p.salt, p.seal, w.text FROM piece p JOIN words w ON w.id = p.words WHERE p.version = ?"
    for version in study.history(Version):
        pieces = study.connection.execute(query, (version.id,)).fetchall()
        broken = any(text is not None and (salt is None or sealed(salt, text) != seal) for salt, seal, text in pieces)
        whole = sha256(version.text.encode("utf-8", "surrogatepass")).hexdigest() == version.text_sha256
        if broken or not (whole or version.is_redacted):
            found.append(Problem(version.original_name, "", "its text in the study is not what was read.", _BACKUP))
    return found


def set_guards(study: Study) -> bool:
    """Set the guards anew where some are missing; tells whether it did."""
    if not missing(study.connection):
        return False
    with transaction(study.connection):
        guard(study.connection)
    return True


def withdrawn_words(study: Study) -> int:
    """How many texts of withdrawn participants are still there; there should be none."""
    return sum(remaining(study, *to_erase(study, rows, _NOTHING)) for rows in by_participant(study).values())


def erase_withdrawn(study: Study) -> int:
    """Erase what a withdrawal should have erased; gives how many texts there were."""
    with transaction(study.connection):
        emptied = sum(erase_again(study, rows, _NOTHING) for rows in by_participant(study).values())
    study.finish_erasing()
    return emptied


_NOTHING = Quotations([])  # the words are gone, so what quotes them cannot be found any more
