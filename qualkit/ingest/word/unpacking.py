"""The XML of a Word file, unpacked within bounds: what is a few bytes in the file may fill all memory."""

import io
import zipfile

from qualkit.errors import QualkitError
from qualkit.ingest.faults import cannot_read

SAVE_AGAIN = "Open it in Word or LibreOffice and save it again as a Word document (.docx)."
_BYTES = 64 * 1024 * 1024  # of XML that a document may hold
_ELEMENTS = 1_000_000  # in it; the talk of a whole day has half of them, if every word is formatted by itself
_ATTRIBUTES = 1_500_000
_LINKS = 20_000  # elements that say how parts belong together
_RATIO = 200  # times its packed size that a part above a megabyte may grow to
_MEMBERS = 5_000
_NAMES = 1_000_000  # signs in the names of all members
_PIECE = 1 << 16
_OTHERS = (  # a member that tells what else a packed file is
    ("xl/workbook.xml", "It is an Excel workbook."),
    ("ppt/presentation.xml", "It is a PowerPoint presentation."),
    ("content.xml", "It is an OpenDocument file (LibreOffice)."),
    ("META-INF/container.xml", "It is an e-book."),
)


def unpacked(data: bytes, file: str) -> io.BytesIO:
    """The same package with its XML unpacked within bounds, and pictures and the like emptied: nobody reads them."""
    if data.count(b"PK\x01\x02") > 2 * _MEMBERS:  # before zipfile makes an object of each
        raise _too_many_parts(file)
    left, plain = _Left(file), io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(plain, "w") as copy:
            members = {member.filename: member for member in packed.infolist()}
            _refuse_other_packages(members, file)
            for name, member in members.items():
                copy.writestr(name, left.read(packed, member) if name.endswith((".xml", ".rels")) else b"")
    except QualkitError:
        raise
    except Exception as fault:  # zipfile raises a dozen kinds for damaged input
        raise cannot_read(file, "It is damaged: it cannot be unpacked.", SAVE_AGAIN) from fault
    plain.seek(0)
    return plain


def _refuse_other_packages(members: dict[str, zipfile.ZipInfo], file: str) -> None:
    for name, what in _OTHERS:
        if name in members and "word/document.xml" not in members:
            raise cannot_read(file, what, SAVE_AGAIN)
    if "[Content_Types].xml" not in members:
        raise cannot_read(file, "It is a packed file (ZIP), but no Word document.", SAVE_AGAIN)
    if len(members) > _MEMBERS or sum(map(len, members)) > _NAMES:
        raise _too_many_parts(file)
    # others may ask for gigabytes before they give a byte, and no Word file has them
    if not {member.compress_type for member in members.values()} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise cannot_read(file, "It is damaged, or packed as no Word document is.", SAVE_AGAIN)


class _Left:
    """What a document may still hold. In memory an element or attribute takes up to a hundred times its bytes."""

    def __init__(self, file: str) -> None:
        self.file, self.links = file, _LINKS
        self.bytes, self.elements, self.attributes = _BYTES, _ELEMENTS, _ATTRIBUTES

    def read(self, packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """One part, piece by piece: sizes that are written in the file may lie."""
        most = min(self.bytes, max(1024 * 1024, _RATIO * member.compress_size))
        pieces, size = [], 0
        with packed.open(member) as part:
            while piece := part.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise _unpacks_to_too_much(self.file)
                pieces.append(piece)
        xml = b"".join(pieces)
        self._count(member.filename, xml)
        return xml

    def _count(self, name: str, xml: bytes) -> None:
        elements = xml.count(b"<") - xml.count(b"</")
        self.bytes -= len(xml)
        self.elements -= elements
        self.attributes -= xml.count(b"=")
        self.links -= elements if name.endswith((".rels", "[Content_Types].xml")) else 0
        if min(self.bytes, self.elements, self.attributes, self.links) < 0:
            raise _unpacks_to_too_much(self.file)
        bare = xml.replace(b"\0", b"")  # UTF-16 too
        if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
            raise not_trusted(self.file)


def _too_many_parts(file: str) -> QualkitError:
    return cannot_read(file, "It holds thousands of parts, as no document does.", SAVE_AGAIN)


def _unpacks_to_too_much(file: str) -> QualkitError:
    return cannot_read(file, "It unpacks to far more than a document holds, and was not read.", SAVE_AGAIN)


def not_trusted(file: str) -> QualkitError:
    what = "It defines XML entities, which no Word document does and which can be used to do harm; it was not read."
    return cannot_read(file, what, SAVE_AGAIN)
