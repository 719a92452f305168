"""Two copies of one study, worked on apart, become one again."""

import shutil

import pytest

from qualkit.commands.conflicts import SINGLE
from qualkit.commands.decide import decide
from qualkit.commands.export_matrix import export_matrix
from qualkit.commands.import_transcripts import import_transcripts
from qualkit.commands.merge import merge
from qualkit.commands.new import new
from qualkit.commands.readings import Readings
from qualkit.commands.show import show
from qualkit.commands.state import State
from qualkit.commands.undo import undo
from qualkit.commands.withdraw import withdraw
from qualkit.errors import QualkitError
from qualkit.model.corrections import Undo
from qualkit.model.decisions import Decision, Standing
from qualkit.store.study import Study
from qualkit.store.tables import TABLES
from tests.cli import qualkit
from tests.conftest import ROOT, SAMPLE
from tests.traces import traces

SAID = "teeth that are in a bin somewhere"  # by PT01


@pytest.fixture
def copies(sample_folder, tmp_path):
    """Three copies of the sample study."""
    folders = [sample_folder, tmp_path / "two", tmp_path / "three"]
    for folder in folders[1:]:
        shutil.copytree(sample_folder, folder)
    studies = [Study.open(folder) for folder in folders]
    yield studies
    for study in studies:
        study.close()


def rows(study: Study) -> dict[str, list]:
    return {noun.__name__: study.history(noun) for noun in TABLES}


def gone(study: Study, who: str):
    return withdraw(study, who, coder="ann", confirm=lambda question: True)


def test_both_have_everything_and_order_does_not_matter(copies):
    one, two, three = copies
    decide(one, "PT01:10", ["1.1"], coder="ann")
    decide(two, "PT01:12", ["1.2"], coder="ben", reason="his own words")
    decide(three, "HP01:4", ["1.1"], coder="cy")
    merge(one, two.file)
    merge(one, three.folder)
    merge(three, two.file)
    merge(three, one.file)
    merge(two, three.file)
    assert rows(one) == rows(two) == rows(three)
    assert one.events() == two.events() == three.events()
    assert {row.coder for row in State(one).decisions} == {"ann", "ben", "cy"}
    assert "Nothing new" in merge(one, two.file).last
    assert rows(one) == rows(two)
    assert [block for place in ("PT01", "HP01") for block in show(one, place)[0]] == [
        block for place in ("PT01", "HP01") for block in show(two, place)[0]
    ]


def test_it_writes_no_event_and_only_reads_the_other(copies):
    one, two, _ = copies
    decide(two, "PT01:12", ["1.2"], coder="ben")
    before, events = two.file.read_bytes(), len(one.events())
    outcome = merge(one, two.file)
    assert two.file.read_bytes() == before
    assert len(one.events()) == events + 1
    assert outcome.said == ["From ben: 1 command", "Decisions brought in: 1"]
    assert one.here.runs()[-1][2] == "merge (1 command)"
    assert "merge" not in str([event.command for event in one.events()])


def test_two_coders_who_differ_are_in_dispute_and_one_who_differs_with_herself_is_a_conflict(copies):
    one, two, _ = copies
    decide(one, "PT01:10", ["1.1"], coder="ann")
    decide(two, "PT01:10", rejects=["1.1"], coder="ben")
    decide(one, "PT01:12", ["1.1"], coder="ann")
    decide(two, "PT01:12", rejects=["1.1"], coder="ann")
    outcome = merge(one, two.file)
    standing = {run.standing for run in Readings(State(one)).runs if run.target}
    assert standing == {Standing.DISPUTED, Standing.CONFLICT}
    assert "In dispute: 3 passages" in outcome.last
    decide(one, "PT01:12", ["1.1"], coder="ann")
    assert {run.standing for run in Readings(State(one)).runs if run.target} == {Standing.DISPUTED, Standing.APPLIES}


