"""How often the right heading comes first on the invented studies, and what each proposer gives.

    python benchmarks/sample.py [--study sample|small] [--wrong]

The gold (tests/gold) was written by reading before any indexing ran. A passage counts when at least half of it answers
the schedule; its gold is that of the stretch that covers most of it. These are invented sets, written by those who
wrote the schedule: they show that the parts work, not how well real studies are indexed.
"""

import argparse
import csv
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from qualkit.commands.import_decisions import quoted
from qualkit.commands.index import index as index_study
from qualkit.commands.index import material
from qualkit.commands.new import new
from qualkit.commands.state import Held, State
from qualkit.index.registry import proposers
from qualkit.index.run import index
from qualkit.model.index import Choices, IndexRun, Passage
from qualkit.model.references import Reference
from qualkit.store.study import Study

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"


@dataclass(frozen=True)
class Invented:
    """An invented study: its transcripts, its schedule, and the gold that goes with them."""

    transcripts: Path
    schedule: Path
    gold: Path


SMALL = Invented(ROOT / "tests" / "small_study", ROOT / "frameworks" / "cancer-pain.yaml", GOLD / "small_spans.csv")
SAMPLE = Invented(ROOT / "transcripts_sample", ROOT / "frameworks" / "cancer-pain-2.yaml", GOLD / "sample_spans.csv")
STUDIES = {"sample": SAMPLE, "small": SMALL}


@dataclass(frozen=True)
class Answer:
    """A passage that answers the schedule, with the keys of its right headings and how it was asked."""

    passage: Passage
    headings: frozenset[str]
    asking: str


def answers(state: State, passages: tuple[Passage, ...], gold: Path) -> list[Answer]:
    """The passages of a study that have gold."""
    keys = {heading.name: heading.key for heading in state.needed_framework()[0].headings()}
    stretches: dict[str, list[tuple[int, int, dict[str, str]]]] = {}
    for row in csv.DictReader(gold.open(encoding="utf-8")):
        held = state.transcript(row["transcript"])
        start, end = _place(held, row)
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


def _place(held: Held, row: dict[str, str]) -> tuple[int, int]:
    """Where a stretch of the gold stands: by its reference, and its words must be there."""
    reference = Reference.parse(f"{held.shown}:{row['start']}-{row['end']}")
    if reference is None:
        raise LookupError(f"{row['transcript']}:{row['start']} is no reference")
    start, end = reference.offsets(held.turns)
    found = quoted(held.version.text, row["quote"], start)
    if found is None or found[0] < start or found[1] > end:
        raise LookupError(f"{row['transcript']}:{row['start']}: its words are not there")
    return start, end


def right_first(run: IndexRun, gold: list[Answer], within: int = 1) -> dict[str, tuple[int, int]]:
    """By way of asking, and for all: how many passages have a right heading among the first `within`, of how many."""
    shown: dict[tuple[str, int], set[str]] = {}
    for proposal in run.proposals:
        if proposal.rank <= within:
            shown.setdefault((proposal.version, proposal.start), set()).add(proposal.heading)
    right, count = Counter[str](), Counter[str]()
    for answer in gold:
        for name in (answer.asking, "all"):
            count[name] += 1
            right[name] += bool(shown.get((answer.passage.version, answer.passage.start), set()) & answer.headings)
    return {name: (right[name], count[name]) for name in sorted(count)}


def indexed(invented: Invented, folder: Path) -> Study:
    new(folder)
    schedule = folder / "frameworks" / invented.schedule.name
    shutil.copyfile(invented.schedule, schedule)
    study = Study.open(folder)
    index_study(study, [invented.transcripts], schedule)
    return study


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list the passages whose first heading is not right")
    parser.add_argument("--study", choices=STUDIES, default="sample")
    chosen = parser.parse_args()
    invented = STUDIES[chosen.study]
    with tempfile.TemporaryDirectory() as temporary, indexed(invented, Path(temporary) / "study") as study:
        state = State(study)
        given = material(state)
        whole = index(given, "")
        gold = answers(state, whole.passages, invented.gold)
        every = index(given, "", choices=Choices(silence=0))
        runs = {"all proposers": whole, "never silent": every} | {
            f"{each.name} alone": index(given, "", using=[each]) for each in proposers()
        }
        told_of = [(name, run, 1) for name, run in runs.items()] + [("among three", every, 3)]
        for name, run, within in told_of:
            shares = right_first(run, gold, within)
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
