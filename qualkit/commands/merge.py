"""qualkit merge: what was done on another copy of this study comes into this one; nothing of either is lost."""

from collections import Counter
from hashlib import sha256
from pathlib import Path

from qualkit.commands.conflicts import conflicts
from qualkit.commands.index import is_current
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.readings import Readings
from qualkit.commands.state import State
from qualkit.commands.withdraw import NOT_FINISHED, edited_outputs, finish, refuse_edited
from qualkit.errors import QualkitError
from qualkit.model.rows import Event, Problem
from qualkit.model.transcripts import Layer, Version
from qualkit.store.erasing import withdrawn_originals
from qualkit.store.merging import United, copy_of, unite, uniting
from qualkit.store.originals import FOLDER
from qualkit.store.recording import now
from qualkit.store.study import Study


def merge(study: Study, path: Path, *, discard_edits: bool = False) -> Outcome:
    """Unite this copy with another one, which is only read. Raises QualkitError where it is no copy of this study."""
    with copy_of(path) as other:
        if other.file.resolve() == study.file.resolve():
            raise QualkitError("That is this study itself.", "Name the file study.qualkit of the other copy.")
        if other.identity != study.identity:
            raise QualkitError(
                f"{path} is not a copy of this study: the two were made apart, and have no command in common.",
                "Only copies of one study can be merged: copy its folder, work on both, and merge.",
            )
        with uniting(study):
            before = {event.id for event in study.events()}
            united = unite(study, other)
            if united.emptied:
                refuse_edited(edited_outputs(study)[1], discard_edits)
            missing = _bring_originals(study, other.file.parent / FOLDER)
            new = [event for event in study.events() if event.id not in before]
            study.here.log(now(), study.here.get("coder"), f"merge ({counted(len(new), 'command')})")
    left = finish(study)
    outcome = _told(study, new, united, [*left, *missing])
    if left:
        outcome.last, outcome.failed = f"{outcome.last.split(' Next:')[0]} {NOT_FINISHED}", True
    return outcome


def _bring_originals(study: Study, beside: Path) -> list[Problem]:
    """Copy the originals that lie beside the other copy and not here; gives those that are nowhere."""
    wanted = {row.original_sha256: row.original_name for row in study.history(Version)}
    wanted |= {row.original_sha256: row.original_name for row in study.history(Layer) if row.original_sha256}
    for digest in withdrawn_originals(study):
        wanted.pop(digest, None)
    for digest in _hashes(study.folder / FOLDER):
        wanted.pop(digest, None)
    for digest, file in _hashes(beside).items() if wanted else ():
        if digest in wanted:
            study.keep_original(wanted.pop(digest), file.read_bytes())
    where = f"Put it into {FOLDER}/ of this study."
    return [Problem(name, "", "the original is not on this computer.", where) for name in sorted(wanted.values())]


def _hashes(folder: Path) -> dict[str, Path]:
    """Hash -> file of what lies in a folder."""
    files = sorted(folder.iterdir()) if folder.is_dir() else ()
    return {sha256(file.read_bytes()).hexdigest(): file for file in files if file.is_file()}


def _told(study: Study, new: list[Event], united: United, missing: list[Problem]) -> Outcome:
    with study.snapshot():
        state = State(study)
        found = conflicts(state)
        disputed = Readings(state).progress().disputed if state.framework else 0
        then = "" if state.framework is None or is_current(state) is not False else "qualkit index, then "
    by = Counter(event.coder or "somebody not named" for event in new)
    said = [f"From {coder}: {counted(number, 'command')}" for coder, number in sorted(by.items())]
    said += [f"Decisions brought in: {united.rows['decision']}"] * bool(united.rows["decision"])
    if united.emptied:
        said.append("A participant has withdrawn on one of the copies: erased here too.")
    data: dict[str, object] = {
        "commands": len(new), "rows": united.rows, "conflicts": len(found), "disputed": disputed,
        "erased": united.emptied,
    }  # fmt: skip
    if not new and not united.emptied:
        return Outcome(said, [*missing, *found], "Nothing new: this copy has all of that one.", data)
    to_see = f" To settle (above): {counted(len(found), 'conflict')}." if found else ""
    to_see += f" In dispute: {counted(disputed, 'passage')}." if disputed else ""
    last = f"Merged {counted(len(new), 'command')}.{to_see} Next: {then}merge this copy into the other"
    return Outcome(said, [*missing, *found], last, data)
