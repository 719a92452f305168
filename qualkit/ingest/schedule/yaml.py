"""Schedules (topic guides) in YAML: read into a framework, and the keys that were missing written back once."""

import contextlib
import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualkit.errors import QualkitError
from qualkit.files import drafting, put_in_place, sweep
from qualkit.framework.keys import keys_of, with_keys
from qualkit.framework.numbering import numbered
from qualkit.ingest.schedule.keys import written_in
from qualkit.ingest.schedule.nodes import Fields
from qualkit.ingest.schedule.outline import Branch, faults, no_headings, notes, outline
from qualkit.ingest.schedule.text import LONGEST, Source, read_source
from qualkit.ingest.schedule.tree import read_tree
from qualkit.ingest.tables.files import read_bytes
from qualkit.model.rows import Problem
from qualkit.model.schedule import Category, Framework, Heading

if TYPE_CHECKING:
    from qualkit.ingest.schedule.models import CategoryFields, ScheduleFields


@dataclass(frozen=True)
class ScheduleFile:
    """A schedule as read. `with_keys` is its text with the missing keys written in, else unchanged.

    `given` are the keys that the file does not hold yet; `sha256` is the hash of the file as it was read.
    """

    framework: Framework
    problems: tuple[Problem, ...]
    with_keys: str
    given: tuple[str, ...]
    sha256: str
    source: Source


def read_schedule(path: Path) -> ScheduleFile:
    """Read a schedule. Raises QualkitError that lists every fault of the file, with line, column and remedy."""
    source, data = read_source(path)
    schedule, framework = _understood(source)
    given = tuple(key for branch, key in zip(schedule.keyed(), keys_of(framework), strict=True) if branch.key is None)
    problems = tuple(source.told(note, serious=False) for note in notes(source, schedule))
    text = written_in(source, schedule, framework)
    if given and not _reads_the_same(source, text, framework):
        text = source.text
        what = f"the keys cannot be written into this file: {', '.join(given)}."
        problems += (Problem(str(path), "", what, "Write each below its name: “key: ” and the key."),)
    return ScheduleFile(framework, problems, text, given, hashlib.sha256(data).hexdigest(), source)


def write_keys(path: Path, schedule: ScheduleFile) -> bool:
    """Write the missing keys into the file that was read; True if there were any.

    The file is replaced whole or not at all, and never when someone has changed it since it was read.
    """
    if schedule.with_keys == schedule.source.text:
        return False
    try:
        real = path.resolve(strict=True)  # a link stays a link
        _replace(real, schedule.source.encoded(schedule.with_keys), schedule.sha256)
    except OSError as fault:
        why = os.strerror(fault.errno) if fault.errno else "unknown reason"
        raise QualkitError(
            f"{path}: the keys cannot be written into the file ({why}). It stays as it was.",
            "Close it in other programs, or copy it to a folder where you may write, and read it there.",
        ) from fault
    return True


def _replace(path: Path, data: bytes, as_read: str) -> None:
    sweep([path.parent])  # what was left there when this was interrupted
    mode = path.stat().st_mode & 0o7777
    if not os.access(path, os.W_OK):
        raise PermissionError(13, "read only")  # renaming over it would get round that
    with drafting(path) as draft:
        draft.write_bytes(data)
        draft.chmod(mode)
        if hashlib.sha256(read_bytes(path, LONGEST)).hexdigest() != as_read:
            raise QualkitError(
                f"{path}: the file was changed while it was read. Nothing was written into it.",
                "Save your changes, then read it again.",
            )
        put_in_place(draft, path)


def _understood(source: Source) -> tuple[Branch, Framework]:
    """The framework that a text holds. Raises QualkitError with all that is wrong with it."""
    from pydantic import ValidationError

    from qualkit.ingest.schedule.faults import checked, field_faults

    root = read_tree(source)
    fields = checked(root)
    schedule = outline(root if isinstance(root, Fields) else Fields(root.start))
    found = list(faults(source, schedule)) if isinstance(root, Fields) else []
    if isinstance(fields, ValidationError):
        raise source.refusal(*found, *field_faults(root, fields))
    if found := found or list(no_headings(schedule)):
        raise source.refusal(*found)
    return schedule, with_keys(numbered(_framework(fields)))


def _reads_the_same(source: Source, text: str, framework: Framework) -> bool:
    with contextlib.suppress(QualkitError):
        return len(source.encoded(text)) <= LONGEST and _understood(replace(source, text=text))[1] == framework
    return False


def _framework(fields: "ScheduleFields") -> Framework:
    categories = [_category(one, part.name) for part in fields.parts for one in part.categories]
    categories += [_category(one, "") for one in fields.categories]
    version = fields.version or "1"
    return Framework(fields.key, fields.framework, version, tuple(categories), fields.used_from, fields.language)


def _category(fields: "CategoryFields", part: str) -> Category:
    headings = (Heading(number="", **heading.model_dump()) for heading in fields.headings)
    return Category(fields.key, "", fields.name, part, tuple(headings))
