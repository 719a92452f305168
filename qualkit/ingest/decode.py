"""The bytes of a transcript as text, whatever they are stored as: letters that are lost are marked, and told."""

import re
from dataclasses import dataclass

from qualkit.ingest.bounds import PLAIN_TEXT, refuse_larger, refuse_too_much
from qualkit.ingest.characters import with_line_feeds
from qualkit.ingest.encodings import code_page, is_no_text, mark_of, unmarked_utf16
from qualkit.ingest.faults import cannot_read
from qualkit.model.rows import Problem

_AS_TEXT = "Open it in the program that made it, and save it as plain text in UTF-8 or as a Word document (.docx)."
# A sign or a capital inside a word, or three accents in a row: the letters of another code page.
_NOT_WESTERN = re.compile(r"(?<=[^\W\d_])[¡-³µ¶¸¹»-¿×÷](?=[^\W\d_])|(?<=[a-zß-ÿ])[À-ÞŠŽŸ]|[À-ÿŠšŽžŒœŸ]{3,}")
_PAGES = (
    *("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "mac_roman", "koi8_r"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_MOST_CONTROL = 0.01  # share of control characters that a text may have


@dataclass(frozen=True)
class Decoded:
    """`text` has line feeds only. A guess and lost letters are told in `problems`."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, file: str) -> Decoded:
    """Read bytes as text. Raises QualkitError for what is no text."""
    refuse_larger(len(data), file, PLAIN_TEXT)
    decoded = _marked(data) or _without_mark(data, file)
    if is_no_text(decoded.text, _MOST_CONTROL):
        raise cannot_read(file, "It holds bytes that no text has: it is damaged, or not a text file.", _AS_TEXT)
    text = with_line_feeds(decoded.text).removeprefix("\ufeff")
    refuse_too_much(text.count("\n"), len(text), file)
    return Decoded(text, decoded.encoding, decoded.problems)


def _marked(data: bytes) -> Decoded | None:
    mark, codec = mark_of(data)
    if not mark:
        return None
    return Decoded(data[len(mark) :].decode(codec, errors="replace"), f"{_named(codec)} with BOM")


def _named(codec: str) -> str:
    return codec.upper().removesuffix("-LE").removesuffix("-BE")


def _without_mark(data: bytes, file: str) -> Decoded:
    if b"\0" in data:
        codec = unmarked_utf16(data)
        if not codec:
            raise cannot_read(file, "It holds bytes that no text has (NUL): it is damaged, or not text.", _AS_TEXT)
        return Decoded(data.decode(codec, errors="replace"), f"{_named(codec)} without BOM")
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _broken_utf8(data) or _old(data, file)


def _broken_utf8(data: bytes) -> Decoded | None:
    """UTF-8 but for a few bytes: ten letters that are right for each that is lost."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", errors="ignore")) - lost < 10 * lost:
        return None
    return Decoded(text, "UTF-8, damaged")


def _old(data: bytes, file: str) -> Decoded:
    """A code page from before Unicode. The bytes do not say which: a guess, and told as one."""
    page = code_page(data, _PAGES, _reads_well)
    if page is None:
        raise cannot_read(file, "How its letters are stored could not be made out.", _AS_TEXT)
    encoding = "Windows-1252" if page == "cp1252" else page
    what = f"The file does not say how its letters are stored: it was read as {encoding}."
    remedy = "If letters with accents look wrong, save the file as UTF-8 and import it again."
    return Decoded(data.decode(page, errors="replace"), encoding, (Problem(file, "", what, remedy, serious=False),))


def _reads_well(text: str) -> bool:
    """Does text read as Windows-1252 look like a western language? No signs or capitals inside words, few accents."""
    accents = len(re.findall(r"[^\x00-\x7f]", text))
    letters = len(re.findall(r"[^\W\d_]", text))
    return len(_NOT_WESTERN.findall(text)) <= 0.05 * accents and accents <= 0.25 * letters
