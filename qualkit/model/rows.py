"""What all recorded things have in common: a row is written once, by one event, and is only ever superseded."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Row:
    """One append-only row. The store gives `id` and `event` when the row is recorded."""

    id: str = ""
    event: str = ""
    supersedes: tuple[str, ...] = ()

    @property
    def slot(self) -> tuple[object, ...]:
        """What the row speaks of, where one row at a time can be right: two that stand in one slot are a conflict."""
        return (self.id,)

    def says(self) -> tuple[object, ...]:
        """What the row says, without when and by which event."""
        return tuple(getattr(self, field.name) for field in fields(self) if field.name not in _RECORD)


_RECORD = ("id", "event", "supersedes")


@dataclass(frozen=True)
class Event:
    """One command that changed the study: who ran which command when, after which other events (`parents`)."""

    id: str
    command: str
    coder: str
    at: str  # UTC, ISO 8601
    tool: str  # version of qualkit
    parents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Something a reader could not take as it was: bad input is data. Only `dropped` may hold words of a transcript."""

    file: str
    place: str  # "line 12", "paragraph 3", "" for the whole file
    what: str
    remedy: str = ""
    dropped: str = ""
    serious: bool = True  # False: told for completeness (a title above the talk), nothing needs mending

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.what}" + (f" {self.remedy}" if self.remedy else "")


def ancestors(events: Iterable[Event], of: str) -> set[str]:
    """The ids of an event and of all that came before it."""
    parents = {event.id: event.parents for event in events}
    found, waiting = {of}, [of]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def descendants(events: Iterable[Event], of: str) -> set[str]:
    """The ids of an event and of all that knew of it."""
    found = {of}
    for event in in_order(events):
        if not found.isdisjoint(event.parents):
            found.add(event.id)
    return found


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events from first to last: an ancestor before its descendants, else by stated time, then id.

    The order depends on the set of events alone, so that every copy of a study tells the same history.
    """
    known = {event.id: event for event in events}
    waiting = {event.id: sum(parent in known for parent in event.parents) for event in known.values()}
    children: dict[str, list[str]] = {}
    for event in known.values():
        for parent in event.parents:
            children.setdefault(parent, []).append(event.id)
    ready = [(event.at, event.id) for event in known.values() if not waiting[event.id]]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _, current = heapq.heappop(ready)
        ordered.append(known[current])
        for child in children.get(current, ()):
            waiting[child] -= 1
            if not waiting[child]:
                heapq.heappush(ready, (known[child].at, child))
    return ordered
