"""Evidence in words, with the places where a person can check it."""

from collections.abc import Callable

from qualkit.model.index import Evidence
from qualkit.model.schedule import Heading

LONGEST = 160  # characters of a question that are quoted
Refer = Callable[[int, int], str]


def in_words(evidence: Evidence, text: str, heading: Heading, refer: Refer) -> str:
    """One piece of evidence. `text` is the transcript's, `refer` prints a place in it."""
    if evidence.kind == "question":
        return _question(evidence, text, heading, refer)
    if evidence.kind == "meaning":
        return f'near its {_field(evidence, heading)}: "{_quoted(evidence, text)}"'
    if evidence.kind == "neighbour":
        start, end = evidence.spans[0]
        return f"carried by its neighbour {refer(start, end)}"
    said = list(dict.fromkeys(text[start:end].lower() for start, end in evidence.spans))
    if evidence.kind == "own talk":
        return f"words that this study says under it: {', '.join(said)}"
    source = f" (in its {_field(evidence, heading)})" if evidence.field else ""
    return f"words: {', '.join(said)}{source}"


def _question(evidence: Evidence, text: str, heading: Heading, refer: Refer) -> str:
    start, end = evidence.spans[0]
    put = _quoted(evidence, text)
    carried = f", {evidence.carried} follow-up{'s' if evidence.carried > 1 else ''} ago" if evidence.carried else ""
    near = _field(evidence, heading)
    why = f"near its {near}" if near else "in other words; by the answers and the order of the schedule"
    return f'asked at {refer(start, end)}{carried}: "{put}" ({why})'


def _quoted(evidence: Evidence, text: str) -> str:
    start, end = evidence.spans[0]
    said = " ".join(text[start:end].split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"


def _field(evidence: Evidence, heading: Heading) -> str:
    many = {"question": heading.questions, "prompt": heading.prompts, "keyword": heading.keywords}.get(evidence.field)
    if evidence.field in ("keyword", "words"):
        return "keywords" if evidence.field == "keyword" else "wording"
    return f"{evidence.field} {evidence.item}" if many and len(many) > 1 else evidence.field
