"""Which noun is kept in which table, and which of its fields are words.

One description for all: a field called `shown` that is listed in `words` is kept in the column `shown_words`, as the
id of a row of the table `words`. A new noun is one line here and one table in a migration.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, get_origin, get_type_hints

from qualkit.model.codebook import Theme
from qualkit.model.corrections import Undo, Withdrawal
from qualkit.model.decisions import Decision, Done
from qualkit.model.people import Attribute, Case, Membership, Participant
from qualkit.model.rows import Row
from qualkit.model.schedule import FrameworkVersion
from qualkit.model.settings import Setting
from qualkit.model.transcripts import GONE, ImportNote, Layer, Speaker, Transcript, Version

_BASE = {field.name for field in dataclasses.fields(Row)}
APART = frozenset({"turns", "text", "pieces"})  # fields that are rows of a table of their own


@dataclass(frozen=True)
class Table:
    name: str
    noun: type[Row]
    words: frozenset[str] = frozenset()

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the payload fields, in order."""
        return tuple(f.name for f in dataclasses.fields(self.noun) if f.name not in _BASE | APART)

    def column(self, field: str) -> str:
        return f"{field}_words" if field in self.words else field

    def select(self, condition: str = "") -> str:
        """SQL for all rows of the table with their words, `condition` on the alias t."""
        columns, joins = [], []
        for n, field in enumerate(self.fields):
            if field in self.words:
                columns.append(f"w{n}.text")
                joins.append(f'JOIN words w{n} ON w{n}.id = t."{self.column(field)}"')
            else:
                columns.append(f't."{field}"')
        return (
            f"SELECT t.id, e.event, e.n, {', '.join(columns)} FROM {self.name} t JOIN entry e ON e.id = t.id"
            f" {' '.join(joins)} {condition}"
        )

    def noun_of(self, id: str, event: str, values: Iterable[Any], supersedes: tuple[str, ...], **apart: Any) -> Row:
        given = {field: read(value) for (field, read), value in zip(self._readers, values, strict=True)}
        return self.noun(id=id, event=event, supersedes=supersedes, **given, **apart)

    @cached_property
    def _readers(self) -> list[tuple[str, Callable[[Any], Any]]]:
        types = get_type_hints(self.noun)
        return [(field, _reader(types[field])) for field in self.fields]


def to_sql(value: object) -> object:
    """A field's value as it is kept; tuples as JSON."""
    if isinstance(value, tuple):
        return json.dumps(value, separators=(",", ":"))
    return int(value) if isinstance(value, bool) else value


def _reader(kind: Any) -> Callable[[Any], Any]:
    if kind is bool:
        return bool
    if get_origin(kind) is tuple:
        return lambda value: _tuples(json.loads(value))
    if issubclass(kind, Enum):
        enum: type[Enum] = kind
        return enum
    return lambda value: GONE if value is None else value


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


TABLES = {
    table.noun: table
    for table in (
        Table("participant", Participant, frozenset({"shown", "group"})),
        Table("attribute", Attribute, frozenset({"name", "value"})),
        Table("study_case", Case, frozenset({"shown"})),
        Table("membership", Membership),
        Table("transcript", Transcript, frozenset({"shown"})),
        Table("version", Version, frozenset({"original_name", "stored_as"})),
        Table("speaker", Speaker, frozenset({"label"})),
        Table("layer", Layer, frozenset({"original_name", "stored_as"})),
        Table("import_note", ImportNote, frozenset({"what", "remedy", "dropped"})),
        Table("framework_version", FrameworkVersion, frozenset({"content"})),
        Table("theme", Theme, frozenset({"name", "level", "definition", "is_not", "example", "reason"})),
        Table("decision", Decision, frozenset({"reason"})),
        Table("done", Done),
        Table("setting", Setting, frozenset({"value"})),
        Table("undo", Undo),
        Table("withdrawal", Withdrawal, frozenset({"reason"})),
    )
}
