"""The parts of a workbook that say what stands in its cells, unpacked within bounds: whoever sends it may mean harm."""

import io
import re
import zipfile

_MEMBERS = 5_000
_BYTES = 100 * 1024 * 1024  # of XML; the matrix of 140 interviews has 40
_ELEMENTS = 3_000_000  # that of 140 interviews has 1.2
_ATTRIBUTES = 4_000_000
_SMALL = 200_000  # elements of the parts that hold no cells, together
_RUN = 1024 * 1024  # bytes of text or of one tag; a cell holds 32,767 signs
_PIECE = 1 << 16

_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|(?:xl/)?_rels/[^/]*\.rels|xl/(?:workbook|styles|sharedStrings)\.xml|xl/worksheets/[^/]*\.xml",
    re.IGNORECASE,
)
_CELLS = re.compile(r"xl/(?:sharedStrings|worksheets/.*)\.xml", re.IGNORECASE)


class NotToBeTrustedError(Exception):
    """A workbook that no spreadsheet writes: it would take all memory or time there is."""


def reduced(data: bytes) -> io.BytesIO:
    """The same workbook with nothing but what is needed of it. Raises NotToBeTrustedError, or what zipfile raises."""
    if data.count(b"PK\x01\x02") > 2 * _MEMBERS:  # before zipfile makes an object of each
        raise NotToBeTrustedError
    reduced, left = io.BytesIO(), _Left()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(reduced, "w") as copy:
        for name, member in {member.filename: member for member in packed.infolist()}.items():
            if _NEEDED.fullmatch(name):
                copy.writestr(name, left.read(packed, member))
    reduced.seek(0)
    return reduced


class _Left:
    """What the parts may still hold together."""

    def __init__(self) -> None:
        self.bytes, self.elements, self.attributes, self.small = _BYTES, _ELEMENTS, _ATTRIBUTES, _SMALL

    def read(self, packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """One part, piece by piece: sizes that are written in the file may lie."""
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotToBeTrustedError
        pieces = []
        with packed.open(member) as part:
            while piece := part.read(_PIECE):
                self.bytes -= len(piece)
                if self.bytes < 0:
                    raise NotToBeTrustedError
                pieces.append(piece)
        xml = b"".join(pieces)
        self._count(member.filename, xml)
        return xml

    def _count(self, name: str, xml: bytes) -> None:
        elements = xml.count(b"<") - xml.count(b"</")
        self.elements -= elements
        self.attributes -= xml.count(b"=")
        self.small -= 0 if _CELLS.fullmatch(name) else elements
        bare = xml.replace(b"\0", b"")  # UTF-16 too
        entities = b"<!DOCTYPE" in bare or b"<!ENTITY" in bare
        if entities or min(self.elements, self.attributes, self.small) < 0 or _has_long_run(xml):
            raise NotToBeTrustedError


def _has_long_run(xml: bytes) -> bool:
    """Is there a text, a tag or an attribute so long that its mere reading takes time with the square of its length?"""
    return any(xml.find(b"<", at, at + _RUN) < 0 for at in range(0, len(xml) - _RUN, _RUN))
