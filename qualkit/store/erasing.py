"""Taking words out for good: of the database, its free pages, originals, outputs, copies and the cache.

What is to go is a function of the tombstones, so that the same is done on every copy, and done again where it was
interrupted: the study is marked as being erased in the transaction that empties the words, and whoever opens it next
finishes the work on the files.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from qualkit.files import leftovers, write_private
from qualkit.model.corrections import Withdrawal
from qualkit.model.transcripts import GONE, Layer, Speaker, Transcript, Version
from qualkit.store.cache import FILE as CACHE
from qualkit.store.concerning import Concerned, Quotations, Span, erased_by
from qualkit.store.migrate import COPIES
from qualkit.store.originals import FOLDER
from qualkit.store.pieces import keep_part
from qualkit.store.study import FOLDERS, Study
from qualkit.store.tables import TABLES

_MARK = "erasing"


def words_of(study: Study, found: Concerned) -> set[str]:
    """The ids of the texts that are to be emptied."""
    ids: set[str] = set()
    for row, noun, field in found.words:
        table = TABLES[noun]
        column = f"SELECT {table.column(field)} FROM {table.name} WHERE id = ?"
        ids.update(id for (id,) in study.connection.execute(column, (row,)))
    return ids - {""}


def spoken(study: Study, spans: Iterable[Span]) -> list[str]:
    """The words that stand in these stretches, as far as they still do."""
    found = []
    for version, pieces in _by_version(spans).items():
        for start, _, _, text in study.connection.execute(f"{_PIECES} WHERE p.version = ?", (version,)):
            for low, high in pieces if text is not None else ():
                said = text[max(0, low - start) : max(0, high - start)]
                if said.strip():
                    found.append(said)
    return found


def erase(study: Study, spans: Iterable[Span], words: Iterable[str], files: Iterable[str]) -> int:
    """Empty texts and stretches of texts, with their salts, inside the caller's transaction; gives how many were not.

    `files`: names below transcripts/ that are to go; `finish` removes them when the transaction is over.
    """
    emptied = 0
    for version, wanted in _by_version(spans).items():
        query = f"{_PIECES} WHERE p.version = ? AND w.text NOT NULL ORDER BY 1, 2"
        for start, end, id, _ in study.connection.execute(query, (version,)).fetchall():
            rest = _rest((start, end), wanted)
            if rest != [(start, end)]:
                for part in rest:
                    keep_part(study.connection, version, (start, end), part)
                emptied += _empty_piece(study.connection, id)
    emptied += _empty_words(study.connection, words)
    if emptied:
        before = json.loads(study.here.get(_MARK) or "[]")
        study.here.set(_MARK, json.dumps(sorted({*before, *files})))
    study.forget()
    return emptied


def erase_again(study: Study, withdrawals: Sequence[Withdrawal], said: Quotations) -> int:
    """Erase what the withdrawals of one participant should have erased; gives how many texts there still were."""
    spans, words = to_erase(study, withdrawals, said)
    transcripts = {key for row in withdrawals for key in (*row.transcripts, *(speaker[0] for speaker in row.speakers))}
    return erase(study, spans, words, [name for name, _ in stored_originals(study, transcripts)])


def to_erase(study: Study, withdrawals: Sequence[Withdrawal], said: Quotations) -> tuple[set[Span], set[str]]:
    """The stretches and the ids of the texts that go by the withdrawals of one participant."""
    found = erased_by(study, withdrawals, said)
    return found.spans, words_of(study, found).union(*(row.words for row in withdrawals))


_PIECES = 'SELECT p.start, p."end", p.words, w.text FROM piece p JOIN words w ON w.id = p.words'


def _empty_words(connection: sqlite3.Connection, words: Iterable[str]) -> int:
    empty = "UPDATE words SET text = NULL WHERE id = ? AND text NOT NULL"
    return sum(connection.execute(empty, (id,)).rowcount for id in sorted(words))


def _empty_piece(connection: sqlite3.Connection, words: str) -> int:
    connection.execute("UPDATE piece SET salt = NULL WHERE words = ? AND salt NOT NULL", (words,))
    return _empty_words(connection, [words])


def stored_originals(study: Study, transcripts: Collection[str]) -> list[tuple[str, str]]:
    """(name below transcripts/, sha256) of every file that these transcripts were ever read from."""
    versions = {row.id: row for row in study.history(Version) if row.transcript in transcripts}
    layers = [row for row in study.history(Layer) if row.version in versions and row.original_sha256]
    found = {(row.stored_as, row.original_sha256) for row in versions.values()}
    found |= {(row.stored_as, row.original_sha256) for row in layers}
    return sorted((name, digest) for name, digest in found if name != GONE)


def finish(study: Study) -> list[Path]:
    """Remove every file that holds withdrawn words, and the words' traces in the database. May be done again.

    Gives the files that could not be removed: the study stays marked until they are gone.
    """
    names = study.here.get(_MARK)
    if not names:
        return []
    kept = [path for path in _to_remove(study, set(json.loads(names))) if not _removed(path)]
    for output in study.here.outputs():
        if study.folder / output.path not in kept:  # an absolute path stays one
            study.here.forget(output.path)
    write_redacted(study)
    study.connection.execute("VACUUM")  # without free pages
    if not kept:
        study.here.set(_MARK, "")
    return kept


def write_redacted(study: Study) -> None:
    """Put what is left of shared transcripts where their originals were."""
    for name, text in redacted(study).items():
        write_private(study.folder / FOLDER / name, text.encode("utf-8"))


def remaining(study: Study, spans: Iterable[Span], words: Iterable[str]) -> int:
    """How many texts `erase` would empty."""
    left = len(spoken(study, spans))
    there = "SELECT count(*) FROM words WHERE id = ? AND text NOT NULL"
    return left + sum(int(study.connection.execute(there, (id,)).fetchone()[0]) for id in words)


def _to_remove(study: Study, names: set[str]) -> Iterator[Path]:
    """Originals by the name they were kept under and by what they hold; outputs, copies, the cache and drafts."""
    gone, stay = withdrawn_originals(study), redacted(study)
    folder = study.folder / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        former = path.name.endswith("-redacted.txt") and path.name not in stay
        if path.is_file() and (path.name in names or former or sha256(path.read_bytes()).hexdigest() in gone):
            yield path
    yield from (study.folder / output.path for output in study.here.outputs())
    yield from study.folder.glob(COPIES)
    yield from (study.folder / f"{CACHE}{end}" for end in ("", "-journal"))
    yield from leftovers((*(study.folder / name for name in FOLDERS), *study.here.folders()))


def _removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def withdrawn_originals(study: Study) -> set[str]:
    """Hashes of all files that held words which were withdrawn since."""
    versions = {row.id: row.original_sha256 for row in study.history(Version) if row.is_redacted}
    layers = {row.original_sha256 for row in study.history(Layer) if row.version in versions}
    return ({*versions.values()} | layers) - {""}


def redacted(study: Study) -> dict[str, str]:
    """File name -> text of each transcript from which somebody has withdrawn while others stay."""
    layers = {row.version: row for row in study.rows(Layer)}
    shown = {row.key: row.shown for row in study.rows(Transcript)}
    labels = {(row.transcript, row.key): row.label for row in study.rows(Speaker)}
    found = {}
    for version in study.rows(Version):
        if version.is_redacted and not version.is_gone and version.id in layers:
            lines = ["Redacted: a participant has withdrawn, and what that person said was taken out.", ""]
            for turn in layers[version.id].turns:
                gone = any(piece.gone and piece.start <= turn.start < piece.end for piece in version.pieces)
                said = GONE if gone else version.text[turn.start : turn.end]
                lines += [f"{GONE if gone else labels[version.transcript, turn.speaker]}: {said}", ""]
            found[f"{shown[version.transcript]}-redacted.txt"] = "\n".join(lines)
    return found


def _by_version(spans: Iterable[Span]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for version, start, end in sorted(spans):
        found[version].append((start, end))
    return found


def _rest(piece: tuple[int, int], wanted: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a piece lies in none of the stretches (in order)."""
    rest, at = [], piece[0]
    for start, end in wanted:
        if end <= at or start >= piece[1]:
            continue
        if start > at:
            rest.append((at, start))
        at = max(at, end)
    if at < piece[1]:
        rest.append((at, piece[1]))
    return rest
