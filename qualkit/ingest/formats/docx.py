"""Word documents: paragraphs and talk in tables. Every other word in the file is told with its place."""

from collections.abc import Iterator, Sequence

from qualkit.ingest.bounds import refuse_too_much
from qualkit.ingest.interface import Line, Reading
from qualkit.ingest.word.blocks import Paragraph, Table, blocks_of, heading_styles
from qualkit.ingest.word.package import open_word
from qualkit.ingest.word.rows import talk_of
from qualkit.ingest.word.words import Aside, Element, W, all_words
from qualkit.model.rows import Problem

_LONG = 30  # words in a cell that make a table look like talk
_REMEDIES = {
    Aside.DELETED: "If they belong to the talk, reject those changes in Word.",
    Aside.TEXT_BOX: "If it is speech, move it into the text in Word.",
    Aside.HIDDEN: "If it belongs to the talk, make it visible in Word.",
}
_NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_FURNITURE = {"header": "page header", "footer": "page footer"}


class Docx:
    name = "docx 1"
    extensions: tuple[str, ...] = (".docx",)

    def read(self, data: bytes, file: str) -> Reading:
        package = open_word(data, file)
        lines: list[Line] = []
        problems: list[Problem] = []
        inserted = 0
        for block in blocks_of(package.body, heading_styles(package.styles)):
            refuse_too_much(len(lines), 0, file)
            if isinstance(block, Paragraph):
                place = f"paragraph {block.n}"
                lines += _lines(block, place)
                problems += _aside(block.words.aside, file, place)
                inserted += block.words.inserted
            elif isinstance(block, Table):
                talk, told = _table(block, file)
                lines += talk
                problems += told
            else:
                problems.append(_embedded(file))
        if inserted:
            what = f"Tracked insertions were read as part of the text ({inserted})."
            problems.append(Problem(file, "", what, "Reject them in Word if they are none.", serious=False))
        for kind, root in package.aside:
            problems += _beside_the_body(kind, root, file)
        return Reading(tuple(lines), "", tuple(problems))


def _lines(paragraph: Paragraph, place: str) -> Iterator[Line]:
    """A line break within a paragraph begins a line: people type a whole talk into one paragraph."""
    for n, text in enumerate(paragraph.words.text.split("\n"), start=1):
        yield Line(text, place if n == 1 else f"{place}, line {n}", heading=paragraph.heading)


def _aside(aside: Sequence[tuple[Aside, str]], file: str, place: str) -> Iterator[Problem]:
    """One problem for each kind of words left out at a place, with their count."""
    for kind in dict.fromkeys(kind for kind, _ in aside):
        texts = [text for other, text in aside if other is kind]
        what = f"{kind.value}." if len(texts) == 1 else f"{kind.value} ({len(texts)} places)."
        dropped = "\n".join(text for text in texts if text)
        yield Problem(file, place, what, _REMEDIES.get(kind, ""), dropped, serious=kind is Aside.TEXT_BOX)


def _table(table: Table, file: str) -> tuple[list[Line], list[Problem]]:
    talk, heads = talk_of(table) or ([], len(table.rows))
    problems = []
    for n, row in enumerate(table.rows, start=1):
        place = f"table {table.n}, row {n}"
        texts = [cell.text for cell in row if cell.text.strip()]
        if n <= heads and texts:
            long = any(len(text.split()) > _LONG for text in texts)
            remedy = "If it is speech, turn the table into text in Word (Layout, Convert to Text)." if long else ""
            what = "A row of a table was not read as speech."
            problems.append(Problem(file, place, what, remedy, " | ".join(texts), serious=long))
        for cell in row:
            problems += _aside(cell.aside, file, place)
    return talk, problems


def _beside_the_body(kind: str, root: Element, file: str) -> Iterator[Problem]:
    if kind in _FURNITURE:
        if text := all_words(root):
            place = _FURNITURE[kind]
            yield Problem(file, place, f"The {place} was not read as speech.", "", text, serious=False)
        return
    note = _NOTES[kind]
    texts = [all_words(element) for element in root if element.tag == W + note]
    for n, text in enumerate((text for text in texts if text), start=1):
        yield Problem(file, f"{note} {n}", f"This {note} was not read as speech.", "", text, serious=False)


def _embedded(file: str) -> Problem:
    what = "Another document is embedded in this one, and was not read."
    return Problem(file, "", what, "Open it in Word, save it as a new .docx and import that.")
