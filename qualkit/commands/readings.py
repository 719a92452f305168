"""The two readings of a study: the confirmed index (decisions) and the working index (and proposals beside them)."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from qualkit.chart.evidence import in_words
from qualkit.chart.extracts import is_reviewed, standing_proposal
from qualkit.chart.source import Source
from qualkit.commands.state import Held, State
from qualkit.index.passages import passages
from qualkit.index.views import NOTHING, of_passages, runs, touched
from qualkit.model.book import Progress, Suggested
from qualkit.model.decisions import Run, Standing
from qualkit.model.index import Asking, Passage, Proposal
from qualkit.model.transcripts import Role

Decided = Mapping[Passage, Mapping[str, Run]]


class Readings:
    """Decisions and proposals of a study, or `only` of one transcript version, laid on its passages."""

    def __init__(self, state: State, only: str = "") -> None:
        self.state = state
        self.transcripts = [held for held in state.transcripts if only in ("", held.version.id)]
        self.decisions = [row for row in state.decisions if only in ("", row.version)]
        self.framework, self.framework_version = state.needed_framework()

    @cached_property
    def passages(self) -> dict[str, tuple[Passage, ...]]:
        """Version -> its passages, made anew from turns and sentences: they are the same as at the last index."""
        return {
            held.version.id: passages(held.version.id, held.version.text, held.turns, held.with_role(Role.PARTICIPANT))
            for held in self.transcripts
        }

    def passage(self, version: str, start: int, end: int) -> Passage | None:
        """The passage of exactly these bounds, if there still is one."""
        return self._by_bounds.get((version, start, end))

    @cached_property
    def _by_bounds(self) -> dict[tuple[str, int, int], Passage]:
        return {(p.version, p.start, p.end): p for each in self.passages.values() for p in each}

    @cached_property
    def proposals(self) -> dict[Passage, tuple[Proposal, ...]]:
        """Passage -> its proposals, best first, of the last index."""
        found: dict[Passage, list[Proposal]] = defaultdict(list)
        for proposal in self.state.index_run.proposals if self.state.index_run else ():
            passage = self.passage(proposal.version, proposal.start, proposal.end)
            if passage and proposal.heading in self.numbers:
                found[passage].append(proposal)
        return {passage: tuple(proposals) for passage, proposals in found.items()}

    @cached_property
    def runs(self) -> list[Run]:
        """How characters stand, all coders together."""
        return runs(self.decisions)

    def runs_of(self, version: str) -> list[Run]:
        return self._runs_by_version.get(version, [])

    @cached_property
    def _runs_by_version(self) -> dict[str, list[Run]]:
        found: dict[str, list[Run]] = defaultdict(list)
        for run in self.runs:
            found[run.version].append(run)
        return found

    @cached_property
    def decided(self) -> Decided:
        return self._laid(self.runs)

    def decided_by(self, track: str) -> Decided:
        """What one coder's own decisions say of the passages."""
        return self._laid(runs(row for row in self.decisions if row.track == track))

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Heading key -> display number, in the order of the framework."""
        return {heading.key: heading.number for heading in self.framework.headings()}

    @cached_property
    def tracks(self) -> list[str]:
        return sorted({row.track for row in self.decisions})

    @cached_property
    def sources(self) -> list[Source]:
        """Every transcript as the chart needs it, by shown id."""
        run = self.state.index_run
        indexed = {passage.version for passage in run.passages} if run else set()
        askings: dict[str, list[Asking]] = defaultdict(list)
        for asking in run.askings if run else ():
            askings[asking.version].append(asking)
        return [
            Source(
                shown=held.shown,
                version=held.version.id,
                text=held.version.text,
                kind=held.transcript.kind,
                turns=held.turns,
                speakers=held.speakers,
                people=self._people(held),
                indexed=held.version.id in indexed or not self.passages[held.version.id],
                done_by=tuple(sorted(row.track for row in self.state.done.get(held.transcript.key, ()))),
                passages=self.passages[held.version.id],
                proposals=self.proposals,
                askings=tuple(askings[held.version.id]),
            )
            for held in self.transcripts
        ]

    def source(self, version: str) -> Source:
        return self._source_by_version[version]

    @cached_property
    def _source_by_version(self) -> dict[str, Source]:
        return {source.version: source for source in self.sources}

    def progress(self, version: str | None = None) -> Progress:
        """Counts of passages, of one transcript version or of the study."""
        counted = {"decided": 0, "disputed": 0, "proposed": 0, "silent": 0}
        mine = [self.source(version)] if version else self.sources
        for source in mine:
            for passage in source.passages:
                counted[self.status(source, passage)] += 1
        return Progress(passages=sum(counted.values()), **counted)

    def status(self, source: Source, passage: Passage) -> str:
        """One of decided, disputed, proposed, silent."""
        decided = self.decided.get(passage, {})
        if any(run.standing in (Standing.DISPUTED, Standing.CONFLICT) for run in decided.values()):
            return "disputed"
        if is_reviewed(decided):
            return "decided"
        if standing_proposal(source, passage, decided):
            return "proposed"
        return "decided" if decided else "silent"

    def told_status(self, source: Source, passage: Passage) -> str:
        """The same in the words of the Index sheet; `partly decided` where decisions cover less than half."""
        status = self.status(source, passage)
        if status in ("proposed", "silent") and passage in self._touched:
            return "partly decided"
        return "nothing proposed" if status == "silent" else status

    def suggested(self, held: Held, passage: Passage) -> tuple[Suggested, ...]:
        """The proposals of a passage with their evidence in words."""
        found = []
        for proposal in self.proposals.get(passage, ()):
            heading = self.framework.heading(proposal.heading)
            if heading:
                told = tuple(in_words(e, held.version.text, heading, held.reference) for e in proposal.evidence)
                found.append(Suggested(heading.key, heading.number, heading.name, proposal.rank, told))
        return tuple(found)

    @cached_property
    def _touched(self) -> frozenset[Passage]:
        """The passages of which some characters are decided."""
        return touched([passage for each in self.passages.values() for passage in each], self.runs)

    def _people(self, held: Held) -> dict[str, str]:
        names = self.state.participants
        return {
            key: names[speaker.participant].shown
            for key, speaker in held.speakers.items()
            if speaker.role is Role.PARTICIPANT and speaker.participant in names
        }

    def _laid(self, found: list[Run]) -> Decided:
        return of_passages([passage for each in self.passages.values() for passage in each], found)


def sorted_out(decided: Mapping[str, Run]) -> tuple[list[str], list[str], bool]:
    """What stands for a passage: keys that apply, keys that do not, and whether nothing applies."""
    applies = [key for key, run in decided.items() if run.standing is Standing.APPLIES and key != NOTHING]
    rejects = [key for key, run in decided.items() if run.standing is Standing.NOT and key != NOTHING]
    none = NOTHING in decided and decided[NOTHING].standing is Standing.APPLIES
    return applies, rejects, none
