"""cases.csv: a row a participant, and every further column an attribute."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import QualkitError
from qualkit.ingest.tables.cases import CaseRow, CasesFile, read_cases
from tests.tables.made_up import refused, written


def read(folder: Path, text: str) -> CasesFile:
    return read_cases(written(folder, text, "cases.csv"))


def told(file: CasesFile) -> list[str]:
    return [f"{problem.place}: {problem.what}" for problem in file.problems]


def test_a_row(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "Participant,Case,Group,Transcripts,Consent,Consent form,Consent date,Age,Home  town\n"
        "P01,C1,patient,T1; T2 ;;T1,yes,v2,3 March 2025,007,\n",
    )
    assert file.rows == (
        CaseRow(
            row=2,
            participant="P01",
            case="C1",
            group="patient",
            transcripts=("T1", "T2"),
            consent="yes",
            consent_form="v2",
            consent_date="2025-03-03",
            attributes=(("Age", "007"), ("Home town", "")),
        ),
    )
    assert file.attributes == ("Age", "Home town")
    assert file.columns == ("participant", "case", "group", "transcripts", "consent", "consent_form", "consent_date")
    assert not file.problems


def test_only_participants(tmp_path: Path) -> None:
    assert read(tmp_path, "participant\nP01\nP02\n").rows == (CaseRow(2, "P01"), CaseRow(3, "P02"))


def test_semicolons_within_a_table_split_by_semicolons(tmp_path: Path) -> None:
    file = read(tmp_path, 'participant;case;transcripts\nP01;C1;"T1;T2"\n')
    assert file.rows[0].transcripts == ("T1", "T2")


def test_rows_that_cannot_be_used_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = read(tmp_path, "participant,case\nP01,C1\n,C2\nP03,C3\nmoderator,C4\nA;B,C5\nP=1,C6\n")
    assert [row.participant for row in file.rows] == ["P01", "P03"]
    assert told(file) == [
        "row 3: the participant is missing. The row is left out.",
        "row 5: “moderator” cannot be the id of a participant. The row is left out.",
        "row 6: “A;B” cannot be the id of a participant. The row is left out.",
        "row 7: “P=1” cannot be the id of a participant. The row is left out.",
    ]


def test_a_participant_in_two_cases(tmp_path: Path) -> None:
    file = read(tmp_path, "participant,case\nP01,C1\nP02,C1\np01,C2\n")
    assert [(row.participant, row.case) for row in file.rows] == [("P01", "C1"), ("P02", "C1")]
    assert told(file) == ["row 4: participant “p01” is in two cases, “C1” (row 2) and “C2”. This row is left out."]


def test_a_participant_twice(tmp_path: Path) -> None:
    file = read(tmp_path, "participant,case,transcripts\nP01,C1,T1\nP01,C1,T2\n")
    assert told(file) == ["row 3: participant “P01” has a row already (row 2). This row is left out."]
    assert "several transcripts go into one cell" in file.problems[0].remedy


def test_names_spelt_in_two_ways(tmp_path: Path) -> None:
    file = read(tmp_path, "participant,case,group\nP01,C1,Patient\nP02,c1,patient\nP03,C1,patient\n")
    assert told(file) == [
        "row 3: case “c1” and “C1” (row 2) are spelt in two ways: they are two.",
        "row 3: group “patient” and “Patient” (row 2) are spelt in two ways: they are two.",
    ]


def test_commas_between_transcripts_and_an_unclear_date(tmp_path: Path) -> None:
    file = read(tmp_path, 'participant,transcripts,consent_date\nP01,"T1, T2",03/13/2025\n')
    assert told(file) == [
        "row 2: transcripts “T1, T2” holds a comma.",
        "row 2: consent_date “03/13/2025” is no clear day; it is kept as written.",
    ]
    assert file.rows[0].consent_date == "03/13/2025"


def test_a_workbook_comes_later(tmp_path: Path) -> None:
    path = written(tmp_path, b"PK\x03\x04" + bytes(60), "cases.xlsx")
    message = refused(read_cases, path)
    assert "workbooks in a later version" in message.message
    assert "CSV UTF-8" in message.hint


@pytest.mark.parametrize("text", ["case,group\nC1,patient\n", "particpant,case\nP01,C1\n"])
def test_the_participant_column_is_wanted(tmp_path: Path, text: str) -> None:
    message = refused(read_cases, written(tmp_path, text)).message
    assert "the column “participant” is missing" in message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=80) | st.text('P01,;="\n C', max_size=80))
def test_any_rows(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(b"participant,case,transcripts,consent_date,x\n" + text.encode())
    try:
        rows = read_cases(path).rows
    except QualkitError:
        return
    ids = [row.participant.casefold() for row in rows]
    assert len(set(ids)) == len(ids)
    assert all(ids)
