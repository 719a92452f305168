"""Growth of the everyday commands with the study: 200 interviews with 20,000 decisions beside 35 with 3,500.

    python benchmarks/scale.py [DATA_DIR] [--sizes 35 200] [--runs 5] [--keep DIR] [--out OUT.json]

A study of n interviews has about n x 6,300 words, made as in benchmarks/speed.py (which see for DATA_DIR), from blocks
of turns of all the public transcripts, so that a small study is like a large one. Two coders make 100 decisions an
interview, on places that recur, so that many supersede others in whole or in part: 85 come in with `import decisions`,
a file a coder, 15 with `decide`, an event each. Every command is a whole process, with Python's compiled files in place
as users have them; it runs on the small study and at once on the large one. Figures are medians of --runs such pairs
after one that does not count, ratios the median of the pairs' ratios. Growth may be no worse than that of the words.
Making the studies takes longer than measuring them: --keep DIR makes them there, and uses those that are there.
"""

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from speed import ROOT, SCHEDULE, material, measured, write_study

from qualkit.commands.decide import decide
from qualkit.commands.state import Held, State
from qualkit.model.decisions import Decision
from qualkit.model.transcripts import Role
from qualkit.store.study import Study

QUALKIT = [sys.executable, "-m", "qualkit"]
SIZES = ("small", "large")
CODERS = ("Ann", "Ben")
DECISIONS, APART = 100, 15  # an interview; and how many of them are an event each
PLACE = "T007"  # what is shown, and decided on once more
PLACES = 25  # an interview, where something is decided
BLOCK, STEP = 10, 7  # turns that stay together; every 7th block is taken, seven times over


@dataclass(frozen=True)
class Act:
    """One decision as a coder makes it; an empty heading says that nothing applies."""

    transcript: str
    start: str  # TURN or TURN.SENTENCE
    end: str
    heading: str
    verdict: str
    coder: str


