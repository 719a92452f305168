"""What of a file a message may show: what is as short as a name.

A transcript may be given in the place of a table, and a comma astray moves a quotation into any column. What is longer
than a name is therefore told by its length.
"""

from collections.abc import Collection

from qualkit.framework.near import choice, near, quoted

_LONGEST = 40  # signs
_WORDS = 6
_COMPARISONS = 5_000  # a comparison of two names takes up to a third of a millisecond


def is_short(text: str) -> bool:
    return len(text) <= _LONGEST and len(text.split()) <= _WORDS


def shown(text: str) -> str:
    """A name in quotation marks, or how long it is."""
    return quoted(text) if is_short(text) else f"“…” ({len(text):,} signs)"


class Likeness:
    """Looks for names that were perhaps meant, as long as that takes no time to speak of."""

    def __init__(self) -> None:
        self._left = _COMPARISONS

    def near(self, text: str, names: Collection[str]) -> tuple[str, ...]:
        """Those of `names` that look like `text`."""
        self._left -= len(names)
        if self._left < 0 or not is_short(text):
            return ()
        return near(text, filter(is_short, names))

    def did_you_mean(self, text: str, names: Collection[str]) -> str:
        """A question for the end of a message, or nothing where no name looks like `text`."""
        found = self.near(text, names)
        return f"Did you mean {choice(found)}?" if found else ""
