"""How far the two invented coders of the sample study agree, each having coded blind of the other.

    python benchmarks/agreement.py

Units are the participants' turns of the transcripts that both have finished. A turn carries a heading for a coder where
a span of theirs lies in it. Krippendorff's alpha is nltk's: over all headings with the MASI distance between the sets
that two coders gave a turn (Passonneau 2006; "none" is a set, too), and for each heading that 20 or more turns carry,
yes or no. The interval is SciPy's percentile bootstrap over turns (seeded). Turns of one talk hang together, so the
true interval is somewhat wider. No figure is aimed at.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, masi_distance
from scipy.stats import bootstrap

from qualkit.commands.import_codebook import import_codebook
from qualkit.commands.import_decisions import import_decisions
from qualkit.commands.import_framework import import_framework
from qualkit.commands.import_transcripts import import_transcripts
from qualkit.commands.new import new
from qualkit.commands.state import State
from qualkit.model.decisions import Verdict
from qualkit.model.transcripts import Role
from qualkit.store.study import Study

ROOT = Path(__file__).resolve().parent.parent
STUDY = ROOT / "transcripts_sample"
ENOUGH = 20  # turns that carry a heading, for a figure of its own
SEED, RESAMPLES = 20250811, 999
Sets = dict[str, frozenset[str]]  # coder -> headings of one turn
NONE = frozenset({"none"})


def coded(folder: Path) -> Study:
    """The sample study with all decisions, not indexed."""
    new(folder)
    study = Study.open(folder)
    import_framework(study, ROOT / "frameworks" / "cancer-pain-2.yaml", coder="benchmark")
    import_transcripts(study, [STUDY], coder="benchmark")
    import_codebook(study, STUDY / "about" / "codebook.csv", coder="benchmark")
    import_decisions(study, STUDY / "about" / "decisions.csv", coder="benchmark")
    return study


def units(state: State) -> list[Sets]:
    """What each coder gave each participants' turn of the transcripts that two coders have finished."""
    found = []
    for held in state.transcripts:
        coders = [mark.coder for mark in state.done.get(held.transcript.key, ())]
        if len(coders) < 2:
            continue
        spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for row in state.decisions:
            if (row.version, row.verdict) == (held.version.id, Verdict.APPLIES):
                spans[row.coder].append((row.start, row.end, row.target))
        speaking = held.with_role(Role.PARTICIPANT)
        for turn in held.turns:
            if turn.speaker in speaking:
                found.append(
                    {c: frozenset(t for a, b, t in spans[c] if a < turn.end and turn.start < b) for c in coders}
                )
    return found


def alpha(given: Sequence[Sets], distance: Callable[[object, object], float]) -> float:
    data = [(coder, n, headings or NONE) for n, unit in enumerate(given) for coder, headings in unit.items()]
    return float(AnnotationTask(data, distance=distance).alpha())


def interval(given: list[Sets], distance: Callable[[object, object], float]) -> tuple[float, float]:
    """Of 95 %, over turns drawn again with replacement."""
    found = bootstrap(
        (np.arange(len(given)),),
        lambda drawn: alpha([given[n] for n in drawn], distance),
        n_resamples=RESAMPLES, vectorized=False, method="percentile", rng=np.random.default_rng(SEED),
    )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary, coded(Path(temporary) / "study") as study:
        state = State(study)
        given = units(state)
        headings = list(state.needed_framework()[0].headings())
    low, high = interval(given, masi_distance)
    print(f"all headings: alpha {alpha(given, masi_distance):.2f} ({low:.2f} to {high:.2f}), {len(given)} turns")
    for heading in headings:
        carry = sum(any(heading.key in said for said in unit.values()) for unit in given)
        if carry >= ENOUGH:
            one = [{c: frozenset({heading.key}) & said for c, said in unit.items()} for unit in given]
            low, high = interval(one, binary_distance)
            name = f"{heading.number} {heading.name}"
            print(f"{name}: {alpha(one, binary_distance):.2f} ({low:.2f} to {high:.2f}), {carry} turns")


if __name__ == "__main__":
    main()
