"""Words that carry a topic: where they stand, and their stems. Snowball's stemmers, spaCy's lists of stop words."""

import json
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from qualkit.language.cache import Cache, NoCache

VERSION = "words-1"
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
_SNOWBALL = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "eu": "basque",
    "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "it": "italian",
    "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    stem: str


def words(text: str, language: str = "en", cache: Cache | None = None) -> tuple[Word, ...]:
    """The content words of a text, in order, without stop words. Cached by content, language and version."""
    cache = cache or NoCache()
    key = f"{VERSION}:{language}:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
    kept = cache.get(key)
    if kept is not None:
        return tuple(Word(*item) for item in json.loads(zlib.decompress(kept)))
    found = _words(text, language)
    packed = json.dumps([(word.start, word.end, word.stem) for word in found], separators=(",", ":"))
    cache.put(key, zlib.compress(packed.encode(), 1))
    return found


def stems(text: str, language: str = "en") -> tuple[str, ...]:
    """The stems of the content words of a text, in order."""
    return tuple(word.stem for word in _words(text, language))


def _words(text: str, language: str) -> tuple[Word, ...]:
    stops, stem = stop_words(language), _stem
    found = []
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if len(word) > 1 and word not in stops:
            found.append(Word(match.start(), match.end(), stem(word, language)))
    return tuple(found)


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return word if stemmer is None else str(stemmer.stemWord(word))


@lru_cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    name = _SNOWBALL.get(language.split("-")[0])
    return snowballstemmer.stemmer(name) if name else None


@lru_cache
def stop_words(language: str) -> frozenset[str]:
    """spaCy's stop words of a language and, for English, what is said between words that carry a topic."""
    code = language.split("-")[0]
    own = _SPOKEN if code == "en" else frozenset()
    return frozenset(_spacy_stop_words(code)) | own


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
