"""Word files that somebody made to do harm: their packing, and how their parts belong together."""

import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.ingest_transcripts.made_up import W, p, word
from tests.proof.hostile.attack_texts import Attack
from tests.proof.hostile.bases import Bases, packed, unpacked
from tests.proof.hostile.secret import SENTENCE

TALK = p(f"I: {SENTENCE}?") + p("P: a") + p("I: r?") + p("P: b")
_STYLES = "word/styles.xml"
ATTRIBUTE = ' a{n}="1"'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip


def many(what: str, count: int) -> str:
    """The same over and over, with its number for {n}."""
    return "".join(what.replace("{n}", str(n)) for n in range(count))


def with_part(name: str, content: Callable[[], bytes], method: int = zipfile.ZIP_STORED) -> Attack:
    """A part more, or another one. What is stored as it is gets round every bound on how far a part may grow."""
    return "docx", lambda bases: packed({**unpacked(word(TALK)), name: content()}, method)


def lying(data: bytes, size: int, claimed: int) -> bytes:
    """An archive that says `claimed` wherever it should say `size`."""
    return data.replace(struct.pack("<I", size), struct.pack("<I", claimed))


def _bomb_that_lies(bases: Bases) -> bytes:
    return lying(packed({**unpacked(word(TALK)), _STYLES: bytes(300_000_000)}), 300_000_000, 99)


def directory_only(count: int) -> bytes:
    """An archive of parts that are all the same few bytes."""
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    first = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, len(entry) * count, len(first), 0)
    return first + entry * count + end


def huge_dictionary(members: Mapping[str, bytes]) -> bytes:
    """Parts packed with LZMA that ask for a dictionary of four gigabytes."""
    return packed(members, zipfile.ZIP_LZMA).replace(b"\x5d\x00\x00\x80\x00", b"\x5d\xff\xff\xff\xff")


def locked(data: bytes) -> bytes:
    """Every part says that it is encrypted."""
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def _styles(style: Callable[[int], str], count: int) -> bytes:
    links = (f'<w:style w:type="paragraph" w:styleId="s{n}">{style(n)}</w:style>' for n in range(count))
    return f'<w:styles xmlns:w="{W}">{"".join(links)}</w:styles>'.encode()


def _with_styles(style: Callable[[int], str], count: int) -> Attack:
    """A document that has styles at all, and these."""
    return "docx", lambda bases: packed(
        {**unpacked(bases["docx"][0]), _STYLES: _styles(style, count)}, zipfile.ZIP_STORED
    )


def _relations(link: str, count: int) -> Attack:
    schema = "http://schemas.openxmlformats.org/package/2006/relationships"
    xml = f'<Relationships xmlns="{schema}">', "</Relationships>"
    return with_part("word/_rels/document.xml.rels", lambda: many(link, count).join(xml).encode())


def _relation(target: str, kind: str = "header", more: str = "") -> str:
    return f'<Relationship Id="r{{n}}" Type="http://x/{kind}" Target="{target}"{more}/>'


PARTS: Mapping[str, Attack] = {
    "a bomb": with_part(_STYLES, lambda: bytes(300_000_000), zipfile.ZIP_DEFLATED),
    "a bomb that lies": ("docx", _bomb_that_lies),
    "a bomb in a picture": with_part("word/media/image1.png", lambda: bytes(300_000_000), zipfile.ZIP_DEFLATED),
    "a million parts": ("docx", lambda b: directory_only(1_000_000)),
    "thousands of parts": (
        "docx",
        lambda b: packed({**unpacked(word(TALK)), **{f"a{n}.xml": b"" for n in range(4_900)}}),
    ),
    "parts of very long names": (
        "docx",
        lambda b: packed({**unpacked(word(TALK)), **{f"{n}{'a' * 60_000}": b"" for n in range(2_000)}}),
    ),
    "a dictionary of four gigabytes": ("docx", lambda b: huge_dictionary(unpacked(word(TALK)))),
    "packed in another way": ("docx", lambda b: packed(unpacked(word(TALK)), zipfile.ZIP_BZIP2)),
    "locked parts": ("docx", lambda b: locked(word(TALK))),
    "an archive in an archive": ("docx", lambda b: packed({"a.docx": word(TALK)})),
    "four archives in a row": ("docx", lambda b: word(TALK) * 4),
    "names that climb": (
        "docx",
        lambda b: packed({f"../../{name}": data for name, data in unpacked(word(TALK)).items()}),
    ),
    "relations that climb": _relations(_relation("../../../../../../etc/passwd"), 3),
    "relations to elsewhere": _relations(_relation("http://192.0.2.1/a", more=' TargetMode="External"'), 3),
    "relations in a circle": _relations(_relation("document.xml"), 3),
    "relations without end": _relations(_relation("http://192.0.2.1/a", more=' TargetMode="External"'), 6_000),
    "relations that are one": _relations(_relation("styles.xml").replace("{n}", "1"), 5_000),
    "types without end": with_part(
        "[Content_Types].xml", lambda: b"<Types>" + b'<Override PartName="/a" ContentType="b"/>' * 400_000 + b"</Types>"
    ),
    "styles that rest on each other": _with_styles(lambda n: f'<w:basedOn w:val="s{n + 1}"/>', 60_000),
    "styles in a circle": _with_styles(lambda n: f'<w:basedOn w:val="s{(n + 1) % 30_000}"/>', 30_000),
    "styles in styles": _with_styles(lambda n: "<w:style>" * 100 + "</w:style>" * 100, 5_000),
}
