"""Writing decisions: what stands, what a new one supersedes, and the seal on the quoted words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualkit.commands.state import Held, State
from qualkit.index.deciding import quote_hash, rows_for
from qualkit.model.decisions import CONSENSUS, Basis, Decision, Target, Verdict
from qualkit.model.index import Proposal
from qualkit.store.recording import Recording, now


@dataclass(frozen=True)
class Hand:
    """Who decides, and how: the same for all decisions of one command."""

    coder: str
    basis: Basis
    consensus: bool = False
    blind: bool = False
    reason: str = ""
    at: str = ""  # UTC; empty: now

    @property
    def track(self) -> str:
        return CONSENSUS if self.consensus else self.coder


class Ledger:
    """The standing decisions of a study, kept up to date while one command adds to them."""

    def __init__(self, state: State, record: Recording, standing: Iterable[Decision]) -> None:
        self._state = state
        self._record = record
        self._standing: dict[tuple[str, str], list[Decision]] = defaultdict(list)
        for row in standing:
            self._standing[row.version, row.track].append(row)
        self._salts: dict[str, list[tuple[int, int, bytes]]] = {}
        self._proposals: dict[str, tuple[Proposal, ...]] = {}  # by version
        self.written = 0

    def standing(self, version: str, track: str) -> list[Decision]:
        return self._standing[version, track]

    def decide(
        self, hand: Hand, held: Held, span: tuple[int, int], target: str, verdict: Verdict,
        kind: Target = Target.HEADING,
    ) -> bool:  # fmt: skip
        """Record a verdict on a heading, or with an empty target on all of them. False: it stood already."""
        scheme, version = self._state.scheme("codebook" if kind is Target.THEME else "framework")
        rank, model = (0, "") if hand.blind else self._shown(held, span, target)
        new = Decision(
            version=held.version.id, start=span[0], end=span[1], quote_hash="", target_kind=kind,
            target=target, scheme=scheme, scheme_version=version, verdict=verdict, coder=hand.coder,
            consensus=hand.consensus, basis=hand.basis, blind=hand.blind, shown_rank=rank, shown_model=model,
            at=hand.at or now(), reason=hand.reason,
        )  # fmt: skip
        return self.add(new)

    def add(self, new: Decision, also: tuple[str, ...] = ()) -> bool:
        """Record a decision with the remainders of what it overlaps; `also` are further rows that it supersedes."""
        kept = self._standing[new.version, new.track]
        made = rows_for(new, kept, self._seal)
        if also and not made:  # it stands already, and what it takes the place of must not stand beside it
            made = [replace(new, quote_hash=self._seal(new.version, new.start, new.end))]
        for row in made:
            recorded = self._record.add(replace(row, supersedes=tuple(dict.fromkeys((*row.supersedes, *also)))))
            kept.append(recorded)
        gone = {id for row in made for id in row.supersedes} | set(also)
        self._standing[new.version, new.track] = [row for row in kept if row.id not in gone]
        self.written += bool(made)
        return bool(made)

    def _seal(self, version: str, start: int, end: int) -> str:
        held = self._state.by_version(version)
        assert held is not None  # decisions are only written on versions that stand
        if version not in self._salts:
            self._salts[version] = self._state.study.salts(version)
        return quote_hash(held.version.text, self._salts[version], start, end)

    def _shown(self, held: Held, span: tuple[int, int], target: str) -> tuple[int, str]:
        """The best rank at which the machine shows the target on at least half of a passage in the span."""
        machine, version = self._state.study.machine, held.version.id
        made = machine.made_from()
        if made is None:
            return 0, ""
        if version not in self._proposals:
            self._proposals[version] = machine.proposals(version)
        ranks = [
            proposal.rank
            for proposal in self._proposals[version]
            if proposal.heading == target
            and 2 * (min(span[1], proposal.end) - max(span[0], proposal.start)) >= proposal.end - proposal.start
        ]
        return min(ranks, default=0), made[0]
