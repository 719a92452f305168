"""Missing keys are written into the file once, and nothing else of it changes, byte for byte."""

import codecs
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import QualkitError
from qualkit.framework.diff import diff
from qualkit.framework.keys import keys_of
from qualkit.ingest.schedule.yaml import ScheduleFile, read_schedule, write_keys

BEFORE = """\
# our guide,  two spaces
framework:   "Pain"      # the name
version: 2
parts:

  - name: One            # a part
    categories:
      - name: Managing pain   # number 1
        headings:
          -   name: 'Medicines'
              questions: [ "How?",   What ]   # flow
          # a comment between
          - definition: >
              Folded
              text

            name: Sleep
          - {name: Work, keywords: [a, b]}
          - name: >-
              In two
              lines

          - key:
            name: Money
          - name: Family
            key: ''   # to come
          - {"name": "Json", "prompts": ["x"]}
          - name: Kept
            key: h-kept
          - name:
              Below
            # and a comment
          - name: Last"""
AFTER = """\
# our guide,  two spaces
framework:   "Pain"      # the name
key: f-1
version: 2
parts:

  - name: One            # a part
    categories:
      - name: Managing pain   # number 1
        key: c-2
        headings:
          -   name: 'Medicines'
              key: h-3
              questions: [ "How?",   What ]   # flow
          # a comment between
          - definition: >
              Folded
              text

            name: Sleep
            key: h-4
          - {name: Work, key: h-5, keywords: [a, b]}
          - name: >-
              In two
              lines
            key: h-6

          - key: h-7
            name: Money
          - name: Family
            key: h-8   # to come
          - {"name": "Json", "key": "h-9", "prompts": ["x"]}
          - name: Kept
            key: h-kept
          - name:
              Below
            key: h-10
            # and a comment
          - name: Last
            key: h-11"""


def read(folder: Path, data: bytes) -> ScheduleFile:
    path = folder / "schedule.yaml"
    path.write_bytes(data)
    return read_schedule(path)


def test_where_keys_are_written(tmp_path: Path) -> None:
    schedule = read(tmp_path, BEFORE.encode())
    written = schedule.with_keys
    for n, key in enumerate(schedule.given, 1):
        written = written.replace(key, f"{key[0]}-{n}")
    assert written == AFTER
    assert read(tmp_path, schedule.with_keys.encode()).framework == schedule.framework


def test_a_file_with_all_keys_stays(tmp_path: Path) -> None:
    schedule = read(tmp_path, BEFORE.encode())
    path = tmp_path / "schedule.yaml"
    assert write_keys(path, schedule)
    before = path.stat()
    again = read_schedule(path)
    assert not again.given
    assert not write_keys(path, again)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert again.framework == schedule.framework


def test_a_renamed_heading_keeps_its_key(tmp_path: Path) -> None:
    first = read(tmp_path, BEFORE.encode())
    changed = first.with_keys.replace("name: 'Medicines'", "name: Tablets and drops")
    second = read(tmp_path, changed.encode())
    assert list(keys_of(second.framework)) == list(keys_of(first.framework))
    assert [str(change) for change in diff(first.framework, second.framework)] == [
        f"heading “Tablets and drops” ({first.given[2]}) renamed, was “Medicines”"
    ]


