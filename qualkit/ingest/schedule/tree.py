"""A YAML text as a tree of texts, lists and fields that all know their place.

ruamel.yaml takes the text apart; the tree is put together here, event by event, so that a file that would grow
without end is refused at the event that goes too far. Nothing is guessed of a value: 2015-06-01, 1.0, no and 007
stay as they are written.
"""

from collections.abc import Iterator
from typing import Any

from qualkit.errors import QualkitError
from qualkit.ingest.schedule.nodes import Fields, List, Node, Text
from qualkit.ingest.schedule.syntax import explained
from qualkit.ingest.schedule.text import LONGEST, Fault, Source

MOST_NODES = 20_000
MOST_ALIASES = 50
DEEPEST = 20


def read_tree(source: Source) -> Node:
    """The one document of a schedule. Raises QualkitError with the place of what is no YAML, or too much of it."""
    builder = _Builder(source)
    for event in _events(source):
        builder.take(event)
    if builder.root is None:
        remedy = "Begin with “framework: ” and its name; frameworks/ holds an example."
        raise source.refusal(Fault(0, "the file holds no fields, only comments or nothing.", remedy))
    return builder.root


def _events(source: Source) -> Iterator[Any]:
    from ruamel.yaml import YAML

    fault = None
    events = YAML(typ="safe", pure=True).parse(source.text)
    while fault is None:
        try:
            event = next(events, None)
        except Exception as raised:  # beside its own errors, ruamel raises ValueError and others on damaged text
            fault = raised
        else:
            if event is None:
                break
            yield event
    if not source.whole:
        raise QualkitError(
            f"{source.file}: the file is longer than {LONGEST // 1000} kB, far more than a schedule.",
            "Look whether this is the file that you mean; a long schedule can be split into two frameworks.",
        )
    if fault is not None:
        raise explained(source, fault) from fault


class _Builder:
    """Takes events one by one, with a stack of its own: the depth of a file is no depth of calls."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.root: Node | None = None
        self.documents = self.nodes = self.aliases = 0
        self.open: list[List | Fields] = []
        self.names: list[Text | None] = []  # the field name of each open mapping whose value comes next
        self.anchors: dict[str, Node] = {}

    def take(self, event: Any) -> None:
        kind, index = type(event).__name__, event.start_mark.index
        if kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise self.fault(
                    index, "a second document begins here.", "Keep one schedule in a file: take out the ---."
                )
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self.open.pop()
            self.names.pop()
        elif kind == "AliasEvent":
            self.add(self.alias(event), index)
        elif kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
            self.node(kind, event)

    def node(self, kind: str, event: Any) -> None:
        index, end = event.start_mark.index, event.end_mark.index
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.fault(index, f"more than {MOST_NODES:,} values up to here, far more than a schedule.")
        if event.tag is not None:
            remedy = "If it belongs to the text, put the whole text in quotation marks; else take it out."
            raise self.fault(index, "a YAML tag (a word after !) is not read.", remedy)
        made: Node
        if kind == "ScalarEvent":
            made = Text(index, end, event.value, event.style or "")
        elif kind == "SequenceStartEvent":
            made = List(index)
        else:
            made = Fields(index, bool(event.flow_style), self.source.text[end - 1 : end] == "{")
        if event.anchor is not None:
            self.anchors[event.anchor] = made
        self.add(made, index)
        if not isinstance(made, Text):
            self.open.append(made)
            self.names.append(None)
            if len(self.open) > DEEPEST:
                raise self.fault(index, f"lists and fields lie more than {DEEPEST} deep, far deeper than a schedule.")

    def alias(self, event: Any) -> Node:
        index = event.start_mark.index
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            raise self.fault(index, f"more than {MOST_ALIASES} YAML aliases (*name).", "Write the texts themselves.")
        found = self.anchors.get(event.anchor)
        if found is None:
            remedy = "If the text begins with *, put it in quotation marks."
            raise self.fault(index, "a text that begins with * is a YAML alias, and nothing has this name.", remedy)
        if isinstance(found, Text):
            return Text(index, event.end_mark.index, found.text, found.style or "*")
        if isinstance(found, List) and not any(found is one for one in self.open):
            self.nodes += len(found.items)
            if all(isinstance(item, Text) for item in found.items):
                return List(index, list(found.items))
        raise self.fault(index, "a YAML alias (*name) stands for fields.", "Write the fields themselves.")

    def add(self, made: Node, index: int) -> None:
        if not self.open:
            self.root = made if self.root is None else self.root
        elif isinstance(parent := self.open[-1], List):
            parent.items.append(made)
        elif (name := self.names[-1]) is not None:
            parent.add(name, made)
            self.names[-1] = None
        elif isinstance(made, Text):
            self.names[-1] = made
        else:
            raise self.fault(index, "the name of a field is a list or fields.", "Write: name: text")

    def fault(self, index: int, what: str, remedy: str = "") -> QualkitError:
        return self.source.refusal(Fault(index, what, remedy))
