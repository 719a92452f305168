"""A framework as one text and back: what the study keeps of every version, the same on every machine.

Empty fields are left out, so that a field that a later release adds does not change the hash of older schedules.
"""

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any, TypeVar

from qualkit.errors import FAULT, QualkitError
from qualkit.model.schedule import Category, Framework, Heading

_Noun = TypeVar("_Noun", bound=Framework | Category | Heading)
_NESTED: dict[str, type[Category] | type[Heading]] = {"categories": Category, "headings": Heading}
_LISTS = {"questions", "prompts", "keywords", "asked_of"}


def to_canonical(framework: Framework) -> str:
    """Canonical JSON: sorted fields, no spaces, no empty fields, every sign as itself."""
    return json.dumps(_full(asdict(framework)), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(framework: Framework) -> str:
    """The hash by which two versions of a framework are the same, in hexadecimal digits."""
    return hashlib.sha256(to_canonical(framework).encode("utf-8")).hexdigest()


def from_canonical(content: str) -> Framework:
    """The framework that `to_canonical` wrote."""
    try:
        return _noun(Framework, json.loads(content))
    except (ValueError, TypeError, RecursionError) as fault:
        raise QualkitError(
            f"A framework kept in the study cannot be read ({type(fault).__name__}).",
            "The study may have been written by a newer qualkit: update qualkit, then try again.",
            FAULT,
        ) from fault


def _full(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _full(inner) for name, inner in value.items() if inner not in ("", ())}
    return [_full(inner) for inner in value] if isinstance(value, tuple) else value


def _noun(noun: type[_Noun], data: Any) -> _Noun:
    if not isinstance(data, dict):
        raise TypeError(noun.__name__)
    if unknown := data.keys() - {field.name for field in fields(noun)}:
        raise ValueError(f"unknown fields: {sorted(unknown)}")
    given: dict[str, Any] = {field.name: _empty(field.name) for field in fields(noun)}
    return noun(**given | {name: _value(name, value) for name, value in data.items()})


def _empty(name: str) -> str | tuple[()]:
    return () if name in _LISTS or name in _NESTED else ""


def _value(name: str, value: Any) -> str | tuple[Any, ...]:
    if name in _NESTED:
        return tuple(_noun(_NESTED[name], inner) for inner in _listed(value))
    if name in _LISTS:
        return tuple(_text(inner) for inner in _listed(value))
    return _text(value)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value
