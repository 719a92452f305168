"""Frameworks and schedules for the tests: one by hand, and any that hypothesis can think of."""

from collections.abc import Sequence

from hypothesis import strategies as st

from qualkit.framework.keys import with_keys
from qualkit.framework.numbering import numbered
from qualkit.model.schedule import Category, Framework, Heading

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufeff\u2028\u2029"), max_size=30
)
names = texts.map(lambda text: " ".join(text.split())).filter(bool)
lists = st.lists(names, max_size=3).map(tuple)


def framework(*categories: Category, name: str = "Pain at home", version: str = "1") -> Framework:
    return with_keys(numbered(Framework("", name, version, categories)))


def category(name: str, *headings: str | Heading, part: str = "", key: str = "") -> Category:
    made = (Heading("", "", one) if isinstance(one, str) else one for one in headings)
    return Category(key, "", name, part, tuple(made))


def unique(values: Sequence[str]) -> list[str]:
    return list({value.casefold(): value for value in values}.values())


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """Any framework, with keys here and there."""

    def heading(name: str) -> Heading:
        given = [draw(lists) for _ in range(4)]
        return Heading("", "", name, draw(texts), *given)

    categories = [
        Category("", "", name, draw(st.sampled_from(["", "Part one", "Part two"])), tuple(map(heading, headings)))
        for name in unique(draw(st.lists(names, max_size=3)))
        for headings in [unique(draw(st.lists(names, max_size=3)))]
    ]
    return Framework("", draw(names), draw(names), tuple(categories), draw(texts), draw(texts))
