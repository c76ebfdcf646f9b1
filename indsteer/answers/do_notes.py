"""What deserves a look at a figure that was filled in: "Let op" beside the row. Keys with facts, no judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from indsteer.analysis.identities import Breach, BreachTerm
from indsteer.domain.period import shift_month
from indsteer.errors import Fact

EXTREME_FROM: Final = 6  # months that must be beaten before a low or high is worth a word
EXTREME_LOOK: Final = 36  # months that are looked back
JUMP: Final = 3.0  # more than so many times the month before


@dataclass(frozen=True, slots=True)
class DoNote:
    """One remark; its words stand under `do.note.<key>`. Tone: bad, warn, info or "" (just a fact)."""

    key: str
    tone: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


def extreme(period: str, value: float, history: Mapping[str, float]) -> DoNote | None:
    """Lowest or highest since the last month that was lower or higher; `history` holds months before `period`."""
    looked = [m for n in range(1, EXTREME_LOOK + 1) if (m := shift_month(period, -n)) in history]
    for key, sign in (("lowest", -1), ("highest", 1)):
        count = next((i for i, month in enumerate(looked) if sign * (value - history[month]) <= 0), len(looked))
        if count >= EXTREME_FROM and count < len(looked):
            return DoNote(f"{key}_since", "", {"since": looked[count]})
        if count >= EXTREME_FROM:
            return DoNote(f"{key}_of", "", {"n": count})
    return None


def jump(period: str, value: float, history: Mapping[str, float]) -> DoNote | None:
    """More than three times the month before: often a slip of the pen."""
    before = history.get(shift_month(period, -1))
    if before is None or before <= 0 or value < 0:
        return None
    if value > JUMP * before:
        return DoNote("jump_up", "warn", {"times": value / before})
    return None


def other_wrong(breach: Breach, recent: Mapping[str, Sequence[float]]) -> BreachTerm | None:
    """The other number of this month that is most likely wrong: whose fitting value lies nearer to its last months."""

    def gain(term: BreachTerm) -> float:
        known = recent.get(term.code, ())
        if not known:
            return 0.0
        usual = sum(known) / len(known)
        return (abs(term.value - usual) - abs(term.fitting - usual)) / max(1.0, abs(usual))

    own = [term for term in breach.terms if term.back == 0 and term.fitting >= 0]
    return max(own, key=gain, default=None)
