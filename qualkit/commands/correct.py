"""qualkit import transcripts FILE --replaces P03: a corrected transcript, and every decision carried over to it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualkit.commands.ledger import Ledger
from qualkit.commands.outcome import Outcome, counted
from qualkit.commands.people import link_speakers
from qualkit.commands.prepared import Prepared, record_version
from qualkit.commands.state import Held, State
from qualkit.errors import QualkitError
from qualkit.index.anchors import Alignment, laid_on, same_words
from qualkit.model.decisions import Carried, Decision, Verdict
from qualkit.model.references import touching
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Layer, Speaker, Turn, Version
from qualkit.store.recording import Recording
from qualkit.store.study import Study


@dataclass(frozen=True)
class Carrying:
    """What became of the decisions: `changed` lie on words that were corrected, `adrift` have no words left."""

    same: int
    changed: tuple[Decision, ...]
    adrift: tuple[Decision, ...]


def may_be_replaced(held: Held) -> None:
    """Raises QualkitError where a corrected file would bring back words of someone who has withdrawn."""
    if held.version.is_redacted:
        raise QualkitError(
            f"A participant of {held.shown} has withdrawn: a corrected file would bring those words back.",
            "The transcript stays as it is. Decisions on the talk of the others can be made as before.",
        )


def record_correction(study: Study, record: Recording, held: Held, prepared: Prepared) -> Outcome:
    """Record a corrected transcript: new turns alone where the words are the same, else a new version of the text."""
    turns = _spoken_by_known(study, record, held, prepared)
    alike = same_words(held.version.text, prepared.spoken.text)
    carrying = Carrying(0, (), ())
    if alike:
        record.put(
            Layer(
                version=held.version.id,
                turns=laid_on(turns, prepared.spoken.text, held.version.text),
                original_sha256=prepared.sha256,
                original_name=prepared.name,
                stored_as=study.keep_original(prepared.name, prepared.data),
                reader=prepared.spoken.reader,
            )
        )
    else:
        version = record_version(study, record, held.transcript.key, prepared, turns)
        carrying = _carry(study, record, held, version)
    problems = [*prepared.spoken.problems, *link_speakers(study, record)]
    return _told(State(study), held, prepared, alike, carrying, problems)


def _spoken_by_known(study: Study, record: Recording, held: Held, prepared: Prepared) -> tuple[Turn, ...]:
    """The corrected turns under the speakers that the transcript has; a relabelled speaker stays the same one."""
    known = [row for row in study.rows(Speaker) if row.transcript == held.transcript.key]
    by_label = {row.label.casefold(): row.key for row in known}
    there = {label.label.casefold() for label in prepared.spoken.labels}
    lost = {row.key for row in known if row.label.casefold() not in there and row.key in held.speakers}
    alignment = Alignment(prepared.spoken.text, held.version.text)
    keys: dict[str, str] = {}
    for label in prepared.spoken.labels:
        key = by_label.get(label.label.casefold())
        if key is None:
            mine = [turn for turn in prepared.turns if turn.speaker == label.key]
            key = _spoke_before(held, alignment, mine, lost - set(keys.values()))
            row = next((each for each in known if each.key == key), None)
            if row:
                record.put(replace(row, label=label.label))
            else:
                key = _next_key({*by_label.values(), *keys.values()})
                new = Speaker(
                    transcript=held.transcript.key, key=key, label=label.label, role=label.role, told=label.told
                )
                record.put(new)
        assert key is not None
        keys[label.key] = key
    return tuple(replace(turn, speaker=keys[turn.speaker]) for turn in prepared.turns)


def _spoke_before(held: Held, alignment: Alignment, turns: Sequence[Turn], candidates: set[str]) -> str | None:
    """The former speaker of more than half of these turns' characters, among those whose label is gone."""
    said: Counter[str] = Counter()
    total = 0
    for turn in turns:
        anchor = alignment.anchor(turn.start, turn.end)
        total += turn.end - turn.start
        for old in touching(held.turns, anchor.start, anchor.end) if anchor else ():
            said[old.speaker] += min(old.end, anchor.end) - max(old.start, anchor.start) if anchor else 0
    best = max(candidates, key=lambda key: (said[key], key), default=None)
    return best if best and 2 * said[best] > total else None