def test_the_mode_stays_and_no_other_file_is_left(tmp_path: Path) -> None:
    schedule = read(tmp_path, BEFORE.encode())
    path = tmp_path / "schedule.yaml"
    path.chmod(0o640)
    assert write_keys(path, schedule)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640 or os.name == "nt"
    assert os.listdir(tmp_path) == ["schedule.yaml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    schedule = read(tmp_path, BEFORE.encode())
    link = tmp_path / "link.yaml"
    link.symlink_to(tmp_path / "schedule.yaml")
    assert write_keys(link, schedule)
    assert link.is_symlink()
    assert not read_schedule(tmp_path / "schedule.yaml").given


def test_an_edit_made_meanwhile_is_never_overwritten(tmp_path: Path) -> None:
    schedule = read(tmp_path, BEFORE.encode())
    path = tmp_path / "schedule.yaml"
    path.write_text(BEFORE.replace("Sleep", "Sleeping"))
    with pytest.raises(QualkitError, match="changed while it was read") as told:
        write_keys(path, schedule)
    assert "read it again" in told.value.hint
    assert path.read_text() == BEFORE.replace("Sleep", "Sleeping")
    assert os.listdir(tmp_path) == ["schedule.yaml"]


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    schedule = read(tmp_path, BEFORE.encode())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, fails, full)
    with pytest.raises(QualkitError, match="No space left on device"):
        write_keys(tmp_path / "schedule.yaml", schedule)
    assert (tmp_path / "schedule.yaml").read_text() == BEFORE
    assert os.listdir(tmp_path) == ["schedule.yaml"]


def test_a_file_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = read(tmp_path, BEFORE.encode())
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as root, who may write anywhere
    with pytest.raises(QualkitError, match="cannot be written into the file") as told:
        write_keys(tmp_path / "schedule.yaml", schedule)
    assert "copy it to a folder where you may write" in told.value.hint


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    schedule = read(tmp_path, BEFORE.encode())
    (tmp_path / "schedule.yaml").unlink()
    with pytest.raises(QualkitError, match="cannot be written into the file"):
        write_keys(tmp_path / "schedule.yaml", schedule)


def test_keys_that_cannot_be_put_in_are_told(tmp_path: Path) -> None:
    schedule = read(tmp_path, b"framework: F\ncategories:\n- name: A\n  headings:\n  - name: B\n    ? key\n")
    assert schedule.with_keys == schedule.source.text
    (problem,) = schedule.problems
    assert "the keys cannot be written into this file" in problem.what
    assert all(key in problem.what for key in schedule.given)


def test_fields_without_braces_are_put_into_some(tmp_path: Path) -> None:
    schedule = read(tmp_path, b"framework: F\ncategories: [name: A, {name: B, headings: [name: C, name: D]}]\n")
    framework, first, second, third, fourth = schedule.given
    assert schedule.with_keys == (
        f"framework: F\nkey: {framework}\ncategories: [{{name: A, key: {first}}}, {{name: B, key: {second}, "
        f"headings: [{{name: C, key: {third}}}, {{name: D, key: {fourth}}}]}}]\n"
    )


# any schedule that people may write


@dataclass(frozen=True)
class Style:
    """How one thing is written: its name, what stands around it, which fields beside it."""

    name: str
    quote: str
    comment: str
    key: str
    first: bool
    flow: str
    gap: int
    blank: bool


styles = st.builds(
    Style,
    name=st.text("abc é😀'#:,-", max_size=8),
    quote=st.sampled_from(["plain", "'", '"', "|", ">-", "|+", "below", "lines"]),
    comment=st.sampled_from(["", "  # a comment: with, [signs", " #"]),
    key=st.sampled_from(["", "", "key: # fill", "key: ~ # fill", "key: '' # fill", "key: given-{n}"]),
    first=st.booleans(),
    flow=st.sampled_from(["", "", "", "{}", "json", "spaced"]),
    gap=st.integers(1, 3),
    blank=st.booleans(),
)


def value(style: Style, n: int, indent: str) -> str:
    """The name as YAML, made unique by a number."""
    name = f"n{n}{style.name}"
    if style.quote in ("|", ">-", "|+"):
        return f" {style.quote}\n{indent}    {name}" + "\n" * style.blank
    plain = re.sub(r"[#:,'-]", "", name).strip()
    if style.quote == "below":
        return f"\n{indent}    {plain}{style.comment}"
    if style.quote == "lines":
        return f" {plain}\n{indent}    and more{style.comment}"
    quoted = {"'": "'" + name.replace("'", "''") + "'", '"': f'"{name}"'}.get(style.quote, plain)
    return f" {quoted}{style.comment}"


