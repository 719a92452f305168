"""A corrected transcript takes the place of the former one; decisions are carried over and none disappears."""

import pytest

from qualkit.commands.correct import looks
from qualkit.commands.decide import decide
from qualkit.commands.import_transcripts import import_transcripts
from qualkit.commands.readings import Readings
from qualkit.commands.state import State
from qualkit.errors import QualkitError
from qualkit.model.decisions import Carried, Decision
from qualkit.model.transcripts import Layer, Version
from qualkit.store.study import Study
from tests.cli import qualkit
from tests.conftest import SAMPLE

WHOLE = (SAMPLE / "PT01.txt").read_text("utf-8")


@pytest.fixture
def correct(sample: Study, tmp_path):
    """Import a changed PT01 in the place of the sample's."""

    def corrected(*changes: tuple[str, str], name: str = "PT01-corrected.txt", text: str = WHOLE):
        for old, new in changes:
            assert text.count(old) >= 1, old
            text = text.replace(old, new)
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return import_transcripts(sample, [file], replaces="PT01", coder="ann")

    return corrected


def words_of(study: Study, row: Decision) -> str:
    held = State(study).by_version(row.version)
    assert held is not None
    return held.version.text[row.start : row.end]


def test_decisions_on_unchanged_words_are_carried_over_exactly(sample, correct):
    decide(sample, "PT01:10", ["1.1"], coder="ann")
    decide(sample, "PT01:12.2", ["1.2"], coder="ben", reason="the cold porridge")
    before = {row.target: (words_of(sample, row), row.at, row.track, row.reason) for row in State(sample).decisions}
    outcome = correct(("Twenty-three years.", "Twenty-three years, near enough, and every one of them on the 38."))
    assert "2 decisions carried over, 2 with their words unchanged." in outcome.said
    rows = State(sample).decisions
    assert {row.target: (words_of(sample, row), row.at, row.track, row.reason) for row in rows} == before
    assert {row.carried for row in rows} == {Carried.SAME}
    assert looks(State(sample)) == []


def test_the_text_is_a_new_version_and_the_former_one_is_kept(sample, correct):
    (former,) = [held.version for held in State(sample).transcripts if held.shown == "PT01"]
    correct(("Depot.", "Depot, after the garage."))
    held = State(sample).transcript("PT01")
    assert held.version.supersedes == (former.id,)
    assert former in sample.history(Version)
    assert "after the garage" in held.version.text
    assert (sample.folder / "transcripts" / "PT01-corrected.txt").exists()
    assert (sample.folder / "transcripts" / "PT01.txt").exists()
    assert [label.label for label in held.speakers.values()] == ["Interviewer", "Rab"]


def test_what_lies_on_changed_words_is_listed_until_someone_decides_again(sample, correct):
    decide(sample, "PT01:4", ["1.1"], coder="ann")
    outcome = correct(("Depot.", "Despot."))
    assert outcome.data["changed"] == 1
    (row,) = State(sample).decisions
    assert (words_of(sample, row), row.carried) == ("Despot.", Carried.CHANGED)
    (problem,) = looks(State(sample))
    assert problem.place == "PT01:4"
    assert "Corrected   1 decision to look at" in qualkit("status", cwd=sample.folder).out
    assert decide(sample, "PT01:4", ["1.1"], coder="ann").data["recorded"] == 1
    assert looks(State(sample)) == []


def test_what_has_no_words_left_is_kept_and_listed_until_it_is_taken_back(sample, correct):
    decide(sample, "PT01:4", ["1.1"], coder="ann")
    outcome = correct(("Interviewer: What's he called?\n\nRab: Depot.\n\n", ""))
    assert outcome.data["adrift"] == 1
    assert State(sample).decisions == []
    assert len(sample.rows(Decision)) == 1
    (problem,) = looks(State(sample))
    assert "no longer in PT01" in problem.what
    assert decide(sample, "PT01", back=["1.1"], coder="ann").data["recorded"] == 1
    assert looks(State(sample)) == []


