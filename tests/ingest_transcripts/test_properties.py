"""Any talk, in any layout and encoding, comes back as it was; and no bytes whatever break the reader."""

import io

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import QualkitError
from qualkit.ingest.transcript import read_bytes
from tests.ingest_transcripts.made_up import check, p, read, said, table, word

LAYOUTS = [
    "{who}: {text}",
    "{who}:\t{text}",
    "{who} : {text}",
    "**{who}:** {text}",
    "**{who}**: {text}",
    "[00:00:03] {who}: {text}",
    "{who} (00:03): {text}",
    "{who} [00:03]:\n{text}",
    "{who}:\n{text}",
    "[{who}] {text}",
]
CASTS = [
    ("I", "P"),
    ("INT", "P1", "P2"),
    ("Moderator", "Lisa B.", "Gábor", "Søren O'Neil"),
    ("stark", "adam3us"),
    ("Q", "A"),
    ("Dr Smith", "Mrs Jones (wife)"),
    ("SPEAKER_00", "SPEAKER_01"),
    ("Note", "Interviewer"),
]
# Words without marks of emphasis or colons: those are the subject of the other tests.
sign = st.characters(categories=("Ll", "Lu", "Lo", "Mn", "Nd"), include_characters=" ,.?!'’–-äéøß([)]…")
word_like = st.text(sign, min_size=1, max_size=12)
plain = st.lists(word_like, min_size=1, max_size=12).map(" ".join).map(str.strip)
texts = plain.filter(lambda text: any(sign.isalpha() for sign in text) and text[0].isalpha())


@st.composite
def talks(draw: st.DrawFn) -> list[tuple[str, str]]:
    """A talk in which everybody speaks at least three times, in turn."""
    cast = draw(st.sampled_from(CASTS))
    rounds = draw(st.integers(min_value=3, max_value=6))
    return [(who, draw(texts)) for _ in range(rounds) for who in cast]


@given(talks(), st.sampled_from(LAYOUTS), st.sampled_from(["\n", "\n\n", "\r\n", "\r"]),
       st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]), st.sampled_from(["txt", "md"]))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_a_talk_comes_back(talk: list[tuple[str, str]], layout: str, end: str, codec: str, ending: str) -> None:
    text = "\n".join(layout.format(who=who, text=text) for who, text in talk).replace("\n", end)
    assert said(read(text.encode(codec), f"a.{ending}")) == talk


@given(talks(), st.integers(min_value=1, max_value=3))
@settings(max_examples=50, deadline=None)
def test_a_talk_of_several_paragraphs_a_turn_comes_back(talk: list[tuple[str, str]], paragraphs: int) -> None:
    talk = [(who, "\n".join([text] * paragraphs)) for who, text in talk]
    text = "\n\n".join(f"{who}: {text}".replace("\n", "\n\n") for who, text in talk)
    assert said(read(text)) == talk


def written_by_python_docx(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@given(talks(), st.sampled_from([layout for layout in LAYOUTS if "**" not in layout]))
@settings(max_examples=40, deadline=None)
def test_a_talk_in_word_comes_back(talk: list[tuple[str, str]], layout: str) -> None:
    assert (
        said(read(written_by_python_docx([layout.format(who=who, text=text) for who, text in talk]), "a.docx")) == talk
    )


TEXT = (
    "Date: May\nI: How’s it?\n\nP: “Fine”, at 10:30\nmore\n[00:03] I: And?\n**P:** é\u0301 <!-- x -->\n---\nEnd of tape"
)
SEEDS = [
    ("a.txt", TEXT.encode()),
    ("a.txt", TEXT.encode("utf-16")),
    ("a.txt", TEXT.encode("cp1252", "ignore")),
    ("a.md", f"---\nspeakers: [A, B]\n---\n# x\n> {TEXT}".encode()),
    ("a.docx", word(p("I: q?") + p("P: a") + table(("A", "b."), ("A", "c.")), {"footnotes": p("x"), "styles": ""})),
    ("a.docx", written_by_python_docx(["I: q?", "P: a", "I: r?"])),
]


def read_or_refuse(data: bytes, file: str) -> None:
    try:
        spoken = read_bytes(data, file)
    except QualkitError as fault:
        refused = fault
    else:
        check(spoken)
        return
    assert refused.message.startswith(file)
    assert refused.hint


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4), st.integers(0, 8)), max_size=6),
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_mutation_breaks_the_reader(seed: tuple[str, bytes], edits: list[tuple[int, bytes, int]]) -> None:
    file, data = seed
    for at, put, cut in edits:
        at %= len(data) + 1
        data = data[:at] + put + data[at + cut :]
    read_or_refuse(data, file)


XML = "<w:p><w:r><w:t>I: q?</w:t><w:br/><w:t>P: a</w:t></w:r></w:p>" + table(("A", "b."), ("A", "c."))


@given(
    st.lists(
        st.tuples(st.integers(0, len(XML)), st.text(st.sampled_from("<>/w:ptrbcdelins=' \"&;"), max_size=9)), max_size=4
    )
)
@settings(max_examples=200, deadline=None)
def test_no_xml_breaks_the_reader(edits: list[tuple[int, str]]) -> None:
    body = XML
    for at, put in edits:
        body = body[:at] + put + body[at + len(put) :]
    read_or_refuse(word(body), "a.docx")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.docx"]))
@settings(max_examples=300, deadline=None)
def test_no_bytes_break_the_reader(data: bytes, file: str) -> None:
    read_or_refuse(data, file)


@given(
    st.text(st.sampled_from('IP:ab [](0)39*_#<>-!=\n\t"{}|…？：\u200f\u0301'), max_size=200),
    st.sampled_from(["a.txt", "a.md"]),
)
@settings(max_examples=400, deadline=None)
def test_no_text_of_marks_breaks_the_reader(text: str, file: str) -> None:
    read_or_refuse(text.encode(), file)


@pytest.mark.parametrize("file", ["a.txt", "a.md"])
@given(text=st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_no_words_are_lost(file: str, text: str) -> None:
    """Every letter is in the talk, told as dropped, or part of a label."""
    try:
        spoken = read_bytes(("I: q?\nP: a\n" + text).encode("utf-8", "ignore"), file)
    except QualkitError:
        return
    kept = spoken.text + "".join(problem.dropped for problem in spoken.problems)
    labels = "".join(label for label, _ in said(spoken))
    missing = {sign for sign in text if sign.isalpha()} - set(kept) - set(labels) - set(labels.casefold())
    assert not missing
