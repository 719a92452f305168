"""The body of a Word file block by block: paragraphs and tables in reading order, through whatever wraps them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from qualkit.ingest.word.words import Aside, Element, W, Words, words_of

_MOST_STYLES = 5000  # Word has no more
_SPANS = ("gridSpan", "vMerge", "hMerge")


@dataclass(frozen=True)
class Paragraph:
    n: int  # from 1, empty ones counted, tables not
    words: Words
    heading: bool


@dataclass(frozen=True)
class Cell:
    text: str
    aside: tuple[tuple[Aside, str], ...]
    plain: bool  # neither merged with another nor holding a table


@dataclass(frozen=True)
class Table:
    n: int  # from 1
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Embedded:
    """Another document that Word would pull in when it opens this one."""


def blocks_of(body: Element, headings: Mapping[str, bool]) -> Iterator[Paragraph | Table | Embedded]:
    """`headings` says of a paragraph style whether it is a heading's."""
    paragraphs = tables = 0
    for node in _through_wrappers(body, (W + "p", W + "tbl", W + "altChunk")):
        if node.tag == W + "p":
            paragraphs += 1
            yield Paragraph(paragraphs, words_of(node), _is_heading(node, headings))
        elif node.tag == W + "tbl":
            tables += 1
            yield Table(tables, tuple(_rows(node)))
        else:
            yield Embedded()


def heading_styles(styles: Element) -> dict[str, bool]:
    """Of each paragraph style, by id: is it a heading's, by its name, its outline level or the style it rests on?"""
    found: dict[str, bool] = {}
    rests_on: dict[str, str] = {}
    for style in islice(styles.iter(W + "style"), _MOST_STYLES):
        key = style.get(W + "styleId") or ""
        name = style.find(W + "name")
        base = style.find(W + "basedOn")
        called = (name.get(W + "val") or "").casefold() if name is not None else ""
        level = style.find(f"{W}pPr/{W}outlineLvl")
        found[key] = called.startswith(("heading", "title", "subtitle", "toc ")) or _is_outlined(level)
        rests_on[key] = (base.get(W + "val") or "") if base is not None else ""
    known: dict[str, bool] = {}
    for key in found:
        way: dict[str, None] = {}
        while key and key not in way and key not in known and not found.get(key):
            way[key] = None
            key = rests_on.get(key, "")
        known |= dict.fromkeys([*way, key], known.get(key, False) or found.get(key, False))
    return {key: known[key] for key in found}


def _is_heading(paragraph: Element, headings: Mapping[str, bool]) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    level = paragraph.find(f"{W}pPr/{W}outlineLvl")
    return _is_outlined(level) or (style is not None and headings.get(style.get(W + "val") or "", False))


def _is_outlined(level: Element | None) -> bool:
    """Level 9 is body text."""
    return level is not None and (level.get(W + "val") or "9") in set("012345678")


def _through_wrappers(element: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
    """The nearest wanted elements below one: content controls, custom XML and tracked insertions are looked through."""
    open_ = [iter(element)]  # a stack and not calls of itself, which each node far down would have to go through
    while open_:
        node = next(open_[-1], None)
        if node is None:
            open_.pop()
        elif node.tag in wanted:
            yield node
        elif isinstance(node.tag, str) and not node.tag.endswith("}Fallback"):  # the same again for old versions
            open_.append(iter(node))


def _rows(table: Element) -> Iterator[tuple[Cell, ...]]:
    for row in _through_wrappers(table, (W + "tr",)):
        yield tuple(_cell(cell) for cell in _through_wrappers(row, (W + "tc",)))


def _cell(cell: Element) -> Cell:
    paragraphs = [words_of(node) for node in _through_wrappers(cell, (W + "p",))]
    merged = any(cell.find(f"{W}tcPr/{W}{name}") is not None for name in _SPANS)
    nested = next(iter(cell.iter(W + "tbl")), None) is not None
    text = "\n".join(words.text for words in paragraphs if words.text.strip())
    aside = tuple(left for words in paragraphs for left in words.aside)
    return Cell(text, aside, not merged and not nested)
