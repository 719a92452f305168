"""Who took part: participants, what is known of them, and the cases that are the rows of a matrix."""

from dataclasses import dataclass

from qualkit.model.rows import Row


@dataclass(frozen=True, kw_only=True)
class Participant(Row):
    """A person: the unit of consent, withdrawal and counting. `shown` is the id that readers see."""

    key: str
    shown: str
    group: str = ""
    retired: bool = False  # made from a speaker label, and replaced by a person from cases.csv

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.key,)


@dataclass(frozen=True, kw_only=True)
class Attribute(Row):
    """One thing known of a participant (age, sex, setting ...), kept as written: "007" and "NA" are data."""

    participant: str  # key
    name: str
    value: str

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.participant, self.name)


@dataclass(frozen=True, kw_only=True)
class Case(Row):
    """A row of the matrix: one participant or several (a couple)."""

    key: str
    shown: str
    retired: bool = False

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.key,)


@dataclass(frozen=True, kw_only=True)
class Membership(Row):
    """A participant belongs to a case, or no longer does."""

    case: str  # key
    participant: str  # key
    member: bool = True

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.case, self.participant)
