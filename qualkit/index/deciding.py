"""Which rows a new decision writes: itself, and what remains of the rows that it overlaps.

Supersession alone decides afterwards. The new row and the rewritten remainders all supersede the rows that the new
one overlaps; `applies` also supersedes the same coder's "nothing applies" on its characters, and the reverse.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qualkit.model.decisions import Carried, Decision, Verdict

Seal = Callable[[str, int, int], str]  # version, start, end -> salted hash of the quoted words


def overlapped(new: Decision, standing: Iterable[Decision]) -> list[Decision]:
    """The standing rows that `new` supersedes."""
    return [
        row
        for row in standing
        if row.version == new.version
        and row.track == new.track
        and row.scheme == new.scheme
        and row.start < new.end
        and new.start < row.end
        and _answers(new, row)
    ]


def _answers(new: Decision, old: Decision) -> bool:
    """Whether `new` speaks of the same thing as `old`, so that both cannot stand."""
    if new.target == old.target:
        return True
    if new.verdict is Verdict.NONE:
        return old.verdict is Verdict.APPLIES
    return new.verdict is Verdict.APPLIES and old.verdict is Verdict.NONE


def rows_for(new: Decision, standing: Sequence[Decision], seal: Seal) -> list[Decision]:
    """The rows to record for `new`, in the order of the text; [] where it says what stands already.

    `standing` are the rows that nothing supersedes; `new.quote_hash` is filled in here.
    """
    old = overlapped(new, standing)
    if stands_already(new, old):
        return []
    superseded = tuple(row.id for row in old)
    pieces = [
        replace(
            row, start=start, end=end, quote_hash=seal(row.version, start, end), id="", event="", supersedes=superseded
        )
        for row in old
        for start, end in ((row.start, new.start), (new.end, row.end))
        if start < end
    ]
    made = replace(new, quote_hash=seal(new.version, new.start, new.end), supersedes=superseded)
    return sorted([made, *pieces], key=lambda row: (row.start, row.end, row.target, row.verdict))


def stands_already(new: Decision, old: Sequence[Decision]) -> bool:
    """Whether every character of `new` already has its verdict, and nothing of `old` speaks against it."""
    if new.verdict is Verdict.BACK and all(row.verdict is Verdict.BACK for row in old):
        return True
    if any(row.target != new.target or row.verdict is not new.verdict for row in old):
        return False
    if any(row.carried is Carried.CHANGED for row in old) and new.carried is Carried.NO:
        return False  # someone looked again after a correction
    reached = new.start
    for row in sorted(old, key=lambda each: each.start):
        if row.start > reached:
            return False
        reached = max(reached, row.end)
    return reached >= new.end


def quote_hash(text: str, salts: Sequence[tuple[int, int, bytes]], start: int, end: int) -> str:
    """The salted hashes of the quoted words, one a salted stretch, joined by points.

    One hash a stretch, so that what one speaker's withdrawal leaves of a quotation can still be verified. Words
    between stretches (line feeds between turns) are not hashed. `salts`: (start, end, salt) in order; a stretch
    whose salt went with its text gives "-".
    """
    parts = []
    for first, last, salt in salts:
        if first >= end:
            break
        low, high = max(first, start), min(last, end)
        if low < high:
            parts.append(_hash(salt, text[low:high]) if salt else "-")
    return ".".join(parts)


def _hash(salt: bytes, words: str) -> str:
    import hashlib

    return hashlib.sha256(salt + words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
