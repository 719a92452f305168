"""A study is made."""

from pathlib import Path
from typing import Annotated

import typer

from qualkit import terminal


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to make it.", metavar="DIR")] = Path("qualkit-demo"),
    decided: Annotated[bool, typer.Option("--decided", help="With all decisions of its two invented coders.")] = False,
) -> None:
    """Make the invented sample study and take it through everything that exists.

    Example: qualkit demo my-demo --decided
    """
    from qualkit.commands.demo import demo

    with terminal.progress() as progress:
        outcome = demo(folder, decided=decided, progress=progress)
    terminal.tell(outcome)


def new(folder: Annotated[Path, typer.Argument(help="Where to make it.", metavar="DIR")] = Path()) -> None:
    """Make an empty study.

    Example: qualkit new my-study
    """
    from qualkit.commands.new import new

    terminal.tell(new(folder))
