"""Where sentences begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qualkit.language.sentences import Sentences


def parts(text):
    (starts,) = Sentences("en").starts([text])
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "You write it in words and figures. [telephone rings] Sorry, I have to take this one.",
            ["You write it in words and figures. ", "[telephone rings] Sorry, I have to take this one."],
        ),
        (
            "He came in on the Monday. (She had told him.) That was all he did.",
            ["He came in on the Monday. ", "(She had told him.) ", "That was all he did."],
        ),
        (
            "It went on for weeks. \u201cNot bad,\u201d I said.",
            ["It went on for weeks. ", "\u201cNot bad,\u201d I said."],
        ),
        ("It hurts. [pause]", ["It hurts. ", "[pause]"]),
    ],
)
def test_what_opens_belongs_to_what_follows(text, expected):
    found = parts(text)
    assert not any(part.rstrip().endswith(("[", "(", "\u201c")) for part in found)
    assert [part.strip() for part in found if part.strip(" []()")] == [part.strip() for part in expected]


@given(some.text(alphabet="ab. ?![]()\u201c\u201d\n", max_size=60))
def test_starts_rise_and_lie_within_the_text(text):
    (starts,) = Sentences("en").starts([text])
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    assert all(start < max(1, len(text)) for start in starts)
