"""How bytes may be stored as text: byte order marks, UTF-16 without one, and the code pages from before Unicode.

What is made of bytes that do not fit is for the readers to say: a transcript loses a letter, a table is refused.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

_MARKS = (  # the longer before those they begin with
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_SAMPLE = 200_000  # bytes


def mark_of(data: bytes) -> tuple[bytes, str]:
    """The byte order mark at the beginning and the encoding it stands for; nothing where there is none."""
    return next(((mark, codec) for mark, codec in _MARKS if data.startswith(mark)), (b"", ""))


def is_no_text(text: str, most: float) -> bool:
    """Does it hold NUL, or a greater share of control characters than `most`?"""
    return "\0" in text or len(_CONTROL.findall(text)) > most * len(text)


def unmarked_utf16(data: bytes) -> str:
    """The byte order of UTF-16 without a mark: spaces and line feeds tell, if what comes out is text at all."""
    pairs = Counter(zip(data[: 1 << 16 : 2], data[1 : 1 << 16 : 2], strict=False))
    little, big = sum(pairs[sign, 0] for sign in b" \n\r\t"), sum(pairs[0, sign] for sign in b" \n\r\t")
    if little == big or len(data) % 2 or _is_text_with_a_few_nuls(data):
        return ""
    codec = "utf-16-le" if little > big else "utf-16-be"
    text = data[: 1 << 16].decode(codec, errors="ignore")
    odd = sum(unicodedata.category(sign) in ("Cc", "Cn", "Co") and sign not in "\t\n\r\f\v" for sign in text)
    return codec if odd <= 0.01 * len(text) else ""


def _is_text_with_a_few_nuls(data: bytes) -> bool:
    """Damaged UTF-8 is no UTF-16: without the zeros it reads as text, and there are too few for a western language."""
    if data.count(0) > len(data) / 4:
        return False
    try:
        text = data.replace(b"\0", b"").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(_CONTROL.findall(text)) < len(text) / 4


def code_page(data: bytes, pages: Sequence[str], is_western: Callable[[str], bool]) -> str | None:
    """The likeliest code page of bytes that are no UTF-8: always a guess, as the bytes do not say.

    `is_western` judges text read as Windows-1252, which is asked first; `pages` are the others that may be.
    """
    sample = _from_the_first_accent(data)
    western = sample.decode("cp1252", errors="replace")
    if "\ufffd" not in western and is_western(western):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=["cp1252", *pages]).best()
    return best.encoding if best else None


def _from_the_first_accent(data: bytes) -> bytes:
    """Whole lines, as far as there are any, so that no letter of several bytes is cut."""
    accent = re.search(rb"[\x80-\xff]", data)
    start = data.rfind(b"\n", 0, accent.start()) + 1 if accent else 0
    start = max(start, accent.start() - _SAMPLE // 2) if accent else 0
    end = data.rfind(b"\n", start, start + _SAMPLE)
    return data[start:end] if end > start and len(data) > start + _SAMPLE else data[start : start + _SAMPLE]
