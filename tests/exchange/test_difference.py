from indsteer.exchange.difference import Change, Key, KnownName, difference, resolve_names
from indsteer.exchange.reading_model import Record


def record(
    value: float, *, unit: str = "AB-N", indicator: str = "UIT", period: str = "2024-01", cell: str = "C5"
) -> Record:
    return Record(unit, indicator, period, "actual", value, "Blad1", cell)


KEY: Key = ("AB-N", "UIT", "2024-01", "actual")


def test_new_same_and_changed_by_declared_decimals() -> None:
    assert [line.change for line in difference([record(10)], {}).lines] == [Change.NEW]
    assert difference([record(10.04)], {KEY: 10.0}, decimals={"UIT": 1}).lines[0].change is Change.SAME
    changed = difference([record(10.06)], {KEY: 10.0}, decimals={"UIT": 1}).lines[0]
    assert (changed.change, changed.old, changed.new, changed.cell) == (Change.CHANGED, 10.0, 10.06, "Blad1!C5")


def test_percentages_round_in_points() -> None:
    same = difference([record(0.8504)], {KEY: 0.85}, decimals={"UIT": 1}, percent=frozenset({"UIT"}))
    changed = difference([record(0.851)], {KEY: 0.85}, decimals={"UIT": 1}, percent=frozenset({"UIT"}))
    assert same.lines[0].change is Change.SAME
    assert changed.lines[0].change is Change.CHANGED


def test_two_cells_for_one_key_are_both_refused_unless_they_agree() -> None:
    apart = difference([record(1), record(2, cell="D5")], {})
    assert apart.lines == ()
    assert (apart.conflicts[0].values, apart.conflicts[0].cells) == ((1, 2), ("Blad1!C5", "Blad1!D5"))
    assert difference([record(1), record(1, cell="D5")], {}).conflicts == ()


def test_what_the_file_lacks_is_missing_only_within_what_it_speaks_of() -> None:
    stored = {
        KEY: 1.0,
        ("AB-N", "UIT", "2024-02", "actual"): 2.0,  # a month that the file does not have at all
        ("AB-Z", "UIT", "2024-01", "actual"): 3.0,  # a unit that the file does not have
        ("AB-N", "IN", "2024-01", "actual"): 4.0,
    }
    rows = [record(1), record(5, indicator="IN", period="2024-03")]
    assert [line.key for line in difference(rows, stored).of(Change.MISSING)] == [("AB-N", "IN", "2024-01", "actual")]


def test_the_same_records_twice_change_nothing() -> None:
    rows = [record(0.1 + 0.2), record(3, period="2024-02")]
    stored = {line.key: line.new or 0.0 for line in difference(rows, {}).lines}
    assert {line.change for line in difference(rows, stored).lines} == {Change.SAME}


def test_names_bind_exactly_and_others_get_up_to_three_proposals() -> None:
    units = [
        KnownName("AB-TAP", ("Team Ter Apel",)),
        KnownName("AB-DBO", ("Team Den Bosch",)),
        KnownName("X", ("Iets",)),
    ]
    names = resolve_names(
        [record(1, unit="team  ter apel"), record(2, unit="Team Ter Apell")],
        units,
        [KnownName("UIT", ("Beslissingen",))],
    )
    assert names.units == {"team  ter apel": "AB-TAP"}
    assert names.unmatched_units[0].name == "Team Ter Apell"
    assert names.unmatched_units[0].proposals[0] == "AB-TAP"
    assert len(names.unmatched_units[0].proposals) <= 3


def test_a_bare_85_for_a_percentage_is_divided_and_says_so() -> None:
    bound = resolve_names([record(85), record(0.9)], [KnownName("AB-N")], [KnownName("UIT", percent=True)]).records
    assert [r.value for r in bound] == [0.85, 0.9]
    assert [reason.key for reason in bound[0].reasons] == ["percent_divided"]
