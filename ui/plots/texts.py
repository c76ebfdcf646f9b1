"""The words of a chart, made by who knows the language: the painter itself has none."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartTexts:
    """Every text a chart shows or says; all plain.

    `short`, `groups` and `long` hold one text per period: the name on the axis ("aug"), the group under it
    ("2024") and the whole name ("augustus 2024"). `number` writes a value with its decimals, `axis` a value on
    the axis (both take the stored scale). `point` says one period aloud: name, value, target, verdict.
    """

    title: str
    subtitle: str
    name: str
    description: str
    short: tuple[str, ...]
    groups: tuple[str, ...]
    long: tuple[str, ...]
    number: Callable[[float], str]
    axis: Callable[[float], str]
    point: Callable[[int], str]
    upper: str
    lower: str
    mean: str
    target: str
    measured: str
    expected: str
    columns: tuple[str, str, str, str]  # heads of the table: period, actual, target, remark
    as_table: str
    as_chart: str
    remark: Callable[[int], str] = lambda _: ""  # what the table says about a period: signal, provisional
    state: str = ""  # why there is nothing or little to see: hidden, no figures, no variation


def plain_texts(periods: tuple[str, ...], decimals: int = 0) -> ChartTexts:
    """Texts without a language, from the period ids alone: for sparklines, tests and galleries."""

    def number(value: float) -> str:
        return f"{value:.{decimals}f}"

    return ChartTexts(
        title="",
        subtitle="",
        name="",
        description="",
        short=tuple(period[-2:] for period in periods),
        groups=tuple(period[:4] for period in periods),
        long=periods,
        number=number,
        axis=lambda value: f"{value:g}",
        point=lambda index: periods[index],
        upper="",
        lower="",
        mean="",
        target="",
        measured="",
        expected="",
        columns=("", "", "", ""),
        as_table="",
        as_chart="",
    )
