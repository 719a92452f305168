"""Write the transcripts of the sample study from their masters, in the formats of a real folder.

    uv run python transcripts_sample/about/make.py [DIR]

A master is plain text: the notice that all of it is invented, then a paragraph a turn, `LABEL: words`. The files go
into DIR (default: the folder above this one) and are the same on every run. Times in subtitles are made up from the
number of words, at 150 a minute.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NOTICE = "Invented transcript, written for the sample study. No person, place or event in it is real."
Turn = tuple[str, str]  # label, words
WORDS_A_SECOND = 2.5
CUE_WORDS = 18


def turns(id: str) -> list[Turn]:
    """The turns of a master."""
    notice, *paragraphs = (HERE / "masters" / f"{id}.txt").read_text("utf-8").strip().split("\n\n")
    if notice != NOTICE:
        raise SystemExit(f"{id}: a master begins with the notice that it is invented.")
    return [(label, words) for label, words in (paragraph.split(": ", 1) for paragraph in paragraphs)]


def txt(talk: list[Turn], encoding: str = "utf-8", between: str = ": ") -> bytes:
    return ("\n\n".join([NOTICE, *(label + between + words for label, words in talk)]) + "\n").encode(encoding)


def windows(talk: list[Turn]) -> bytes:
    return txt(talk, "cp1252", ":\t").replace(b"\n", b"\r\n")


def markdown(talk: list[Turn]) -> bytes:
    return ("\n\n".join([f"*{NOTICE}*", *(f"**{label}:** {words}" for label, words in talk)]) + "\n").encode()


def docx(talk: list[Turn]) -> bytes:
    """A bold label at the beginning of each paragraph."""
    from docx import Document

    document = Document()
    document.add_paragraph(NOTICE)
    for label, words in talk:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        paragraph.add_run(f" {words}")
    return saved(document.save)


def docx_table(talk: list[Turn]) -> bytes:
    """A table with a row a turn."""
    from docx import Document

    document = Document()
    document.add_paragraph(NOTICE)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, words in [("Speaker", "Text"), *talk]:
        first, second = table.add_row().cells
        first.text, second.text = label, words
    return saved(document.save)


def docx_meeting(talk: list[Turn]) -> bytes:
    """As a meeting program exports its transcript: name and time, and the words on the next line."""
    from docx import Document

    names = {"GP Lorrick": "GP, Lorrick (HP02)"}
    document = Document()
    document.add_paragraph(NOTICE)
    document.add_paragraph("Interview HP02-Meeting Transcript")
    document.add_paragraph("20 February 2025, 12:34")
    document.add_paragraph("Una Farquhar started transcription")
    for (label, words), (start, _) in zip(talk, times(talk), strict=True):
        minutes, seconds = divmod(int(start), 60)
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{names.get(label, label)}   {minutes}:{seconds:02d}").bold = True
        paragraph.add_run().add_break()
        paragraph.add_run(words)
    document.add_paragraph("Una Farquhar stopped transcription")
    return saved(document.save)


def vtt(talk: list[Turn]) -> bytes:
    cues = [
        f"{n}\n{_clock(start, '.')} --> {_clock(end, '.')}\n<v {label}>{words}</v>"
        for n, (label, words, start, end) in enumerate(_cues(talk), 1)
    ]
    return ("\n\n".join(["WEBVTT", f"NOTE {NOTICE}", *cues]) + "\n").encode()


def srt(talk: list[Turn]) -> bytes:
    cues = [("", f"[{NOTICE}]", 0.0, 1.0), *((f"{label}: ", *rest) for label, *rest in _cues(talk, from_second=2.0))]
    told = (
        f"{n}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{label}{words}"
        for n, (label, words, start, end) in enumerate(cues, 1)
    )
    return ("\n\n".join(told) + "\n").encode()


def odt(talk: list[Turn]) -> bytes:
    """OpenDocument text, with bold labels."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
    )
    bold = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    lines = [f"<text:p>{escape(NOTICE)}</text:p>"]
    lines += [
        f'<text:p><text:span text:style-name="B">{escape(label)}:</text:span> {escape(words)}</text:p>'
        for label, words in talk
    ]
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2">'
        f"<office:automatic-styles>{bold}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(lines)}</office:text></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _packed([("mimetype", mime.encode()), ("content.xml", content.encode()),
                    ("META-INF/manifest.xml", manifest.encode())])  # fmt: skip


