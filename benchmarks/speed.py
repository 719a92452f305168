"""Time and memory of the main job on a study of usual size, its growth, and the start of the command line.

    python benchmarks/speed.py [DATA_DIR] [--sizes 35 70 140] [--runs 3] [--out OUT.json]

A study of n transcripts has about n x 6,300 words (35: 220,000), made from the public transcripts in DATA_DIR/index
(default QUALKIT_DATA, else ../shared/data). A text that is used again has words changed by a seeded rule, so that no
long sentence repeats: what is cached by content is not found by luck. Each figure is the median of --runs whole
processes; ratios between sizes and to the bare program come from one run. "Vectors alone" is a process that computes
the vectors of the same sentences and no more; "one more" is the last transcript, added to a study of the others, and
"its vectors alone" the same for that transcript. Python's compiled files are kept, as an installation keeps them.
With --peer BERTopic's zero-shot reads the passages of the first size, given their vectors (needs the group peers).
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = 6_300  # a transcript
SCHEDULE = ROOT / "frameworks" / "cancer-pain.yaml"
BARE = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def one(name: str) -> None:
    "One."
@app.command()
def two(name: str) -> None:
    "Two."
app()
"""
# The vectors of an indexed study: computed afresh, or as they were kept.
VECTORS = """
import sys
from pathlib import Path
from qualkit.commands.index import material
from qualkit.commands.state import State
from qualkit.index.meaning import Meant
from qualkit.index.spoken import Spoken
from qualkit.language.cache import NoCache
from qualkit.store.cache import DiskCache
from qualkit.store.study import Study
folder = Path(sys.argv[1])
with Study.open(folder) as study:
    given = material(State(study), DiskCache(folder))
    if sys.argv[2] == "fresh":
        given._cache = NoCache()
    given.shared(Spoken), given.shared(Meant)
"""
PEER = (
    VECTORS
    + """
from bertopic import BERTopic
from bertopic.backend import BaseEmbedder
class Ours(BaseEmbedder):
    def embed(self, documents, verbose=False):
        return given.vectors(documents)
at = [n for n, (_, step) in enumerate(given.steps) if step.passage]
texts = [given.steps[n][0].text[given.steps[n][1].start : given.steps[n][1].end] for n in at]
names = [f"{heading.name}. {heading.definition}" for heading in given.headings]
BERTopic(embedding_model=Ours(), zeroshot_topic_list=names).fit_transform(texts, given.shared(Spoken).steps[at])
"""
)


def material(data: Path) -> list[tuple[str, str]]:
    """(label, text) of all turns, an interviewer's as I, the others' as P."""
    found = []
    for file in sorted((data / "index").glob("*.json")):
        document = json.loads(file.read_text("utf-8"))
        asking = set(document["interviewers"]) or {document["turns"][0]["speaker"]}
        for turn in document["turns"]:
            text = " ".join(turn["text"].split())
            if text:
                found.append(("I" if turn["speaker"] in asking else "P", text))
    return found


