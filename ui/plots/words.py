"""The words of a chart in the language of now, for `TrendChart`."""

from __future__ import annotations

from indsteer.analysis.chart import ChartDatum
from indsteer.words import Words
from ui.plots.texts import ChartTexts


def chart_texts(words: Words, datum: ChartDatum, *, threshold: float = 10) -> ChartTexts:
    """Every text of the chart of this datum."""
    marks = {mark.index: mark for mark in datum.marks}

    def number(value: float) -> str:
        return words.measure_value(value, percent=datum.percent, decimals=datum.decimals)

    def axis(value: float) -> str:
        return words.measure_value(value, percent=datum.percent, decimals=0 if datum.percent else _places(value))

    def remark(index: int) -> str:
        parts = [words(f"verdict.flag.{marks[index].flag}")] if index in marks else []
        if datum.provisional[index]:
            parts.append(words("check.provisional"))
        return ", ".join(parts)

    def point(index: int) -> str:
        value, target = datum.actual[index], datum.target[index]
        shown = "–" if value is None else number(value)
        if target is None:
            text = words("check.readout", period=datum.periods[index], value=shown)
        else:
            text = words("check.readout_target", period=datum.periods[index], value=shown, target=number(target))
        more = remark(index)
        return f"{text}, {more}" if more else text

    measure = "%" if datum.percent else words.measure(datum.measure)
    plain = "check.per_month" if datum.segments else "check.per_month_plain"
    return ChartTexts(
        title=datum.indicator_name,
        subtitle=f"{measure} {words(plain)}",
        name=words("check.chart_name", indicator=datum.indicator_name, unit=datum.unit_name),
        description=_summary(words, datum),
        short=tuple(words.period_short(p) for p in datum.periods),
        groups=tuple(p[:4] for p in datum.periods),
        long=tuple(words.period(p) for p in datum.periods),
        number=number,
        axis=axis,
        point=point,
        upper=words("check.upper"),
        lower=words("check.lower"),
        mean=words("check.mean"),
        target=words("check.target_label"),
        measured=words("check.measured"),
        expected=words("check.expected"),
        columns=(
            words("check.table_period"),
            words("check.table_actual"),
            words("check.table_target"),
            words("check.table_mark"),
        ),
        as_table=words("check.as_table"),
        as_chart=words("check.as_chart"),
        remark=remark,
        state=_state(words, datum, threshold),
    )


def _state(words: Words, datum: ChartDatum, threshold: float) -> str:
    if datum.hidden:
        return words("check.chart_hidden", threshold=threshold)
    if datum.now < 0:
        return words("check.chart_empty")
    return words("check.constant") if datum.constant else ""


def _summary(words: Words, datum: ChartDatum) -> str:
    now = datum.now
    value = datum.actual[now] if now >= 0 else None
    if value is None:
        period = datum.periods[max(now, 0)] if datum.periods else ""
        key = "check.chart_summary_none"
        return words(key, indicator=datum.indicator_name, unit=datum.unit_name, period=period) if period else ""
    flag = next((mark.flag for mark in datum.marks if mark.index == now), "common")
    return words(
        "check.chart_summary",
        indicator=datum.indicator_name,
        unit=datum.unit_name,
        period=datum.periods[now],
        value=words.measure_value(value, percent=datum.percent, decimals=datum.decimals),
        target=words.measure_value(datum.target[now], percent=datum.percent, decimals=datum.decimals),
        verdict=words(f"verdict.flag.{flag}"),
    )


def _places(value: float) -> int:
    """Decimals an axis value needs: those of a round number."""
    return next((n for n in (0, 1, 2) if abs(value - round(value, n)) < 1e-9), 3)
