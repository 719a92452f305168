"""The bytes of a table as text: UTF-8, UTF-16 and Windows-1252 as spreadsheets write them, else a good guess, told."""

import codecs
import re
from dataclasses import dataclass

from qualkit.errors import QualkitError

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, which begins alike
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# what is not Western in Windows-1252: four accents in a row, a capital or a sign within a word
_ODD = re.compile(r"[^\W\d_a-zA-Z]{4}|[a-zß-ÿ][ŽŠŸ‡ˆ†„‹ƒ‰]|[‡ˆ†‰ƒ‹][a-zß-ÿ]|\w[‚„…‹›“¡-¶¸-¿×÷]\w")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_GUESSES = ["mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "big5"]
_SAMPLE = 100_000


@dataclass(frozen=True)
class Decoded:
    """`guess`: the encoding is not certain, and accented letters should be looked at."""

    text: str
    encoding: str
    guess: bool = False


def decode(data: bytes, file: str) -> Decoded:
    """The text without its byte order mark. Raises QualkitError for what is no text."""
    found = _decoded(data, file)
    control = len(_CONTROL.findall(found.text))
    if "\0" in found.text or control > len(found.text) / 500:
        raise QualkitError(f"{file}: this is no text file.", "Look whether this is the file that you mean.")
    return found


def _decoded(data: bytes, file: str) -> Decoded:
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark) or _unmarked_utf16(data) or "utf-8"
    try:
        return Decoded(data[len(mark) :].decode(encoding), encoding)
    except UnicodeDecodeError as fault:
        if encoding != "utf-8" or mark or _is_damaged_utf8(data):
            line = data[: fault.start].count("\n".encode(encoding)) + 1
            raise QualkitError(
                f"{file}, line {line}: a character that is not {encoding.upper()}, as the rest of the file is.",
                "Type the character anew in an editor or spreadsheet, and save the file as UTF-8.",
            ) from fault
    return _without_mark(data, file)


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 that came without its mark: every second byte of Western text is zero."""
    start = data[:2000]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) / 4 or min(even, odd) > len(start) / 100:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_damaged_utf8(data: bytes) -> bool:
    whole = len(_MULTIBYTE.findall(data))
    return whole > 2 * data.decode("utf-8", "replace").count("�")


def _without_mark(data: bytes, file: str) -> Decoded:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and not _ODD.search(text):
        return Decoded(text, "cp1252", guess=True)
    return _guessed(data, file)


def _guessed(data: bytes, file: str) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=[*_GUESSES, "cp1252"]).best()
    try:
        return Decoded(data.decode(best.encoding if best else "ascii"), best.encoding if best else "", guess=True)
    except UnicodeDecodeError as fault:
        raise QualkitError(
            f"{file}: the characters are in no encoding that is known here.", "Save the file as UTF-8."
        ) from fault
