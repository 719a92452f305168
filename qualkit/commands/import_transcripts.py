"""qualkit import transcripts: files into the study, unchanged originals beside what was understood of them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from qualkit.commands.correct import may_be_replaced, record_correction
from qualkit.commands.import_cases import People, apply_hints, read_people, record_people
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.people import link_speakers
from qualkit.commands.prepared import Prepared, Reader, record_version
from qualkit.commands.state import State
from qualkit.errors import USAGE, QualkitError
from qualkit.ingest.bounds import FILE, refuse_larger
from qualkit.ingest.interface import Hints
from qualkit.ingest.registry import extensions
from qualkit.ingest.tables.table import reserved
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Speaker, Transcript
from qualkit.store.recording import Recording
from qualkit.store.study import Study

Ask = Callable[[str], str]
Progress = Callable[[str, int, int], None]  # what is being done, how many of, how many


def no_progress(what: str, done: int, of: int) -> None:
    return None


@dataclass
class Read:
    """What was found under the paths given."""

    prepared: list[Prepared] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # shown ids of transcripts that are in the study as they are
    tables: list[Path] = field(default_factory=list)  # cases.csv, transcripts.csv
    people: People = field(default_factory=People)
    hints: Hints = field(default_factory=Hints)


def import_transcripts(
    study: Study,
    paths: Sequence[Path],
    *,
    coder: str = "",
    shown: str = "",
    hints: Hints | None = None,
    replaces: str = "",
    progress: Progress = no_progress,
    ask: Ask = lambda question: "",
) -> Outcome:
    """Import files, or all files of folders, as one transaction. `shown` sets the id of a single file.

    `replaces` is the id of the transcript that a single file corrects.
    """
    if replaces:
        return _correct(study, paths, replaces, hints or Hints(), coder)
    read = read_files(study, paths, shown=shown, hints=hints or Hints(), progress=progress, ask=ask)
    with study.recording("import transcripts", coder) as record:
        outcome = record_files(study, record, read, coder)
    outcome.last = _last(outcome, "Next: qualkit index --framework schedule.yaml")
    return outcome


def _correct(study: Study, paths: Sequence[Path], shown: str, hints: Hints, coder: str) -> Outcome:
    if len(paths) != 1 or not paths[0].is_file():
        raise QualkitError("--replaces takes the one file that is the corrected transcript.", "Name that file.", USAGE)
    data = _bytes(paths[0])
    held = State(study).transcript(shown)
    may_be_replaced(held)
    roles = {row.label: row.role for row in held.speakers.values()}
    reader = Reader(State(study).language)
    told = Hints(hints.kind or held.transcript.kind, hints.interviewers, {**roles, **hints.roles})
    prepared = reader.prepare(held.shown, paths[0].name, data, told)
    with study.recording("import transcripts --replaces", coder) as record:
        state = State(study)
        held = state.transcript(shown)
        may_be_replaced(held)
        known = state.originals.get(prepared.sha256)
        if prepared.sha256 in (held.layer.original_sha256 or held.version.original_sha256,):
            return Outcome(last=f"{held.shown} was read from this very file. Nothing changed.", data={"replaced": ""})
        if known is not None and known != held.shown:
            where = f"{known} was read from it" if known else "its words were withdrawn"
            raise QualkitError(f"{paths[0].name}: {where}.", f"Name the corrected transcript of {held.shown}.")
        return record_correction(study, record, held, prepared)


def _last(outcome: Outcome, then: str) -> str:
    new, known = outcome.data["imported"], outcome.data["known"]
    if new:
        return f"{_count(new)} imported. {then}"
    if outcome.data["changed"]:
        return "Recorded what you said of transcripts that are in the study. Next: qualkit index"
    return "Nothing new: all of it is in the study already." if known else "Nothing was imported."


def _count(ids: object) -> str:
    return counted(len(ids) if isinstance(ids, list) else 0, "transcript")


def read_files(
    study: Study,
    paths: Sequence[Path],
    *,
    shown: str,
    hints: Hints,
    progress: Progress = no_progress,
    ask: Ask = lambda question: "",
) -> Read:
    """Read what the study does not have yet. Nothing is recorded, and one bad file stops none of the others.

    `ask` is put the one question that only a person can answer: what a changed file under a known name is.
    """
    read = Read(hints=hints)
    files = list(_files(paths, read))
    if shown and len(files) != 1:
        raise QualkitError(
            f"--id names one transcript, and there are {len(files)} files.", "Import that file by itself."
        )
    read.people = read_people(read.tables, read.problems)
    state = State(study)
    fresh = _fresh(state, files, shown, read, ask)
    reader = Reader(state.language)
    for n, (file, id, data) in enumerate(fresh):
        progress("Reading", n, len(fresh))
        try:
            prepared = reader.prepare(id, file.name, data, read.people.hints(id, hints))
        except QualkitError as error:
            read.problems.append(_problem(file, error))
            continue
        read.prepared.append(prepared)
        read.problems += prepared.spoken.problems
    progress("Reading", len(fresh), len(fresh))
    read.problems += [Problem(file, "", warning, "") for file, warning in reader.warnings]
    return read


def _fresh(state: State, files: Sequence[Path], shown: str, read: Read, ask: Ask) -> list[tuple[Path, str, bytes]]:
    """(file, id, content) of the files that are new; known ones go into `read.known`, changed ones are asked about."""
    by_hash = dict(state.originals)
    taken = {each.shown: each.original_name for each in state.transcripts}
    fresh = []
    for file in files:
        id = shown or _shown(file.stem)
        try:
            data = _bytes(file)
        except QualkitError as error:
            read.problems.append(_problem(file, error))
            continue
        digest = sha256(data).hexdigest()
        if by_hash.get(digest):
            read.known.append(by_hash[digest])
            continue
        if digest in by_hash or state.study.key("t", id) in state.refused:
            read.problems.append(_refused(file, id, digest in by_hash))
            continue
        if id in taken:
            what = f"the study has another transcript {id} already, from {taken[id]}, with other content"
            other = _shown(ask(f"{file.name}: {what}. Another id to import it under, or Enter to leave it: "))
            if not other or other in taken:
                remedy = f"A corrected one: --replaces {id}. Another interview: import it by itself with --id NEW_ID."
                read.problems.append(Problem(file.name, "", f"{what}; this file was left alone.", remedy))
                continue
            id = other
        by_hash[digest], taken[id] = id, file.name
        fresh.append((file, id, data))
    return fresh


def _refused(file: Path, id: str, same: bool) -> Problem:
    if same:
        what = "holds words of a participant who has withdrawn, and was not read."
        return Problem(file.name, "", what, "Destroy this copy, as the participant asked.")
    what = f"the transcript {id} was withdrawn from this study, and nothing of that id is taken in again."
    return Problem(file.name, "", what, "If it is another person's, import it by itself with --id NEW_ID.")


def record_files(study: Study, record: Recording, read: Read, coder: str) -> Outcome:
    """Write what was read, and link speakers to participants."""
    taken = State(study).originals
    fresh = [each for each in read.prepared if each.sha256 not in taken]  # another process may have been first
    for prepared in fresh:
        _record(study, record, prepared)
    problems = list(read.problems)
    problems += [problem for id in read.known for problem in apply_hints(study, record, id, read.hints)]
    problems += record_people(study, record, read.people, coder)
    if record.rows_written:
        problems += link_speakers(study, record)
    said = [_told(each) for each in fresh]
    said += [f"{id}: already in the study, unchanged" for id in read.known]
    data: dict[str, object] = {"imported": [each.shown for each in fresh], "known": read.known}
    data["changed"] = bool(record.rows_written) and not fresh
    return Outcome(said=said, problems=problems, data=data, failed=bool(problems) and not fresh and not read.known)


def _record(study: Study, record: Recording, prepared: Prepared) -> None:
    spoken, key = prepared.spoken, record.key("t", prepared.shown)
    record.put(Transcript(key=key, shown=prepared.shown, kind=spoken.kind, kind_told=spoken.kind_told))
    for label in spoken.labels:
        record.put(Speaker(transcript=key, key=label.key, label=label.label, role=label.role, told=label.told))
    record_version(study, record, key, prepared, prepared.turns)


def _told(prepared: Prepared) -> str:
    spoken = prepared.spoken
    words = len(spoken.text.split())
    speakers = ", ".join(f"{label.label} ({label.role})" for label in spoken.labels)
    return (
        f"{prepared.shown}: {spoken.kind}, {counted(len(prepared.turns), 'turn')}, {counted(words, 'word')}; {speakers}"
    )


def _files(paths: Iterable[Path], read: Read) -> Iterable[Path]:
    """The files to read: those named, and in folders those of a format that is known; the others are named."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.iterdir(), key=lambda each: each.name):
                if _is_transcript(file, read):
                    yield file
        elif not path.exists():
            read.problems.append(Problem(str(path), "", "there is no such file or folder.", "Check the name."))
        elif path.name.casefold() in ("cases.csv", "transcripts.csv"):
            read.tables.append(path)
        else:
            yield path


