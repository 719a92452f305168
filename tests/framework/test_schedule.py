"""A schedule in YAML is read as it is meant, and every fault of it is told with line, column and remedy."""

import codecs
import os
from pathlib import Path

import pytest

from qualkit.errors import QualkitError
from qualkit.framework.keys import keys_of
from qualkit.ingest.schedule.yaml import ScheduleFile, read_schedule

FULL = """\
framework: Cancer pain and digital technology
version: 2                      # of the schedule
used_from: 2015-06-01
language: en
parts:
  - name: Cancer pain and its management
    categories:
      - name: Managing pain
        key: c-7f3a
        headings:
          - name: Medicines and side effects
            key: h-19bd
            definition: How medicines are taken, adjusted or avoided, and why.
            questions: ["Can you tell me how you deal with the pain from day to day?"]
            prompts: ["What about side effects?"]
            keywords: [tablet, dose, 007, no, 1.0]
            asked_of: [patient, caregiver]      # groups; left out: all
"""
START = "framework: F\ncategories:\n- name: A\n  headings:\n"


def read(folder: Path, text: str | bytes) -> ScheduleFile:
    path = folder / "schedule.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_schedule(path)


def refused(folder: Path, text: str | bytes) -> QualkitError:
    with pytest.raises(QualkitError) as told:
        read(folder, text)
    assert str(folder / "schedule.yaml") in told.value.message
    assert told.value.hint
    return told.value


def test_the_shape_of_the_formats_page(tmp_path: Path) -> None:
    schedule = read(tmp_path, FULL)
    framework = schedule.framework
    assert (framework.name, framework.version) == ("Cancer pain and digital technology", "2")
    assert (framework.used_from, framework.language) == ("2015-06-01", "en")
    (category,) = framework.categories
    assert (category.key, category.number, category.part) == ("c-7f3a", "1", "Cancer pain and its management")
    (heading,) = category.headings
    assert (heading.key, heading.number) == ("h-19bd", "1.1")
    assert heading.questions == ("Can you tell me how you deal with the pain from day to day?",)
    assert heading.keywords == ("tablet", "dose", "007", "no", "1.0")  # as written, never true or 7
    assert heading.asked_of == ("patient", "caregiver")
    assert schedule.problems == ()
    assert schedule.given == (framework.key,)


def test_categories_without_parts_and_one_question_as_text(tmp_path: Path) -> None:
    text = START + "  - name: B\n    questions: How, and why, do you sleep?\n    keywords: night, rest; bed\n"
    (heading,) = read(tmp_path, text).framework.headings()
    assert heading.questions == ("How, and why, do you sleep?",)
    assert heading.keywords == ("night", "rest", "bed")


def test_several_parts_are_numbered_through_and_share_names(tmp_path: Path) -> None:
    text = "framework: F\nparts:\n"
    for part in ("One", "Two"):
        text += f"- name: {part}\n  categories:\n  - name: A\n    headings:\n    - name: B\n"
    framework = read(tmp_path, text).framework
    assert [(c.part, c.number, c.name) for c in framework.categories] == [("One", "1", "A"), ("Two", "2", "A")]
    assert len(set(keys_of(framework))) == 5


def test_empty_fields_are_as_if_left_out(tmp_path: Path) -> None:
    text = START + "  - name: B\n    definition:\n    questions: ~\n    prompts: []\n    key:\nversion:\nlanguage: ''\n"
    framework = read(tmp_path, text).framework
    (heading,) = framework.headings()
    assert (heading.definition, heading.questions, framework.version, framework.language) == ("", (), "1", "")


def test_an_alias_for_texts_is_read(tmp_path: Path) -> None:
    text = START + "  - name: B\n    asked_of: &who [patient]\n  - name: C\n    asked_of: *who\n"
    assert [heading.asked_of for heading in read(tmp_path, text).framework.headings()] == [("patient",)] * 2


def test_a_clear_date_is_turned_into_iso(tmp_path: Path) -> None:
    assert read(tmp_path, START + "  - name: B\nused_from: 1 June 2015\n").framework.used_from == "2015-06-01"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, mark: bytes) -> None:
    text = START + "  - name: Café 😀 “quoted”\n"
    (heading,) = read(tmp_path, mark + text.encode(encoding)).framework.headings()
    assert heading.name == "Café 😀 “quoted”"


def test_what_may_not_be_meant_is_noted(tmp_path: Path) -> None:
    text = START + "  - name: B\n    questions:\n    - What about problem #2?  # fine\n- name: Empty\n"
    notes = read(tmp_path, text).problems
    assert [(note.place, note.serious) for note in notes] == [("line 7, column 26", False), ("line 8, column 3", False)]
    assert "“#2? # fine” is read as a comment" in notes[0].what
    assert "“Empty” has no headings" in notes[1].what


