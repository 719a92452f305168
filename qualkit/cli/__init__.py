"""The command line: what may be typed. Nothing is done here; each command's function is imported when it runs."""

import typer

from qualkit.cli.bringing import import_cases, import_codebook, import_decisions, import_framework, import_transcripts
from qualkit.cli.coding import decide, index, show
from qualkit.cli.exporting import export_matrix
from qualkit.cli.keeping import doctor, log, merge, status, undo, withdraw
from qualkit.cli.making import demo, new

_SETTINGS = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}
app = typer.Typer(name="qualkit", no_args_is_help=True, **_SETTINGS)  # type: ignore[arg-type]
importing = typer.Typer(name="import", no_args_is_help=True, **_SETTINGS)  # type: ignore[arg-type]
exporting = typer.Typer(name="export", no_args_is_help=True, **_SETTINGS)  # type: ignore[arg-type]
app.add_typer(importing, name="import", help="Bring in transcripts, a framework, cases, decisions or a codebook.")
app.add_typer(exporting, name="export", help="Write the matrix out.")


@app.callback()
def qualkit() -> None:
    """The Framework method at the command line: interviews and focus groups in, a matrix in Excel out.

    The machine suggests, you decide, and no decision is ever lost. Nothing leaves this computer.

    Example: qualkit index interviews/ --framework schedule.yaml
    """


for command in (demo, new, index, show, decide, withdraw, merge, undo, log, doctor, status):
    app.command()(command)
for name, reading in (
    ("transcripts", import_transcripts),
    ("framework", import_framework),
    ("cases", import_cases),
    ("decisions", import_decisions),
    ("codebook", import_codebook),
):
    importing.command(name)(reading)
exporting.command("matrix")(export_matrix)
