"""Writing missing keys into a schedule. Only they are put in: every other sign of the file stays where it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualkit.framework.keys import keys_of
from qualkit.ingest.schedule.nodes import Text
from qualkit.ingest.schedule.outline import Branch
from qualkit.ingest.schedule.text import Source
from qualkit.model.schedule import Framework


@dataclass(frozen=True)
class Edit:
    """Put `text` in the place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def written_in(source: Source, schedule: Branch, framework: Framework) -> str:
    """The text of the source with the keys of `framework` where the schedule has none."""
    branches = zip(schedule.keyed(), keys_of(framework), strict=True)
    edits = [edit for branch, key in branches if branch.key is None for edit in _edits(source, branch, key)]
    text, done = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        text += [source.text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*text, source.text[done:]])


def _edits(source: Source, branch: Branch, key: str) -> Iterator[Edit]:
    if pair := branch.fields.pair("key"):
        yield _filled(source, *pair, key)
    elif branch.fields.flow:
        yield from _within_braces(branch, key)
    else:
        yield _below_name(source, branch, key)


def _filled(source: Source, name: Text, value: object, key: str) -> Edit:
    """The field is there and holds nothing: "key:", "key: ~" or "key: ''"."""
    if isinstance(value, Text) and value.end > value.start:
        return Edit(value.start, value.end, key)
    colon = source.text.find(":", name.end)
    if colon < 0 or source.text[name.end : colon].strip():
        return Edit(name.end, name.end, f": {key}")
    return Edit(colon + 1, colon + 1, f" {key}")


def _within_braces(branch: Branch, key: str) -> Iterator[Edit]:
    """{name: Pain} becomes {name: Pain, key: h-...}; in JSON the field is quoted as the others are."""
    name, value = _named(branch)
    field = f', "key": "{key}"' if name.style == '"' else f", key: {key}"
    if branch.fields.braces:
        yield Edit(value.end, value.end, field)
    else:  # [name: Pain] holds fields without braces, and they can be but one
        yield Edit(name.start, name.start, "{")
        yield Edit(value.end, value.end, f"{field}}}")


def _below_name(source: Source, branch: Branch, key: str) -> Edit:
    """A line of its own after the name, in line with the other fields."""
    value = _named(branch)[1]
    first = branch.fields.pairs[0][0].start
    before = source.text[source.start_of(first) : first].rstrip()
    column = (len(before) - 1) if before.endswith("?") else first - source.start_of(first)
    last = value.start + len(source.text[value.start : value.end].rstrip())  # | and > count the empty lines after them
    end = source.end_of(last)
    line = f"{' ' * column}key: {key}"
    line_end = source.line_end(end)
    after = end + len(line_end)
    return Edit(end, end, line_end + line) if after > len(source.text) else Edit(after, after, line + line_end)


def _named(branch: Branch) -> tuple[Text, Text]:
    name, value = branch.fields.pair("framework" if branch.what == "schedule" else "name") or (None, None)
    assert name is not None  # a schedule without names is refused before
    assert isinstance(value, Text)
    return name, value
