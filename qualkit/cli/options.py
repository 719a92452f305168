"""What may be typed with several commands."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qualkit.ingest.interface import Hints

StudyOption = Annotated[
    Path | None, typer.Option("--study", help="Folder of the study [default: the nearest one upwards]", metavar="DIR")
]
CoderOption = Annotated[
    str, typer.Option("--coder", help="Who decides [default: as this copy remembers]", metavar="NAME")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result for a program.")]
Files = Annotated[list[Path], typer.Argument(help="Files, or folders of files.", metavar="PATH...")]
OneFile = Annotated[Path, typer.Argument(metavar="FILE")]
Interviewers = Annotated[
    list[str] | None,
    typer.Option("--interviewer", help="A label that is the interviewer's; may be repeated.", metavar="LABEL"),
]
KindOption = Annotated[
    str, typer.Option("--kind", help="interview or focus-group [default: recognised]", metavar="KIND")
]


def hints(interviewers: list[str] | None, kind: str) -> "Hints":
    """What a person said of transcripts beforehand."""
    from qualkit.commands.session import hints as known

    return known(interviewers or [], kind)
