"""What is taken back or taken out: an event that is undone, a participant who withdrew. Both are rows themselves."""

from dataclasses import dataclass

from qualkit.model.rows import Row


@dataclass(frozen=True, kw_only=True)
class Undo(Row):
    """The rows of an event count no longer, nor what they supersede; or they count again.

    It has effect as long as nothing else rests on that event: what others have built upon is never pulled away.
    """

    undone: str  # event
    taken_back: bool = True

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.undone,)


@dataclass(frozen=True, kw_only=True)
class Withdrawal(Row):
    """The tombstone of a participant: what was erased, in keys, ids and offsets, never in words.

    On every copy the words listed are emptied; so are those of rows that the withdrawal did not know and that speak
    of the participant.
    """

    participant: str  # key
    speakers: tuple[tuple[str, str], ...] = ()  # transcript key, speaker key
    transcripts: tuple[str, ...] = ()  # keys of those that are gone whole
    cases: tuple[str, ...] = ()  # keys of cases that have nobody left
    spans: tuple[tuple[str, int, int], ...] = ()  # version, start, end
    words: tuple[str, ...] = ()  # ids of texts
    refused: tuple[str, ...] = ()  # keys under which the participant or a transcript would come back
    reason: str = ""
