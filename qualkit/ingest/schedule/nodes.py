"""The tree of a schedule: texts, lists and fields, each with its place in the source, as a count of signs."""

from dataclasses import dataclass, field

_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(eq=False)
class Text:
    """A value as written. `end` is where it ends in the source; `style` is its quotation mark, | or >, or nothing."""

    start: int
    end: int
    text: str
    style: str = ""

    @property
    def missing(self) -> bool:
        return not self.style and self.text in _NOTHING


@dataclass(eq=False)
class List:
    start: int
    items: "list[Node]" = field(default_factory=list)


@dataclass(eq=False)
class Fields:
    """A mapping. `braces`: it is written { }; `flow`: within { } or [ ], where line ends mean nothing."""

    start: int
    flow: bool = False
    braces: bool = False
    pairs: "list[tuple[Text, Node]]" = field(default_factory=list)
    _first: "dict[str, tuple[Text, Node]]" = field(default_factory=dict)  # by name

    def add(self, name: Text, value: "Node") -> None:
        self.pairs.append((name, value))
        self._first.setdefault(name.text, (name, value))

    def get(self, name: str) -> "Node | None":
        """The value of a field, unless it was left empty."""
        found = self.pair(name)
        return None if found is None or (isinstance(found[1], Text) and found[1].missing) else found[1]

    def pair(self, name: str) -> "tuple[Text, Node] | None":
        return self._first.get(name)


Node = Text | List | Fields
