"""The history of a cell: single steps, packed blocks, undo and redo."""

from __future__ import annotations

from indsteer.operations import actuals, history
from indsteer.operations.actuals import ActualEdit
from indsteer.store.file import SteerFile
from indsteer.store.queries.history import actual_history

CELL = ("D-A", "INSTROOM", "2024-01")


def put(file: SteerFile, value: float | None, reason: str = "") -> None:
    actuals.set_actuals(file, [ActualEdit(*CELL, value, reason)])


def told(file: SteerFile) -> list[tuple[str, float | None, float | None]]:
    return [(c.step.key, c.was, c.became) for c in actual_history(file.connection, *CELL)]


def test_a_cell_that_was_never_touched_has_no_history(file: SteerFile) -> None:
    actuals.set_actuals(file, [ActualEdit("D-B", "INSTROOM", "2024-01", 1.0)])
    assert told(file) == []


def test_each_step_tells_from_what_to_what_newest_first(file: SteerFile) -> None:
    put(file, 10.0)
    put(file, 12.0)
    actuals.make_final(file, "D-A", "2024-01")
    put(file, None)

    assert told(file) == [
        ("set_actuals", 12, None), ("make_final", 12, 12), ("set_actuals", 10, 12), ("set_actuals", None, 10),
    ]  # fmt: skip
    changes = actual_history(file.connection, *CELL)
    assert [c.value_changed for c in changes] == [True, False, True, True]
    assert (changes[0].step.role, changes[0].exists) == ("teamleider", False)


def test_undo_and_redo_are_steps_of_the_history_too(file: SteerFile) -> None:
    put(file, 10.0)
    put(file, 12.0)
    history.undo(file)
    history.redo(file)

    assert told(file)[:2] == [("redo", 10, 12), ("undo", 12, 10)]


def test_packed_blocks_are_read_also_when_undone(file: SteerFile) -> None:
    put(file, 10.0)
    with file.step("take_over", n=1, name="blad.xlsx") as step:
        step.put_many("actual", [("D-A", "INSTROOM", "", "2024-01", 15.0, 0, "", None, "B2")])
    history.undo(file)

    assert told(file) == [("undo", 15, 10), ("take_over", 10, 15), ("set_actuals", None, 10)]


def test_a_limit_keeps_the_newest(file: SteerFile) -> None:
    for value in range(5):
        put(file, float(value))
    assert [c.became for c in actual_history(file.connection, *CELL, limit=2)] == [4, 3]
