"""Who asks and who answers, and what kind of talk it is."""

import pytest

from qualkit.ingest.interface import Hints
from qualkit.model.transcripts import Kind, Role, Told
from tests.ingest_transcripts.made_up import read, roles, serious


def talk(*labels: str, asks: int = 0, times: int = 4) -> str:
    """A talk in which the label at `asks` asks, and the others answer."""
    lines = [f"{label}: {'How is it?' if n == asks else 'It goes on.'}" for n, label in enumerate(labels)]
    return "\n".join(lines * times)


@pytest.mark.parametrize(
    "label",
    [
        "I", "INT", "Int.", "I1", "Interviewer", "INTERVIEWER 2", "Interviewer (DR)", "Dana [Interviewer]",
        "Researcher", "Q", "Interviewerin", "Enquêteur", "Entrevistadora", "Intervistatore", "Görüşmeci",
    ],
)  # fmt: skip
def test_interviewers_by_their_label(label: str) -> None:
    spoken = read(talk(label, "Rab", asks=1))
    assert roles(spoken) == {label: Role.INTERVIEWER, "Rab": Role.PARTICIPANT}
    assert spoken.kind is Kind.INTERVIEW
    assert {each.told for each in spoken.labels} == {Told.INFERRED}


@pytest.mark.parametrize("label", ["Moderator", "MOD", "Facilitator 1", "Moderatorin", "Modératrice"])
def test_a_moderator_makes_a_focus_group(label: str) -> None:
    spoken = read(talk(label, "Rab"))
    assert roles(spoken)[label] is Role.MODERATOR
    assert spoken.kind is Kind.FOCUS_GROUP


@pytest.mark.parametrize("label", ["Interviewee", "Interpreter", "Intel", "User", "R", "M"])
def test_labels_that_say_no_interviewer(label: str) -> None:
    assert not roles(read(talk("Interviewer", label)))[label].asks


def test_others_neither_ask_nor_count() -> None:
    spoken = read(talk("Interviewer", "Rab", "Unknown Speaker", "Note taker", "All"))
    assert list(roles(spoken).values())[2:] == [Role.OTHER] * 3
    assert spoken.kind is Kind.INTERVIEW


def test_an_interviewer_by_questions() -> None:
    spoken = read(talk("Rab", "Dana", asks=1))
    assert roles(spoken) == {"Rab": Role.PARTICIPANT, "Dana": Role.INTERVIEWER}
    assert serious(spoken) == []
    assert "made out by how the speakers talk" in spoken.problems[-1].what


@pytest.mark.parametrize("end", ["?", "？", "؟", '?"', "? (laughs)", "?** ", "? [pause]"])
def test_ends_of_questions(end: str) -> None:
    text = "\n".join([f"Dana: You do{end}", "Rab: I do."] * 4)
    assert roles(read(text))["Dana"].asks


def test_two_labels_of_the_interviewer() -> None:
    text = "Assistant: Shall we begin?\nRab: Yes.\n" + talk("Dana", "Rab", times=6)
    assert roles(read(text)) == {"Assistant": Role.INTERVIEWER, "Rab": Role.PARTICIPANT, "Dana": Role.INTERVIEWER}


def test_in_a_group_who_asks_is_the_moderator() -> None:
    spoken = read(talk("Dana", "Rab", "Effie", "Archie"))
    assert roles(spoken)["Dana"] is Role.MODERATOR
    assert spoken.kind is Kind.FOCUS_GROUP


def test_a_couple_is_an_interview_and_three_are_a_group() -> None:
    assert read(talk("I", "Effie", "Archie")).kind is Kind.INTERVIEW
    assert read(talk("I", "Effie", "Archie", "Rab")).kind is Kind.FOCUS_GROUP


def test_nobody_asks() -> None:
    spoken = read(talk("Rab", "Effie", asks=-1))
    assert set(roles(spoken).values()) == {Role.PARTICIPANT}
    assert "--interviewer LABEL" in serious(spoken)[0].remedy


def test_a_participant_who_asks_back_is_no_interviewer() -> None:
    text = talk("Dana", "Rab", "Effie", "Archie", times=8) + "\nEffie: Sorry?\nDana: How?\nEffie: What?"
    assert [label for label, role in roles(read(text)).items() if role.asks] == ["Dana"]


def test_what_the_header_says_of_labels() -> None:
    text = "Date: May 2026\nInterviewer: Dana Reed\n\n" + talk("Rab", "DR", asks=0)
    assert roles(read(text)) == {"Rab": Role.PARTICIPANT, "DR": Role.INTERVIEWER}
    text = "(F = Interviewer; B = Befragte)\n" + talk("B", "F", asks=0)
    assert roles(read(text)) == {"B": Role.PARTICIPANT, "F": Role.INTERVIEWER}


def test_hints_overrule() -> None:
    hints = Hints(Kind.FOCUS_GROUP, ("rab",), {"I": Role.OTHER, "Effie": Role.PARTICIPANT})
    spoken = read(talk("I", "Rab", "Effie"), hints=hints)
    assert roles(spoken) == {"I": Role.OTHER, "Rab": Role.INTERVIEWER, "Effie": Role.PARTICIPANT}
    assert {label.told for label in spoken.labels} == {Told.CONFIRMED}
    assert (spoken.kind, spoken.kind_told) == (Kind.FOCUS_GROUP, Told.CONFIRMED)
    assert serious(spoken) == []


def test_a_hint_finds_a_label_that_occurs_once() -> None:
    spoken = read("I: q?\nP: a\nFiona: b\nI: r?\nP: c", hints=Hints(roles={"Fiona": Role.PARTICIPANT}))
    assert "Fiona" in roles(spoken)


def test_a_hint_that_fits_nothing_is_told() -> None:
    spoken = read(talk("I", "P"), hints=Hints(interviewers=("Dana",)))
    assert "does not occur" in serious(spoken)[0].what


def test_a_hint_names_the_role_of_talk_without_labels() -> None:
    assert roles(read("a story", hints=Hints(interviewers=("unlabelled",)))) == {"unlabelled": Role.INTERVIEWER}
