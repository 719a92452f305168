"""Faults that hostile Word files have found."""

import zipfile

import pytest

from qualkit.errors import QualkitError
from qualkit.ingest.word.blocks import heading_styles
from qualkit.ingest.word.words import Element
from tests.ingest_transcripts.made_up import W, p, read, said, table, word
from tests.ingest_transcripts.test_hostile_texts import ACCENTS, in_time
from tests.proof.hostile.attack_word import LAUGHS, directory_only, huge_dictionary
from tests.proof.hostile.bases import packed, unpacked

TALK = p("I: q?") + p("P: a") + p("I: r?") + p("P: b")


def refused(data: bytes) -> str:
    with in_time(), pytest.raises(QualkitError) as told:
        read(data, "P01.docx")
    assert told.value.hint
    return told.value.message


def styles(links: dict[str, str], **names: str) -> Element:
    from docx.oxml import parse_xml

    made = "".join(
        f'<w:style w:styleId="{key}"><w:name w:val="{names.get(key, "x")}"/><w:basedOn w:val="{below}"/></w:style>'
        for key, below in links.items()
    )
    root: Element = parse_xml(f'<w:styles xmlns:w="{W}">{made}</w:styles>')
    return root


def test_styles_that_rest_on_each_other() -> None:
    with in_time():
        found = heading_styles(styles({f"s{n}": f"s{n + 1}" for n in range(4_900)}))
    assert not any(found.values())


def test_styles_rest_on_headings_and_in_circles() -> None:
    links = {"a": "b", "b": "c", "c": "", "d": "e", "e": "d", "f": "a", "g": "nowhere"}
    found = heading_styles(styles(links, c="heading 1"))
    assert found == {"a": True, "b": True, "c": True, "d": False, "e": False, "f": True, "g": False}


def test_a_style_is_a_heading_although_it_rests_on_none() -> None:
    assert heading_styles(styles({"a": "b", "b": ""}, a="Title")) == {"a": True, "b": False}


@pytest.mark.parametrize("rows", [((ACCENTS, "Well."),) * 3, (("Speaker", "Text"), (ACCENTS, "Well."))])
def test_a_table_of_accents_is_no_talk(rows: tuple[tuple[str, str], ...]) -> None:
    with in_time():
        spoken = read(word(TALK + table(*rows)), "a.docx")
    assert len(said(spoken)) == 4


def test_paragraphs_far_down() -> None:
    with in_time():
        read(word(TALK + "<w:ins>" * 240 + "<w:p/>" * 50_000 + "</w:ins>" * 240), "a.docx")


def test_entities_in_an_encoding_that_hides_them() -> None:
    parts = unpacked(word(TALK, {"footnotes": p("a")}))
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote>{p("&j;")}</w:footnote></w:footnotes>'
    parts["word/footnotes.xml"] = f'<?xml version="1.0" encoding="utf-7"?>{LAUGHS}{notes}'.encode("utf-7")
    assert "entities" in refused(packed(parts))


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<w:p/>" * 150_000, "far more than any transcript"),
        ("<w:p/>" * 1_100_000, "unpacks"),
        ("<w:p a='1' b='1' c='1' d='1'/>" * 400_000, "unpacks"),
        (p("P: " + "word " * 1_500_000) * 2, "far more than any transcript"),
    ],
    ids=["paragraphs", "elements", "attributes", "words"],
)
def test_more_than_any_document_has(inside: str, told: str) -> None:
    xml = f'<w:document xmlns:w="{W}"><w:body>{TALK}{inside}</w:body></w:document>'.encode()
    assert told in refused(packed({**unpacked(word(TALK)), "word/document.xml": xml}, zipfile.ZIP_STORED))


def test_an_archive_that_no_word_document_is() -> None:
    assert "thousands of parts" in refused(directory_only(1_000_000))
    assert "packed as no Word document" in refused(huge_dictionary(unpacked(word(TALK))))
    assert "packed as no Word document" in refused(packed(unpacked(word(TALK)), zipfile.ZIP_BZIP2))
    names = {f"{n}{'a' * 60_000}": b"" for n in range(20)}
    assert "thousands of parts" in refused(packed({**unpacked(word(TALK)), **names}))
