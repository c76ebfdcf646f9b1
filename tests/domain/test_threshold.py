"""Thresholds: the texts of all 24 rows of sample_indicatoren.csv, each with what a reader says it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indsteer.domain.catalogue import default_catalogue
from indsteer.domain.indicator import Indicator
from indsteer.domain.threshold import (
    Basis,
    Threshold,
    Thresholds,
    applying,
    bounds,
    breached,
    level,
    parse_thresholds,
    thresholds_of,
)
from indsteer.errors import BadThresholdError

ABSOLUTE, PLAN, NORM, POINTS = (
    Basis.ABSOLUTE,
    Basis.SHARE_OF_PLAN,
    Basis.SHARE_OF_NORM,
    Basis.POINTS_FROM_NORM,
)
TERM, NORM_TIME, FORECAST = Basis.SHARE_OF_TERM, Basis.SHARE_OF_NORM_TIME, Basis.SHARE_OF_FORECAST
FORMATION, CHANGE = Basis.SHARE_OF_FORMATION, Basis.CHANGE_FROM_PREVIOUS

Row = tuple[Threshold, ...]


def below(basis: Basis, bound: float, scope: str = "") -> Row:
    return (Threshold(basis, bound, None, scope),)


def above(basis: Basis, bound: float) -> Row:
    return (Threshold(basis, None, bound),)


def outside(basis: Basis, lower: float, upper: float) -> Row:
    return (Threshold(basis, lower, upper),)


def at(basis: Basis, value: float, scope: str = "") -> Row:
    return (Threshold(basis, value, value, scope),)


# code: the three texts as they stand, and what a reader says they mean
MEANINGS: dict[str, tuple[tuple[str, Row], tuple[str, Row], tuple[str, Row]]] = {
    # the forecast is the norm; more than 10 (20) % beside it, on either side
    "INSTROOM": (
        ("prognose", at(FORECAST, 1.0)),
        ("±10% van prognose", outside(FORECAST, 0.9, 1.1)),
        ("±20% van prognose", outside(FORECAST, 0.8, 1.2)),
    ),
    # less than 97 (92) % of the plan
    "UITSTROOM": (
        ("plan", at(PLAN, 1.0)),
        ("< 97% plan", below(PLAN, 0.97)),
        ("< 92% plan", below(PLAN, 0.92)),
    ),
    # more than 105 (115) % of the plan
    "VOORRAAD": (
        ("plan", at(PLAN, 1.0)),
        ("> 105% plan", above(PLAN, 1.05)),
        ("> 115% plan", above(PLAN, 1.15)),
    ),
    "VOORRAAD_TUSSEN": (("", ()), ("", ()), ("", ())),
    # more than 5 % above the month before; "+10%" beside that is of the month before too
    "VOORRAAD_BUITEN": (
        ("", ()),
        ("+5% t.o.v. vorige maand", above(CHANGE, 0.05)),
        ("+10%", above(CHANGE, 0.10)),
    ),
    # 90 %, in directorate AB 80 %; 3 (8) percent points under whichever holds
    "TIJDIG_PCT": (
        ("90 (AB 80)", at(ABSOLUTE, 0.9) + at(ABSOLUTE, 0.8, "AB")),
        ("norm-3 pp", below(POINTS, -0.03)),
        ("norm-8 pp", below(POINTS, -0.08)),
    ),
    # the legal term; longer than nine tenths of it (than the whole)
    "DOORLOOPTIJD": (
        ("termijn", at(TERM, 1.0)),
        ("> 0,9 termijn", above(TERM, 0.9)),
        ("> termijn", above(TERM, 1.0)),
    ),
    # the norm is the plan, so +10 % is more than 10 % above the plan
    "INGEBREKE": (("plan", at(PLAN, 1.0)), ("+10%", above(PLAN, 1.10)), ("+25%", above(PLAN, 1.25))),
    "FTE_FORMATIE": (("", ()), ("", ()), ("", ())),
    # budgeted fte is the norm; less than 97 (93) % of it filled
    "FTE_BEZET": (
        ("formatie", at(FORMATION, 1.0)),
        ("< 97% formatie", below(FORMATION, 0.97)),
        ("< 93% formatie", below(FORMATION, 0.93)),
    ),
    # a percentage: 100 is 1; under 97 % or over 103 %
    "BEZETTINGSGRAAD": (
        ("100", at(ABSOLUTE, 1.0)),
        ("< 97 of > 103", outside(ABSOLUTE, 0.97, 1.03)),
        ("< 93 of > 107", outside(ABSOLUTE, 0.93, 1.07)),
    ),
    "VERZUIM_PCT": (
        ("5,5", at(ABSOLUTE, 0.055)),
        ("> 5,5", above(ABSOLUTE, 0.055)),
        ("> 7,0", above(ABSOLUTE, 0.07)),
    ),
    # every directorate has a norm of its own, which stands among the targets
    "DIRECT_PCT": (
        ("per directie", at(PLAN, 1.0)),
        ("norm-2 pp", below(POINTS, -0.02)),
        ("norm-5 pp", below(POINTS, -0.05)),
    ),
    # agreed hours per case; more than 5 (15) % above them
    "UREN_PER_ZAAK": (
        ("normtijd", at(NORM_TIME, 1.0)),
        ("> 105% normtijd", above(NORM_TIME, 1.05)),
        ("> 115% normtijd", above(NORM_TIME, 1.15)),
    ),
    "PRODUCTIVITEIT": (("", ()), ("", ()), ("", ())),
    "GEWOGEN_PRODUCTIE": (
        ("plan", at(PLAN, 1.0)),
        ("< 97% plan", below(PLAN, 0.97)),
        ("< 92% plan", below(PLAN, 0.92)),
    ),
    "EFFICIENTIE_PCT": (
        ("100", at(ABSOLUTE, 1.0)),
        ("< 95", below(ABSOLUTE, 0.95)),
        ("< 87", below(ABSOLUTE, 0.87)),
    ),
    "KWALITEIT_PCT": (
        ("95", at(ABSOLUTE, 0.95)),
        ("< 93", below(ABSOLUTE, 0.93)),
        ("< 88", below(ABSOLUTE, 0.88)),
    ),
    # a mark from 1 to 10, no percentage
    "KTV": (("7,5", at(ABSOLUTE, 7.5)), ("< 7,2", below(ABSOLUTE, 7.2)), ("< 6,8", below(ABSOLUTE, 6.8))),
    # the norm is the budget, so 102 % is of the budget
    "KOSTEN": (("budget", at(PLAN, 1.0)), ("> 102%", above(PLAN, 1.02)), ("> 105%", above(PLAN, 1.05))),
    "KOSTEN_PER_ZAAK": (("", ()), ("", ()), ("", ())),
    "VOORSPELBAARHEID": (
        ("95", at(ABSOLUTE, 0.95)),
        ("< 90", below(ABSOLUTE, 0.9)),
        ("< 80", below(ABSOLUTE, 0.8)),
    ),
    "DEKKING_WEKEN": (("", ()), ("", ()), ("", ())),
    "SLUITENDHEID": (
        ("100", at(ABSOLUTE, 1.0)),
        ("< 97", below(ABSOLUTE, 0.97)),
        ("< 90", below(ABSOLUTE, 0.9)),
    ),
}


def near(threshold: Threshold) -> object:
    """Equal but for the last bit of a double: 1 - 0.1 is not quite 0.9."""

    def bound(value: float | None) -> object:
        return None if value is None else pytest.approx(value, abs=1e-12)

    return threshold.basis, bound(threshold.lower), bound(threshold.upper), threshold.scope, threshold.strict


def facts(threshold: Threshold) -> object:
    return threshold.basis, threshold.lower, threshold.upper, threshold.scope, threshold.strict


@pytest.mark.parametrize("indicator", default_catalogue().indicators, ids=lambda indicator: indicator.code)
def test_every_row_of_the_catalogue_means_what_a_reader_says(indicator: Indicator) -> None:
    norm, signal, intervention = MEANINGS[indicator.code]
    assert (indicator.norm, indicator.signal, indicator.intervention) == (norm[0], signal[0], intervention[0])
    found = thresholds_of(indicator)
    for read, (_text, meant) in zip(
        (found.norm, found.signal, found.intervention), (norm, signal, intervention), strict=True
    ):
        assert [facts(row) for row in read] == [near(row) for row in meant]


def test_the_table_has_all_rows() -> None:
    assert list(MEANINGS) == [indicator.code for indicator in default_catalogue().indicators]


@pytest.mark.parametrize(
    ("text", "percent", "meant"),
    [
        ("  ", False, ()),
        ("-", False, ()),
        ("n.v.t.", True, ()),
        ("90%", True, at(ABSOLUTE, 0.9)),
        ("< 97%", True, below(ABSOLUTE, 0.97)),
        ("> 1.250", False, above(ABSOLUTE, 1250.0)),
        ("> 1.250,5", False, above(ABSOLUTE, 1250.5)),
        ("> 0.9 term", False, above(TERM, 0.9)),
        ("< 0,125", False, below(ABSOLUTE, 0.125)),
        ("<97% van het plan", False, below(PLAN, 0.97)),
        ("< 97% of plan", False, below(PLAN, 0.97)),
        ("< 97 or > 103", True, outside(ABSOLUTE, 0.97, 1.03)),
        ("> 103 of < 97", True, outside(ABSOLUTE, 0.97, 1.03)),
        ("< 90% plan of > 110% plan", False, outside(PLAN, 0.9, 1.1)),
        ("±10% of forecast", False, outside(FORECAST, 0.9, 1.1)),
        ("+/- 10% van raming", False, outside(FORECAST, 0.9, 1.1)),
        ("-5% t.o.v. vorige maand", False, below(CHANGE, -0.05)),
        ("−5% from previous month", False, below(CHANGE, -0.05)),
        ("> 105% vorige maand", False, above(CHANGE, 0.05)),
        ("> vorige maand", False, above(CHANGE, 0.0)),
        ("+10% t.o.v. plan", False, above(PLAN, 1.1)),
        ("+10% t.o.v. plan", True, above(PLAN, 1.1)),
        ("plan+10%", False, above(PLAN, 1.1)),
        ("> plan + 10%", False, above(PLAN, 1.1)),
        ("vorige maand + 5%", False, above(CHANGE, 0.05)),
        ("norm - 3 procentpunt", True, below(POINTS, -0.03)),
        ("norm-3", True, below(POINTS, -0.03)),
        ("< norm-3 pp", True, below(POINTS, -0.03)),
        ("norm+0,5", False, above(POINTS, 0.5)),
        ("±2 pp", True, outside(POINTS, -0.02, 0.02)),
        ("-2 pp", True, below(POINTS, -0.02)),
        ("+2 pp", True, above(POINTS, 0.02)),
        ("norm-3%", False, below(NORM, 0.97)),
        ("> 102%", False, above(NORM, 1.02)),
        ("> norm", False, above(NORM, 1.0)),
        ("per team", True, at(PLAN, 1.0)),
        ("< 90 (AB 80)", True, below(ABSOLUTE, 0.9) + below(ABSOLUTE, 0.8, "AB")),
        ("< 90 (AB < 80)", True, below(ABSOLUTE, 0.9) + below(ABSOLUTE, 0.8, "AB")),
        ("90 (AB 80, JZ-ZWA: 85,5)", True, at(ABSOLUTE, 0.9) + at(ABSOLUTE, 0.8, "AB") + at(ABSOLUTE, 0.855, "JZ-ZWA")),
        ("plan (DV 500)", False, at(PLAN, 1.0) + at(ABSOLUTE, 500.0, "DV")),
    ],
)  # fmt: skip
def test_other_ways_to_write_them(text: str, percent: bool, meant: Row) -> None:
    assert [facts(row) for row in parse_thresholds(text, percent=percent)] == [near(row) for row in meant]


def test_at_or_beyond_is_not_the_same_as_beyond() -> None:
    (row,) = parse_thresholds("≤ 95", percent=True)
    assert row == Threshold(ABSOLUTE, 0.95, None, strict=False)
    assert breached(row, 0.95) is True
    (row,) = parse_thresholds(">= 105% plan", percent=False)
    assert breached(row, 105.0, plan=100.0) is True
    assert breached(row, 104.9, plan=100.0) is False


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("veel", False),
        ("<", False),
        ("90 95", True),
        ("> 1,234", False),
        ("> 1.23.4", False),
        ("+10", False),
        ("+10%", True),
        ("norm-3%", True),
        ("norm-3 pp", False),
        ("2 pp", True),
        ("+5", True),
        ("vorige maand", False),
        ("< 103 of < 97", True),
        ("< 103 of > 97", True),
        ("< 97% plan of > 103% prognose", False),
        ("< 97 of ≥ 103", True),
        ("90 of > 95", True),
        ("90 (80)", True),
        ("90 (AB)", True),
        ("90 (AB 80", True),
        ("< 97 of > 103 (AB 80)", True),
        ("> +5% plan", False),
        ("plan - 3 pp", True),
    ],
)
def test_what_cannot_be_read_or_can_be_read_twice_is_refused(text: str, percent: bool) -> None:
    with pytest.raises(BadThresholdError) as caught:
        parse_thresholds(text, percent=percent)
    assert caught.value.facts == {"text": text}


def test_the_lowest_unit_on_the_path_goes_first() -> None:
    rows = parse_thresholds("90 (AB 80, AB-DVL 95)", percent=True)

    def norm(*path: str) -> float | None:
        found = applying(rows, path)
        return None if found is None else level(found)

    assert norm("IND", "JZ", "JZ-BEZ") == pytest.approx(0.9)
    assert norm("IND", "AB", "AB-NOO") == pytest.approx(0.8)
    assert norm("IND", "AB", "AB-DVL") == pytest.approx(0.95)
    assert norm("IND") == pytest.approx(0.9)
    assert applying((), ("IND",)) is None


def test_the_norm_of_a_row_is_a_value() -> None:
    def norm_of(code: str, **known: float) -> float | None:
        (row,) = thresholds_of(default_catalogue().indicator(code)).norm
        return level(row, **known)

    assert norm_of("INSTROOM", forecast=755.0) == 755.0
    assert norm_of("DOORLOOPTIJD", term=26.0) == 26.0
    assert norm_of("UREN_PER_ZAAK", norm_time=4.5) == 4.5
    assert norm_of("DIRECT_PCT", plan=0.68) == 0.68
    assert norm_of("FTE_BEZET", formation=197.5) == 197.5
    assert norm_of("KTV") == 7.5
    assert norm_of("UITSTROOM") is None
    assert level(Threshold(PLAN, 0.97, None), plan=100.0) is None


def _limits(code: str) -> Thresholds:
    return thresholds_of(default_catalogue().indicator(code))


@pytest.mark.parametrize(
    ("code", "value", "known", "signal", "intervention"),
    [
        ("INSTROOM", 1000.0, {"forecast": 1000.0}, False, False),
        ("INSTROOM", 1100.0, {"forecast": 1000.0}, False, False),
        ("INSTROOM", 1101.0, {"forecast": 1000.0}, True, False),
        ("INSTROOM", 799.0, {"forecast": 1000.0}, True, True),
        ("INSTROOM", 799.0, {}, None, None),
        ("UITSTROOM", 970.0, {"plan": 1000.0}, False, False),
        ("UITSTROOM", 969.0, {"plan": 1000.0}, True, False),
        ("UITSTROOM", 919.0, {"plan": 1000.0}, True, True),
        ("UITSTROOM", 0.0, {"plan": 0.0}, None, None),
        ("VOORRAAD", 1051.0, {"plan": 1000.0}, True, False),
        ("VOORRAAD_BUITEN", 106.0, {"previous": 100.0}, True, False),
        ("VOORRAAD_BUITEN", 111.0, {"previous": 100.0}, True, True),
        ("VOORRAAD_BUITEN", 5.0, {"previous": 0.0}, None, None),
        ("TIJDIG_PCT", 0.87, {"norm": 0.9}, False, False),
        ("TIJDIG_PCT", 0.869, {"norm": 0.9}, True, False),
        ("TIJDIG_PCT", 0.77, {"norm": 0.8}, False, False),
        ("TIJDIG_PCT", 0.719, {"norm": 0.8}, True, True),
        ("TIJDIG_PCT", 0.5, {}, None, None),
        ("DOORLOOPTIJD", 23.5, {"term": 26.0}, True, False),
        ("DOORLOOPTIJD", 26.0, {"term": 26.0}, True, False),
        ("DOORLOOPTIJD", 26.1, {"term": 26.0}, True, True),
        ("INGEBREKE", 111.0, {"plan": 100.0}, True, False),
        ("INGEBREKE", 126.0, {"plan": 100.0}, True, True),
        ("FTE_BEZET", 190.3, {"formation": 197.5}, True, False),
        ("BEZETTINGSGRAAD", 1.0, {}, False, False),
        ("BEZETTINGSGRAAD", 1.04, {}, True, False),
        ("BEZETTINGSGRAAD", 0.92, {}, True, True),
        ("VERZUIM_PCT", 0.055, {}, False, False),
        ("VERZUIM_PCT", 0.0631, {}, True, False),
        ("UREN_PER_ZAAK", 24.0, {"norm_time": 24.0}, False, False),
        ("UREN_PER_ZAAK", 28.0, {"norm_time": 24.0}, True, True),
        ("KTV", 7.1, {}, True, False),
        ("KOSTEN", 1_030_000.0, {"plan": 1_000_000.0}, True, False),
    ],
)  # fmt: skip
def test_breaches(
    code: str, value: float, known: dict[str, float], signal: bool | None, intervention: bool | None
) -> None:
    limits = _limits(code)
    (at_signal,), (at_intervention,) = limits.signal, limits.intervention
    assert breached(at_signal, value, **known) is signal
    assert breached(at_intervention, value, **known) is intervention


def test_what_is_not_known_is_not_judged() -> None:
    limit = Threshold(ABSOLUTE, 0.95, None)
    assert breached(limit, None) is None
    assert breached(limit, float("nan")) is None
    assert breached(Threshold(PLAN, 0.95, None), 1.0, plan=float("nan")) is None
    assert breached(Threshold(PLAN, 0.95, None), 1.0, plan=-10.0) is None
    assert breached(Threshold(ABSOLUTE, 0.9, 0.9), 0.5) is None  # a norm is a level, not a limit


def test_bounds_can_be_drawn() -> None:
    assert bounds(Threshold(PLAN, 0.5, 1.5), plan=200.0) == (100.0, 300.0)
    assert bounds(Threshold(CHANGE, None, 0.5), previous=200.0) == (None, 300.0)
    assert bounds(Threshold(POINTS, -0.25, None), norm=0.75) == (0.5, None)
    assert bounds(Threshold(PLAN, 0.5, 1.5)) is None


@given(
    st.floats(0.5, 1e6),
    st.floats(0.5, 1.5),
    st.sampled_from([PLAN, TERM, FORECAST, NORM, NORM_TIME, FORMATION]),
)
def test_a_value_on_the_bound_is_no_breach_and_a_thousandth_beyond_is(base: float, share: float, basis: Basis) -> None:
    known = {basis.value.removeprefix("share_of_"): base}
    limit = Threshold(basis, share, share + 0.5)
    assert breached(limit, base * share, **known) is False
    assert breached(limit, base * share * 0.999, **known) is True
    assert breached(limit, base * (share + 0.5) * 1.001, **known) is True


@given(st.text(max_size=30), st.booleans())
def test_any_text_is_read_or_refused(text: str, percent: bool) -> None:
    try:
        rows = parse_thresholds(text, percent=percent)
    except BadThresholdError:
        return
    assert all(row.lower is not None or row.upper is not None for row in rows)
