"""Lines of a form ("Date of interview: 3 May"): what tells them from labels, and names from what one says."""

import re

from qualkit.ingest.interface import Line
from qualkit.ingest.speech.labels import fold, with_colon
from qualkit.ingest.speech.vocabulary import FIELD_WORDS, GREETINGS, LISTS, words

_SMALL = words("de da di du del della van von der den la le el bin al of the and")


def says_field(label: str) -> bool:
    """A label such as "Date of interview" or "Participant ID", which is no speaker's."""
    noun = re.split(r"\s(?:of|by|on|at|in|with|der|des|de|du|del)\s?\b|\s*\(", fold(label))[0].split()
    return fold(label) in LISTS or (0 < len(noun) <= 4 and noun[-1] in FIELD_WORDS)


def is_name(value: str) -> bool:
    """Written like a name or a number ("Dana Reed", "P03", "Lisa B."), unlike what one says."""
    words = value.strip(" \\*_").split()
    if not 0 < len(words) <= 6 or words[-1][-1] in "?!…" or words[0].casefold().strip(",") in GREETINGS:
        return False
    if words[-1].endswith(".") and len(words[-1]) > (2 if len(words) == 1 else 4):
        return False
    return all(word in _SMALL or word.lstrip("([")[:1].isupper() or word.lstrip("([")[:1].isdigit() for word in words)


def field_of(line: Line) -> tuple[str, str] | None:
    """Key and value of a line "Key: value"."""
    found = with_colon(line.text) if line.speaker is None else None
    return (found.label, line.text[found.start : found.stop].strip()) if found else None
