"""codebook.csv: themes and their parents."""

import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.framework.keys import derive
from qualkit.ingest.tables.codebook import CodebookFile, read_codebook
from tests.tables.made_up import written


def read(folder: Path, text: str) -> CodebookFile:
    return read_codebook(written(folder, text, "codebook.csv"))


def told(file: CodebookFile) -> list[str]:
    return [f"{problem.place}: {problem.what}" for problem in file.problems]


def test_a_row(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "key,name,parent,level,definition,not,example,status,from,until,coder,reason\n"
        "t-1,Work  of pain,,theme,That pain is work.,Not tiredness.,x,final,2025-03-03,4 March 2025,Ann,merged\n",
    )
    (row,) = file.rows
    assert (row.key, row.name, row.level, row.is_not) == ("t-1", "Work of pain", "theme", "Not tiredness.")
    assert (row.valid_from, row.valid_until, row.coder, row.reason) == ("2025-03-03", "2025-03-04", "Ann", "merged")
    assert (row.definition, row.example, row.status, row.parent) == ("That pain is work.", "x", "final", "")
    assert not file.problems
    assert not file.given


def test_parents_by_key_and_by_name_in_any_order(tmp_path: Path) -> None:
    file = read(tmp_path, "key,name,parent\nt-2,Child,parent\nt-1,Parent,\n,Grandchild,T-2\n")
    child, parent, grandchild = file.rows
    assert (child.parent, parent.parent, grandchild.parent) == ("t-1", "", "t-2")
    assert grandchild.key == derive("t", ["Parent", "Child", "Grandchild"])
    assert file.given == (grandchild.key,)
    assert not file.problems


def test_a_parent_that_is_not_there(tmp_path: Path) -> None:
    file = read(tmp_path, "key,name,parent\nt-1,Work,\nt-2,Sleep,Wrok\n")
    assert file.rows[1].parent == "Wrok"
    assert told(file) == ["row 3: no theme of this file has the name or key “Wrok”; the parent is kept as written."]
    assert file.problems[0].remedy == "Did you mean “Work”?"


def test_a_parent_that_may_be_two(tmp_path: Path) -> None:
    file = read(tmp_path, "key,name,parent\na,A,\nb,B,\nx,Same,A\ny,Same,B\nc,Child,Same\n")
    assert file.rows[4].parent == ""
    assert told(file) == ["row 6: the parent “Same” may be any of the rows 4 and 5. It is read without a parent."]


def test_circles(tmp_path: Path) -> None:
    file = read(tmp_path, "name,parent\nA,B\nB,C\nC,A\nD,D\nE,A\n")
    assert told(file) == [
        "row 4: “A” (row 2), “B” (row 3) and “C” (row 4) stand under each other in a circle. "
        "This one is read without a parent.",
        "row 5: “D” (row 5) stands under itself. This one is read without a parent.",
    ]
    by_name = {row.name: row for row in file.rows}
    assert by_name["C"].parent == by_name["D"].parent == ""
    assert by_name["A"].parent == by_name["B"].key
    assert by_name["E"].key == derive("t", ["C", "B", "A", "E"])


def test_doubles(tmp_path: Path) -> None:
    file = read(tmp_path, "key,name,parent\nt-1,Work,\nT-1,Sleep,\n,work,\nt-3,Work,\n,,\nt-4,,\n")
    assert told(file) == [
        "row 3: the key “T-1” has a row already (row 2). This row is left out.",
        "row 4: two themes are called “work” under one parent, here and in row 2. This row is left out.",
        "row 5: two themes are called “Work” under one parent, here and in row 2.",
        "row 7: the theme has no name. The row is left out.",
    ]
    assert [row.key for row in file.rows] == ["t-1", "t-3"]


def test_a_row_for_each_period_of_a_theme(tmp_path: Path) -> None:
    text = "key,name,parent,from,until\nt-1,Work,,2025-01-01,2025-02-01\nt-1,Labour,,2025-02-01,\nt-2,Child,Labour,,\n"
    file = read(tmp_path, text)
    assert not file.problems
    assert [row.name for row in file.rows] == ["Work", "Labour", "Child"]
    assert file.rows[2].parent == "t-1"


def test_keys_and_dates_that_cannot_be_used(tmp_path: Path) -> None:
    file = read(tmp_path, "key,name,from,until\na b,Work,soon,\nt-2,Sleep,2025-03-03,2025-01-01\n")
    assert file.rows[0].key == derive("t", ["Work"])
    assert told(file) == [
        "row 2: “a b” is no key; the theme is given one.",
        "row 2: from “soon” is no clear day; it is kept as written.",
        "row 3: until (2025-01-01) lies before from (2025-03-03).",
    ]


def test_a_long_chain_and_many_namesakes_end_in_time(tmp_path: Path) -> None:
    chain = "name,parent\n" + "".join(f"T{n},T{n + 1}\n" for n in range(20_000))
    began = time.perf_counter()
    assert len(read(tmp_path, chain).rows) == 20_000
    same = "key,name,parent\n" + "".join(f"k{n},Same,k{n - 1}\n" for n in range(5_000))
    assert len(read(tmp_path, same).rows) == 5_000
    assert time.perf_counter() - began < 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b", "c", "d", "e"])] * 3), max_size=8))
def test_any_family_is_a_forest_with_unique_keys(tmp_path: Path, themes: list[tuple[str, str, str]]) -> None:
    text = "key,name,parent\n" + "".join(",".join(theme) + "\n" for theme in themes)
    rows = read(tmp_path, text).rows
    keys = {row.key: row for row in rows}
    assert len(keys) == len(rows)
    assert all(keys)
    for row in rows:
        seen = [row.key]
        while (row := keys.get(row.parent, row)).key not in seen:
            seen.append(row.key)
        assert row.parent not in keys  # the way up ends at a theme without a parent in the file
