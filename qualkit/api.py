"""qualkit in Python: the rows of the exports as pandas DataFrames."""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from qualkit.commands.book import book
from qualkit.commands.session import find_study
from qualkit.commands.state import State
from qualkit.model.book import Book
from qualkit.store.study import Study

if TYPE_CHECKING:
    import pandas as pd


class OpenStudy:
    """A study opened for reading. Every table is made anew from the study as it stands when it is asked for."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def matrix(self, by: str = "case", final: bool = False) -> "pd.DataFrame":
        """A row an extract: row of the matrix, heading, status, reference, text; empty cells with their emptiness."""
        import pandas as pd

        content = self._book(by, final)
        shown = {row.key: row.shown for row in content.matrix.rows}
        numbers = {heading.key: heading for heading in content.matrix.framework.headings()}
        rows = []
        for (key, heading), cell in content.matrix.cells.items():
            fixed = {by: shown[key], "number": numbers[heading].number, "heading": numbers[heading].name}
            why = str(cell.emptiness) if cell.emptiness else ""
            told = str(cell.told) if cell.told else ""
            for extract in cell.extracts:
                text = "\n".join(said.text for said in extract.said)
                row = {
                    "status": extract.status,
                    "reference": extract.reference,
                    "text": text,
                    "exchange": extract.exchange,
                }
                rows.append({**fixed, **row, "coders": "; ".join(extract.by), "note": why, "told": told})
            if not cell.extracts:
                row = {"status": "empty", "reference": "", "text": "", "exchange": False}
                rows.append({**fixed, **row, "coders": "", "note": why, "told": told})
        columns = [by, "number", "heading", "status", "reference", "text", "exchange", "coders", "note", "told"]
        return pd.DataFrame(rows, columns=pd.Index(columns))

    def index(self, coder: str = "") -> "pd.DataFrame":
        """A row a passage: reference, speaker, participant, text, up to three proposals, decisions, status."""
        import pandas as pd

        rows = []
        for row in self._book("case", False, coder).index:
            proposed = {f"proposed_{each.rank}": f"{each.number} {each.name}" for each in row.suggested}
            fixed = {"transcript": row.key.transcript, "start": row.key.start, "end": row.key.end}
            said = {"reference": row.reference, "speaker": row.speaker, "participant": row.participant}
            decided = {"decided": row.decided, "others": row.others, "status": row.status, "text": row.text}
            rows.append({**fixed, **said, **dict.fromkeys(PROPOSED, ""), **proposed, **decided})
        columns = ["transcript", "start", "end", "reference", "speaker", "participant", *PROPOSED]
        return pd.DataFrame(rows, columns=pd.Index([*columns, "decided", "others", "status", "text"]))

    def cases(self) -> "pd.DataFrame":
        """A row a participant: case, group, transcripts and attributes, all as text."""
        import pandas as pd

        fixed = ["participant", "case", "group", "transcripts"]
        rows = [
            {**dict(p.attributes), "participant": p.participant, "case": p.case, "group": p.group,
             "transcripts": ";".join(p.transcripts)}
            for p in self._book("case", False).people
        ]  # fmt: skip
        further = dict.fromkeys(name for row in rows for name in row if name not in fixed)
        return pd.DataFrame(rows, columns=pd.Index([*fixed, *further]), dtype=str).fillna("")

    def close(self) -> None:
        self._study.close()

    def __enter__(self) -> "OpenStudy":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _book(self, by: str, final: bool, coder: str = "") -> Book:
        with self._study.snapshot():
            coder = coder or self._study.here.get("coder")
            return book(State(self._study), by=by, final=final, coder=coder)


PROPOSED = ("proposed_1", "proposed_2", "proposed_3")


def open_study(path: str | Path) -> OpenStudy:
    """Open study.qualkit, or the folder that holds it. Raises QualkitError where there is none."""
    return OpenStudy(Study.open(find_study(Path(path))))
