"""qualkit import codebook: themes that people developed, as rows that later rows supersede."""

from pathlib import Path

from qualkit.commands.outcome import Outcome, counted
from qualkit.ingest.tables.codebook import read_codebook
from qualkit.ingest.tables.themes import CodebookRow
from qualkit.model.codebook import Theme
from qualkit.store.study import Study


def import_codebook(study: Study, file: Path, *, coder: str) -> Outcome:
    """Record the themes of codebook.csv where they differ from what stands. No theme is ever removed."""
    read = read_codebook(file)
    added = changed = 0
    with study.recording("import codebook", coder) as record:
        standing = {theme.key: theme for theme in study.rows(Theme)}
        for row in read.rows:
            new, old = _theme(row, coder), standing.get(row.key)
            if old is None:
                standing[row.key] = record.add(new)
                added += 1
            elif old.says() != new.says():
                standing[row.key] = record.put(new)
                changed += 1
    last = f"{counted(added, 'theme')} added, {changed} changed, {len(read.rows) - added - changed} as they were."
    data: dict[str, object] = {"added": added, "changed": changed, "themes": len(standing)}
    return Outcome([], list(read.problems), last, data)


def _theme(row: CodebookRow, coder: str) -> Theme:
    return Theme(
        key=row.key, name=row.name, parent=row.parent, level=row.level, definition=row.definition, is_not=row.is_not,
        example=row.example, status=row.status, valid_from=row.valid_from, valid_until=row.valid_until,
        reason=row.reason, coder=row.coder or coder,
    )  # fmt: skip
