"""What Check shows: for one unit and month every indicator with its verdicts, and what deserves the conversation.

Values that may not be shown (small groups) are hidden before anything is computed from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indsteer.analysis.chart import ChartDatum
from indsteer.analysis.verdicts import Verdict
from indsteer.errors import Fact


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One indicator of a unit in a month.

    Values are in the stored scale. `deviation` = value - target in `version`; `share` the same as a share of the
    target where that means something, else None. `why_not` is the key under `reasons.` why there is no value.
    `chart` holds the whole series (the sparkline is drawn from it). `attention` is True for what deserves the
    conversation: a real change for the worse, or the intervention value breached. `explained` is the cause written
    for this month, empty when there is none.
    """

    indicator: str
    name: str
    measure: str
    direction: str
    percent: bool
    decimals: int
    value: float | None
    provisional: bool
    target: float | None
    version: str
    deviation: float | None
    share: float | None
    why_not: str
    why_facts: Mapping[str, Fact]
    change: Verdict
    standing: Verdict
    to_date: Verdict
    capability: Verdict
    chart: ChartDatum
    attention: bool
    explained: str = ""
    method: str = "xmr"


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """`lead` and `second` are keys with facts of the one sentence and the line of grounds; tone as in verdicts."""

    unit: str
    unit_name: str
    period: str
    rows: tuple[CheckRow, ...]
    lead: str
    lead_facts: Mapping[str, Fact]
    second: str
    second_facts: Mapping[str, Fact]
    tone: str
    signed: bool = False
    empty: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    def row(self, indicator: str) -> CheckRow | None:
        """The row of an indicator."""
        return next((row for row in self.rows if row.indicator == indicator), None)
