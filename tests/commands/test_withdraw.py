"""Withdrawal: the words are nowhere, the rest stays, and nothing brings them back."""

import dataclasses
import re
import shutil
import sqlite3

import pytest

from qualkit.commands.decide import decide
from qualkit.commands.export_matrix import export_matrix
from qualkit.commands.import_codebook import import_codebook
from qualkit.commands.import_transcripts import import_transcripts
from qualkit.commands.readings import Readings
from qualkit.commands.state import State
from qualkit.commands.undo import undo
from qualkit.commands.withdraw import withdraw
from qualkit.errors import QualkitError
from qualkit.model.decisions import Decision
from qualkit.model.schedule import FrameworkVersion
from qualkit.model.transcripts import BLANK, GONE, Kind, Layer, Role, Version
from qualkit.store import erasing
from qualkit.store.study import Study
from qualkit.store.tables import TABLES
from tests.cli import qualkit
from tests.conftest import ROOT, SAMPLE
from tests.traces import traces

SAID = "teeth that are in a bin somewhere"  # by PT01, who is interviewed alone
WITH_TWO = SAMPLE / "PT02.md"


def gone(study: Study, who: str, **given):
    return withdraw(study, who, coder="ann", confirm=lambda question: True, **given)


def turns_of(study: Study, shown: str, who: str) -> list[str]:
    """What a participant says in a transcript, turn by turn."""
    state = State(study)
    held = state.transcript(shown)
    key = next(key for key, person in state.participants.items() if person.shown == who)
    return [
        held.version.text[turn.start : turn.end]
        for turn in held.turns
        if held.speakers[turn.speaker].participant == key
    ]


def test_the_words_of_a_participant_are_nowhere(sample):
    decide(sample, "PT01:10", ["1.1"], coder="ann", reason=f"he says: {SAID}")
    export_matrix(sample)
    assert len(traces(sample.folder, SAID)) >= 3  # study, original, workbook
    outcome = gone(sample, "PT01", reason="by telephone")
    assert traces(sample.folder, SAID) == []
    assert traces(sample.folder, "PT01") == []
    assert outcome.last.startswith("PT01 has withdrawn")
    state = State(sample)
    assert "PT01" not in [held.shown for held in state.transcripts]
    assert "PT01" not in [person.shown for person in state.participants.values()]
    assert state.decisions == []
    assert len(sample.rows(Decision)) == 1  # the row stays, without words
    (stone,) = state.withdrawals
    assert stone.reason == "by telephone"


def test_one_member_of_a_couple_withdraws_and_the_other_stays_whole(sample):
    mine, theirs = turns_of(sample, "PT02", "PT02"), turns_of(sample, "PT02", "CG02")
    before = State(sample).transcript("PT02")
    there = next(turn for turn in before.turns if before.version.text[turn.start : turn.end] == max(theirs, key=len))
    decide(sample, f"PT02:{there.n}", ["1.1"], coder="ann")
    gone(sample, "PT02")
    for said in mine:
        if len(said.split()) > 3 and not any(said in other for other in theirs):
            assert traces(sample.folder, said) == []
    after = State(sample).transcript("PT02")
    assert turns_of(sample, "PT02", "CG02") == theirs
    assert len(after.version.text) == len(before.version.text)
    assert [(t.start, t.end) for t in after.turns] == [(t.start, t.end) for t in before.turns]
    assert BLANK in after.version.text
    assert sorted({speaker.label for speaker in after.speakers.values()} & {GONE}) == [GONE]
    (row,) = State(sample).decisions
    assert after.version.text[row.start : row.end] == max(theirs, key=len)
    redacted = (sample.folder / "transcripts" / "PT02-redacted.txt").read_text("utf-8")
    assert f"{GONE}: {GONE}" in redacted
    assert max(theirs, key=len).split("\n")[0] in redacted
    assert not (sample.folder / "transcripts" / "PT02.md").exists()


