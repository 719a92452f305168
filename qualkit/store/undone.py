"""Which events are taken back: their rows do not count, nor does what they supersede.

An undo has effect as long as nothing else rests on the event that it takes back: no row of another event supersedes
one of its rows, or speaks of what it brought in, and no words of it were withdrawn. So the answer depends on the set of
rows alone, and after a merge no decision of one person hangs on what another has taken back.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

# referring table and column, table referred to. By key only where no other event brought the key in.
_BY_ROW = (
    ("decision", "version", "version"), ("decision", "scheme_version", "framework_version"),
    ("done", "scheme_version", "framework_version"), ("layer", "version", "version"),
    ("import_note", "version", "version"),
)  # fmt: skip
_BY_KEY = (
    ("version", "transcript", "transcript"), ("speaker", "transcript", "transcript"),
    ("done", "transcript", "transcript"), ("speaker", "participant", "participant"),
    ("attribute", "participant", "participant"), ("membership", "participant", "participant"),
    ("withdrawal", "participant", "participant"), ("membership", "case", "study_case"), ("theme", "parent", "theme"),
    ("decision", "target", "theme"),
)  # fmt: skip


def undone(connection: sqlite3.Connection, order: Sequence[str]) -> frozenset[str]:
    """Events that are taken back with effect; `order` are all events from first to last."""
    said: dict[str, list[int]] = defaultdict(list)
    standing = "NOT EXISTS (SELECT 1 FROM supersedes s WHERE s.predecessor = u.id)"
    for event, taken_back in connection.execute(f"SELECT undone, taken_back FROM undo u WHERE {standing}"):
        said[event].append(taken_back)
    asked = {event for event, words in said.items() if all(words)}
    gone: set[str] = set()
    for event in reversed(order):  # what rests on an event is later than it
        if event in asked and not resting(connection, event, gone):
            gone.add(event)
    return frozenset(gone)


def resting(connection: sqlite3.Connection, event: str, gone: Iterable[str] = ()) -> list[str]:
    """The events whose rows supersede rows of `event` or speak of what it brought in; `gone` are left out."""
    given = {"event": event, "gone": json.dumps(sorted(gone))}
    found: set[str] = set()
    for query in _QUERIES:
        found.update(row[0] for row in connection.execute(query, given))
    return sorted(found)


_OTHERS = "q.event != :event AND q.event NOT IN (SELECT value FROM json_each(:gone))"


def _queries() -> list[str]:
    superseding = (
        "SELECT DISTINCT q.event FROM entry p JOIN supersedes s ON s.predecessor = p.id JOIN entry q"
        f" ON q.id = s.successor WHERE p.event = :event AND {_OTHERS} AND q.kind != 'undo'"
    )
    # CROSS JOIN keeps SQLite to this order: the few rows of the event first, never a scan of all decisions for none
    by_row = [
        f'SELECT DISTINCT q.event FROM entry p CROSS JOIN {table} r ON r."{column}" = p.id CROSS JOIN entry q'
        f" ON q.id = r.id WHERE p.event = :event AND p.kind = '{kind}' AND {_OTHERS}"
        for table, column, kind in _BY_ROW
    ]
    by_key = [
        f"SELECT DISTINCT q.event FROM entry p CROSS JOIN {noun} m ON m.id = p.id CROSS JOIN {table} r"
        f' ON r."{column}" = m.key CROSS JOIN entry q ON q.id = r.id'
        f" WHERE p.event = :event AND p.kind = '{noun}' AND {_OTHERS}"
        f' AND NOT EXISTS (SELECT 1 FROM {noun} n JOIN entry q ON q.id = n.id WHERE n.key = r."{column}" AND {_OTHERS})'
        for table, column, noun in _BY_KEY
    ]
    withdrawn = (
        "SELECT DISTINCT q.event FROM entry p JOIN piece r ON r.version = p.id AND r.salt IS NULL"
        f" JOIN entry q ON q.kind = 'withdrawal' WHERE p.event = :event AND {_OTHERS}"
    )
    return [superseding, *by_row, *by_key, withdrawn]


_QUERIES = _queries()
