"""Which language a text is in, by its commonest words: good enough to say that it is not the study's."""

import re
from collections import Counter

from qualkit.language.words import SNOWBALL, stop_words

LOOKED_AT = 20_000  # characters from the beginning
FEWEST = 40  # words; of less nothing is said
OWN = 0.25  # share of a language's commonest words from which a text is taken to be in it
CLEARER = 1.5  # another language must have so many times the share of the study's own
_WORD = re.compile(r"[^\W\d_]+")


def tongue(text: str, expected: str = "en") -> str:
    """The code of a text's language; `expected` (the study's) unless another one is clearly spoken.

    "" where it is clearly not the expected one and none that qualkit knows.
    """
    said = Counter(word.lower() for word in _WORD.findall(text[:LOOKED_AT]))
    if said.total() < FEWEST:
        return expected
    own = _share(said, expected)
    if own >= OWN or not stop_words(expected):
        return expected
    shares = {code: _share(said, code) for code in sorted(SNOWBALL)}
    best = max(shares, key=lambda code: (shares[code], code))
    if shares[best] >= max(OWN, CLEARER * own):
        return best
    return expected if own >= OWN / CLEARER**2 else ""


def named(code: str) -> str:
    """The English name of a language."""
    return SNOWBALL.get(code.split("-")[0], code).capitalize() if code else "a language that qualkit does not know"


def _share(said: Counter[str], code: str) -> float:
    common = stop_words(code)
    return sum(count for word, count in said.items() if word in common) / said.total()
