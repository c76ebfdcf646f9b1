"""The finished texts of a topic, for screen and paper alike: its sentence, why it is no noise (or is), its facts."""

from __future__ import annotations

from dataclasses import dataclass

from indsteer.analysis.chart import ChartDatum
from indsteer.analysis.verdicts import Verdict
from indsteer.answers.check import CheckRow, deviation_text, shown
from indsteer.words import Words

YEAR = 12  # months that the last fact looks back
_CHANGED = ("change.concern", "change.improvement", "change.neutral_high", "change.neutral_low")


@dataclass(frozen=True, slots=True)
class TopicFact:
    """A number and one line that says what it is."""

    number: str
    text: str


def with_measure(words: Words, row: CheckRow, value: float | None) -> str:
    """A value with its measure: `1.452 zaken`, `73,9 %`."""
    text = shown(words, row, value)
    if row.percent or value is None:
        return text
    return words("common.value_measure", value=text, measure=words.measure(row.measure))


def topic_sentence(words: Words, row: CheckRow) -> str:
    """What is the matter with this indicator, with its figure and what was agreed."""
    if row.value is None:
        key = "review.topic.hidden" if row.chart.hidden else "review.topic.missing"
        return words(key, name=row.name)
    value = with_measure(words, row, row.value)
    what = words(f"review.topic.{_what(row)}", name=row.name)
    if row.target is None:
        return words("review.topic.value", what=what, value=value)
    return words("review.topic.value_target", what=what, value=value, target=with_measure(words, row, row.target))


def topic_why(words: Words, row: CheckRow) -> str:
    """Why this is a real change, or why it is not."""
    datum = row.chart
    if row.value is None or datum.hidden:
        return words("review.why.hidden" if datum.hidden else "review.why.missing")
    segment = datum.segments[-1] if datum.segments else None
    if segment is None:
        key = "no_limits" if row.method in ("xmr", "proportion") else "path"
        return words(f"review.why.{key}")
    mark = next((mark for mark in datum.marks if mark.index == datum.now), None)
    limits = {
        "mean": shown(words, row, segment.mean),
        "lower": shown(words, row, segment.lower),
        "upper": shown(words, row, segment.upper),
    }
    if mark is not None:
        return words(f"review.why.{mark.flag}", **limits)
    if row.standing.tone in ("warn", "bad"):
        return words("review.why.breached", **limits)
    return words("review.why.constant" if datum.constant else "review.why.common", **limits)


def topic_facts(words: Words, row: CheckRow, period: str) -> tuple[TopicFact, ...]:
    """At most three: the gap this month, the gap this year, and how often the target was met."""
    found: list[TopicFact] = []
    if row.deviation is not None:
        text = words("review.fact.deviation", period=period, version=row.version)
        found.append(TopicFact(_gap(words, row, row.deviation), text))
    gap = row.to_date.facts.get("gap")
    if isinstance(gap, float | int):
        found.append(TopicFact(_gap(words, row, float(gap)), words("review.fact.to_date", period=period)))
    met, judged = months_met(row.chart)
    if judged:
        found.append(TopicFact(words("review.fact.met", met=met, n=judged), words("review.fact.met_text", n=judged)))
    return tuple(found)


def verdict_word(words: Words, verdict: Verdict) -> str:
    """The word of a verdict."""
    return words(f"check.{verdict.key}", **verdict.facts)


def months_met(datum: ChartDatum) -> tuple[int, int]:
    """In how many of the last `YEAR` months with a figure and a target the target was met; and how many there are.

    Without a direction or with one target value that is best no month is judged.
    """
    if datum.direction not in ("higher", "lower") or datum.hidden:
        return 0, 0
    sign = 1 if datum.direction == "higher" else -1
    first = max(0, datum.now - YEAR + 1)
    gaps = [
        sign * (value - target)
        for value, target in zip(datum.actual[first : datum.now + 1], datum.target[first : datum.now + 1], strict=True)
        if value is not None and target is not None
    ]
    return sum(gap >= 0 for gap in gaps), len(gaps)


def _gap(words: Words, row: CheckRow, gap: float) -> str:
    if row.percent:
        return words.points(gap, row.decimals, plus=True)
    number = words.signed(gap, row.decimals)
    return words("common.value_measure", value=number, measure=words.measure(row.measure))


def _what(row: CheckRow) -> str:
    """Which sentence: a real change first, then the threshold that is breached, then how it stands."""
    if row.change.key in _CHANGED:
        kind = row.change.key.removeprefix("change.")
        return f"{kind}_{row.direction}" if kind in ("concern", "improvement") else kind
    if row.standing.key in ("standing.intervene", "standing.signal", "standing.just_short", "standing.reached"):
        return row.standing.key.removeprefix("standing.")
    return "quiet"


__all__ = [
    "TopicFact",
    "deviation_text",
    "months_met",
    "topic_facts",
    "topic_sentence",
    "topic_why",
    "verdict_word",
    "with_measure",
]
