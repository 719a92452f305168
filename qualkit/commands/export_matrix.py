"""qualkit export matrix: the Framework matrix as a workbook or a table. What someone typed into a file stays."""

from hashlib import sha256
from pathlib import Path

from qualkit.commands.book import book
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.state import State
from qualkit.errors import USAGE, QualkitError
from qualkit.model.book import Book
from qualkit.report.interface import Progress, silent
from qualkit.report.registry import output
from qualkit.store.here import Output
from qualkit.store.recording import now
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
        content = book(State(study), by=by, final=final, coder=coder or study.here.get("coder"))
    asked = file or _default(study, by, final, wanted.ending)
    target = _free(study, asked)
    wanted.write(content, target, progress)
    study.here.wrote(Output(_name(study, target), _hash(target), f"matrix by {by}", now()))
    study.here.log(now(), content.coder, "export matrix")
    return _told(content, asked, target, final)


def _default(study: Study, by: str, final: bool, ending: str) -> Path:
    folder = study.folder / "outputs"
    folder.mkdir(exist_ok=True, mode=0o700)
    parts = ["matrix", *([f"by-{by}"] if by != "case" else []), *(["final"] if final else [])]
    return folder / ("-".join(parts) + ending)


def _free(study: Study, asked: Path) -> Path:
    """`asked`, or a numbered name beside it where its file was changed since qualkit wrote it, or is not ours."""
    names = (asked, *(asked.with_stem(f"{asked.stem}-{n}") for n in range(2, 1000)))
    return next(path for path in names if not path.exists() or _is_ours(study, path))


def _is_ours(study: Study, path: Path) -> bool:
    known = study.here.output(_name(study, path))
    return path.is_file() and known is not None and known.sha256 == _hash(path)


def _name(study: Study, path: Path) -> str:
    """How the study notes a file: below its own folder where it lies there."""
    whole, home = path.resolve(), study.folder.resolve()
    return whole.relative_to(home).as_posix() if whole.is_relative_to(home) else whole.as_posix()


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _near(path: Path) -> Path:
    """A path as one would type it here."""
    whole, here = path.resolve(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else path


def _told(content: Book, asked: Path, target: Path, final: bool) -> Outcome:
    progress = content.progress
    said = []
    if target != asked:
        said.append(f"{asked} was changed since qualkit wrote it, or is not qualkit's, and was left as it is.")
    open_ones = progress.proposed + progress.silent + progress.disputed
    if final and open_ones:
        said.append(
            f"Undecided, and not in this matrix: {open_ones} of {progress.passages} passages"
            f" ({progress.disputed} of them in dispute)."
        )
    near = _near(target)
    then = "" if final or target.suffix != ".xlsx" else f" Fill its Decision column, then: qualkit decide --from {near}"
    rows, headings = len(content.matrix.rows), len(list(content.matrix.framework.headings()))
    data: dict[str, object] = {"file": str(target), "rows": rows, "undecided": open_ones}
    return Outcome(said, last=f"Wrote {near}: {counted(rows, 'row')}, {counted(headings, 'heading')}.{then}", data=data)
