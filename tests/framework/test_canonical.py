"""A framework is kept as one text, the same wherever it is made."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import FAULT, QualkitError
from qualkit.framework.canonical import from_canonical, sha256_of, to_canonical
from qualkit.model.schedule import Framework
from tests.framework.made_up import category, framework, frameworks


@given(frameworks())
def test_there_and_back(drawn: Framework) -> None:
    assert from_canonical(to_canonical(drawn)) == drawn
    assert json.loads(to_canonical(drawn))


@given(frameworks(), frameworks())
def test_the_hash_tells_two_frameworks_apart(one: Framework, other: Framework) -> None:
    assert (sha256_of(one) == sha256_of(other)) == (one == other)


def test_the_text_is_fixed() -> None:
    content = to_canonical(framework(category("A", "é"), name="F"))
    assert content == (
        '{"categories":[{"headings":[{"key":"h-be7a3959","name":"é","number":"1.1"}],"key":"c-7985d720","name":"A",'
        '"number":"1"}],"key":"f-f67ab10a","name":"F","version":"1"}'
    )


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"later":1}', '{"name":2}', '{"categories":[1]}', '{"categories":{"a":1}}', "[" * 100_000],
)
def test_what_a_newer_version_wrote_is_a_fault_with_a_hint(content: str) -> None:
    with pytest.raises(QualkitError, match="cannot be read") as told:
        from_canonical(content)
    assert told.value.exit_code == FAULT
    assert "update qualkit" in told.value.hint


@given(st.text())
def test_any_text_is_a_framework_or_a_fault(content: str) -> None:
    with pytest.raises(QualkitError):
        from_canonical(content)
