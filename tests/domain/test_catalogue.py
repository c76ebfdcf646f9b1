"""The shipped catalogue, held against the columns of the shipped sample and against the parsers that read its texts.

What each indicator should be is in sample_indicatoren.csv of the assignment; what norm, signal and intervention mean
is held row by row in test_threshold.py.
"""

import csv
from pathlib import Path

import pytest

from indsteer.domain.catalogue import GROUPS, Catalogue, default_catalogue, load_catalogue
from indsteer.domain.formula import parse_formula
from indsteer.domain.quantity import Direction, OverTime, OverUnits
from indsteer.domain.threshold import thresholds_of
from indsteer.errors import UnknownIndicatorError
from indsteer.resources import resource_path

FORMULAS = {
    "TIJDIG_PCT": "UITSTROOM_TIJDIG / UITSTROOM",
    "BEZETTINGSGRAAD": "FTE_BEZET / FTE_FORMATIE",
    "VERZUIM_PCT": "UREN_VERZUIM / UREN_BRUTO",
    "DIRECT_PCT": "UREN_DIRECT / UREN_NETTO",
    "UREN_PER_ZAAK": "UREN_DIRECT / UITSTROOM",
    "PRODUCTIVITEIT": "UITSTROOM / FTE_BEZET",
    "GEWOGEN_PRODUCTIE": "UITSTROOM * norm_time",
    "EFFICIENTIE_PCT": "UITSTROOM * norm_time / UREN_DIRECT",
    "KWALITEIT_PCT": "STEEKPROEF_GOED / STEEKPROEF_N",
    "KOSTEN_PER_ZAAK": "KOSTEN / UITSTROOM",
    "VOORSPELBAARHEID": "1 - abs(UITSTROOM - plan(UITSTROOM)) / plan(UITSTROOM)",
    "DEKKING_WEKEN": "VOORRAAD / per_week(mean(UITSTROOM, 3))",
    "SLUITENDHEID": "UITSTROOM / INSTROOM",
}
METHODS = {
    "change": {"VOORRAAD", "VOORRAAD_TUSSEN", "VOORRAAD_BUITEN", "DEKKING_WEKEN"},
    "path": {"FTE_FORMATIE", "FTE_BEZET", "BEZETTINGSGRAAD", "KOSTEN"},
    "proportion": {"KWALITEIT_PCT"},
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return default_catalogue()


def test_what_the_sample_measures_is_what_the_catalogue_knows(catalogue: Catalogue) -> None:
    with resource_path("samples", "sample_realisatie.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [column for column in rows[0] if column not in {"periode", "eenheid"}]
    assert [quantity.code for quantity in catalogue.quantities] == columns
    for quantity in catalogue.quantities:
        texts = {row[quantity.code] for row in rows} - {""}
        assert max(len(text.partition(".")[2]) for text in texts) == quantity.decimals, quantity.code


def test_what_the_sample_plans_is_steered_on(catalogue: Catalogue) -> None:
    with resource_path("samples", "sample_plan.csv").open(encoding="utf-8", newline="") as file:
        planned = {row["indicator"] for row in csv.DictReader(file)}
    assert planned <= {indicator.code for indicator in catalogue.indicators}


def test_every_formula_is_read_and_uses_quantities_only(catalogue: Catalogue) -> None:
    codes = {quantity.code for quantity in catalogue.quantities}
    assert len(catalogue.indicators) == 24
    for indicator in catalogue.indicators:
        assert indicator.formula == FORMULAS.get(indicator.code, indicator.code)
        formula = parse_formula(indicator.formula)
        assert {*formula.quantities, *formula.indicators} <= codes


def test_every_threshold_is_read(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators:
        thresholds = thresholds_of(indicator)
        assert bool(thresholds.signal) == bool(indicator.signal)
        assert not any(row.is_level for row in (*thresholds.signal, *thresholds.intervention))
        assert all(row.is_level for row in thresholds.norm)


def test_a_base_indicator_rolls_up_as_its_quantity(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators:
        if indicator.formula == indicator.code:
            quantity = catalogue.quantity(indicator.code)
            for field in (
                "name_nl",
                "name_en",
                "measure",
                "decimals",
                "over_time",
                "over_units",
                "direction",
                "sensitive",
            ):
                assert getattr(indicator, field) == getattr(quantity, field), (indicator.code, field)


def test_percentages_are_ratios_and_nothing_else_is_a_percentage(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators:
        assert indicator.percent == (indicator.measure == "%")
        if indicator.percent:
            assert (indicator.over_time, indicator.over_units) == (OverTime.RATIO, OverUnits.RATIO)


def test_unlike_products_are_never_added_as_hours_or_costs_per_case(catalogue: Catalogue) -> None:
    one_product = {i.code for i in catalogue.indicators if i.over_units is OverUnits.ONE_PRODUCT}
    assert one_product == {"UREN_PER_ZAAK", "PRODUCTIVITEIT", "KOSTEN_PER_ZAAK"}


def test_stocks_count_at_the_end_and_means_have_a_weight(catalogue: Catalogue) -> None:
    ends = {q.code for q in catalogue.quantities if q.over_time is OverTime.END}
    assert ends == {"VOORRAAD", "VOORRAAD_TUSSEN", "VOORRAAD_BUITEN"}
    weighted = {q.code: q.weight for q in catalogue.quantities if q.weight}
    assert weighted == {"DOORLOOPTIJD": "UITSTROOM", "KTV": "UITSTROOM"}
    assert catalogue.quantity("KTV").over_time is OverTime.MEAN


def test_how_change_is_judged(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators:
        special = [method for method, codes in METHODS.items() if indicator.code in codes]
        assert [indicator.method] == (special or ["xmr"])


def test_absence_and_leave_are_hidden_for_small_groups(catalogue: Catalogue) -> None:
    assert {q.code for q in catalogue.quantities if q.sensitive} == {"UREN_VERLOF", "UREN_VERZUIM"}
    assert {i.code for i in catalogue.indicators if i.sensitive} == {"VERZUIM_PCT"}


def test_both_languages_name_everything(catalogue: Catalogue) -> None:
    assert all(quantity.name_nl and quantity.name_en for quantity in catalogue.quantities)
    assert all(indicator.name_nl and indicator.name_en for indicator in catalogue.indicators)
    for indicator in catalogue.indicators:
        assert bool(indicator.note_nl) == bool(indicator.note_en)
    for names in ([q.name_nl for q in catalogue.quantities], [q.name_en for q in catalogue.quantities]):
        assert len(set(names)) == len(names)


def test_quantities_stand_in_groups_that_are_not_broken_up(catalogue: Catalogue) -> None:
    groups = [quantity.group for quantity in catalogue.quantities]
    assert groups == sorted(groups, key=GROUPS.index)


def test_finding_by_code(catalogue: Catalogue) -> None:
    assert catalogue.indicator("TIJDIG_PCT").direction is Direction.HIGHER
    with pytest.raises(UnknownIndicatorError):
        catalogue.indicator("UREN_BRUTO")
    with pytest.raises(UnknownIndicatorError):
        catalogue.quantity("TIJDIG_PCT")


ENTRY = 'code = "{}"\nname_nl = "x"\nname_en = "x"\nmeasure = "x"\nover_time = "sum"\nover_units = "sum"\n'
QUANTITY = "[[quantity]]\n" + ENTRY.format("A") + 'decimals = 0\ngroup = "cases"\n'
INDICATOR = "[[indicator]]\n" + ENTRY.format("A") + 'direction = "higher"\n'


def test_the_smallest_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(QUANTITY + INDICATOR, encoding="utf-8")
    found = load_catalogue(path)
    assert found.indicator("A").formula == "A"
    assert found.indicator("A").method == "xmr"
    assert found.quantity("A").direction is Direction.NEUTRAL


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("quantity = 1 =", "Expected"),
        (QUANTITY, "indicator"),
        (QUANTITY + QUANTITY + INDICATOR, "more than once: A"),
        (QUANTITY + INDICATOR + INDICATOR, "more than once: A"),
        (QUANTITY.replace('"sum"', '"total"', 1) + INDICATOR, "total"),
        (QUANTITY.replace("measure", "unit") + INDICATOR, "unit"),
        (QUANTITY.replace('"cases"', '"people"') + INDICATOR, "people"),
        (QUANTITY.replace('"sum"', '"weighted"', 1) + INDICATOR, "none of A"),
        (QUANTITY + 'weight = "B"\n' + INDICATOR, "none of A"),
        (QUANTITY + INDICATOR + 'method = "guess"\n', "guess"),
        (QUANTITY + INDICATOR + 'cycle = "maand"\n', "maand"),
    ],
)
def test_what_is_no_catalogue_is_refused(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=why):
        load_catalogue(path)