def test_words_that_come_back_find_their_decision_again(sample, correct):
    decide(sample, "PT01:4", ["1.1"], coder="ann")
    correct(("Interviewer: What's he called?\n\nRab: Depot.\n\n", ""))
    correct(name="again.txt", text=WHOLE.replace("Twenty-three years.", "Twenty-three."))
    (row,) = State(sample).decisions
    assert words_of(sample, row) == "Depot."
    assert looks(State(sample)) == []


def test_two_speakers_swapped_is_a_new_version_of_the_turns_only(sample, correct):
    decide(sample, "PT01:4", ["1.1"], coder="ann")
    before = State(sample).transcript("PT01")
    swapped = WHOLE.replace("Rab: ", "@: ").replace("Interviewer: ", "Rab: ").replace("@: ", "Interviewer: ")
    outcome = correct(text=swapped)
    assert outcome.data["new_text"] is False
    after = State(sample).transcript("PT01")
    assert after.version == before.version
    assert after.layer.supersedes == (before.layer.id,)
    assert [t.speaker for t in after.turns] == [{"s1": "s2", "s2": "s1"}[t.speaker] for t in before.turns]
    assert {s.label: s.role for s in after.speakers.values()} == {s.label: s.role for s in before.speakers.values()}
    (row,) = State(sample).decisions
    assert row.carried is Carried.NO  # nothing happened to it
    assert "new text" not in outcome.last
    assert qualkit("import", "transcripts", sample.folder / "transcripts" / "PT01-corrected.txt", cwd=sample.folder).out


def test_a_turn_split_keeps_the_text_and_every_place(sample, correct):
    before = State(sample).transcript("PT01")
    correct(("Aye, carry on. Never mind", "Aye, carry on.\n\nInterviewer: Never mind"))
    after = State(sample).transcript("PT01")
    assert after.version == before.version
    assert len(after.turns) == len(before.turns) + 1
    said = [before.version.text[turn.start : turn.end] for turn in after.turns]
    assert said[1:3] == ["Aye, carry on.", "Never mind the dog, he'll settle."]
    readings = Readings(State(sample))
    assert sum(passage.turn == 3 for passage in readings.passages[after.version.id]) == 0  # the interviewer's now


def test_a_relabelled_speaker_is_the_same_one(sample, correct):
    before = State(sample).transcript("PT01")
    correct(("Rab: ", "PT01: "), ("Twenty-three", "Twenty-two"))
    after = State(sample).transcript("PT01")
    assert {key: row.participant for key, row in after.speakers.items()} == {
        key: row.participant for key, row in before.speakers.items()
    }
    assert [row.label for row in after.speakers.values()] == ["Interviewer", "PT01"]


def test_the_same_file_again_changes_nothing_and_another_transcripts_file_is_refused(sample, correct):
    assert "Nothing changed" in correct().last or correct().data["new_text"] is False
    events = len(sample.events())
    assert "Nothing changed" in correct().last
    assert len(sample.events()) == events
    with pytest.raises(QualkitError, match="PT02 was read from it"):
        import_transcripts(sample, [SAMPLE / "PT02.md"], replaces="PT01")
    with pytest.raises(QualkitError, match="no transcript P99"):
        import_transcripts(sample, [SAMPLE / "PT02.md"], replaces="P99")


def test_a_former_original_is_known_when_the_folder_is_imported_again(sample, correct, tmp_path):
    correct(("Depot.", "Despot."))
    ran = qualkit("import", "transcripts", SAMPLE, cwd=sample.folder)
    assert "already in the study" in ran.out
    assert "other content" not in ran.err


def test_it_can_be_done_at_the_command_line(sample_folder, tmp_path):
    file = tmp_path / "better.txt"
    file.write_text(WHOLE.replace("Depot.", "Despot."), "utf-8")
    ran = qualkit("import", "transcripts", file, "--replaces", "PT01", "--coder", "ann", cwd=sample_folder)
    assert ran.code == 0, ran.err
    assert "PT01 is corrected." in ran.last
    with Study.open(sample_folder) as study:
        assert study.events()[-1].command == "import transcripts --replaces"
        assert len([row for row in study.rows(Layer) if row.event == study.events()[-1].id]) == 1
