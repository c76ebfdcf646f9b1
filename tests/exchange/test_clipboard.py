import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.exchange.clipboard import format_block, parse_block


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", ()),
        ("a\tb\r\n1\t2\r\n", (("a", "b"), ("1", "2"))),
        ("a\tb\n1", (("a", "b"), ("1", ""))),
        ('"een\ntwee"\tx\r\n', (("een\ntwee", "x"),)),
        ('"zegt ""ja"""\r\n', (('zegt "ja"',),)),
        ('5" buis\t"\r\n', (('5" buis', '"'),)),
        ("\t\r\n\r\n", (("", ""), ("", ""))),
    ],
)
def test_a_block_is_read_as_excel_lays_it_on_the_clipboard(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert parse_block(text) == rows


cells = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=8)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=5)))
def test_what_is_laid_down_is_picked_up(rows: list[tuple[str, ...]]) -> None:
    assert parse_block(format_block(rows)) == tuple(rows)
