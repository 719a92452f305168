"""qualkit log: who did what when, in words, for the team and for an audit trail."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.outputs import Content, left_as_it_was, near, write_output
from qualkit.commands.state import State
from qualkit.commands.telling import Line, Teller
from qualkit.errors import USAGE, QualkitError
from qualkit.report.table_csv import write_table
from qualkit.store.study import Study

COLUMNS = (
    "event", "at (UTC)", "coder", "command", "qualkit", "taken back", "kind", "subject", "target", "what", "reason",
)  # fmt: skip
_LINES = 4  # an event has at the terminal; the table has all


@dataclass(frozen=True)
class Entry:
    """One command: an event of the study (`number`, from 1), or a run of this copy that changed nothing (0)."""

    number: int
    at: str
    coder: str
    command: str
    tool: str
    lines: tuple[Line, ...]
    taken_back: bool = False


def log(study: Study, *, since: str = "", case: str = "", coder: str = "", file: Path | None = None) -> Outcome:
    """Tell the history, first to last; with `file` write all of it as a table."""
    with study.snapshot():
        state = State(study)
        entries = [entry for entry in _entries(state, case) if _is_wanted(entry, _day(since), coder)]
        withdrawn = state.withdrawn
    entries.sort(key=lambda entry: (entry.at, entry.number))
    data: dict[str, object] = {"entries": [_plain(entry) for entry in entries]}
    if file is not None:
        rows = [row for entry in entries for row in _rows(entry)]
        who = coder or study.here.get("coder")
        trail = Content("log", who, withdrawn, lambda path: write_table(path, COLUMNS, rows))
        target = write_output(study, file, trail)
        said, where = left_as_it_was(file, target), near(target)
        return Outcome(said, last=f"Wrote {where}: {counted(len(rows), 'line')} of {_told(entries)}.", data=data)
    said = [line for entry in entries for line in _lines(entry)]
    return Outcome(said, last=f"{_told(entries)}. As a table: qualkit log -o audit-trail.csv", data=data)


def _entries(state: State, case: str) -> Iterable[Entry]:
    study = state.study
    told, undone = Teller(state).lines, study.undone()
    concerns = _concerning(state, case) if case else None
    for number, event in enumerate(study.events(), start=1):
        lines = [line for line in told.get(event.id, []) if concerns is None or concerns(line)]
        if lines or concerns is None:
            yield Entry(number, event.at, event.coder, event.command, event.tool, tuple(lines), event.id in undone)
    if concerns is None:
        for at, coder, command in study.here.runs():
            yield Entry(0, at, coder, command, "", ())


def _concerning(state: State, shown: str) -> Callable[[Line], bool]:
    """Whether a line speaks of a case: its people, their transcripts, or the case itself."""
    found = [key for key, case in state.cases.items() if case.shown.casefold() == shown.casefold()]
    if not found:
        known = ", ".join(sorted(case.shown for case in state.cases.values())[:12]) or "none so far"
        raise QualkitError(f"There is no case {shown} in this study.", f"Cases: {known}.")
    people = set(state.members[found[0]])
    spoken = {
        held.transcript.key
        for held in state.transcripts
        if any(speaker.participant in people for speaker in held.speakers.values())
    }
    return lambda line: line.case in found or line.person in people or line.transcript in spoken


def _is_wanted(entry: Entry, since: str, coder: str) -> bool:
    return entry.at >= since and (not coder or entry.coder.casefold() == coder.casefold())


def _day(since: str) -> str:
    if not since:
        return ""
    try:
        return date.fromisoformat(since).isoformat()
    except ValueError:
        raise QualkitError(f"{since} is not a day.", "Write it as 2026-03-31.", USAGE) from None


def _lines(entry: Entry) -> list[str]:
    who = entry.coder or "(nobody named)"
    head = f"{entry.at[:10]} {entry.at[11:16]}  {who}: {entry.command}"
    if not entry.number:
        return [f"{head} (changed nothing in the study)"]
    head += " (taken back)" if entry.taken_back else ""
    shown = [f"    {_in_words(line)}" for line in entry.lines[:_LINES]]
    more = len(entry.lines) - len(shown)
    return [head, *shown, *([f"    and {more} more: {_kinds(entry.lines[_LINES:])}"] if more else [])]


def _in_words(line: Line) -> str:
    target = f" {line.target}:" if line.target else ""
    reason = f" ({line.reason})" if line.reason else ""
    return f"{line.subject}:{target} {line.what}{reason}"


def _kinds(lines: Sequence[Line]) -> str:
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.kind] = counts.get(line.kind, 0) + 1
    return ", ".join(f"{kind} {count}" for kind, count in counts.items())


def _rows(entry: Entry) -> Iterable[list[str]]:
    back = "yes" if entry.taken_back else "no"
    head = [str(entry.number or ""), entry.at, entry.coder, entry.command, entry.tool, back]
    if not entry.lines:
        yield [*head, "", "", "", "" if entry.number else "changed nothing in the study", ""]
    for line in entry.lines:
        yield [*head, line.kind, line.subject, line.target, line.what, line.reason]


def _plain(entry: Entry) -> dict[str, object]:
    lines = [
        {"kind": line.kind, "subject": line.subject, "target": line.target, "what": line.what, "reason": line.reason}
        for line in entry.lines
    ]
    return {
        "event": entry.number, "at": entry.at, "coder": entry.coder, "command": entry.command,
        "taken_back": entry.taken_back, "lines": lines,
    }  # fmt: skip


def _told(entries: Sequence[Entry]) -> str:
    events = sum(entry.number > 0 for entry in entries)
    quiet = len(entries) - events
    also = f", and {counted(quiet, 'run')} that changed nothing" if quiet else ""
    return f"{counted(events, 'command')} that changed the study{also}"