def test_who_has_withdrawn_is_in_no_count_and_no_output(sample):
    gone(sample, "PT02")
    qualkit("index", cwd=sample.folder)
    sample.forget()
    readings = Readings(State(sample))
    held = State(sample).transcript("PT02")
    withdrawn_turns = {turn.n for turn in held.turns if held.speakers[turn.speaker].label == GONE}
    assert withdrawn_turns
    assert not {passage.turn for passage in readings.passages[held.version.id]} & withdrawn_turns
    assert "1 withdrawn, in no count" in qualkit("status", cwd=sample.folder).out
    ran = qualkit("show", f"PT02:{min(withdrawn_turns)}", cwd=sample.folder)
    assert GONE in ran.out
    assert BLANK not in ran.out
    export_matrix(sample)
    export_matrix(sample, kind="csv")
    text = (sample.folder / "outputs" / "matrix.csv").read_text("utf-8")
    assert BLANK not in text
    assert traces(sample.folder / "outputs", BLANK * 4) == []
    assert traces(sample.folder / "outputs", "1 participant has withdrawn")


def test_a_decision_across_turns_keeps_what_the_others_said(sample):
    held = State(sample).transcript("PT02")
    people = {key: s.participant for key, s in held.speakers.items()}
    pair = next(
        (a, b)
        for a, b in zip(held.turns, held.turns[1:], strict=False)
        if people[a.speaker] and people[b.speaker] and people[a.speaker] != people[b.speaker]
    )
    decide(sample, f"PT02:{pair[0].n}-{pair[1].n}", ["1.1"], coder="ann")
    first = State(sample).participants[people[pair[0].speaker]].shown
    gone(sample, first)
    export_matrix(sample, kind="csv", final=True)
    text = (sample.folder / "outputs" / "matrix-final.csv").read_text("utf-8")
    assert held.version.text[pair[1].start : pair[1].end].split("\n")[0] in text
    assert BLANK not in text


def test_half_of_a_turn_that_was_split_goes_and_the_other_half_stays(sample, tmp_path):
    text = WITH_TWO.read_text("utf-8")
    labels = re.findall(r"^\*\*(\w+):?\*\*", text, re.M) or re.findall(r"^(\w+):", text, re.M)
    state = State(sample)
    held = state.transcript("PT02")
    label = {s.participant: s.label for s in held.speakers.values()}
    keys = {person.shown: key for key, person in state.participants.items()}
    one, other = label[keys["PT02"]], label[keys["CG02"]]
    assert {one, other} <= set(labels)
    long = next(said for said in turns_of(sample, "PT02", "PT02") if said.count(". ") > 2 and "\n" not in said)
    first, _, second = long.partition(". ")
    assert text.count(long) == 1
    marked = next(line for line in text.splitlines() if line.endswith(long))
    head = marked[: -len(long)]
    split = text.replace(marked, f"{head}{first}.\n\n{head.replace(one, other)}{second}")
    file = tmp_path / "split.md"
    file.write_text(split, "utf-8")
    assert import_transcripts(sample, [file], replaces="PT02").data["new_text"] is False
    decide(sample, f"PT02:{next(t.n for t in State(sample).transcript('PT02').turns if _text(sample, t) == second)}",
           ["1.1"], coder="ann")  # fmt: skip
    gone(sample, "PT02")
    assert traces(sample.folder, first) == []
    (row,) = State(sample).decisions
    assert State(sample).transcript("PT02").version.text[row.start : row.end] == second


def _text(study, turn) -> str:
    return State(study).transcript("PT02").version.text[turn.start : turn.end]


def test_what_people_wrote_goes_where_it_quotes_the_participant(sample, tmp_path):
    codebook = tmp_path / "codebook.csv"
    codebook.write_text(
        f'name,definition,example\nLosing parts,Apart,"I\'ve toothache in {SAID}"\nOther,Kept,"kept as it is"\n',
        "utf-8",
    )
    import_codebook(sample, codebook, coder="ann")
    decide(sample, "HP01:4", ["1.1"], coder="ben", reason=f"compare PT01: {SAID.upper()}")
    outcome = withdraw(sample, "PT01", dry_run=True)
    assert "  what ben wrote in a decision (reason), because it quotes the participant" in outcome.said
    gone(sample, "PT01")
    assert traces(sample.folder, SAID) == []
    assert traces(sample.folder, SAID.upper()) == []
    assert traces(sample.folder, "kept as it is")
    assert len(State(sample).decisions) == 1


