"""The encoders in use, by the name that a person gives. A further one is one file beside these and one line here."""

from functools import lru_cache
from pathlib import Path

from qualkit.language.encoders.interface import Encoder
from qualkit.language.encoders.minilm import MiniLM

NONE = "none"


def known_as(name: str) -> str:
    """The name by which a model is found from anywhere: a folder by its whole path."""
    return str(Path(name).absolute()) if name not in (NONE, MiniLM.name) and Path(name).is_dir() else name


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
