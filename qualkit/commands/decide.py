"""qualkit decide: what a coder says of a span of talk, typed at the terminal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qualkit.commands.ledger import Hand, Ledger
from qualkit.commands.outcome import Outcome
from qualkit.commands.state import Held, State
from qualkit.errors import QualkitError
from qualkit.framework.find import find_heading
from qualkit.model.decisions import Basis, Done, Verdict
from qualkit.model.references import Reference
from qualkit.model.schedule import Framework, Heading
from qualkit.store.recording import Recording, now
from qualkit.store.study import Study


def decide(
    study: Study,
    place: str,
    headings: Sequence[str] = (),
    *,
    coder: str,
    rejects: Sequence[str] = (),
    back: Sequence[str] = (),
    none: bool = False,
    consensus: bool = False,
    blind: bool = False,
    reason: str = "",
) -> Outcome:
    """Record verdicts on `place` (a reference, or a transcript for all of it).

    `headings` apply, `rejects` do not, `back` are taken back; `none`: reviewed, and nothing of the framework applies.
    """
    if none and headings:
        raise QualkitError("--none says that nothing applies, and a heading is given too.", "Keep one of them.")
    if not (none or headings or rejects or back):
        raise QualkitError("Nothing is decided.", "Name a heading, or use --not, --back, --none or --done.")
    with study.recording("decide", coder) as record:
        state = State(study)
        framework, _ = state.needed_framework()
        held, span = resolve(state, place)
        hand = Hand(coder, Basis.TYPED, consensus, blind, reason)
        ledger = Ledger(state, record, state.decisions)
        acts = _acts(framework, headings, rejects, back)
        if none:
            acts.append((None, Verdict.NONE))
        changed = [(h, v) for h, v in acts if ledger.decide(hand, held, span, h.key if h else "", v)]
        if back and not changed and not none:
            changed = [(None, Verdict.BACK)] if _back_none(ledger, hand, held, span, back) else []
        if back and span == (0, len(held.version.text)):
            changed += _back_adrift(state, record, hand, held, acts)
    said = [_told(held.reference(*span), heading, verdict) for heading, verdict in changed]
    who = "consensus" if consensus else coder
    last = f"Recorded for {who}: {len(changed)}." if changed else "Nothing changed: that stood already."
    return Outcome(said=said, last=f"{last} See it with: qualkit show {held.shown}", data={"recorded": len(changed)})


def _acts(
    framework: Framework, headings: Sequence[str], rejects: Sequence[str], back: Sequence[str]
) -> list[tuple[Heading | None, Verdict]]:
    named = [(headings, Verdict.APPLIES), (rejects, Verdict.NOT), (back, Verdict.BACK)]
    found = [(find_heading(framework, text), v) for texts, v in named for text in texts if text.casefold() != "none"]
    keys = [heading.key for heading, _ in found]
    if len(keys) != len(set(keys)):
        raise QualkitError("One heading is named in two ways.", "Name each heading once.")
    return list(found)


def _back_none(ledger: Ledger, hand: Hand, held: Held, span: tuple[int, int], back: Sequence[str]) -> bool:
    """`--back none` takes back that nothing applies."""
    return any(text.casefold() == "none" for text in back) and ledger.decide(hand, held, span, "", Verdict.BACK)


def _back_adrift(
    state: State, record: Recording, hand: Hand, held: Held, acts: Sequence[tuple[Heading | None, Verdict]]
) -> list[tuple[Heading | None, Verdict]]:
    """Of the whole transcript: take back also what lies on words that a correction took out."""
    headings = {heading.key if heading else "": heading for heading, verdict in acts if verdict is Verdict.BACK}
    rows = [row for row in state.adrift if row.track == hand.track and state.of_version(row.version) == held]
    mine = [row for row in rows if row.target in headings or (not row.target and not headings)]
    for row in mine:
        record.add(replace(row, verdict=Verdict.BACK, at=now(), reason=hand.reason, supersedes=(row.id,)))
    return [(headings.get(row.target), Verdict.BACK) for row in mine]


def _told(reference: str, heading: Heading | None, verdict: Verdict) -> str:
    words = {
        Verdict.APPLIES: "applies",
        Verdict.NOT: "does not apply",
        Verdict.BACK: "taken back",
        Verdict.NONE: "reviewed, nothing applies",
    }
    name = f"{heading.number} {heading.name}: " if heading else ""
    return f"{reference}  {name}{words[verdict]}"


def resolve(state: State, place: str) -> tuple[Held, tuple[int, int]]:
    """A reference, or the id of a transcript for all of it. Raises QualkitError with what there is."""
    reference = Reference.parse(place)
    held = state.transcript(reference.transcript if reference else place)
    if reference is None:
        return held, (0, len(held.version.text))
    try:
        return held, reference.offsets(held.turns)
    except LookupError as error:
        told = error.args[0]
        raise QualkitError(f"{place}: {told}.", f"Look at it with: qualkit show {held.shown}") from None


def mark_done(
    study: Study,
    shown: str,
    *,
    coder: str,
    done: bool = True,
    scheme: str = "framework",
    on: str = "",
    consensus: bool = False,
) -> Outcome:
    """Mark a transcript as finished by a coder under the framework or the codebook, or open it again."""
    with study.recording("decide --done" if done else "decide --reopen", coder) as record:
        held = State(study).transcript(shown)
        changed = record_done(study, record, held, coder=coder, done=done, scheme=scheme, on=on, consensus=consensus)
    state = "finished" if done else "open again"
    who = "consensus" if consensus else coder
    if not changed:
        return Outcome(last=f"{held.shown} is {state} for {who} already. Nothing changed.", data={"recorded": 0})
    return Outcome(
        last=f"{held.shown}: {state} for {who} under the {scheme}. Next: qualkit status", data={"recorded": 1}
    )


def record_done(
    study: Study, record: Recording, held: Held, *, coder: str, done: bool, scheme: str, on: str, consensus: bool
) -> bool:
    """Write a done mark where it changes something. Dates are ISO days; today where none is given."""
    if scheme not in ("framework", "codebook"):
        raise QualkitError(
            f"{scheme}: a transcript is finished under the framework or the codebook.", "--for framework"
        )
    if on and not _is_day(on):
        raise QualkitError(f"{on} is not a day.", "Write it as 2026-03-31.")
    key, version = State(study).scheme(scheme)
    new = Done(
        transcript=held.transcript.key, scheme_kind=scheme, scheme=key, scheme_version=version, coder=coder,
        consensus=consensus, on=on or date.today().isoformat(), done=done,
    )  # fmt: skip
    same = study.in_slot(new)
    stands = same[-1] if same else None
    agreed = len({row.says() for row in same}) < 2  # else two copies said different things, and this settles it
    if agreed and ((stands is None and not done) or (stands and stands.done == done and on in ("", stands.on))):
        return False
    record.add(replace(new, supersedes=tuple(row.id for row in same)))
    return True


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
