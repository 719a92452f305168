"""A cell of the matrix as blocks: each extract begins with its reference and its status, in words and in style."""

from qualkit.model.chart import Cell, Extract, Said
from qualkit.model.transcripts import Told
from qualkit.model.workbook import cell_text
from qualkit.report.workbook.context import is_mark, status_words, why_empty
from qualkit.report.workbook.pieces import MARK, Block, Run

_KNOWN = ("decided", "proposed", "disputed")


def blocks(cell: Cell | None, several: bool) -> list[Block]:
    """What stands in a cell. `several`: more than one person is meant by its row, so that each speaker is named."""
    why = why_empty(cell)
    if cell is None or not cell.extracts:
        style = "inferred" if cell and cell.told is Told.INFERRED else "confirmed"
        return [Block((Run(style, why),))] if why else []
    above = [Block((Run(MARK, why),))] if why and is_mark(cell) else []
    return above + [_block(extract, several) for extract in cell.extracts]


def _block(extract: Extract, several: bool) -> Block:
    # a status that we do not know counts as nobody's decision
    style = extract.status if extract.status in _KNOWN else "proposed"
    named = several or len(extract.said) > 1
    body: list[Run] = []
    for said in extract.said:
        if body:
            body.append(Run(MARK, "\n"))
        body.append(_said(said, style, named))
    reference = cell_text(extract.reference)
    words = cell_text(status_words(extract))
    return Block(tuple(body), f"[{reference}] {words}", f"head {style}", f"[{reference}] {words}, continued")


def _said(said: Said, style: str, named: bool) -> Run:
    text = cell_text(said.text).strip()
    speaker = cell_text(said.speaker)
    if not said.data:
        return Run("context", f"(context) {speaker}: {text}" if speaker else f"(context) {text}")
    return Run(style, f"{speaker}: {text}" if named and speaker else text)
