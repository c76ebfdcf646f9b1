"""The one journal: every change is a step that can be undone, redone, read back and proved.

A step is one transaction. The triggers of `journal_triggers.py` write each changed row before and after; a bulk
step writes one packed block instead. Undo of a step is a new step that replays the log backwards; redo replays it
forwards. Undo is linear back to the last barrier. Each step's hash covers the step before it of the same origin,
the step's own facts and every logged row; a redacted row keeps its hash.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from indsteer import __version__
from indsteer.errors import Fact
from indsteer.store.encoding import Row, Value, digest, encode, pack_rows, unpack_rows
from indsteer.store.errors import NothingToRedoError, NothingToUndoError
from indsteer.store.journal_triggers import TableShape, table_shape
from indsteer.store.schema import JOURNALLED, LOG_WIDTH

_OLD = ", ".join(f"o{i}" for i in range(LOG_WIDTH))
_NEW = ", ".join(f"n{i}" for i in range(LOG_WIDTH))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes: a role and initials chosen at first start, never an account name."""

    role: str
    initials: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step changed. `touched` holds (table, unit) pairs; unit "" where the table has none."""

    step: int = 0
    key: str = ""
    facts: tuple[tuple[str, Fact], ...] = ()
    touched: frozenset[tuple[str, str]] = frozenset()
    rows: int = 0

    def touches(self, *tables: str) -> bool:
        """Whether a row of one of these tables changed."""
        return any(table in tables for table, _ in self.touched)

    @property
    def units(self) -> frozenset[str]:
        """Codes of the units whose rows changed."""
        return frozenset(unit for _, unit in self.touched if unit)


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A step as it stands in the journal."""

    n: int
    origin: str
    seq: int
    key: str
    facts: dict[str, Fact]
    role: str
    initials: str
    at: str
    barrier: bool
    undoes: int | None
    redoes: int | None
    hash: bytes


class OpenStep:
    """The writing end of a step; operations get it from `Journal.step`."""

    def __init__(self, connection: sqlite3.Connection, shapes: dict[str, TableShape], number: int) -> None:
        self._connection = connection
        self._shapes = shapes
        self.number = number
        self.changes = Changes()
        self.bulk_touched: set[tuple[str, str]] = set()
        self.bulk_rows = 0

    def put(self, table: str, **row: Value) -> None:
        """Insert the row, or change the row with its key where it differs. Never INSERT OR REPLACE."""
        shape = self._shapes[table]
        names = list(row)
        key = [shape.columns[i] for i in shape.key]
        rest = [name for name in names if name not in key]
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        if rest:
            sets = ", ".join(f"{name} = excluded.{name}" for name in rest)
            differs = " OR ".join(f"{table}.{name} IS NOT excluded.{name}" for name in rest)
            sql += f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets} WHERE {differs}"
        else:
            sql += f" ON CONFLICT ({', '.join(key)}) DO NOTHING"
        self._connection.execute(sql, tuple(row.values()))

    def change(self, table: str, key: dict[str, Value], **values: Value) -> int:
        """Change columns of the rows with this key; answers how many rows."""
        sets = ", ".join(f"{name} = ?" for name in values)
        differs = " OR ".join(f"{name} IS NOT ?" for name in values)
        where = " AND ".join(f"{name} = ?" for name in key)
        return self._connection.execute(
            f"UPDATE {table} SET {sets} WHERE {where} AND ({differs})",
            (*values.values(), *key.values(), *values.values()),
        ).rowcount

    def remove(self, table: str, **key: Value) -> int:
        """Delete the rows with this key; answers how many rows."""
        where = " AND ".join(f"{name} = ?" for name in key)
        return self._connection.execute(f"DELETE FROM {table} WHERE {where}", tuple(key.values())).rowcount

    def query(self, sql: str, *values: Value) -> list[tuple[Value, ...]]:
        """Read inside the step's transaction."""
        return self._connection.execute(sql, values).fetchall()

    def put_many(self, table: str, rows: Sequence[Row]) -> int:
        """Insert or change many whole rows (all columns), journalled as one packed block.

        Rows equal to what is stored are left out; answers how many rows were new or changed.
        """
        shape = self._shapes[table]
        before = self._stored(shape, rows)
        fresh = [(b, r) for b, r in zip(before, rows, strict=True) if b != r]
        if not fresh:
            return 0
        old, new = [b for b, _ in fresh], [r for _, r in fresh]
        ordered = sorted(range(len(new)), key=lambda i: tuple(new[i][k] for k in shape.key))
        self._connection.execute("UPDATE journal_state SET bulk = 1")
        try:
            self._connection.executemany(_upsert(shape), [new[i] for i in ordered])
        finally:
            self._connection.execute("UPDATE journal_state SET bulk = 0")
        self._connection.execute(
            "INSERT INTO log (step, tbl, op, n0) VALUES (?, ?, 'B', ?)",
            (self.number, table, pack_rows(old, new)),
        )
        self.note_bulk(shape, new)
        return len(new)

    def note_bulk(self, shape: TableShape, rows: Sequence[Row]) -> None:
        """Remember what a packed block touched, so that it need not be unpacked to know."""
        self.bulk_rows += len(rows)
        if "unit" in shape.columns:
            place = shape.columns.index("unit")
            self.bulk_touched.update((shape.name, str(unit)) for unit in {row[place] for row in rows})
        else:
            self.bulk_touched.add((shape.name, ""))

    def _stored(self, shape: TableShape, rows: Sequence[Row]) -> list[Row | None]:
        first = shape.columns[shape.key[0]]
        leads = sorted({row[shape.key[0]] for row in rows})  # type: ignore[type-var]
        found: dict[Row, Row] = {}
        for lead in leads:
            for row in self._connection.execute(f"SELECT * FROM {shape.name} WHERE {first} = ?", (lead,)):
                found[tuple(row[k] for k in shape.key)] = row
        return [found.get(tuple(row[k] for k in shape.key)) for row in rows]


