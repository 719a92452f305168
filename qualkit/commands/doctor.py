"""qualkit doctor: whether a study is sound and lies where it may; --repair mends what can be mended without loss."""

from collections.abc import Callable
from dataclasses import replace

from qualkit.commands.checks.places import exposed, repositories, set_private, synchronised
from qualkit.commands.checks.texts import cache_faults, originals, quotations, redacted_files, unknown_files
from qualkit.commands.conflicts import conflicts
from qualkit.commands.correct import looks
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.state import State
from qualkit.commands.withdraw import finish
from qualkit.model.decisions import Decision
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Version
from qualkit.store.cache import FILE as CACHE
from qualkit.store.erasing import write_redacted
from qualkit.store.soundness import database, erase_withdrawn, is_damaged, set_guards, texts, withdrawn_words
from qualkit.store.study import Study

Progress = Callable[[str, int, int], None]


def doctor(study: Study, *, repair: bool = False, progress: Progress = lambda what, done, of: None) -> Outcome:
    """Look at everything. Faults make the outcome fail; warnings and notes do not."""
    said = _mended(study) if repair else []
    faults, notes = _look(study, progress)
    checked = f"{counted(len(study.history(Version)), 'text')} and {counted(len(study.history(Decision)), 'decision')}"
    if faults:
        last = f"{counted(len(faults), 'fault')} in this study (above)."
        last += "" if repair else " Mend what can be mended without loss: qualkit doctor --repair"
    else:
        last = f"The study is sound: {checked} looked at."
        last += f" To know (above): {counted(len(notes), 'note')}." if notes else ""
    data: dict[str, object] = {"faults": len(faults), "notes": len(notes), "mended": said}
    return Outcome(said, [*faults, *notes], last, data, failed=bool(faults))


def _look(study: Study, progress: Progress) -> tuple[list[Problem], list[Problem]]:
    state = State(study)
    steps: tuple[tuple[str, Callable[[], list[Problem]]], ...] = (
        ("database", lambda: database(study)),
        ("texts", lambda: texts(study)),
        ("quotations", lambda: quotations(study)),
        ("originals", lambda: [*originals(study), *redacted_files(study), *unknown_files(study)]),
        ("withdrawn", lambda: _withdrawn(study)),
        ("cache", lambda: cache_faults(state)),
        ("rights", lambda: exposed(study.folder)),
        ("place", lambda: [*synchronised(study.folder), *repositories(study.folder)]),
        ("open ends", lambda: [replace(each, serious=False) for each in (*conflicts(state), *looks(state))]),
    )
    found: list[Problem] = []
    for n, (name, check) in enumerate(steps):
        progress(f"Looking at {name}", n, len(steps))
        found += check()
        if name == "database" and is_damaged(study):
            break  # nothing that is read from it can be relied upon
    progress("Done", len(steps), len(steps))
    return [each for each in found if each.serious], [each for each in found if not each.serious]


def _withdrawn(study: Study) -> list[Problem]:
    left = withdrawn_words(study)
    kept = finish(study)
    if left:
        what = f"{counted(left, 'text')} of participants who have withdrawn are still there."
        kept.append(Problem(study.file.name, "", what, "Erase them: qualkit doctor --repair"))
    return kept


def _mended(study: Study) -> list[str]:
    """Mend what loses nothing. No decision is ever removed, nor any other row."""
    said = []
    if set_guards(study):
        said.append("Set the missing guards.")
    if withdrawn_words(study):
        said.append(f"Erased {counted(erase_withdrawn(study), 'text')} of participants who have withdrawn.")
    if redacted_files(study):
        write_redacted(study)
        said.append("Wrote the redacted transcripts anew.")
    if cache_faults(State(study)):
        (study.folder / CACHE).unlink(missing_ok=True)
        said.append("Removed the cache; the next index makes it anew.")
    closed = set_private(study.folder)
    if closed:
        said.append(f"Made readable by you alone: {counted(closed, 'file')}.")
    return said
