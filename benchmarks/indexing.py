"""Run the product's own index on JSON transcripts and write predictions for a scorer.

    python benchmarks/indexing.py DATA_DIR OUT.json [--everything] [--without PART ...] [--silence N]

DATA_DIR holds one JSON a transcript: id, interviewers, headings (id, label, description), turns (speaker, text) and,
where several talks were joined, breaks (first turn of each). Transcripts with the same headings are one study. OUT is
{id: [{"turn": n, "headings": [best first, at most three]}]}. With --everything the index is not silent (--silence 0),
and a turn that is no passage takes the headings of the nearest turn that is, so that every turn is answered. Only
labels and descriptions are known: such data has no schedule questions, so the question proposer has nothing to go by.
--without leaves a proposer out (words, meaning, question), or "own talk". Vectors are kept beside OUT between runs.
"""

import argparse
import hashlib
import itertools
import json
import sys
import time
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from qualkit.index.material import Material, Talk
from qualkit.index.own_talk import NAME as OWN_TALK
from qualkit.index.registry import proposers
from qualkit.index.run import index
from qualkit.language.cache import Cache
from qualkit.language.encoders.minilm import MiniLM
from qualkit.language.sentences import Sentences
from qualkit.model.index import Choices
from qualkit.model.schedule import Category, Framework, Heading
from qualkit.model.transcripts import Turn
from qualkit.store.cache import DiskCache


def framework(document: dict) -> Framework:
    headings = tuple(
        Heading(h["id"], f"1.{n}", h["label"], h.get("description", ""))
        for n, h in enumerate((h for h in document["headings"] if not h.get("junk")), 1)
    )
    return Framework("f", "benchmark", "1", (Category("c", "1", "all", "", headings),))


def studies(documents: list[dict]) -> list[list[dict]]:
    """Documents whose headings are the same, whatever their order."""
    found: dict[str, list[dict]] = defaultdict(list)
    for document in documents:
        headings = sorted((h["id"], h["label"], h.get("description", "")) for h in document["headings"])
        found[json.dumps(headings)].append(document)
    return list(found.values())


def stretches(document: dict) -> list[tuple[int, int]]:
    """(first turn, end) of each talk of a document."""
    bounds = sorted({0, *document.get("breaks", []), len(document["turns"])})
    return list(itertools.pairwise(bounds))


def talks(document: dict, sentences: Sentences) -> list[tuple[int, Talk]]:
    """(number of its first turn, talk) for each talk of a document."""
    asking = set(document.get("interviewers", []))
    speaking = {turn["speaker"] for turn in document["turns"]} - asking
    found = []
    for first, end in stretches(document):
        texts = [turn["text"] for turn in document["turns"][first:end]]
        starts = sentences.starts(texts)
        turns, at = [], 0
        for n, (text, begins) in enumerate(zip(texts, starts, strict=True), 1):
            speaker = document["turns"][first + n - 1]["speaker"]
            turns.append(Turn(n, at, at + len(text), speaker, sentences=tuple(at + b for b in begins)))
            at += len(text) + 1
        text = "\n".join(texts)
        digest = hashlib.sha256(text.encode()).hexdigest()
        name = f"{document['id']}:{first}"
        found.append((first, Talk(name, text, digest, tuple(turns), frozenset(asking), frozenset(speaking))))
    return found


Known = dict[str, list[tuple[int, Talk]]]  # document id -> first turn and talk of each of its talks


def material(study: list[dict], sentences: Sentences, cache: Cache) -> tuple[Known, Material]:
    known = {document["id"]: talks(document, sentences) for document in study}
    every = [one for each in known.values() for _, one in each]
    return known, Material(framework(study[0]), every, encoder=MiniLM(), cache=cache)


def predict(
    known: Known, given: Material, everything: bool, without: Collection[str] = (), silence: float = 1.0
) -> dict[str, list[dict]]:
    using = [proposer for proposer in proposers() if proposer.name not in without]
    choices = Choices(silence=0.0 if everything else silence, own_talk=OWN_TALK not in without)
    run = index(given, "", using=using, choices=choices)
    by_turn: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    turn_of = {(p.version, p.start): p.turn for p in run.passages}
    for proposal in run.proposals:  # a long turn has several passages: each gives its voice by rank and length
        place = (proposal.version, turn_of[proposal.version, proposal.start])
        voice = (proposal.end - proposal.start) / proposal.rank
        by_turn[place][proposal.heading] = by_turn[place].get(proposal.heading, 0.0) + voice
    predictions = {}
    for name, parts in known.items():
        rows = {}
        for first, one in parts:
            given = {
                n: sorted(by_turn[one.version, n], key=lambda h: (-by_turn[one.version, n][h], h))[:3]
                for n in range(1, len(one.turns) + 1)
                if (one.version, n) in by_turn
            }
            if everything and given:
                given = {n: given[min(given, key=lambda m: (abs(m - n), m))] for n in range(1, len(one.turns) + 1)}
            rows |= {first + n - 1: headings for n, headings in given.items()}
        predictions[name] = [{"turn": n, "headings": rows[n]} for n in sorted(rows)]
    return predictions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("--without", nargs="+", default=[], metavar="PART")
    parser.add_argument("--silence", type=float, default=1.0)
    chosen = parser.parse_args()
    documents = [json.loads(file.read_text("utf-8")) for file in sorted(chosen.data.glob("*.json"))]
    if not documents:
        sys.exit(f"{chosen.data}: no JSON transcripts here")
    began, sentences, predictions = time.perf_counter(), Sentences("en"), {}
    cache = DiskCache(chosen.out.absolute().parent)
    for study in studies(documents):
        known, given = material(study, sentences, cache)
        predictions |= predict(known, given, chosen.everything, chosen.without, chosen.silence)
    chosen.out.write_text(json.dumps({name: predictions[name] for name in sorted(predictions)}), "utf-8")
    print(f"{len(predictions)} transcripts in {time.perf_counter() - began:.1f} s -> {chosen.out}")


if __name__ == "__main__":
    main()
