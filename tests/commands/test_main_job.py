"""The main job as a researcher does it: index, look, decide, export."""

import json
import shutil

import openpyxl
import pytest

from qualkit.model.decisions import Decision, Verdict
from qualkit.store.study import Study
from tests.cli import qualkit
from tests.conftest import SAMPLE, SCHEDULE


@pytest.fixture
def folder(tmp_path):
    shutil.copyfile(SCHEDULE, tmp_path / "schedule.yaml")
    return tmp_path


def test_index_makes_the_study_where_there_is_none(folder):
    ran = qualkit("index", SAMPLE, "--framework", "schedule.yaml", cwd=folder)
    assert ran.code == 0, ran.err
    assert ran.last.startswith("Indexed 1")
    assert "4 transcripts" in ran.last
    assert (folder / "study.qualkit").is_file()
    assert sorted(p.name for p in (folder / "transcripts").iterdir()) == [
        "FG01.docx",
        "HP01.txt",
        "PT01.txt",
        "PT02.md",
    ]
    for original in (folder / "transcripts").iterdir():
        assert original.read_bytes() == (SAMPLE / original.name).read_bytes()


def test_keys_are_written_into_the_schedule_once_and_comments_stay(folder):
    qualkit("index", SAMPLE, "--framework", "schedule.yaml", cwd=folder)
    first = (folder / "schedule.yaml").read_text("utf-8")
    kept = [line for line in first.splitlines() if "key:" not in line or line.lstrip().startswith("#")]
    assert kept == SCHEDULE.read_text("utf-8").splitlines()
    qualkit("import", "framework", "schedule.yaml", cwd=folder)
    assert (folder / "schedule.yaml").read_text("utf-8") == first


def test_importing_the_same_again_does_nothing_and_says_so(sample_folder):
    with Study.open(sample_folder) as study:
        events = study.events()
    ran = qualkit("import", "transcripts", SAMPLE, cwd=sample_folder)
    assert ran.code == 0
    assert "Nothing new" in ran.last
    again = qualkit("index", SAMPLE, cwd=sample_folder)
    assert "up to date" in again.last
    with Study.open(sample_folder) as study:
        assert study.events() == events


def test_cases_and_transcripts_tables_are_read_with_the_folder(sample_folder):
    ran = qualkit("status", "--json", cwd=sample_folder)
    told = json.loads(ran.out)
    assert (told["transcripts"], told["participants"]) == (4, 9)
    said = qualkit("status", cwd=sample_folder).out
    assert "9 participants in 8 cases (1 caregiver, 2 patient, 6 professional)" in said
    assert len(said.splitlines()) <= 10


def test_without_tables_each_label_is_a_participant_and_a_focus_group_a_case_a_person(folder):
    source = folder / "files"
    source.mkdir()
    for name in ("PT02.md", "FG01.docx"):
        shutil.copyfile(SAMPLE / name, source / name)
    qualkit("index", "files", "--framework", "schedule.yaml", cwd=folder)
    said = qualkit("status", cwd=folder).out
    assert "7 participants in 6 cases" in said  # the couple is one case, five professionals one each
    with_ids = qualkit("show", "FG01:10-12", cwd=folder).out
    assert "FG01:1" in with_ids


def test_show_prints_turn_numbers_headings_and_evidence(sample_folder):
    ran = qualkit("show", "PT01:7-8", cwd=sample_folder)
    assert "PT01:8  Rab" in ran.out
    assert "○ 1.1 The pain itself: proposed" in ran.out
    assert "asked at PT01:7" in ran.out
    assert "(context)" in ran.out
    assert "\x1b" not in ran.out  # no colours where there is no terminal


def test_decisions_are_marked_and_take_the_place_of_proposals(sample_folder):
    assert qualkit("decide", "PT01:8", "1.1", "--coder", "ann", cwd=sample_folder).code == 0
    shown = qualkit("show", "PT01:8", cwd=sample_folder).out
    assert "● 1.1 The pain itself: decided (ann)" in shown
    assert "○" not in shown.split("\n", 1)[1]
    qualkit("decide", "PT01:8", "1.2", "--not", "1.1", "--coder", "ben", cwd=sample_folder)
    assert "≠ 1.1 The pain itself: disputed (ann, ben)" in qualkit("show", "PT01:8", cwd=sample_folder).out
    qualkit("decide", "PT01:8", "1.1", "--consensus", cwd=sample_folder)
    assert "● 1.1 The pain itself: decided (consensus)" in qualkit("show", "PT01:8", cwd=sample_folder).out


def test_a_heading_is_a_number_a_name_or_a_key(sample_folder):
    for written in ("1.1", "the pain itself", "Living with the pain / The pain itself"):
        assert qualkit("decide", "PT01:8", written, "--coder", "ann", cwd=sample_folder).code == 0
    assert "Nothing changed" in qualkit("decide", "PT01:8", "1.1", "--coder", "ann", cwd=sample_folder).last
    wrong = qualkit("decide", "PT01:8", "The pian itself", "--coder", "ann", cwd=sample_folder)
    assert wrong.code == 1
    assert "The pain itself" in wrong.err


