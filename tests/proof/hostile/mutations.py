"""Damage that a chance generator does: to bytes, to text, and to how text is stored."""

import random
from collections.abc import Callable, Sequence

from tests.proof.hostile.bases import Bases

Mutation = Callable[[random.Random, bytes, Bases], bytes]

_PIECES: Sequence[bytes] = (
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b[2J", b"\x85"),
    *(b"\r", b"\n", b"\r\n", b"\t", b'"', b'""', b"'", b",", b";", b"=", b":", b": ", b"- ", b"? ", b"#", b" # "),
    *(b"&a ", b"*a", b"!x ", b"{", b"}", b"[", b"]", b"|\n", b">-\n", b"---\n", b"...\n", b"%YAML 9\n", b"<<: ", b"~"),
    *(b"<", b">", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&", b"&#0;", b"&#xD800;", b"&x;", b"<?x", b"_xD800_"),
    *("\u202e".encode(), "\u2028".encode(), "\ufffe".encode(), "é".encode(), "😀".encode(), "\u0301\u0316".encode()),
    *(b"-1", b"0", b"1e999", b"nan", b"9" * 5_000, b"Participants: ", b"Interviewer: ", b"[00:00:01] ", b"sep=;\n"),
)


def bits(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """A few bits flipped, up to a hundred."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20, 100))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """The end, the beginning or a stretch between is gone."""
    one, other = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return chance.choice((data[:one], data[one:], data[:one] + data[other:], data[-3:], data[:1]))


def noise(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Random bytes in the place of others, between others, or of all."""
    at, length = chance.randrange(len(data)), chance.choice((1, 10, 1_000, 50_000))
    written = chance.randbytes(length)
    return chance.choice((data[:at] + written + data[at + length :], data[:at] + written + data[at:], written))


def splice(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """The beginning of one file and the end of another."""
    other = chance.choice(bases[chance.choice(sorted(bases))])
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def another(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Another kind of file altogether under this one's name."""
    return chance.choice(bases[chance.choice(sorted(bases))])


def repeated(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """A stretch over and over."""
    at = chance.randrange(len(data))
    piece = data[at : at + chance.choice((1, 3, 30, 1_000))]
    return data[:at] + piece * min(chance.choice((100, 10_000, 300_000)), 3_000_000 // len(piece)) + data[at:]


def pieces(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Signs that mean something to one format or another, strewn in."""
    for _ in range(chance.choice((1, 3, 30, 300))):
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice(_PIECES) * chance.choice((1, 1, 2, 50)) + data[at:]
    return data


def lines(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Lines shuffled, doubled, joined to one, or parted at every space."""
    listed = data.split(b"\n")
    way = chance.randrange(5)
    if way == 0:
        chance.shuffle(listed)
    elif way == 1:
        listed = [line for line in listed for _ in range(chance.choice((1, 1, 2, 200)))]
    elif way == 2:
        return b" ".join(listed)
    elif way == 3:
        return data.replace(b" ", b"\n")
    else:
        listed = [b" " * chance.choice((0, 0, 1, 2, 300)) + line.strip() for line in listed]
    return b"\n".join(listed)


def deep(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Something opened again and again, and never closed."""
    at = data.find(b"\n", chance.randrange(len(data))) + 1
    opened = chance.choice((b"[", b"{a: ", b"- ", b"? ", b"> ", b"(", b'"', b"*", b"# ", b"<b>", b"  - a:\n"))
    return data[:at] + opened * chance.choice((30, 1_000, 100_000)) + data[at:]


def stored_otherwise(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """In another encoding, with or without its mark, and perhaps with half a letter at the end."""
    codec = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "mac_roman", "shift_jis"))
    stored = data.decode("utf-8", "replace").encode(codec, "replace")
    return stored[: len(stored) - chance.choice((0, 0, 1))]


def mixed_encodings(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """Each stretch in an encoding of its own."""
    text, stored = data.decode("utf-8", "replace"), b""
    while text:
        length = chance.choice((1, 50, 2_000, 100_000))
        codec = chance.choice(("utf-8", "utf-8", "cp1252", "utf-16-le", "cp1251", "shift_jis"))
        stored, text = stored + text[:length].encode(codec, "replace"), text[length:]
    return stored


def lone_surrogates(chance: random.Random, data: bytes, bases: Bases) -> bytes:
    """UTF-16 with halves of pairs in it."""
    text = list(data.decode("utf-8", "replace"))
    for _ in range(chance.choice((1, 20, 500))):
        text.insert(chance.randrange(len(text)), chance.choice("\ud800\udbff\udc00\udfff"))
    codec = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-8"))
    return "".join(text).encode(codec, "surrogatepass")


OF_BYTES: tuple[Mutation, ...] = (bits, cut, noise, splice, another, repeated, pieces)
OF_TEXT: tuple[Mutation, ...] = (lines, deep, stored_otherwise, mixed_encodings, lone_surrogates)
