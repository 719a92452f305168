"""Transcripts for the tests: read from text, and Word files built part by part, as Word and others write them."""

import io
import zipfile
from collections.abc import Mapping

from qualkit.ingest.interface import Hints, Spoken
from qualkit.ingest.transcript import read_bytes
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Role

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def read(text: str | bytes, file: str = "P01.txt", hints: Hints | None = None) -> Spoken:
    data = text.encode() if isinstance(text, str) else text
    spoken = read_bytes(data, file, hints or Hints())
    check(spoken)
    return spoken


def check(spoken: Spoken) -> None:
    """What holds of everything that is read."""
    keys = [label.key for label in spoken.labels]
    texts = [spoken.text[turn.start : turn.end] for turn in spoken.turns]
    assert spoken.text == "\n".join(texts)
    assert all(text and text == text.strip() for text in texts)
    assert [turn.n for turn in spoken.turns] == list(range(1, len(texts) + 1))
    assert keys == [f"s{n}" for n in range(1, len(keys) + 1)]
    assert list(dict.fromkeys(turn.speaker for turn in spoken.turns)) == keys
    assert all(turn.place and turn.sentences == () for turn in spoken.turns)
    for problem in spoken.problems:
        told = problem.what + problem.remedy
        assert problem.file
        assert problem.what.endswith((".", "?"))
        assert not any(len(text) > 25 and text in told for text in texts), "words of the transcript in a message"


def said(spoken: Spoken) -> list[tuple[str, str]]:
    labels = {label.key: label.label for label in spoken.labels}
    return [(labels[turn.speaker], spoken.text[turn.start : turn.end]) for turn in spoken.turns]


def roles(spoken: Spoken) -> dict[str, Role]:
    return {label.label: label.role for label in spoken.labels}


def dropped(spoken: Spoken) -> list[str]:
    return [problem.dropped for problem in spoken.problems if problem.dropped]


def serious(spoken: Spoken) -> list[Problem]:
    return [problem for problem in spoken.problems if problem.serious]


def p(*runs: str, style: str = "") -> str:
    """A paragraph of runs; a run that is XML already is kept."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(body: str, parts: Mapping[str, str] | None = None, document: str = "") -> bytes:
    """A .docx of this body. `parts`: kind ("footnotes", "header" ...) to the XML inside its root."""
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "header": "hdr", "footer": "ftr"}
    parts = parts or {}
    overrides = [f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>']
    relations = []
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for n, (kind, inside) in enumerate(parts.items(), start=1):
            root = roots.get(kind, kind)
            overrides.append(f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}.{kind}+xml"/>')
            relations.append(f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>')
            package.writestr(f"word/{kind}.xml", f"<w:{root} {_NAMESPACES}>{inside}</w:{root}>")
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>',
        )
        xml = document or f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
        package.writestr("word/document.xml", xml)
    return out.getvalue()
