"""A heading is found by key, number or name; what is not found, or is not unique, is told with what may be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import QualkitError
from qualkit.framework.find import find_heading
from qualkit.framework.keys import with_keys
from qualkit.framework.numbering import numbered
from qualkit.model.schedule import Framework
from tests.framework.made_up import category, framework, frameworks

GUIDE = framework(
    category("Managing pain", "Medicines and side effects", "Other", "Talking: doctors", part="Pain"),
    category("Sleep / rest", "Other", "Café", part="Pain"),
    category("Barriers", "Cost", "2.1", part="Pain"),
    category("Barriers", "Cost", "Signal", part="Digital"),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.1", "1.1"),
        ("1.1.", "1.1"),
        ("  medicines AND  side effects ", "1.1"),
        ("1.1 Medicines and side effects", "1.1"),
        ("Managing pain / Other", "1.2"),
        ("managing pain: other", "1.2"),
        ("1/Other", "1.2"),
        ("Talking: Doctors", "1.3"),
        ("Managing pain / Talking: doctors", "1.3"),
        ("Sleep / rest / Other", "2.1"),
        ("Sleep/rest: other", "2.1"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "2.2"),
        ("Pain / Barriers / Cost", "3.1"),
        ("digital: barriers: cost", "4.1"),
        ("Signal", "4.2"),
    ],
)
def test_found(text: str, number: str) -> None:
    assert find_heading(GUIDE, text).number == number


def test_found_by_key_in_any_case() -> None:
    for heading in GUIDE.headings():
        assert find_heading(GUIDE, f" {heading.key.upper()} ") == heading


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Other", "may mean 2 headings", "“Managing pain / Other”"),
        ("Barriers / Cost", "may mean 2 headings", "“Pain / Barriers / Cost”"),
        ("2.1", "may mean 2 headings", "Write its key"),
        ("Medicine and side effect", "is no heading", "“1.1 Medicines and side effects”"),
        ("medicines", "is no heading", "“1.1 Medicines and side effects”"),
        ("sleep / rest", "it is a category", "“2.1 Other” or “2.2 Café”"),
        ("1", "it is a category", "“1.1 Medicines and side effects”"),
        ("1.9", "is no heading", "The headings of category 1 are 1.1 to 1.3."),
        ("9.1", "is no heading", "numbered 1 to 4"),
        ("qqqq", "is no heading", "Its headings: “1.1 Medicines and side effects”"),
        ("", "nothing is there", "key"),
        (" \t", "nothing is there", "key"),
        ("x" * 100_000, "xxx...”", "Its headings"),
    ],
)
def test_not_found(text: str, message: str, hint: str) -> None:
    with pytest.raises(QualkitError) as told:
        find_heading(GUIDE, text)
    assert message in told.value.message
    assert hint in told.value.hint
    assert len(told.value.message) < 400


@given(frameworks(), st.data())
def test_every_heading_is_found_by_its_key_and_number_unless_a_name_is_spelt_so(
    drawn: Framework, data: st.DataObject
) -> None:
    framework = numbered(with_keys(drawn))
    for heading in framework.headings():
        assert find_heading(framework, heading.key) == heading
        if all(heading.number not in other.name for other in framework.headings()):
            assert find_heading(framework, heading.number) == heading


@given(frameworks(), st.text())
def test_any_text_finds_a_heading_or_is_told(drawn: Framework, text: str) -> None:
    framework = numbered(with_keys(drawn))
    try:
        found = find_heading(framework, text)
    except QualkitError as refused:
        told = refused
    else:
        told = None
        assert found in list(framework.headings())
    assert told is None or (told.message and told.hint)