def changed(text: str, used: int) -> str:
    """The text as it is used for the n-th time: every longer word gets a letter changed by a seeded rule."""
    if used == 0:
        return text
    chance = random.Random(f"{used}:{text}")

    def change(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < 5 or chance.random() < 0.5:
            return word
        at = chance.randrange(1, len(word))
        return word[:at] + chance.choice("aeioumnrst") + word[at:]

    return re.sub(r"[A-Za-z]+", change, text)


def write_study(folder: Path, turns: list[tuple[str, str]], count: int) -> tuple[int, int]:
    """Write `count` transcripts; gives their words and how many distinct sentences they have."""
    folder.mkdir()
    at = words = 0
    sentences = set()
    for n in range(1, count + 1):
        lines, said = [], 0
        while said < WORDS:
            label, text = turns[at % len(turns)]
            text = changed(text, at // len(turns))
            lines.append(f"{label}: {text}\n")
            sentences.update(re.split(r"(?<=[.?!]) +", text))
            said += len(text.split())
            at += 1
        words += said
        (folder / f"T{n:03d}.txt").write_text("\n".join(lines), "utf-8")
    return words, len(sentences)


def measured(command: list[str], cwd: Path) -> tuple[float, float]:
    """(seconds, peak MB) of a whole process, and of it alone."""
    script = (
        "import resource, subprocess, sys, time; b = time.perf_counter();"
        "r = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode;"
        "print(time.perf_counter() - b, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024); sys.exit(r)"
    )
    done = subprocess.run([sys.executable, "-c", script, *command], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed: {done.stderr}")
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def new_study(folder: Path) -> tuple[Path, Path]:
    """A folder for a study, and the schedule in it."""
    folder.mkdir()
    schedule = folder / SCHEDULE.name
    schedule.write_bytes(SCHEDULE.read_bytes())
    return folder, schedule


def one_more(source: Path, folder: Path, qualkit: list[str]) -> tuple[float, float]:
    """Seconds that `index` takes for the last transcript when the others have been indexed; for its vectors alone."""
    study, schedule = new_study(folder / "others")
    *others, last = sorted(map(str, source.iterdir()))
    measured([*qualkit, "index", *others, "--framework", str(schedule)], study)
    seconds, _ = measured([*qualkit, "index", last], study)
    study, schedule = new_study(folder / "alone")
    measured([*qualkit, "index", last, "--framework", str(schedule)], study)
    return seconds, measured([sys.executable, "-c", VECTORS, str(study), "fresh"], study)[0]


def one_size(data: list[tuple[str, str]], count: int, runs: int, peer: bool) -> dict[str, float]:
    qualkit = [sys.executable, "-m", "qualkit"]
    rows: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "source"
        words, sentences = write_study(source, data, count)
        for n in range(runs):
            study, schedule = new_study(Path(temporary) / f"study{n}")
            steps = {
                "index, cold": [*qualkit, "index", str(source), "--framework", str(schedule)],
                "index, nothing new": [*qualkit, "index"],
                "vectors alone": [sys.executable, "-c", VECTORS, str(study), "fresh"],
                "export matrix": [*qualkit, "export", "matrix", "-o", "matrix.xlsx"],
                "status": [*qualkit, "status"],
            }
            for name, command in steps.items():
                seconds, peak = measured(command, study)
                rows.setdefault(name, []).append(seconds)
                rows.setdefault(f"{name}, MB", []).append(peak)
            (more := Path(temporary) / f"more{n}").mkdir()
            for name, seconds in zip(("one more", "its vectors alone"), one_more(source, more, qualkit), strict=True):
                rows.setdefault(name, []).append(seconds)
            if peer and n == 0:
                seconds, _ = measured([sys.executable, "-c", PEER, str(study), "kept"], study)
                rest, _ = measured([sys.executable, "-c", VECTORS, str(study), "kept"], study)
                rows["BERTopic beyond the vectors"] = [seconds - rest]
            size = (study / "study.qualkit").stat().st_size / 1e6
    figures = {name: statistics.median(values) for name, values in rows.items()}
    return {"transcripts": count, "words": words, "distinct sentences": sentences, "study, MB": size, **figures}


def help_ratio(runs: int) -> dict[str, float]:
    """`qualkit --help` beside a bare typer program, turn by turn."""
    with tempfile.TemporaryDirectory() as temporary:
        bare = Path(temporary) / "bare.py"
        bare.write_text(BARE, "utf-8")
        ours, theirs = [], []
        for _ in range(runs + 1):
            ours.append(measured([sys.executable, "-m", "qualkit", "--help"], ROOT)[0])
            theirs.append(measured([sys.executable, str(bare), "--help"], ROOT)[0])
    pairs = [one / other for one, other in zip(ours[1:], theirs[1:], strict=True)]  # the first of each warms the disk
    return {
        "help": statistics.median(ours[1:]),
        "bare typer": statistics.median(theirs[1:]),
        "ratio": statistics.median(pairs),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("QUALKIT_DATA", ROOT.parent / "shared" / "data"))
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--sizes", type=int, nargs="+", default=[35, 70, 140])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--peer", action="store_true", help="measure BERTopic's zero-shot too")
    chosen = parser.parse_args()
    if not (chosen.data / "index").is_dir():
        sys.exit(f"{chosen.data}: there is no folder index with transcripts; name DATA_DIR or set QUALKIT_DATA")
    with tempfile.TemporaryDirectory() as compiled:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = compiled
        run(chosen)


def run(chosen: argparse.Namespace) -> None:
    started = help_ratio(max(5, chosen.runs))
    print(f"--help {started['help']:.3f} s, bare typer {started['bare typer']:.3f} s: {started['ratio']:.2f} x")
    turns = material(chosen.data)
    sizes = []
    for count in chosen.sizes:
        sizes.append(one_size(turns, count, chosen.runs, chosen.peer and count == chosen.sizes[0]))
        print(
            "  ".join(
                f"{name}: {value:,.2f}" if isinstance(value, float) else f"{name}: {value:,}"
                for name, value in sizes[-1].items()
            )
        )
    first = sizes[0]
    for row in sizes[1:]:
        times = row["words"] / first["words"]
        steps = ("index, cold", "export matrix", "status")
        grown = ", ".join(f"{name} {row[name] / first[name]:.2f} x" for name in steps)
        print(f"{times:.2f} x the words: {grown}")
    if chosen.out:
        chosen.out.write_text(json.dumps({"help": started, "sizes": sizes}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
