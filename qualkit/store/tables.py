"""Which noun is kept in which table, and which of its fields are words.

One description for all: a field called `shown` that is listed in `words` is kept in the column `shown_words`, as the
id of a row of the table `words`. A new noun is one line here and one table in a migration.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, get_type_hints

from qualkit.model.codebook import Theme
from qualkit.model.decisions import Decision, Done
from qualkit.model.people import Attribute, Case, Membership, Participant
from qualkit.model.rows import Row
from qualkit.model.schedule import FrameworkVersion
from qualkit.model.settings import Setting
from qualkit.model.transcripts import ImportNote, Layer, Speaker, Transcript, Version

_BASE = {field.name for field in dataclasses.fields(Row)}
GONE = "[withdrawn]"  # what a reader sees in the place of words that were withdrawn


@dataclass(frozen=True)
class Table:
    name: str
    noun: type[Row]
    words: frozenset[str] = frozenset()

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the payload fields, in order; turns of a layer are rows of their own table."""
        return tuple(f.name for f in dataclasses.fields(self.noun) if f.name not in _BASE and f.name != "turns")

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

    def noun_of(self, id: str, event: str, values: Iterable[Any], supersedes: tuple[str, ...]) -> Row:
        types = get_type_hints(self.noun)
        given = {field: _from_sql(types[field], value) for field, value in zip(self.fields, values, strict=True)}
        return self.noun(id=id, event=event, supersedes=supersedes, **given)


def _from_sql(kind: type, value: Any) -> Any:
    if value is None:
        return GONE
    if kind is bool:
        return bool(value)
    return kind(value) if issubclass(kind, Enum) else value


TABLES = {
    table.noun: table
    for table in (
        Table("participant", Participant, frozenset({"shown", "group"})),
        Table("attribute", Attribute, frozenset({"name", "value"})),
        Table("study_case", Case, frozenset({"shown"})),
        Table("membership", Membership),
        Table("transcript", Transcript, frozenset({"shown"})),
        Table("version", Version, frozenset({"text", "original_name", "stored_as"})),
        Table("speaker", Speaker, frozenset({"label"})),
        Table("layer", Layer),
        Table("import_note", ImportNote, frozenset({"dropped"})),
        Table("framework_version", FrameworkVersion, frozenset({"content"})),
        Table("theme", Theme, frozenset({"name", "level", "definition", "is_not", "example", "reason"})),
        Table("decision", Decision, frozenset({"reason"})),
        Table("done", Done),
        Table("setting", Setting, frozenset({"value"})),
    )
}
