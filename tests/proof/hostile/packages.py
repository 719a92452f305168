"""Damage inside Word files and workbooks: the archive opens, and what is in it is not what it should be."""

import io
import random
import re
import struct
import warnings
import zipfile

from tests.proof.hostile.bases import Bases, changed, packed, unpacked
from tests.proof.hostile.mutations import OF_BYTES, OF_TEXT, Mutation

_VALUES = (
    *(
        b"",
        b"-1",
        b"0",
        b"1",
        b"99999999999999999999",
        b"1e309",
        b"nan",
        b"A1:XFD1048576",
        b"XFD1048576",
        b"A0",
        b"true",
    ),
    *(
        "٣".encode(),
        b"../../../etc/passwd",
        b"http://192.0.2.1/x",
        b"x" * 100_000,
        b"&#x10FFFF;",
        b"n",
        b"s",
        b"d",
        b"e",
    ),
)
_NAMES = (
    "../../../../tmp/x",
    "/etc/passwd",
    "C:\\x",
    "a" * 60_000,
    "\u202exml",
    "con",
    "word/",
    " ",
    "x\ny",
    "[Content_Types].xml",
)


def _xml(chance: random.Random, data: bytes) -> str:
    return chance.choice([name for name in unpacked(data) if name.endswith((".xml", ".rels"))])


def member(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """One part damaged as a file would be."""
    mutation = chance.choice((*OF_BYTES, *OF_TEXT))
    return changed(data, _xml(chance, data), lambda xml: mutation(chance, xml, bases))


def values(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Attributes or texts of one part say something else."""
    found = rb'(?<==")[^"]*(?=")' if chance.random() < 0.8 else rb"(?<=>)[^<>]+(?=<)"
    often = chance.choice((0.01, 0.1, 1))
    value = chance.choice(_VALUES)

    def say(match: re.Match[bytes]) -> bytes:
        return value if chance.random() < often and len(value) < 1_000 else match[0]

    name = _xml(chance, data)
    if len(value) >= 1_000:
        return changed(data, name, lambda xml: re.sub(found, value, xml, count=20))
    return changed(data, name, lambda xml: re.sub(found, say, xml))


def elements(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Elements of one part taken out, doubled, renamed, or wrapped in each other."""
    way, often = chance.randrange(4), chance.choice((0.001, 0.05, 0.5))

    def change(match: re.Match[bytes]) -> bytes:
        if chance.random() > often:
            return match[0]
        return (b"", match[0] * 3, b"<w:p>" + match[0] + b"</w:p>", match[0] * 100)[way]

    return changed(data, _xml(chance, data), lambda xml: re.sub(rb"<[^<>]+>", change, xml)[:20_000_000])


def parts(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Parts that are missing, exchanged, or of a strange name."""
    members = unpacked(data)
    one, other = chance.sample(sorted(members), 2)
    way = chance.randrange(4)
    if way == 0:
        del members[one]
    elif way == 1:
        members[one], members[other] = members[other], members[one]
    elif way == 2:
        members[chance.choice(_NAMES)] = members.pop(one)
    else:
        members = {**dict.fromkeys(_NAMES, members[one]), **members}
    return packed(members)


def doubled(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Two parts of one name, with other content, either first."""
    members = list(unpacked(data).items())
    name, content = chance.choice(members)
    members.insert(
        chance.choice((0, len(members))), (name, chance.choice((b"", content[: len(content) // 2], content)))
    )
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def lies(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """The archive's own directory says something else of sizes, checks, places, flags or methods."""
    changed_ = bytearray(data)
    entries = [match.start() for match in re.finditer(rb"PK\x01\x02", data)]
    for _ in range(chance.choice((1, 1, 5))):
        at = chance.choice(entries)
        place, form = chance.choice(((8, "<H"), (10, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (28, "<H"), (42, "<I")))
        most = 0xFFFF if form == "<H" else 0xFFFFFFFF
        struct.pack_into(form, changed_, at + place, chance.choice((0, 1, 12, 14, most, chance.randrange(most))))
    return bytes(changed_)


OF_PACKAGES: tuple[Mutation, ...] = (member, member, member, values, values, elements, elements, parts, doubled, lies)
