"""What is told of a file that was read: lines left out, and where the reading may be wrong."""

from collections.abc import Iterator, Sequence

from qualkit.ingest.faults import some_places
from qualkit.ingest.interface import Line
from qualkit.model.rows import Problem

_MUCH = 300  # words above the talk that make one wonder whether they are not speech


def not_speech(file: str, line: Line, where: str) -> Problem:
    """A line that nobody says."""
    return Problem(file, line.place, f"A line {where} was not read as speech.", dropped=line.text, serious=False)


def without_words(file: str, places: Sequence[str], labels: Sequence[str]) -> Problem:
    """Labels with nothing behind them."""
    what = "A label has no words behind it and was left out."
    if len(places) > 1:
        what = f"{len(places)} labels have no words behind them and were left out ({some_places(places)})."
    return Problem(file, places[0], what, "Look there if words are missing.", "\n".join(labels), serious=False)


def doubts_of(file: str, labelled: bool, lines: Sequence[Line], first: int, unsure: Sequence[str]) -> Iterator[Problem]:
    """`first` is the line that opens the first turn; `unsure` are the places of lines that look like labelled ones."""
    if not labelled:
        yield Problem(
            file,
            "",
            "No speaker labels were found: all of it was read as one speaker, a turn for each paragraph.",
            "Begin each turn with a label and a colon (Interviewer: ..., P1: ...), or list the labels in a line "
            "'Participants: ...' at the top of the file, and import it again.",
        )
    if unsure:
        yield Problem(
            file,
            some_places(unsure),
            "What looks like a speaker's label occurs too rarely to be sure of, and was not read as one.",
            "If somebody speaks there, list the labels in a line 'Participants: ...' at the top of the file.",
        )
    above = sum(len(line.text.split()) for line in lines[:first])
    if above > _MUCH and above > sum(len(line.text.split()) for line in lines) / 3:
        yield Problem(
            file,
            lines[0].place,
            "Much of the file stands above the first speaker's label and was not read as speech.",
            "If it is speech, begin it with the speaker's label and a colon.",
        )
