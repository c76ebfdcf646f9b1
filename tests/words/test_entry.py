"""Typed and pasted texts, in Dutch and in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.words import Words
from indsteer.words.entry import Entry, read_entry, write_entry

NL, EN = Words("nl"), Words("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,5", Entry(1234.5)),
        (" 1.234 ", Entry(1234)),
        ("-5", Entry(-5)),
        ("", Entry()),
        (" \n", Entry()),
        ("-", Entry(reason="n.v.t.")),
        ("n.v.t.", Entry(reason="n.v.t.")),
        ("nvt: systeem lag plat", Entry(reason="systeem lag plat")),
        ("- team bestond nog niet", Entry(reason="team bestond nog niet")),
        ("veel", Entry(wrong=True)),
        ("12.3x", Entry(wrong=True)),
        ("85%", Entry(wrong=True)),  # a count is no share
    ],
)
def test_a_cell_with_a_number(text: str, expected: Entry) -> None:
    assert read_entry(text, NL) == expected


@pytest.mark.parametrize("text", ["85", "85%", "85 %", "85,0"])
def test_a_cell_with_a_percentage_takes_both_ways_of_writing(text: str) -> None:
    assert read_entry(text, NL, percent=True) == Entry(0.85)


def test_english_has_its_own_points() -> None:
    assert read_entry("1,234.5", EN) == Entry(1234.5)


@given(st.floats(-1e9, 1e9).map(lambda v: round(v, 6)), st.booleans(), st.sampled_from([NL, EN]))
def test_what_is_written_reads_back(value: float, percent: bool, words: Words) -> None:
    assert read_entry(write_entry(value, words, percent=percent), words, percent=percent).value == value
