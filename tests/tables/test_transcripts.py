"""transcripts.csv: kind, dates and speakers of each transcript."""

from pathlib import Path

import pytest

from qualkit.ingest.tables.transcripts import TranscriptRow, TranscriptsFile, read_transcripts
from qualkit.model.transcripts import Kind, Role
from tests.tables.made_up import refused, written


def read(folder: Path, text: str) -> TranscriptsFile:
    return read_transcripts(written(folder, text, "transcripts.csv"))


def told(file: TranscriptsFile) -> list[str]:
    return [f"{problem.place}: {problem.what}" for problem in file.problems]


def test_a_row(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "transcript,kind,held,analysed,mode,minutes,speakers\n"
        "FG1,focus_group,3 March 2025,10/03/2025,face to face,53 min,"
        "MOD = moderator; R1=P01;R2=participant;N=Note taker\n",
    )
    assert file.rows == (
        TranscriptRow(
            row=2,
            transcript="FG1",
            kind=Kind.FOCUS_GROUP,
            held="2025-03-03",
            analysed="2025-03-10",
            mode="face to face",
            minutes="53",
            speakers={"MOD": Role.MODERATOR, "R1": "P01", "R2": Role.PARTICIPANT, "N": Role.OTHER},
        ),
    )
    assert isinstance(file.rows[0].speakers["MOD"], Role)
    assert not isinstance(file.rows[0].speakers["R1"], Role)
    assert not file.problems


@pytest.mark.parametrize(
    ("written_kind", "kind"),
    [
        ("Interview", Kind.INTERVIEW),
        ("focus group", Kind.FOCUS_GROUP),
        ("focus-group", Kind.FOCUS_GROUP),
        ("Focus_Group", Kind.FOCUS_GROUP),
        ("FG", Kind.FOCUS_GROUP),
        ("", None),
    ],
)
def test_kinds(tmp_path: Path, written_kind: str, kind: Kind | None) -> None:
    file = read(tmp_path, f"transcript,kind\nT1,{written_kind}\n")
    assert file.rows[0].kind is kind
    assert not file.problems


@pytest.mark.parametrize(
    ("minutes", "kept"), [("53", "53"), ("53.5", "53.5"), ("53 minutes", "53"), ("1:02:30", "62.5"), ("0:53:00", "53")]
)
def test_minutes(tmp_path: Path, minutes: str, kept: str) -> None:
    file = read(tmp_path, f"transcript,minutes\nT1,{minutes}\n")
    assert file.rows[0].minutes == kept
    assert not file.problems


def test_what_is_unclear_is_told_and_kept(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "transcript,kind,held,analysed,minutes,speakers\n"
        "T1,intervew,spring,2025-01-01,an hour,A=P01;=P02;B;C=P03=4;A=P09\n"
        "T2,,2025-03-03,2025-03-01,,\n"
        ",interview,,,,\n"
        "t1,interview,,,,\n",
    )
    first, second = file.rows
    assert (first.kind, first.held, first.minutes, first.speakers) == (None, "spring", "an hour", {"A": "P01"})
    assert second.held == "2025-03-03"
    assert told(file) == [
        "row 2: held “spring” is no clear day; it is kept as written.",
        "row 2: kind “intervew” is not known.",
        "row 2: minutes “an hour” is no number; it is kept as written.",
        "row 2: the speaker “=P02” cannot be read.",
        "row 2: the speaker “B” cannot be read.",
        "row 2: the speaker “C=P03=4” cannot be read.",
        "row 2: the label “A” stands for two. The first is kept.",
        "row 3: it was analysed (2025-03-01) before it was held (2025-03-03).",
        "row 4: the transcript is missing. The row is left out.",
        "row 5: transcript “t1” has a row already (row 2). This row is left out.",
    ]
    assert file.problems[1].remedy == "Did you mean “interview”?"


def test_an_unknown_column_is_an_error(tmp_path: Path) -> None:
    message = refused(read_transcripts, written(tmp_path, "transcript,analyzed,minuts\nT1,,\n")).message
    assert "“analyzed” is no column of this table. Did you mean “analysed”?" in message
    assert "“minuts” is no column of this table. Did you mean “minutes”?" in message
