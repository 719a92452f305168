"""What the machine made of the study: passages, proposals and askings. Replaced whole by every run of the index."""

import json
import sqlite3
from typing import Any

from qualkit.model.index import Asking, Evidence, IndexRun, Passage, Proposal


class Machine:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def index_run(self) -> IndexRun | None:
        """The last run of the index, or None."""
        head = self.made_from()
        if head is None:
            return None
        passages = self._connection.execute('SELECT version, start, "end", turn FROM passage ORDER BY 1, 2')
        askings = self._connection.execute(
            'SELECT version, heading, turn, until, field, item, start, "end" FROM asking ORDER BY 1, 3, 2'
        )
        model, material, framework_version = head
        return IndexRun(
            model=model,
            material=material,
            framework_version=framework_version,
            passages=tuple(Passage(*row) for row in passages),
            proposals=self.proposals(),
            askings=tuple(map(_asking, askings)),
        )

    def proposals(self, version: str | None = None) -> tuple[Proposal, ...]:
        """What the last run proposed, on one transcript version or on all, in order of the text and best first."""
        query = 'SELECT version, start, "end", heading, rank, evidence FROM proposal'
        if version is None:
            rows = self._connection.execute(f"{query} ORDER BY 1, 2, 5").fetchall()
        else:
            rows = self._connection.execute(f"{query} WHERE version = ? ORDER BY 2, 5", (version,)).fetchall()
        written = json.loads(f"[{','.join(row[5] for row in rows)}]")  # once for all, and not once a proposal
        return tuple(
            Proposal(held_by, start, end, heading, rank, tuple(map(_evidence, items)))
            for (held_by, start, end, heading, rank, _), items in zip(rows, written, strict=True)
        )

    def made_from(self) -> tuple[str, str, str] | None:
        """Hashes of model and material and the framework version of the last run: whether it is still up to date."""
        row = self._connection.execute("SELECT model, material, framework_version FROM index_run").fetchone()
        return (row[0], row[1], row[2]) if row else None

    def keep(self, run: IndexRun) -> None:
        """Put a run in the place of the last one, inside the caller's transaction."""
        for table in ("index_run", "passage", "proposal", "asking"):
            self._connection.execute(f"DELETE FROM {table}")
        self._connection.execute(
            "INSERT INTO index_run VALUES (1, ?, ?, ?)", (run.model, run.material, run.framework_version)
        )
        many = self._connection.executemany
        many("INSERT INTO passage VALUES (?, ?, ?, ?)", [(p.version, p.start, p.end, p.turn) for p in run.passages])
        many(
            "INSERT INTO proposal VALUES (?, ?, ?, ?, ?, ?)",
            [(p.version, p.start, p.end, p.rank, p.heading, _json(p.evidence)) for p in run.proposals],
        )
        many(
            "INSERT INTO asking VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(a.version, a.turn, a.heading, a.until, a.field, a.item, *a.span) for a in run.askings],
        )


def _json(evidence: tuple[Evidence, ...]) -> str:
    return json.dumps([vars(item) for item in evidence], separators=(",", ":"))


def _evidence(item: dict[str, Any]) -> Evidence:
    return Evidence(**{**item, "spans": tuple(map(tuple, item["spans"]))})


def _asking(row: tuple[Any, ...]) -> Asking:
    version, heading, turn, until, field, item, start, end = row
    return Asking(version, heading, turn, until, field, item, (start, end))
