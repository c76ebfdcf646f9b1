"""Colours come from the theme: no page, widget or delegate names one itself."""

import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "ui"
ALLOWED = {UI / "theme.py", UI / "tokens.py"}
LITERAL = re.compile(
    r"""["']#[0-9a-fA-F]{3,8}["']"""  # "#rrggbb"
    r"""|#[0-9a-fA-F]{6}\b"""
    r"""|\bQColor\(\s*["'0-9]"""  # QColor("red"), QColor(1, 2, 3)
    r"""|\bQColor\.fromRgb\(\s*\d"""
    r"""|\brgba?\(\s*\d"""
    r"""|\bGlobalColor\.(?!transparent\b)\w+"""
    r"""|\bQt\.(?:white|black|red|green|blue|gr[ae]y|yellow|cyan|magenta|dark\w+|lightGray)\b"""
)


def literals(text: str) -> list[str]:
    return LITERAL.findall(text)


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.relative_to(UI).as_posix())
def test_no_literal_colour(path: Path) -> None:
    if path not in ALLOWED:
        assert literals(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    ['"#1a4f8b"', "color: #1a4f8b;", "QColor(1, 2, 3)", 'QColor("red")', "rgb(1,2,3)", "Qt.red",
     "Qt.GlobalColor.red"],
)  # fmt: skip
def test_the_search_finds_them(text: str) -> None:
    assert literals(text)


@pytest.mark.parametrize("text", ["Qt.GlobalColor.transparent", "QColor(self.panel)", "tokens().bad", "# 6 rows"])
def test_the_search_leaves_the_rest(text: str) -> None:
    assert not literals(text)
