"""Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, quoted where a cell needs it.

A quote only opens a quoted cell at its start, and only when it also closes it: `5" buis` stays as it is. Line ends are
CRLF, LF or CR; one at the very end closes the last row and is no row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Rows = tuple[tuple[str, ...], ...]


def parse_block(text: str) -> Rows:
    """The rows of texts in a clipboard block, all of the same width; an empty text gives no rows."""
    if not text:
        return ()
    rows: list[list[str]] = [[]]
    position, size = 0, len(text)
    while True:
        cell, position = _cell(text, position)
        rows[-1].append(cell)
        if position >= size:
            break
        if text[position] == "\t":
            position += 1
            continue
        position += 2 if text.startswith("\r\n", position) else 1
        if position >= size:
            break
        rows.append([])
    width = max(len(row) for row in rows)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def format_block(rows: Iterable[Sequence[str]]) -> str:
    """The block of these rows, with CRLF after each row as Excel writes it."""
    return "".join("\t".join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def _cell(text: str, start: int) -> tuple[str, int]:
    if text.startswith('"', start):
        closed = _closing(text, start + 1)
        if closed is not None:
            inner = text[start + 1 : closed].replace('""', '"')
            return inner.replace("\r\n", "\n"), closed + 1
    end = start
    while end < len(text) and text[end] not in "\t\r\n":
        end += 1
    return text[start:end], end


def _closing(text: str, start: int) -> int | None:
    """Where the quoted cell closes; None when its quote does not stand before a tab, a line end or the end."""
    position = start
    while (position := text.find('"', position)) >= 0:
        if text.startswith('""', position):
            position += 2
            continue
        after = text[position + 1 : position + 2]
        return position if after in ("", "\t", "\r", "\n") else None
    return None


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in "\t\r\n") or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
