"""What pydantic found wrong with the fields of a schedule, told with line, column and remedy."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from qualkit.ingest.schedule.models import CategoryFields, HeadingFields, PartFields, ScheduleFields
from qualkit.ingest.schedule.nodes import Fields, List, Node, Text
from qualkit.ingest.schedule.text import Fault
from qualkit.ingest.tables.files import MOST_TOLD
from qualkit.ingest.tables.telling import Likeness, shown

_Place = tuple[int | str, ...]
_LEVELS: dict[str, tuple[str, type[BaseModel]]] = {
    "": ("the schedule", ScheduleFields),
    "parts": ("a part", PartFields),
    "categories": ("a category", CategoryFields),
    "headings": ("a heading", HeadingFields),
}
# what people write for what we call otherwise; no likeness would find these
_MEANT = {"title": "name", "label": "name", "heading": "name", "topic": "name", "probes": "prompts"}
_NUMBERS = ("number", "no", "nr", "id")


def checked(root: Node) -> ScheduleFields | ValidationError:
    """The fields of a schedule, or what is wrong with them."""
    try:
        return ScheduleFields.model_validate(plain(root))
    except ValidationError as wrong:
        return wrong


def plain(node: Node) -> Any:
    """A tree as dicts, lists and texts. A field that was left empty is left out; of a field given twice the first."""
    if isinstance(node, Text):
        return None if node.missing else node.text
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    pairs = ((name.text, plain(value)) for name, value in reversed(node.pairs))
    return {name: value for name, value in pairs if value is not None}


def field_faults(root: Node, wrong: ValidationError) -> list[Fault]:
    """What is wrong with single fields: unknown, missing, of another kind. Words only for as many as are told."""
    found = sorted(((_index(root, error), error) for error in wrong.errors(include_url=False)), key=lambda one: one[0])
    told = [Fault(index, *_words(error)) for index, error in found[:MOST_TOLD]]
    return told + [Fault(index, "") for index, _ in found[MOST_TOLD:]]


def _index(root: Node, error: Any) -> int:
    """Where a fault lies: at the value, or at the name of a field that should not be there."""
    node, place = root, error["loc"]
    for n, step in enumerate(place):
        if isinstance(node, List) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Fields) and isinstance(step, str) and (pair := node.pair(step)):
            if n == len(place) - 1 and error["type"] in ("extra_forbidden", "missing"):
                return pair[0].start
            node = pair[1]
        else:
            break
    return node.start


def _words(error: Any) -> tuple[str, str]:
    """What is wrong, and the remedy."""
    place, kind, value = error["loc"], error["type"], error.get("input")
    names = [step for step in place if isinstance(step, str)]
    name = shown(names[-1]) if names else "the file"
    if kind == "told":
        return f"{name} {error['ctx']['what']}", error["ctx"]["remedy"]
    if kind == "extra_forbidden":
        return _unknown(names, str(place[-1]))
    if kind == "missing":
        return f"{name} of {_level(names[:-1])} is missing or empty.", f"Write “{names[-1]}: ” and a text after it."
    if kind == "string_type":
        return _no_text(name, value, isinstance(place[-1], int))
    if kind in ("tuple_type", "list_type"):
        return (
            f"{name} holds {_kind(value)}, and a list is expected.",
            "Begin each of its items with “- ” on a new line.",
        )
    what = _level(names) if place else "the schedule"
    if not place:
        return "a schedule begins with fields.", "Write “framework: ” and its name, then “categories:”."
    return f"{what} holds {_kind(value)}, and fields are expected.", "Write “- name: ...”, and its other fields below."


def _no_text(name: str, value: Any, item: bool) -> tuple[str, str]:
    if isinstance(value, dict):
        written = shown(str(next(iter(value), "")))
        what = f"a text of {name} is read as fields, because of the colon after {written}."
        return what, 'Put the whole text in quotation marks: "...".'
    if value is None:
        return f"an item of {name} is empty.", "Write a text after the “- ”, or take it out."
    if item:
        return f"an item of {name} holds a list.", "Write each text on a line of its own, after one “- ”."
    return f"{name} holds a list, and one text is expected.", "Write it on one line, without “- ” and without [ ]."


def _kind(value: Any) -> str:
    kinds = {"dict": "fields", "list": "a list", "str": "a text"}
    return kinds.get(type(value).__name__, "nothing")


def _level(names: Sequence[str]) -> str:
    return _LEVELS[next((name for name in reversed(names) if name in _LEVELS), "")][0]


def _unknown(names: Sequence[str], name: str) -> tuple[str, str]:
    """A field that is not known: mistyped, of another level (wrongly indented), or not ours at all."""
    level, model = _LEVELS[next((one for one in reversed(names[:-1]) if one in _LEVELS), "")]
    fields, lower = list(model.model_fields), name.casefold()
    what = f"{shown(name)} is no field of {level}."
    if lower in _NUMBERS:
        return what, "Numbers are given by the order, keys are written in by qualkit: take the line out."
    if model is ScheduleFields and lower in ("name", "title"):
        return what, "Write “framework: ” and the name of the schedule."
    if meant := next((one for one in fields if one in (lower, _MEANT.get(lower))), None):
        return what, f"Write “{meant}”."
    if name == "<<":
        return what, "Merging is not read: write the fields themselves."
    others = [other for other, of in _LEVELS.values() if lower in of.model_fields]
    if others:
        return what, f"It belongs to {others[-1]}: look at how far the line is indented."
    return what, Likeness().did_you_mean(name, fields) or f"Its fields are: {', '.join(fields)}. A note can follow a #."
