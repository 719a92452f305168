"""The words of a text: where they stand, their stems, and which carry a topic (Snowball; spaCy's stop words)."""

import json
import re
import zlib
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from qualkit.language.cache import Cache, NoCache

VERSION = "words-3"
_WORD = re.compile(r"[^\W\d_]+|\d+")
# What is left of English words that are cut at their apostrophe, and what people say while they think.
_SPOKEN = frozenset(
    re.findall(
        r"\w+",
        "ain aren couldn didn doesn don hadn hasn haven isn mustn shouldn wasn weren won wouldn ll ve re"
        " yeah yes yep no nope okay ok oh ah aye uh um er erm eh mm mhm hmm hm huh right well like just got get going"
        " go really actually know mean think thing things kind sort lot bit say said tell",
    )
)
# Words of spaCy's English list that carry a topic in an interview: side effects, a bad back, ten out of ten.
_TOPICAL = frozenset(
    re.findall(
        r"\w+",
        "alone back bottom call eight eleven empty fifteen fifty five forty four front full hundred keep move name nine"
        " nobody serious show side six sixty ten together top twelve twenty",
    )
)
SNOWBALL = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "eu": "basque",
    "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "it": "italian",
    "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip


class Word(NamedTuple):
    """One of many: a plain tuple is made four times as fast as a frozen dataclass."""

    start: int
    end: int
    stem: str
    carries: bool  # a topic: no stop word, and more than one letter


def words(text: str, language: str = "en", cache: Cache | None = None) -> tuple[Word, ...]:
    """All words of a text, in order. Cached by content, language and version."""
    cache = NoCache() if cache is None else cache
    kept = cache.get(_key(text, language))
    if kept is not None:
        with suppress(zlib.error, ValueError, TypeError):  # a value that was damaged is computed again
            return tuple(map(Word, *json.loads(zlib.decompress(kept))))
    return _computed(text, language, cache)


def prepare(text: str, language: str, cache: Cache) -> None:
    """Compute the words of a text where the cache does not have them."""
    if cache.get(_key(text, language)) is None:
        _computed(text, language, cache)


def _key(text: str, language: str) -> str:
    return f"{VERSION}:{language}:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _computed(text: str, language: str, cache: Cache) -> tuple[Word, ...]:
    found = _words(text, language)
    columns = list(zip(*found, strict=True)) or [()] * len(Word._fields)
    cache.put(_key(text, language), zlib.compress(json.dumps(columns, separators=(",", ":")).encode(), 1))
    return found


def stems(text: str, language: str = "en") -> tuple[str, ...]:
    """The stems of the words of a text that carry a topic, in order."""
    return tuple(word.stem for word in _words(text, language) if word.carries)


def _words(text: str, language: str) -> tuple[Word, ...]:
    stops = stop_words(language)
    found = []
    for match in _WORD.finditer(text):
        word = match[0].lower()
        carries = len(word) > 1 and word not in stops
        found.append(Word(match.start(), match.end(), _stem(word, language), carries))
    return tuple(found)


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return word if stemmer is None else str(stemmer.stemWord(word))


@lru_cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    name = SNOWBALL.get(language.split("-")[0])
    return snowballstemmer.stemmer(name) if name else None


@lru_cache
def stop_words(language: str) -> frozenset[str]:
    """spaCy's stop words of a language; for English without those that carry a topic, and with what fills a pause."""
    code = language.split("-")[0]
    listed = frozenset(_spacy_stop_words(code))
    return (listed - _TOPICAL) | _SPOKEN if code == "en" else listed


def _spacy_stop_words(code: str) -> set[str]:
    """Read from spaCy's file itself: to import it would load all of spaCy, which takes seconds."""
    from importlib.util import find_spec, module_from_spec, spec_from_file_location

    home = find_spec("spacy")
    if home is None or not home.origin:
        return set()
    file = Path(home.origin).parent / "lang" / code / "stop_words.py"
    spec = spec_from_file_location(f"stop_words_{code}", file) if file.is_file() else None
    if spec is None or spec.loader is None:
        return set()
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return {word.lower() for word in module.STOP_WORDS}
