"""Keys are given once, by the path of names, and stay; numbers follow the order."""

import hashlib
import unicodedata
from dataclasses import replace

from hypothesis import given

from qualkit.framework.keys import derive, keys_of, with_keys
from qualkit.framework.numbering import numbered
from qualkit.model.schedule import Framework, Heading
from tests.framework.made_up import category, framework, frameworks


def test_a_key_is_eight_digits_of_the_path_of_names() -> None:
    digits = hashlib.sha256(b"Pain\x1f\x1fAt home\x1fSleep").hexdigest()
    one = framework(category("At home", "Sleep"), name="Pain")
    assert one.categories[0].headings[0].key == f"h-{digits[:8]}"
    assert [key[:2] for key in keys_of(one)] == ["f-", "c-", "h-"]


def test_composed_accents_and_spacing_make_no_other_key() -> None:
    composed, decomposed = (unicodedata.normalize(form, "Café  at home") for form in ("NFC", "NFD"))
    assert derive("h", [composed]) == derive("h", [decomposed]) == derive("h", ["Café at home "])


def test_the_same_name_elsewhere_has_another_key() -> None:
    one = framework(category("Pain", "Other"), category("Sleep", "Other"), category("Pain", "Other", part="Two"))
    assert len(set(keys_of(one))) == 7
    assert derive("h", ["a", "b / c"]) != derive("h", ["a / b", "c"])


def test_a_renamed_heading_keeps_its_key_and_its_old_name_gets_a_longer_one() -> None:
    first = framework(category("Pain", "Sleep"))
    key = first.categories[0].headings[0].key
    renamed = category("Pain", Heading(key, "", "Rest"), Heading("", "", "Sleep"), key=first.categories[0].key)
    second = with_keys(replace(first, categories=(renamed,)))
    rest, sleep = second.categories[0].headings
    assert rest.key == key
    assert sleep.key.startswith(key)
    assert len(sleep.key) == len(key) + 4
    assert with_keys(replace(first, categories=(renamed,))) == second


def test_keys_never_run_out() -> None:
    digits = hashlib.sha256(b"a").hexdigest()
    taken = {f"h-{digits[:length]}" for length in range(8, 65)}
    assert derive("h", ["a"], taken) not in taken


def test_numbers_run_through_all_parts() -> None:
    one = framework(category("A", "x", "y", part="1"), category("B", "z", part="2"))
    assert [c.number for c in one.categories] == ["1", "2"]
    assert [heading.number for heading in one.headings()] == ["1.1", "1.2", "2.1"]


@given(frameworks())
def test_keys_are_unique_complete_and_given_once(drawn: Framework) -> None:
    once = with_keys(drawn)
    keys = list(keys_of(once))
    assert all(keys)
    assert len(set(keys)) == len(keys)
    assert with_keys(once) == once
    assert numbered(numbered(once)) == numbered(once)
