"""qualkit index, the main job: read, propose headings for every passage, and keep what people decided as it is."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from qualkit.commands.import_framework import Schedule, read_framework, record_framework, with_keys
from qualkit.commands.import_transcripts import Ask, Progress, Read, no_progress, read_files, record_files
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.state import Held, State
from qualkit.errors import QualkitError
from qualkit.index.material import Material, Talk
from qualkit.index.meaning import Meant, texts
from qualkit.index.run import index as propose
from qualkit.index.run import model_digest
from qualkit.ingest.interface import Hints
from qualkit.language.cache import Cache, NoCache
from qualkit.language.encoders.interface import Encoder
from qualkit.language.encoders.minilm import MiniLM
from qualkit.language.encoders.registry import encoder, known_as
from qualkit.language.tongue import named, tongue
from qualkit.language.vectors import vectors
from qualkit.language.words import prepare
from qualkit.model.index import Choices, IndexRun
from qualkit.model.rows import Problem
from qualkit.model.settings import Setting
from qualkit.model.transcripts import Role, Turn
from qualkit.store.cache import DiskCache
from qualkit.store.recording import Recording
from qualkit.store.study import Study


def index(
    study: Study,
    paths: Sequence[Path] = (),
    framework: Path | None = None,
    *,
    coder: str = "",
    hints: Hints | None = None,
    model: str = "",
    silence: float | None = None,
    own_talk: bool | None = None,
    progress: Progress = no_progress,
    ask: Ask = lambda question: "",
) -> Outcome:
    """Import `paths` and `framework` where they are given, then index the whole study, as one transaction.

    `model`, `silence` and `own_talk` are settled for the study where they are given.
    """
    choices = _chosen(State(study).choices, model, silence, own_talk)
    encoder(choices.model)  # so that an unknown one is refused before anything is read
    read = Read()
    if paths:
        read = read_files(study, paths, shown="", hints=hints or Hints(), progress=progress, ask=ask)
    schedule = read_framework(framework) if framework else None
    cache = DiskCache(study.folder)
    try:
        _warm(study, read, schedule, choices, cache, progress)
        schedule = with_keys(study, schedule) if schedule else None
        with study.recording("index", coder) as record:
            outcome = Outcome()
            if schedule:
                outcome = record_framework(study, record, schedule)
            files = record_files(study, record, read, coder)
            outcome.said += files.said
            outcome.problems += files.problems
            outcome.failed = files.failed
            _settle(record, State(study).choices, choices)
            state = State(study)
            state.needed_framework()
            given = material(state, cache)
            run, fresh = _run(study, state, given, progress)
            outcome.problems += _unread(state, given)
    finally:
        cache.close()
    return _told(outcome, state, run, fresh, files)


def material(state: State, cache: Cache | None = None) -> Material:
    """The whole study as proposers see it."""
    framework, _ = state.needed_framework()
    cache = cache or NoCache()
    model = _encoder(state.choices.model, state.language)
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
            in_vectors=_knows(model, tongue(held.version.text, state.language)),
            cache=cache,
        )
        for held in state.transcripts
    ]
    return Material(framework, talks, state.language, model, cache)


def _encoder(model: str, language: str) -> Encoder | None:
    """The language model of the study; the usual one knows English only, and goes unused in other studies."""
    found = encoder(model)
    return found if _knows(found, language) or model != MiniLM.name else None


def _knows(model: Encoder | None, language: str) -> bool:
    return model is not None and (not model.languages or language.split("-")[0] in model.languages)


def _chosen(settled: Choices, model: str, silence: float | None, own_talk: bool | None) -> Choices:
    return replace(
        settled,
        model=known_as(model) if model else settled.model,
        silence=settled.silence if silence is None else silence,
        own_talk=settled.own_talk if own_talk is None else own_talk,
    )


def _settle(record: Recording, settled: Choices, choices: Choices) -> None:
    """Record what was chosen anew, for all copies of the study."""
    if choices.model != settled.model:
        record.put(Setting(name="model", value=choices.model))
    if choices.silence != settled.silence:
        record.put(Setting(name="silence", value=f"{choices.silence:g}"))
    if choices.own_talk != settled.own_talk:
        record.put(Setting(name="own-talk", value="on" if choices.own_talk else "off"))


def _groups(state: State, held: Held) -> frozenset[str]:
    """Groups of the participants who speak; none where one of them has no group, who may be of any."""
    people = [state.participants.get(speaker.participant) for speaker in held.speakers.values()]
    groups = [person.group for person in people if person]
    return frozenset(groups) if all(groups) else frozenset()


def is_current(state: State) -> bool | None:
    """Whether the last run of the index is what a run now would give; None where its language model is not here."""
    made = state.study.machine.made_from()
    if state.framework is None or made is None:
        return False
    try:
        encoder(state.choices.model)
    except QualkitError:
        return None
    return made[:2] == (model_digest(state.choices), material(state).digest)


def _warm(
    study: Study, read: Read, schedule: Schedule | None, choices: Choices, cache: Cache, progress: Progress
) -> None:
    """Compute what depends on single texts before the study is locked; afterwards it is in the cache."""
    state = State(study)
    framework = schedule.framework if schedule else state.framework
    language = (framework.language if framework else "") or "en"
    spoken = [(prepared.spoken.text, prepared.turns) for prepared in read.prepared]
    spoken += [(held.version.text, held.turns) for held in state.transcripts]
    for n, (text, _) in enumerate(spoken):
        progress("Preparing", n, len(spoken))
        prepare(text, language, cache)
    model = _encoder(choices.model, language)
    if model is None or framework is None:
        return
    said = [text[start:end] for text, turns in spoken if _knows(model, tongue(text, language))
            for turn in turns for start, end in _sentences(turn)]  # fmt: skip
    said += [text for heading in framework.headings() for text in texts(heading)]
    vectors(said, model, cache, lambda done, of: progress("Reading sentences", done, of))


def _sentences(turn: Turn) -> Iterable[tuple[int, int]]:
    starts = turn.sentences or (turn.start,)
    return zip(starts, [*starts[1:], turn.end], strict=True)


def _run(study: Study, state: State, given: Material, progress: Progress) -> tuple[IndexRun, bool]:
    """The run of the index on the study as it stands, and whether it had to be made."""
    _, version = state.needed_framework()
    choices, machine = state.choices, study.machine
    if machine.made_from() == (model_digest(choices), given.digest, version.id) and (last := machine.index_run()):
        return last, False
    run = propose(given, version.id, _steps(progress), choices=choices)
    study.machine.keep(run)
    return run, True


def _steps(progress: Progress) -> Callable[[str], None]:
    done = iter(range(1_000))

    def step(name: str) -> None:
        progress(f"Proposing ({name})", next(done), 4)

    return step


def _unread(state: State, given: Material) -> list[Problem]:
    """What the language model could not be asked about, and where nobody is known to ask."""
    found, language = [], named(state.language)
    if given.encoder is None and state.choices.model == MiniLM.name:
        what = f"The language model {MiniLM.name} knows English only: indexed by questions and words alone."
        found.append(
            Problem("", f"language {language}", what, "Name a model that knows it: qualkit index --model NAME.")
        )
    if given.encoder:
        for n in given.shared(Meant).unknown():
            heading = given.headings[n]
            what = f"Heading {heading.number} has no word that the language model knows: found by its words alone."
            found.append(Problem("", "framework", what, "Give it a definition or keywords in plain words."))
    for held in state.transcripts:
        spoken = tongue(held.version.text, state.language)
        if spoken != state.language:
            what = f"It seems to be in {named(spoken)}, while the study's language is {language}."
            remedy = "Its proposals rest on little. Set the language in the schedule, or leave it to people."
            found.append(Problem(held.shown, "language", what, remedy))
        if held.turns and not held.with_role(Role.INTERVIEWER, Role.MODERATOR):
            what = "Nobody is known as the interviewer: what ends with a question mark is taken for a question."
            found.append(
                Problem(
                    held.shown,
                    "speakers",
                    what,
                    "Say who it is: --interviewer LABEL at the import, or transcripts.csv.",
                )
            )
    return found


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
