"""Opening a Word file that may be anything: bounded, without entities, and with a plain word for what it is instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.ingest.content import what_else
from qualkit.ingest.faults import cannot_read
from qualkit.ingest.word.unpacking import SAVE_AGAIN, refused, unpacked
from qualkit.ingest.word.words import Element
from qualkit.packages import Harm

if TYPE_CHECKING:
    from docx.document import Document

ASIDE = frozenset(("footnotes", "endnotes", "comments", "header", "footer"))


@dataclass(frozen=True)
class Package:
    """What a Word file holds that may have words. `aside`: notes, comments and page furniture, each with its kind."""

    body: Element
    styles: Element
    aside: tuple[tuple[str, Element], ...]


def open_word(data: bytes, file: str) -> Package:
    """Open a .docx. Raises QualkitError where it is another thing, damaged, locked or not to be trusted."""
    _refuse_others(data, file)
    plain = unpacked(data, file)
    from docx import Document

    try:
        document = Document(plain)
        package = Package(document.element.body, document.styles.element, tuple(_aside(document)))
        roots = [document.element, document.styles.element, *(root for _, root in package.aside)]
        doctype = any(root.getroottree().docinfo.doctype for root in roots)
    except Exception as fault:  # python-docx and lxml raise a great many kinds for what is no good document
        raise cannot_read(file, "It is damaged, or not a Word document of the usual kind.", SAVE_AGAIN) from fault
    if doctype:
        raise refused(file, Harm.ENTITIES)
    if package.body is None:
        raise cannot_read(file, "It is damaged: it has no body.", SAVE_AGAIN)
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
        raise cannot_read(file, "It is an old Word document (.doc) under the name of a .docx.", SAVE_AGAIN)
    what, remedy = what_else(data) or ("It is not a Word document, whatever its name says.", SAVE_AGAIN)
    raise cannot_read(file, what, remedy)
