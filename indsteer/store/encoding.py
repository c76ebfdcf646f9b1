"""Exact bytes of rows: for the hash chain and for the packed block of a bulk step.

A double is eight bytes, never its decimal text: SQLite writes 15 digits and undo would then not be exact.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import cast

Value = None | int | float | str | bytes
Row = tuple[Value, ...]


def encode(values: Iterable[Value]) -> bytes:
    """Unambiguous bytes of a row: every value with its type and length."""
    out: list[bytes] = []
    for value in values:
        if value is None:
            out.append(b"N")
        elif isinstance(value, float):
            out.append(b"F" + struct.pack(">d", value))
        elif isinstance(value, int):
            text = str(value).encode()
            out.append(b"I" + struct.pack(">I", len(text)) + text)
        else:
            data = value.encode("utf-8") if isinstance(value, str) else value
            out.append((b"S" if isinstance(value, str) else b"B") + struct.pack(">I", len(data)) + data)
    return b"".join(out)


def digest(*parts: bytes) -> bytes:
    """SHA-256 over the parts, each with its length in front."""
    total = hashlib.sha256()
    for part in parts:
        total.update(struct.pack(">Q", len(part)))
        total.update(part)
    return total.digest()


def pack_rows(before: Sequence[Row | None], after: Sequence[Row]) -> bytes:
    """One block of a bulk step: per row the image before (None = the row was new) and after."""
    known = [i for i, row in enumerate(before) if row is not None]
    old = [row for row in before if row is not None]
    head = array("q", known).tobytes()
    old_block, new_block = _columns(old), _columns(after)
    return zlib.compress(struct.pack("<QQ", len(head), len(old_block)) + head + old_block + new_block, 1)


def unpack_rows(block: bytes) -> tuple[list[Row | None], list[Row]]:
    """The images before and after of a packed block."""
    data = zlib.decompress(block)
    head_size, old_size = struct.unpack_from("<QQ", data)
    known = array("q")
    known.frombytes(data[16 : 16 + head_size])
    old = _rows(data[16 + head_size : 16 + head_size + old_size])
    new = _rows(data[16 + head_size + old_size :])
    before: list[Row | None] = [None] * len(new)
    for place, row in zip(known, old, strict=True):
        before[place] = row
    return before, new


def _columns(rows: Sequence[Row]) -> bytes:
    parts = [struct.pack("<II", len(rows), len(rows[0]) if rows else 0)]
    for column in zip(*rows, strict=True):
        kind, data = _column(column)
        parts.append(struct.pack("<cQ", kind, len(data)) + data)
    return b"".join(parts)


def _column(column: Sequence[Value]) -> tuple[bytes, bytes]:
    kinds = set(map(type, column))
    if kinds == {float}:
        return b"d", array("d", cast("Sequence[float]", column)).tobytes()
    if kinds == {int} and all(-(2**63) <= v < 2**63 for v in cast("Sequence[int]", column)):
        return b"q", array("q", cast("Sequence[int]", column)).tobytes()
    if kinds == {str}:
        return b"s", json.dumps(column, ensure_ascii=False).encode("utf-8", "surrogatepass")
    tagged: list[object] = [
        v.hex()
        if isinstance(v, float)
        else {"b": v.hex()}
        if isinstance(v, bytes)
        else {"s": v}
        if isinstance(v, str)
        else v
        for v in column
    ]
    return b"m", json.dumps(tagged, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _rows(data: bytes) -> list[Row]:
    count, width = struct.unpack_from("<II", data)
    place, columns = 8, []
    for _ in range(width):
        kind, size = struct.unpack_from("<cQ", data, place)
        place += struct.calcsize("<cQ")
        columns.append(_values(kind, data[place : place + size]))
        place += size
    return list(zip(*columns, strict=True)) if count else []


def _values(kind: bytes, data: bytes) -> Sequence[Value]:
    if kind in (b"d", b"q"):
        numbers: array[float] | array[int] = array(kind.decode())
        numbers.frombytes(data)
        return numbers.tolist()
    found = json.loads(data.decode("utf-8", "surrogatepass"))
    if kind == b"s":
        return tuple(found)
    return tuple(_tagged(v) for v in found)


def _tagged(value: object) -> Value:
    if isinstance(value, str):
        return float.fromhex(value)
    if isinstance(value, dict):
        return str(value["s"]) if "s" in value else bytes.fromhex(value["b"])
    assert value is None or isinstance(value, int)  # noqa: S101  what _column wrote
    return value
