"""Hostile files of every kind that is read: each is read, or told with a remedy; none crashes, hangs or fills memory.

Every file has a number and is made from it alone, `hostile(number, good)`, so that a failure can be seen again. A
quarter of them are attacks that somebody thought of (`attack_*.py`), the others good files damaged by chance. They are
read in processes of their own. The limits: 10 seconds of work and 1 GB of resident memory a file. No message may hold
the sentence that every transcript among them says.
"""

import random
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from qualkit.commands.export_matrix import export_matrix
from qualkit.store.study import Study
from tests.proof.hostile.bases import Bases, bases
from tests.proof.hostile.made import ATTACKS, BY_HAND, hostile
from tests.proof.hostile.watch import watched

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="memory is not told there")

FILES = 1_000
SEED = 5


@pytest.fixture(scope="module")
def good(made_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Bases:
    folder = tmp_path_factory.mktemp("hostile") / "study"
    shutil.copytree(made_sample, folder)
    workbook = folder.with_name("matrix.xlsx")
    with Study.open(folder) as study:
        export_matrix(study, workbook)
    return bases(workbook.read_bytes())


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(range(FILES), marks=pytest.mark.proof, id="all"),
        pytest.param(sorted(random.Random(SEED).sample(range(FILES), FILES // 10)), id="sample"),
    ],
)
def test_read_or_told(good: Bases, tmp_path: Path, numbers: Iterable[int]) -> None:
    told: dict[int, str] = {}

    def make(number: int) -> tuple[str, Path]:
        made = hostile(number, good)
        told[number] = str(made)
        path = tmp_path / str(number) / made.name
        path.parent.mkdir()
        path.write_bytes(made.data)
        return made.kind, path

    seen = watched(numbers, make)
    assert seen.keys() == set(numbers)
    faults = [f"{told[number]}: {one.fault}" for number, one in sorted(seen.items()) if one.fault]
    assert not faults, "\n".join(faults)


def test_every_attack_is_among_the_files() -> None:
    assert len(ATTACKS) <= FILES / BY_HAND


def test_a_number_makes_one_file(good: Bases) -> None:
    for number in (2, 3, 5, 7):
        assert hostile(number, good) == hostile(number, good)


# the watch itself: it must see what it is there for

PLANTED = {
    "crash": "it crashes the reader: RecursionError",
    "hang": "it hangs",
    "memory": "it takes more than 1 GB of memory",
    "brief memory": "it takes more than 1 GB of memory",
    "dies": "the worker died of it",
    "tells words": "words of a transcript",
    "tells nothing": "without a remedy",
    "half a pair": "half a surrogate pair",
}


def test_what_goes_wrong_is_seen_and_only_there(tmp_path: Path) -> None:
    kinds = [kind for name in PLANTED for kind in (f"planted {name}", "txt")]

    def make(number: int) -> tuple[str, Path]:
        path = tmp_path / f"P{number}.txt"
        path.write_text("Interviewer: And then?\nRab: Nothing.\n" * 3)
        return kinds[number], path

    seen = watched(range(len(kinds)), make, longest=2, patience=2)
    for number, kind in enumerate(kinds):
        expected = PLANTED.get(kind.removeprefix("planted "), "")
        assert (expected in seen[number].fault) if expected else not seen[number].fault, (kind, seen[number])
