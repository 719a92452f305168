"""Index views: how every character stands for every heading, computed from the decisions that nothing supersedes.

Views are per character, target and coder. One coder's row counts until a later row of that coder supersedes it;
consensus beats coders; two coders dispute only the characters on which they differ. "Reviewed and nothing applies"
speaks of every target of its framework at once and is kept under the target "" (NOTHING).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from qualkit.model.decisions import CONSENSUS, Decision, Run, Standing, Verdict
from qualkit.model.index import Passage

NOTHING = ""


def runs(decisions: Iterable[Decision]) -> list[Run]:
    """Longest stretches that stand alike, by version, start and target.

    `decisions` are standing rows of one scheme. Stretches where nothing counts (taken back) are left out. A run of
    the target NOTHING says that everything was reviewed and nothing applies; for any other target, NONE rows count as
    `not` wherever some coder has decided that target.
    """
    by_version: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_version[decision.version].append(decision)
    found = []
    for version in sorted(by_version):
        rows = by_version[version]
        about: dict[str, list[Decision]] = {NOTHING: []}
        for row in rows:
            about.setdefault(row.target, []).append(row)
        for target in sorted(about):
            found += _runs_of(version, target, rows if target == NOTHING else about[target] + about[NOTHING])
    return sorted(found, key=lambda run: (run.version, run.start, run.target))


def _runs_of(version: str, target: str, concerned: Sequence[Decision]) -> list[Run]:
    """Of one target. `concerned` are the rows on it and on everything; for NOTHING all rows."""
    found: list[Run] = []
    for start, end, covering in _stretches(concerned):
        if target != NOTHING and not any(row.target == target and row.verdict is not Verdict.BACK for row in covering):
            continue  # at most "nothing applies" lies here, and that is told under NOTHING
        stands = _stand(covering, target)
        if stands is None:
            continue
        standing, tracks = stands
        last = found[-1] if found else None
        if last and last.end == start and (last.standing, last.tracks) == stands:
            found[-1] = Run(version, last.start, end, target, standing, tracks)
        else:
            found.append(Run(version, start, end, target, standing, tracks))
    return found


def _stretches(rows: Sequence[Decision]) -> Iterator[tuple[int, int, list[Decision]]]:
    """(start, end, rows that cover it) between neighbouring bounds; stretches that no row covers are left out."""
    opens: dict[int, list[Decision]] = defaultdict(list)
    closes: dict[int, list[Decision]] = defaultdict(list)
    for row in rows:
        opens[row.start].append(row)
        closes[row.end].append(row)
    covering: dict[int, Decision] = {}
    bounds = sorted({*opens, *closes})
    for bound, following in zip(bounds, [*bounds[1:], bounds[-1] if bounds else 0], strict=True):
        for row in closes[bound]:
            covering.pop(id(row), None)
        for row in opens[bound]:
            covering[id(row)] = row
        if covering and following > bound:
            yield bound, following, list(covering.values())


def _stand(covering: Sequence[Decision], target: str) -> tuple[Standing, tuple[str, ...]] | None:
    """How the rows that cover one character stand for a target, and whose word it is. None: nobody's."""
    by_track: dict[str, list[Decision]] = {}
    for row in covering:
        by_track.setdefault(row.track, []).append(row)
    votes = {track: vote for track, rows in by_track.items() if (vote := _vote(rows, target)) is not None}
    if CONSENSUS in votes:
        votes = {CONSENSUS: votes[CONSENSUS]}
    if not votes:
        return None
    tracks = tuple(sorted(votes))
    if Standing.CONFLICT in votes.values():
        return Standing.CONFLICT, tracks
    if len(set(votes.values())) > 1:
        return Standing.DISPUTED, tracks
    return votes[tracks[0]], tracks


def _vote(rows: Sequence[Decision], target: str) -> Standing | None:
    """One coder's word on one character."""
    if target == NOTHING:
        return _vote_on_nothing(rows)
    verdicts = {row.verdict for row in rows if row.target == target}
    if any(row.verdict is Verdict.NONE for row in rows):
        verdicts.discard(Verdict.BACK)  # taken back before, and reviewed since
        verdicts.add(Verdict.NOT)
    if len(verdicts) > 1:
        return Standing.CONFLICT
    if Verdict.APPLIES in verdicts:
        return Standing.APPLIES
    return Standing.NOT if Verdict.NOT in verdicts else None


def _vote_on_nothing(rows: Sequence[Decision]) -> Standing | None:
    """APPLIES here means that "nothing applies" stands; NOT, that this coder found something."""
    none = any(row.verdict is Verdict.NONE for row in rows)
    some = any(row.verdict is Verdict.APPLIES for row in rows)
    if none and some:
        return Standing.CONFLICT
    if none:
        return Standing.APPLIES
    return Standing.NOT if some else None


def of_passages(passages: Sequence[Passage], found: Iterable[Run]) -> dict[Passage, dict[str, Run]]:
    """What is decided for whole passages: a target for which at least half of a passage's characters are decided.

    The run given for a target is the one that covers most of the passage, an earlier one where two cover as much.
    Partly decided passages (less than half) come out with the target left out.
    """
    decided: dict[Passage, dict[str, Run]] = {passage: {} for passage in passages}
    for passage, target, parts in _laid(passages, found):
        if 2 * sum(common for common, _ in parts) >= passage.end - passage.start:
            decided[passage][target] = _prevailing(parts)
    return decided


def touched(passages: Sequence[Passage], found: Iterable[Run]) -> frozenset[Passage]:
    """The passages of which at least one character is decided."""
    return frozenset(passage for passage, _, _ in _laid(passages, found))


Parts = list[tuple[int, Run]]  # how many characters, and which run


def _laid(passages: Iterable[Passage], found: Iterable[Run]) -> Iterator[tuple[Passage, str, Parts]]:
    """What of the runs lies on each passage, target by target. The passages of a version lie apart."""
    by_version: dict[str, list[Passage]] = defaultdict(list)
    for passage in sorted(passages, key=lambda each: each.start):
        by_version[passage.version].append(passage)
    runs_of: dict[str, list[Run]] = defaultdict(list)
    for run in found:
        runs_of[run.version].append(run)
    for version, mine in by_version.items():
        starts, ends = [passage.start for passage in mine], [passage.end for passage in mine]
        shares: dict[tuple[int, str], Parts] = {}
        for run in runs_of[version]:
            for n in range(bisect_right(ends, run.start), bisect_left(starts, run.end)):
                common = min(run.end, ends[n]) - max(run.start, starts[n])
                shares.setdefault((n, run.target), []).append((common, run))
        for (n, target), parts in shares.items():
            yield mine[n], target, parts


def _prevailing(parts: Sequence[tuple[int, Run]]) -> Run:
    """The standing that covers most characters; of equals the one that calls for a look first."""
    if len(parts) == 1:
        return parts[0][1]
    order = list(Standing)[::-1]
    covered: dict[Standing, int] = defaultdict(int)
    for common, run in parts:
        covered[run.standing] += common
    standing = max(covered, key=lambda each: (covered[each], -order.index(each)))
    return max((part for part in parts if part[1].standing is standing), key=lambda part: (part[0], -part[1].start))[1]
