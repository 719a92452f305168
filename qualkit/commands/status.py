"""qualkit status: where the study stands, and the next step, in ten lines."""

from qualkit.commands.conflicts import conflicts
from qualkit.commands.correct import looks
from qualkit.commands.index import is_current
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.readings import Readings
from qualkit.commands.state import State
from qualkit.model.book import Progress
from qualkit.model.codebook import Theme
from qualkit.model.decisions import Target
from qualkit.model.transcripts import Kind
from qualkit.store.study import Study


def status(study: Study) -> Outcome:
    """Count transcripts, people, passages and decisions; say what comes next."""
    with study.snapshot():
        state = State(study)
        said = [f"Study       {study.folder.resolve().name} (coder here: {study.here.get('coder') or 'not named yet'})"]
        said += [_transcripts(state), _people(state), _framework(state)]
        data: dict[str, object] = {"transcripts": len(state.transcripts), "participants": len(state.participants)}
        if state.framework is None or not state.transcripts:
            return Outcome(said, last=_next(state, None, False), data=data)
        readings = Readings(state)
        progress, current = readings.progress(), is_current(state)
        said += [_index(progress, state, current), _decided(progress), *_themes(state), _coders(state), _done(state)]
        if to_see := len(looks(state)):
            said.append(f"Corrected   {counted(to_see, 'decision')} to look at: sheet Problems, or qualkit show ID")
        if differ := len(conflicts(state)):
            said.append(
                f"Merged      {counted(differ, 'conflict')} to settle: sheet Problems of the matrix, or qualkit doctor"
            )
        data |= {"to_look_at": to_see, "conflicts": differ}
        data |= {"index_up_to_date": current, "passages": progress.passages, "decided": progress.decided}
        data |= {"disputed": progress.disputed, "proposed": progress.proposed, "silent": progress.silent}
        return Outcome(said, last=_next(state, progress, current), data=data)


def _transcripts(state: State) -> str:
    groups = sum(held.transcript.kind is Kind.FOCUS_GROUP for held in state.transcripts)
    words = sum(len(held.version.text.split()) for held in state.transcripts)
    interviews = len(state.transcripts) - groups
    return f"Transcripts {counted(interviews, 'interview')}, {counted(groups, 'focus group')}; {counted(words, 'word')}"


def _people(state: State) -> str:
    named: dict[str, int] = {}
    for person in state.participants.values():
        named[person.group or "no group"] = named.get(person.group or "no group", 0) + 1
    groups = ", ".join(f"{count} {name}" for name, count in sorted(named.items()))
    cases = sum(bool(people) for people in state.members.values())
    gone = len(state.withdrawn)
    told = f"{counted(len(state.participants), 'participant')} in {counted(cases, 'case')}"
    told += f" ({groups})" if groups else ""
    return f"People      {told}" + (f"; {gone} withdrawn, in no count" if gone else "")


def _framework(state: State) -> str:
    framework = state.framework
    if framework is None:
        return "Framework   none yet"
    size = f"{len(list(framework.headings()))} headings in {len(framework.categories)} categories"
    return f"Framework   {framework.name}, version {framework.version}: {size}"


def _index(progress: Progress, state: State, current: bool | None) -> str:
    if state.index_run is None:
        return "Index       not made yet"
    word = "up to date" if current else "out of date: the study has changed since"
    if current is None:
        word = f"up to date or not, which only {state.choices.model} could tell: it is not on this computer"
    silent = f"{progress.silent} with nothing proposed or decided"
    return f"Index       {counted(progress.passages, 'passage')}, {word}; {silent}"


def _decided(progress: Progress) -> str:
    share = f"{100 * progress.decided / progress.passages:.0f} %" if progress.passages else "0 %"
    open_ones = f"{progress.disputed} in dispute, {progress.proposed} proposed only"
    return f"Decided     {counted(progress.decided, 'passage')} ({share}), {open_ones}"


def _coders(state: State) -> str:
    counts: dict[str, int] = {}
    for row in state.decisions:
        counts[row.track] = counts.get(row.track, 0) + 1
    return "Coders      " + (
        ", ".join(f"{name} ({counted(n, 'decision')})" for name, n in sorted(counts.items()))
        or "nobody has decided anything yet"
    )


def _themes(state: State) -> list[str]:
    """Nothing where the study has no themes yet."""
    themes = state.study.rows(Theme)
    borne = sum(row.target_kind is Target.THEME for row in state.every_decision)
    return [f"Themes      {counted(len(themes), 'theme')}, {counted(borne, 'decision')} on them"] if themes else []


def _done(state: State) -> str:
    """By coder, so that a study of many transcripts stays readable."""
    finished: dict[str, list[str]] = {}
    for held in state.transcripts:
        for mark in state.done.get(held.transcript.key, []):
            finished.setdefault(mark.track, []).append(held.shown)
    every = len(state.transcripts)
    told = [
        f"{f'all {every}' if len(ids) == every > 1 else ', '.join(ids)} ({coder})"
        for coder, ids in sorted(finished.items())
    ]
    return "Finished    " + ("; ".join(told) if told else "no transcript is marked as finished")


def _next(state: State, progress: Progress | None, current: bool | None) -> str:
    if not state.transcripts:
        return "Next: qualkit import transcripts FOLDER"
    if state.framework is None:
        return "Next: qualkit import framework schedule.yaml"
    if current is False:
        return "Next: qualkit index"
    if progress and progress.disputed:
        return f"Next: settle {counted(progress.disputed, 'disputed passage')}: qualkit decide REF HEADING --consensus"
    open_ones = [held.shown for held in state.transcripts if not state.done.get(held.transcript.key)]
    if open_ones and progress and progress.proposed + progress.silent:
        return "Next: qualkit export matrix, fill its Decision column, then qualkit decide --from FILE"
    if open_ones:
        return f"Next: qualkit decide {open_ones[0]} --done"
    return "Next: qualkit export matrix --final"
