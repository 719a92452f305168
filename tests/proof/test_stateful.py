"""The whole store under random work: three copies of one study, two coders, every kind of change, in any order.

After every step: no decision ever written is missing; what stands is what a plain reading of the rows says; a withdrawn
participant's planted sentence is nowhere in the folder. At the end of each run of steps: merging is commutative,
associative and idempotent, and doctor finds nothing.
"""

import os
import shutil
import tempfile
from collections import defaultdict
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from qualkit.commands.decide import decide, mark_done
from qualkit.commands.doctor import doctor
from qualkit.commands.import_cases import import_cases
from qualkit.commands.import_codebook import import_codebook
from qualkit.commands.import_framework import import_framework
from qualkit.commands.import_transcripts import import_transcripts
from qualkit.commands.merge import merge
from qualkit.commands.new import new
from qualkit.commands.state import State
from qualkit.commands.undo import redo, undo
from qualkit.commands.withdraw import withdraw
from qualkit.errors import QualkitError
from qualkit.index.views import runs
from qualkit.ingest.interface import Hints
from qualkit.model.corrections import Undo, Withdrawal
from qualkit.model.decisions import CONSENSUS, Decision, Verdict
from qualkit.model.transcripts import Kind, Version
from qualkit.store.study import Study
from qualkit.store.tables import TABLES
from tests.traces import traces

STEPS, RUNS = 50, 130  # a run has 43 to 46 steps on average
ALL_STEPS = 5_000  # in full, at least
SEED = int(os.environ.get("QUALKIT_SEED", "11"))
HEADINGS = ("1.1", "1.2", "2.1")
SCHEDULE = """
framework: A schedule for the proof
categories:
  - name: Pain
    headings:
      - {name: Place, questions: [Where is it]}
      - {name: Time, questions: [When is it worst]}
  - name: Help
    headings:
      - {name: Family, questions: [Who helps you]}
"""
WHO = {"A": ["Ann-Mary"], "B": ["Bo", "Cleo"], "F": ["Dora", "Egon", "Fay"], "N": ["Gus"], "M": ["Hal"]}
HOBBIES = ("scrimshaw", "falconry")


def planted(name: str) -> str:
    """What each participant says once, and nobody else does."""
    return f"the old {name.lower()} ferry always smelled of tar and wet rope"


def transcript(id: str) -> str:
    lines = ["Interviewer: Where is it, and when is it worst?"]
    for n, name in enumerate(WHO[id] * 2):
        lines.append(f"{name}: It is number {n} on the left side and worse at night for {name}. Then, {planted(name)}.")
        lines.append("Interviewer: Who helps you with that?")
        lines.append(f"{name}: My sister comes round on day {n} and she never asks. I would rather she did.")
    return "\n\n".join(lines) + "\n"


@pytest.fixture(scope="module", autouse=True)
def base(tmp_path_factory):
    """A study with three transcripts, made once."""
    folder = tmp_path_factory.mktemp("base") / "study"
    new(folder)
    (folder / "schedule.yaml").write_text(SCHEDULE, "utf-8")
    with Study.open(folder) as study:
        import_framework(study, folder / "schedule.yaml", coder="zoe")  # who is not at work, so that it stays
        for id in ("A", "B", "F"):
            (folder / f"{id}.txt").write_text(transcript(id), "utf-8")
            hints = Hints(kind=Kind.FOCUS_GROUP) if id == "F" else Hints()
            import_transcripts(study, [folder / f"{id}.txt"], coder="ann", hints=hints)
            (folder / f"{id}.txt").unlink()  # the copy that the researcher has elsewhere
    Work.base = folder
    return folder


