"""qualkit new: an empty study."""

from pathlib import Path

from qualkit.commands.outcome import Outcome
from qualkit.files import write_private
from qualkit.store.study import FILE, Study, cannot_make

IGNORED = """# made by qualkit: confidential, and never to be put under version control
*.qualkit
cache.sqlite
*.key.csv
transcripts/
outputs/
"""


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("transcripts", "frameworks", "outputs"):
            (folder / name).mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise cannot_make(folder, error) from error
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_private(ignore, IGNORED.encode("utf-8"))


def new(folder: Path) -> Outcome:
    """Make a study in `folder`, with the folders that it needs."""
    if not (folder / FILE).exists():
        _make_room(folder)  # the database last: where it is, the rest is too
    Study.create(folder).close()
    step = (
        "qualkit import transcripts FOLDER"
        if folder.resolve() == Path.cwd()
        else f"cd {folder}, then qualkit import transcripts FOLDER"
    )
    return Outcome(
        last=f"Made an empty study in {folder}. Next: {step}",
        data={"study": str(folder)},
    )
