"""qualkit import framework: a schedule into the study, as a version; its keys are written back once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualkit.commands.ledger import Ledger
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.state import State
from qualkit.errors import QualkitError
from qualkit.files import write_private
from qualkit.framework.canonical import sha256_of, to_canonical
from qualkit.framework.diff import diff
from qualkit.framework.find import find_heading
from qualkit.ingest.schedule.yaml import ScheduleFile, read_schedule, write_keys
from qualkit.model.decisions import Decision, Verdict
from qualkit.model.schedule import Framework, FrameworkVersion
from qualkit.store.recording import Recording
from qualkit.store.study import Study

STAY = "stay"  # --move OLD=stay: its decisions stay where they are, under a heading that is gone


@dataclass(frozen=True)
class Schedule:
    """A schedule read, with the file to edit from now on (it has the keys) and what a person should know."""

    read: ScheduleFile
    file: Path
    note: str = ""

    @property
    def framework(self) -> Framework:
        return self.read.framework


def import_framework(study: Study, file: Path, *, coder: str = "", moves: Sequence[str] = ()) -> Outcome:
    """Read a schedule and record it as a version. `moves` (OLD=NEW) say where decisions on dropped headings go."""
    schedule = with_keys(study, read_framework(file))
    with study.recording("import framework", coder) as record:
        outcome = record_framework(study, record, schedule, moves)
    outcome.last += " Next: qualkit index"
    return outcome


def read_framework(file: Path) -> Schedule:
    """Read a schedule; nothing is written yet."""
    return Schedule(read_schedule(file), file)


def with_keys(study: Study, schedule: Schedule) -> Schedule:
    """Write the missing keys into a schedule that was read, or into a copy where it cannot be written."""
    file = schedule.file
    try:
        wrote = write_keys(file, schedule.read)
        return replace(schedule, note=f"Keys were written into {file}." if wrote else "")
    except QualkitError:
        copy = study.folder / "frameworks" / file.name
        if copy.exists():
            raise
        copy.parent.mkdir(exist_ok=True, mode=0o700)
        write_private(copy, file.read_bytes())
        write_keys(copy, read_schedule(copy))
        return replace(schedule, file=copy, note=f"{file} cannot be written: edit {copy} from now on.")


def record_framework(study: Study, record: Recording, schedule: Schedule, moves: Sequence[str] = ()) -> Outcome:
    """Write a new version of the framework where it differs from the one that stands."""
    state = State(study)
    old, new = state.framework, schedule.framework
    said = [schedule.note] if schedule.note else []
    problems = list(schedule.read.problems)
    size = f"{len(list(new.headings()))} headings in {len(new.categories)} categories"
    if old is not None and old.key != new.key and state.decisions:
        raise QualkitError(
            f'This study is indexed under "{old.name}", and {schedule.file} is another framework, "{new.name}".',
            "Keep the line `key:` of the framework when you rename it, or make a new study for another framework.",
        )
    if state.framework_version and state.framework_version.sha256 == sha256_of(new):
        return Outcome(said, problems, f'"{new.name}" is in the study already, unchanged.')
    targets = _moved(state, old, new, moves)
    record.put(FrameworkVersion(framework=new.key, sha256=sha256_of(new), content=to_canonical(new)))
    said += [str(change) for change in diff(old, new)] if old else []
    moved = _move(State(study), record, state.decisions, targets)
    said += [f"{counted(moved, 'decision')} moved."] if moved else []
    return Outcome(said, problems, f'Read "{new.name}", version {new.version}: {size}.')


def _moved(state: State, old: Framework | None, new: Framework, moves: Sequence[str]) -> Mapping[str, str]:
    """Dropped key -> the key that its decisions go to, "" where they stay. Raises QualkitError while one is missing."""
    targets = {}
    for move in moves:
        name, _, to = move.partition("=")
        heading = old.heading(name.strip()) if old else None
        dropped = heading or (find_heading(old, name) if old else None)
        if dropped is None or new.heading(dropped.key) or not to.strip():
            raise QualkitError(f"--move {move}: {name} is no heading that this version drops.", "--move OLD=NEW")
        targets[dropped.key] = "" if to.strip().casefold() == STAY else find_heading(new, to).key
    held = [row.target for row in state.decisions if row.target and row.verdict is not Verdict.BACK]
    lost = sorted({key for key in held if not new.heading(key) and old and old.heading(key)} - targets.keys())
    if lost and old:
        told = "; ".join(f"{old.heading(key).name} ({key}): {held.count(key)}" for key in lost)  # type: ignore[union-attr]
        raise QualkitError(
            f"This version drops headings that have decisions: {told}.",
            f"Say where they go: --move {lost[0]}=NEW HEADING, or --move {lost[0]}={STAY} to leave them. A heading that"
            " was only renamed keeps its decisions when its `key:` line is kept.",
        )
    return targets


def _move(state: State, record: Recording, decisions: Sequence[Decision], targets: Mapping[str, str]) -> int:
    ledger = Ledger(state, record, decisions)
    moved = [row for row in decisions if targets.get(row.target)]
    for row in moved:
        ledger.add(replace(row, target=targets[row.target], id="", event="", supersedes=()), also=(row.id,))
    return len(moved)
