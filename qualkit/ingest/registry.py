"""The formats of transcripts that are read. A further one is a file in `formats` and a line here."""

from pathlib import PurePath

from qualkit.ingest.faults import cannot_read
from qualkit.ingest.formats.docx import Docx
from qualkit.ingest.formats.md import Md
from qualkit.ingest.formats.txt import Txt
from qualkit.ingest.interface import Format
from qualkit.ingest.speech.vocabulary import words

FORMATS: tuple[Format, ...] = (Txt(), Md(), Docx())

_RECORDINGS = words(".mp3 .mp4 .m4a .wav .wma .aac .ogg .flac .mov .avi .webm .mkv")


def extensions() -> tuple[str, ...]:
    """All endings that are read, in lower case, with the dot."""
    return tuple(extension for reader in FORMATS for extension in reader.extensions)


def format_for(file: str) -> Format:
    """The reader for a file by its ending. Raises QualkitError for one that is not read."""
    ending = PurePath(file).suffix.lower()
    for reader in FORMATS:
        if ending in reader.extensions:
            return reader
    known = ", ".join(extensions())
    if ending in _RECORDINGS:
        raise cannot_read(file, "qualkit reads transcripts, not recordings.", f"Give the written transcript ({known}).")
    what = f"Files that end in {ending} are not read as transcripts." if ending else "The file's name has no ending."
    raise cannot_read(
        file, what, f"Open it in Word or LibreOffice and save it as .docx or .txt. (These endings are read: {known}.)"
    )
