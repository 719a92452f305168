"""qualkit index, the main job: read, propose headings for every passage, and keep what people decided as it is."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from qualkit.commands.import_framework import Schedule, read_framework, record_framework
from qualkit.commands.import_transcripts import Ask, Progress, Read, no_progress, read_files, record_files
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.state import Held, State
from qualkit.index.material import Material, Talk
from qualkit.index.run import index as propose
from qualkit.index.run import model_digest
from qualkit.ingest.interface import Hints
from qualkit.language.cache import Cache, NoCache
from qualkit.language.words import words
from qualkit.model.index import IndexRun
from qualkit.model.transcripts import Role
from qualkit.store.cache import DiskCache
from qualkit.store.study import Study


def index(
    study: Study,
    paths: Sequence[Path] = (),
    framework: Path | None = None,
    *,
    coder: str = "",
    hints: Hints | None = None,
    progress: Progress = no_progress,
    ask: Ask = lambda question: "",
) -> Outcome:
    """Import `paths` and `framework` where they are given, then index the whole study, as one transaction."""
    read = Read()
    if paths:
        read = read_files(study, paths, shown="", hints=hints or Hints(), progress=progress, ask=ask)
    schedule = read_framework(study, framework) if framework else None
    cache = DiskCache(study.folder)
    try:
        _warm(study, read, schedule, cache, progress)
        with study.recording("index", coder) as record:
            outcome = Outcome()
            if schedule:
                outcome = record_framework(study, record, schedule)
            files = record_files(study, record, read, coder)
            outcome.said += files.said
            outcome.problems += files.problems
            outcome.failed = files.failed
            state = State(study)
            state.needed_framework()
            run, fresh = _run(study, state, cache, progress)
    finally:
        cache.close()
    return _told(outcome, state, run, fresh, files)


def material(state: State, cache: Cache | None = None) -> Material:
    """The whole study as proposers see it."""
    framework, _ = state.needed_framework()
    talks = [
        Talk(
            version=held.version.id,
            text=held.version.text,
            text_sha256=held.text_sha256,
            turns=held.turns,
            asking=held.with_role(Role.INTERVIEWER, Role.MODERATOR),
            speaking=held.with_role(Role.PARTICIPANT),
            groups=_groups(state, held),
            language=state.language,
            cache=cache or NoCache(),
        )
        for held in state.transcripts
    ]
    return Material(framework, talks, state.language)


def _groups(state: State, held: Held) -> frozenset[str]:
    """Groups of the participants who speak; none where one of them has no group, who may be of any."""
    people = [state.participants.get(speaker.participant) for speaker in held.speakers.values()]
    groups = [person.group for person in people if person]
    return frozenset(groups) if all(groups) else frozenset()


def is_current(state: State) -> bool:
    """Whether the last run of the index is what a run now would give."""
    if state.framework is None:
        return False
    return state.study.machine.material() == (model_digest(), material(state).digest)


def _warm(study: Study, read: Read, schedule: Schedule | None, cache: Cache, progress: Progress) -> None:
    """Compute what depends on single texts before the study is locked; afterwards it is in the cache."""
    language = (schedule.framework.language if schedule else "") or State(study).language
    for n, prepared in enumerate(read.prepared):
        progress("Preparing", n, len(read.prepared))
        words(prepared.spoken.text, language, cache)


def _run(study: Study, state: State, cache: Cache, progress: Progress) -> tuple[IndexRun, bool]:
    """The run of the index on the study as it stands, and whether it had to be made."""
    _, version = state.needed_framework()
    given = material(state, cache)
    last = study.machine.index_run()
    if last and (last.model, last.material, last.framework_version) == (model_digest(), given.digest, version.id):
        return last, False
    steps = _steps(progress)
    run = propose(given, version.id, steps)
    study.machine.keep(run)
    return run, True


def _steps(progress: Progress) -> Callable[[str], None]:
    done = iter(range(1_000))

    def step(name: str) -> None:
        progress(f"Proposing ({name})", next(done), 2)

    return step


def _told(outcome: Outcome, state: State, run: IndexRun, fresh: bool, files: Outcome) -> Outcome:
    first = Counter(proposal.heading for proposal in run.proposals if proposal.rank == 1)
    with_proposal, passages = sum(first.values()), len(run.passages)
    outcome.data = {
        **files.data,
        "passages": passages,
        "proposed": with_proposal,
        "up_to_date": not fresh,
        "by_heading": {h.number: first[h.key] for h in state.needed_framework()[0].headings()},
    }
    if not state.transcripts:
        outcome.last = "No transcripts to index yet. Next: qualkit import transcripts FOLDER"
        return outcome
    done = "Indexed" if fresh else "The index is up to date:"
    one = state.transcripts[0].shown
    outcome.last = (
        f"{done} {counted(passages, 'passage')} of {counted(len(state.transcripts), 'transcript')};"
        f" with a proposed heading: {with_proposal}, without: {passages - with_proposal}."
        f" Next: qualkit show {one}, then qualkit export matrix"
    )
    return outcome
