"""decisions.csv: verdicts on spans, and done marks."""

from pathlib import Path

import pytest

from qualkit.ingest.tables.decisions import DecisionRow, DecisionsFile, read_decisions
from qualkit.model.decisions import Verdict
from tests.tables.made_up import refused, written

HEADER = "transcript,start,end,quote,target,verdict,coder,date,blind,reason\n"


def read(folder: Path, *rows: str) -> DecisionsFile:
    return read_decisions(written(folder, HEADER + "\n".join(rows) + "\n", "decisions.csv"))


def told(file: DecisionsFile) -> list[str]:
    return [f"{problem.place}: {problem.what}" for problem in file.problems]


def test_a_row(tmp_path: Path) -> None:
    file = read(tmp_path, "P03,41.2,43,So the ... at night,1.2,applies,Ann  Lee,2025-03-03T09:30:00+01:00,yes,because")
    assert file.rows == (
        DecisionRow(
            row=2,
            transcript="P03",
            verdict=Verdict.APPLIES,
            done=None,
            start="41.2",
            end="43",
            quote="So the ... at night",
            target="1.2",
            coder="Ann Lee",
            date="2025-03-03T08:30:00Z",
            blind=True,
            reason="because",
        ),
    )
    assert not file.problems
    assert not file.rows[0].consensus


@pytest.mark.parametrize(
    ("row", "verdict", "done"),
    [
        ("P03,41,,,1.2,Applies,,,,", Verdict.APPLIES, None),
        ("P03,41,,,1.2,not,,,,", Verdict.NOT, None),
        ("P03,41,,,1.2,does not apply,,,,", Verdict.NOT, None),
        ("P03,41,,,,none,,,,", Verdict.NONE, None),
        ("P03,41,,,framework,nothing applies,,,,", Verdict.NONE, None),
        ("P03,41,,,,back,,,,", Verdict.BACK, None),
        ("P03,,,,Framework,done,,2025-03-03,,", None, True),
        ("P03,,,,codebook,open,,,,", None, False),
    ],
)
def test_verdicts(tmp_path: Path, row: str, verdict: Verdict | None, done: bool | None) -> None:
    file = read(tmp_path, row)
    assert not file.problems
    assert (file.rows[0].verdict, file.rows[0].done) == (verdict, done)


def test_consensus(tmp_path: Path) -> None:
    assert read(tmp_path, "P03,41,,,1.2,applies,Consensus,,,").rows[0].consensus


@pytest.mark.parametrize(
    ("row", "transcript", "start", "end"),
    [
        ("P03,41,,,1,applies,,,,", "P03", "41", "41"),
        ("P03,41.2,41.3,,1,applies,,,,", "P03", "41.2", "41.3"),
        ("P03,41.2,41,,1,applies,,,,", "P03", "41.2", "41"),
        ("P03,P03:41.2-43,,,1,applies,,,,", "P03", "41.2", "43"),
        ("p03,P03:41,P03:42,,1,applies,,,,", "p03", "41", "42"),
        (",P03:41,,,1,applies,,,,", "P03", "41", "41"),
        ("P03,41 – 43,,,1,applies,,,,", "P03", "41", "43"),
    ],
)
def test_references(tmp_path: Path, row: str, transcript: str, start: str, end: str) -> None:
    file = read(tmp_path, row)
    assert not file.problems
    (found,) = file.rows
    assert (found.transcript, found.start, found.end) == (transcript, start, end)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (",41,,,1.2,applies,,,,", "the transcript is missing. The row is left out."),
        ("P03,41,,,1.2,,,,,", "the verdict is missing. The row is left out."),
        ("P03,41,,,1.2,aplies,,,,", "verdict “aplies” is not known."),
        ("P03,,,,1.2,applies,,,,", "start is missing. The row is left out."),
        ("P03,41,,,,applies,,,,", "the target is missing. The row is left out."),
        ("P03,41,,,1.2,none,,,,", "none says that nothing applies, and yet there is a target. The row is left out."),
        ("P03,x,,,1.2,applies,,,,", "start is no reference. The row is left out."),
        ("P03,41,the end,,1.2,applies,,,,", "end is no reference. The row is left out."),
        ("P03,,43,,1.2,applies,,,,", "start is no reference. The row is left out."),
        ("P03,43,41,,1.2,applies,,,,", "the end 41 lies before the start 43. The row is left out."),
        ("P03,41.3,41.2,,1.2,applies,,,,", "the end 41.2 lies before the start 41.3. The row is left out."),
        ("P03,P04:41,,,1.2,applies,,,,", "the reference names another transcript. The row is left out."),
        ("P03,,,,1.2,done,,,,", "a done mark is for the framework or the codebook. The row is left out."),
        ("P03,41,,,framework,done,,,,", "a done mark is for the whole transcript. The row is left out."),
    ],
)
def test_rows_that_are_left_out(tmp_path: Path, row: str, what: str) -> None:
    file = read(tmp_path, row, "P09,1,,,2.1,applies,,,,")
    assert told(file) == [f"row 2: {what}"]
    assert file.problems[0].remedy
    assert [found.transcript for found in file.rows] == ["P09"]


def test_what_is_told_holds_no_words_of_the_transcript(tmp_path: Path) -> None:
    file = read(tmp_path, "P03,my secret,,my secret,my secret,applies,,,,my secret")
    assert "secret" not in str(file.problems[0])


def test_an_unclear_date_a_doubtful_blind_and_a_row_twice(tmp_path: Path) -> None:
    file = read(tmp_path, "P03,41,,,1.2,applies,,3/3/25,perhaps,", "P03,42,,,1,not,,,,", "P03,42,,,1,not,,,,")
    assert told(file) == [
        "row 2: date “3/3/25” is no clear day; the row is read without it.",
        "row 2: blind “perhaps” is not known.",
        "row 4: it is the same as row 3, and is read once.",
    ]
    assert [(row.date, row.blind) for row in file.rows] == [("", False), ("", False)]
    assert [problem.serious for problem in file.problems] == [True, True, False]


def test_columns(tmp_path: Path) -> None:
    told = refused(read_decisions, written(tmp_path, "transcript,stat,verdict\nP03,41,applies\n"))
    assert "“stat” is no column of this table. Did you mean “start”" in told.message
    few = read_decisions(written(tmp_path, "transcript,target,verdict\nP03,framework,done\n"))
    assert few.rows[0].done
