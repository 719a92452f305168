"""From lines to turns: who says what, and every line that nobody says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qualkit.ingest.interface import Hints, Line, Reading
from qualkit.ingest.speech.doubts import doubts_of, not_speech, without_words
from qualkit.ingest.speech.evidence import find_labels
from qualkit.ingest.speech.furniture import is_end, is_furniture
from qualkit.ingest.speech.header import Header, read_header
from qualkit.ingest.speech.labels import Candidate, Form, fold
from qualkit.model.rows import Problem

UNLABELLED = "unlabelled"  # the speaker of a file that names none
_LONG_HEADING = 20  # words; what is longer was said, whatever its style


@dataclass(frozen=True)
class Utterance:
    """What one speaker says at a stretch: `label` as the file spells it first, `speaker` the same folded."""

    speaker: str
    label: str
    text: str
    place: str
    begin: float | None = None
    finish: float | None = None


@dataclass(frozen=True)
class Heard:
    said: tuple[Utterance, ...]
    header: Header
    problems: tuple[Problem, ...]
    labelled: bool


@dataclass
class _Turn:
    """A turn that is being read."""

    candidate: Candidate
    line: Line
    parts: list[str] = field(default_factory=list)
    finish: float | None = None

    def add(self, text: str, line: Line) -> None:
        self.parts.append(text)
        self.finish = line.finish


def hear(reading: Reading, file: str, hints: Hints) -> Heard:
    """Tell the talk from what stands around it."""
    lines = reading.lines
    header = read_header(lines, reading.fields)
    told = {fold(label) for label in (*hints.interviewers, *hints.roles)}
    found = find_labels(lines, header.end, {*header.named, *header.askers, *told})
    labels = found.at or _a_turn_a_paragraph(lines, header.end)
    first = min(labels, default=len(lines))
    problems = [not_speech(file, line, "above the talk") for line in lines[:first] if line.text.strip()]
    turns = list(_turns(lines, labels, file, problems))
    said = tuple(turn for turn in _spelt_alike(turns) if turn.text)
    empty = [turn for turn in turns if not turn.text]
    unsure = [lines[n].place for n in found.unsure]
    if empty:
        problems.append(without_words(file, [turn.place for turn in empty], [turn.label for turn in empty]))
    problems += doubts_of(file, bool(found.at), lines, first, unsure)
    return Heard(said, header, tuple(problems), bool(found.at))


def _turns(
    lines: Sequence[Line], labels: Mapping[int, Candidate], file: str, problems: list[Problem]
) -> Iterator[Utterance]:
    """The turns from the first label on; lines that are not speech go to `problems`."""
    turn: _Turn | None = None
    ended = False
    for n in range(min(labels, default=len(lines)), len(lines)):
        line, candidate = lines[n], labels.get(n)
        if candidate:
            if turn:
                yield _close(turn)
            turn, ended = _Turn(candidate, line), False
            turn.add(line.text[candidate.start : candidate.stop], line)
        elif line.text.strip() and (ended or _is_aside(line)):
            ended = ended or is_end(line.text)
            problems.append(not_speech(file, line, "after the end of the talk" if ended else "between the turns"))
        elif line.text.strip() and turn:
            turn.add(line.text, line)
    if turn:
        yield _close(turn)


def _close(turn: _Turn) -> Utterance:
    text = "\n".join(turn.parts).strip()
    begin = turn.candidate.begin if turn.candidate.begin is not None else turn.line.begin
    return Utterance(turn.candidate.fold, turn.candidate.label, text, turn.line.place, begin, turn.finish)


def _spelt_alike(turns: Sequence[Utterance]) -> Iterator[Utterance]:
    """One spelling for each speaker: the first."""
    first: dict[str, str] = {}
    for turn in turns:
        label = first.setdefault(turn.speaker, turn.label)
        yield turn if label == turn.label else Utterance(**{**vars(turn), "label": label})


def _a_turn_a_paragraph(lines: Sequence[Line], start: int) -> dict[int, Candidate]:
    """Labels for a file without any: on each paragraph, which is a line where no empty lines part them."""
    speech = [n for n in range(start, len(lines)) if lines[n].text.strip() and not _is_aside(lines[n])]
    apart = [n for n, before in zip(speech[1:], speech, strict=False) if n - before > 1]
    begins = [*speech[:1], *(apart or speech[1:])]
    return {n: Candidate(UNLABELLED, Form.GIVEN, 0, len(lines[n].text)) for n in begins}


def _is_aside(line: Line) -> bool:
    return is_furniture(line.text) or (line.heading and len(line.text.split()) <= _LONG_HEADING)