@dataclass(slots=True)
class _Stacks:
    undo: list[int] = field(default_factory=list)
    redo: list[int] = field(default_factory=list)
    barrier: str = ""


class Journal:
    """Steps on one write connection."""

    def __init__(self, connection: sqlite3.Connection, actor: Actor) -> None:
        self._connection = connection
        self.actor = actor
        self._shapes = {name: table_shape(connection, name) for name in JOURNALLED}

    @contextmanager
    def step(self, key: str, facts: dict[str, Fact], *, at: str, barrier: bool = False) -> Iterator[OpenStep]:
        """One transaction, one step. A step that changes nothing leaves no trace; a failing one is rolled back."""
        with self._open(key, at=at, barrier=barrier, facts=facts) as step:
            yield step

    def undo(self, at: str) -> Changes:
        """Undo the last step that still stands, as a new step.

        Raises:
            NothingToUndoError: none, or the last one is a barrier.
        """
        stacks = self._stacks()
        if not stacks.undo:
            raise NothingToUndoError(barrier=stacks.barrier)
        record = self.record(stacks.undo[-1])
        with self._open("undo", at=at, facts=_about(record), undoes=record.n) as step:
            self._replay(step, record.n, backwards=True)
        return step.changes

    def redo(self, at: str) -> Changes:
        """Do the last undone step again, as a new step.

        Raises:
            NothingToRedoError: no undone step is left.
        """
        stacks = self._stacks()
        if not stacks.redo:
            raise NothingToRedoError
        record = self.record(stacks.redo[-1])
        with self._open("redo", at=at, facts=_about(record), redoes=record.n) as step:
            self._replay(step, record.n, backwards=False)
        return step.changes

    def undoable(self) -> StepRecord | None:
        """The step that undo would undo."""
        stack = self._stacks().undo
        return self.record(stack[-1]) if stack else None

    def redoable(self) -> StepRecord | None:
        """The step that redo would do again."""
        stack = self._stacks().redo
        return self.record(stack[-1]) if stack else None

    def record(self, n: int) -> StepRecord:
        """The step with this number."""
        return read_steps(self._connection, "WHERE n = ?", n)[0]

    @contextmanager
    def _open(
        self,
        key: str,
        *,
        at: str,
        facts: dict[str, Fact],
        barrier: bool = False,
        undoes: int | None = None,
        redoes: int | None = None,
    ) -> Iterator[OpenStep]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            ((number,),) = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM step").fetchall()
            connection.execute("UPDATE journal_state SET step = ?", (number,))
            step = OpenStep(connection, self._shapes, number)
            yield step
            rows = connection.execute(
                f"SELECT n, tbl, op, {_OLD}, {_NEW} FROM log WHERE step = ? ORDER BY n", (number,)
            ).fetchall()
            if not rows and not barrier:
                connection.execute("ROLLBACK")
                return
            self._close(step, key, at, facts, barrier, undoes, redoes, rows)
            connection.execute("UPDATE journal_state SET step = NULL")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _close(
        self,
        step: OpenStep,
        key: str,
        at: str,
        facts: dict[str, Fact],
        barrier: bool,
        undoes: int | None,
        redoes: int | None,
        rows: list[tuple[Value, ...]],
    ) -> None:
        connection = self._connection
        ((origin,),) = connection.execute("SELECT origin FROM journal_state").fetchall()
        ((seq,),) = connection.execute(
            "SELECT coalesce(max(seq), 0) + 1 FROM step WHERE origin = ?", (origin,)
        ).fetchall()
        head: Row = (
            step.number, origin, seq, key, json.dumps(facts, ensure_ascii=False, sort_keys=True), self.actor.role,
            self.actor.initials, at, __version__, int(barrier), undoes, redoes,
        )  # fmt: skip
        shapes = self._shapes
        leaves = b"".join(leaf_hash(shapes, row) for row in rows)
        chain = digest(previous_hash(connection, str(origin), int(seq)), encode(head), leaves)
        connection.execute(f"INSERT INTO step VALUES ({', '.join('?' * 13)})", (*head, chain))
        touched, count = _touched(shapes, rows)
        step.changes = Changes(
            step.number, key, tuple(facts.items()), touched | step.bulk_touched, count + step.bulk_rows
        )

    def _replay(self, step: OpenStep, n: int, *, backwards: bool) -> None:
        order = "DESC" if backwards else "ASC"
        rows = self._connection.execute(
            f"SELECT n, tbl, op, {_OLD}, {_NEW} FROM log WHERE step = ? ORDER BY n {order}", (n,)
        ).fetchall()
        for row in rows:
            shape = self._shapes[str(row[1])]
            if row[2] == "B":
                block = row[3 + LOG_WIDTH]
                assert isinstance(block, bytes)  # noqa: S101  put_many wrote it
                self._replay_block(step, shape, block, backwards=backwards)
                continue
            old, new = row[3 : 3 + len(shape.columns)], row[3 + LOG_WIDTH : 3 + LOG_WIDTH + len(shape.columns)]
            before = None if row[2] == "I" else old
            after = None if row[2] == "D" else new
            _move(self._connection, shape, *((after, before) if backwards else (before, after)))

    def _replay_block(self, step: OpenStep, shape: TableShape, block: bytes, *, backwards: bool) -> None:
        before, after = unpack_rows(block)
        step.note_bulk(shape, after)
        kept = [row for row in before if row is not None]
        fresh = [row for row, was in zip(after, before, strict=True) if was is None]
        self._connection.execute("UPDATE journal_state SET bulk = 1")
        if backwards:
            where = " AND ".join(f"{shape.columns[k]} = ?" for k in shape.key)
            keys = [tuple(row[k] for k in shape.key) for row in fresh]
            self._connection.executemany(f"DELETE FROM {shape.name} WHERE {where}", keys)
            self._connection.executemany(_upsert(shape), kept)
        else:
            self._connection.executemany(_upsert(shape), after)
        self._connection.execute("UPDATE journal_state SET bulk = 0")
        # The new step keeps both images too: redo and undo replay the first step, history reads every step.
        images: tuple[list[Row | None], list[Row | None]] = (before, list(after))
        old, new = images[::-1] if backwards else images
        self._connection.execute(
            "INSERT INTO log (step, tbl, op, o0, n0) VALUES (?, ?, 'R', ?, ?)",
            (step.number, shape.name, _pack_images(old), _pack_images(new)),
        )

    def _stacks(self) -> _Stacks:
        stacks = _Stacks()
        writer: tuple[str, str, str] | None = None
        rows = self._connection.execute(
            "SELECT n, origin, role, initials, key, barrier, undoes, redoes FROM step"
            " WHERE n >= coalesce((SELECT max(n) FROM step WHERE barrier = 1), 0) ORDER BY n"
        ).fetchall()
        ((origin,),) = self._connection.execute("SELECT origin FROM journal_state").fetchall()
        for n, origin_of, role, initials, key, barrier, undoes, redoes in rows:
            if barrier or (writer is not None and writer != (origin_of, role, initials)):
                stacks = _Stacks(barrier=key if barrier else "change_of_writer")
            writer = (origin_of, role, initials)
            if undoes is not None:
                stacks.redo.append(stacks.undo.pop())
            elif redoes is not None:
                stacks.undo.append(stacks.redo.pop())
            elif not barrier:
                stacks.undo.append(n)
                stacks.redo.clear()
        if writer is not None and writer != (origin, self.actor.role, self.actor.initials):
            return _Stacks(barrier="change_of_writer")
        return stacks


