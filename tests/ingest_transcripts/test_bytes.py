"""What plain text can be stored as, and what is no text whatever its name says."""

import codecs
import io
import zipfile

import pytest

from qualkit.errors import QualkitError
from tests.ingest_transcripts.made_up import read, said, serious

TALK = "Interviewer: How’s the café?\nP1: “Fine” – it cost £3, naïvely.\nInterviewer: And then?\nP1: Über alles…"
WORDS = [("Interviewer", "How’s the café?"), ("P1", "“Fine” – it cost £3, naïvely."), ("Interviewer", "And then?"),
         ("P1", "Über alles…")]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TALK.encode(), "UTF-8"),
        (TALK.encode("utf-8-sig"), "UTF-8 with BOM"),
        (codecs.BOM_UTF16_LE + TALK.encode("utf-16-le"), "UTF-16 with BOM"),
        (codecs.BOM_UTF16_BE + TALK.encode("utf-16-be"), "UTF-16 with BOM"),
        (TALK.encode("utf-16-le"), "UTF-16 without BOM"),
        (TALK.encode("utf-16-be"), "UTF-16 without BOM"),
        (codecs.BOM_UTF32_LE + TALK.encode("utf-32-le"), "UTF-32 with BOM"),
        (TALK.encode("cp1252"), "Windows-1252"),
    ],
)
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_encodings(data: bytes, encoding: str, ending: str) -> None:
    spoken = read(data, f"a.{ending}")
    assert said(spoken) == WORDS
    assert spoken.encoding == encoding
    assert len(spoken.problems) == (encoding == "Windows-1252")
    assert serious(spoken) == []


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Интервьюер: Как вы?\nПациент: Спасибо, уже лучше.\n", "cp1251"),
        ("Ερευνητής: Πώς είστε;\nΑσθενής: Καλά, ευχαριστώ πολύ.\n", "cp1253"),
        ("聞き手：今日はどうですか。\n患者：昨日より痛みは少ないです。\n", "shift_jis"),
        ("I: How’s it?\nP: It’s “fine”, I can’t say more – that’s it.\n", "mac_roman"),
    ],
)
def test_other_code_pages_are_guessed_and_told(text: str, codec: str) -> None:
    spoken = read((text * 3).encode(codec))
    assert spoken.text.split("\n")[1] == text.split("\n")[1].replace("：", ":").partition(":")[2].strip()
    assert "does not say how its letters are stored" in spoken.problems[0].what
    assert not spoken.problems[0].serious


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_bom_of_other_scripts(codec: str) -> None:
    text = "聞き手：今日はどうですか。\n患者：少ないです。\n" * 3
    assert len(said(read(text.encode(codec)))) == 6


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\u2028", "\x85"])
def test_line_ends(end: str) -> None:
    spoken = read(TALK.replace("\n", end * 2))
    assert said(spoken) == WORDS
    assert spoken.turns[1].place == "line 3"


def test_control_characters_are_left_out_and_told() -> None:
    spoken = read(f"I: a\x07b?\nP: c\x1b[0m {'d' * 200}\x90\nI: e?\nP: f\ufffe")
    assert said(spoken) == [("I", "ab?"), ("P", f"c[0m {'d' * 200}"), ("I", "e?"), ("P", "f")]
    assert [(problem.place, problem.serious) for problem in spoken.problems] == [("line 1, line 2, line 4", False)]


def test_broken_utf8_loses_only_what_is_broken_and_says_where() -> None:
    spoken = read((TALK * 3 + "\nInterviewer: Ça?").encode().replace("Ça".encode(), b"\xc3a"))
    assert spoken.text.endswith("\ufffda?")
    assert serious(spoken)[0].place == "line 11"
    assert "lost" in serious(spoken)[0].what


def test_half_a_pair_in_utf16() -> None:
    spoken = read(codecs.BOM_UTF16_LE + "I: a?\nP: b\ud83d c\nI: d?\nP: e".encode("utf-16-le", "surrogatepass"))
    assert all(not 0xD800 <= ord(sign) < 0xE000 for sign in spoken.text)
    assert serious(spoken)[0].place == "line 2"


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize("ending", ["txt", "md", "docx"])
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 4, "picture"),
        (b"GIF89a" + bytes(range(256)), "picture"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "recording"),
        (b"ID3\x03\x00" + bytes(range(256)), "recording"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(99), "recording"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi Interviewer: a\\par}", "Rich Text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word document"),
        (b"\x1f\x8b\x08\x00" + bytes(range(256)), "packed"),
        (b"<!DOCTYPE html>\n<html><body>I: a</body></html>", "web page"),
        (b"SQLite format 3\x00" + bytes(99), "database"),
    ],
)
def test_other_things_are_refused_by_content(data: bytes, told: str, ending: str) -> None:
    with pytest.raises(QualkitError) as caught:
        read(data, f"P01.{ending}")
    assert told in caught.value.message
    assert caught.value.message.startswith(f"P01.{ending}: ")
    assert caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        zipped("a.txt"),
        bytes(range(256)) * 9,
        b"I: a?\nP: b\0c\n",
        b"I: a?\nP: b\n\0c",
        b"I: a?\nP: b\x1f\n\0",
        b"\0" * 50,
        b"I: a\x01\x02\x03\x04\x05\x06\n",
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(QualkitError) as caught:
        read(data)
    assert caught.value.hint


@pytest.mark.parametrize("text", ["ID3: a?\nP: b\nID3: c?\nP: d", "The new WAVE: a", "II: a?\nMM: b\nII: c?\nMM: d"])
def test_text_that_begins_like_something_else(text: str) -> None:
    assert read(text).text


@pytest.mark.parametrize(
    "data", [b"", b"  \r\n\t\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + "\n \n".encode("utf-16-le")]
)
@pytest.mark.parametrize("ending", ["txt", "md", "docx"])
def test_nothing_in_it(data: bytes, ending: str) -> None:
    with pytest.raises(QualkitError) as caught:
        read(data, f"a.{ending}")
    assert caught.value.hint
