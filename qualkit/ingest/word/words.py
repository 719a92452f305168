"""The words of a paragraph in a Word file: those that a reader of the page takes for its text, and those aside of it.

python-docx gives the tree; its own `paragraph.text` leaves out tracked insertions, content controls and smart tags.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_TEXTS = (W + "t", W + "delText", _MATHS + "t")
_NO_WORDS = frozenset(W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "sectPr"))


class Element(Protocol):
    """What is used of an lxml element, which has no types of its own."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator["Element"]: ...
    def get(self, key: str) -> str | None: ...
    def find(self, path: str) -> "Element | None": ...
    def iter(self, *tags: str) -> Iterator["Element"]: ...


class Aside(Enum):
    """Words on the page or in the file that are no part of a paragraph's text."""

    DELETED = "Words that were struck out with tracked changes were left out"
    TEXT_BOX = "A text box was not read as speech"
    HIDDEN = "Hidden text was left out"
    GLOSS = "A gloss above the line was left out"
    FORMULA = "A formula was left out"
    SYMBOL = "A sign from a symbol font was left out"


@dataclass
class Words:
    """`text` in reading order with tabs and line feeds; `aside` what was left out; `inserted` tracked insertions."""

    parts: list[str] = field(default_factory=list)
    aside: list[tuple[Aside, str]] = field(default_factory=list)
    inserted: int = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)


def words_of(paragraph: Element) -> Words:
    """All words of a paragraph; whatever wraps them (links, fields, controls, tags) is looked through."""
    words = Words()
    _collect(paragraph, words)
    return words


def all_words(element: Element) -> str:
    """Every word below an element, deleted ones too, a paragraph a line."""
    lines: list[list[str]] = [[]]
    for node in element.iter(W + "p", *_TEXTS, *_SIGNS):
        if node.tag == W + "p":
            lines.append([])
        else:
            lines[-1].append(_sign(node))
    return "\n".join(line for line in ("".join(parts).strip() for parts in lines) if line)


def _collect(element: Element, words: Words) -> None:
    for node in element:
        tag = node.tag
        if not isinstance(tag, str) or tag in _NO_WORDS:
            continue
        if tag in _SIGNS or tag == W + "t":
            words.parts.append(_sign(node))
        elif tag in _ASIDES:
            _put_aside(words, _ASIDES[tag], node)
        elif tag == W + "r" and _is_hidden(node):
            _put_aside(words, Aside.HIDDEN, node)
        elif tag == W + "sym":
            words.aside.append((Aside.SYMBOL, ""))
        elif tag == _COMPATIBLE + "AlternateContent":
            _collect_one_of(node, words)
        else:
            words.inserted += tag in (W + "ins", W + "moveTo")
            _collect(node, words)


_ASIDES = {
    W + "del": Aside.DELETED,
    W + "moveFrom": Aside.DELETED,
    W + "delText": Aside.DELETED,
    W + "txbxContent": Aside.TEXT_BOX,
    W + "rt": Aside.GLOSS,
    _MATHS + "oMath": Aside.FORMULA,
}


def _collect_one_of(alternatives: Element, words: Words) -> None:
    """The same thing drawn for new and for old versions of Word: the first that has words."""
    for node in alternatives:
        found = Words()
        _collect(node, found)
        if found.parts or found.aside:
            words.parts += found.parts
            words.aside += found.aside
            words.inserted += found.inserted
            return


def _put_aside(words: Words, kind: Aside, node: Element) -> None:
    if text := all_words(node).strip():
        words.aside.append((kind, text))


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val") not in ("0", "false", "off")


def _sign(node: Element) -> str:
    """The text of a text node, or what a tab, break or hyphen stands for. Line feeds in the XML are only its layout."""
    if node.tag in _SIGNS:
        return _SIGNS[node.tag]
    return " ".join((node.text or "").splitlines()) if "\n" in (node.text or "") else node.text or ""
