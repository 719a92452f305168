"""The fields of a schedule, as pydantic checks them. What it finds is told in `schedule_faults`."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from qualkit.framework.near import spaced
from qualkit.ingest.schedule.text import LONGEST_NAME
from qualkit.ingest.tables.dates import iso_day

_LONGEST_TEXT = 20_000  # signs
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # from escapes such as "\x07"
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BETWEEN_WORDS = re.compile(r"[;,\n]")


def told(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("told", "fault", {"what": what, "remedy": remedy})


def _readable(text: str) -> str:
    if _CONTROL.search(text):
        raise told("holds a character that no text holds.", "Take out the escape (a backslash with a code).")
    if len(text) > _LONGEST_TEXT:
        raise told(f"has {len(text):,} signs, far more than anybody asks.", "Look whether a quotation mark is missing.")
    return text.strip()


def _short(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise told(f"has {len(text):,} signs, far more than a name.", "Write a short one, and the rest as definition.")
    return text


def _filled(text: str) -> str:
    if not text:
        raise told("is empty.", "Write a text, or take the line out.")
    return text


def _key(text: str) -> str:
    if text and not _KEY.fullmatch(text):
        remedy = "Keys are given by qualkit, such as h-19bd03aa: take the line out and a key is written in."
        raise told("is no key: a letter, then letters, digits, - and _.", remedy)
    return text


def _day(text: str) -> str:
    day = iso_day(text)
    if text and not day:
        raise told("is no clear day.", "Write year-month-day, such as 2015-06-01.")
    return day or ""


def _language(text: str) -> str:
    if text and not _LANGUAGE.fullmatch(text):
        raise told("is no code of a language.", "Write two letters, such as en for English.")
    return text


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _words(value: Any) -> Any:
    """Words are also taken from one line of text, split at commas; questions are not, they hold commas."""
    return [word for word in _BETWEEN_WORDS.split(value) if word.strip()] if isinstance(value, str) else value


Text = Annotated[str, AfterValidator(_readable)]
Filled = Annotated[Text, AfterValidator(_filled)]
Name = Annotated[Text, AfterValidator(_short), AfterValidator(spaced), AfterValidator(_filled)]
Key = Annotated[Text, AfterValidator(_key)]
Texts = Annotated[tuple[Filled, ...], BeforeValidator(_listed)]
Words = Annotated[tuple[Annotated[Filled, AfterValidator(_short)], ...], BeforeValidator(_words)]


class _Level(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HeadingFields(_Level):
    name: Name
    key: Key = ""
    definition: Text = ""
    questions: Texts = ()
    prompts: Texts = ()
    keywords: Words = ()
    asked_of: Words = ()


class CategoryFields(_Level):
    name: Name
    key: Key = ""
    headings: tuple[HeadingFields, ...] = ()


class PartFields(_Level):
    name: Name
    categories: tuple[CategoryFields, ...] = ()


class ScheduleFields(_Level):
    framework: Name
    key: Key = ""
    version: Text = "1"
    used_from: Annotated[Text, AfterValidator(_day)] = ""
    language: Annotated[Text, AfterValidator(_language)] = ""
    parts: tuple[PartFields, ...] = ()
    categories: tuple[CategoryFields, ...] = ()
