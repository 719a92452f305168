"""What a file is by its first bytes, whatever its name says."""

import re

from qualkit.ingest.faults import cannot_read

_PICTURE = "It holds a picture ({}), whatever its name says."
_SOUND = "It holds a recording ({}), whatever its name says."
_TYPE_IT = "Give the transcript itself, as a .docx, .md or .txt file."
_TRANSCRIBE = "qualkit reads transcripts, not recordings: give the written transcript as a .docx, .md or .txt file."
_SAVE_AS = "Open it in Word or LibreOffice and save it as a Word document (.docx)."
_RENAME = "Give the file its right ending (.docx), or save it from Word as plain text."

_SIGNS: tuple[tuple[bytes, str, str], ...] = (
    (rb"\x89PNG", _PICTURE.format("PNG"), _TYPE_IT),
    (rb"\xff\xd8\xff", _PICTURE.format("JPEG"), _TYPE_IT),
    (rb"GIF8[79]a", _PICTURE.format("GIF"), _TYPE_IT),
    (rb"II\*\0|MM\0\*", _PICTURE.format("TIFF"), _TYPE_IT),
    (rb"RIFF....WEBP", _PICTURE.format("WebP"), _TYPE_IT),
    (rb"RIFF....WAVE", _SOUND.format("WAV"), _TRANSCRIBE),
    (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2][\x10-\xff]", _SOUND.format("MP3"), _TRANSCRIBE),
    (rb"OggS\0|fLaC\0", _SOUND.format("Ogg or FLAC"), _TRANSCRIBE),
    (rb"\0\0\0.ftyp", _SOUND.format("MP4"), _TRANSCRIBE),
    (rb"%PDF-", "It is a PDF.", _SAVE_AS),
    (rb"\{\\rtf", "It is in Rich Text Format (RTF).", _SAVE_AS),
    (rb"\xd0\xcf\x11\xe0", "It is an old Word document (.doc) or another old Office file.", _SAVE_AS),
    (rb"PK\x03\x04|PK\x05\x06", "It is a Word document or another packed file (ZIP), not plain text.", _RENAME),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!\x1a", "It is a packed file.", "Unpack it first."),
    (rb"SQLite format 3\0", "It is a database.", _TYPE_IT),
)
_PAGES = (b"<!doctype html", b"<html", b"<?xml")


def what_else(data: bytes) -> tuple[str, str] | None:
    """What a file is that is not plain text, and the remedy; None for what may be text."""
    for sign, what, remedy in _SIGNS:
        if re.match(sign, data[:16], re.DOTALL):
            return what, remedy
    start = data[:1000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(_PAGES):
        return "It is a web page (HTML) or XML.", _SAVE_AS
    return None


def refuse_other_than_text(data: bytes, file: str) -> None:
    """Raises QualkitError for pictures, recordings, packed files and documents under the name of a text."""
    if other := what_else(data):
        raise cannot_read(file, *other)
