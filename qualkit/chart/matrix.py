"""The matrix: extracts and typed emptiness for each row (case, participant or group) and heading."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from qualkit.chart.emptiness import emptiness
from qualkit.chart.extracts import extracts, is_reviewed
from qualkit.chart.source import Source
from qualkit.model.chart import Cell, Extract, Matrix, MatrixRow
from qualkit.model.decisions import Run
from qualkit.model.index import Passage
from qualkit.model.schedule import Framework

Decided = Mapping[Passage, Mapping[str, Run]]


def matrix(
    framework: Framework,
    rows: Sequence[MatrixRow],
    sources: Sequence[Source],
    found: Iterable[Run],
    decided: Decided,
    by: str,
    final: bool,
) -> Matrix:
    """Chart `rows`. An extract stands in the row of every participant who speaks in it; an exchange in several."""
    runs: dict[str, list[Run]] = defaultdict(list)
    for run in found:
        runs[run.version].append(run)
    taken = {source.version: extracts(source, runs[source.version], decided, final) for source in sources}
    indexed = {source.version: is_indexed(source, decided, final) for source in sources}
    cells = {}
    for row in rows:
        people = set(row.participants)
        theirs = [source for source in sources if source.speaking & people]
        whole = all(indexed[source.version] for source in theirs)
        for heading in framework.headings():
            held = tuple(
                extract
                for source in theirs
                for extract in taken[source.version].get(heading.key, ())
                if _speaks(extract, people)
            )
            why, told = emptiness(theirs, people, heading.key, bool(held), whole)
            cells[row.key, heading.key] = Cell(row.key, heading.key, held, why, told)
    return Matrix(framework, by, final, tuple(rows), cells)


def is_indexed(source: Source, decided: Decided, final: bool) -> bool:
    """In the working reading: the machine has been over it. In the final one: people have."""
    if source.done_by:
        return True
    if not final:
        return source.indexed
    return bool(source.passages) and all(is_reviewed(decided.get(passage, {})) for passage in source.passages)


def _speaks(extract: Extract, people: set[str]) -> bool:
    return any(said.data and said.participant in people for said in extract.said)
