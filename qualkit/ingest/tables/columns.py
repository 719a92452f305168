"""The first row of a table: which columns it has, which it should have, and which were perhaps meant."""

import re
from dataclasses import dataclass

from qualkit.errors import QualkitError
from qualkit.framework.near import choice, spaced
from qualkit.ingest.tables.files import refusal
from qualkit.ingest.tables.telling import Likeness, shown
from qualkit.model.rows import Problem

MOST = 1_000  # columns
_BETWEEN = re.compile(r"[\s_-]+")


@dataclass(frozen=True)
class Layout:
    """What a table may hold. `open`: any further column is welcome (an attribute); `long`: texts, not names or days."""

    known: tuple[str, ...]
    required: tuple[str, ...]
    open: bool = False
    long: tuple[str, ...] = ()


@dataclass(frozen=True)
class Columns:
    """Where each column stands, by folded name; `unnamed` are places without a name."""

    named: dict[str, int]
    unnamed: tuple[int, ...]
    width: int
    problems: tuple[Problem, ...]


def fold_column(name: str) -> str:
    """Consent form, consent_form and CONSENT-FORM are one column."""
    return _BETWEEN.sub("_", name.strip().casefold()).strip("_")


def columns_of(file: str, n: int, header: list[str], layout: Layout) -> Columns:
    """The columns of a header in row `n`. Raises QualkitError for all that is missing, doubled or unknown."""
    if len(header) > MOST:
        what = f"{file}, row {n}: it has {len(header):,} columns, more than any table of a study."
        raise QualkitError(what, f"Look whether this is the file that you mean. {_all(layout)}")
    place, wrong, problems, likeness = f"row {n}", [], [], Likeness()
    named: dict[str, int] = {}
    for at, written in enumerate(header):
        name = fold_column(written)
        if name in named:
            what = f"two columns are called {shown(written)}, the {named[name] + 1}. and the {at + 1}."
            wrong.append(Problem(file, place, what, "Rename one, or take it out."))
        elif name:
            named[name] = at
    missing = [name for name in layout.required if name not in named]
    for name in missing:
        wrong.append(Problem(file, place, f"the column {shown(name)} is missing.", _hint(likeness, name, named)))
    unused = [name for name in layout.known if name not in named]
    for name, at in named.items():
        if name in layout.known:
            continue
        written, meant = spaced(header[at]), likeness.near(name, unused)
        if not layout.open:
            what = f"{shown(written)} is no column of this table."
            wrong.append(Problem(file, place, what, likeness.did_you_mean(name, layout.known) or _all(layout)))
        elif meant and not missing:
            what = f"{shown(written)} is taken as an attribute."
            remedy = f"If {choice(meant[:1])} is meant, rename the column."
            problems.append(Problem(file, place, what, remedy, serious=False))
    if wrong:
        raise refusal(wrong, _all(layout))
    unnamed = tuple(at for at, written in enumerate(header) if not fold_column(written))
    return Columns(named, unnamed, len(header), tuple(problems))


def _hint(likeness: Likeness, name: str, named: dict[str, int]) -> str:
    found = likeness.near(name, named)
    return f"Perhaps it is the one called {choice(found)}: rename that." if found else "Add it to the first row."


def _all(layout: Layout) -> str:
    further = "; any further column is an attribute" if layout.open else ""
    return f"Its columns are: {', '.join(layout.known)}{further}."
