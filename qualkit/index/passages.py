"""Passages: each participant's turn, and a long one in runs of whole sentences of about equal length."""

from collections.abc import Collection, Iterable
from math import ceil

from qualkit.model.index import Passage
from qualkit.model.transcripts import Turn

MOST_WORDS = 120  # about what fills a spreadsheet cell that can still be read at a glance


def passages(version: str, text: str, turns: Iterable[Turn], speakers: Collection[str]) -> tuple[Passage, ...]:
    """The passages of a version, in order. `speakers` are the keys whose talk is data."""
    return tuple(
        Passage(version, start, end, turn.n)
        for turn in turns
        if turn.speaker in speakers
        for start, end in _runs(text, turn)
    )


def _runs(text: str, turn: Turn) -> list[tuple[int, int]]:
    """Bounds of a turn's passages, without the white space around them."""
    starts = turn.sentences or (turn.start,)
    bounds = list(zip(starts, [*starts[1:], turn.end], strict=True))
    lengths = [len(text[start:end].split()) for start, end in bounds]
    total = sum(lengths)
    aim = total / max(1, ceil(total / MOST_WORDS))
    runs: list[list[int]] = []
    said = 0
    for (start, end), length in zip(bounds, lengths, strict=True):
        # a new run begins where its middle would lie nearer to the next run's share of the turn
        run = min(int((said + length / 2) // aim), ceil(total / MOST_WORDS) - 1) if total else 0
        if runs and runs[-1][2] == run:
            runs[-1][1] = end
        else:
            runs.append([start, end, run])
        said += length
    return [_trimmed(text, start, end) for start, end, _ in runs]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), end - (len(said) - len(said.rstrip()))
