"""The text of a transcript version, kept in pieces that can be taken out one by one without moving an offset."""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable, Sequence

from qualkit.model.transcripts import BLANK, Piece, Version


def piece_id(version: str, start: int, end: int) -> str:
    """The id of a piece's words: those of one version lie side by side, and every copy names them alike."""
    return f"{version}:{start:09d}:{end}"


def sealed(salt: bytes, words: str) -> str:
    """The salted hash by which `doctor` knows the words again."""
    return hashlib.sha256(salt + words.encode("utf-8", "surrogatepass")).hexdigest()


def write_pieces(connection: sqlite3.Connection, version: Version) -> None:
    """Write the text of a version; each piece gets a salt of its own."""
    rows = []
    for piece in version.pieces:
        words, salt = version.text[piece.start : piece.end], secrets.token_bytes(16)
        id = piece_id(version.id, piece.start, piece.end)
        connection.execute("INSERT INTO words VALUES (?, ?)", (id, words))
        rows.append((version.id, piece.start, piece.end, id, salt, sealed(salt, words)))
    connection.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?)", rows)


def texts(connection: sqlite3.Connection, versions: Iterable[str]) -> dict[str, tuple[str, tuple[Piece, ...]]]:
    """Version -> its text and pieces. What was withdrawn is BLANK, but for parts that were kept (see `keep_part`)."""
    query = (
        'SELECT p.start, p."end", w.text FROM piece p JOIN words w ON w.id = p.words WHERE p.version = ? ORDER BY 1, 2'
    )
    found = {version: connection.execute(query, (version,)).fetchall() for version in versions}
    return {version: _joined(rows) for version, rows in found.items()}


def _joined(rows: Sequence[tuple[int, int, str | None]]) -> tuple[str, tuple[Piece, ...]]:
    kept = [(start, end, words) for start, end, words in rows if words is not None]
    gone = [(start, end) for start, end, words in rows if words is None]
    if not gone:
        return "\n".join(words for _, _, words in kept), tuple(Piece(start, end) for start, end, _ in kept)
    signs = ["\n"] * max(end for _, end, _ in rows)
    for start, end in gone:
        signs[start:end] = BLANK * (end - start)
    for start, end, words in kept:
        signs[start:end] = words
    pieces = [Piece(start, end) for start, end, _ in kept]
    for start, end in gone:
        inside = sorted((s, e) for s, e, _ in kept if start <= s and e <= end)
        bounds = [start, *(at for part in inside for at in part), end]
        pieces += [Piece(s, e, gone=True) for s, e in zip(bounds[::2], bounds[1::2], strict=True) if s < e]
    return "".join(signs), tuple(sorted(pieces, key=lambda piece: piece.start))


def keep_part(connection: sqlite3.Connection, version: str, piece: tuple[int, int], part: tuple[int, int]) -> None:
    """Put a part of a piece that is about to be emptied into a piece of its own.

    Needed where a turn was split after it had been read: one half of the piece is another speaker's. Its salt is
    derived, so that every copy makes the same.
    """
    id = piece_id(version, *part)
    query = "SELECT w.text, p.salt FROM piece p JOIN words w ON w.id = p.words WHERE w.id = ?"
    row = connection.execute(query, (piece_id(version, *piece),)).fetchone()
    if row is None or None in row or connection.execute("SELECT 1 FROM words WHERE id = ?", (id,)).fetchone():
        return
    words = row[0][part[0] - piece[0] : part[1] - piece[0]]
    salt = hashlib.sha256(row[1] + f"{part[0]}:{part[1]}".encode()).digest()[:16]
    connection.execute("INSERT INTO words VALUES (?, ?)", (id, words))
    values = (version, *part, id, salt, sealed(salt, words))
    connection.execute("INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?)", values)