def _next_key(taken: set[str]) -> str:
    return next(key for n in range(1, len(taken) + 2) if (key := f"s{n}") not in taken)


def _carry(study: Study, record: Recording, held: Held, version: Version) -> Carrying:
    """Carry every standing decision on a text of this transcript over to the new one."""
    texts = {row.id: row.text for row in study.history(Version) if row.transcript == held.transcript.key}
    rows = [row for row in study.rows(Decision) if row.version in texts and row.verdict is not Verdict.BACK]
    alignments = {id: Alignment(texts[id], version.text) for id in {row.version for row in rows}}
    found = [(row, alignments[row.version].anchor(row.start, row.end)) for row in rows]
    ledger = Ledger(State(study), record, ())
    changed: list[Decision] = []
    # those whose words changed first: where two meet now, the one whose words are the same has the last word
    for row, anchor in sorted(found, key=lambda each: each[1] is not None and each[1].same):
        if anchor is None:
            continue
        sure = anchor.same and row.carried is not Carried.CHANGED
        new = replace(
            row, version=version.id, start=anchor.start, end=anchor.end, id="", event="", supersedes=(),
            carried=Carried.SAME if sure else Carried.CHANGED,
        )  # fmt: skip
        ledger.add(new, also=(row.id,))
        if not sure:
            changed.append(new)
    adrift = [row for row, anchor in found if anchor is None]
    return Carrying(len(rows) - len(changed) - len(adrift), tuple(changed), tuple(adrift))


def _told(
    state: State, held: Held, prepared: Prepared, alike: bool, carrying: Carrying, problems: list[Problem]
) -> Outcome:
    shown = held.shown
    now = state.transcript(shown)
    if alike:
        what = f"{shown}: the words are the same; the turns are now as {prepared.name} has them"
    else:
        what = f"{shown}: a new version, from {prepared.name}; the former one is kept"
    carried = carrying.same + len(carrying.changed)
    said = [f"{what} ({counted(len(now.turns), 'turn')})."]
    if carried or carrying.adrift:
        said.append(f"{counted(carried, 'decision')} carried over, {carrying.same} with their words unchanged.")
    problems += [look(state, now, row, prepared.name) for row in carrying.changed]
    problems += [look(state, now, row, prepared.name) for row in carrying.adrift]
    data: dict[str, object] = {
        "replaced": shown, "new_text": not alike, "carried": carried, "changed": len(carrying.changed),
        "adrift": len(carrying.adrift),
    }  # fmt: skip
    to_see = len(carrying.changed) + len(carrying.adrift)
    last = f"To look at (above): {counted(to_see, 'decision')}. " if to_see else ""
    return Outcome(said, problems, f"{shown} is corrected. {last}Next: qualkit index", data)


def look(state: State, held: Held, row: Decision, file: str = "") -> Problem:
    """A decision that a person should look at again, after a correction of its transcript."""
    heading = state.framework.heading(row.target) if state.framework and row.target else None
    on = f"{heading.number} {heading.name}" if heading else row.target or "nothing applies"
    if row.version != held.version.id:
        what = f"the words of a decision of {row.track} ({on}) are no longer in {held.shown}; it is kept, not shown."
        remedy = f"Decide on other words, or take it back: qualkit decide {held.shown} --back {row.target or 'none'}"
        return Problem(file or held.shown, held.shown, what, remedy)
    place = held.reference(row.start, row.end)
    what = f"a correction changed words of a decision of {row.track} ({on})."
    return Problem(file or held.shown, place, what, f"Decide again if it still holds: qualkit decide {place} ...")


def looks(state: State) -> list[Problem]:
    """Every decision of the study that a correction touched and that nobody has looked at since."""
    counting = [row for row in state.every_decision if row.verdict is not Verdict.BACK]
    changed = [row for row in counting if row.carried is Carried.CHANGED]
    found = [(held, row) for row in (*changed, *state.adrift) if (held := state.of_version(row.version))]
    return [look(state, held, row) for held, row in sorted(found, key=lambda each: (each[0].shown, each[1].start))]
