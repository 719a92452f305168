"""What keeps a study sound: withdrawal, copies, undo, the trail, and where it stands."""

from pathlib import Path
from typing import Annotated

import typer

from qualkit import terminal
from qualkit.cli.options import CoderOption, JsonOption, StudyOption


def withdraw(
    participant: Annotated[str, typer.Argument(help="The id of the participant.", metavar="PARTICIPANT")],
    reason: Annotated[str, typer.Option("--reason", help="Kept with the withdrawal.", metavar="TEXT")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    discard: Annotated[
        bool, typer.Option("--discard-edits", help="Remove outputs too that someone has worked on.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    coder: CoderOption = "",
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Erase a participant who withdraws: words, names, original, outputs, cache. This cannot be taken back.

    In a transcript with others only this one's talk goes. It says what lies elsewhere, for you to destroy.

    Examples: qualkit withdraw PT01 --dry-run;  qualkit withdraw PT01 --reason "asked by telephone"
    """
    from qualkit.commands.session import open_study
    from qualkit.commands.withdraw import withdraw

    with open_study(study) as opened:
        outcome = withdraw(
            opened, participant, reason=reason, coder=coder, dry_run=dry_run, discard_edits=discard,
            confirm=(lambda question: True) if yes else terminal.confirm,
            show=(lambda line: None) if json else print,
        )  # fmt: skip
    terminal.tell(outcome, json)


def merge(
    other: Annotated[Path, typer.Argument(help="study.qualkit of another copy, or its folder.", metavar="OTHER")],
    discard: Annotated[
        bool, typer.Option("--discard-edits", help="If a withdrawal comes in: remove outputs that were worked on too.")
    ] = False,
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Bring in what was done on another copy of this study. Both sides are kept; what contradicts itself is shown.

    The other copy is only read. Merge in both directions, and both copies are the same.

    Example: qualkit merge ../from-ben/study.qualkit
    """
    from qualkit.commands.merge import merge
    from qualkit.commands.session import open_study

    with open_study(study) as opened:
        outcome = merge(opened, other, discard_edits=discard)
    terminal.tell(outcome, json)


def undo(
    count: Annotated[int, typer.Argument(help="How many commands.", metavar="[N]")] = 1,
    again: Annotated[bool, typer.Option("--redo", help="Bring back what your last undo took back.")] = False,
    coder: CoderOption = "",
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Take back your last command that changed the study, or the last N. Nothing is deleted, and --redo brings it back.

    What someone has built upon since is refused; a withdrawal is for good.

    Examples: qualkit undo;  qualkit undo 3;  qualkit undo --redo
    """
    from qualkit.commands.session import open_study
    from qualkit.commands.undo import redo, undo

    with open_study(study) as opened:
        outcome = (redo if again else undo)(opened, count, coder=coder.strip() or opened.here.get("coder"))
    terminal.tell(outcome, json)


def log(
    since: Annotated[str, typer.Option("--since", help="From this day on.", metavar="DATE")] = "",
    case: Annotated[str, typer.Option("--case", help="Only what concerns this case.", metavar="CASE")] = "",
    coder: Annotated[str, typer.Option("--coder", help="Only what this person did.", metavar="NAME")] = "",
    file: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write all of it as a table.", metavar="FILE.csv")
    ] = None,
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Who did what when, in words; as a table it is the audit trail.

    Examples: qualkit log --since 2026-03-01;  qualkit log --case PT01;  qualkit log -o audit-trail.csv
    """
    from qualkit.commands.log import log
    from qualkit.commands.session import open_study

    with open_study(study) as opened:
        outcome = log(opened, since=since, case=case, coder=coder, file=file)
    terminal.tell(outcome, json)


def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended without losing anything.")] = False,
    study: StudyOption = None,
    json: JsonOption = False,
) -> None:
    """Whether the study is sound: database, texts, quotations, originals, guards, rights, and where it lies.

    Example: qualkit doctor --repair
    """
    from qualkit.commands.doctor import doctor
    from qualkit.commands.session import open_study

    with open_study(study) as opened, terminal.progress() as progress:
        outcome = doctor(opened, repair=repair, progress=progress)
    terminal.tell(outcome, json)


def status(study: StudyOption = None, json: JsonOption = False) -> None:
    """Where the study stands, and the next step.

    Example: qualkit status
    """
    from qualkit.commands.session import open_study
    from qualkit.commands.status import status

    with open_study(study) as opened:
        outcome = status(opened)
    terminal.tell(outcome, json)
