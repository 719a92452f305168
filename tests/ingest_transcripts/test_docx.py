"""Word files: every word is in the talk or told with its place."""

import re

import pytest

from qualkit.ingest.transcript import read_bytes
from tests.ingest_transcripts.made_up import dropped, p, r, read, said, serious, table, word

BOX = "<w:txbxContent>" + p("in a box") + "</w:txbxContent>"
TALK = p("I: q?") + p("P: a") + p("I: r?") + p("P: b")


def docx(body: str, **parts: str):
    return read(word(body, parts), "P01.docx")


def test_paragraphs_and_their_places() -> None:
    spoken = docx(p("Title") + p() + TALK + p() + p("more"))
    assert said(spoken) == [("I", "q?"), ("P", "a"), ("I", "r?"), ("P", "b\nmore")]
    assert [turn.place for turn in spoken.turns] == ["paragraph 3", "paragraph 4", "paragraph 5", "paragraph 6"]
    assert [(problem.place, problem.dropped) for problem in spoken.problems] == [("paragraph 1", "Title")]


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:r><w:t>x</w:t><w:tab/><w:t>y</w:t></w:r>", "x\ty"),
        ("<w:r><w:t>x</w:t><w:br/><w:t>y</w:t><w:cr/><w:t>z</w:t></w:r>", "x\ny\nz"),
        ("<w:r><w:t>x</w:t><w:noBreakHyphen/><w:t>y</w:t><w:softHyphen/></w:r>", "x-y"),
        (f"<w:ins w:id='1' w:author='A'>{r('x')}</w:ins>", "x"),
        (f"<w:moveTo w:id='1' w:author='A'>{r('x')}</w:moveTo>", "x"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('x')}</w:sdtContent></w:sdt>", "x"),
        (f"<w:smartTag w:element='place'><w:smartTagPr/>{r('x')}</w:smartTag>", "x"),
        (f"<w:customXml w:element='a'>{r('x')}</w:customXml>", "x"),
        (f"<w:hyperlink r:id='rId9'>{r('x')}</w:hyperlink>", "x"),
        (f"<w:fldSimple w:instr=' PAGE '>{r('x')}</w:fldSimple>", "x"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r('x')}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "x",
        ),
        (f"<w:bdo w:val='rtl'>{r('x')}</w:bdo>", "x"),
        (
            "<mc:AlternateContent><mc:Choice Requires='wps'>"
            + r("x")
            + f"</mc:Choice><mc:Fallback>{r('x')}</mc:Fallback></mc:AlternateContent>",
            "x",
        ),
        ("<w:r><w:t>x\ny</w:t></w:r>", "x y"),
    ],
)
def test_whatever_wraps_words(run: str, text: str) -> None:
    assert said(docx(p("I: q?") + p("P: ", run, " end") + p("I: r?") + p("P: b")))[1] == ("P", f"{text} end")


def test_insertions_are_told() -> None:
    spoken = docx(p("I: q?") + p("P: ", f"<w:ins w:id='1'>{r('x')}</w:ins>") + p("I: r?") + p("P: b"))
    assert "insertions were read as part of the text (1)" in spoken.problems[0].what


@pytest.mark.parametrize(
    ("run", "told", "words"),
    [
        ("<w:del w:id='1'><w:r><w:delText>gone</w:delText></w:r></w:del>" * 2, "tracked changes", "gone\ngone"),
        (f"<w:moveFrom w:id='1'>{r('gone')}</w:moveFrom>", "tracked changes", "gone"),
        (r("secret", "<w:vanish/>"), "Hidden text", "secret"),
        (f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>", "text box", "in a box"),
        (
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            "text box",
            "in a box",
        ),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "formula", "x=1"),
        (
            f"<w:r><w:ruby><w:rt>{r('gloss')}</w:rt><w:rubyBase>{r('')}</w:rubyBase></w:ruby></w:r>",
            "gloss",
            "gloss",
        ),
    ],
)
def test_words_aside_are_told_with_place_and_count(run: str, told: str, words: str) -> None:
    spoken = docx(p("I: q?") + p("P: a", run, " b") + p("I: r?") + p("P: c"))
    assert said(spoken)[1] == ("P", "a b")
    problem = next(each for each in spoken.problems if told in each.what)
    assert (problem.place, problem.dropped) == ("paragraph 2", words)
    assert ("2 places" in problem.what) == ("\n" in words)
    assert problem.serious == (told == "text box")


