"""A process killed at any moment of `index` and run again gives what an undisturbed run gives."""

import dataclasses
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qualkit.model.transcripts import Layer
from qualkit.store.study import Study
from qualkit.store.tables import TABLES
from tests.conftest import SAMPLE, SCHEDULE

KILLS = 20
SEED = 3


def index(folder: Path) -> subprocess.Popen:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "schedule.yaml").exists():
        shutil.copyfile(SCHEDULE, folder / "schedule.yaml")
    words = [sys.executable, "-m", "qualkit", "index", str(SAMPLE), "--framework", "schedule.yaml"]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finished(folder: Path) -> None:
    process = index(folder)
    told = process.communicate(timeout=120)[1]
    assert process.returncode == 0, told.decode()


def exported(folder: Path) -> bytes:
    words = [sys.executable, "-m", "qualkit", "export", "matrix"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return (folder / "outputs" / "matrix.xlsx").read_bytes()


def rows(folder: Path) -> list[str]:
    """All rows with random ids, keys and events named by their first appearance; the machine's rows too."""
    names: dict[str, str] = {}
    found = []
    with Study.open(folder) as study:
        for noun in TABLES:
            for row in study.history(noun):
                values = {f.name: getattr(row, f.name) for f in dataclasses.fields(row)}
                if noun is Layer:
                    values["turns"] = tuple(map(str, row.turns))
                found.append(f"{noun.__name__} {values}")
        run = study.machine.index_run()
        found += [f"{run.model} {run.material}", *map(str, (*run.passages, *run.proposals, *run.askings))]
        ids = [
            value for table in ("entry", "event") for (value,) in study.connection.execute(f"SELECT id FROM {table}")
        ]
    text = "\n".join(found)
    for id in sorted(ids, key=text.find):
        names.setdefault(id, f"#{len(names)}")
        text = text.replace(id, names[id])
    return sorted(_keys_named(text).splitlines())


def _keys_named(text: str) -> str:
    keys = dict.fromkeys(re.findall(r"\b[tpk]-[0-9a-f]{20}\b", text))
    for n, key in enumerate(keys):
        text = text.replace(key, f"key{n}")
    return text


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed") / "study"
    began = time.perf_counter()
    finished(folder)
    return rows(folder), exported(folder), time.perf_counter() - began


@pytest.mark.parametrize(
    "kills", [pytest.param(KILLS, marks=pytest.mark.proof), pytest.param(KILLS // 10, id="sample")]
)
def test_killed_and_run_again(undisturbed, tmp_path, kills):
    expected_rows, expected_bytes, seconds = undisturbed
    chance = random.Random(SEED)
    for n in range(kills):
        folder = tmp_path / str(n) / "study"
        process = index(folder)
        time.sleep(chance.uniform(0.05, seconds))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        finished(folder)
        assert rows(folder) == expected_rows
        assert exported(folder) == expected_bytes
        left = [path.name for path in folder.rglob("*") if path.name.endswith((".part", "-journal"))]
        assert left == []
        shutil.rmtree(folder.parent)
