"""The colours of the screen: three sets with one name for each use, read from `resources/tokens.json`.

Text pairs hold at least 4.5:1 and controls and chart lines 3:1; `tests/ui/test_theme.py` checks the sets.
"""

import json
from dataclasses import dataclass, fields
from functools import cache

from PySide6.QtGui import QColor

from ui.resources import resource

TONES = ("good", "warn", "bad", "info", "none")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours. Surfaces: bg, panel (work), side (context). Never change a colour in place."""

    bg: QColor
    panel: QColor
    side: QColor
    line: QColor
    grid: QColor
    border: QColor
    text: QColor
    text2: QColor
    muted: QColor
    accent: QColor
    accenttext: QColor
    hover: QColor
    sel: QColor
    focus: QColor
    good: QColor
    warn: QColor
    bad: QColor
    info: QColor
    none: QColor
    goodbg: QColor
    warnbg: QColor
    badbg: QColor
    infobg: QColor
    nonebg: QColor
    data: QColor
    data2: QColor
    limit: QColor
    target: QColor
    fan: QColor
    band: QColor
    bandline: QColor
    ghost: QColor
    age1: QColor
    age2: QColor
    age3: QColor
    age4: QColor
    locked: QColor
    edited: QColor
    plan: QColor
    shadow: QColor

    def tone(self, name: str) -> QColor:
        """The ink of a tone (good, warn, bad, info, none, na); any other name gives normal text."""
        if name == "na":
            return self.none
        found: QColor = getattr(self, name) if name in TONES else self.text
        return found

    def tone_bg(self, name: str) -> QColor:
        """The pale surface on which the ink of that tone is readable."""
        found: QColor = getattr(self, f"{name}bg") if name in TONES else self.panel
        return found


@cache
def load_tokens(name: str) -> Tokens:
    """The set `light`, `dark` or `contrast`; raises KeyError for another name."""
    sets = json.loads(resource("tokens.json").read_text(encoding="utf-8"))["themes"]
    values: dict[str, str] = sets[name]
    return Tokens(**{f.name: _colour(values[f.name]) for f in fields(Tokens)})


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """`over` laid on `under` with opacity `share`, as an opaque colour."""
    return QColor.fromRgbF(
        over.redF() * share + under.redF() * (1 - share),
        over.greenF() * share + under.greenF() * (1 - share),
        over.blueF() * share + under.blueF() * (1 - share),
    )


def _colour(text: str) -> QColor:
    """`#rrggbb` or `#rrggbbaa`, as on the web (Qt itself reads the alpha first)."""
    colour = QColor(text[:7])
    if len(text) == 9:
        colour.setAlpha(int(text[7:], 16))
    return colour


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
