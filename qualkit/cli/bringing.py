"""What is brought into a study."""

from typing import Annotated

import typer

from qualkit import terminal
from qualkit.cli.options import CoderOption, Files, Interviewers, JsonOption, KindOption, OneFile, StudyOption, hints


def import_transcripts(
    paths: Files,
    id: Annotated[str, typer.Option("--id", help="The id of a single file [default: its name]")] = "",
    replaces: Annotated[
        str, typer.Option("--replaces", help="The transcript that this one file corrects.", metavar="ID")
    ] = "",
    interviewers: Interviewers = None,
    kind: KindOption = "",
    coder: CoderOption = "",
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Read interviews and focus groups (.txt, .md, .docx) into the study; the originals are kept unchanged.

    A corrected transcript takes the place of the former one, and every decision is carried over to it.

    Examples: qualkit import transcripts interviews/ --interviewer "Dr Ash";
    qualkit import transcripts P03-corrected.docx --replaces P03
    """
    from qualkit.commands.import_transcripts import import_transcripts
    from qualkit.commands.session import open_study

    with open_study(study) as opened, terminal.progress() as progress:
        outcome = import_transcripts(
            opened, paths, coder=coder, shown=id, hints=hints(interviewers, kind), replaces=replaces,
            progress=progress, ask=terminal.ask,
        )  # fmt: skip
    terminal.tell(outcome, json)


def import_framework(
    file: OneFile,
    move: Annotated[
        list[str] | None,
        typer.Option(
            "--move", help="Where decisions on a dropped heading go; OLD=stay leaves them.", metavar="OLD=NEW"
        ),
    ] = None,
    coder: CoderOption = "",
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Read a topic schedule (.yaml) as a new version of the framework; its keys are written into the file once.

    Example: qualkit import framework frameworks/schedule.yaml
    """
    from qualkit.commands.import_framework import import_framework
    from qualkit.commands.session import open_study

    with open_study(study) as opened:
        outcome = import_framework(opened, file, coder=coder, moves=move or ())
    terminal.tell(outcome, json)


def import_cases(file: OneFile, coder: CoderOption = "", study: StudyOption = None, json: JsonOption = False) -> None:
    """Read who took part (cases.csv), or what each transcript is (transcripts.csv).

    Example: qualkit import cases cases.csv
    """
    from qualkit.commands.import_cases import import_cases
    from qualkit.commands.session import open_study

    with open_study(study) as opened:
        outcome = import_cases(opened, file, coder=coder)
    terminal.tell(outcome, json)


def import_decisions(
    file: OneFile, coder: CoderOption = "", study: StudyOption = None, json: JsonOption = False
) -> None:
    """Read decisions made elsewhere (decisions.csv); each quotation is checked against its transcript.

    Example: qualkit import decisions decisions.csv
    """
    from qualkit.commands.import_decisions import import_decisions
    from qualkit.commands.session import open_study

    with open_study(study) as opened:
        outcome = import_decisions(opened, file, coder=coder)
    terminal.tell(outcome, json)


def import_codebook(
    file: OneFile, coder: CoderOption = "", study: StudyOption = None, json: JsonOption = False
) -> None:
    """Read themes (codebook.csv) into the codebook.

    Example: qualkit import codebook codebook.csv
    """
    from qualkit.commands.import_codebook import import_codebook
    from qualkit.commands.session import coder_of, open_study

    with open_study(study) as opened:
        outcome = import_codebook(opened, file, coder=coder_of(opened, coder, terminal.ask))
    terminal.tell(outcome, json)
