"""Text is shared out over rows without losing a sign, and no row holds more than it can show."""

from hypothesis import given
from hypothesis import strategies as st

from qualkit.model.workbook import GOES_ON, WENT_ON, cell_text, units
from qualkit.report.workbook.measure import fitting, lines
from qualkit.report.workbook.pages import spread
from qualkit.report.workbook.pieces import Block, Limits, Run, share_out, shortened, text_of

texts = st.lists(
    st.one_of(st.text(st.sampled_from("abc. \nWi,?!"), max_size=200), st.text(max_size=30), st.just("word " * 90)),
    max_size=6,
).map("".join)
pixels = st.integers(60, 400)


@given(texts, pixels, st.integers(1, 12))
def test_fitting_agrees_with_lines(text: str, wide: int, most: int) -> None:
    text = text.rstrip()
    cut = fitting(text, wide, most)
    assert cut >= 1 or not text
    if lines(text, wide) <= most:
        assert cut == len(text)
    else:
        assert cut < len(text)
        assert cut == 1 or lines(text[:cut].rstrip(" \n"), wide) <= most


@given(st.lists(texts, max_size=4), pixels, st.booleans())
def test_nothing_is_lost(bodies: list[str], wide: int, headed: bool) -> None:
    limits = Limits(6, 8)
    bodies = [cell_text(text).rstrip() for text in bodies]
    head = "[P1:1] decided" if headed and wide > 150 else ""
    blocks = [
        Block((Run("a", t[: len(t) // 2]), Run("b", t[len(t) // 2 :])), head, "h", head and f"{head}, continued")
        for t in bodies
    ]
    shares = share_out(blocks, wide, limits)
    plain = "".join(text_of(share.runs) for share in shares)
    for ours in (GOES_ON, WENT_ON, "[P1:1] decided, continued", "[P1:1] decided", "\n"):
        plain = plain.replace(ours, "")
    wanted = "".join(bodies)
    for ours in (GOES_ON, WENT_ON, "\n"):
        wanted = wanted.replace(ours, "")
    assert plain == wanted
    for share in shares:
        assert share.lines <= limits.most
        assert lines(text_of(share.runs), wide) <= limits.most + 1


@given(texts, pixels)
def test_shortened_says_so(text: str, wide: int) -> None:
    short = shortened(text, wide, 3, "Cases")
    assert short == text or short.endswith("… (see Cases)")


def test_a_long_extract_is_parted_after_a_sentence() -> None:
    text = "This is a sentence of some length, and it ends here. " * 60
    shares = share_out([Block((Run("decided", text.strip()),), "[P1:4]", "h", "[P1:4] continued")], 260, Limits())
    assert len(shares) > 2
    for share in shares[:-1]:
        assert text_of(share.runs).removesuffix(GOES_ON).rstrip().endswith("here.")


def test_letters_keep_their_marks() -> None:
    for share in share_out([Block((Run("decided", "e\u0301" * 20_000),))], 260, Limits()):
        text = text_of(share.runs).removesuffix(GOES_ON).removeprefix(WENT_ON)
        assert text.startswith("e")
        assert text.endswith("\u0301")
        assert units(text) <= 32_767


def test_cell_text_twice_is_once() -> None:
    odd = "".join(map(chr, range(160))) + "\r\n_x000D_ _x005F_x000D_ \ud800\uffff"
    once = cell_text(odd)
    assert cell_text(once) == once
    assert "\r" not in once
    assert "␀" in once


@given(st.lists(st.integers(20, 700), min_size=1, max_size=40), st.integers(0, 3), st.integers(70, 90))
def test_pages_hold_all_columns_at_a_legible_scale(widths: list[int], repeated: int, least: int) -> None:
    repeated = min(repeated, len(widths))
    made = spread(widths, repeated, 100, least)
    assert least <= made.scale <= 100
    assert list(made.breaks) == sorted(set(made.breaks))
    assert all(repeated < at < len(widths) for at in made.breaks)
