"""The encoders in use, by the name that a person gives. A further one is one file beside these and one line here."""

from functools import lru_cache

from qualkit.language.encoders.interface import Encoder
from qualkit.language.encoders.minilm import MiniLM

NONE = "none"


@lru_cache
def encoder(name: str) -> Encoder | None:
    """The encoder of a name, loaded once a process when first used; None for "none".

    Any other name is that of a sentence-transformers model, or its folder. Raises QualkitError where there is none.
    """
    if name == NONE:
        return None
    if name == MiniLM.name:
        return MiniLM()
    from qualkit.language.encoders.sentence_transformers import SentenceTransformers

    return SentenceTransformers(name)
