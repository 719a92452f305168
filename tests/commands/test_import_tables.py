"""decisions.csv and codebook.csv: what was decided elsewhere comes in with its quotations checked."""

import pytest

from qualkit.commands.import_decisions import quoted
from qualkit.model.codebook import Theme
from qualkit.model.decisions import Decision, Done, Target, Verdict
from qualkit.model.transcripts import Version
from qualkit.store.study import Study
from tests.cli import qualkit

HEAD = "transcript,start,end,quote,target,verdict,coder,date,blind,reason\n"


def imported(folder, rows: str):
    (folder / "decisions.csv").write_text(HEAD + rows, "utf-8")
    return qualkit("import", "decisions", "decisions.csv", cwd=folder)


def test_decisions_with_their_quotations(sample_folder):
    ran = imported(
        sample_folder,
        "PT01,8,8,\"It's the jaw ... The neck's a shout.\",1.1,applies,ann,2025-06-01,yes,first reading\n"
        "PT01,10,10,,1.1,applies,ann,2025-06-01,no,\n"
        "PT01,14,14,,,none,ben,,,\n"
        "PT01,,,,framework,done,ann,2025-06-02,,\n",
    )
    assert ran.code == 0, ran.err
    assert "4 decisions recorded" in ran.last
    with Study.open(sample_folder) as study:
        first, second, third = study.rows(Decision)
        assert (first.coder, first.blind, first.reason, first.at[:10]) == ("ann", True, "first reading", "2025-06-01")
        assert (second.verdict, third.verdict) == (Verdict.APPLIES, Verdict.NONE)
        assert [(mark.coder, mark.on, mark.done) for mark in study.rows(Done)] == [("ann", "2025-06-02", True)]
    again = qualkit("import", "decisions", "decisions.csv", cwd=sample_folder)
    assert "0 decisions recorded, 4 stood already" in again.last


def test_a_quotation_that_stands_elsewhere_is_recorded_there_and_told(sample_folder):
    ran = imported(sample_folder, "PT01,8,8,it's got a key.,1.1,applies,ann,,,\n")
    assert "PT01:10" in ran.err
    assert "got a key" not in ran.err
    with Study.open(sample_folder) as study:
        (row,) = study.rows(Decision)
        texts = {version.id: version.text for version in study.rows(Version)}
        assert texts[row.version][row.start : row.end] == "it's got a key."


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("PT01,8,8,These words were never said,1.1,applies,ann,,,\n", "quotation is not found"),
        ("PT99,8,8,,1.1,applies,ann,,,\n", "no transcript PT99"),
        ("PT01,999,999,,1.1,applies,ann,,,\n", "no turn 999"),
        ("PT01,8,8,,9.9,applies,ann,,,\n", "9.9"),
        ("PT01,8,8,,1.1,perhaps,ann,,,\n", "perhaps"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_are_kept(sample_folder, row, says):
    ran = imported(sample_folder, row + "PT01,10,10,,1.1,applies,ann,,,\n")
    assert says in ran.err
    assert "never said" not in ran.err
    assert "1 decision recorded" in ran.last


def test_a_theme_is_a_target_too(sample_folder):
    (sample_folder / "codebook.csv").write_text(
        "name,definition,parent\nBeing believed,As real,\nBy whom,,Being believed\n"
    )
    ran = qualkit("import", "codebook", "codebook.csv", "--coder", "ann", cwd=sample_folder)
    assert ran.last.startswith("2 themes added")
    assert "2 as they were" in qualkit("import", "codebook", "codebook.csv", cwd=sample_folder).last
    imported(sample_folder, "PT01,8,8,,Being believed,applies,ann,,,\n")
    with Study.open(sample_folder) as study:
        (row,) = study.rows(Decision)
        assert row.target_kind is Target.THEME
        assert row.target in {theme.key for theme in study.rows(Theme)}
    assert "0 of 29 passages decided" in qualkit("show", "PT01", cwd=sample_folder).last  # of the framework


def test_where_a_quotation_stands():
    text = "I said so. She said “so”, too.\nI said so."
    assert quoted(text, "I said so.", 0) == (0, 10)
    assert quoted(text, "I said so.", 30) == (31, 41)
    assert quoted(text, 'She  said "so"', 0) == (11, 24)
    assert quoted(text, "She said … too.", 0) == (11, 30)
    assert quoted(text, "never", 0) is None
