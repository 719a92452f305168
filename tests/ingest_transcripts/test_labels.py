"""The ways in which transcripts mark who speaks."""

import pytest

from tests.ingest_transcripts.made_up import dropped, read, roles, said, serious

TALK = [("Anna", "How are you?"), ("Ben", "Fine, at 10:30 it hurt."), ("Anna", "Still?"), ("Ben", "No.")]


@pytest.mark.parametrize(
    "turn",
    [
        "{name}: {text}",
        "{name}:{text}",
        "{name}:\t{text}",
        "{name} : {text}",
        "{name}：{text}",
        "  {name}: {text}",
        "- {name}: {text}",
        "**{name}:** {text}",
        "**{name}**: {text}",
        "*{name}:* {text}",
        "__{name}:__ {text}",
        "<b>{name}:</b> {text}",
        "**{name}: {text}**",
        "[{name}] {text}",
        "[{name}]: {text}",
        "[00:00:03] {name}: {text}",
        "00:00:03 {name}: {text}",
        "(00:03) {name}: {text}",
        "[00:00:03] **{name}:** {text}",
        "00:00:03.120 --> 00:00:05.400 {name}: {text}",
        "{name} (00:03): {text}",
        "{name} [00:03]: {text}",
        "{name} (00:03):\n{text}",
        "{name}: [00:03] {text}",
        "{name}: \\[00:03\\] {text}",
        "{name}:\n{text}",
        "**{name}**\n\n{text}",
        "{name}  0:03  \n{text}",
        "00:00:03 {name}\n{text}",
        "\u200f{name}\u200f: {text}",
        "\u202b{name}: {text}",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_layouts(turn: str, between: str, ending: str) -> None:
    text = between.join(turn.format(name=name, text=text) for name, text in TALK)
    spoken = read(text, f"P01.{ending}")
    assert said(spoken) == TALK
    assert dropped(spoken) == []
    timed = "00:03" in turn or "0:03" in turn
    assert all(turn.begin == (pytest.approx(3, abs=0.2) if timed else None) for turn in spoken.turns)


def test_known_labels_alone_on_their_lines() -> None:
    text = "Interviewer\nHow?\n\nParticipant\nSo.\nAnd so.\n\nInterviewer\nAnd?\n\nParticipant\nYes."
    assert said(read(text)) == [
        ("Interviewer", "How?"),
        ("Participant", "So.\nAnd so."),
        ("Interviewer", "And?"),
        ("Participant", "Yes."),
    ]


def test_headings_as_labels() -> None:
    spoken = read("# Talk\n\n## Dana\n\nHow?\n\n## Sam\n\nSo.\n\n## Dana\n\nAnd?\n\n## Sam\n\nYes.", "a.md")
    assert said(spoken) == [("Dana", "How?"), ("Sam", "So."), ("Dana", "And?"), ("Sam", "Yes.")]
    assert dropped(spoken) == ["Talk"]


def test_one_speaker_however_the_label_is_spelt() -> None:
    spoken = read("Interviewer: a?\nP1: b\nINTERVIEWER : c?\nInterviewer.: d?\np1: e")
    assert [label.label for label in spoken.labels] == ["Interviewer", "P1"]


def test_a_label_of_63_characters_and_no_longer() -> None:
    longest = "A" + "b" * 62
    assert said(read(f"I: q?\n{longest}: a\nI: r?\n{longest}: b"))[1] == (longest, "a")
    assert len(said(read(f"I: q?\nP: x\n{longest}c: a\nI: r?\nP: y\n{longest}c: b"))) == 4


def test_turns_span_empty_lines_and_paragraphs_and_stay_as_written() -> None:
    spoken = read("I: q?\n\nP: one  two\t three  \n\n\n  four [inaudible] (…) \n\nfive [crosstalk]\n\nI: r?\nP: s")
    assert said(spoken)[1] == ("P", "one  two\t three  \n  four [inaudible] (…) \nfive [crosstalk]")


def test_neighbouring_blocks_of_one_speaker_stay_apart() -> None:
    assert said(read("I: a?\nP: b\nP: c\nI: d?\nP: e"))[1:3] == [("P", "b"), ("P", "c")]


def test_times_and_addresses_are_no_labels() -> None:
    text = "I: q?\nP: a\n10:30 was bad\nhttp://a.example/b\nAt 10:30: I slept\nP1:20 mg\nI: r?\nP: b\nhttp://c.example"
    spoken = read(text)
    assert [label for label, _ in said(spoken)] == ["I", "P", "I", "P"]


@pytest.mark.parametrize("word", ["Well", "Note", "Something", "And I said", "Example", "Morphine", "Time"])
def test_a_common_word_and_a_colon_stay_speech(word: str) -> None:
    spoken = read(f"I: q?\nP: a long story\n\n{word}: it hurts.\n\nI: r?\nP: b\nI: s?\nP: c")
    assert said(spoken)[1] == ("P", f"a long story\n{word}: it hurts.")


def test_remarks_that_recur_within_turns_stay_speech() -> None:
    turn = "I: q?\n\nP: a\n\nmore\n\nNote: x\n\nWell: y\n\nlast\n\n"
    spoken = read(turn * 6)
    assert {label for label, _ in said(spoken)} == {"I", "P"}
    assert said(spoken)[1][1] == "a\nmore\nNote: x\nWell: y\nlast"


@pytest.mark.parametrize("name", ["Note", "Question", "Will", "May", "So"])
def test_a_common_word_is_a_speaker_where_it_stands_like_one(name: str) -> None:
    talk = [("Interviewer", "What will you do?"), (name, "I will, so you may.")] * 5
    assert said(read("\n\n".join(f"{who}: {text}" for who, text in talk))) == talk


def test_q_and_a() -> None:
    assert {label for label, _ in said(read("Q: How?\nA: So.\nMore.\nQ: And?\nA: Yes."))} == {"Q", "A"}
    assert {label for label, _ in said(read("Question: How?\nAnswer: So.\nQuestion: And?\nAnswer: Yes."))} == {
        "Question",
        "Answer",
    }


def test_what_looks_like_a_name_and_occurs_once_is_told() -> None:
    spoken = read("I: q?\nP: a\nI: r?\nP: b\nFiona: c\nI: s?\nP: d")
    assert said(spoken)[3] == ("P", "b\nFiona: c")
    assert [problem.place for problem in serious(spoken)] == ["line 5"]
    assert "Participants: ..." in serious(spoken)[0].remedy


def test_a_first_speaker_who_speaks_once_is_told() -> None:
    spoken = read("Fiona: Welcome, all.\nI: q?\nP: a\nI: r?\nP: b")
    assert [problem.place for problem in serious(spoken)] == ["line 1"]


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("I: q?\nP1: a\nP2: b\nI: r?\nP2: c\nP1: d\nP3: e", "P3"),
        ("MARY: a?\nJOHN: b\nMARY: c?\nJOHN: d\nFIONA: e", "FIONA"),
        ("**Mary:** a?\n**John:** b\n**Mary:** c?\n**John:** d\n**Fiona:** e", "Fiona"),
        ("[0:01] Mary: a?\n[0:02] John: b\n[0:03] Mary: c?\n[0:04] John: d\n[0:05] Fiona: e", "Fiona"),
        ("Mary (0:01):\na?\nJohn (0:02):\nb\nMary (0:03):\nc?\nJohn (0:04):\nd\nFiona (0:05):\ne", "Fiona"),
        ("Participants: Mary, John and Fiona\n\nMary: a?\nJohn: b\nMary: c?\nJohn: d\nFiona: e", "Fiona"),
        ("Moderator: a?\nLisa B.: b\nGábor: c\nModerator: d?\nFiona: e", "Fiona"),
        ("I: a?\nP: b\nI: c?\nP: d\nSpeaker 3: e", "Speaker 3"),
    ],
)
def test_somebody_who_speaks_once(text: str, once: str) -> None:
    assert said(read(text))[-1] == (once, "e")


