"""What stands above, between and after the talk is no speech, and is told with its place."""

import pytest

from tests.ingest_transcripts.made_up import dropped, read, roles, said, serious

TALK = "Interviewer: How are you?\nParticipant: Fine.\nInterviewer: And then?\nParticipant: Better."


@pytest.mark.parametrize(
    "header",
    [
        "Interview 3\n\n",
        "Study: Pain\nDate: 3 March 2026\n\n",
        "Date: 3 March 2026\nInterviewer: Dana Reed\nParticipant: P03\n\n",
        "Interviewer: Dana Reed\nParticipant: P03\nDate: 3 March 2026\n\n",
        "Date: 3 March 2026\nInterviewer: Dana Reed\nParticipant: P03\n",
        "Interviewer: Dana Reed\nParticipant: Sam Poe\n\n",
        "Transcript ID: 7\nLocation of interview: Home\nInterviewer: Dana Reed\n---\n",
        "Participants:\nInterviewer (Dana)\nParticipant\n\n",
        "SPEAKERS\nInterviewer, Participant\n\n",
        "(I = Interviewer)\n\n",
    ],
)
def test_headers(header: str) -> None:
    spoken = read(header + TALK)
    assert [label for label, _ in said(spoken)] == ["Interviewer", "Participant"] * 2
    assert dropped(spoken) == [line for line in header.split("\n") if line]
    assert serious(spoken) == []
    places = [problem.place for problem in spoken.problems]
    assert places == [f"line {n}" for n, line in enumerate(header.split("\n"), start=1) if line]


@pytest.mark.parametrize(
    "talk",
    [
        "I: Hello.\nP: Hi.\nTime: flies.\nI: Does it?\nP: Yes.",
        "Interviewer: Hi Anna\nParticipant: Hi Tom\n\nInterviewer: ok?\nParticipant: yes",
        "Interviewer: Good morning\nParticipant: Morning\n\nInterviewer: ok?\nParticipant: yes",
        "Date: Shall we?\nTom: Yes.\nDate: When?\nTom: Now.\nDate: Fine.\nTom: Good.",
        "Participants: (laughter)\nTom: So.\nParticipants: Yes!\nTom: And?\nParticipants: No.\nTom: Well.",
    ],
)
def test_talk_that_resembles_a_header(talk: str) -> None:
    assert dropped(read(talk)) == []


def test_a_field_late_in_a_talk_with_times_does_not_make_a_header() -> None:
    talk = "Anna  0:03\nHello\n\nBen  0:05\nHi\n\nAnna  0:07\nTime: flies\n\nBen  0:09\nYes"
    assert said(read(talk))[0] == ("Anna", "Hello")


def test_a_long_first_turn_of_somebody_who_does_not_speak_again() -> None:
    spoken = read(
        "# Talk 7\n\n**ID:** x\n\n---\n\nAssistant: Welcome!\n\nShall we?\n\nUser: Yes\n\nAI: Go?\n\nUser: a\n\nAI: b?",
        "a.md",
    )
    assert said(spoken)[0] == ("Assistant", "Welcome!\nShall we?")
    assert dropped(spoken) == ["Talk 7", "**ID:** x", "---"]


@pytest.mark.parametrize(
    "line",
    ["---", "* * *", "=====", "Page 3 of 12", "- 4 -", "End of tape"],
)
def test_rules_and_page_numbers(line: str) -> None:
    spoken = read(f"I: q?\nP: a\n{line}\nI: r?\nP: b")
    assert dropped(spoken) == [line]
    assert said(spoken)[1] == ("P", "a")
    assert spoken.problems[0].place == "line 3"
    assert not spoken.problems[0].serious


@pytest.mark.parametrize("text", ["...", "…", "3/5", "12", "Page three, I think", "the end of the interview was bad"])
def test_what_is_no_furniture(text: str) -> None:
    assert said(read(f"I: q?\nP: a\n{text}\nI: r?\nP: b"))[1] == ("P", f"a\n{text}")


@pytest.mark.parametrize(
    "end",
    [
        "End of transcript",
        "[End of recording]",
        "END OF INTERVIEW.",
        "*** End of the focus group ***",
        "Transcribed by https://a.example",
        "Transcribed by: AB",
        "Interview ends",
        "Ende des Interviews",
    ],
)
def test_the_end(end: str) -> None:
    spoken = read(f"{TALK}\n\n{end}\nTyped in May, checked in June.\n")
    assert said(spoken)[-1] == ("Participant", "Better.")
    assert dropped(spoken) == [end, "Typed in May, checked in June."]


def test_talk_goes_on_after_an_end() -> None:
    assert len(said(read(f"{TALK}\nEnd of tape\n{TALK}"))) == 8


def test_much_above_the_talk_is_asked_about() -> None:
    above = "\n\n".join("These words might well be somebody's, one thinks." for _ in range(60))
    assert any("Much of the file" in problem.what for problem in serious(read(f"{above}\n\n{TALK}")))


def test_markdown_around_the_talk() -> None:
    text = (
        "---\ntitle: Talk\nspeakers:\n  - Dana Reed\n  - Sam\nhistory:\n    v1:\n        date: 2021-06-15\n---\n"
        "<!-- checked\nDana: not said -->\n# Part one #\n\n**Dana Reed:** How *are* you? [a](http://b.example)\n\n"
        "> Sam: Fine <!-- sure? -->thanks.\n>\n> - really\n\n## Part two\n\n"
        "**Dana Reed:** And?\n\n#hash 3 < 4 <!-- open"
    )
    spoken = read(text, "a.md")
    assert said(spoken) == [
        ("Dana Reed", "How *are* you? [a](http://b.example)"),
        ("Sam", "Fine thanks.\n- really"),
        ("Dana Reed", "And?\n#hash 3 < 4 <!-- open"),
    ]
    assert dropped(spoken) == [
        text[: text.index("<!--") - 1],
        "checked\nDana: not said",
        "sure?",
        "Part one",
        "Part two",
    ]
    assert [problem.place for problem in spoken.problems if problem.dropped] == [
        "lines 1 to 9", "line 10", "line 16", "line 12", "line 20",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "---\nI: a?\nP: b\nI: c?\nP: d\n---\n",
        "---\n\nI: a?\nP: b\nsome more\nI: c?\nP: d\n\n---\n",
        "---\nI: a?\nP: b\nI: c?\nP: d\n",
    ],
)
def test_talk_between_rules_is_no_front_matter(text: str) -> None:
    assert [label for label, _ in said(read(text, "a.md"))] == ["I", "P", "I", "P"]


def test_an_underlined_title() -> None:
    assert dropped(read(f"Talk\n====\n\n{TALK}", "a.md")) == ["Talk", "===="]


def test_front_matter_names_a_speaker_who_speaks_once_and_the_interviewer() -> None:
    spoken = read("---\nspeakers: [Tom, Dana]\ninterviewer: Dana\n---\nDana: So.\nTom: a\nmore\nDana: Go on.", "a.md")
    assert [label for label, _ in said(spoken)] == ["Dana", "Tom", "Dana"]
    assert roles(spoken)["Dana"].asks
