"""qualkit export matrix: the Framework matrix as a workbook or a table. What someone typed into a file stays."""

from pathlib import Path

from qualkit.commands.book import book
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.outputs import Content, default_place, left_as_it_was, near, write_output
from qualkit.commands.state import State
from qualkit.errors import USAGE, QualkitError
from qualkit.model.book import Book
from qualkit.report.interface import Progress, silent
from qualkit.report.registry import output
from qualkit.store.study import Study

BY = ("case", "participant", "group")


def export_matrix(
    study: Study,
    file: Path | None = None,
    *,
    by: str = "case",
    final: bool = False,
    kind: str = "",
    coder: str = "",
    progress: Progress = silent,
) -> Outcome:
    """Write the matrix to `file`, or to outputs/ of the study. `coder` is whose decisions the workbook shows."""
    if by not in BY:
        raise QualkitError(
            f"A matrix has a row a case, participant or group, not a {by}.", f"--by {'|'.join(BY)}", USAGE
        )
    wanted = output(kind or (file.suffix if file and file.suffix else "xlsx"))
    with study.snapshot():
        state = State(study)
        content = book(state, by=by, final=final, coder=coder or study.here.get("coder"))
        withdrawn = state.withdrawn
    asked = file or _default(study, by, final, wanted.ending)
    matrix = Content(f"matrix by {by}", content.coder, withdrawn, lambda path: wanted.write(content, path, progress))
    target = write_output(study, asked, matrix)
    return _told(content, asked, target, final)


def _default(study: Study, by: str, final: bool, ending: str) -> Path:
    parts = ["matrix", *([f"by-{by}"] if by != "case" else []), *(["final"] if final else [])]
    return default_place(study, "-".join(parts) + ending)


def _told(content: Book, asked: Path, target: Path, final: bool) -> Outcome:
    progress = content.progress
    said = left_as_it_was(asked, target)
    open_ones = progress.proposed + progress.silent + progress.disputed
    if final and open_ones:
        said.append(
            f"Undecided, and not in this matrix: {open_ones} of {progress.passages} passages"
            f" ({progress.disputed} of them in dispute)."
        )
    path = near(target)
    then = "" if final or target.suffix != ".xlsx" else f" Fill its Decision column, then: qualkit decide --from {path}"
    rows, headings = len(content.matrix.rows), len(list(content.matrix.framework.headings()))
    data: dict[str, object] = {"file": str(target), "rows": rows, "undecided": open_ones}
    return Outcome(said, last=f"Wrote {path}: {counted(rows, 'row')}, {counted(headings, 'heading')}.{then}", data=data)
