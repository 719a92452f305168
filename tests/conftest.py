"""What tests share: the sample study, made once, and the shared data, where it is."""

import os
import shutil
from pathlib import Path

import pytest

from qualkit.commands.index import index
from qualkit.commands.new import new
from qualkit.store.study import Study

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "small_study"
SCHEDULE = ROOT / "frameworks" / "cancer-pain.yaml"


def shared_data() -> Path:
    """The folder of real transcripts; its absence skips a test, or fails it in CI."""
    folder = Path(os.environ.get("QUALKIT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        message = f"the shared data is not at {folder}; set QUALKIT_DATA"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def data() -> Path:
    return shared_data()


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, imported and indexed. Not to be changed: take `sample`."""
    folder = tmp_path_factory.mktemp("made") / "study"
    new(folder)
    schedule = folder / "frameworks" / SCHEDULE.name
    shutil.copyfile(SCHEDULE, schedule)
    with Study.open(folder) as study:
        index(study, [SAMPLE], schedule)
    return folder


@pytest.fixture
def sample_folder(made_sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample study in a folder of its own."""
    folder = tmp_path / "study"
    shutil.copytree(made_sample, folder)
    return folder


@pytest.fixture
def sample(sample_folder: Path):
    with Study.open(sample_folder) as study:
        yield study