def test_visible_text_marked_as_not_hidden_stays() -> None:
    assert said(docx(p("I: q?") + p("P: ", r("seen", "<w:vanish w:val='0'/>")) + TALK))[1] == ("P", "seen")


def test_notes_comments_and_page_furniture_are_told() -> None:
    spoken = docx(
        TALK,
        footnotes=f"<w:footnote w:id='-1' w:type='separator'>{p()}</w:footnote>"
        f"<w:footnote w:id='1'>{p('foot')}</w:footnote>",
        endnotes=f"<w:endnote w:id='1'>{p('end')}</w:endnote>",
        comments=f"<w:comment w:id='0' w:author='A'>{p('sure')}{p('really')}</w:comment>",
        header=p("Study 7"),
        footer=p("Page ", r("1")),
    )
    assert {(problem.place, problem.dropped) for problem in spoken.problems} == {
        ("footnote 1", "foot"),
        ("endnote 1", "end"),
        ("comment 1", "sure\nreally"),
        ("page header", "Study 7"),
        ("page footer", "Page 1"),
    }
    assert serious(spoken) == []
    assert len(said(spoken)) == 4


def test_an_embedded_document_is_told() -> None:
    assert "embedded" in serious(docx(TALK + "<w:altChunk r:id='rId5'/>"))[0].what


def test_blocks_in_wrappers() -> None:
    body = f"<w:sdt><w:sdtContent>{TALK}</w:sdtContent></w:sdt><w:customXml>{p('more')}</w:customXml>"
    assert said(docx(body))[-1] == ("P", "b\nmore")


def test_line_breaks_within_a_paragraph_part_turns() -> None:
    run = "<w:r><w:t>I: q?</w:t><w:br/><w:t>P: a</w:t><w:br/><w:t>I: r?</w:t><w:br/><w:t>P: b</w:t></w:r>"
    spoken = docx(p(run))
    assert [label for label, _ in said(spoken)] == ["I", "P", "I", "P"]
    assert spoken.turns[1].place == "paragraph 1, line 2"


def test_headings_by_style_name_base_and_outline() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="L"/><w:basedOn w:val="Loop"/></w:style>'
    )
    outlined = '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>' + r("Third") + "</w:p>"
    long = " ".join(["word"] * 30)
    body = p("I: q?") + p("P: a") + p("First", style="berschrift1") + p("Second", style="Own") + outlined
    body += p("said", style="Loop") + p(long, style="Own") + p("I: r?", style="Own") + p("P: b")
    spoken = docx(body, styles=styles)
    assert dropped(spoken) == ["First", "Second", "Third"]
    assert said(spoken)[1:] == [("P", f"a\nsaid\n{long}"), ("I", "r?"), ("P", "b")]


ROWS = (("Anna", "How is it?"), ("Ben", "It goes on."), ("Ben", "And on."), ("", "Really."), ("Anna", "Still?"))
SAID = [("Anna", "How is it?"), ("Ben", "It goes on."), ("Ben", "And on.\nReally."), ("Anna", "Still?")]


@pytest.mark.parametrize("heads", [(), (("Speaker", "Text"),), (("Name", "Content"),)])
def test_a_table_that_is_the_talk(heads: tuple[tuple[str, str], ...]) -> None:
    spoken = docx(p("Talk", style="Heading1") + table(*heads, *ROWS))
    assert said(spoken) == SAID
    assert spoken.turns[0].place == f"table 1, row {1 + len(heads)}"
    assert dropped(spoken) == [*(" | ".join(row) for row in heads), "Talk"]


