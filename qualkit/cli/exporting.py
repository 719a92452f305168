"""What is written out of a study."""

from pathlib import Path
from typing import Annotated

import typer

from qualkit import terminal
from qualkit.cli.options import CoderOption, JsonOption, StudyOption


def export_matrix(
    file: Annotated[
        Path | None, typer.Option("-o", "--output", help="[default: outputs/matrix.xlsx]", metavar="FILE")
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="Confirmed material only.")] = False,
    by: Annotated[str, typer.Option("--by", help="A row a case, participant or group.", metavar="ROW")] = "case",
    format: Annotated[str, typer.Option("--format", help="xlsx or csv", metavar="FORMAT")] = "",
    coder: CoderOption = "",
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Write the Framework matrix. A file that someone has edited since is left alone; the new one goes beside it.

    Example: qualkit export matrix --final -o matrix.xlsx
    """
    from qualkit.commands.export_matrix import export_matrix
    from qualkit.commands.session import open_study

    with open_study(study) as opened, terminal.progress() as progress:
        outcome = export_matrix(opened, file, by=by, final=final, kind=format, coder=coder, progress=progress)
    terminal.tell(outcome, json)