FAULTS = {
    "typo in a field": (
        START + "  - name: B\n    defintion: x\n",
        "line 6, column 5: “defintion” is no field of a heading. Did you mean “definition”?",
    ),
    "field of another level": (
        START + "  - name: B\n  questions: x\n",
        "line 6, column 3: “questions” is no field of a category. It belongs to a heading",
    ),
    "field in capitals": (
        START + "  - Name: B\n    name: C\n",
        "line 5, column 5: “Name” is no field of a heading. Write",
    ),
    "number": (START + "  - name: B\n    number: 1.1\n", "“number” is no field of a heading. Numbers are given"),
    "name of the schedule": (
        "name: F\n" + START + "  - name: B\n",
        "line 1, column 1: “name” is no field of the schedule",
    ),
    "no name": (START + "  - key: h-1\n", "line 5, column 5: “name” of a heading is missing"),
    "empty name": (START + "  - name: ''\n", "line 5, column 11: “name” is empty"),
    "empty name field": (START + "  - name:\n", "line 5, column 5: “name” of a heading is missing or empty"),
    "no framework": (
        "categories:\n- name: A\n  headings:\n  - name: B\n",
        "line 1, column 1: “framework” of the schedule",
    ),
    "two headings of one name": (
        START + "  - name: B\n  - name: b\n",
        "line 6, column 11: two headings are called “b” in one category, here and in line 5.",
    ),
    "two categories of one name": (
        START + "  - name: B\n- name: A\n",
        "line 6, column 9: two categories are called “A” in the same schedule, here and in line 3.",
    ),
    "two parts of one name": (
        "framework: F\nparts:\n- name: P\n- name: P\n  categories: [{name: A, headings: [{name: B}]}]\n",
        "line 4, column 9: two parts are called “P” in the same schedule, here and in line 3.",
    ),
    "key used twice": (
        START + "  - name: B\n    key: h-1\n  - name: C\n    key: H-1\n",
        "line 8, column 10: the key “H-1” is used twice, here and in line 6.",
    ),
    "key of category and heading": (
        "framework: F\ncategories:\n- name: A\n  key: x\n  headings:\n  - name: B\n    key: x\n",
        "line 7, column 10: the key “x” is used twice, here and in line 4.",
    ),
    "no key": (START + "  - name: B\n    key: 1.2\n", "line 6, column 10: “key” is no key"),
    "field twice": (
        START + "  - name: B\n    name: C\n",
        "line 6, column 5: the field “name” stands here again, after line 5",
    ),
    "field twice deep in what is no field": (
        START + "  - name: B\nx: [{a: 1, a: 2}]\n",
        "the field “a” stands here again",
    ),
    "tabs": (START + "  - name: B\n\tkey: x\n  \tdefinition: y\n", "line 7, column 3: a tab."),
    "tab after a colon": (START + "  - name:\tB\n", "line 5, column 10: a tab. YAML wants spaces"),
    "colon in a name": (START + "  - name: Pain: why\n", "line 5, column 15: a colon and a space within a text. Put"),
    "colon in a question": (
        START + "  - name: B\n    questions:\n    - First: what do you do?\n",
        "line 7, column 7: a text of “questions” is read as fields, because of the colon after “First”.",
    ),
    "no space after a colon": ("framework:F\ncategories:\n- name: A\n", "lacks a space after its colon"),
    "indented too far": (START + "  - name: B\n     key: x\n", "line 6, column 9: this field is indented further"),
    "indented too little": (START + "   - name: B\n  - name: C\n", "line 6, column 3: a list item that is not in line"),
    "open quotation mark": (
        START + "  - name: 'B\n    key: x\n",
        "line 5, column 11: a quotation mark that is never closed",
    ),
    "apostrophe": (START + "  - name: 'Don't'\n", "line 5, column 16: text after a closing quotation mark"),
    "bracket": (
        START + "  - name: B\n    questions: [a, b\n    key: x\n",
        "line 6, column 16: a list in [ ] that is not closed",
    ),
    "condition in brackets": (
        START + "  - name: B\n    questions:\n    - [if yes] Why?\n",
        "line 7, column 16: text after",
    ),
    "percent": (
        START + "  - name: B\n    questions:\n    - % of pain\n",
        "line 7, column 7: a text begins with a character",
    ),
    "star": (
        START + "  - name: B\n    questions:\n    - *word\n",
        "line 7, column 7: a text that begins with * is a YAML alias",
    ),
    "tag": (START + "  - name: !!python/object:os.system B\n", "line 5, column 11: a YAML tag"),
    "list for a text": (
        START + "  - name: [B, C]\n",
        "line 5, column 11: “name” holds a list, and one text is expected",
    ),
    "fields for a list": (
        START + "  - name: B\n    prompts: {a: b}\n",
        "“prompts” holds fields, and a list is expected",
    ),
    "list in a list": (
        START + "  - name: B\n    prompts: [[a]]\n",
        "line 6, column 15: an item of “prompts” holds a list",
    ),
    "empty item": (START + "  - name: B\n    prompts:\n    -\n    - x\n", "an item of “prompts” is empty"),
    "text for a heading": (
        START + "  - Medicines\n",
        "line 5, column 5: a heading holds a text, and fields are expected",
    ),
    "text for the headings": (
        "framework: F\ncategories:\n- name: A\n  headings: B\n",
        "“headings” holds a text, and a list",
    ),
    "no headings": ("framework: F\ncategories:\n- name: A\n", "line 1, column 1: the schedule has no headings."),
    "only a name": ("framework: F\n", "the schedule has no headings. Write “categories:”"),
    "parts and categories": (
        START + "  - name: B\nparts:\n- name: P\n",
        "line 2, column 1: a schedule has parts, or categories without parts, not both.",
    ),
    "a list": ("- a\n- b\n", "line 1, column 1: a schedule begins with fields."),
    "plain text": ("Interview guide\n\nHow are you?\n", "line 1, column 1: a schedule begins with fields."),
    "comments only": ("# nothing\n", "line 1, column 1: the file holds no fields"),
    "two documents": (START + "  - name: B\n---\na: b\n", "line 6, column 1: a second document begins here"),
    "unclear day": (
        START + "  - name: B\nused_from: 03/13/2015\n",
        "line 6, column 12: “used_from” is no clear day. Write",
    ),
    "language": (START + "  - name: B\nlanguage: English\n", "line 6, column 11: “language” is no code of a language"),
    "escape": (START + '  - name: "a\\u0007b"\n', "line 5, column 11: “name” holds a character that no text holds"),
    "half a character": (
        START + '  - name: "a\\ud83d"\n',
        "line 5, column 11: “name” holds a character that no text holds",
    ),
    "control character": (START + "  - name: a\x07\n", "line 5, column 12: a character that no text holds (U+0007)"),
    "merge": (START + "  - name: B\n    <<: {a: b}\n", "“<<” is no field of a heading. Merging is not read"),
    "list as a field name": ("? [a]\n: b\n", "line 1, column 3: the name of a field is a list or fields"),
    "unknown anchor": ("framework: *who\n", "line 1, column 12: a text that begins with *"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault(tmp_path: Path, case: str) -> None:
    text, message = FAULTS[case]
    told = refused(tmp_path, text)
    assert message in told.message
    assert told.exit_code == 1


def test_all_faults_are_told_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "framework: F\nverson: 2\ncategories:\n- name: A\n  hedings: x\n  headings:\n"
    text += "  - name: B\n  - name: B\n    key: 1\n"
    lines = refused(tmp_path, text).message.splitlines()
    assert [line.partition("schedule.yaml, ")[2].partition(":")[0] for line in lines] == [
        "line 2, column 1",
        "line 5, column 3",
        "line 8, column 11",
        "line 9, column 10",
    ]


def test_a_hundred_faults_are_not_all_told(tmp_path: Path) -> None:
    told = refused(tmp_path, START + "  - nme: B\n" * 100)
    assert told.message.splitlines()[-1] == "and 180 more."


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = START.replace("\n", "\r\n") + "  - name: Caf\N{LATIN SMALL LETTER E WITH ACUTE}\r\n    kye: x\r\n"
    assert "line 6, column 5: “kye”" in refused(tmp_path, text).message
    assert "line 6, column 5: “kye”" in refused(tmp_path, text.replace("\r\n", "\r")).message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (
            (START + "  - name: Café\n").encode("cp1252"),
            "line 5: the character after “dings: - name: Caf” is not UTF-8",
        ),
        (codecs.BOM_UTF16_LE + b"abc", "is not UTF-16-LE"),
        (START.encode("utf-16-le"), "a character that no text holds"),
        (b"PK\x03\x04" + bytes(100), "schedules are read from YAML only so far"),
        (b"%PDF-1.7\n", "this is a PDF; schedules are read from YAML only so far"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture"),
        (bytes(range(256)), "this is no text file"),
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, message: str) -> None:
    assert message in refused(tmp_path, data).message


def test_a_word_document_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "guide.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(QualkitError, match="this is a Word document; schedules are read from YAML only so far"):
        read_schedule(path)


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "schedule.yaml").write_text(FULL)
    with pytest.raises(QualkitError, match="no such file") as told:
        read_schedule(tmp_path / "shedule.yaml")
    assert told.value.hint == "Did you mean “schedule.yaml”?"
    with pytest.raises(QualkitError, match="no such file") as told:
        read_schedule(tmp_path / "nowhere" / "schedule.yaml")
    assert "There is no folder" in told.value.hint
    with pytest.raises(QualkitError, match="is a folder"):
        read_schedule(tmp_path)
    with pytest.raises(QualkitError, match="cannot be read"):
        read_schedule(tmp_path / ("x" * 300))
    with pytest.raises(QualkitError, match="cannot be read"):
        read_schedule(tmp_path / "a\0b")


@pytest.mark.skipif(os.name == "nt", reason="POSIX files")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "schedule.yaml")
    with pytest.raises(QualkitError, match="is not an ordinary file"):
        read_schedule(tmp_path / "schedule.yaml")
