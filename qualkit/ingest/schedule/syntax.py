"""What is wrong with a text that is no YAML, in the words of a person who does not know YAML."""

import re

from qualkit.errors import QualkitError
from qualkit.ingest.schedule.text import Fault, Source

_TAB = re.compile(r"^[ -]*\t", re.MULTILINE)
_FIELD = re.compile(r"[\w ]*")  # without the spaces and dashes before it
_QUOTE = 'Put the whole text in quotation marks: "...".'

# what ruamel says, what that means here, and the remedy; the first that fits
_SAYINGS = (
    ("found character", "a text begins with a character that YAML keeps for itself.", _QUOTE),
    ("while scanning an alias", "a text begins with *.", _QUOTE),
    ("while scanning an anchor", "a text begins with &.", _QUOTE),
    ("while scanning a tag", "a text begins with !.", _QUOTE),
    ("while scanning an tag", "a text begins with !.", _QUOTE),
    ("unknown escape", "a backslash in a text in double quotation marks.", "Use single quotation marks: '...'."),
    ("sequence entries are not", "a list begins on the line of its field.", "Begin it on the next line."),
    ("while scanning a quoted scalar", "a quotation mark that is never closed.", "Close it where the text ends."),
    ("while scanning a block scalar", "text beside | or >.", "Begin the text on the next line."),
    ("expected ',' or ']'", "a list in [ ] that is not closed, or lacks a comma.", f"Close it. If [ is text: {_QUOTE}"),
    (
        "expected ',' or '}'",
        "fields in { } that are not closed, or lack a comma.",
        f"Close them. If {{ is text: {_QUOTE}",
    ),
    ("while scanning a simple key", "this is neither a field nor a list item.", "Write “name: text”, with the colon."),
    (
        "but found '<scalar>'",
        "text after a closing quotation mark or bracket.",
        f"{_QUOTE} An apostrophe in '...' is written ''.",
    ),
    ("but found '-'", "a list item that is not in line with those before it.", "Indent it as they are."),
    ("<block end>", "a line that is not in line with those before it.", "Indent it with spaces as they are."),
    ("'<document start>'", "a line that is not in line with those before it.", "Indent it as the first line is."),
    ("expected the node content", "a bracket that closes nothing.", _QUOTE),
)
_BEGINS = ("while scanning a quoted scalar", "while scanning a simple key", "expected ',' or")  # told where it begins


def explained(source: Source, fault: Exception) -> QualkitError:
    """The error for a text that ruamel could not take apart: where it is, what it is, what mends it."""
    said = f"{getattr(fault, 'context', None) or ''} {getattr(fault, 'problem', None) or ''}"
    marks = [getattr(fault, name, None) for name in ("problem_mark", "context_mark")]
    if any(begins in said for begins in _BEGINS):
        marks.reverse()
    index = next((min(mark.index, len(source.text)) for mark in marks if mark is not None), len(source.text))
    return source.refusal(*(_tabs(source, index) or [_meant(source, index, said)]))


def _tabs(source: Source, index: int) -> list[Fault]:
    """All lines that begin with a tab, where the line that cannot be read does, or has one where the fault lies."""
    first = _TAB.match(source.text, source.start_of(index))
    if first is None and source.text[index : index + 1] != "\t":
        return []
    lines = [match.end() - 1 for match in _TAB.finditer(source.text)] if first else [index]
    return [Fault(place, "a tab.", "YAML wants spaces: write two for each step.") for place in lines]


def _meant(source: Source, index: int, said: str) -> Fault:
    if "mapping values are not allowed" in said:
        if _FIELD.fullmatch(source.text[source.start_of(index) : index].lstrip("- ")):
            what = (
                "this field is indented further than its neighbours, or the line above lacks a space after its colon."
            )
            return Fault(index, what, "Indent the fields of one thing alike, and write “name: text”.")
        return Fault(index, "a colon and a space within a text.", _QUOTE)
    for saying, what, remedy in _SAYINGS:
        if saying in said:
            return Fault(index, what, remedy)
    return Fault(index, "this cannot be read as YAML.", "Compare it with the example in frameworks/.")
