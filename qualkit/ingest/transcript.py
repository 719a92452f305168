"""The way in: a transcript file read whole, as speech, turns and speakers, with everything that was left aside."""

from pathlib import Path

from qualkit.ingest.bounds import FILE, refuse_larger, refuse_too_much
from qualkit.ingest.characters import clean
from qualkit.ingest.faults import cannot_read
from qualkit.ingest.interface import Hints, Reading, Spoken
from qualkit.ingest.registry import format_for
from qualkit.ingest.speech.labels import fold
from qualkit.ingest.speech.roles import Cast, cast
from qualkit.ingest.speech.turns import Heard, hear
from qualkit.model.transcripts import Turn

_NOTHING_TOLD = Hints()


def read_transcript(path: Path, hints: Hints = _NOTHING_TOLD) -> Spoken:
    """Read a transcript from disk. Raises QualkitError where it cannot be read whole; lesser things are `problems`."""
    file = str(path)
    try:
        if path.is_dir():
            raise cannot_read(file, "This is a folder.", "Name the files in it.")
        if not path.exists():
            raise cannot_read(file, "There is no such file.", "Check the spelling and the folder.")
        if not path.is_file():
            raise cannot_read(file, "This is not a file.", "Name a transcript file.")
        format_for(file)
        refuse_larger(path.stat().st_size, file, FILE)
        data = path.read_bytes()
    except PermissionError as fault:
        raise cannot_read(file, "You may not read this file.", "Ask its owner, or make a copy.") from fault
    except (OSError, ValueError) as fault:
        raise cannot_read(file, "The file could not be opened.", "Copy it to this computer and try again.") from fault
    return read_bytes(data, file, hints)


def read_bytes(data: bytes, file: str, hints: Hints = _NOTHING_TOLD) -> Spoken:
    """Read a transcript from its bytes; `file` gives the format by its ending, and the name for messages."""
    reader = format_for(file)
    refuse_larger(len(data), file, FILE)
    if not data.strip():
        raise cannot_read(file, "The file is empty.", "Save or export the transcript again.")
    reading = reader.read(data, file)
    refuse_too_much(len(reading.lines), sum(len(line.text) for line in reading.lines), file)
    reading = clean(reading, file)
    if not any(line.text.strip() for line in reading.lines) and not reading.problems:
        raise cannot_read(file, "The file holds no text.", "Save or export the transcript again.")
    heard = hear(reading, file, hints)
    if not heard.said:
        what = "No speech was found in it: only headings, fields, tables or the like."
        raise cannot_read(file, what, "Begin each turn with the speaker's label and a colon (Interviewer: ...).")
    return _spoken(heard, cast(heard, file, hints), reader.name, reading)


def _spoken(heard: Heard, roles: Cast, reader: str, reading: Reading) -> Spoken:
    """Join the turns to one text, and say where each of them stands in it."""
    keys = {fold(label.label): label.key for label in roles.labels}
    turns, end = [], -1
    for n, said in enumerate(heard.said, start=1):
        start, end = end + 1, end + 1 + len(said.text)
        turns.append(Turn(n, start, end, keys[said.speaker], said.place, (), said.begin, said.finish))
    return Spoken(
        text="\n".join(said.text for said in heard.said),
        turns=tuple(turns),
        labels=roles.labels,
        kind=roles.kind,
        kind_told=roles.kind_told,
        reader=reader,
        encoding=reading.encoding,
        problems=(*reading.problems, *heard.problems, *roles.problems),
    )
