"""The talk is indexed, read and decided upon."""

from pathlib import Path
from typing import Annotated

import typer

from qualkit import terminal
from qualkit.cli.options import CoderOption, Interviewers, JsonOption, KindOption, StudyOption, hints


def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Transcripts to import first.", metavar="[PATH...]")
    ] = None,
    framework: Annotated[
        Path | None, typer.Option("--framework", help="Topic schedule to read first.", metavar="FILE")
    ] = None,
    interviewers: Interviewers = None,
    kind: KindOption = "",
    model: Annotated[
        str,
        typer.Option(
            "--model",
            help="Language model of the study: all-MiniLM-L6-v2 (English), none, or a sentence-transformers model.",
            metavar="NAME",
        ),
    ] = "",
    silence: Annotated[
        float | None,
        typer.Option(
            "--silence", min=0, max=4, help="0: three for every passage; 1: as the study asks for; 4: few.", metavar="N"
        ),
    ] = None,
    own_talk: Annotated[
        bool | None, typer.Option("--own-talk/--no-own-talk", help="Learn the headings from the study's own talk.")
    ] = None,
    coder: CoderOption = "",
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Propose headings for every passage. Given paths, imports them first; makes a study here where there is none.

    --model, --silence and --own-talk are remembered by the study.

    Examples: qualkit index interviews/ --framework schedule.yaml;  qualkit index --silence 1.5
    """
    from qualkit.commands.index import index
    from qualkit.commands.session import open_or_make

    with open_or_make(study, bool(paths)) as opened, terminal.progress() as progress:
        outcome = index(
            opened,
            paths or (),
            framework,
            coder=coder,
            hints=hints(interviewers, kind),
            model=model,
            silence=silence,
            own_talk=own_talk,
            progress=progress,
            ask=terminal.ask,
        )
    terminal.tell(outcome, json)


def show(
    place: Annotated[str, typer.Argument(help="A transcript (P03) or a place in it (P03:41-60).", metavar="REF")],
    why: Annotated[bool, typer.Option("--why", help="What every proposer says of the headings, and why not.")] = False,
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Read a transcript with turn numbers, and beside the talk what is decided and proposed, with the evidence.

    With --why the study is read anew, and each passage shows how all headings stand, by every proposer.

    Examples: qualkit show P03:41-60;  qualkit show P03:41 --why
    """
    if why:
        _show_why(place, study, json)
        return
    from qualkit.commands.session import open_study
    from qualkit.commands.show import show
    from qualkit.report.terminal import page

    with open_study(study) as opened:
        blocks, outcome = show(opened, place)
    if not json:
        print(page(blocks))
    terminal.tell(outcome, json)


def _show_why(place: str, study: Path | None, json: bool) -> None:
    from qualkit.commands.session import open_study
    from qualkit.commands.why import why

    with open_study(study) as opened, terminal.progress() as progress:
        outcome = why(opened, place, progress=progress)
    terminal.tell(outcome, json)


def decide(
    place: Annotated[str, typer.Argument(help="P03:41, P03:41.2-43, or P03 for all of it.", metavar="[REF]")] = "",
    headings: Annotated[
        list[str] | None, typer.Argument(help="Headings that apply: number, name or key.", metavar="[HEADING...]")
    ] = None,
    rejects: Annotated[
        list[str] | None, typer.Option("--not", help="A heading that does not apply.", metavar="HEADING")
    ] = None,
    back: Annotated[
        list[str] | None,
        typer.Option("--back", help="Take back what you decided on it; `none` for --none.", metavar="HEADING"),
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Reviewed, and nothing of the framework applies.")] = False,
    done: Annotated[bool, typer.Option("--done", help="You have finished this transcript.")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="You have not finished it after all.")] = False,
    scheme: Annotated[
        str, typer.Option("--for", help="framework or codebook, with --done", metavar="SCHEME")
    ] = "framework",
    on: Annotated[str, typer.Option("--on", help="The day, with --done [default: today]", metavar="DATE")] = "",
    file: Annotated[
        Path | None, typer.Option("--from", help="Read the Decision column of an exported matrix.", metavar="FILE")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --from: take emptied cells back without asking.")] = False,
    consensus: Annotated[bool, typer.Option("--consensus", help="This is what the coders agreed.")] = False,
    blind: Annotated[bool, typer.Option("--blind", help="You had not seen the machine's proposals.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why, kept with the decision.", metavar="TEXT")] = "",
    coder: CoderOption = "",
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Say what a stretch of talk is about, or that a transcript is finished. Nothing is ever overwritten.

    Examples: qualkit decide P03:41-43 1.2 "Side effects";  qualkit decide P03:44 --none;
    qualkit decide P03 --done;  qualkit decide --from outputs/matrix.xlsx
    """
    from qualkit.commands.deciding import decide_as_asked
    from qualkit.commands.session import open_study

    with open_study(study) as opened:
        outcome = decide_as_asked(
            opened, place, headings or [], rejects=rejects or [], back=back or [], none=none, done=done, reopen=reopen,
            scheme=scheme, on=on, file=file, confirm=(lambda question: True) if yes else terminal.confirm,
            consensus=consensus, blind=blind, reason=reason, coder=coder, ask=terminal.ask,
        )  # fmt: skip
    terminal.tell(outcome, json)
