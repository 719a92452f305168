"""Lexical: a passage belongs where its words are the heading's words."""

from collections.abc import Mapping, Sequence

from qualkit.index.bm25 import Bm25
from qualkit.index.interface import Vote, Votes
from qualkit.index.material import Material, Term
from qualkit.model.index import Evidence

WORDS_SHOWN = 6


class Lexical:
    name = "words"
    version = "2"

    def votes(self, material: Material) -> Votes:
        measure = material.shared(Bm25)
        found = {}
        for talk in material.talks:
            for passage in talk.passages:
                said = material.terms(talk, passage.start, passage.end)
                gains = measure.gains(talk, said)
                if gains:
                    found[passage] = {
                        key: Vote(measure.strength(parts), self._evidence(material, key, parts, said))
                        for key, parts in gains.items()
                    }
        return found

    def _evidence(self, material: Material, key: str, parts: Mapping[str, float], said: Sequence[Term]) -> Evidence:
        best = sorted(parts, key=lambda term: (-parts[term], term))[:WORDS_SHOWN]
        holder = material.wording.holder(key, best[0])
        first = {term.term: (term.start, term.end) for term in reversed(said)}
        return Evidence(self.name, holder.field, holder.number, spans=tuple(sorted(first[term] for term in best)))
