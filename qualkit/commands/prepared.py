"""A transcript file read and understood, and how its text and turns are recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from qualkit.ingest.interface import Hints, Spoken
from qualkit.ingest.transcript import read_bytes
from qualkit.model.transcripts import ImportNote, Layer, Piece, Turn, Version
from qualkit.store.recording import Recording
from qualkit.store.study import Study


@dataclass(frozen=True)
class Prepared:
    """A file read and understood, not yet recorded."""

    shown: str
    name: str
    data: bytes
    sha256: str
    spoken: Spoken
    turns: tuple[Turn, ...]  # with sentences


class Reader:
    """Reads files; the sentence recogniser is loaded for the first one only."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._sentences: object = None
        self.warnings: list[tuple[str, str]] = []

    def prepare(self, id: str, name: str, data: bytes, hints: Hints) -> Prepared:
        spoken = read_bytes(data, name, hints)
        texts = [spoken.text[turn.start : turn.end] for turn in spoken.turns]
        turns = tuple(
            replace(turn, sentences=tuple(turn.start + at for at in starts))
            for turn, starts in zip(spoken.turns, self._starts(name, texts), strict=True)
        )
        return Prepared(id, name, data, sha256(data).hexdigest(), spoken, turns)

    def _starts(self, name: str, texts: Sequence[str]) -> list[tuple[int, ...]]:
        from qualkit.language.sentences import Sentences

        if not isinstance(self._sentences, Sentences):
            self._sentences = Sentences(self._language)
            if self._sentences.warning:
                self.warnings.append((name, self._sentences.warning))
        return self._sentences.starts(texts)


def record_version(
    study: Study, record: Recording, transcript: str, prepared: Prepared, turns: Sequence[Turn]
) -> Version:
    """Record the text of a file with its turns and what the reader reported, in the place of a former version."""
    spoken = prepared.spoken
    version = record.put(
        Version(
            transcript=transcript,
            text=spoken.text,
            text_sha256=sha256(spoken.text.encode("utf-8", "surrogatepass")).hexdigest(),
            original_sha256=prepared.sha256,
            original_name=prepared.name,
            stored_as=study.keep_original(prepared.name, prepared.data),
            reader=spoken.reader,
            encoding=spoken.encoding,
            pieces=tuple(Piece(turn.start, turn.end) for turn in turns),
        )
    )
    record.put(Layer(version=version.id, turns=tuple(turns)))
    for problem in spoken.problems:
        record.add(
            ImportNote(
                version=version.id,
                place=problem.place,
                what=problem.what,
                remedy=problem.remedy,
                dropped=problem.dropped,
                serious=problem.serious,
            )
        )
    return version