def read_steps(connection: sqlite3.Connection, where: str = "", *values: Value) -> list[StepRecord]:
    """Steps in order, with an SQL condition of our own making."""
    rows = connection.execute(
        "SELECT n, origin, seq, key, facts, role, initials, at, barrier, undoes, redoes, hash FROM step "
        f"{where} ORDER BY n",
        values,
    ).fetchall()
    return [
        StepRecord(r[0], r[1], r[2], r[3], json.loads(r[4]), r[5], r[6], r[7], bool(r[8]), r[9], r[10], r[11])
        for r in rows
    ]


def leaf_hash(shapes: dict[str, TableShape], row: Sequence[Value]) -> bytes:
    """Hash of one row of the log, as `SELECT n, tbl, op, o.., n..` gives it."""
    op, width = row[2], len(shapes[str(row[1])].columns)
    if op in ("B", "R"):
        width = 1
    return digest(encode((row[1], op, *row[3 : 3 + width], *row[3 + LOG_WIDTH : 3 + LOG_WIDTH + width])))


def previous_hash(connection: sqlite3.Connection, origin: str, seq: int) -> bytes:
    """Hash that the step (origin, seq) builds on: of the step before it, or of what the copy was made from."""
    row = connection.execute("SELECT hash FROM step WHERE origin = ? AND seq = ?", (origin, seq - 1)).fetchone()
    if row is None:
        row = connection.execute(
            "SELECT hash FROM step WHERE n < coalesce((SELECT min(n) FROM step WHERE origin = ?), 1 << 62)"
            " ORDER BY n DESC LIMIT 1",
            (origin,),
        ).fetchone()
    return bytes(row[0]) if row else b""


