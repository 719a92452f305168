"""Plain text: a line is a line."""

from qualkit.ingest.content import refuse_other_than_text
from qualkit.ingest.decode import decode
from qualkit.ingest.interface import Line, Reading


class Txt:
    name = "txt 1"
    extensions: tuple[str, ...] = (".txt",)

    def read(self, data: bytes, file: str) -> Reading:
        refuse_other_than_text(data, file)
        decoded = decode(data, file)
        lines = tuple(Line(text, f"line {n}") for n, text in enumerate(decoded.text.split("\n"), start=1))
        return Reading(lines, decoded.encoding, decoded.problems)
