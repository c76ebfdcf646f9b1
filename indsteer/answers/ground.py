"""What every answer stands on: the facts of the file, indexed once, with what may not be shown.

A `Ground` is made from one connection at one step and never changes; whoever holds it (the session, a command)
makes a new one when the file did. Hidden values are hidden here, before anything is computed from them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from indsteer.analysis.disclosure import Suppression, sensitive_codes, suppression_for
from indsteer.analysis.figure import Figure, Reason, TargetFigure, undefined
from indsteer.analysis.ledger import Ledger
from indsteer.domain.facts import Actual, Source, State
from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import Organisation
from indsteer.domain.period import Period
from indsteer.domain.quantity import Quantity
from indsteer.store.queries import catalogue, facts, reviews


@dataclass(frozen=True, slots=True)
class Ground:
    """The facts of a file as of `step`. `signed` holds the locked (unit, period) pairs."""

    step: int
    organisation: Organisation
    quantities: Mapping[str, Quantity]
    indicators: Mapping[str, Indicator]
    ledger: Ledger
    suppression: Suppression
    signed: frozenset[tuple[str, str]]

    def figure(self, unit: str, code: str, period: Period, as_of: date | None = None) -> Figure:
        """Value of a quantity or indicator that may be shown; hidden ones have the reason `hidden`."""
        return self._shown(unit, code, period, self.ledger.value(unit, code, period, as_of), to_date=False)

    def to_date(self, unit: str, code: str, period: Period, as_of: date | None = None) -> Figure:
        """As `figure`, from January up to and including the period."""
        return self._shown(unit, code, period, self.ledger.to_date(unit, code, period, as_of), to_date=True)

    def target(self, unit: str, code: str, period: Period, as_of: date | None = None) -> TargetFigure:
        """Target in force on a day (None: the latest)."""
        return self.ledger.target(unit, code, period, as_of)

    def name(self, code: str, language: str) -> str:
        """Name of an indicator or quantity in a language (nl or en); its code when it has none."""
        found = self.indicators.get(code) or self.quantities.get(code)
        if found is None:
            return code
        return (found.name_en if language == "en" else found.name_nl) or code

    def _shown(self, unit: str, code: str, period: Period, figure: Figure, *, to_date: bool) -> Figure:
        why = self.suppression.reason(unit, code, period.id, to_date=to_date)
        return replace(undefined(Reason.HIDDEN, why=why)) if why else figure


def current_step(connection: sqlite3.Connection) -> int:
    """Number of the last step."""
    return int(connection.execute("SELECT coalesce(max(n), 0) FROM step").fetchone()[0])


def load_ground(connection: sqlite3.Connection) -> Ground:
    """Read all facts of the file."""
    organisation = catalogue.organisation(connection)
    quantities = catalogue.quantities(connection)
    indicators = catalogue.indicators(connection)
    stored = facts.actuals(connection)
    told = facts.stated(connection)
    actuals = [_actual(row) for row in (*stored, *told)]
    sources = facts.sources(connection)
    ledger = Ledger(
        organisation,
        quantities,
        indicators,
        actuals=actuals,
        norm_times=catalogue.norm_times(connection),
        terms=catalogue.terms(connection),
        versions=[v for v in facts.plan_versions(connection) if v.agreed_on],
        targets=facts.targets(connection),
        sources={
            (r.unit, r.quantity, r.stream, r.period): Source(
                sources[r.source].file, sources[r.source].sha256, "", r.cell
            )
            for r in (*stored, *told)
            if r.source in sources
        },
    )
    threshold = catalogue.setting(connection, "group_threshold", 10)
    suppression = suppression_for(
        organisation,
        actuals,
        persons=facts.persons(connection),
        threshold=float(threshold) if isinstance(threshold, int | float) else 10.0,
        codes=sensitive_codes(quantities, indicators),
    )
    return Ground(
        step=current_step(connection),
        organisation=organisation,
        quantities={q.code: q for q in quantities},
        indicators={i.code: i for i in indicators},
        ledger=ledger,
        suppression=suppression,
        signed=reviews.signed_periods(connection),
    )


def _actual(row: facts.StoredActual) -> Actual:
    state = State.FINAL if row.final else State.PROVISIONAL
    return Actual(row.unit, row.quantity, row.stream, row.period, row.value, state, row.reason)