def thing(style: Style, n: int, column: int, field: str = "name", heading: bool = False) -> str:
    """The fields of a heading, a category or the framework, each on its lines, the first without its indent."""
    indent = " " * column
    fields = [f"{field}:{value(style, n, indent)}"]
    if style.key:
        fields.insert(0 if style.first else 1, style.key.format(n=n))
    if heading and style.blank:
        fields.insert(0 if style.gap == 2 else len(fields), "definition: some text")
    return f"\n{indent}".join(fields)


def flow(style: Style, n: int) -> str:
    given = f"given-{n}" if "given" in style.key else ""
    if style.flow == "json":
        key = f', "key":"{given}"' * bool(given)
        return f'{{"name":"n{n}","prompts":["a",  "b"]{key}}}'
    key = f", key: {given}" * bool(given)
    if style.flow == "spaced":
        return f"{{ keywords: [a,b] , name: n{n} # c\n{' ' * 40}{key} }}"
    return f"{{name: 'n{n}, x'{key}}}"


@st.composite
def schedules(draw: st.DrawFn) -> str:
    """A schedule in block style with flow headings here and there, all of its names different."""
    n, lines = 1, [draw(st.sampled_from(["", "# head\n", "%YAML 1.2\n---\n", "---\n"]))]
    lines.append(thing(draw(styles), 0, 0, "framework") + "\n")
    parts = draw(st.booleans())
    lines.append("parts:\n- name: Part\n  categories:\n" if parts else "categories: # all\n")
    for _ in range(draw(st.integers(1, 2))):
        style = draw(styles)
        column = 2 * parts + 1 + style.gap
        lines.append(" " * (2 * parts) + "-" + " " * style.gap + thing(style, n, column) + "\n")
        lines.append(" " * column + "headings:\n")
        n += 1
        for inner in draw(st.lists(styles, min_size=1, max_size=3)):
            body = flow(inner, n) if inner.flow else thing(inner, n, column + 3 + inner.gap, heading=True)
            lines.append(" " * (column + 2) + "-" + " " * inner.gap + body + "\n" + "\n" * inner.blank)
            n += 1
    text = "".join(lines)
    text = draw(st.sampled_from([text, text.rstrip("\n"), text + "\n\n# end", text + "...\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
]


FILLED = r"key:( ~| ''| [fch]-[0-9a-f]+)?(?= # fill)"
ADDED = r"""(?<![^\r\n])\ *key:\ {key}(\r\n|\r|\n) | (\r\n|\r|\n)\ *key:\ {key}\Z | ,\ "?key"?:\ "?{key}"?"""


def without(text: str, keys: tuple[str, ...]) -> str:
    """The text as it was before keys were put in: a line each, or a field within braces, or where one was empty."""
    text = re.sub(FILLED, "key:", text)
    for key in keys:
        text = re.sub(ADDED.format(key=key), "", text, flags=re.VERBOSE)
    return text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(
    schedules(),
    st.sampled_from(ENCODINGS),
)
def test_only_keys_are_added_and_only_once(tmp_path: Path, text: str, encoding: tuple[str, bytes]) -> None:
    path, data = tmp_path / "schedule.yaml", encoding[1] + text.encode(encoding[0])
    path.write_bytes(data)
    schedule = read_schedule(path)
    assert not [problem for problem in schedule.problems if problem.serious]
    assert write_keys(path, schedule) == bool(schedule.given)
    written = path.read_bytes()
    assert written.startswith(encoding[1])
    left = written[len(encoding[1]) :].decode(encoding[0])
    assert without(left, schedule.given) == without(text, ())
    again = read_schedule(path)
    assert again.framework == schedule.framework
    assert not again.given
    assert not write_keys(path, again)
    assert path.read_bytes() == written