def test_what_people_entered_differently_is_a_conflict_until_it_is_entered_again(copies, tmp_path):
    one, two, _ = copies
    for study, age in ((one, 66), (two, 67)):
        (tmp_path / "cases.csv").write_text(f"participant,age\nPT01,{age}\n", "utf-8")
        qualkit("import", "cases", tmp_path / "cases.csv", "--coder", "ann", cwd=study.folder)
    outcome = merge(one, two.file)
    (problem,) = outcome.problems
    assert "PT01: age is 66 / 67" in problem.what or "PT01: age is 67 / 66" in problem.what
    assert "1 conflict to settle" in qualkit("status", cwd=one.folder).out
    (tmp_path / "cases.csv").write_text("participant,age\nPT01,67\n", "utf-8")
    qualkit("import", "cases", tmp_path / "cases.csv", cwd=one.folder)
    one.forget()
    assert merge(one, two.file).problems == []
    assert merge(two, one.file).problems == []
    assert rows(one) == rows(two)


def test_one_file_imported_on_both_is_one_transcript(copies, tmp_path):
    one, two, _ = copies
    file = tmp_path / "P77.txt"
    file.write_text("I: How is the pain?\nP: Worse at night, and it is the cold that does it.\n", "utf-8")
    for study, coder in ((one, "ann"), (two, "ben")):
        import_transcripts(study, [file], coder=coder)
        decide(study, "P77:2", ["1.1"], coder=coder)
    outcome = merge(one, two.file)
    assert outcome.problems == []
    assert [held.shown for held in State(one).transcripts].count("P77") == 1
    (run,) = [run for run in Readings(State(one)).runs if run.target]
    assert run.tracks == ("ann", "ben")
    assert {case.shown for case in State(one).cases.values()} >= {"P77"}
    decide(one, "P77:2", rejects=["1.1"], coder="ben")  # on a row that stands on the other's reading of the file
    assert {run.standing for run in Readings(State(one)).runs if run.target} == {Standing.DISPUTED}


def test_two_texts_of_one_transcript_are_a_conflict_and_no_decision_is_lost(copies, tmp_path):
    one, two, _ = copies
    for study, word in ((one, "night"), (two, "noon")):
        (tmp_path / "P77.txt").write_text(f"I: How is the pain?\nP: Worse at {word}, and in the cold.\n", "utf-8")
        import_transcripts(study, [tmp_path / "P77.txt"], coder="ann")
        decide(study, "P77:2", ["1.1"], coder="ann")
    outcome = merge(one, two.file)
    assert any("P77: two texts" in problem.what for problem in outcome.problems)
    assert len(one.rows(Decision)) == 2
    (tmp_path / "P77-right.txt").write_text("I: How is the pain?\nP: Worse at noon, and in the cold!\n", "utf-8")
    import_transcripts(one, [tmp_path / "P77-right.txt"], replaces="P77", coder="ann")
    assert not any("two texts" in problem.what for problem in merge(one, two.file).problems)
    state = State(one)
    assert state.adrift == []
    assert {state.by_version(row.version).version.text[row.start : row.end] for row in state.decisions} == {
        "Worse at noon, and in the cold!"
    }
    assert len(list((one.folder / "transcripts").glob("P77*.txt"))) == 3  # both originals and the corrected one


def test_an_old_copy_never_brings_back_what_was_withdrawn(copies):
    one, two, _ = copies
    decide(two, "PT01:10", ["1.1"], coder="ben", reason=f"as he says, {SAID}")
    gone(one, "PT01")
    merge(one, two.file)
    assert traces(one.folder, SAID) == []
    merge(two, one.file)
    assert traces(two.folder, SAID) == []
    assert rows(one) == rows(two)
    assert len(one.rows(Decision)) == 1


def test_what_was_written_of_someone_who_had_withdrawn_elsewhere_goes_too(copies, tmp_path):
    one, two, three = copies
    gone(one, "PT02")
    cases = tmp_path / "cases.csv"
    cases.write_text("participant,group,hobby\nPT02,patient,scrimshaw\n", "utf-8")
    qualkit("import", "cases", cases, "--coder", "ben", cwd=two.folder)
    text = (SAMPLE / "PT02.md").read_text("utf-8").replace("a mouse in a skirting board", "a mouse behind the skirting")
    (tmp_path / "PT02-better.md").write_text(text, "utf-8")
    import_transcripts(two, [tmp_path / "PT02-better.md"], replaces="PT02", coder="ben")
    theirs = "She has not been upstairs since the fourteenth of January."
    for into, out_of in ((three, two), (three, one), (one, two), (two, three)):
        merge(into, out_of.file)
    assert rows(one) == rows(two) == rows(three)
    for study in copies:
        for words in ("scrimshaw", "a mouse behind the skirting", "a mouse in a skirting board"):
            assert traces(study.folder, words) == [], study.folder
        assert traces(study.folder, theirs)