class Work(RuleBasedStateMachine):
    base: Path
    steps = 0  # of all runs together

    @initialize()
    def begin(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="stateful-"))
        self.copies: list[Study] = []
        for n in range(3):
            shutil.copytree(self.base, self.home / str(n))
            self.copies.append(Study.open(self.home / str(n)))
        self.known: list[set[str]] = [set(), set(), set()]  # ids of decisions that each copy has ever had
        self.files = 0

    def teardown(self) -> None:
        if not hasattr(self, "copies"):
            return
        for copy in self.copies:
            copy.close()
        try:
            self._merging_keeps_its_laws()
            for n in range(3):
                with Study.open(self.home / str(n)) as study:
                    assert [each for each in doctor(study).problems if each.serious] == []
        finally:
            shutil.rmtree(self.home)

    # what people do

    copy = st.integers(0, 2)
    coder = st.sampled_from(("ann", "ben"))
    place = st.integers(1, 12)

    @rule(
        at=copy, coder=coder, first=place, length=st.integers(0, 3), which=st.integers(0, 4),
        heading=st.sampled_from(HEADINGS), act=st.sampled_from(("applies", "not", "back", "none")),
        consensus=st.booleans(), quote=st.booleans(),
    )  # fmt: skip
    def decides(self, at, coder, first, length, which, heading, act, consensus, quote) -> None:
        held = self._one(at, which)
        if held is None:
            return
        first = min(first, len(held.turns))
        last = min(first + length, len(held.turns))
        sentence = held.version.text[held.turns[first - 1].start : held.turns[first - 1].end]
        given = {
            "applies": {"headings": [heading]}, "not": {"rejects": [heading]}, "back": {"back": [heading]},
            "none": {"none": True},
        }[act]  # fmt: skip
        reason = f"because of: {sentence}" if quote else "because"
        place = f"{held.shown}:{first}-{last}"
        decide(self.copies[at], place, coder=coder, consensus=consensus and act != "back", reason=reason, **given)

    @rule(at=copy, coder=coder, which=st.integers(0, 4), done=st.booleans())
    def marks(self, at, coder, which, done) -> None:
        held = self._one(at, which)
        if held:
            mark_done(self.copies[at], held.shown, coder=coder, done=done)

    @rule(at=copy, coder=coder, id=st.sampled_from(("N", "M")))
    def imports(self, at, coder, id) -> None:
        self._file(at, coder, f"{id}.txt", transcript(id))

    @rule(
        at=copy,
        coder=coder,
        which=st.integers(0, 4),
        turn=place,
        how=st.sampled_from(("word", "cut", "split", "label")),
    )
    def corrects(self, at, coder, which, turn, how) -> None:
        held = self._one(at, which)
        if held is None or held.version.is_redacted:
            return
        labels = {key: row.label for key, row in held.speakers.items()}
        lines = [(labels[t.speaker], held.version.text[t.start : t.end]) for t in held.turns]
        label, said = lines[(turn - 1) % len(lines)]
        n = (turn - 1) % len(lines)
        if how == "word":
            lines[n] = (label, said.replace("sister", "brother").replace("worse", "worst"))
        elif how == "cut" and len(lines) > 3:
            del lines[n]
        elif how == "split" and ". " in said:
            head, _, tail = said.partition(". ")
            others = [each for each in labels.values() if each != label]
            lines[n : n + 1] = [(others[0] if others else label, f"{head}."), (label, tail)]
        elif "ferry" not in said:  # what was planted stays the participant's own
            lines[n] = ("Interviewer", said)
        text = "\n\n".join(f"{label}: {said}" for label, said in lines)
        self._file(at, coder, f"{held.shown}-{how}.txt", text + "\n", replaces=held.shown)

    @rule(at=copy, coder=coder, which=st.integers(0, 8), hobby=st.sampled_from(HOBBIES))
    def describes(self, at, coder, which, hobby) -> None:
        people = sorted(State(self.copies[at]).participants.values(), key=lambda person: person.shown)
        if people:
            person = people[which % len(people)].shown
            file = self.home / "cases.csv"
            file.write_text(f"participant,hobby\n{person},{hobby} of {person}\n", "utf-8")
            import_cases(self.copies[at], file, coder=coder)

    @rule(at=copy, coder=coder, name=st.sampled_from([name for names in WHO.values() for name in names]))
    def writes_a_theme(self, at, coder, name) -> None:
        if any(row.participant for row in State(self.copies[at]).withdrawals):
            return  # a person who types a withdrawn participant's words in anew is beyond us
        file = self.home / "codebook.csv"
        file.write_text(f'name,definition,example\nFerries,Getting across,"Then, {planted(name)}."\n', "utf-8")
        import_codebook(self.copies[at], file, coder=coder)

    @rule(at=copy, coder=coder, count=st.integers(1, 3))
    def takes_back(self, at, coder, count) -> None:
        try:
            undo(self.copies[at], count, coder=coder)
        except QualkitError as error:
            assert "rests on" in error.message  # noqa: PT017  another's work does

    @rule(at=copy, coder=coder)
    def brings_back(self, at, coder) -> None:
        try:
            redo(self.copies[at], coder=coder)
        except QualkitError as error:
            assert "recorded since" in error.message  # noqa: PT017

    @rule(into=copy, out_of=copy)
    def merges(self, into, out_of) -> None:
        if into != out_of:
            merge(self.copies[into], self.copies[out_of].file)
            self.known[into] |= self.known[out_of]

    @precondition(lambda self: sum(len(State(copy).withdrawals) for copy in self.copies) < 3)
    @rule(at=copy, coder=coder, which=st.integers(0, 8))
    def withdraws(self, at, coder, which) -> None:
        people = sorted(State(self.copies[at]).participants.values(), key=lambda person: person.shown)
        if people:
            withdraw(self.copies[at], people[which % len(people)].key, coder=coder, confirm=lambda question: True)

    # what must hold

    @invariant()
    def what_is_held_is_what_the_file_says(self) -> None:
        Work.steps += 1
        if hasattr(self, "copies"):
            study = self.copies[Work.steps % 3]
            with Study.open(study.file) as fresh:
                assert study.events() == fresh.events()
                assert study.undone() == fresh.undone()
                for noun in TABLES:
                    assert study.rows(noun) == fresh.rows(noun)

    @invariant()
    def no_decision_vanishes(self) -> None:
        for n, study in enumerate(getattr(self, "copies", ())):
            written = {row.id for row in study.history(Decision)}
            assert self.known[n] <= written
            self.known[n] = written

    @invariant()
    def every_standing_decision_is_somewhere(self) -> None:
        for study in getattr(self, "copies", ()):
            state = State(study)
            gone = {row.id for row in study.history(Version) if row.is_gone}
            seen = {row.id for row in (*state.every_decision, *state.adrift)}
            for row in study.rows(Decision):
                assert row.id in seen or row.version in gone or row.verdict is Verdict.BACK

    @invariant()
    def views_are_what_the_rows_say(self) -> None:
        for study in getattr(self, "copies", ()):
            state = State(study)
            found = {}
            for run in runs(state.decisions):
                for char in range(run.start, run.end):
                    if run.target:
                        found[run.version, char, run.target] = str(run.standing)
            assert found == plainly(study, state)

    @invariant()
    def the_withdrawn_are_nowhere(self) -> None:
        for n, study in enumerate(getattr(self, "copies", ())):
            for key in {row.participant for row in study.history(Withdrawal)}:
                name = self._name_of(key)
                assert traces(self.home / str(n), planted(name)) == [], name
                assert traces(self.home / str(n), planted(name).capitalize()) == [], name

    # how

    def _one(self, at: int, which: int):
        held = State(self.copies[at]).transcripts
        return held[which % len(held)] if held else None

    def _file(self, at: int, coder: str, name: str, text: str, **given) -> None:
        file = self.home / name
        file.write_text(text, "utf-8")
        try:
            import_transcripts(self.copies[at], [file], coder=coder, **given)
        except QualkitError as error:
            assert "was read from it" in error.message or "withdrawn" in error.message or "withdrew" in error.message  # noqa: PT017
        finally:
            file.unlink()

    def _name_of(self, key: str) -> str:
        """The label of a participant, by the key that the id of today has on every copy."""
        study = self.copies[0]
        for id, names in WHO.items():
            for name in names:
                shown = id if len(names) == 1 else f"{id}-{name}"
                if study.key("p", shown) == key:
                    return name
        return "nobody"

    def _merging_keeps_its_laws(self) -> None:
        def united(*order: int) -> dict:
            folder = Path(tempfile.mkdtemp(dir=self.home, prefix="law-"))
            shutil.copytree(self.home / str(order[0]), folder / "study")
            with Study.open(folder / "study") as study:
                for other in order[1:]:
                    merge(study, self.home / str(other))
                return everything(study)

        one_two, two_one = united(0, 1), united(1, 0)
        assert one_two == two_one
        assert united(0, 1, 1) == united(0, 1, 0) == one_two
        assert united(0, 1, 2) == united(2, 1, 0) == united(1, 2, 0)


