"""How a reader says no: the file, what is wrong with it, and what mends it. Never a word of the transcript."""

from collections.abc import Sequence

from qualkit.errors import QualkitError


def cannot_read(file: str, what: str, remedy: str, place: str = "") -> QualkitError:
    """The error for a file that cannot be read whole."""
    where = f"{file}, {place}" if place else file
    return QualkitError(f"{where}: {what}", remedy)


def some_places(places: Sequence[str], most: int = 5) -> str:
    """A list of places short enough for a message: "line 3, line 9 and 12 more"."""
    if len(places) <= most:
        return ", ".join(places)
    return ", ".join(places[:most]) + f" and {len(places) - most} more"
