"""How often the right heading comes first on the invented sample transcripts, and what each proposer gives.

    python benchmarks/sample.py [--wrong]

The gold (tests/gold) was written by reading before any indexing ran. A passage counts when at least half of it answers
the schedule; its gold is that of the stretch that covers most of it. This is a small, invented set, written by those
who wrote the schedule: it shows that the parts work, not how well real studies are indexed.
"""

import argparse
import csv
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from qualkit.commands.index import index as index_study
from qualkit.commands.index import material
from qualkit.commands.new import new
from qualkit.commands.state import State
from qualkit.index.registry import proposers
from qualkit.index.run import index
from qualkit.model.index import Choices, IndexRun, Passage
from qualkit.store.study import Study

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "sample_headings.csv"


@dataclass(frozen=True)
class Answer:
    """A passage that answers the schedule, with the keys of its right headings and how it was asked."""

    passage: Passage
    headings: frozenset[str]
    asking: str


def answers(state: State, passages: tuple[Passage, ...]) -> list[Answer]:
    """The passages of the sample that have gold."""
    keys = {heading.name: heading.key for heading in state.needed_framework()[0].headings()}
    stretches: dict[str, list[tuple[int, int, dict[str, str]]]] = {}
    for row in csv.DictReader(GOLD.open(encoding="utf-8")):
        held = state.transcript(row["transcript"])
        start, end = _place(held.version.text, row)
        stretches.setdefault(held.version.id, []).append((start, end, row))
    found = []
    for passage in passages:
        common = [
            (min(passage.end, end) - max(passage.start, start), row)
            for start, end, row in stretches.get(passage.version, ())
            if min(passage.end, end) > max(passage.start, start)
        ]
        if 2 * sum(length for length, _ in common) >= passage.end - passage.start:
            _, row = max(common, key=lambda each: each[0])
            right = frozenset(keys[name] for name in row["headings"].split(";"))
            found.append(Answer(passage, right, row["asking"]))
    return found


def _place(text: str, row: dict[str, str]) -> tuple[int, int]:
    """Where a stretch of the gold stands: its first words and, in the same turn, its last."""
    for match in re.finditer(re.escape(row["start"]), text):
        end = text.find(row["end"], match.start())
        if end >= 0 and "\n" not in text[match.start() : end]:
            return match.start(), end + len(row["end"])
    raise LookupError(f"{row['transcript']}: {row['start']!r} is not in the transcript")


def right_first(run: IndexRun, gold: list[Answer]) -> dict[str, tuple[int, int]]:
    """By way of asking, and for all: how many passages have a right heading first, of how many."""
    first = {(p.version, p.start): p.heading for p in run.proposals if p.rank == 1}
    right, count = Counter[str](), Counter[str]()
    for answer in gold:
        for name in (answer.asking, "all"):
            count[name] += 1
            right[name] += first.get((answer.passage.version, answer.passage.start)) in answer.headings
    return {name: (right[name], count[name]) for name in sorted(count)}


def sample_study(folder: Path) -> Study:
    new(folder)
    schedule = folder / "frameworks" / "cancer-pain.yaml"
    shutil.copyfile(ROOT / "frameworks" / "cancer-pain.yaml", schedule)
    study = Study.open(folder)
    index_study(study, [ROOT / "transcripts_sample"], schedule)
    return study


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list the passages whose first heading is not right")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sample_study(Path(temporary) / "sample") as study:
        state = State(study)
        given = material(state)
        whole = index(given, "")
        gold = answers(state, whole.passages)
        every = index(given, "", choices=Choices(silence=0))
        runs = {"all proposers": whole, "never silent": every} | {
            f"{each.name} alone": index(given, "", using=[each]) for each in proposers()
        }
        for name, run in runs.items():
            shares = right_first(run, gold)
            told = ", ".join(f"{kind} {right}/{count} ({right / count:.0%})" for kind, (right, count) in shares.items())
            print(f"{name:16} {told}")
        if chosen.wrong:
            _list_wrong(state, whole, gold)


def _list_wrong(state: State, run: IndexRun, gold: list[Answer]) -> None:
    framework = state.needed_framework()[0]
    names = {heading.key: heading.name for heading in framework.headings()}
    proposed: dict[tuple[str, int], list[str]] = {}
    for proposal in run.proposals:
        proposed.setdefault((proposal.version, proposal.start), []).append(names[proposal.heading])
    for answer in gold:
        passage = answer.passage
        got = proposed.get((passage.version, passage.start), ["nothing"])
        right = sorted(names[key] for key in answer.headings)
        if got[0] not in right:
            held = state.by_version(passage.version)
            where = held.reference(passage.start, passage.end) if held else ""
            print(f"{where:12} {answer.asking:10} {' or '.join(right)}; proposed: {', '.join(got)}")


if __name__ == "__main__":
    main()