def everything(study: Study) -> dict:
    found = {noun.__name__: study.history(noun) for noun in TABLES}
    found["events"] = study.events()
    found["undone"] = study.undone()
    found["standing"] = [row for noun in TABLES for row in study.rows(noun)]
    found["pieces"] = study.connection.execute("SELECT * FROM piece ORDER BY 1, 2, 3").fetchall()
    return found


def plainly(study: Study, state: State) -> dict:
    """How every character stands for every heading, one character at a time, from all rows that were ever written."""
    taken_back = plainly_undone(study)
    rows = [row for row in study.history(Decision) if row.event not in taken_back]
    gone = {id for row in rows for id in row.supersedes}
    texts = {row.id: row for row in study.history(Version)}
    held = {each.transcript.key: each for each in state.transcripts}
    said: dict[tuple[str, int, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    nothing: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in rows:
        here = held.get(texts[row.version].transcript)
        if row.id in gone or here is None or texts[row.version].text_sha256 != here.version.text_sha256:
            continue
        if row.version != here.version.id and row.version not in {v.id for v in study.rows(Version)}:
            continue  # a former version that has the same text again
        for char in range(row.start, row.end):
            if row.verdict is Verdict.NONE:
                nothing[here.version.id, char].add(row.track)
            elif row.target:
                said[here.version.id, char, row.target][row.track].add(row.verdict.value)
    found = {}
    for (version, char, target), by_track in said.items():
        if all(words == {"back"} for words in by_track.values()):
            continue
        stand = {}
        for track in {*by_track, *nothing[version, char]}:
            words = set(by_track.get(track, ()))
            if track in nothing[version, char]:
                words = (words - {"back"}) | {"not"}
            if words and words != {"back"}:
                stand[track] = "conflict" if len(words) > 1 else next(iter(words))
        if CONSENSUS in stand:
            stand = {CONSENSUS: stand[CONSENSUS]}
        if stand:
            ways = set(stand.values())
            found[version, char, target] = (
                "conflict" if "conflict" in ways else "disputed" if len(ways) > 1 else next(iter(ways))
            )
    return found


def plainly_undone(study: Study) -> set[str]:
    """Events taken back on which nothing else rests, by looking at every field of every row."""
    rows = [row for noun in TABLES for row in study.history(noun)]
    undos = [row for row in rows if isinstance(row, Undo)]
    later = {id for row in undos for id in row.supersedes}
    said = defaultdict(list)
    for row in undos:
        if row.id not in later:
            said[row.undone].append(row.taken_back)
    asked = {event for event, words in said.items() if all(words)}
    redacted = {row.event for row in rows if isinstance(row, Version) and row.is_redacted}
    gone: set[str] = set()
    for event in [each.id for each in study.events()][::-1]:
        if event not in asked or event in redacted:
            continue
        others = [row for row in rows if row.event != event and row.event not in gone and not isinstance(row, Undo)]
        ids = {row.id for row in rows if row.event == event}
        keys = {
            row.key
            for row in rows
            if row.event == event and hasattr(row, "key") and row.key.startswith(("t-", "p-", "k-"))
        }
        keys |= {row.key for row in rows if row.event == event and type(row).__name__ == "Theme"}
        keys -= {row.key for row in others if hasattr(row, "key") and type(row).__name__ != "Speaker"}
        if not any(_mentions(row, ids | keys) for row in others):
            gone.add(event)
    return gone


def _mentions(value: object, names: set[str]) -> bool:
    if isinstance(value, str):
        return value in names
    if isinstance(value, tuple):
        return any(_mentions(each, names) for each in value)
    if hasattr(value, "__dataclass_fields__"):
        skipped = {"id", "event", "text", "turns", "pieces", "shown", "label"}
        return any(_mentions(getattr(value, f.name), names) for f in fields(value) if f.name not in skipped)
    return False


@pytest.mark.parametrize("count", [pytest.param(RUNS, marks=pytest.mark.proof), pytest.param(RUNS // 10, id="sample")])
def test_the_store_holds_under_random_work(count):
    checks = list(HealthCheck)
    machine, before = seed(SEED)(Work), Work.steps
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=count,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=checks,
            phases=[Phase.generate],
            report_multiple_bugs=False,  # making a failure small takes longer than reading it
        ),
    )
    assert Work.steps - before >= ALL_STEPS * count // RUNS
