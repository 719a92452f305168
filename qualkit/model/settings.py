"""What a study has settled for all its copies, such as its language."""

from dataclasses import dataclass

from qualkit.model.rows import Row


@dataclass(frozen=True, kw_only=True)
class Setting(Row):
    name: str
    value: str

    @property
    def slot(self) -> tuple[object, ...]:
        return (self.name,)
