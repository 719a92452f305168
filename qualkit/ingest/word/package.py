"""Opening a Word file that may be anything: bounded, without entities, and with a plain word for what it is instead."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.errors import QualkitError
from qualkit.ingest.content import what_else
from qualkit.ingest.faults import cannot_read
from qualkit.ingest.word.words import Element

if TYPE_CHECKING:
    from docx.document import Document

UNPACKED = 64 * 1024 * 1024  # bytes of XML that a document may hold
RATIO = 200  # times its packed size that a part above a megabyte may grow to
ASIDE = frozenset(("footnotes", "endnotes", "comments", "header", "footer"))
_MEMBERS = 5000
_PIECE = 1 << 16
_SAVE_AGAIN = "Open it in Word or LibreOffice and save it again as a Word document (.docx)."
_OTHERS = (  # a member that tells what else a packed file is
    ("xl/workbook.xml", "It is an Excel workbook."),
    ("ppt/presentation.xml", "It is a PowerPoint presentation."),
    ("content.xml", "It is an OpenDocument file (LibreOffice)."),
    ("META-INF/container.xml", "It is an e-book."),
)


@dataclass(frozen=True)
class Package:
    """What a Word file holds that may have words. `aside`: notes, comments and page furniture, each with its kind."""

    body: Element
    styles: Element
    aside: tuple[tuple[str, Element], ...]


def open_word(data: bytes, file: str) -> Package:
    """Open a .docx. Raises QualkitError where it is another thing, damaged, locked or not to be trusted."""
    _refuse_others(data, file)
    plain = _unpacked(data, file)
    from docx import Document

    try:
        document = Document(plain)
        package = Package(document.element.body, document.styles.element, tuple(_aside(document)))
        doctype = document.element.getroottree().docinfo.doctype
    except Exception as fault:  # python-docx and lxml raise a great many kinds for what is no good document
        raise cannot_read(file, "It is damaged, or not a Word document of the usual kind.", _SAVE_AGAIN) from fault
    if doctype:
        raise _not_trusted(file)
    if package.body is None:
        raise cannot_read(file, "It is damaged: it has no body.", _SAVE_AGAIN)
    return package


def _aside(document: "Document") -> Iterator[tuple[str, Element]]:
    """The parts beside the body, each once."""
    from docx.oxml import parse_xml

    seen = set[str]()
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ASIDE and not relation.is_external and relation.target_part.partname not in seen:
            seen.add(relation.target_part.partname)
            yield kind, parse_xml(relation.target_part.blob)


def _refuse_others(data: bytes, file: str) -> None:
    if data.startswith(b"PK"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            remedy = "Open it in Word, take the password off (File, Info, Protect Document) and save it again."
            raise cannot_read(file, "It is locked with a password.", remedy)
        raise cannot_read(file, "It is an old Word document (.doc) under the name of a .docx.", _SAVE_AGAIN)
    what, remedy = what_else(data) or ("It is not a Word document, whatever its name says.", _SAVE_AGAIN)
    raise cannot_read(file, what, remedy)


def _unpacked(data: bytes, file: str) -> io.BytesIO:
    """The same package with its XML unpacked within bounds, and pictures and the like emptied: nobody reads them."""
    left = UNPACKED
    plain = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(plain, "w") as copy:
            names = {member.filename: member for member in packed.infolist()}
            _refuse_other_packages(names, file)
            for name, member in names.items():
                xml = b"" if not name.endswith((".xml", ".rels")) else _read(packed, member, left, file)
                left -= len(xml)
                copy.writestr(name, xml)
    except QualkitError:
        raise
    except Exception as fault:  # zipfile raises a dozen kinds for damaged input
        raise cannot_read(file, "It is damaged: it cannot be unpacked.", _SAVE_AGAIN) from fault
    plain.seek(0)
    return plain


def _refuse_other_packages(names: dict[str, zipfile.ZipInfo], file: str) -> None:
    for member, what in _OTHERS:
        if member in names and "word/document.xml" not in names:
            raise cannot_read(file, what, _SAVE_AGAIN)
    if "[Content_Types].xml" not in names:
        raise cannot_read(file, "It is a packed file (ZIP), but no Word document.", _SAVE_AGAIN)
    if len(names) > _MEMBERS:
        raise cannot_read(file, "It holds thousands of parts, as no document does.", _SAVE_AGAIN)


def _read(packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, file: str) -> bytes:
    """One part, piece by piece: sizes that are written in the file may lie."""
    most = min(left, max(1024 * 1024, RATIO * member.compress_size))
    pieces, size = [], 0
    with packed.open(member) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > most:
                raise cannot_read(file, "It unpacks to far more than a document holds, and was not read.", _SAVE_AGAIN)
            pieces.append(piece)
    xml = b"".join(pieces)
    bare = xml.replace(b"\0", b"")  # UTF-16 too
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise _not_trusted(file)
    return xml


def _not_trusted(file: str) -> QualkitError:
    what = "It defines XML entities, which no Word document does and which can be used to do harm; it was not read."
    return cannot_read(file, what, _SAVE_AGAIN)