@pytest.mark.parametrize(
    ("noun", "field"),
    [
        (table.noun, name)
        for table in TABLES.values()
        for name in sorted(table.words)
        if table.noun is not FrameworkVersion  # a document of the study
    ],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_no_field_of_any_noun_keeps_a_quotation(sample, noun, field):
    """A new noun with words is covered by being one."""
    decide(sample, "HP01:4", ["1.1"], coder="ben")
    kinds = {"key": "t-1", "transcript": "t-1", "participant": "p-1", "kind": Kind.INTERVIEW, "role": Role.OTHER}
    version = State(sample).transcript("HP01").version
    kinds |= {"version": version.id} if noun is not Version else {}
    given = {
        f.name: kinds.get(f.name, () if "tuple" in str(f.type) else "x")
        for f in dataclasses.fields(noun)
        if f.default is dataclasses.MISSING
    }
    if noun is Decision:
        given = {f.name: getattr(sample.rows(Decision)[0], f.name) for f in dataclasses.fields(Decision)}
    if noun is Layer:
        given["turns"] = State(sample).transcript("HP01").turns
    with sample.recording("test", "ben") as record:
        record.add(noun(**{**given, field: f"Somebody says {SAID}", "supersedes": ()}))
    assert traces(sample.folder, SAID)
    gone(sample, "PT01")
    assert traces(sample.folder, SAID) == []


def test_a_dry_run_shows_everything_and_changes_nothing(sample):
    export_matrix(sample)
    before = {path: path.read_bytes() for path in sample.folder.rglob("*") if path.is_file()}
    outcome = withdraw(sample, "PT01", dry_run=True)
    told = "\n".join(outcome.said)
    for part in ("the whole transcript", "transcripts/PT01.txt", "outputs/matrix.xlsx", "sha256", "qualkit merge"):
        assert part in told
    assert SAID not in told
    assert {path: path.read_bytes() for path in sample.folder.rglob("*") if path.is_file()} == before
    ran = qualkit("withdraw", "PT01", cwd=sample.folder)  # nobody there to be asked
    assert ran.code == 2
    assert "the whole transcript" in ran.out
    assert {path: path.read_bytes() for path in sample.folder.rglob("*") if path.is_file()} == before


def test_an_output_that_someone_worked_on_stops_it(sample):
    export_matrix(sample)
    file = sample.folder / "outputs" / "matrix.xlsx"
    decide(sample, "HP01:4", ["1.1"], coder="ann")
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(QualkitError, match=r"worked on outputs/matrix\.xlsx"):
        gone(sample, "PT01")
    assert "PT01" in [held.shown for held in State(sample).transcripts]
    sample.here.read_back(erasing.sha256(file.read_bytes()).hexdigest(), "now")  # as decide --from does
    gone(sample, "PT01")
    assert not file.exists()


def test_it_goes_on_with_discard_edits(sample):
    export_matrix(sample)
    file = sample.folder / "outputs" / "matrix.xlsx"
    file.write_bytes(file.read_bytes() + b"\0")
    gone(sample, "PT01", discard_edits=True)
    assert not file.exists()


def test_a_workbook_that_was_read_back_stops_nothing(sample_folder):
    assert qualkit("export", "matrix", "--coder", "ann", cwd=sample_folder).code == 0
    from openpyxl import load_workbook

    file = sample_folder / "outputs" / "matrix.xlsx"
    book = load_workbook(file, rich_text=True)
    book.save(file)
    assert qualkit("decide", "--from", file, "--coder", "ann", cwd=sample_folder).code == 0
    ran = qualkit("withdraw", "PT01", "--yes", cwd=sample_folder)
    assert ran.code == 0, ran.err


def test_the_file_is_refused_when_it_comes_again(sample, tmp_path):
    gone(sample, "PT01")
    ran = qualkit("import", "transcripts", SAMPLE, cwd=sample.folder)
    assert "PT01.txt: holds words of a participant who has withdrawn" in ran.err
    changed = tmp_path / "PT01.txt"
    changed.write_text((SAMPLE / "PT01.txt").read_text("utf-8") + "\nRab: And another thing.\n", "utf-8")
    ran = qualkit("import", "transcripts", changed, cwd=sample.folder)
    assert "PT01 was withdrawn" in ran.err
    assert ran.code == 1
    assert traces(sample.folder, SAID) == []


def test_a_row_of_cases_is_refused_when_it_comes_again(sample, tmp_path):
    gone(sample, "PT01")
    cases = tmp_path / "cases.csv"
    cases.write_text("participant,group,age\nPT01,patient,71\nPT09,patient,50\n", "utf-8")
    ran = qualkit("import", "cases", cases, cwd=sample.folder)
    assert "row 2: PT01 has withdrawn" in ran.err
    assert "PT09" in [person.shown for person in State(sample).participants.values()]
    assert traces(sample.folder, "PT01") == []


def test_a_corrected_file_of_a_redacted_transcript_is_refused(sample):
    gone(sample, "PT02")
    with pytest.raises(QualkitError, match="bring those words back"):
        import_transcripts(sample, [WITH_TWO], replaces="PT02")


def test_undo_never_brings_it_back(sample):
    decide(sample, "PT01:10", ["1.1"], coder="ann")
    gone(sample, "PT01")
    for _ in range(3):
        try:
            undo(sample, coder="ann")
        except QualkitError:
            break
    assert State(sample).withdrawals
    assert traces(sample.folder, SAID) == []


def test_one_that_was_interrupted_is_finished_by_whoever_opens_the_study(sample_folder, monkeypatch):
    with Study.open(sample_folder) as study:
        export_matrix(study)
        monkeypatch.setattr(Study, "finish_erasing", lambda self: [])
        gone(study, "PT01")
    monkeypatch.undo()
    assert traces(sample_folder, SAID)
    qualkit("status", cwd=sample_folder)
    assert traces(sample_folder, SAID) == []


def test_a_copy_from_before_an_update_goes_too(tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    shutil.copyfile(ROOT / "tests" / "store" / "schemas" / "study-0001.sqlite", folder / "study.qualkit")
    with Study.open(folder) as study:
        copies = list(folder.glob("study.before-version-*.qualkit"))
        assert len(copies) == 1
        person = next(iter(State(study).participants.values()))
        gone(study, person.shown)
    assert not copies[0].exists()


def test_the_others_named_are_listed(sample):
    told = "\n".join(withdraw(sample, "PT02", dry_run=True).said)
    assert "Others name the participant in" in told


def test_who_is_not_there_and_who_has_gone_already(sample):
    with pytest.raises(QualkitError, match="no participant PT99"):
        gone(sample, "PT99")
    key = next(key for key, person in State(sample).participants.items() if person.shown == "PT01")
    gone(sample, "PT01")
    with pytest.raises(QualkitError, match="withdrawn already"):
        gone(sample, key)


def test_free_pages_hold_nothing(sample):
    gone(sample, "PT01")
    raw = sqlite3.connect(sample.file)
    assert raw.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_a_file_that_cannot_be_removed_is_named_and_removed_later(sample, monkeypatch):
    export_matrix(sample)
    monkeypatch.setattr(erasing, "_removed", lambda path: path.suffix != ".xlsx" and not path.unlink(missing_ok=True))
    outcome = gone(sample, "PT01")
    assert outcome.failed
    assert [problem.file.endswith("matrix.xlsx") for problem in outcome.problems] == [True]
    assert "the next qualkit command removes them" in outcome.last
    monkeypatch.undo()
    assert traces(sample.folder, SAID) == ["outputs/matrix.xlsx!xl/sharedStrings.xml"]
    qualkit("doctor", cwd=sample.folder)
    assert traces(sample.folder, SAID) == []
