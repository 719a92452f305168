"""How much a transcript may hold: far more than any does. What goes beyond is none, or was made to do harm."""

from qualkit.ingest.faults import cannot_read

FILE = 200 * 1024 * 1024  # bytes, pictures and all
PLAIN_TEXT = 20 * 1024 * 1024  # bytes
_LINES = 100_000
_SIGNS = 10_000_000  # a hundred hours of talk have five million


def refuse_larger(size: int, file: str, most: int) -> None:
    """Raises QualkitError for more bytes than any transcript has."""
    if size > most:
        raise cannot_read(file, "It is far larger than any transcript.", "Give the written transcript.")


def refuse_too_much(lines: int, signs: int, file: str) -> None:
    """Raises QualkitError for more lines or signs than any transcript has."""
    if lines > _LINES or signs > _SIGNS:
        what = f"It holds {lines:,} lines and {signs:,} letters and signs, far more than any transcript."
        raise cannot_read(file, what, "Split it into files of one conversation each.")