def _about(record: StepRecord) -> dict[str, Fact]:
    return {"step": record.n, "of": record.key, **{k: v for k, v in record.facts.items() if k not in ("step", "of")}}


def _upsert(shape: TableShape) -> str:
    key = {shape.columns[k] for k in shape.key}
    sets = ", ".join(f"{c} = excluded.{c}" for c in shape.columns if c not in key)
    places = ", ".join("?" * len(shape.columns))
    names = ", ".join(shape.columns[k] for k in shape.key)
    return f"INSERT INTO {shape.name} VALUES ({places}) ON CONFLICT ({names}) DO UPDATE SET {sets}"


def _move(connection: sqlite3.Connection, shape: TableShape, found: Row | None, wanted: Row | None) -> None:
    """Bring one row from how it should be now to how it should become; anything else is our bug."""
    where = " AND ".join(f"{shape.columns[k]} = ?" for k in shape.key)
    if found is None:
        assert wanted is not None  # noqa: S101
        places = ", ".join("?" * len(wanted))
        changed = connection.execute(f"INSERT INTO {shape.name} VALUES ({places})", wanted).rowcount
    elif wanted is None:
        key = tuple(found[k] for k in shape.key)
        changed = connection.execute(f"DELETE FROM {shape.name} WHERE {where}", key).rowcount
    else:
        sets = ", ".join(f"{c} = ?" for c in shape.columns)
        key = tuple(found[k] for k in shape.key)
        changed = connection.execute(f"UPDATE {shape.name} SET {sets} WHERE {where}", (*wanted, *key)).rowcount
    if changed != 1:
        raise AssertionError(f"replay of {shape.name} found {changed} rows instead of 1")


def _pack_images(rows: Sequence[Row | None]) -> bytes:
    width = max((len(row) for row in rows if row is not None), default=0)
    return pack_rows(rows, [(None,) * width] * len(rows))


def block_images(op: str, old: Value, new: Value) -> tuple[list[Row | None], list[Row | None]]:
    """Rows before and after of a packed log row: 'B' as written, 'R' as replayed."""
    assert isinstance(new, bytes)  # noqa: S101  put_many wrote it
    if op == "B":
        before, after = unpack_rows(new)
        return before, list(after)
    assert isinstance(old, bytes)  # noqa: S101
    return unpack_rows(old)[0], unpack_rows(new)[0]


def _touched(shapes: dict[str, TableShape], rows: list[tuple[Value, ...]]) -> tuple[frozenset[tuple[str, str]], int]:
    touched: set[tuple[str, str]] = set()
    single = [row for row in rows if row[2] not in ("B", "R")]
    for row in single:
        columns = shapes[str(row[1])].columns
        if "unit" not in columns:
            touched.add((str(row[1]), ""))
            continue
        place = 3 + columns.index("unit")
        touched.update((str(row[1]), str(unit)) for unit in (row[place], row[place + LOG_WIDTH]) if unit is not None)
    return frozenset(touched), len(single)
