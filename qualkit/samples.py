"""Where the sample study and the shipped frameworks are: in the installed package, else in the checkout."""

from pathlib import Path

from qualkit.errors import FAULT, QualkitError

_HERE = Path(__file__).parent


def transcripts() -> Path:
    """The folder of the invented sample transcripts."""
    return _found("transcripts_sample")


def frameworks() -> Path:
    """The folder of the shipped schedules."""
    return _found("frameworks")


def _found(name: str) -> Path:
    for folder in (_HERE / "_shipped" / name, _HERE.parent / name):
        if folder.is_dir():
            return folder
    raise QualkitError(f"The folder {name} is missing from this installation.", "Install qualkit again.", FAULT)
