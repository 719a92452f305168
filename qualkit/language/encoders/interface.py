"""The interface of an encoder: a sentence in, a vector of length one out."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


class Encoder(Protocol):
    """A language model for sentences.

    `name` is what a person calls it, `digest` changes with every change of what it gives, `languages` are the codes of
    the languages it was trained for (empty: said to know many).
    """

    @property
    def name(self) -> str: ...

    @property
    def digest(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def languages(self) -> frozenset[str]: ...

    def load(self) -> None:
        """Read the weights, once a process. Raises QualkitError, with what to do, where they are missing or wrong."""
        ...

    def vector(self, sentence: str) -> Vector:
        """The vector of one sentence, whatever its length; zeros where it has no word that the model knows.

        Depends on this sentence alone, and may be called from several threads.
        """
        ...