def test_a_table_with_times() -> None:
    rows = [(f"0:{n:02}", *row) for n, row in enumerate(ROWS)]
    spoken = docx(table(("Time", "Speaker", "Text"), *rows))
    assert said(spoken) == SAID
    assert [turn.begin for turn in spoken.turns] == [0, 1, 2, 4]
    assert said(docx(table(*rows))) == SAID


@pytest.mark.parametrize(
    "rows",
    [
        (("Study", "Pain"), ("Interviewer", "Dana Reed"), ("Date", "3 May")),
        (("P1", "nurse"), ("P2", "nurse"), ("P3", "doctor")),
        (("nurse", "Anna Poe"), ("nurse", "Ben Roe"), ("doctor", "Cara Low")),
        (("Name", "Age", "Sex"), ("Anna", "40", "f"), ("Anna", "50", "f")),
        (("all in one cell",),),
    ],
)
def test_other_tables_are_told_row_by_row(rows: tuple[tuple[str, ...], ...]) -> None:
    spoken = docx(table(*rows) + TALK)
    assert [(problem.place, problem.dropped) for problem in spoken.problems] == [
        (f"table 1, row {n}", " | ".join(row)) for n, row in enumerate(rows, start=1)
    ]
    assert len(said(spoken)) == 4
    assert serious(spoken) == []


def test_a_table_that_may_be_talk_is_asked_about() -> None:
    spoken = docx(TALK + table(("word " * 40, "x")))
    assert "Convert to Text" in serious(spoken)[0].remedy


def test_merged_cells_are_no_talk() -> None:
    merged = table(("Speaker", "Text"), *ROWS).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', 1)
    assert len(dropped(docx(TALK + merged))) == 1 + len(ROWS)


def test_every_word_in_the_file_is_accounted_for() -> None:
    counter = iter(range(1, 1000))

    def w() -> str:
        return f"w{next(counter)}w"

    def run() -> str:
        return r(w() + " ")

    body = p("Title ", run()) + p("I: ", run(), f"<w:ins w:id='1'>{run()}<w:del w:id='2'>{run()}</w:del></w:ins>")
    body += p("P: ", run(), f"<w:hyperlink>{run()}</w:hyperlink><w:sdt><w:sdtContent>{run()}</w:sdtContent></w:sdt>")
    body += p(f"<w:r><w:pict><w:txbxContent>{p(run())}{table((w(), w()))}</w:txbxContent></w:pict></w:r>")
    body += table((w(), w()), (w(), w())) + p("I: ", run(), r(w(), "<w:vanish/>"))
    body += f"<w:tbl><w:tr><w:tc>{p(run())}{table((w(), w()))}{p(run())}</w:tc></w:tr></w:tbl>" + p("P: ", run())
    body += p(f"<w:moveFrom w:id='3'>{run()}</w:moveFrom><w:moveTo w:id='3'>{run()}</w:moveTo>")
    parts = {
        "footnotes": f"<w:footnote w:id='1'>{p(run())}{table((w(),))}</w:footnote>",
        "endnotes": f"<w:endnote w:id='1'>{p(run(), run())}</w:endnote>",
        "comments": f"<w:comment w:id='1'>{p(run())}</w:comment>",
        "header": p(run()) + table((w(), w())),
        "footer": f"<w:sdt><w:sdtContent>{p(run())}</w:sdtContent></w:sdt>",
    }
    spoken = read_bytes(word(body, parts), "a.docx")
    everything = spoken.text + "\n" + "\n".join(dropped(spoken))
    assert sorted(re.findall(r"w\d+w", everything)) == sorted(f"w{n}w" for n in range(1, next(counter)))