def pdf(talk: list[Turn]) -> bytes:
    """Pages with a running header and page numbers, as a word processor prints them."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 806, "HP05 - confidential")
        canvas.drawRightString(523, 30, f"Page {document.page}")

    style, out = getSampleStyleSheet()["BodyText"], io.BytesIO()
    flow = [Paragraph(escape(NOTICE), style)]
    for label, words in talk:
        flow += [Spacer(1, 4), Paragraph(f"<b>{escape(label)}:</b> {escape(words)}", style)]
    document = SimpleDocTemplate(out, pagesize=A4, invariant=1, title="HP05", author="invented")
    document.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()


FILES: dict[str, tuple[str, Callable[[list[Turn]], bytes]]] = {
    "PT01.txt": ("PT01", txt),
    "PT02.docx": ("PT02", docx),
    "PT03a.md": ("PT03a", markdown),
    "PT03b.txt": ("PT03b", txt),
    "PT03b.srt": ("PT03b", srt),
    "PT04.docx": ("PT04", docx),
    "PT05.txt": ("PT05", txt),
    "PT06.txt": ("PT06", txt),
    "PT06.vtt": ("PT06", vtt),
    "PT07.docx": ("PT07", docx_table),
    "HP01.txt": ("HP01", windows),
    "HP02.docx": ("HP02", docx_meeting),
    "HP03.txt": ("HP03", txt),
    "HP03.vtt": ("HP03", vtt),
    "HP04.docx": ("HP04", docx),
    "HP04.odt": ("HP04", odt),
    "HP05.txt": ("HP05", txt),
    "HP05.pdf": ("HP05", pdf),
    "FG01.docx": ("FG01", docx_table),
    "FG02.md": ("FG02", markdown),
}
# What PT02 corrected in his transcript (history/letter-PT02.md): the words in the first transcript, and his.
CORRECTED, CORRECTIONS = "PT02-corrected.docx", (("fifty of the slow", "fifteen of the slow"), ("Kenya", "Kenna"))


def corrected() -> bytes:
    """PT02 as he wants it."""
    talk = turns("PT02")
    for wrong, right in CORRECTIONS:
        if sum(words.count(wrong) for _, words in talk) != 1:
            raise SystemExit(f"PT02: {wrong!r} does not stand there once.")
        talk = [(label, words.replace(wrong, right)) for label, words in talk]
    return docx(talk)


def times(talk: list[Turn]) -> list[tuple[float, float]]:
    """Start and end of each turn, in seconds."""
    found, now = [], 3.0
    for _, words in talk:
        length = max(1.0, len(words.split()) / WORDS_A_SECOND)
        found.append((now, now + length))
        now += length + 0.5
    return found


def _cues(talk: list[Turn], from_second: float = 0.0) -> list[tuple[str, str, float, float]]:
    """Label, words, start and end of each cue; a long turn has several."""
    found = []
    for (label, words), (start, end) in zip(talk, times(talk), strict=True):
        said = words.split()
        second = (end - start) / len(said)
        for at in range(0, len(said), CUE_WORDS):
            part = said[at : at + CUE_WORDS]
            begin = from_second + start + at * second
            found.append((label, " ".join(part), begin, begin + len(part) * second))
    return found


def _clock(seconds: float, point: str) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{point}{thousandths:03d}"


def saved(save: Callable[[io.BytesIO], None]) -> bytes:
    """A package as the library writes it, without the time of day."""
    out = io.BytesIO()
    save(out)
    with zipfile.ZipFile(out) as package:
        return _packed([(name, package.read(name)) for name in package.namelist()])


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts:
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), data, how)
    return out.getvalue()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent
    for name, (id, write) in FILES.items():
        (folder / name).write_bytes(write(turns(id)))
    (HERE / CORRECTED).write_bytes(corrected())
    print(f"Wrote {len(FILES)} files into {folder}, and {CORRECTED}")


if __name__ == "__main__":
    main()
