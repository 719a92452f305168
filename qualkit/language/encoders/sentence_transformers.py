"""Any model of the sentence-transformers package, where that is installed: by the path of its folder, or by a name.

A name is looked up among the models that lie on this computer; nothing is ever downloaded.
"""

import json
import os
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from qualkit.errors import QualkitError
from qualkit.language.encoders.interface import Vector

VERSION = "sentence-transformers-1"  # of how a sentence is put to the model


class SentenceTransformers:
    languages: frozenset[str] = frozenset()

    def __init__(self, name: str) -> None:
        self.name = name
        self._folder = _folder(name)
        if find_spec("sentence_transformers") is None:
            raise QualkitError(
                f"the language model {name} needs the package sentence-transformers.",
                "Install it: pip install sentence-transformers",
            )

    @cached_property
    def digest(self) -> str:
        """Hash of all files of the model."""
        told = sha256(VERSION.encode())
        for file in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            told.update(file.relative_to(self._folder).as_posix().encode())
            told.update(sha256(file.read_bytes()).digest())
        return told.hexdigest()[:16]

    @cached_property
    def size(self) -> int:
        try:
            settings = json.loads((self._folder / "1_Pooling" / "config.json").read_text("utf-8"))
            return int(settings["word_embedding_dimension"])
        except (OSError, ValueError, KeyError, TypeError):
            return int(self._model.get_sentence_embedding_dimension())

    def load(self) -> None:
        _ = self._model

    def vector(self, sentence: str) -> Vector:
        if not sentence.strip():
            return np.zeros(self.size, np.float32)
        found: Vector = self._model.encode([sentence], normalize_embeddings=True, show_progress_bar=False)[0]
        return np.asarray(found, np.float32)

    @cached_property
    def _model(self) -> Any:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self._folder), device="cpu")
        except Exception as error:  # whatever the model's own code does not like
            raise QualkitError(
                f"the language model {self.name} cannot be loaded ({type(error).__name__}).",
                f"Its files are in {self._folder}. Get it anew, or choose another: qualkit index --model NAME",
            ) from None


def _folder(name: str) -> Path:
    """Where a model lies: the folder of that path, else what the package has kept of a model of that name."""
    if (Path(name) / "config.json").is_file() or (Path(name) / "modules.json").is_file():
        return Path(name).absolute()
    try:
        from huggingface_hub import snapshot_download

        known = name if "/" in name else f"sentence-transformers/{name}"
        return Path(snapshot_download(known, local_files_only=True))
    except Exception:  # not there, or no name of a model; the package has a dozen errors for it
        raise QualkitError(
            f"There is no language model {name} on this computer.",
            "Name the folder of a sentence-transformers model, all-MiniLM-L6-v2 (English, the usual one), or none.",
        ) from None
