"""Undo takes back a coder's own commands by adding rows; log tells who did what."""

import csv

import pytest

from qualkit.commands.decide import decide, mark_done
from qualkit.commands.import_codebook import import_codebook
from qualkit.commands.log import log
from qualkit.commands.state import State
from qualkit.commands.telling import Teller
from qualkit.commands.undo import redo, undo
from qualkit.errors import QualkitError
from qualkit.model.codebook import Theme
from qualkit.model.decisions import Decision
from qualkit.model.transcripts import ImportNote
from qualkit.store.tables import TABLES
from tests.cli import qualkit
from tests.conftest import SAMPLE


def standing(study) -> list[tuple[str, int, int, str]]:
    return [(row.target, row.start, row.end, row.verdict.value) for row in State(study).decisions]


def test_the_former_decision_stands_again_as_it_was(sample):
    decide(sample, "PT01:10", ["1.1"], coder="ann")
    before = sample.rows(Decision)
    decide(sample, "PT01:10.2", rejects=["1.1"], coder="ann")
    assert len(standing(sample)) == 3  # what was decided anew, and what remains on either side
    undo(sample, coder="ann")
    assert sample.rows(Decision) == before
    assert len(sample.history(Decision)) == 4  # nothing is deleted
    redo(sample, coder="ann")
    assert len(standing(sample)) == 3


def test_only_ones_own_commands_and_the_last_ones_first(sample):
    decide(sample, "PT01:10", ["1.1"], coder="ann")
    decide(sample, "PT01:12", ["1.1"], coder="ben")
    decide(sample, "PT01:14", ["1.2"], coder="ann")
    assert undo(sample, coder="ann").said[0].startswith('Took back: "decide"')
    assert {row.coder for row in State(sample).decisions} == {"ann", "ben"}
    undo(sample, coder="ann")
    assert {row.coder for row in State(sample).decisions} == {"ben"}


def test_what_another_has_built_upon_is_refused_with_the_reason(sample, tmp_path):
    file = tmp_path / "P77.txt"
    file.write_text("I: How is the pain?\nP: Worse at night.\n", "utf-8")
    qualkit("import", "transcripts", file, "--coder", "ann", cwd=sample.folder)
    decide(sample, "P77:2", ["1.1"], coder="ben")
    before = sample.events()
    with pytest.raises(QualkitError, match=r'"decide" of .* by ben rests on it'):
        undo(sample, coder="ann")
    assert sample.events() == before
    undo(sample, coder="ben")
    undo(sample, coder="ann")
    assert "P77" not in [held.shown for held in State(sample).transcripts]
    assert (sample.folder / "transcripts" / "P77.txt").exists()
    ran = qualkit("import", "transcripts", file, "--coder", "ann", cwd=sample.folder)
    assert "P77: interview" in ran.out  # and it can come back


def test_every_kind_of_row_is_taken_back(sample, tmp_path):
    undone_state = sample_state(sample)
    mark_done(sample, "PT01", coder="ann")
    codebook = tmp_path / "codebook.csv"
    codebook.write_text("name,definition\nBeing believed,Others take it for real\n", "utf-8")
    import_codebook(sample, codebook, coder="ann")
    cases = tmp_path / "cases.csv"
    cases.write_text("participant,group,age\nPT01,other,99\nPT88,patient,50\n", "utf-8")
    ran = qualkit("import", "cases", cases, "--coder", "ann", cwd=sample.folder)
    assert ran.code == 0
    assert sample_state(sample) != undone_state
    undo(sample, 3, coder="ann")
    assert sample_state(sample) == undone_state
    assert sample.rows(Theme) == []
    redo(sample, 3, coder="ann")
    assert {person.shown for person in State(sample).participants.values()} >= {"PT88"}
    assert len(sample.rows(Theme)) == 1


def sample_state(study) -> tuple:
    state = State(study)
    attributes = {key: {n: r.value for n, r in each.items()} for key, each in state.attributes.items() if each}
    return state.participants, state.cases, state.members, attributes, state.done, state.decisions


def test_redo_is_refused_when_something_was_recorded_since(sample):
    decide(sample, "PT01:10", ["1.1"], coder="ann")
    undo(sample, coder="ann")
    decide(sample, "PT01:10", rejects=["1.1"], coder="ann")
    with pytest.raises(QualkitError, match="recorded since"):
        redo(sample, coder="ann")


def test_nothing_to_take_back_is_said(sample):
    assert "nothing more of zoe" in redo(sample, coder="zoe").last
    undo(sample, coder="zoe")  # the index of the sample was made by nobody named
    assert State(sample).transcripts == []
    assert "nothing more of zoe" in undo(sample, coder="zoe").last
    ran = qualkit("undo", "0", "--coder", "ann", cwd=sample.folder)
    assert ran.code == 1


def test_the_log_tells_decisions_in_words(sample):
    decide(sample, "PT01:10", ["1.1"], coder="ann", reason="she says it twice")
    decide(sample, "PT01:10.2", rejects=["1.1"], coder="ann")
    undo(sample, coder="ann")
    told = "\n".join(log(sample, coder="ann").said)
    assert "PT01:10: 1.1 The pain itself: applies (she says it twice)" in told
    assert "decide (taken back)" in told
    assert "PT01:10.2: 1.1 The pain itself: does not apply" in told
    assert told.count("1.1 The pain itself") == 2  # remainders are not told


def test_the_log_of_a_case_holds_what_concerns_it(sample):
    decide(sample, "PT01:10", ["1.1"], coder="ann")
    decide(sample, "HP01:10", ["1.1"], coder="ann")
    case = next(c.shown for k, c in State(sample).cases.items() if "PT01" in case_people(sample, k))
    entries = log(sample, case=case).data["entries"]
    assert [line["subject"] for entry in entries[1:] for line in entry["lines"]] == ["PT01:10"]
    with pytest.raises(QualkitError, match="no case X"):
        log(sample, case="X")
    with pytest.raises(QualkitError, match="not a day"):
        log(sample, since="yesterday")


def case_people(study, key) -> list[str]:
    state = State(study)
    return [state.participants[each].shown for each in state.members[key]]


def test_the_audit_trail_is_a_table_of_everything(sample):
    decide(sample, "PT01:10", ["1.1"], coder="ann", reason="=1+1")
    ran = qualkit("log", "-o", "trail.csv", cwd=sample.folder)
    assert "Wrote trail.csv" in ran.last
    with (sample.folder / "trail.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    last = [row for row in rows if row["command"] == "decide"][-1]
    assert (last["coder"], last["subject"], last["what"], last["reason"]) == ("ann", "PT01:10", "applies", "'=1+1")
    assert {row["kind"] for row in rows} >= {"framework", "transcript", "speaker", "participant", "case", "decision"}
    again = qualkit("log", "-o", "trail.csv", cwd=sample.folder)
    assert "Wrote trail.csv" in again.last
    (sample.folder / "trail.csv").write_text("mine", "utf-8")
    assert "Wrote trail-2.csv" in qualkit("log", "-o", "trail.csv", cwd=sample.folder).last
    assert (sample.folder / "trail.csv").read_text("utf-8") == "mine"


def test_no_value_of_an_attribute_and_no_speech_is_in_the_log(sample):
    told = str(log(sample).data)
    assert "age entered" in told
    assert "Depot" not in told
    assert SAMPLE.exists()


def test_the_log_has_words_for_every_noun(sample):
    told = {noun for noun, _ in Teller(State(sample))._tellers}
    assert told | {ImportNote} == set(TABLES)
