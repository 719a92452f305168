"""The command line: what may be typed. Nothing is done here; each command's function is imported when it runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualkit import terminal

if TYPE_CHECKING:
    from qualkit.ingest.interface import Hints

_SETTINGS = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}
app = typer.Typer(name="qualkit", no_args_is_help=True, **_SETTINGS)  # type: ignore[arg-type]
importing = typer.Typer(name="import", no_args_is_help=True, **_SETTINGS)  # type: ignore[arg-type]
exporting = typer.Typer(name="export", no_args_is_help=True, **_SETTINGS)  # type: ignore[arg-type]
app.add_typer(importing, name="import", help="Bring in transcripts, a framework, cases, decisions or a codebook.")
app.add_typer(exporting, name="export", help="Write the matrix out.")

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


@app.callback()
def qualkit() -> None:
    """The Framework method at the command line: interviews and focus groups in, a matrix in Excel out.

    The machine suggests, you decide, and no decision is ever lost. Nothing leaves this computer.

    Example: qualkit index interviews/ --framework schedule.yaml
    """


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to make it.", metavar="DIR")] = Path("qualkit-demo"),
) -> None:
    """Make the invented sample study and take it through everything that exists.

    Example: qualkit demo my-demo
    """
    from qualkit.commands.demo import demo

    with terminal.progress() as progress:
        outcome = demo(folder, progress=progress)
    terminal.tell(outcome)


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="Where to make it.", metavar="DIR")] = Path()) -> None:
    """Make an empty study.

    Example: qualkit new my-study
    """
    from qualkit.commands.new import new

    terminal.tell(new(folder))


@importing.command("transcripts")
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
            opened, paths, coder=coder, shown=id, hints=_hints(interviewers, kind), replaces=replaces,
            progress=progress, ask=terminal.ask,
        )  # fmt: skip
    terminal.tell(outcome, json)


@importing.command("framework")
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


@importing.command("cases")
def import_cases(file: OneFile, coder: CoderOption = "", study: StudyOption = None, json: JsonOption = False) -> None:
    """Read who took part (cases.csv), or what each transcript is (transcripts.csv).

    Example: qualkit import cases cases.csv
    """
    from qualkit.commands.import_cases import import_cases
    from qualkit.commands.session import open_study

    with open_study(study) as opened:
        outcome = import_cases(opened, file, coder=coder)
    terminal.tell(outcome, json)


@importing.command("decisions")
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


@importing.command("codebook")
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


@app.command()
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
            hints=_hints(interviewers, kind),
            model=model,
            silence=silence,
            own_talk=own_talk,
            progress=progress,
            ask=terminal.ask,
        )
    terminal.tell(outcome, json)


@app.command()
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


@app.command()
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


@exporting.command("matrix")
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def status(study: StudyOption = None, json: JsonOption = False) -> None:
    """Where the study stands, and the next step.

    Example: qualkit status
    """
    from qualkit.commands.session import open_study
    from qualkit.commands.status import status

    with open_study(study) as opened:
        outcome = status(opened)
    terminal.tell(outcome, json)


def _hints(interviewers: list[str] | None, kind: str) -> "Hints":
    from qualkit.commands.session import hints

    return hints(interviewers or [], kind)
