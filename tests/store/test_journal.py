"""Steps, their hashes, packed blocks and what verification finds."""

from __future__ import annotations

import math
import struct

from hypothesis import given
from hypothesis import strategies as st

from indsteer.operations.actuals import ActualEdit, set_actuals
from indsteer.store.encoding import Row, encode, pack_rows, unpack_rows
from indsteer.store.file import SteerFile
from indsteer.store.journal import Changes
from indsteer.store.verification import check_file, head
from tests.dumps import dump

VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text() | st.binary()


def exact(row: Row | None) -> object:
    return None if row is None else [struct.pack(">d", v) if isinstance(v, float) else (type(v), v) for v in row]


@given(st.integers(1, 4).flatmap(lambda w: st.lists(st.tuples(st.booleans(), *[VALUES] * (2 * w)), max_size=6)))
def test_a_packed_block_gives_back_every_value_exactly(drawn: list[tuple[object, ...]]) -> None:
    width = (len(drawn[0]) - 1) // 2 if drawn else 0
    before: list[Row | None] = [row[1 : 1 + width] if row[0] else None for row in drawn]  # type: ignore[misc]
    after: list[Row] = [row[1 + width :] for row in drawn]  # type: ignore[misc]
    old, new = unpack_rows(pack_rows(before, after))
    assert [exact(row) for row in old] == [exact(row) for row in before]
    assert [exact(row) for row in new] == [exact(row) for row in after]


@given(st.lists(VALUES), st.lists(VALUES))
def test_different_rows_have_different_bytes(a: list[object], b: list[object]) -> None:
    same = [exact((x,)) for x in a] == [exact((x,)) for x in b]  # type: ignore[arg-type]
    assert (encode(a) == encode(b)) == same  # type: ignore[arg-type]


def bulk(file: SteerFile, value: float, months: int = 24) -> Changes:
    rows: list[Row] = [
        ("D-A", "UITSTROOM", "", f"{2020 + m // 12}-{m % 12 + 1:02d}", value + m / 3, 1, "", None, "")
        for m in range(months)
    ]
    with file.step("bulk") as step:
        step.put_many("actual", rows)
    return step.changes


def test_a_bulk_step_is_one_row_of_the_log_and_undone_exactly(file: SteerFile) -> None:
    set_actuals(file, [ActualEdit("D-A", "UITSTROOM", "2020-03", math.pi)])
    before = dump(file.connection)
    changes = bulk(file, 0.1)
    after = dump(file.connection)
    assert changes.rows == 24
    assert changes.units == {"D-A"}
    assert changes.touches("actual")
    assert file.connection.execute("SELECT count(*) FROM log WHERE step = ?", (changes.step,)).fetchone() == (1,)
    file.undo()
    assert dump(file.connection) == before
    file.redo()
    assert dump(file.connection) == after
    assert check_file(file.connection).problems == ()


def test_the_same_rows_again_make_no_step(file: SteerFile) -> None:
    bulk(file, 0.1)
    assert bulk(file, 0.1).step == 0
    assert bulk(file, 0.2).rows == 24


def test_verification_names_the_step_whose_log_was_changed(file: SteerFile) -> None:
    set_actuals(file, [ActualEdit("D-A", "UITSTROOM", "2024-01", 100.0)])
    changes = set_actuals(file, [ActualEdit("D-A", "UITSTROOM", "2024-02", 200.0)])
    set_actuals(file, [ActualEdit("D-A", "UITSTROOM", "2024-03", 300.0)])
    assert check_file(file.connection).problems == ()
    file.connection.execute("UPDATE log SET n4 = 250.0 WHERE step = ?", (changes.step,))
    assert check_file(file.connection).problems == (("broken_chain", str(changes.step)),)


def test_verification_expects_a_head_that_was_printed(file: SteerFile) -> None:
    changes = set_actuals(file, [ActualEdit("D-A", "UITSTROOM", "2024-01", 1.0)])
    printed = head(file.connection, changes.step)
    assert len(printed) == 12
    set_actuals(file, [ActualEdit("D-A", "UITSTROOM", "2024-01", 2.0)])
    assert check_file(file.connection, printed).problems == ()
    assert check_file(file.connection, "0123456789ab").problems == (("unknown_head", "0123456789ab"),)


def test_a_rewritten_step_is_found_by_the_printed_head(file: SteerFile) -> None:
    """Who can write the file can write a new chain; only the head that was printed elsewhere tells."""
    set_actuals(file, [ActualEdit("D-A", "UITSTROOM", "2024-01", 1.0)])
    printed = head(file.connection)
    file.connection.execute("UPDATE step SET hash = ? WHERE n = (SELECT max(n) FROM step)", (b"\0" * 32,))
    assert ("unknown_head", printed) in check_file(file.connection, printed).problems