def test_what_the_machine_had_shown_is_kept_with_a_decision(sample_folder):
    qualkit("decide", "PT01:8", "1.1", "--coder", "ann", cwd=sample_folder)
    qualkit("decide", "PT01:10", "1.1", "--coder", "ann", "--blind", cwd=sample_folder)
    with Study.open(sample_folder) as study:
        seen, blind = study.rows(Decision)
        assert (seen.shown_rank, seen.shown_model != "", seen.blind) == (1, True, False)
        assert (blind.shown_rank, blind.shown_model, blind.blind) == (0, "", True)


def test_the_coder_is_remembered_by_the_copy(sample_folder):
    refused = qualkit("decide", "PT01:8", "1.1", cwd=sample_folder)
    assert (refused.code, "--coder" in refused.err) == (2, True)
    qualkit("decide", "PT01:8", "1.1", "--coder", "ann", cwd=sample_folder)
    qualkit("decide", "PT01:10", "1.1", cwd=sample_folder)
    with Study.open(sample_folder) as study:
        assert {row.coder for row in study.rows(Decision)} == {"ann"}


def test_who_is_named_first_is_remembered_whatever_the_command(tmp_path):
    schedule = shutil.copy(SCHEDULE, tmp_path)
    qualkit("index", SAMPLE, "--framework", schedule, "--coder", "ann", cwd=tmp_path)
    assert qualkit("decide", "PT01:8", "1.1", cwd=tmp_path).last.startswith("Recorded for ann")
    assert qualkit("decide", "PT01:8", "1.2", "--coder", "ben", cwd=tmp_path).last.startswith("Recorded for ben")
    assert qualkit("decide", "PT01:9", "1.2", cwd=tmp_path).last.startswith("Recorded for ann")


def test_none_back_and_done(sample_folder):
    qualkit("decide", "PT01:8", "--none", "--coder", "ann", cwd=sample_folder)
    assert "∅ nothing applies (ann)" in qualkit("show", "PT01:8", cwd=sample_folder).out
    qualkit("decide", "PT01:8", "1.1", cwd=sample_folder)
    assert "∅" not in qualkit("show", "PT01:8", cwd=sample_folder).out.split("\n", 1)[1]
    qualkit("decide", "PT01:8", "--back", "1.1", cwd=sample_folder)
    assert "○ 1.1" in qualkit("show", "PT01:8", cwd=sample_folder).out
    done = qualkit("decide", "PT01", "--done", "--on", "2026-03-31", cwd=sample_folder)
    assert "finished" in done.last
    assert "PT01 (ann)" in qualkit("status", cwd=sample_folder).out
    assert "already" in qualkit("decide", "PT01", "--done", cwd=sample_folder).last
    qualkit("decide", "PT01", "--reopen", cwd=sample_folder)
    assert "no transcript is marked" in qualkit("status", cwd=sample_folder).out


def test_indexing_again_touches_no_decision(sample_folder, folder):
    qualkit("decide", "PT01:8", "1.2", "--coder", "ann", cwd=sample_folder)
    (sample_folder / "extra.txt").write_text(
        "I: Where is the pain?\nP: In the hip.\nI: Since when?\nP: May.\n", "utf-8"
    )
    assert qualkit("index", "extra.txt", cwd=sample_folder).code == 0
    with Study.open(sample_folder) as study:
        assert [(row.coder, row.verdict) for row in study.rows(Decision)] == [("ann", Verdict.APPLIES)]


def test_a_transcript_that_comes_later_is_indexed_as_if_it_had_been_there_at_once(folder):
    """To the byte: what is shown of each transcript, and the workbook."""
    at_once, one_later = folder / "at once" / "study", folder / "one later" / "study"
    at_once.mkdir(parents=True)
    one_later.mkdir(parents=True)
    others = folder / "others"
    shutil.copytree(SAMPLE, others)
    (others / "HP01.txt").unlink()
    schedule = folder / "schedule.yaml"  # gets its keys now
    assert qualkit("index", SAMPLE, "--framework", schedule, cwd=at_once).code == 0
    assert qualkit("index", others, "--framework", schedule, cwd=one_later).code == 0
    assert qualkit("index", SAMPLE, cwd=one_later).code == 0
    for id in ("FG01", "HP01", "PT01", "PT02"):
        shown = [qualkit("show", id, "--json", cwd=study).out for study in (at_once, one_later)]
        assert "proposed" in shown[0]
        assert shown[0] == shown[1]
    books = []
    for study in (at_once, one_later):
        assert qualkit("export", "matrix", cwd=study).code == 0
        books.append((study / "outputs" / "matrix.xlsx").read_bytes())
    assert books[0] == books[1]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit(130)])
