"""The bytes of a table as text, as spreadsheets write them. A letter that is lost stops it: a name may hang on it."""

import re
from dataclasses import dataclass

from qualkit.errors import QualkitError
from qualkit.ingest.encodings import code_page, is_no_text, mark_of, unmarked_utf16

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# what is not Western in Windows-1252: four accents in a row, a capital or a sign within a word
_ODD = re.compile(r"[^\W\d_a-zA-Z]{4}|[a-zß-ÿ][ŽŠŸ‡ˆ†„‹ƒ‰]|[‡ˆ†‰ƒ‹][a-zß-ÿ]|\w[‚„…‹›“¡-¶¸-¿×÷]\w")
_PAGES = ("mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "big5")
_MOST_CONTROL = 0.002  # share of control characters that a table may have


@dataclass(frozen=True)
class Decoded:
    """`guess`: the encoding is not certain, and accented letters should be looked at."""

    text: str
    encoding: str
    guess: bool = False


def decode(data: bytes, file: str) -> Decoded:
    """The text without its byte order mark. Raises QualkitError for what is no text."""
    found = _decoded(data, file)
    if is_no_text(found.text, _MOST_CONTROL):
        raise QualkitError(f"{file}: this is no text file.", "Look whether this is the file that you mean.")
    return found


def _decoded(data: bytes, file: str) -> Decoded:
    mark, codec = mark_of(data)
    encoding = codec or (b"\0" in data and unmarked_utf16(data)) or "utf-8"
    try:
        return Decoded(data[len(mark) :].decode(encoding), encoding)
    except UnicodeDecodeError as fault:
        if encoding != "utf-8" or mark or _is_damaged_utf8(data):
            line = data[: fault.start].count("\n".encode(encoding)) + 1
            raise QualkitError(
                f"{file}, line {line}: a character that is not {encoding.upper()}, as the rest of the file is.",
                "Type the character anew in an editor or spreadsheet, and save the file as UTF-8.",
            ) from fault
    return _guessed(data, file)


def _is_damaged_utf8(data: bytes) -> bool:
    whole = len(_MULTIBYTE.findall(data))
    return whole > 2 * data.decode("utf-8", "replace").count("\ufffd")


def _guessed(data: bytes, file: str) -> Decoded:
    page = code_page(data, _PAGES, lambda western: not _ODD.search(western))
    try:
        return Decoded(data.decode(page or "ascii"), page or "", guess=True)
    except UnicodeDecodeError as fault:
        raise QualkitError(
            f"{file}: the characters are in no encoding that is known here.", "Save the file as UTF-8."
        ) from fault
