"""Vectors of sentences, each computed once: by content and model they are found in the cache, written as computed."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from qualkit.language.cache import Cache, NoCache
from qualkit.language.encoders.interface import Encoder, Vector

Progress = Callable[[int, int], None]  # done, of
_AT_A_TIME = 4  # sentences that a thread takes at once: so many a core are computed again after a kill

Vectors = NDArray[np.float32]


def vectors(
    sentences: Sequence[str],
    encoder: Encoder,
    cache: Cache | None = None,
    progress: Progress = lambda done, of: None,
) -> Vectors:
    """One row a sentence, of length one (zeros where the model knows no word of it). Shape: sentences x encoder.size.

    Differences in white space alone do not count. The model is loaded only where a sentence is not in the cache.
    """
    cache = NoCache() if cache is None else cache
    plain = [" ".join(sentence.split()) for sentence in sentences]
    keys = {sentence: _key(sentence, encoder) for sentence in dict.fromkeys(plain)}
    kept = cache.get_all(keys.values())
    known: dict[str, Vector] = {
        sentence: np.frombuffer(kept[key], "<f4")
        for sentence, key in keys.items()
        if len(kept.get(key, b"")) == 4 * encoder.size
    }
    wanted = [sentence for sentence in keys if sentence not in known]
    for done, (sentence, vector) in enumerate(_computed(wanted, encoder), 1):
        cache.put(keys[sentence], vector.astype("<f4").tobytes())
        known[sentence] = vector
        progress(done, len(wanted))
    table = np.zeros((len(plain), encoder.size), np.float32)
    for n, sentence in enumerate(plain):
        table[n] = known[sentence]
    return table


def _key(sentence: str, encoder: Encoder) -> str:
    return f"vector:{encoder.digest}:{sha256(sentence.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _computed(sentences: Sequence[str], encoder: Encoder) -> Iterator[tuple[str, Vector]]:
    """Each sentence on its own, so that its vector depends on nothing else; on every core at once."""
    if not sentences:
        return
    encoder.load()
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        parts = [sentences[n : n + _AT_A_TIME] for n in range(0, len(sentences), _AT_A_TIME)]

        def work(part: Sequence[str]) -> list[tuple[str, Vector]]:
            return [(sentence, encoder.vector(sentence)) for sentence in part]

        pending: list[Future[list[tuple[str, Vector]]]] = [pool.submit(work, part) for part in parts]
        for done in as_completed(pending):
            yield from done.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
