"""The look holds its promises: contrast in every theme, tabular figures, one font everywhere, switchable."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.tokens import TONES, Tokens, blend, contrast, load_tokens

NAMES = ("light", "dark", "contrast")
SURFACES = ("bg", "panel", "side", "hover", "sel", "locked", "edited")
LINES = ("border", "focus", "limit", "target", "data", "data2", "plan")


def get(colours: Tokens, name: str) -> QColor:
    found: QColor = getattr(colours, name)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_text_is_readable_on_every_surface(name: str) -> None:
    colours = load_tokens(name)
    inks = ("text", "text2", "muted", "accent", *TONES)
    poor = [
        (ink, ground)
        for ink, ground in product(inks, SURFACES)
        if contrast(get(colours, ink), get(colours, ground)) < 4.5
    ]
    assert poor == []


@pytest.mark.parametrize("name", NAMES)
def test_each_tone_is_readable_on_its_own_ground(name: str) -> None:
    colours = load_tokens(name)
    poor = [tone for tone in TONES if contrast(colours.tone(tone), colours.tone_bg(tone)) < 4.5]
    assert poor == []
    assert contrast(colours.accenttext, colours.accent) >= 4.5
    assert all(contrast(colours.text, colours.tone_bg(tone)) >= 4.5 for tone in TONES)


@pytest.mark.parametrize("name", NAMES)
def test_controls_and_chart_lines_are_seen(name: str) -> None:
    colours = load_tokens(name)
    poor = [
        (line, ground)
        for line, ground in product(LINES, ("bg", "panel", "side", "band"))
        if contrast(get(colours, line), get(colours, ground)) < 3
    ]
    assert poor == []


def test_a_button_stays_readable_while_it_is_pressed() -> None:
    for name in NAMES:
        colours = load_tokens(name)
        pressed = blend(colours.accenttext, colours.accent, 0.22)
        assert contrast(colours.accenttext, pressed) >= 4.5, name


def test_contrast_is_that_of_wcag() -> None:
    # WCAG 2.2: black on white is 21:1; #767676 is the lightest grey with 4.5:1 on white.
    white, black, grey = QColor("white"), QColor("black"), QColor("#767676")
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)
    assert contrast(white, grey) == contrast(grey, white)


def test_figures_are_tabular_in_every_role(themed: QApplication) -> None:
    for role in theme.ROLES:
        fm = QFontMetrics(theme.font(role))
        widths = {fm.horizontalAdvance(figure * 20) for figure in "0123456789"}
        assert max(widths) - min(widths) <= 1, role  # whole pixels: one of rounding


def test_every_widget_class_has_inter(themed: QApplication) -> None:
    assert QFontInfo(theme.font("body")).family() == "Inter"
    assert all(themed.font(name).family() == "Inter" for name in theme.CLASSES)  # type: ignore[call-overload]


def test_changing_the_look_tells_it_and_changes_the_palette(qtbot: QtBot, themed: QApplication) -> None:
    with qtbot.waitSignal(theme.theme().changed):
        theme.apply(themed, "dark")
    assert themed.palette().color(QPalette.ColorRole.Window) == load_tokens("dark").panel
    assert theme.tokens() is load_tokens("dark")
    theme.apply(themed, "contrast")
    assert themed.palette().color(QPalette.ColorRole.WindowText) == load_tokens("contrast").text


def test_system_follows_the_system(themed: QApplication) -> None:
    theme.apply(themed, "system")
    wish = themed.styleHints().colorScheme()
    assert theme.theme().name == ("dark" if wish == Qt.ColorScheme.Dark else "light")


def test_an_unknown_look_is_refused(themed: QApplication) -> None:
    with pytest.raises(ValueError, match="pink"):
        theme.apply(themed, "pink")


def test_lengths_follow_the_text(themed: QApplication) -> None:
    normal = theme.metrics()
    assert (normal.nav, normal.header, normal.row, normal.target) == (200, 56, 32, 24)
    theme.apply(themed, "light", 2.0)
    double = theme.metrics()
    assert (double.nav, double.header, double.row) == (400, 112, 64)
    assert theme.em(16) == 400
    assert themed.font().pointSizeF() == pytest.approx(2 * theme.BODY_POINTS)


def test_the_style_sheet_stays_small(themed: QApplication) -> None:
    assert len(themed.styleSheet().strip().splitlines()) < 30
