"""What the proofs begin from, made once."""

from pathlib import Path

import pytest

from tests.proof.steps import count
from tests.proof.working import JOBS, Job, in_pool, make_starts, undisturbed


@pytest.fixture(scope="session")
def starts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders that jobs begin from. Not to be changed: copy them."""
    folder = tmp_path_factory.mktemp("starts")
    make_starts(folder)
    return folder


@pytest.fixture(scope="session")
def runs(starts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], float]]:
    """Name of a job -> how the study stands after it when nothing disturbs it, and the seconds that takes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    found = in_pool(undisturbed, [(starts, folder, job) for job in JOBS.values()])
    return dict(zip(JOBS, found, strict=True))


@pytest.fixture(scope="session")
def steps(starts: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Job, int]]:
    """Every step of every job, by its number."""
    folders = {name: tmp_path_factory.mktemp("steps") for name in JOBS}
    counts = in_pool(count, [(starts, job, folders[job.name]) for job in JOBS.values()])
    return [(job, step) for job, number in zip(JOBS.values(), counts, strict=True) for step in range(number)]
