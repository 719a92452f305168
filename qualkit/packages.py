"""The parts of a packed file (docx, xlsx), unpacked within bounds: whoever sends it may mean harm."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

MEMBERS = 5_000
_NAMES = 1_000_000  # signs in the names of all members
_PIECE = 1 << 16
_SMALL = 1024 * 1024  # bytes up to which a part may grow by any ratio


class Harm(Enum):
    """What a package does that none does which was written in good faith."""

    PARTS = "thousands of parts"
    SIZE = "unpacks to more than its bounds"
    PACKING = "packed in a way that may ask for gigabytes before it gives a byte"
    ENTITIES = "defines XML entities"


class HarmfulError(Exception):
    """A package that was not read; `harm` says why."""

    def __init__(self, harm: Harm) -> None:
        super().__init__(harm.value)
        self.harm = harm


@dataclass(frozen=True)
class Bounds:
    """What the parts that are read may hold together. In memory an element takes up to a hundred times its bytes."""

    bytes: int
    elements: int
    attributes: int
    small: int  # elements of the small parts
    ratio: int = 0  # times its packed size that a part may grow to; 0: any


class Package:
    """A package whose parts are read one by one. Raises HarmfulError, or whatever zipfile raises for damage."""

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        if data.count(b"PK\x01\x02") > 2 * MEMBERS:  # before zipfile makes an object of each
            raise HarmfulError(Harm.PARTS)
        self._packed = zipfile.ZipFile(io.BytesIO(data))
        self._members = {member.filename: member for member in self._packed.infolist()}
        if len(self._members) > MEMBERS or sum(map(len, self._members)) > _NAMES:
            raise HarmfulError(Harm.PARTS)
        self._bounds = bounds
        self._bytes, self._elements = bounds.bytes, bounds.elements
        self._attributes, self._small = bounds.attributes, bounds.small

    @property
    def names(self) -> Sequence[str]:
        return tuple(self._members)

    def xml(self, name: str, *, small: bool) -> bytes:
        """One part, piece by piece: sizes that are written in the file may lie."""
        member = self._members[name]
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise HarmfulError(Harm.PACKING)
        most = self._bytes
        if self._bounds.ratio:
            most = min(most, max(_SMALL, self._bounds.ratio * member.compress_size))
        pieces, size = [], 0
        with self._packed.open(member) as part:
            while piece := part.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise HarmfulError(Harm.SIZE)
                pieces.append(piece)
        xml = b"".join(pieces)
        self._count(xml, small)
        return xml

    def _count(self, xml: bytes, small: bool) -> None:
        elements = xml.count(b"<") - xml.count(b"</")
        self._bytes -= len(xml)
        self._elements -= elements
        self._attributes -= xml.count(b"=")
        self._small -= elements if small else 0
        if min(self._bytes, self._elements, self._attributes, self._small) < 0:
            raise HarmfulError(Harm.SIZE)
        bare = xml.replace(b"\0", b"")  # UTF-16 too
        if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
            raise HarmfulError(Harm.ENTITIES)


def plain(parts: Iterable[tuple[str, bytes]]) -> io.BytesIO:
    """A package of these parts, not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name, content in parts:
            copy.writestr(name, content)
    out.seek(0)
    return out
