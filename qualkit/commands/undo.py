"""qualkit undo: the last commands of one coder are taken back, by rows that say so; nothing is deleted."""

from qualkit.commands.outcome import Outcome, counted
from qualkit.errors import QualkitError
from qualkit.model.corrections import Undo
from qualkit.model.rows import Event
from qualkit.store.study import Study

UNDO, REDO = "undo", "undo --redo"
FOR_GOOD = (UNDO, REDO, "withdraw")  # what undo passes over: an undo is taken back by --redo, a withdrawal never


def undo(study: Study, count: int = 1, *, coder: str) -> Outcome:
    """Take back the last `count` commands of a coder. Raises QualkitError where another's work rests on one."""
    _at_least_one(count)
    with study.recording(UNDO, coder) as record:
        gone = set(study.undone())
        mine = [e for e in study.events() if e.coder in (coder, "") and e.command not in FOR_GOOD and e.id not in gone]
        chosen = mine[::-1][:count]
        for event in chosen:
            rest = study.resting(event.id, gone)
            if rest:
                raise _rests(study, event, rest)
            record.put(Undo(undone=event.id))
            gone.add(event.id)
    return _told(chosen, "Took back", coder, "Bring it back with: qualkit undo --redo")


def redo(study: Study, count: int = 1, *, coder: str) -> Outcome:
    """Bring back what the last `count` undos of a coder took back, last first."""
    _at_least_one(count)
    with study.recording(REDO, coder) as record:
        events = {event.id: event for event in study.events()}
        since = [event for event in events.values() if event.command not in (UNDO, REDO)]
        mine = [row for row in study.rows(Undo) if row.taken_back and events[row.event].coder == coder]
        chosen = mine[::-1][:count]
        order = list(events)
        for row in chosen:
            later = [event for event in since if order.index(event.id) > order.index(row.event)]
            if later:
                raise _worked_since(events[row.undone], later[-1])
            record.put(Undo(undone=row.undone, taken_back=False))
    return _told([events[row.undone] for row in chosen], "Brought back", coder, "Next: qualkit status")


def _at_least_one(count: int) -> None:
    if count < 1:
        raise QualkitError(f"{count} commands cannot be taken back.", "Say how many: qualkit undo 2")


def _rests(study: Study, event: Event, rest: list[str]) -> QualkitError:
    last = [each for each in study.events() if each.id in rest][-1]
    by = f" by {last.coder}" if last.coder else ""
    more = f" and {counted(len(rest) - 1, 'other command')}" if len(rest) > 1 else ""
    return QualkitError(
        f'"{event.command}" of {when(event)} cannot be taken back: "{last.command}" of {when(last)}{by}{more} rests on'
        " it. Nothing was changed.",
        "Take that back first, or decide anew: what stands is never overwritten. See: qualkit log",
    )


def _worked_since(event: Event, later: Event) -> QualkitError:
    return QualkitError(
        f'"{event.command}" of {when(event)} cannot be brought back: "{later.command}" was recorded since, and the two'
        " could contradict each other. Nothing was changed.",
        "Run the command itself again.",
    )


def _told(events: list[Event], verb: str, coder: str, then: str) -> Outcome:
    who = coder or "whoever works here"
    data: dict[str, object] = {"events": len(events)}
    if not events:
        return Outcome(last=f"There is nothing more of {who} to take back or bring back. Nothing changed.", data=data)
    said = [f'{verb}: "{event.command}" of {when(event)}' for event in events]
    return Outcome(said, last=f"{verb} {counted(len(events), 'command')} of {who}. {then}", data=data)


def when(event: Event) -> str:
    """As a person reads it: 2026-11-24 13:05 UTC."""
    return f"{event.at[:10]} {event.at[11:16]} UTC"
