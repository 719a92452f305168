"""The command line in this process: what it prints, and its exit code."""

import contextlib
import io
import os
from dataclasses import dataclass
from pathlib import Path

from qualkit import terminal
from qualkit.cli import app


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.out.strip().splitlines()[-1] if self.out.strip() else ""


def qualkit(*words: object, cwd: Path) -> Ran:
    """Run a command in a folder, as from a terminal that is none (no colours, no questions)."""
    before = Path.cwd()
    out, err = io.StringIO(), io.StringIO()
    try:
        os.chdir(cwd)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = terminal.run(lambda: app([str(word) for word in words], standalone_mode=True))
    finally:
        os.chdir(before)
    return Ran(code, out.getvalue(), err.getvalue())
