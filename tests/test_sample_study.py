"""The sample study that is being written: its masters, and what is made from them. (Invented throughout.)"""

import importlib.util
import re
from collections import defaultdict
from itertools import combinations

import pytest

from qualkit.ingest.interface import Hints
from qualkit.ingest.transcript import read_bytes
from tests.conftest import ROOT

ABOUT = ROOT / "transcripts_sample" / "about"
ASKING = {"Interviewer", "I", "UF", "INT", "Moderator", "MOD", "Una Farquhar"}
FOCUS_GROUPS = ("FG01", "FG02")
# The highest overlaps of two participants of the spoken interviews in the shared data, over their first 1,000 words.
ALIKE_WORDS, ALIKE_RUNS = 0.386, 0.043


def loaded():
    spec = importlib.util.spec_from_file_location("make_sample", ABOUT / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = loaded()
MASTERS = sorted(file.stem for file in (ABOUT / "masters").glob("*.txt"))
READ_NOW = (".txt", ".md", ".docx")


def words(text):
    return re.findall(r"[a-z']+", re.sub(r"\[[^\]]*\]", " ", text).lower().replace("’", "'"))


def participants():
    """(interview, label) -> what was said, in turns. Of a person interviewed twice, both."""
    said = defaultdict(list)
    for id in MASTERS:
        for label, talk in make.turns(id):
            if label not in ASKING:
                said[id[:4], label].append(talk)
    return said


@pytest.mark.parametrize("id", MASTERS)
def test_every_master_has_its_brief_its_row_and_its_length(id):
    assert (ABOUT / f"{id[:4]}.md").is_file()
    assert re.search(rf"^{id},", (ABOUT / "transcripts.csv").read_text("utf-8"), re.MULTILINE)
    count = sum(len(talk.split()) for _, talk in make.turns(id))
    least, most = (4_000, 6_000) if id in FOCUS_GROUPS else (2_000, 4_500)
    assert least <= count <= most


def test_nobody_says_what_another_says():
    sentences = defaultdict(set)
    for who, talk in participants().items():
        for turn in talk:
            for sentence in re.split(r"(?<=[.?!])\s+", turn):
                if len(words(sentence)) > 6:
                    sentences[" ".join(words(sentence))].add(who)
    assert [sentence for sentence, who in sentences.items() if len(who) > 1] == []


def test_no_two_participants_are_more_alike_than_real_ones():
    first = {who: words(" ".join(talk))[:1000] for who, talk in participants().items()}
    long = {who: said for who, said in first.items() if len(said) >= 900}
    assert len(long) >= 8
    for one, other in combinations(long.values(), 2):
        assert alike(set(one), set(other)) <= ALIKE_WORDS
        assert alike(runs(one), runs(other)) <= ALIKE_RUNS


def runs(said):
    return set(zip(said, said[1:], said[2:], strict=False))


def alike(one, other):
    return len(one & other) / len(one | other)


@pytest.mark.parametrize("name", [name for name, (id, _) in make.FILES.items() if id in MASTERS])
def test_what_is_made_from_a_master_is_the_same_every_time_and_is_read_whole(name):
    id, write = make.FILES[name]
    talk = make.turns(id)
    data = write(talk)
    assert data == write(talk)
    if name.endswith(READ_NOW):
        spoken = read_bytes(data, name, Hints())
        assert [" ".join(spoken.text[turn.start : turn.end].split()) for turn in spoken.turns] == [
            " ".join(said.split()) for _, said in talk
        ]
