"""Expected effects as people write them: in the scale in which the indicator is shown, with a sign."""

from __future__ import annotations

from indsteer.answers.act import IndicatorChoice
from indsteer.words import Words

_MOST = 4  # decimals; nobody expects more precisely


def effect_text(words: Words, value: float | None, about: IndicatorChoice | None) -> str:
    """`+1,5 procentpunt`, `+150 zaken`; empty when nothing is expected."""
    if value is None:
        return ""
    if about is not None and about.percent:
        return words.points(value, _decimals(value * 100), plus=True)
    number = words.signed(value, _decimals(value))
    return words("common.value_measure", value=number, measure=words.measure(about.measure)) if about else number


def effect_input(words: Words, value: float | None, about: IndicatorChoice | None) -> str:
    """The number as it stands in a field, without its measure."""
    if value is None:
        return ""
    shown = value * 100 if about is not None and about.percent else value
    return words.signed(shown, _decimals(shown))


def effect_measure(words: Words, about: IndicatorChoice | None) -> str:
    """The measure that stands behind the field; empty without an indicator."""
    if about is None:
        return ""
    return words("common.points") if about.percent else words.measure(about.measure)


def parse_effect(words: Words, text: str, about: IndicatorChoice | None) -> float | None:
    """The stored value of what a person wrote; 1,5 and 1,5 % are both 1,5 points for a percentage.

    Raises:
        BadNumberError: it is not a number.
    """
    if not text.strip():
        return None
    value = words.parse_number(text)
    if about is not None and about.percent and "%" not in text:
        return float(f"{value / 100:.15g}")
    return value


def _decimals(value: float) -> int:
    """The fewest decimals that write the value without loss."""
    return next((d for d in range(_MOST) if abs(round(value, d) - value) < 1e-9 * max(1.0, abs(value))), _MOST)
