"""The codebook: themes, developed by people. Each row is a theme as one coder left it on one day."""

from dataclasses import dataclass

from qualkit.model.rows import Row


@dataclass(frozen=True, kw_only=True)
class Theme(Row):
    """A theme: a central meaning, stated in its definition. Dates are ISO days."""

    key: str
    name: str
    parent: str = ""  # key
    level: str = ""
    definition: str = ""
    is_not: str = ""
    example: str = ""
    status: str = ""
    valid_from: str = ""
    valid_until: str = ""
    reason: str = ""
    coder: str = ""

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.key,)
