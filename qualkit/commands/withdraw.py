"""qualkit withdraw: a participant's words are erased; a tombstone without words stays."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.outputs import hash_of
from qualkit.commands.state import Held, State
from qualkit.errors import USAGE, QualkitError
from qualkit.model.corrections import Withdrawal
from qualkit.model.decisions import Decision, Verdict
from qualkit.model.rows import Problem, Row
from qualkit.store.concerning import Concerned, Quotations, of_participant
from qualkit.store.erasing import erase, spoken, stored_originals, words_of
from qualkit.store.study import Study

Confirm = Callable[[str], bool]


@dataclass(frozen=True)
class Plan:
    """What a withdrawal takes out, and where words lie that qualkit cannot reach."""

    key: str
    shown: str
    found: Concerned
    quoted: tuple[tuple[Row, str], ...]  # rows that people wrote, with the field that quotes the participant
    texts: tuple[str, ...]
    originals: tuple[tuple[str, str], ...]  # name, sha256
    outputs: tuple[str, ...]
    edited: tuple[str, ...]  # outputs that someone has worked on since


def withdraw(
    study: Study,
    participant: str,
    *,
    reason: str = "",
    coder: str = "",
    dry_run: bool = False,
    discard_edits: bool = False,
    confirm: Confirm = lambda question: False,
    show: Callable[[str], None] = lambda line: None,
) -> Outcome:
    """Erase a participant. `confirm` is asked when everything that goes was shown; a dry run only shows."""
    with study.snapshot():
        plan = _plan(State(study), participant)
        told = _told(State(study), plan)
    data = _data(plan)
    if dry_run:
        return Outcome(
            [*told, *_elsewhere(plan)], last=f"Nothing was changed. To do it: qualkit withdraw {plan.shown}", data=data
        )
    refuse_edited(plan.edited, discard_edits)
    for line in told:
        show(line)
    if not confirm(f"Erase {plan.shown} for good? This cannot be taken back."):
        raise QualkitError(
            "Nothing was changed.", f"To do it: qualkit withdraw {participant}, and answer y, or add --yes.", USAGE
        )
    with study.recording("withdraw", coder) as record:
        plan = _plan(State(study), participant)  # as it stands under the lock
        refuse_edited(plan.edited, discard_edits)
        words = words_of(study, plan.found)
        record.add(
            Withdrawal(
                participant=plan.key,
                speakers=tuple(sorted(plan.found.speakers)),
                transcripts=tuple(sorted(plan.found.transcripts)),
                cases=tuple(sorted(plan.found.cases)),
                spans=tuple(sorted(plan.found.spans)),
                words=tuple(sorted(words)),
                refused=_refused(State(study), plan),
                reason=reason,
            )
        )
        erase(study, plan.found.spans, words, [name for name, _ in plan.originals])
    left = finish(study)
    last = f"{plan.shown} has withdrawn: erased, and shown as {plan.key} in the log. Next: destroy what lies elsewhere."
    if left:
        last = f"{plan.shown} has withdrawn and is erased from the study. {NOT_FINISHED}"
    return Outcome(_elsewhere(plan), left, last, data, failed=bool(left))


NOT_FINISHED = "Files with words are left (above): mend that, and the next qualkit command removes them."


def finish(study: Study) -> list[Problem]:
    """Remove the files of who has withdrawn; gives what is in the way of it. Whoever opens the study next goes on."""
    try:
        kept = study.finish_erasing()
    except QualkitError as error:
        return [Problem(study.file.name, "", error.message, "Then run: qualkit doctor")]
    what, remedy = "it could not be removed.", "Close it where it is open, then run: qualkit doctor"
    return [Problem(str(path), "", what, remedy) for path in kept]


def refuse_edited(edited: tuple[str, ...], discard: bool) -> None:
    """Raises QualkitError where a file that would be removed holds somebody's work."""
    if edited and not discard:
        raise QualkitError(
            f"Someone has worked on {', '.join(edited)} since qualkit wrote it, and that work would be lost.",
            "Read it first (qualkit decide --from FILE), or add --discard-edits. Nothing was changed.",
        )


def edited_outputs(study: Study) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All outputs that are still there, and those of them that hold work which is not in the study."""
    paths = sorted({output.path for output in study.here.outputs()})
    hashes = {path: hash_of(study.folder / path) for path in paths if (study.folder / path).is_file()}
    edited = [
        path
        for path, found in hashes.items()
        if found not in study.here.hashes(path) and not study.here.was_read_back(found)
    ]
    return tuple(hashes), tuple(edited)


def _plan(state: State, participant: str) -> Plan:
    study, key = state.study, _key(state, participant)
    found = of_participant(study, key, state.withdrawn)
    texts = spoken(study, found.spans)
    quoted = Quotations(texts).rows(study)
    for row, name in quoted:
        found.take([row], name)
    outputs, edited = edited_outputs(study)
    transcripts = {transcript for transcript, _ in found.speakers} | found.transcripts
    originals = tuple(stored_originals(study, transcripts))
    shown = state.participants[key].shown
    return Plan(key, shown, found, tuple(quoted), tuple(texts), originals, outputs, edited)


def _key(state: State, participant: str) -> str:
    wanted = participant.casefold()
    keys = [key for key, person in state.participants.items() if wanted in (person.shown.casefold(), key)]
    if not keys:
        if participant in state.withdrawn:
            raise QualkitError(f"{participant} has withdrawn already.", "Nothing is left to erase.")
        known = ", ".join(sorted(person.shown for person in state.participants.values())[:12]) or "none so far"
        raise QualkitError(f"There is no participant {participant} in this study.", f"Participants: {known}.")
    return keys[0]


def _refused(state: State, plan: Plan) -> tuple[str, ...]:
    """The keys that the participant's ids, and those of transcripts that go whole, would have when first seen."""
    study = state.study
    whole = [held.shown for held in state.transcripts if held.transcript.key in plan.found.transcripts]
    keys = {study.key("p", plan.shown), *(study.key("t", shown) for shown in whole), *plan.found.transcripts}
    return tuple(sorted(keys))


