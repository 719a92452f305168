"""Bytes to text: UTF-8, UTF-16, UTF-32 and, where the bytes leave it open, the likeliest of the old code pages."""

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from qualkit.ingest.characters import with_line_feeds
from qualkit.ingest.faults import cannot_read
from qualkit.model.rows import Problem

_MARKS = (  # byte order marks; the longer before those they begin with
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 with BOM"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 with BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 with BOM"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 with BOM"),
)
_AS_TEXT = "Open it in the program that made it, and save it as plain text in UTF-8 or as a Word document (.docx)."
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
# A sign or a capital inside a word, or three accents in a row: the letters of another code page.
_NOT_WESTERN = re.compile(r"(?<=[^\W\d_])[¡-³µ¶¸¹»-¿×÷](?=[^\W\d_])|(?<=[a-zß-ÿ])[À-ÞŠŽŸ]|[À-ÿŠšŽžŒœŸ]{3,}")
_OLD = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "mac_roman", "koi8_r")
_OLD_EAST_ASIAN = ("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr")


@dataclass(frozen=True)
class Decoded:
    """`text` has line feeds only. A guess and lost letters are told in `problems`."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, file: str) -> Decoded:
    """Read bytes as text. Raises QualkitError for what is no text."""
    decoded = _marked(data) or _without_mark(data, file)
    if "\0" in decoded.text or len(_CONTROL.findall(decoded.text)) > 0.01 * len(decoded.text):
        raise cannot_read(file, "It holds bytes that no text has: it is damaged, or not a text file.", _AS_TEXT)
    text = with_line_feeds(decoded.text).removeprefix("\ufeff")
    return Decoded(text, decoded.encoding, decoded.problems)


def _marked(data: bytes) -> Decoded | None:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(codec, errors="replace"), name)
    return None


def _without_mark(data: bytes, file: str) -> Decoded:
    if b"\0" in data:
        codec = _utf16(data)
        if not codec:
            raise cannot_read(file, "It holds bytes that no text has (NUL): it is damaged, or not text.", _AS_TEXT)
        return Decoded(data.decode(codec, errors="replace"), "UTF-16 without BOM")
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _broken_utf8(data) or _old(data, file)


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: spaces and line feeds tell, if what comes out is text at all."""
    pairs = Counter(zip(data[: 1 << 16 : 2], data[1 : 1 << 16 : 2], strict=False))
    little, big = sum(pairs[sign, 0] for sign in b" \n\r\t"), sum(pairs[0, sign] for sign in b" \n\r\t")
    if little == big or len(data) % 2 or _is_text_with_a_few_nuls(data):
        return None
    codec = "utf-16-le" if little > big else "utf-16-be"
    text = data[: 1 << 16].decode(codec, errors="ignore")
    odd = sum(unicodedata.category(sign) in ("Cc", "Cn", "Co") and sign not in "\t\n\r\f\v" for sign in text)
    return codec if odd <= 0.01 * len(text) else None


def _is_text_with_a_few_nuls(data: bytes) -> bool:
    """Damaged UTF-8 is no UTF-16: without the zeros it reads as text, and there are too few for a western language."""
    if data.count(0) > len(data) / 4:
        return False
    try:
        text = data.replace(b"\0", b"").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(_CONTROL.findall(text)) < len(text) / 4


def _broken_utf8(data: bytes) -> Decoded | None:
    """UTF-8 but for a few bytes: ten letters that are right for each that is lost."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if sum(sign > "\x7f" for sign in text) - lost < 10 * lost:
        return None
    return Decoded(text, "UTF-8, damaged")


def _old(data: bytes, file: str) -> Decoded:
    """A code page from before Unicode. The bytes do not say which: a guess, and told as one."""
    western = data.decode("cp1252", errors="replace")
    if "\ufffd" not in western and _reads_well(western):
        return _guess(western, "Windows-1252", file)
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=[*_OLD, *_OLD_EAST_ASIAN]).best()
    if best is None:
        raise cannot_read(file, "How its letters are stored could not be made out.", _AS_TEXT)
    return _guess(data.decode(best.encoding, errors="replace"), best.encoding, file)


def _reads_well(text: str) -> bool:
    """Does text read as Windows-1252 look like a western language? No signs or capitals inside words, few accents."""
    accents = len(re.findall(r"[^\x00-\x7f]", text))
    letters = len(re.findall(r"[^\W\d_]", text))
    return len(_NOT_WESTERN.findall(text)) <= 0.05 * accents and accents <= 0.25 * letters


def _guess(text: str, encoding: str, file: str) -> Decoded:
    what = f"The file does not say how its letters are stored: it was read as {encoding}."
    remedy = "If letters with accents look wrong, save the file as UTF-8 and import it again."
    return Decoded(text, encoding, (Problem(file, "", what, remedy, serious=False),))
