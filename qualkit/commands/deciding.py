"""Which of the ways to decide was meant, and whether what was typed fits together."""

from collections.abc import Callable, Sequence
from pathlib import Path

from qualkit.commands.decide import decide, mark_done
from qualkit.commands.decide_from import decide_from
from qualkit.commands.outcome import Outcome
from qualkit.commands.session import Ask, coder_of
from qualkit.errors import USAGE, QualkitError
from qualkit.store.study import Study


def decide_as_asked(
    study: Study,
    place: str,
    headings: Sequence[str],
    *,
    rejects: Sequence[str],
    back: Sequence[str],
    none: bool,
    done: bool,
    reopen: bool,
    scheme: str,
    on: str,
    file: Path | None,
    confirm: Callable[[str], bool],
    consensus: bool,
    blind: bool,
    reason: str,
    coder: str,
    ask: Ask,
) -> Outcome:
    """Record verdicts on a place, a done mark, or what a workbook says; the three exclude each other."""
    verdicts = bool(headings or rejects or back or none)
    if file is not None:
        _alone("--from FILE", bool(place) or verdicts or done or reopen)
        return decide_from(study, file, coder=coder, consensus=consensus, blind=blind, confirm=confirm)
    if not place:
        raise QualkitError("Which place?", "For example: qualkit decide P03:41 1.2", USAGE)
    name = coder_of(study, coder, ask)
    if done or reopen:
        _alone("--done" if done else "--reopen", verdicts or (done and reopen) or ":" in place)
        return mark_done(study, place, coder=name, done=done, scheme=scheme, on=on, consensus=consensus)
    return decide(
        study, place, headings, coder=name, rejects=rejects, back=back, none=none, consensus=consensus, blind=blind,
        reason=reason,
    )  # fmt: skip


def _alone(option: str, others: bool) -> None:
    if others:
        raise QualkitError(
            f"{option} stands alone: it speaks of a whole file or transcript.", "See qualkit decide --help", USAGE
        )