def test_ctrl_c_says_that_nothing_was_changed(sample_folder, monkeypatch, stop):
    def interrupted(*args, **kwargs):
        raise stop

    before = (sample_folder / "study.qualkit").read_bytes()
    monkeypatch.setattr("qualkit.commands.index._warm", interrupted)
    ran = qualkit("index", cwd=sample_folder)
    assert ran.code == 130
    assert ran.err.endswith("Interrupted. The study is as it was before this command.\n")
    assert (sample_folder / "study.qualkit").read_bytes() == before


def test_a_matrix_that_was_edited_is_never_overwritten(sample_folder):
    first = qualkit("export", "matrix", cwd=sample_folder)
    assert first.code == 0, first.err
    matrix = sample_folder / "outputs" / "matrix.xlsx"
    untouched = matrix.read_bytes()
    assert qualkit("export", "matrix", cwd=sample_folder).code == 0
    assert matrix.read_bytes() == untouched  # the same study, the same workbook
    book = openpyxl.load_workbook(matrix)
    book["Cases"]["A1"] = "typed by a person"
    book.save(matrix)
    edited = matrix.read_bytes()
    again = qualkit("export", "matrix", cwd=sample_folder)
    assert matrix.read_bytes() == edited
    assert (sample_folder / "outputs" / "matrix-2.xlsx").read_bytes() == untouched
    assert "matrix-2.xlsx" in again.last
    assert "left as it is" in again.out


def test_final_holds_confirmed_material_only(sample_folder):
    qualkit("decide", "PT01:8", "1.1", "--coder", "ann", cwd=sample_folder)
    ran = qualkit("export", "matrix", "--final", "--format", "csv", "-o", "final.csv", cwd=sample_folder)
    assert "Undecided, and not in this matrix" in ran.out
    text = (sample_folder / "final.csv").read_text("utf-8-sig")
    assert "PT01:8" in text
    assert "proposed" not in text


@pytest.mark.parametrize("by", ["case", "participant", "group"])
def test_matrices_by_case_participant_and_group(sample_folder, by):
    ran = qualkit("export", "matrix", "--by", by, "-o", f"{by}.xlsx", "--json", cwd=sample_folder)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["rows"] == {"case": 8, "participant": 9, "group": 3}[by]


def test_decisions_come_back_from_the_workbook(sample_folder):
    qualkit("export", "matrix", "--coder", "ann", cwd=sample_folder)
    matrix = sample_folder / "outputs" / "matrix.xlsx"
    book = openpyxl.load_workbook(matrix)
    sheet = book["Index"]
    column = next(c.column for row in sheet.iter_rows(max_row=6) for c in row if str(c.value).startswith("Decision"))
    top = next(c.row for row in sheet.iter_rows(max_row=6) for c in row if str(c.value).startswith("Decision"))
    typed = {top + 5: "yes", top + 6: "1.2; 2.3", top + 7: "none", top + 8: "gibberish"}
    for row, text in typed.items():
        sheet.cell(row, column).value = text
    book.save(matrix)
    ran = qualkit("decide", "--from", matrix, cwd=sample_folder)
    assert ran.code == 0, ran.err
    assert "3 passages decided for ann" in ran.last
    assert "gibberish" not in ran.err
    assert "! matrix.xlsx" in ran.err
    again = qualkit("decide", "--from", matrix, cwd=sample_folder)
    assert "0 passages decided" in again.last


def test_python_gives_the_rows_of_the_exports(sample_folder):
    import qualkit as package

    with package.open(sample_folder) as study:
        matrix, index, cases = study.matrix(), study.index(), study.cases()
    assert set(matrix["status"]) == {"proposed", "empty"}
    assert matrix.columns.is_unique
    assert len(index) == index["reference"].nunique() > 100
    assert list(cases["participant"]) == sorted(cases["participant"])
    assert cases.set_index("participant").loc["PT02", "age"] == "81"


def test_what_is_said_of_a_known_transcript_is_recorded(folder):
    (folder / "talk.txt").write_text("Ash: Where is it?\nKim: In the hip.\nAsh: Since May.\nKim: Since May?\n", "utf-8")
    qualkit("index", "talk.txt", "--framework", "schedule.yaml", cwd=folder)
    ran = qualkit("import", "transcripts", "talk.txt", "--interviewer", "Kim", "--kind", "focus-group", cwd=folder)
    assert "Recorded what you said" in ran.last
    shown = qualkit("show", "talk:1-2", cwd=folder).out
    assert "talk:2  Kim (context)" in shown
    assert "1 focus group" in qualkit("status", cwd=folder).out
    assert "Nothing new" in qualkit("import", "transcripts", "talk.txt", "--kind", "focus-group", cwd=folder).last
