"""The index beside other ways to do the same, on the same sentence vectors in one run, and what each part is worth.

    uv run --group peers python benchmarks/methods.py [DATA_DIR] [--cache DIR] [--only PREFIX]

DATA_DIR (default QUALKIT_DATA, else ../shared/data) has index/, its scorer and BASELINES.txt. Prints Markdown tables:
accuracy@1 / @3 per source where every turn is answered; then precision, recall, coverage, false alarms and F1_all of
what is shown as a rule, beside giving every turn its first heading. The mean is of the sources, not of the turns.

- tfidf +-3 filled: the row of that name in BASELINES.txt
- nearest vector: the headings nearest to the mean of a turn's sentences
- BERTopic zero-shot: the headings as its topics, every setting as it comes, seeded. What it leaves to its clusters gets
  the headings nearest to the cluster, and an outlier the nearest to itself: it leaves nearly every turn
- the index without each of its parts
"""

import argparse
import importlib.util
import json
import os
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.indexing import Known, material, predict, studies
from qualkit.index.material import Material
from qualkit.index.meaning import Meant
from qualkit.index.run import read
from qualkit.index.spoken import Spoken, unit
from qualkit.language.sentences import Sentences
from qualkit.store.cache import DiskCache

Predictions = dict[str, list[dict]]
PARTS = ("words", "meaning", "own talk")
FLOW = "the flow of the talk"


def turns(known: Known, given: Material, strength: np.ndarray) -> Predictions:
    """The three best headings of each turn; the passages of a turn count by their length."""
    place = {one.version: (name, first) for name, parts in known.items() for first, one in parts}
    sums: dict[tuple[str, int], np.ndarray] = defaultdict(lambda: np.zeros(strength.shape[1]))
    for row, (talk, step) in zip(strength, given.steps, strict=True):
        name, first = place[talk.version]
        sums[name, first + step.turn - 1] += row * (step.end - step.start)
    found: Predictions = defaultdict(list)
    keys = [heading.key for heading in given.headings]
    for (name, turn), row in sorted(sums.items()):
        found[name].append({"turn": turn, "headings": [keys[n] for n in np.argsort(-row, kind="stable")[:3]]})
    return found


def nearest(known: Known, given: Material) -> Predictions:
    return turns(known, given, given.shared(Spoken).steps @ given.shared(Meant).vectors.T)


def alone(known: Known, given: Material) -> Predictions:
    """The index without its flow: each step by itself, and so without the study's own talk."""
    return turns(known, given, read(given, own_talk=False).alone)


