"""Markdown: front matter, comments, signs of headings and of quoted blocks come off; the rest stays as written."""

import re
from collections.abc import Iterator, Sequence

from qualkit.ingest.content import refuse_other_than_text
from qualkit.ingest.decode import decode
from qualkit.ingest.interface import Line, Reading
from qualkit.model.rows import Problem

_FRONT_MATTER = 200  # lines; what is longer is none
_VALUE = 2000  # signs of a value in it; what stands further on names nobody
_KEY = re.compile(r"([^\s:#-][^:]{0,62}):(?:\s+(.*))?")
_ITEM = re.compile(r"\s*-\s+(.*)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_UNDERLINED = re.compile(r"={3,}\s*")
_QUOTED = re.compile(r"(?: {0,3}> ?)+")


class Md:
    name = "md 1"
    extensions: tuple[str, ...] = (".md", ".markdown")

    def read(self, data: bytes, file: str) -> Reading:
        refuse_other_than_text(data, file)
        decoded = decode(data, file)
        texts = decoded.text.split("\n")
        problems = list(decoded.problems)
        fields, end = front_matter(texts)
        if end:
            what = "The front matter was not read as speech."
            problems.append(Problem(file, f"lines 1 to {end}", what, dropped="\n".join(texts[:end]), serious=False))
            texts[:end] = [""] * end
        for n, comment in _take_comments(texts):
            what = "A comment was not read as speech."
            problems.append(Problem(file, f"line {n}", what, dropped=comment, serious=False))
        return Reading(tuple(_lines(texts)), decoded.encoding, tuple(problems), fields)


def front_matter(texts: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], int]:
    """Keys and values between two lines of dashes at the top, and how many lines they take; 0 where there is none.

    Two rules around some talk are not front matter: there a key comes twice, or a line has none.
    """
    if not texts or texts[0].strip() != "---":
        return (), 0
    fields: list[tuple[str, str]] = []
    keys: set[str] = set()
    key = ""
    for n, text in enumerate(texts[1:_FRONT_MATTER], start=2):
        if text.strip() in ("---", "..."):
            return (tuple(fields), n) if keys else ((), 0)
        found = _KEY.fullmatch(text)
        item = _ITEM.fullmatch(text)
        if found and found[1] not in keys:
            key = found[1]
            keys.add(key)
            values = re.split(r"\s*,\s*", (found[2] or "")[:_VALUE].strip("[] "))
        elif found or not (item or text[:1] in ("", " ", "\t", "#")):
            return (), 0
        else:
            values = [item[1]] if item else []
        fields += [(key, value.strip("\"' ")) for value in values if value.strip("\"' ")]
    return (), 0


def _take_comments(texts: list[str]) -> Iterator[tuple[int, str]]:
    """Take <!-- comments --> out, over lines too; one that never ends is text. Gives those that begin on each line."""
    whole, kept, at, line = "\n".join(texts), [], 0, 1
    begun: dict[int, list[str]] = {}
    while (start := whole.find("<!--", at)) >= 0 and (end := whole.find("-->", start)) >= 0:
        line += whole.count("\n", at, start)
        begun.setdefault(line, []).append(whole[start + 4 : end].strip())
        kept += [whole[at:start], "\n" * whole.count("\n", start, end)]
        line += whole.count("\n", start, end)
        at = end + 3
    texts[:] = "".join([*kept, whole[at:]]).split("\n")
    yield from ((line, "\n".join(comments)) for line, comments in begun.items())


def _without_closing_signs(heading: str) -> str:
    """## A heading ## may close as it opens. No regular expression: on a line of spaces it would take for ever."""
    text = heading.rstrip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else text


def _lines(texts: Sequence[str]) -> Iterator[Line]:
    for n, text in enumerate(texts, start=1):
        text = _QUOTED.sub("", text, count=1) if text.lstrip().startswith(">") else text
        below = texts[n] if n < len(texts) else ""
        if found := _HEADING.fullmatch(text):
            yield Line(_without_closing_signs(found[1]), f"line {n}", heading=True)
        else:
            titled = bool(_UNDERLINED.fullmatch(below)) and (n == 1 or not texts[n - 2].strip())
            yield Line(text, f"line {n}", heading=titled and bool(text.strip()))
