"""Names that a person nearly wrote: how two spellings are compared, and what to offer for one that is unknown."""

import difflib
import unicodedata
from collections.abc import Iterable

LONGEST = 120  # difflib takes time with the product of the lengths, and nobody mistypes a page


def spaced(text: str) -> str:
    """A name on one line, with single spaces and nothing at its ends."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """What two spellings of one name have in common: neither case nor spacing nor composed accents matter."""
    return unicodedata.normalize("NFC", spaced(unicodedata.normalize("NFC", text)).casefold())


def near(text: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` of `names` that look like `text`, the best first, as they are written in `names`."""
    written: dict[str, str] = {}
    for name in names:
        written.setdefault(fold(name)[:LONGEST], name)
    wanted = fold(text)[:LONGEST]
    found = difflib.get_close_matches(wanted, written, n=most, cutoff=0.6)
    inside = [name for name in written if name not in found and min(len(name), len(wanted)) > 2]
    inside = [name for name in inside if wanted in name or name in wanted]
    return tuple(written[name] for name in (*found, *inside)[:most])


def quoted(text: str) -> str:
    """A name as messages show it: in quotation marks, cut where it is too long for a line."""
    text = spaced("".join(sign if sign.isprintable() else " " for sign in text[:1_000]))
    return f"“{text if len(text) <= 60 else text[:57] + '...'}”"


def choice(names: Iterable[str]) -> str:
    """“a”, “b” or “c”."""
    listed = [quoted(name) for name in names]
    return " or ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def did_you_mean(text: str, names: Iterable[str]) -> str:
    """A question for the end of a message, or nothing where no name looks like `text`."""
    found = near(text, names)
    return f"Did you mean {choice(found)}?" if found else ""