def bertopic(known: Known, given: Material) -> Predictions:
    """Zero-shot BERTopic with the same vectors, every turn brought to a heading."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from umap import UMAP

    class Ours(BaseEmbedder):
        def embed(self, documents: list[str], verbose: bool = False) -> np.ndarray:
            return given.vectors(documents)

    spoken = given.shared(Spoken).steps
    texts = [talk.text[step.start : step.end] for talk, step in given.steps]
    names = [f"{heading.name}. {heading.definition}" for heading in given.headings]
    topic_model = BERTopic(
        embedding_model=Ours(),
        zeroshot_topic_list=names,
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=42),
    )
    try:
        topics, _ = topic_model.fit_transform(texts, embeddings=spoken)
    except Exception as error:  # it is known to fail on small studies
        print(f"BERTopic failed on {next(iter(known))}: {type(error).__name__}", file=sys.stderr)
        return {}
    headings, topics = given.vectors(names), np.array(topics)
    strength = np.asarray(spoken @ headings.T, float)
    for topic in set(topics.tolist()) - {-1}:
        members = topics == topic
        label = topic_model.topic_labels_.get(topic, "")
        strength[members] = unit(spoken[members].mean(axis=0, keepdims=True)) @ headings.T
        if label in names:
            strength[members, names.index(label)] += 1
    return turns(known, given, strength)


def first_only(predictions: Predictions) -> Predictions:
    return {name: [{**row, "headings": row["headings"][:1]} for row in rows] for name, rows in predictions.items()}


def scorer(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_index", data / "score" / "score_index.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{data}: there is no scorer score/score_index.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(score: ModuleType, documents: list[dict], predictions: Predictions) -> dict[str, dict[str, float]]:
    """Source -> what the scorer says."""
    found = {}
    for source in sorted({document["id"].split("_")[0] for document in documents}):
        mine = [document for document in documents if document["id"].split("_")[0] == source]
        found[source] = score.ratios(score.score(mine, predictions)[0])
    return found


def baseline(data: Path) -> dict[str, dict[str, float]]:
    rows = re.findall(
        r"^(\w+) +tfidf \+-3 filled +.*?accuracy@1=([\d.]+)", (data / "BASELINES.txt").read_text("utf-8"), re.M
    )
    return {source: {"accuracy@1": float(value)} for source, value in rows}


def table(title: str, rows: dict[str, dict[str, dict[str, float]]], columns: list[str]) -> None:
    sources = sorted({source for row in rows.values() for source in row})
    print(f"\n| {title} | " + " | ".join(sources) + " | mean |")
    print("|---" * (len(sources) + 2) + "|")
    for name, row in rows.items():
        cells = []
        for values in [*(row.get(source, {}) for source in sources), _mean(row, columns)]:
            cells.append(" / ".join(f"{values[column]:.3f}" if column in values else "–" for column in columns))
        print(f"| {name} | " + " | ".join(cells) + " |")


def _mean(row: dict[str, dict[str, float]], columns: list[str]) -> dict[str, float]:
    held = [column for column in columns if all(column in values for values in row.values())]
    return {column: float(np.mean([values[column] for values in row.values()])) for column in held}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("QUALKIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--cache", type=Path, help="keep vectors here between runs")
    parser.add_argument("--only", default="", metavar="PREFIX", help="sources that begin so")
    chosen = parser.parse_args()
    files = sorted((chosen.data / "index").glob(f"{chosen.only}*.json"))
    documents = [json.loads(file.read_text("utf-8")) for file in files]
    if not documents:
        sys.exit(f"{chosen.data}: there is no folder index with transcripts; name DATA_DIR or set QUALKIT_DATA")
    methods: dict[str, Callable[[Known, Material], Predictions]] = {
        "nearest vector": nearest,
        "BERTopic zero-shot": bertopic,
        "qualkit": lambda known, given: predict(known, given, everything=True),
        **{f"without {part}": lambda k, g, part=part: predict(k, g, True, [part]) for part in PARTS},
        f"without {FLOW}": alone,
    }
    found: dict[str, Predictions] = {name: {} for name in [*methods, "shown"]}
    took: dict[str, float] = defaultdict(float)
    sentences = Sentences("en")
    with tempfile.TemporaryDirectory() as temporary:
        cache = DiskCache(chosen.cache or Path(temporary))
        for study in studies(documents):
            known, given = material(study, sentences, cache)
            given.shared(Spoken), given.shared(Meant)
            for name, method in methods.items():
                began = time.perf_counter()
                found[name] |= method(known, given)
                took[name] += time.perf_counter() - began
            found["shown"] |= predict(known, given, everything=False)
        cache.close()
    score = scorer(chosen.data)
    rows = {name: scores(score, documents, predictions) for name, predictions in found.items()}
    of_source = {source: row for source, row in baseline(chosen.data).items() if source in rows["qualkit"]}
    table(
        "every turn answered: accuracy@1 / @3",
        {"tfidf +-3 filled": of_source, **{m: rows[m] for m in methods}},
        ["accuracy@1", "accuracy@3"],
    )
    usual = rows["shown"]
    for source, values in scores(score, documents, first_only(found["qualkit"])).items():
        usual[source]["first"] = values["F1_all"]
    names = {"P": "precision", "R": "recall", "coverage": "coverage", "false_alarm": "false alarms"}
    table("as it is shown", {told: {s: {"x": v[key]} for s, v in usual.items()} for key, told in names.items()}, ["x"])
    both = {"F1_all": "F1_all", "first": "F1_all, every turn its first heading"}
    table("as it is shown", {told: {s: {"x": v[key]} for s, v in usual.items()} for key, told in both.items()}, ["x"])
    print("\nseconds beyond the vectors: " + ", ".join(f"{name} {seconds:.0f}" for name, seconds in took.items()))


if __name__ == "__main__":
    main()
