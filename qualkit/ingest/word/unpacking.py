"""The XML of a Word file, unpacked within bounds: what is a few bytes in the file may fill all memory."""

import io
from collections.abc import Sequence

from qualkit.errors import QualkitError
from qualkit.ingest.faults import cannot_read
from qualkit.packages import Bounds, Harm, HarmfulError, Package, plain

SAVE_AGAIN = "Open it in Word or LibreOffice and save it again as a Word document (.docx)."
_BOUNDS = Bounds(
    bytes=64 * 1024 * 1024,
    elements=1_000_000,  # the talk of a whole day has half of them, if every word is formatted by itself
    attributes=1_500_000,
    small=20_000,  # elements that say how parts belong together
    ratio=200,
)
_OTHERS = (  # a member that tells what else a packed file is
    ("xl/workbook.xml", "It is an Excel workbook."),
    ("ppt/presentation.xml", "It is a PowerPoint presentation."),
    ("content.xml", "It is an OpenDocument file (LibreOffice)."),
    ("META-INF/container.xml", "It is an e-book."),
)
_TOLD = {
    Harm.PARTS: "It holds thousands of parts, as no document does.",
    Harm.SIZE: "It unpacks to far more than a document holds, and was not read.",
    Harm.PACKING: "It is damaged, or packed as no Word document is.",
    Harm.ENTITIES: "It defines XML entities, which no Word document does and which can be used to do harm;"
    " it was not read.",
}


def unpacked(data: bytes, file: str) -> io.BytesIO:
    """The same package with its XML unpacked within bounds, and pictures and the like emptied: nobody reads them."""
    try:
        package = Package(data, _BOUNDS)
        _refuse_other_packages(package.names, file)
        return plain((name, _part(package, name)) for name in package.names)
    except QualkitError:
        raise
    except HarmfulError as fault:
        raise refused(file, fault.harm) from fault
    except Exception as fault:  # zipfile raises a dozen kinds for damaged input
        raise cannot_read(file, "It is damaged: it cannot be unpacked.", SAVE_AGAIN) from fault


def _part(package: Package, name: str) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return b""
    return package.xml(name, small=name.endswith((".rels", "[Content_Types].xml")))


def _refuse_other_packages(names: Sequence[str], file: str) -> None:
    for name, what in _OTHERS:
        if name in names and "word/document.xml" not in names:
            raise cannot_read(file, what, SAVE_AGAIN)
    if "[Content_Types].xml" not in names:
        raise cannot_read(file, "It is a packed file (ZIP), but no Word document.", SAVE_AGAIN)


def refused(file: str, harm: Harm) -> QualkitError:
    return cannot_read(file, _TOLD[harm], SAVE_AGAIN)