def _is_transcript(file: Path, read: Read) -> bool:
    name = file.name.casefold()
    if file.is_dir() or name.startswith((".", "~$", "readme", "license", "licence")):
        return False
    if name in ("cases.csv", "transcripts.csv"):
        read.tables.append(file)
        return False
    command = reserved(name)
    if command:
        what = "is not a transcript and was left alone."
        read.problems.append(Problem(file.name, "", what, f"Read it with: {command}", serious=False))
        return False
    if file.suffix.casefold() not in extensions():
        what = "is of a kind that is not read, and was left alone."
        known = ", ".join(extensions())
        read.problems.append(Problem(file.name, "", what, f"Transcripts are read from {known}.", serious=False))
        return False
    return True


def _shown(name: str) -> str:
    """The id of a transcript: the stem of its file, without the signs that references use."""
    return re.sub(r"[\s:;,]+", "_", name).strip("_")


def _bytes(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise QualkitError(f"{file.name}: this is not a file.", "Name a transcript file.")
        refuse_larger(file.stat().st_size, file.name, FILE)
        return file.read_bytes()
    except OSError as error:
        raise QualkitError(
            f"{file.name}: cannot be read ({error.strerror}).", "Check the file and your rights to it."
        ) from error


def _problem(file: Path, error: QualkitError) -> Problem:
    """An error as a problem of the file, whose name a Problem says by itself."""
    what = error.message.removeprefix(f"{file.name}: ").removeprefix(f"{file}: ")
    return Problem(file.name, "", what, error.hint)
