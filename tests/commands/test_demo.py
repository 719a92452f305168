"""The sample study as a worked example: `qualkit demo --decided`."""

import csv

from qualkit.commands.state import State
from qualkit.model.codebook import Theme
from qualkit.store.study import Study
from tests.cli import qualkit
from tests.conftest import ROOT

ABOUT = ROOT / "transcripts_sample" / "about"


def rows(name):
    with (ABOUT / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_demo_with_all_decisions_holds_what_the_two_coders_decided(tmp_path):
    ran = qualkit("demo", "d", "--decided", cwd=tmp_path)
    assert ran.code == 0
    assert "!" not in ran.err  # nothing to mend in a worked example
    assert ran.out.splitlines()[-1].startswith("Wrote d/outputs/matrix.xlsx: open it.")
    decided = [row for row in rows("decisions.csv") if row["verdict"] == "applies"]
    with Study.open(tmp_path / "d") as study:
        state = State(study)
        assert len(state.every_decision) == len(decided)
        assert {row.coder for row in state.every_decision} == {row["coder"] for row in decided}
        assert all("(invented)" in row.coder and row.blind for row in state.every_decision)
        assert {theme.key for theme in study.rows(Theme)} == {row["key"] for row in rows("codebook.csv")}
        assert state.framework.version == "2"
        marked = {
            held.shown: {mark.coder: mark.on for mark in state.done[held.transcript.key]} for held in state.transcripts
        }
    for row in rows("transcripts.csv"):
        assert marked[row["transcript"]]["U. Farquhar (invented)"] == row["analysed"]
    told = qualkit("status", cwd=tmp_path / "d").out
    assert "all 15 (U. Farquhar (invented))" in told
    assert "18 themes" in told
    assert qualkit("doctor", cwd=tmp_path / "d").code == 0
    assert (tmp_path / "d" / "outputs" / "audit-trail.csv").stat().st_size > 10_000
