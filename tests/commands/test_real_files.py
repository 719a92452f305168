"""Real transcripts go through the whole way: import, index, a decision, the workbook."""

import json
import shutil

import pytest

from tests.cli import qualkit
from tests.conftest import SCHEDULE

ONE_OF_EACH = ("talkpython_554.txt", "qmsum_IS1006a.txt", "practicalai_1.md", "haski_interview1_de.docx")


@pytest.fixture
def folder(tmp_path):
    shutil.copyfile(SCHEDULE, tmp_path / "schedule.yaml")
    return tmp_path


def whole_way(folder, paths, *options):
    ran = qualkit("index", *paths, "--framework", "schedule.yaml", *options, "--json", cwd=folder)
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    first = told["imported"][0]
    shown = json.loads(qualkit("show", first, "--json", cwd=folder).out)
    place = next(
        block["reference"] for block in shown["blocks"] if not block["speaker"].startswith("(") and block["text"]
    )
    assert qualkit("decide", place, "1.1", "--coder", "ann", cwd=folder).code == 0
    exported = qualkit("export", "matrix", cwd=folder)
    assert exported.code == 0, exported.err
    assert qualkit("decide", "--from", "outputs/matrix.xlsx", cwd=folder).last.startswith(
        "matrix.xlsx: 0 passages decided"
    )
    return told


def test_one_file_of_each_format(folder, data):
    told = whole_way(folder, [data / "import" / name for name in ONE_OF_EACH])
    assert len(told["imported"]) == len(ONE_OF_EACH)
    assert told["passages"] > 300


def test_thirteen_interviews_with_health_professionals(folder, data):
    told = whole_way(folder, [data / "interviews"])
    assert len(told["imported"]) == 13
    status = qualkit("status", cwd=folder).out
    assert "13 interviews, 0 focus groups" in status
    assert "13 participants in 13 cases" in status  # Assistant and AI are the interviewer, User the participant
