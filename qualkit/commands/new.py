"""qualkit new: an empty study."""

from pathlib import Path

from qualkit.commands.outcome import Outcome
from qualkit.files import write_private
from qualkit.store.study import Study

IGNORED = """# made by qualkit: confidential, and never to be put under version control
*.qualkit
cache.sqlite
*.key.csv
transcripts/
outputs/
"""


def new(folder: Path) -> Outcome:
    """Make a study in `folder`, with the folders that it needs."""
    Study.create(folder).close()
    for name in ("transcripts", "frameworks", "outputs"):
        (folder / name).mkdir(exist_ok=True, mode=0o700)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_private(ignore, IGNORED.encode("utf-8"))
    step = (
        "qualkit import transcripts FOLDER"
        if folder.resolve() == Path.cwd()
        else f"cd {folder}, then qualkit import transcripts FOLDER"
    )
    return Outcome(
        last=f"Made an empty study in {folder}. Next: {step}",
        data={"study": str(folder)},
    )
