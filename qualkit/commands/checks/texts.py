"""Whether originals, quoted words, redacted transcripts and the cache are what the study says."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from qualkit.commands.outcome import counted
from qualkit.commands.state import State
from qualkit.index.deciding import quote_hash
from qualkit.language.words import words
from qualkit.model.decisions import Decision
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Layer, Version
from qualkit.store.cache import FILE as CACHE
from qualkit.store.cache import DiskCache
from qualkit.store.erasing import redacted, withdrawn_originals
from qualkit.store.originals import FOLDER
from qualkit.store.study import Study

_BACKUP = "Put a backup of study.qualkit in its place, and keep this one."


def quotations(study: Study) -> list[Problem]:
    """Decisions whose quoted words are not where they say."""
    versions = {row.id: row for row in study.history(Version)}
    salts = {id: study.salts(id) for id in versions}
    wrong: dict[str, int] = {}
    for row in study.history(Decision):
        version = versions.get(row.version)
        if version is None or not _is_there(row, version, salts[row.version]):
            name = version.original_name if version else study.file.name
            wrong[name] = wrong.get(name, 0) + 1
    return [
        Problem(name, "", f"the words of {counted(count, 'decision')} are not where they should be.", _BACKUP)
        for name, count in sorted(wrong.items())
    ]


def _is_there(row: Decision, version: Version, salts: list[tuple[int, int, bytes]]) -> bool:
    if not 0 <= row.start < row.end <= len(version.text):
        return False
    if quote_hash(version.text, salts, row.start, row.end) == row.quote_hash:
        return True
    emptied = [(start, end) for start, end, salt in salts if not salt]
    if not any(row.start < end and start < row.end for start, end in emptied):
        return False
    # part of it was withdrawn: what is left of the quotation must still be right
    inside = [each for each in salts if each[2] and not any(s <= each[0] and each[1] <= e for s, e in emptied)]
    left = quote_hash(version.text, inside, row.start, row.end)
    return set(filter(None, left.split("."))) <= set(row.quote_hash.split("."))


def originals(study: Study) -> list[Problem]:
    """Originals that are missing, or were changed since they were read."""
    there = _hashes(study)
    gone = withdrawn_originals(study)
    wanted = {row.original_sha256: row.stored_as for row in study.history(Version)}
    wanted |= {row.original_sha256: row.stored_as for row in study.history(Layer) if row.original_sha256}
    found = []
    for digest, stored in sorted(wanted.items(), key=lambda item: item[1]):
        if digest not in there and digest not in gone:
            changed = (study.folder / FOLDER / stored).is_file()
            what = "the original was changed since it was read." if changed else "the original is missing."
            remedy = f"Put the file as it was into {FOLDER}/. A corrected transcript is read with --replaces."
            found.append(Problem(f"{FOLDER}/{stored}", "", what, remedy))
    return found


def redacted_files(study: Study) -> list[Problem]:
    """Redacted transcripts that are not there. Turns that were corrected since are not their business."""
    lost = [name for name in redacted(study) if not (study.folder / FOLDER / name).is_file()]
    what = "the redacted transcript is missing."
    return [Problem(f"{FOLDER}/{name}", "", what, "Write it anew: qualkit doctor --repair") for name in lost]


def unknown_files(study: Study) -> list[Problem]:
    """Files below transcripts/ that no transcript was read from; a withdrawal would not find them."""
    known = {row.original_sha256 for row in study.history(Version)}
    known |= {row.original_sha256 for row in study.history(Layer)}
    names = redacted(study)
    strange = [name for digest, name in _hashes(study).items() if digest not in known and name not in names]
    what = "no transcript was read from it; a withdrawal would not find it."
    return [
        Problem(f"{FOLDER}/{name}", "", what, "Import it, or remove it.", serious=False) for name in sorted(strange)
    ]


def _hashes(study: Study) -> dict[str, str]:
    folder = study.folder / FOLDER
    files = sorted(folder.iterdir()) if folder.is_dir() else ()
    return {sha256(path.read_bytes()).hexdigest(): path.name for path in files if path.is_file()}


class _ReadOnly:
    """The cache of a study, looked at and not added to. `sound`: nothing in it had to be computed again."""

    def __init__(self, cache: DiskCache) -> None:
        self._cache, self.sound = cache, True

    def get(self, key: str) -> bytes | None:
        return self._cache.get(key)

    def get_all(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        return self._cache.get_all(keys)

    def put(self, key: str, value: bytes) -> None:
        self.sound = self.sound and self._cache.get(key) is None


def cache_faults(state: State) -> list[Problem]:
    """Whether what was computed from the texts is what would be computed now."""
    if not (state.study.folder / CACHE).exists():
        return []
    cache = DiskCache(state.study.folder)
    try:
        kept = _ReadOnly(cache)
        same = all(
            words(held.version.text, state.language, kept) == words(held.version.text, state.language)
            for held in state.transcripts
        )
    finally:
        cache.close()
    if same and kept.sound:
        return []
    return [Problem(CACHE, "", "the cache is not what the texts give.", "Remove it: qualkit doctor --repair")]
