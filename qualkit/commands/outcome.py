"""What a command gives back to whoever called it, the terminal, a page or Python."""

from dataclasses import dataclass, field

from qualkit.model.rows import Problem


@dataclass
class Outcome:
    """`said` is the result, `problems` what needs a look, `last` what was written and what to do next.

    `data` is the same for a program (`--json`): plain dicts, lists, texts and numbers.
    """

    said: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    last: str = ""
    data: dict[str, object] = field(default_factory=dict)
    failed: bool = False  # nothing of what was asked for could be done


def counted(n: int, noun: str) -> str:
    """`1 transcript`, `2 transcripts`."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
