"""A table that is the talk: a row a turn, with one column for the speaker, one for the words. Others are not speech."""

from collections import Counter
from collections.abc import Iterator, Sequence

from qualkit.ingest.interface import Line
from qualkit.ingest.speech.labels import LONGEST, fold, seconds
from qualkit.ingest.speech.vocabulary import words
from qualkit.ingest.word.blocks import Cell, Table

_SPEAKER = words("speaker speakers name who label sprecher sprecherin person locuteur hablante parlante")
_TEXT = words(
    "text content transcript utterance speech words turn what said transkript inhalt äußerung contenu texte texto"
)
_TIME = words("time timespan timestamp start begin zeit zeitspanne temps tiempo")
_PROSE = 8  # words; what is longer was said


def talk_of(table: Table) -> tuple[list[Line], int] | None:
    """The turns of a table that is the talk, and how many rows above them only head the columns; None for any other."""
    rows = table.rows
    if not rows or len(rows[0]) not in (2, 3) or not all(_fits(row, len(rows[0])) for row in rows):
        return None
    heads = [fold(cell.text) if len(cell.text) <= LONGEST else "" for cell in rows[0]]
    columns = _by_heads(heads)
    data = rows[1:] if columns else rows
    columns = columns or _by_content(data)
    if not columns or not data or _are_long(data, columns[0]):
        return None
    return list(_lines(table.n, data, columns, first=len(rows) - len(data) + 1)), len(rows) - len(data)


def _fits(row: Sequence[Cell], width: int) -> bool:
    return len(row) == width and all(cell.plain for cell in row)


def _are_long(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    """No speaker's label is so long."""
    return any(len(row[column].text.strip()) > LONGEST for row in rows)


def _by_heads(heads: Sequence[str]) -> tuple[int, int, int] | None:
    """Columns of speaker, text and time (-1: none) by the words above them."""
    speaker = next((n for n, head in enumerate(heads) if head in _SPEAKER), -1)
    text = next((n for n, head in enumerate(heads) if head in _TEXT), -1)
    time = next((n for n, head in enumerate(heads) if head in _TIME), -1)
    known = {speaker, text, time} - {-1}
    return (speaker, text, time) if speaker >= 0 and text >= 0 and len(known) == len(heads) else None


def _by_content(rows: Sequence[Sequence[Cell]]) -> tuple[int, int, int] | None:
    """Columns by what is in them: names that recur beside what was said, perhaps after a time."""
    timed = len(rows[0]) == 3 if rows else False
    columns = (1, 2, 0) if timed else (0, 1, -1)
    if _are_long(rows, columns[0]):
        return None
    names = [fold(row[columns[0]].text) for row in rows if row[columns[0]].text.strip()]
    texts = [row[columns[1]].text.strip() for row in rows]
    if timed and not all(seconds(row[0].text) is not None for row in rows if row[0].text.strip()):
        return None
    if len(names) < 0.5 * len(rows) or not all(names):
        return None
    recur = sum(n for n in Counter(names).values() if n > 1)
    prose = sum(text.endswith((".", "?", "!", "…")) or len(text.split()) > _PROSE for text in texts)
    return columns if recur >= 0.5 * len(names) > 0 and prose >= len(rows) / 3 else None


def _lines(table: int, rows: Sequence[Sequence[Cell]], columns: tuple[int, int, int], first: int) -> Iterator[Line]:
    speaker, text, time = columns
    for n, row in enumerate(rows, start=first):
        name = row[speaker].text.strip().rstrip(":").strip()
        begin = seconds(row[time].text) if time >= 0 else None
        yield Line(row[text].text, f"table {table}, row {n}", name or None, begin)
