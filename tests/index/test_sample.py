"""The sample study's gold: which share of the passages that answer a schedule question has the right heading first."""

import pytest

from benchmarks.sample import SMALL, answers, right_first
from qualkit.commands.index import material
from qualkit.commands.state import State
from qualkit.index.registry import proposers
from qualkit.index.run import index, model_digest


@pytest.fixture
def indexed(sample):
    state = State(sample)
    given = material(state)
    whole = index(given, "")
    return given, whole, answers(state, whole.passages, SMALL.gold)


def share(run, gold, kind="all"):
    right, count = right_first(run, gold)[kind]
    return right / count


def test_the_right_heading_comes_first(indexed):
    """90 % is wanted; 79 % are reached, 80 % without silence (see CHANGELOG), and must not fall back."""
    _, whole, gold = indexed
    assert len(gold) > 100
    assert share(whole, gold) >= 0.78
    assert share(whole, gold, "verbatim") >= 0.95


def test_each_proposer_gives_something_and_together_they_give_more(indexed):
    given, whole, gold = indexed
    alone = [share(index(given, "", using=[each]), gold) for each in proposers()]
    assert min(alone) > 0.3
    assert share(whole, gold) > max(alone)


def test_no_interviewer_talk_is_a_passage(indexed):
    given, whole, _ = indexed
    for talk in given.talks:
        turns = {turn.n: turn for turn in talk.turns}
        assert all(turns[p.turn].speaker in talk.speaking for p in whole.passages if p.version == talk.version)


def test_every_piece_of_evidence_can_be_checked(indexed):
    """Words that are said to have decided stand in the passage; a question stands in a turn of the interviewer."""
    given, whole, _ = indexed
    talks = {talk.version: talk for talk in given.talks}
    for proposal in whole.proposals:
        talk = talks[proposal.version]
        assert proposal.evidence
        for evidence in proposal.evidence:
            assert evidence.spans
            for start, end in evidence.spans:
                if evidence.kind == "question":
                    turn = talk.turns[evidence.turn - 1]
                    assert turn.speaker in talk.asking
                    assert turn.start <= start < end <= turn.end
                elif evidence.kind == "neighbour":
                    turn = talk.turns[evidence.turn - 1]
                    assert turn.start <= start < end <= turn.end
                    assert end <= proposal.start or proposal.end <= start
                else:
                    assert evidence.kind in ("words", "meaning", "own talk")
                    assert proposal.start <= start < end <= proposal.end


def test_at_most_three_headings_best_first(indexed):
    _, whole, _ = indexed
    ranks = {}
    for proposal in whole.proposals:
        ranks.setdefault((proposal.version, proposal.start), []).append(proposal.rank)
    assert all(found == list(range(1, len(found) + 1)) and len(found) <= 3 for found in ranks.values())


def test_proposals_depend_neither_on_the_order_nor_on_the_number_of_runs(indexed):
    given, whole, _ = indexed
    turned = type(given)(given.framework, reversed(given.talks), given.language, given.encoder)
    assert index(turned, "") == whole
    assert index(given, "") == whole


def test_a_changed_weight_is_another_model(monkeypatch):
    """So that the index is made anew, and a decision tells which model had been shown."""
    before = model_digest()
    assert model_digest() == before
    monkeypatch.setattr("qualkit.index.combine.POWER", 1.25)
    assert model_digest() != before
