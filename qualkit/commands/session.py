"""Finding the study to work on and the coder who works."""

from collections.abc import Callable
from pathlib import Path

from qualkit.errors import USAGE, QualkitError
from qualkit.ingest.interface import Hints
from qualkit.model.decisions import CONSENSUS
from qualkit.model.transcripts import Kind
from qualkit.store.study import FILE, Study

Ask = Callable[[str], str]  # a question for the person at the terminal; "" where there is nobody to ask


def find_study(given: Path | None, start: Path | None = None) -> Path:
    """The study.qualkit that is meant: the one given, else the nearest upwards from `start`."""
    if given is not None:
        return given / FILE if given.is_dir() else given
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder / FILE
    raise QualkitError(
        f"There is no study in {here} or in a folder above it.",
        "Make one with: qualkit new DIR, or name one with --study DIR.",
    )


def open_study(given: Path | None) -> Study:
    return Study.open(find_study(given))


def coder_of(study: Study, given: str, ask: Ask = lambda question: "") -> str:
    """Who decides: the name given, else the one this copy remembers, else asked once and remembered."""
    name = (
        given.strip()
        or study.here.get("coder")
        or ask("Your name, as coder (kept for this copy of the study): ").strip()
    )
    if not name:
        raise QualkitError("Nobody is named as coder.", 'Add --coder NAME, for example --coder "A. Reader".', USAGE)
    if name.casefold() == CONSENSUS:
        raise QualkitError(
            f'"{name}" is what is agreed, not a person.', "Name yourself with --coder and add --consensus.", USAGE
        )
    return name


def open_or_make(given: Path | None, may_make: bool) -> Study:
    """The study that is meant; where there is none and `may_make`, a new one in the folder given or the current one."""
    from qualkit.commands.new import new

    folder = given or Path.cwd()
    try:
        return open_study(given)
    except QualkitError:
        if not may_make or (folder / FILE).exists() or folder.suffix == ".qualkit":
            raise
    new(folder)
    return Study.open(folder)


def hints(interviewers: list[str], kind: str) -> Hints:
    """What was said on the command line about files that are read."""
    if not kind:
        return Hints(interviewers=tuple(interviewers))
    kinds = {each.value.replace(" ", "-"): each for each in Kind}
    folded = kind.strip().casefold().replace(" ", "-").replace("_", "-")
    if folded not in kinds:
        raise QualkitError(
            f"A transcript is an interview or a focus group, not a {kind}.", "--kind interview|focus-group", USAGE
        )
    return Hints(kind=kinds[folded], interviewers=tuple(interviewers))