def _told(state: State, plan: Plan) -> list[str]:
    lines = [f"{plan.shown} withdraws. What goes, on this computer:"]
    for held in state.transcripts:
        gone = [(s, e) for v, s, e in plan.found.spans if v == held.version.id]
        if gone:
            lines.append(f"  {held.shown}: {_speech(held, gone, held.transcript.key in plan.found.transcripts)}")
    lines += [f"  the original transcripts/{name}" for name, _ in plan.originals]
    fields: dict[str, int] = {}
    for _, noun, _ in plan.found.words:
        fields[noun.__name__.lower()] = fields.get(noun.__name__.lower(), 0) + 1
    lines.append(
        f"  the id {plan.shown} and group, {counted(fields.get('attribute', 0), 'attribute')}, labels and file names"
    )
    lines += [f"  what {_whose(row)} wrote in a {noun} ({name}), because it quotes the participant"
              for row, name in plan.quoted for noun in [type(row).__name__.lower()]]  # fmt: skip
    on_words = _on_words(state, plan)
    if on_words:
        lines.append(f"  {counted(on_words, 'decision')} on these words: kept without words, and counted no more")
    lines += [f"  {path}{' (someone has worked on it since)' if path in plan.edited else ''}" for path in plan.outputs]
    lines += ["  the cache, and copies of the study from before an update"]
    lines += _under_the_same_id(state, plan)
    lines += _named_by_others(state, plan)
    return lines


def _speech(held: Held, gone: list[tuple[int, int]], whole: bool) -> str:
    if whole:
        return f"the whole transcript ({counted(len(held.version.text.split()), 'word')})"
    words = sum(len(held.version.text[start:end].split()) for start, end in gone)
    what = f"{counted(len(gone), 'turn')} of {len(held.turns)} ({counted(words, 'word')})"
    return f"{what}; the talk of the others stays, and the original is replaced by a redacted transcript"


def _whose(row: Row) -> str:
    return getattr(row, "coder", "") or "someone"


def _on_words(state: State, plan: Plan) -> int:
    spans = plan.found.spans
    return sum(
        any(row.version == v and row.start < end and start < row.end for v, start, end in spans)
        for row in state.study.rows(Decision)
        if row.verdict is not Verdict.BACK
    )


def _under_the_same_id(state: State, plan: Plan) -> list[str]:
    """What stays, and is called as the participant was."""
    touched = {transcript for transcript, _ in plan.found.speakers} - plan.found.transcripts
    stays = [f"transcript {held.shown}" for held in state.transcripts if held.transcript.key in touched]
    mine = set(state.cases_of.get(plan.key, ())) - plan.found.cases
    stays += [f"case {case.shown}" for key, case in state.cases.items() if key in mine]
    called = [name for name in stays if plan.shown.casefold() in name.casefold()]
    return [f"The others stay in {' and '.join(called)}, under that id."] * bool(called)


def _named_by_others(state: State, plan: Plan) -> list[str]:
    """Turns of others in which the participant's id or label stands: a person must look at them."""
    labels = {
        held.speakers[key].label
        for held in state.transcripts
        for transcript, key in plan.found.speakers
        if transcript == held.transcript.key and key in held.speakers
    }
    names = {name.casefold() for name in (plan.shown, *labels) if len(name) > 2}
    gone = {(v, s) for v, s, _ in plan.found.spans}
    places = [
        f"{held.shown}:{turn.n}"
        for held in state.transcripts
        for turn in held.turns
        if (held.version.id, turn.start) not in gone
        and names & set(re.findall(r"[\w-]+", held.version.text[turn.start : turn.end].casefold()))
    ]
    if not places:
        return []
    more = f" and {len(places) - 12} more" if len(places) > 12 else ""
    return [f"Others name the participant in {', '.join(places[:12])}{more}: that stays. Look at it."]


def _elsewhere(plan: Plan) -> list[str]:
    lines = ["What lies elsewhere, for you to destroy:"]
    lines += [f"  every other copy of {name} (sha256 {digest})" for name, digest in plan.originals]
    return [
        *lines,
        "  recordings, consent forms and notes; outputs that were moved or sent; backups and cloud copies",
        "  other copies of this study: run qualkit merge there with this one, and the same is erased",
    ]


def _data(plan: Plan) -> dict[str, object]:
    return {
        "participant": plan.key, "spans": len(plan.found.spans), "originals": [digest for _, digest in plan.originals],
        "outputs": list(plan.outputs), "edited": list(plan.edited),
    }  # fmt: skip
