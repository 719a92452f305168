"""One command, one transaction, one event."""

import dataclasses
import multiprocessing

import pytest

from qualkit.errors import QualkitError
from qualkit.model.people import Participant
from qualkit.model.rows import Row
from qualkit.store import database
from qualkit.store.study import Study
from qualkit.store.tables import TABLES


def person(n: int = 1, **values) -> Participant:
    return Participant(key=f"p-{n}", shown=f"P{n}", **values)


@pytest.fixture
def study(tmp_path):
    with Study.create(tmp_path / "study") as made:
        yield made


def test_what_is_recorded_is_read_back(study):
    with study.recording("test", "ann") as record:
        first = record.add(person(group="patient"))
    with study.recording("test", "ben") as record:
        second = record.add(dataclasses.replace(first, group="caregiver", supersedes=(first.id,)))
    assert study.rows(Participant) == [second]
    assert study.history(Participant) == [first, second]
    one, two = study.events()
    assert (one.coder, two.coder, two.parents) == ("ann", "ben", (one.id,))


def test_a_command_that_fails_half_way_leaves_nothing(study):
    def fails() -> None:
        with study.recording("test", "ann") as record:
            record.add(person())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert study.rows(Participant) == []
    assert study.events() == []
    assert study.connection.execute("SELECT count(*) FROM words WHERE id != ''").fetchone() == (0,)


def test_what_was_read_inside_a_command_that_failed_is_forgotten(study):
    def fails() -> None:
        with study.recording("test", "ann") as record:
            record.add(person())
            assert len(study.rows(Participant)) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert study.rows(Participant) == []


def test_a_command_that_changes_nothing_is_no_event(study):
    with study.recording("look", "ann"):
        pass
    assert study.events() == []
    assert study.connection.execute("SELECT coder, command FROM run_log").fetchall() == [("ann", "look")]


def test_rows_are_seen_inside_the_transaction_that_writes_them(study):
    with study.recording("test", "ann") as record:
        for n in range(3):
            record.add(person(n))
            assert len(study.rows(Participant)) == n + 1


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(study, monkeypatch):
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
    with Study.open(study.file) as other:
        other.connection.execute("PRAGMA busy_timeout = 100")
        with study.recording("test", "ann") as record:
            record.add(person())
            with pytest.raises(QualkitError, match="being written by another program"), other.recording("test", "ben"):
                pass
        assert len(other.rows(Participant)) == 1  # what it had read before is read again


def _write_many(file, coder: str) -> None:
    with Study.open(file) as study:
        for n in range(40):
            with study.recording("test", coder) as record:
                record.add(Participant(key=f"{coder}-{n}", shown=f"{coder}{n}"))


def test_two_processes_that_write_at_once_lose_nothing(study):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_many, args=(study.file, coder)) for coder in ("ann", "ben")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(study.rows(Participant)) == 80
    events = study.events()
    assert len(events) == 80
    assert all(len(event.parents) == 1 for event in events[1:])  # one line of history: nobody wrote beside another


@pytest.mark.parametrize("noun", TABLES)
def test_every_noun_has_a_column_for_each_field(study, noun):
    table = TABLES[noun]
    columns = {row[1] for row in study.connection.execute(f"PRAGMA table_info({table.name})")}
    assert columns == {"id", *(table.column(field) for field in table.fields)}


def test_every_row_of_the_model_has_a_table():
    def below(noun):
        return {noun, *(each for sub in noun.__subclasses__() for each in below(sub))}

    assert below(Row) - {Row} == set(TABLES)


def test_no_text_stands_outside_the_table_of_words(sample):
    """A sentinel in every text of a study is found in `words` only."""
    tables = [row[0] for row in sample.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    said = "Well, the moan's there when I open my eyes"
    for name in ("Rab", "PT01.txt", said, "retired", "bus driver"):
        for table in tables:
            for row in sample.connection.execute(f"SELECT * FROM {table}"):
                hit = any(isinstance(value, str) and name in value for value in row)
                assert not hit or table == "words", f"{name} stands in {table}"
