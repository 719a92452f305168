"""The one error that a user sees: what happened, what mends it, and the exit code that a script can act on."""

USER = 1  # the user can mend it
USAGE = 2
FAULT = 3  # ours
INTERRUPTED = 130


class QualkitError(Exception):
    """A fault that is told in one line, with its remedy.

    Neither `message` nor `hint` ever holds words of a transcript: they end up in terminals, logs and bug reports.
    """

    def __init__(self, message: str, hint: str = "", exit_code: int = USER) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
