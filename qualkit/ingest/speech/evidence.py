"""Which lines open with a speaker's label: found by evidence over the whole talk, not by the look of one line.

A label recurs, or is named by somebody or by the file itself, or is a well known one. What is more often said than
named ("Well: ...", "Note: ...") must also stand where labels stand.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from qualkit.ingest.interface import Line
from qualkit.ingest.speech.labels import Candidate, Form, with_colon, with_time
from qualkit.ingest.speech.layouts import in_brackets, on_own_line, recurring
from qualkit.ingest.speech.standing import Standing, Talk, pattern

_RARE = 0.05  # a share that does not count


@dataclass(frozen=True)
class Labels:
    """Accepted labels by the index of their line, and the lines that look labelled yet were taken for speech."""

    at: Mapping[int, Candidate]
    unsure: tuple[int, ...] = ()


def find_labels(lines: Sequence[Line], start: int, named: Collection[str]) -> Labels:
    """Find the labels from line `start` on. `named`: folded labels that somebody or the file itself has named."""
    talk = Talk(lines, start, frozenset(named))
    layouts = (_in_line(talk), Labels(in_brackets(talk)), Labels(on_own_line(talk)))
    best = max(layouts, key=lambda labels: len(labels.at))
    given = {
        n: Candidate(line.speaker, Form.GIVEN, 0, len(line.text), line.begin)
        for n, line in enumerate(lines)
        if n >= start and line.speaker is not None
    }
    return Labels({**best.at, **given}, best.unsure)


def _in_line(talk: Talk) -> Labels:
    """`Name: text` and `Name  0:03` with the text below."""
    found: dict[int, Candidate] = {}
    for n in talk.filled:
        text = talk.lines[n].text
        candidate = with_colon(text) or (with_time(text) if talk.speech_below(n) else None)
        if candidate:
            found[n] = candidate
    counts = Counter(candidate.fold for candidate in found.values())
    firm = {label for label, n in counts.items() if _is_firm(talk, label, n, len(found))}
    if not firm:
        return Labels(_without_firm_ones(talk, found))
    firm |= _in_their_place(talk, found, counts, firm)
    firm |= _said_once(talk, found, counts, firm)
    accepted = {n: candidate for n, candidate in found.items() if candidate.fold in firm}
    first = min(accepted)
    unsure = [n for n, candidate in found.items() if n not in accepted and talk.looks_like_a_name(candidate.label)]
    return Labels(accepted, tuple(n for n in unsure if n > first or talk.speaks(n, found[n])))


def _is_firm(talk: Talk, label: str, n: int, total: int) -> bool:
    standing = talk.standing(label)
    if standing is Standing.NAMED:
        return True
    if standing not in (Standing.PLAIN, Standing.KNOWN) or n < 2:
        return False
    # Twice in a long talk, and an everyday word: rather two lists of tablets than a person.
    return n > 2 or standing is Standing.KNOWN or " " in label or n >= total / 5 or label not in talk.everyday


def _in_their_place(
    talk: Talk, found: Mapping[int, Candidate], counts: Mapping[str, int], firm: Collection[str]
) -> set[str]:
    """Doubtful labels that recur where only a speaker's would: between two blocks of one and the same other speaker."""
    doubtful = {label for label, n in counts.items() if n >= 3 and talk.standing(label).doubtful}
    spoken = doubtful.union(firm)
    order = [candidate.fold for _, candidate in sorted(found.items()) if candidate.fold in spoken]
    between = Counter(
        label for before, label, after in zip(["", *order], order, [*order[1:], ""], strict=False) if before == after
    )
    # Where hardly any paragraph goes without a label, one that begins with a remark is not part of a longer turn.
    one_paragraph_a_turn = len(talk.filled) - len(order) <= _RARE * len(talk.filled)
    return {
        label
        for label in doubtful
        if (between[label] >= counts[label] / 2 and counts[label] >= _RARE * len(order))
        or (one_paragraph_a_turn and talk.standing(label) is Standing.REMARK)
    }


def _said_once(
    talk: Talk, found: Mapping[int, Candidate], counts: Mapping[str, int], firm: Collection[str]
) -> set[str]:
    """Labels that occur once and are like the firm ones in what hardly any speech has: number, time, type, capitals."""
    sure = [candidate for candidate in found.values() if candidate.fold in firm]
    first = min(n for n, candidate in found.items() if candidate.fold in firm)
    patterns = {pattern(label) for label in firm if pattern(label) != label}
    set_off = len(sure) > 1 and sum(candidate.set_off for candidate in sure) >= 0.9 * len(sure)
    long = [candidate.label for candidate in sure if len(candidate.label) > 2]
    capitals = len(set(long)) > 1 and all(label.isupper() for label in long)
    lonely = len(firm) == 1  # somebody must answer
    once = set()
    for n, candidate in found.items():
        label = candidate.fold
        standing = talk.standing(label)
        if label in firm or counts[label] > 1 or standing.doubtful:
            continue
        alike = (
            (set_off and candidate.set_off)
            or pattern(label) in patterns
            or (capitals and len(candidate.label) > 2 and candidate.label.isupper())
            or (lonely and talk.looks_like_a_name(candidate.label))
        )
        if (n > first and alike) or (standing is Standing.KNOWN and (n > first or talk.speaks(n, candidate))):
            once.add(label)
    return once


def _without_firm_ones(talk: Talk, found: Mapping[int, Candidate]) -> dict[int, Candidate]:
    """Where no plain label recurs: well known ones, labels on every single line, or "Question:" and "Answer:"."""
    remarks = {n: candidate for n, candidate in found.items() if talk.standing(candidate.fold) is Standing.REMARK}
    again = recurring(remarks.values())
    if len(again) > 1 and len(remarks) >= 0.5 * len(talk.filled):
        return {n: candidate for n, candidate in found.items() if candidate.fold in again}
    plain = {n: candidate for n, candidate in found.items() if not talk.standing(candidate.fold).doubtful}
    if len(plain) > 1 and len(plain) == len(talk.filled):
        return plain
    known = {n: candidate for n, candidate in plain.items() if talk.known(candidate.fold)}
    opens = bool(talk.filled) and talk.filled[0] in known
    return known if opens or len({candidate.fold for candidate in known.values()}) > 1 else {}
