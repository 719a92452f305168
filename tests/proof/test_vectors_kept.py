"""A cold index is killed at random moments: what was computed is in the cache, and is not computed again."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.proof.working import LONGEST

# Runs qualkit and notes each vector when it has been computed, in a file that outlives the process.
NOTING = """
import os, sys
from qualkit.language.encoders.minilm import MiniLM
compute, note = MiniLM.vector, os.open("computed", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def noted(model, sentence):
    vector = compute(model, sentence)
    os.write(note, b".")
    return vector
MiniLM.vector = noted
from qualkit.__main__ import main
sys.argv = ["qualkit", "index"]
main()
"""


def computed(study: Path) -> int:
    file = study / "computed"
    return file.stat().st_size if file.exists() else 0


def kept(study: Path) -> int:
    file = study / "cache.sqlite"
    if not file.exists():
        return 0
    connection = sqlite3.connect(file)
    try:
        return connection.execute("SELECT count(*) FROM computed WHERE key LIKE 'vector:%'").fetchone()[0]
    finally:
        connection.close()


def start(study: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", NOTING], cwd=study, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.mark.parametrize("kills", [pytest.param(20, marks=pytest.mark.proof, id="all"), pytest.param(2, id="sample")])
def test_what_was_computed_is_kept(made_sample, kills):
    chance = random.Random(kills)
    with tempfile.TemporaryDirectory() as temporary:
        cold = Path(shutil.copytree(made_sample, Path(temporary) / "cold"))
        (cold / "cache.sqlite").unlink()
        connection = sqlite3.connect(cold / "study.qualkit")
        connection.execute("DELETE FROM index_run")
        connection.commit()
        connection.close()
        whole = Path(shutil.copytree(cold, Path(temporary) / "whole"))
        assert start(whole).wait(LONGEST) == 0
        total = computed(whole)
        assert total == kept(whole) > 500
        for n in range(kills):
            study = Path(shutil.copytree(cold, Path(temporary) / f"killed{n}"))
            process, at = start(study), chance.randrange(1, total)
            while computed(study) < at and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
            process.wait(LONGEST)
            done, there = computed(study), kept(study)
            assert 0 <= done - there <= 0.02 * total, f"killed at {done} of {total}: {there} kept"
            assert start(study).wait(LONGEST) == 0
            assert computed(study) - done == total - there
