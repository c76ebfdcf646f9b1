"""Setting a file up: units, catalogue, norm times, terms, names people use, settings."""

from __future__ import annotations

from collections.abc import Sequence

from indsteer.domain.indicator import Indicator
from indsteer.domain.organisation import NormTime, Parent, Stream, Term, Unit
from indsteer.domain.quantity import Quantity
from indsteer.errors import UnknownUnitError
from indsteer.operations.errors import BelowMinimumError, UnitExistsError
from indsteer.operations.guards import must_be_number, must_be_period, must_have_text, must_know_units
from indsteer.store.encoding import Row, Value
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes

MINIMUM_GROUP = 5  # below this nobody may set the small-group threshold (DESIGN: never under 5)
SETTINGS: dict[str, Value] = {
    "group_threshold": 10,
    "run_length": 7,
    "dialect": "r",
    "good_friday_free": 0,
    "liberation_day_free": 1,
    "classification": "",
}


def add_units(file: SteerFile, units: Sequence[Unit], parents: Sequence[Parent]) -> Changes:
    """Add parts of the organisation and where they hang.

    Raises:
        UnitExistsError, UnknownUnitError (a parent that is not there), TextMissingError.
    """
    known = {row[0] for row in file.connection.execute("SELECT code FROM unit").fetchall()}
    for unit in units:
        if must_have_text(unit.code, "unit") in known:
            raise UnitExistsError(unit=unit.code)
    codes = known | {u.code for u in units}
    for link in parents:
        for code in (link.unit, link.parent):
            if code not in codes:
                raise UnknownUnitError(unit=code)
    with file.step("add_units", n=len(units), unit=units[0].code if len(units) == 1 else "") as step:
        ((place,),) = step.query("SELECT coalesce(max(position), 0) FROM unit")
        for number, u in enumerate(units, int(place or 0) + 1):
            step.put(
                "unit", code=u.code, name=u.name, level=u.level.value, short=u.short, location=u.location,
                product=u.product, valid_from=u.valid_from.isoformat() if u.valid_from else None,
                valid_until=u.valid_until.isoformat() if u.valid_until else None, position=number,
            )  # fmt: skip
        for p in parents:
            step.put(
                "unit_parent", unit=p.unit, valid_from=p.valid_from.isoformat() if p.valid_from else "",
                parent=p.parent, valid_until=p.valid_until.isoformat() if p.valid_until else None,
            )  # fmt: skip
    return step.changes


def rename_unit(file: SteerFile, unit: str, name: str) -> Changes:
    """Give a unit another name; its code stays."""
    must_know_units(file, [unit])
    with file.step("rename_unit", unit=unit) as step:
        step.change("unit", {"code": unit}, name=must_have_text(name, "unit"))
    return step.changes


def load_catalogue(file: SteerFile, quantities: Sequence[Quantity], indicators: Sequence[Indicator]) -> Changes:
    """Add or change quantities and indicators."""
    quantity_rows: list[Row] = [
        (
            q.code, q.name_nl, q.name_en, q.measure, q.decimals, q.over_time.value, q.over_units.value,
            q.direction.value, q.weight, int(q.sensitive), q.group, place,
        )
        for place, q in enumerate(quantities, 1)
    ]  # fmt: skip
    indicator_rows: list[Row] = [
        (
            i.code, i.name_nl, i.name_en, i.measure, i.direction.value, i.over_time.value, i.over_units.value,
            i.formula, i.norm, i.signal, i.intervention, i.cycle, i.note_nl, i.note_en, i.decimals, int(i.percent),
            i.method, int(i.sensitive), place,
        )
        for place, i in enumerate(indicators, 1)
    ]  # fmt: skip
    with file.step("load_catalogue", n=len(quantities) + len(indicators)) as step:
        step.put_many("quantity", quantity_rows)
        step.put_many("indicator", indicator_rows)
    return step.changes


def add_stream(file: SteerFile, stream: Stream) -> Changes:
    """Add a kind of cases."""
    with file.step("add_stream", stream=stream.code) as step:
        step.put("stream", code=must_have_text(stream.code, "stream"), name=stream.name)
    return step.changes


def set_norm_times(file: SteerFile, norm_times: Sequence[NormTime]) -> Changes:
    """Add or change versions of norm times (direct hours per case from a day on)."""
    must_know_units(file, {n.unit for n in norm_times})
    with file.step("set_norm_times", n=len(norm_times)) as step:
        for n in norm_times:
            hours = must_be_number(n.hours, unit=n.unit, indicator="norm_time", period=n.valid_from.isoformat())
            step.put(
                "norm_time", unit=n.unit, stream=n.stream, valid_from=n.valid_from.isoformat(), hours=hours,
                reason=n.reason,
            )  # fmt: skip
    return step.changes


def set_terms(file: SteerFile, terms: Sequence[Term]) -> Changes:
    """Add or change versions of legal terms (weeks from a day on)."""
    must_know_units(file, {t.unit for t in terms})
    with file.step("set_terms", n=len(terms)) as step:
        for t in terms:
            weeks = must_be_number(t.weeks, unit=t.unit, indicator="term", period=t.valid_from.isoformat())
            step.put(
                "term", unit=t.unit, stream=t.stream, valid_from=t.valid_from.isoformat(), weeks=weeks, reason=t.reason
            )
    return step.changes


def set_unit_size(file: SteerFile, unit: str, period: str, persons: float) -> Changes:
    """Record how many persons a unit has, which then goes before fte for the small-group rule."""
    must_know_units(file, [unit])
    size = must_be_number(persons, unit=unit, indicator="persons", period=must_be_period(period))
    with file.step("set_unit_size", unit=unit, period=period) as step:
        step.put("unit_size", unit=unit, period=period, persons=size)
    return step.changes


def set_alias(file: SteerFile, kind: str, text: str, code: str) -> Changes:
    """Remember another name for a unit or indicator; an empty code forgets it."""
    name = must_have_text(text, "alias")
    with file.step("set_alias", text=name, code=code) as step:
        if code:
            step.put("alias", kind=kind, text=name, code=code)
        else:
            step.remove("alias", kind=kind, text=name)
    return step.changes


def set_setting(file: SteerFile, key: str, value: str | float) -> Changes:
    """Change a setting that lives in the file because it changes a figure or a verdict.

    Raises:
        BelowMinimumError: the small-group threshold may not go under 5.
    """
    if key not in SETTINGS:
        raise KeyError(key)
    if key == "group_threshold" and float(value) < MINIMUM_GROUP:
        raise BelowMinimumError(minimum=MINIMUM_GROUP)
    with file.step("set_setting", setting=key) as step:
        step.put("setting", key=key, value=value)
    return step.changes