def test_an_undo_of_what_another_built_upon_has_no_effect_and_that_is_said(copies, tmp_path):
    one, two, three = copies
    file = tmp_path / "P77.txt"
    file.write_text("I: How is the pain?\nP: Worse at night.\n", "utf-8")
    import_transcripts(one, [file], coder="ann")
    merge(two, one.file)
    undo(one, coder="ann")
    assert "P77" not in [held.shown for held in State(one).transcripts]
    decide(two, "P77:2", ["1.1"], coder="ben")
    outcome = merge(one, two.file)
    assert any('ann took back "import transcripts"' in problem.what for problem in outcome.problems)
    assert "P77" in [held.shown for held in State(one).transcripts]
    assert len(State(one).decisions) == 1
    merge(three, two.file)
    merge(three, one.file)
    assert rows(one) == rows(three)


def test_an_edited_output_stops_a_withdrawal_that_comes_in(copies):
    one, two, _ = copies
    export_matrix(two)
    file = two.folder / "outputs" / "matrix.xlsx"
    file.write_bytes(file.read_bytes() + b"\0")
    gone(one, "PT01")
    before = two.file.read_bytes()
    with pytest.raises(QualkitError, match="worked on"):
        merge(two, one.file)
    assert two.file.read_bytes() == before
    merge(two, one.file, discard_edits=True)
    assert not file.exists()
    assert traces(two.folder, SAID) == []


def test_studies_that_are_no_copies_are_refused(copies, tmp_path, sample_folder):
    new(tmp_path / "other")
    with pytest.raises(QualkitError, match="not a copy of this study"):
        merge(copies[0], tmp_path / "other")
    with pytest.raises(QualkitError, match="this study itself"):
        merge(copies[0], copies[0].file)
    with pytest.raises(QualkitError, match="no study here"):
        merge(copies[0], tmp_path / "nowhere")
    (tmp_path / "x.qualkit").write_bytes(b"SQLite format 3\0" + b"nothing of the kind" * 99)
    with pytest.raises(QualkitError):
        merge(copies[0], tmp_path / "x.qualkit")


def test_copies_of_an_older_version_are_still_copies(tmp_path):
    """Each is brought to this version by itself, before they meet."""
    schema = ROOT / "tests" / "store" / "schemas" / "study-0001.sqlite"
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        shutil.copyfile(schema, tmp_path / name / "study.qualkit")
    with Study.open(tmp_path / "one") as one, Study.open(tmp_path / "two") as two:
        assert rows(one) == rows(two)
        decide(two, f"{State(two).transcripts[0].shown}:2", ["1.1"], coder="ben")
        merge(one, two.file)
        assert rows(one) == rows(two)
        before = (tmp_path / "three" / "study.qualkit").read_bytes()
        assert "Nothing new" in merge(one, tmp_path / "three").last  # read as it is, without being changed
        assert (tmp_path / "three" / "study.qualkit").read_bytes() == before


def test_originals_come_along_or_are_named(copies, tmp_path):
    one, two, _ = copies
    file = tmp_path / "P77.txt"
    file.write_text("I: How is the pain?\nP: Worse at night.\n", "utf-8")
    import_transcripts(two, [file], coder="ben")
    shutil.copyfile(two.file, tmp_path / "sent.qualkit")
    outcome = merge(one, tmp_path / "sent.qualkit")
    assert [problem.file for problem in outcome.problems] == ["P77.txt"]
    merge(one, two.file)
    assert (one.folder / "transcripts" / "P77.txt").read_bytes() == file.read_bytes()


def test_every_noun_that_can_be_in_conflict_is_looked_at():
    single = {noun for noun in TABLES if "slot" in vars(noun)}
    assert set(SINGLE) | {Undo} == single
