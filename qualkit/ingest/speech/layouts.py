"""Layouts without a colon: names in square brackets, and names on a line of their own."""

from collections import Counter
from collections.abc import Iterable

from qualkit.ingest.speech.labels import Candidate, alone, with_brackets
from qualkit.ingest.speech.standing import Standing, Talk, pattern


def in_brackets(talk: Talk) -> dict[int, Candidate]:
    """`[name] text`, where a good part of the lines begin so: else brackets hold what was heard."""
    found = {n: candidate for n in talk.filled if (candidate := with_brackets(talk.lines[n].text))}
    speech = {n: c for n, c in found.items() if talk.standing(c.fold) is not Standing.SOUND}
    firm = recurring(speech.values()) | {c.fold for c in speech.values() if talk.standing(c.fold) is Standing.NAMED}
    patterns = {pattern(label) for label in firm if pattern(label) != label}
    accepted = {n: c for n, c in speech.items() if c.fold in firm or pattern(c.fold) in patterns}
    return accepted if len(accepted) >= 0.25 * len(talk.filled) else {}


def on_own_line(talk: Talk) -> dict[int, Candidate]:
    """`Interviewer` alone on a line, without a colon, and the text below."""
    found: dict[int, Candidate] = {}
    for n in talk.filled:
        candidate = alone(talk.lines[n].text, talk.lines[n].heading)
        if candidate and talk.speech_below(n):
            standing = talk.standing(candidate.fold)
            if (
                standing is Standing.NAMED
                or talk.known(candidate.fold)
                or (candidate.set_off and not standing.doubtful)
            ):
                found[n] = candidate
    firm = recurring(found.values())
    following = [talk.below(n) for n, candidate in found.items() if candidate.fold in firm]
    stacked = sum(n in found for n in following)
    if len(firm) < 2 or stacked > 0.2 * len(following):
        return {}
    return {n: c for n, c in found.items() if c.fold in firm or talk.standing(c.fold) is Standing.NAMED}


def recurring(candidates: Iterable[Candidate]) -> set[str]:
    """The labels, folded, that come more than once."""
    return {label for label, n in Counter(candidate.fold for candidate in candidates).items() if n > 1}
