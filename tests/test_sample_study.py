"""The sample study, invented throughout: its masters, what is made from them, the two coders, the teacher's key."""

import csv
import importlib.util
import re
import sys
from collections import defaultdict
from itertools import combinations

import pytest

from qualkit.commands.import_codebook import import_codebook
from qualkit.commands.import_decisions import import_decisions, quoted
from qualkit.commands.import_framework import import_framework
from qualkit.commands.import_transcripts import import_transcripts
from qualkit.commands.new import new
from qualkit.commands.state import State
from qualkit.ingest.interface import Hints
from qualkit.ingest.transcript import read_bytes
from qualkit.model.decisions import Target
from qualkit.model.references import Reference
from qualkit.model.transcripts import Role
from qualkit.store.study import Study
from tests.conftest import ROOT

STUDY = ROOT / "transcripts_sample"
ABOUT = STUDY / "about"
GOLD = ROOT / "tests" / "gold"
FIRST, SECOND = "U. Farquhar (invented)", "O. Rennie (invented)"
ASKING = {"Interviewer", "I", "UF", "INT", "Moderator", "MOD", "Una Farquhar"}
FOCUS_GROUPS = ("FG01", "FG02")
# The highest overlaps of two participants of the spoken interviews in the shared data, over their first 1,000 words.
ALIKE_WORDS, ALIKE_RUNS = 0.386, 0.043


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, ABOUT / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # make_guide imports make
    spec.loader.exec_module(module)
    return module


make = loaded("make")
make_guide = loaded("make_guide")
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


