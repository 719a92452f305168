"""Views of decisions against a plain-Python oracle: random coders, spans, targets and verdicts."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.index.deciding import quote_hash, rows_for
from qualkit.index.views import NOTHING, of_passages, runs, touched
from qualkit.model.decisions import Basis, Decision, Standing, Target, Verdict
from qualkit.model.index import Passage
from tests.oracle import Oracle

LENGTH = 24
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["v1", "v2"]),
        st.sampled_from(["ann", "ben"]),
        st.sampled_from([False, False, False, True]),
        st.integers(0, LENGTH - 1),
        st.integers(1, LENGTH),
        st.sampled_from(["h1", "h2", "h3"]),
        st.sampled_from(list(Verdict)),
    ),
    max_size=25,
)


def decision(**values) -> Decision:
    plain = Decision(
        version="v1", start=0, end=LENGTH, quote_hash="", target_kind=Target.HEADING, target="h1", scheme="f",
        scheme_version="", verdict=Verdict.APPLIES, coder="ann", consensus=False, basis=Basis.TYPED, blind=False,
        shown_rank=0, shown_model="", at="2026-01-01T00:00:00+00:00",
    )  # fmt: skip
    return replace(plain, **values)


class Table:
    """A table of rows in memory that knows what supersedes what."""

    def __init__(self) -> None:
        self.rows: dict[str, Decision] = {}
        self.gone: set[str] = set()

    def standing(self) -> list[Decision]:
        return [row for row in self.rows.values() if row.id not in self.gone]

    def decide(self, new: Decision) -> list[Decision]:
        made = rows_for(new, self.standing(), lambda version, start, end: f"{version}:{start}-{end}")
        for row in made:
            id = f"r{len(self.rows)}"
            self.rows[id] = replace(row, id=id)
            self.gone.update(row.supersedes)
        return made


def played(acts) -> tuple[Table, Oracle]:
    table, oracle = Table(), Oracle()
    for version, coder, consensus, start, end, target, verdict in acts:
        if start >= end:
            continue
        target = "" if verdict is Verdict.NONE else target
        new = decision(
            version=version, coder=coder, consensus=consensus, start=start, end=end, target=target, verdict=verdict
        )
        table.decide(new)
        oracle.decide(version, new.track, start, end, target, verdict)
    return table, oracle


@settings(max_examples=300, deadline=None)
@given(ACTS)
def test_views_per_character_agree_with_the_oracle(acts):
    table, oracle = played(acts)
    found = runs(table.standing())
    for version in ("v1", "v2"):
        for at in range(LENGTH):
            here = {run.target: run.standing for run in found if run.version == version and run.start <= at < run.end}
            for target in ("h1", "h2", "h3"):
                assert here.get(target) == oracle.stands(version, at, target)
            assert here.get(NOTHING) == oracle.nothing(version, at)


@settings(max_examples=200, deadline=None)
@given(ACTS)
def test_no_coder_ever_has_two_standing_rows_on_one_character(acts):
    table, _ = played(acts)
    seen = set()
    for row in table.standing():
        for at in range(row.start, row.end):
            assert (row.version, row.track, row.target, at) not in seen
            seen.add((row.version, row.track, row.target, at))
    assert all(run.standing is not Standing.CONFLICT for run in runs(table.standing()))


@given(ACTS)
def test_runs_are_longest_and_do_not_overlap(acts):
    found = sorted(runs(played(acts)[0].standing()), key=lambda run: (run.version, run.target, run.start))
    for one, two in pairwise(found):
        if (one.version, one.target) == (two.version, two.target):
            assert one.end <= two.start
            assert one.end < two.start or (one.standing, one.tracks) != (two.standing, two.tracks)


@given(ACTS)
def test_every_row_carries_the_hash_of_its_own_words(acts):
    assert all(row.quote_hash == f"{row.version}:{row.start}-{row.end}" for row in played(acts)[0].rows.values())


def test_deciding_the_same_again_writes_nothing():
    table = Table()
    assert len(table.decide(decision(start=2, end=9))) == 1
    assert table.decide(decision(start=3, end=8)) == []
    assert table.decide(decision(start=10, end=12, verdict=Verdict.BACK)) == []


def test_two_copies_that_differ_for_one_coder_are_a_conflict():
    rows = [decision(id="a"), decision(id="b", verdict=Verdict.NOT, start=4)]
    assert [(run.start, run.end, run.standing) for run in runs(rows) if run.target == "h1"] == [
        (0, 4, Standing.APPLIES),
        (4, LENGTH, Standing.CONFLICT),
    ]


def test_a_passage_is_decided_when_half_of_its_characters_are():
    passage = Passage("v1", 0, 10, 1)
    half = of_passages([passage], runs([decision(id="a", start=0, end=5)]))
    less = of_passages([passage], runs([decision(id="a", start=0, end=4)]))
    assert half[passage]["h1"].standing is Standing.APPLIES
    assert less[passage] == {}


@given(ACTS)
def test_what_lies_on_passages_is_what_lies_on_their_characters(acts):
    found = runs(played(acts)[0].standing())
    passages = [Passage(version, at, at + 3, 1) for version in ("v1", "v2") for at in range(0, LENGTH, 4)]
    decided = of_passages(passages, found)
    for passage in passages:
        mine = [run for run in found if run.version == passage.version]
        places = range(passage.start, passage.end)
        lies = Counter(target for at in places for target in {r.target for r in mine if r.start <= at < r.end})
        assert set(decided[passage]) == {target for target, count in lies.items() if 2 * count >= len(places)}
        assert (passage in touched(passages, found)) == bool(lies)


def test_a_quote_hash_has_one_part_a_salted_stretch():
    text = "hello there\nyou too"
    salts = [(0, 11, b"a" * 16), (12, 19, b"b" * 16)]
    whole = quote_hash(text, salts, 6, 15)
    assert len(whole.split(".")) == 2
    assert quote_hash(text, [(0, 11, b""), salts[1]], 6, 15) == "-." + whole.split(".")[1]
    assert quote_hash("HELLO " + text[6:], salts, 6, 15) == whole
    assert quote_hash(text, [(0, 11, b"c" * 16), salts[1]], 6, 15) != whole
