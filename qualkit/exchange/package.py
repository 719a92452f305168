"""The parts of a workbook that say what stands in its cells, unpacked within bounds."""

import io
import re

from qualkit.packages import Bounds, Harm, HarmfulError, Package, plain

_BOUNDS = Bounds(  # the matrix of 140 interviews has 40 MB of XML with 1.2 million elements
    bytes=100 * 1024 * 1024,
    elements=3_000_000,
    attributes=4_000_000,
    small=200_000,
)
_RUN = 1024 * 1024  # bytes of text or of one tag; a cell holds 32,767 signs
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|(?:xl/)?_rels/[^/]*\.rels|xl/(?:workbook|styles|sharedStrings)\.xml|xl/worksheets/[^/]*\.xml",
    re.IGNORECASE,
)
_CELLS = re.compile(r"xl/(?:sharedStrings|worksheets/.*)\.xml", re.IGNORECASE)


def reduced(data: bytes) -> io.BytesIO:
    """The same workbook with nothing but what is needed of it. Raises HarmfulError, or what zipfile raises."""
    package = Package(data, _BOUNDS)
    return plain((name, _part(package, name)) for name in package.names if _NEEDED.fullmatch(name))


def _part(package: Package, name: str) -> bytes:
    xml = package.xml(name, small=_CELLS.fullmatch(name) is None)
    if _has_long_run(xml):
        raise HarmfulError(Harm.SIZE)
    return xml


def _has_long_run(xml: bytes) -> bool:
    """Is there a text, a tag or an attribute so long that its mere reading takes time with the square of its length?"""
    return any(xml.find(b"<", at, at + _RUN) < 0 for at in range(0, len(xml) - _RUN, _RUN))