def table(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def key(name):
    return table(GOLD / f"sample_{name}.csv")


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """The sample study with the decisions of its coders; it is not indexed."""
    folder = tmp_path_factory.mktemp("whole") / "study"
    new(folder)
    with Study.open(folder) as study:
        import_framework(study, ROOT / "frameworks" / "cancer-pain-2.yaml", coder=FIRST)
        assert import_transcripts(study, [STUDY], coder=FIRST).failed is False
        assert not import_codebook(study, ABOUT / "codebook.csv", coder=FIRST).problems
        made = import_decisions(study, ABOUT / "decisions.csv", coder=FIRST)
        assert made.problems == []
        assert made.data["left"] == 0
        yield State(study)


def held_and_analysed():
    """Rows of transcripts.csv as the study ended, in order of analysis."""
    return sorted(table(ABOUT / "transcripts.csv"), key=lambda row: row["analysed"])


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


@pytest.mark.parametrize("name", make.FILES)
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


def test_the_folder_holds_what_the_masters_give():
    assert len(MASTERS) >= 14
    for name, (id, write) in make.FILES.items():
        assert (STUDY / name).read_bytes() == write(make.turns(id)), f"{name}: run transcripts_sample/about/make.py"
    assert (ABOUT / make.CORRECTED).read_bytes() == make.corrected()
    for name in make_guide.NAMES:
        schedule = make_guide.read_schedule(ROOT / "frameworks" / f"{name}.yaml").framework
        assert (ROOT / "frameworks" / f"{name}.docx").read_bytes() == make_guide.guide(schedule), name


def test_who_takes_part():
    groups = defaultdict(list)
    for row in table(STUDY / "cases.csv"):
        assert row["note"] == "invented person"
        groups[row["group"]].append(row)
    alone = [row for row in groups["patient"] if row["case"] not in {carer["case"] for carer in groups["caregiver"]}]
    assert (len(alone), len(groups["caregiver"])) == (5, 2)
    assert sum(";" in row["transcripts"] for row in groups["patient"]) == 1  # interviewed twice
    roles = [row["role"] for row in groups["professional"] if row["transcripts"].startswith("HP")]
    wanted = ("general practitioner", "general practitioner", "out-of-hours doctor", "nurse specialist", "pharmacist")
    assert len(roles) == 5
    assert all(any(each in role for role in roles) for each in wanted)
    assert all(sum(row["transcripts"] == group for row in groups["professional"]) == 5 for group in FOCUS_GROUPS)
    assert "telephone" in {row["mode"] for row in held_and_analysed()}


def test_the_tables_agree_with_one_another():
    before, after = table(STUDY / "transcripts.csv"), {row["transcript"]: row for row in held_and_analysed()}
    assert [row["transcript"] for row in before] == MASTERS
    for row in before:
        assert {**row, "analysed": after[row["transcript"]]["analysed"]} == after[row["transcript"]]
        seconds = make.times(make.turns(row["transcript"]))[-1][1]
        assert int(row["minutes"]) == round(seconds / 60), row["transcript"]
    order = [row["transcript"] for row in after.values()]
    assert order != sorted(order, key=lambda id: after[id]["held"])
    assert all(row["held"] < row["analysed"] for row in after.values())


def test_both_coders_coded_blind_and_say_why_they_differ(state):
    rows = [row for row in table(ABOUT / "decisions.csv") if row["verdict"] == "applies"]
    assert {row["coder"] for row in rows} == {FIRST, SECOND}
    assert {row["blind"] for row in rows} == {"yes"}
    shared = {row["transcript"] for row in rows if row["coder"] == SECOND}
    assert {row["transcript"] for row in rows if row["coder"] == FIRST} == set(MASTERS)
    assert len(shared) >= 5
    placed = defaultdict(list)
    for row in rows:
        start, end = place(state, row)
        placed[row["transcript"], row["target"]].append((start, end, row))
    for (id, target), spans in placed.items():
        for start, end, row in spans if id in shared else ():
            met = any(a < end and start < b and other["coder"] != row["coder"] for a, b, other in spans)
            assert met or row["reason"], f"{id}:{row['start']} {target}: a difference without a reason"


def place(state, row):
    """Where a row stands; its quotation must be the whole of it."""
    held = state.transcript(row["transcript"])
    start, end = Reference.parse(f"{held.shown}:{row['start']}-{row['end']}").offsets(held.turns)
    found = quoted(held.version.text, row["quote"], start)
    assert found is not None
    assert held.version.text[start:end].strip() == held.version.text[slice(*found)], f"{held.shown}:{row['start']}"
    return start, end


def test_every_stretch_of_the_key_is_there_and_a_participants(state):
    names = {heading.name for heading in state.needed_framework()[0].headings()}
    spans = key("spans")
    for row in spans:
        start, end = place(state, row)
        held = state.transcript(row["transcript"])
        said = [turn for turn in held.turns if turn.start < end and start < turn.end]
        assert {held.speakers[turn.speaker].role for turn in said} == {Role.PARTICIPANT}
        assert set(row["headings"].split(";")) <= names
        assert row["asking"] in ("verbatim", "reworded", "follow-up", "elsewhere")
    assert sum(row["asking"] == "elsewhere" for row in spans) >= 40


def test_every_cell_is_spoken_of_or_empty_of_a_kind(state):
    names = {heading.name for heading in state.needed_framework()[0].headings()}
    filled, empty = defaultdict(set), defaultdict(set)
    for row in key("spans"):
        filled[row["transcript"]] |= set(row["headings"].split(";"))
    for row in key("empty"):
        assert row["kind"] in ("not asked", "avoided", "asked, nothing said", "other group", "not yet in the schedule")
        empty[row["transcript"]].add(row["heading"])
    for id in MASTERS:
        assert filled[id] | empty[id] == names
        assert not filled[id] & empty[id]


def test_every_trap_is_at_a_turn(state):
    for row in key("traps"):
        first = int(row["turn"].split("-")[0].split(".")[0])
        assert 1 <= first <= len(state.transcript(row["transcript"]).turns)


def bearers(state, coder):
    """transcript -> the themes that a coder found in it."""
    found = defaultdict(set)
    for row in state.every_decision:
        if row.target_kind is Target.THEME and row.coder == coder:
            found[state.by_version(row.version).shown].add(row.target)
    return found


def test_themes_are_found_as_the_key_says(state):
    found, known = bearers(state, FIRST), defaultdict(set)
    themes = [row["key"] for row in table(ABOUT / "codebook.csv")]
    assert 12 <= len(themes) <= 20
    assert set().union(*found.values()) == set(themes)
    for row in key("themes"):
        here = found[row["transcript"]]
        assert set(row["themes"].split()) == here, row["transcript"]
        assert set(row["new_in_stratum"].split()) == here - known[row["stratum"]], row["transcript"]
        known[row["stratum"]] |= here
        if row["stratum"] != "focus groups":
            assert set(row["new_in_interviews"].split()) == here - known["interviews"]
            known["interviews"] |= here
    assert [row["transcript"] for row in key("themes")] == [row["transcript"] for row in held_and_analysed()]
    interviews = [here for id, here in found.items() if id not in FOCUS_GROUPS]
    counts = [sum(theme in here for here in interviews) for theme in themes]
    assert max(counts) >= 5
    assert 1 in counts


def test_saturation_is_where_the_key_says():
    """The rule of the protocol, counted here by hand from the table of new themes."""
    new_at = defaultdict(list)
    for row in key("themes"):
        new_at[row["stratum"]].append((row["transcript"], len(row["new_in_stratum"].split())))
        if row["stratum"] != "focus groups":
            new_at["all interviews"].append((row["transcript"], len(row["new_in_interviews"].split())))
    for row in key("saturation"):
        units = new_at[row["stratum"]]
        met = [n for n in range(1, len(units)) if units[n][1] == units[n - 1][1] == 0]
        assert row["last_new_theme_at"] == [id for id, new in units if new][-1]
        if row["assessable"] == "no":
            assert len(units) <= 2
            assert row["outcome"] == "not assessable"
            continue
        after = [(id, new) for id, new in units[met[0] + 1 :] if new] if met else []
        assert row["first_new_after"] == (after[0][0] if after else "")
        assert row["outcome"] == ("broken" if after else "met" if met else "not met")
        assert row["criterion_met_at"] == (units[met[0]][0] if met else "")
        assert row["saturation_point"] == (units[met[0] - 2][0] if met else "")
        assert row["new_themes_after"] == (str(sum(new for _, new in after)) if met else "")
    assert "broken" in {row["outcome"] for row in key("saturation")}


def test_what_is_invented_says_so():
    for file in STUDY.rglob("*"):
        if file.suffix in (".md", ".txt", ".vtt", ".srt") and file.name != "README.md":
            assert "nvented" in file.read_bytes().decode("utf-8", "replace"), file.name