def test_sounds_in_brackets_are_no_speakers() -> None:
    spoken = read("[anna] a?\n[laughter] b\n[ben] c\n[pause]\n[anna] d?\n[laughter] e\n[ben] f")
    assert [label.label for label in spoken.labels] == ["anna", "ben"]
    assert said(spoken)[0] == ("anna", "a?\n[laughter] b")


def test_a_short_talk_in_which_nobody_speaks_twice() -> None:
    assert said(read("Anna: hi\nBen: ho")) == [("Anna", "hi"), ("Ben", "ho")]
    assert said(read("I: Tell me.\nP: Well.\n\nLong ago.")) == [("I", "Tell me."), ("P", "Well.\nLong ago.")]


def test_one_label_only() -> None:
    spoken = read("P: a story\nP: goes on")
    assert said(spoken) == [("P", "a story"), ("P", "goes on")]
    assert [problem.serious for problem in spoken.problems] == [False]
    spoken = read("P: a story\n\nAnd what did you do?\n\nP: this")
    assert "without a label" in serious(spoken)[0].what


def test_no_labels_at_all() -> None:
    spoken = read("A story.\nIt goes on.\n\n---\n\nAnother paragraph.\n\nTranscribed by a firm")
    assert said(spoken) == [("unlabelled", "A story.\nIt goes on."), ("unlabelled", "Another paragraph.")]
    assert dropped(spoken) == ["---", "Transcribed by a firm"]
    assert "label and a colon" in serious(spoken)[0].remedy
    assert [turn.place for turn in spoken.turns] == ["line 1", "line 6"]
    assert said(read("A story.\nIt goes on.")) == [("unlabelled", "A story."), ("unlabelled", "It goes on.")]


def test_captions_without_labels_are_not_taken_for_names() -> None:
    text = "00:00:03 Yeah\n00:00:05 So I thought\n00:00:07 Yeah\n00:00:09 right then\n00:00:11 Yeah"
    assert {label for label, _ in said(read(text))} == {"unlabelled"}


def test_empty_turns_are_told_and_not_kept() -> None:
    spoken = read("I: a?\nP:\nI: b?\nP: c\nI:   \nP: d")
    assert said(spoken) == [("I", "a?"), ("I", "b?"), ("P", "c"), ("P", "d")]
    told = [problem for problem in spoken.problems if "no words" in problem.what]
    assert told[0].place == "line 2"
    assert "line 5" in told[0].what


def test_other_scripts_and_combining_characters() -> None:
    nfd = "e\u0301te\u0301 \u05e9\u05dc\u05d5\u05dd \u202bx\u202c \U0001f9d1\u200d\u2695\ufe0f"
    spoken = read(f"\u200fמראיין: {nfd}?\n\u200fמטופל: ב.\n\u200fמראיין: ג?\n\u200fמטופל: ד.")
    assert said(spoken)[0] == ("מראיין", f"{nfd}?")
    assert list(roles(spoken)) == ["מראיין", "מטופל"]