def mixed(turns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The turns with all sources spread evenly, so that any stretch has turns of the usual length."""
    blocks = [turns[at : at + BLOCK] for at in range(0, len(turns), BLOCK)]
    return [turn for first in range(STEP) for block in blocks[first::STEP] for turn in block]


def acts(held: Held, headings: Sequence[str]) -> Iterator[Act]:
    """What the coders decide on one interview, first to last, by a seeded rule."""
    chance = random.Random(held.shown)
    speaking = held.with_role(Role.PARTICIPANT)
    turns = [turn.n for turn in held.turns if turn.speaker in speaking]
    places = [(chance.choice(turns), chance.choice(headings)) for _ in range(PLACES)]
    said: dict[tuple[str, str, str, str], str] = {}
    for _ in range(DECISIONS):
        turn, heading = chance.choice(places)
        coder = chance.choice(CODERS)
        if chance.random() < 0.2:
            heading = chance.choice(headings)
        start, end = str(turn), str(min(turn + chance.choice((0, 0, 1, 2)), len(held.turns)))
        if start == end and (sentences := len(held.turn(turn).sentences)) > 1 and chance.random() < 0.4:
            start = end = f"{turn}.{chance.randint(1, sentences)}"
        verdict = chance.choice(("applies",) * 14 + ("not",) * 4 + ("none", "back"))
        place = (coder, start, end, "" if verdict == "none" else heading)
        before = said.get(place)
        if verdict == before or (verdict == "back" and before is None):
            verdict = "not" if before == "applies" else "applies"  # something new, so that it is recorded
            place = (coder, start, end, heading)
        said[place] = verdict
        yield Act(held.shown, start, end, place[3], verdict, coder)


def record(study: Path) -> None:
    """Make the decisions of a study that is indexed."""
    with Study.open(study) as opened:
        state = State(opened)
        headings = [heading.number for heading in state.needed_framework()[0].headings()]
        mine = {held.shown: list(acts(held, headings)) for held in state.transcripts}
    for coder in CODERS:
        file = study / f"{coder}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(("transcript", "start", "end", "target", "verdict", "coder"))
            for one in (act for each in mine.values() for act in each[:-APART] if act.coder == coder):
                table.writerow((one.transcript, one.start, one.end, one.heading, one.verdict, one.coder))
        run([*QUALKIT, "import", "decisions", file.name], study)
    with Study.open(study) as opened:
        for one in (each[n] for n in range(-APART, 0) for each in mine.values()):
            named = [one.heading] if one.heading else []
            decide(
                opened, f"{one.transcript}:{one.start}-{one.end}", named if one.verdict == "applies" else (),
                coder=one.coder, rejects=named if one.verdict == "not" else (),
                back=named if one.verdict == "back" else (), none=one.verdict == "none",
            )  # fmt: skip


def run(command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def made(study: Path, turns: list[tuple[str, str]], count: int) -> None:
    """Make a study of `count` interviews with its decisions, in a folder that is moved into place when it is whole."""
    if study.exists():
        return
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=study.parent) as temporary:
        source, folder = Path(temporary) / "source", Path(temporary) / "study"
        write_study(source, turns, count)
        folder.mkdir()
        schedule = folder / SCHEDULE.name
        schedule.write_bytes(SCHEDULE.read_bytes())
        run([*QUALKIT, "index", str(source), "--framework", str(schedule), "--coder", CODERS[0]], folder)
        record(folder)
        folder.rename(study)
    print(f"{study.name} made in {time.perf_counter() - began:.0f} s", flush=True)


def sizes_of(study: Path) -> dict[str, float]:
    with Study.open(study) as opened:
        state = State(opened)
        ever, standing = opened.history(Decision), opened.rows(Decision)
        return {
            "interviews": len(state.transcripts),
            "words": sum(len(held.version.text.split()) for held in state.transcripts),
            "passages": len(state.index_run.passages) if state.index_run else 0,
            "events": len(opened.events()),
            "decision rows": len(ever),
            "standing": len(standing),
            "study file, MB": (study / "study.qualkit").stat().st_size / 1e6,
        }


def steps(n: int) -> dict[str, list[str]]:
    """The commands that are measured; the n-th time, what is decided is not what was decided before."""
    verdict = ["1.1", "--not", "1.2"] if n % 2 else ["1.2", "--not", "1.1"]
    return {
        "status": ["status"],
        "decide": ["decide", f"{PLACE}:10-12", *verdict, "--coder", CODERS[0]],
        "export matrix": ["export", "matrix", "-o", "matrix.xlsx"],
        "show": ["show", PLACE],
        "log": ["log"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("QUALKIT_DATA", ROOT.parent / "shared" / "data"))
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--sizes", type=int, nargs=2, default=[35, 200], metavar=("SMALL", "LARGE"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    if not (chosen.data / "index").is_dir():
        sys.exit(f"{chosen.data}: there is no folder index with transcripts; name DATA_DIR or set QUALKIT_DATA")
    with tempfile.TemporaryDirectory() as temporary:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(temporary) / "compiled")
        place = (chosen.keep or Path(temporary)).resolve()
        place.mkdir(parents=True, exist_ok=True)
        studies = [place / f"study of {count}" for count in chosen.sizes]
        turns = mixed(material(chosen.data))
        for study, count in zip(studies, chosen.sizes, strict=True):
            made(study, turns, count)
        figures = compared(studies, chosen.runs)
    if chosen.out:
        chosen.out.write_text(json.dumps(figures, indent=1), "utf-8")


def compared(studies: Sequence[Path], runs: int) -> dict[str, object]:
    """Measure both studies turn by turn, and print how everything has grown."""
    counts, more = (sizes_of(study) for study in studies)
    for name, count in counts.items():
        print(f"{name:16}{count:12,.0f}  {more[name]:12,.0f}  {more[name] / count:6.2f} x")
    linear = more["words"] / counts["words"]
    taken: dict[str, list[list[tuple[float, float]]]] = {}
    for n in range(runs + 1):
        for name, command in steps(n).items():
            pair = [measured([*QUALKIT, *command], study) for study in studies]  # one right after the other
            if n:  # the first of each warms the disk
                taken.setdefault(name, []).append(pair)
    growth: dict[str, dict[str, float]] = {}
    for name, pairs in taken.items():
        row: dict[str, float] = {}
        for at, unit in enumerate(("s", "MB")):
            row |= {f"{size}, {unit}": statistics.median(p[n][at] for p in pairs) for n, size in enumerate(SIZES)}
            row[f"x, {unit}"] = statistics.median(large[at] / small[at] for small, large in pairs)
        growth[name] = row
        told = "  worse than linear" if max(row["x, s"], row["x, MB"]) > linear else ""
        print(
            f"{name:16}{row['small, s']:10.2f} s  {row['large, s']:10.2f} s  {row['x, s']:6.2f} x"
            f"{row['small, MB']:9.0f} MB{row['large, MB']:9.0f} MB  {row['x, MB']:6.2f} x{told}"
        )
    return {"sizes": [counts, more], "linear": linear, "growth": growth}


if __name__ == "__main__":
    main()
