"""Word files that are damaged, locked, another thing inside, or made to do harm."""

import io
import struct
import zipfile

import docx
import pytest

from qualkit.errors import QualkitError
from tests.ingest_transcripts.made_up import W, p, read, word

TALK = p("I: q?") + p("P: a") + p("I: r?") + p("P: b")


def refused(data: bytes) -> QualkitError:
    with pytest.raises(QualkitError) as caught:
        read(data, "P01.docx")
    assert caught.value.message.startswith("P01.docx: ")
    assert caught.value.hint
    return caught.value


def package(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as read_:
        return {name: read_.read(name) for name in read_.namelist()}


def test_a_plain_document_of_python_docx_is_read() -> None:
    document = docx.Document()
    for text in ("I: q?", "P: a", "I: r?", "P: b"):
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    assert len(read(out.getvalue(), "a.docx").turns) == 4


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(99), "password"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "old Word document"),
        (b"Interviewer: plain text", "not a Word document"),
        (package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"}), "Excel"),
        (package({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}), "PowerPoint"),
        (package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "OpenDocument"),
        (package({"notes.txt": "x"}), "ZIP"),
        (package({}), "ZIP"),
        (b"PK\x03\x04 broken", "damaged"),
        (word(TALK)[:-40], "damaged"),
        (word("", document="<w:document"), "damaged"),
        (word("", document=f"<w:document xmlns:w='{W}'/>"), "damaged"),
        (word("", document="<html/>"), "damaged"),
        (word("<w:p/>"), "no text"),
        (word(TALK, document="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "entities"),
    ],
)
def test_refused_with_what_it_is(data: bytes, told: str) -> None:
    assert told in refused(data).message


def test_entities_in_utf16() -> None:
    parts = members(word(TALK))
    xml = f"<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x [<!ENTITY a 'b'>]><w:document xmlns:w='{W}'/>"
    assert "entities" in refused(package({**parts, "word/document.xml": xml.encode("utf-16")})).message


@pytest.mark.parametrize("part", ["word/styles.xml", "word/document.xml", "word/media/image1.xml"])
def test_a_part_that_unpacks_to_very_much(part: str) -> None:
    bomb = package({**members(word(TALK)), part: b" " * (80 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert "unpacks" in refused(bomb).message


def test_many_parts_that_together_unpack_to_very_much() -> None:
    noise = bytes(range(32, 127)) * 10
    parts = {f"word/part{n}.xml": noise[n % 90 :] * 1000 for n in range(90)}
    assert "unpacks" in refused(package({**members(word(TALK)), **parts})).message


def test_a_size_that_lies() -> None:
    data = bytearray(package({**members(word(TALK)), "word/styles.xml": b" " * (300 * 1024 * 1024)}))
    size = struct.pack("<I", 300 * 1024 * 1024)
    for at in (data.find(size), data.rfind(size)):
        data[at : at + 4] = struct.pack("<I", 100)
    refused(bytes(data))


def test_thousands_of_parts() -> None:
    assert "thousands" in refused(package({**members(word(TALK)), **{f"a/{n}.txt": "x" for n in range(6000)}})).message


def test_pictures_are_not_unpacked_at_all() -> None:
    data = package({**members(word(TALK)), "word/media/image1.png": b"\0" * (100 * 1024 * 1024)})
    assert len(read(data, "a.docx").turns) == 4


def test_deeply_nested_elements() -> None:
    deep = "<w:ins w:id='1'>" * 200 + "<w:r><w:t>x</w:t></w:r>" + "</w:ins>" * 200
    assert read(word(TALK + p("P: ", deep)), "a.docx").text.endswith("x")
    refused(word(TALK + "<w:ins>" * 20000 + "</w:ins>" * 20000))


def test_words_only_beside_the_talk() -> None:
    data = word("<w:tbl><w:tr><w:tc>" + p("only a table") + "</w:tc></w:tr></w:tbl>")
    assert "No speech" in refused(data).message


def test_a_damaged_part_beside_the_body() -> None:
    parts = members(word(TALK, {"footnotes": p("x")}))
    assert "damaged" in refused(package({**parts, "word/footnotes.xml": "<w:footnotes"})).message
