"""The n-th hostile file: the same for the same number, whatever was made before it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from tests.proof.hostile import (
    attack_tables,
    attack_texts,
    attack_word,
    attack_word_bodies,
    attack_workbook,
    attack_workbook_cells,
    attack_workbook_parts,
)
from tests.proof.hostile.attack_texts import Attack
from tests.proof.hostile.bases import NAMES, PACKED, Bases
from tests.proof.hostile.mutations import OF_BYTES, OF_TEXT
from tests.proof.hostile.packages import OF_PACKAGES

BY_HAND = 4  # every such number is an attack that somebody thought of; the others are damage by chance
_GROUPS: Mapping[str, Mapping[str, Attack]] = {
    "transcripts": attack_texts.TRANSCRIPTS,
    "schedules": attack_texts.SCHEDULES,
    "tables": attack_tables.TABLES,
    "Word, parts": attack_word.PARTS,
    "Word, bodies": attack_word_bodies.BODIES,
    "workbooks, keys": attack_workbook.KEYS,
    "workbooks, cells": attack_workbook_cells.CELLS,
    "workbooks, parts": attack_workbook_parts.PARTS,
}
ATTACKS: list[tuple[str, Attack]] = [
    (f"{group}: {name}", attack) for group, attacks in _GROUPS.items() for name, attack in attacks.items()
]


@dataclass(frozen=True)
class Hostile:
    """One file. `how` says what was done to it, for a person who reads of a failure."""

    number: int
    kind: str
    how: str
    data: bytes

    @property
    def name(self) -> str:
        return NAMES[self.kind]

    def __str__(self) -> str:
        return f"file {self.number} ({self.kind}, {self.how})"


def hostile(number: int, bases: Bases) -> Hostile:
    if number % BY_HAND == 0:
        how, (kind, make) = ATTACKS[number // BY_HAND % len(ATTACKS)]
        return Hostile(number, kind, how, make(bases))
    chance = random.Random(f"hostile file {number}")
    kind = chance.choice(sorted(NAMES))
    mutations = (*OF_BYTES, *(OF_PACKAGES * 2 if kind in PACKED else OF_TEXT))
    data, done = chance.choice(bases[kind]), []
    for _ in range(chance.choice((1, 1, 1, 2))):
        mutation = chance.choice(mutations)
        try:
            data = mutation(chance, data, bases)
        except Exception:  # the first mutation left nothing that a second could be done to
            if not done:
                raise
            break
        done.append(mutation.__name__)
    return Hostile(number, kind, " and ".join(done), data)
