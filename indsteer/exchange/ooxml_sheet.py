"""The handlers of the streaming pass over one worksheet (ECMA-376, 18.3).

The three handlers run once per element of a million cells: they are kept flat and local on purpose.
"""

from __future__ import annotations

import math
import re
from datetime import datetime

from indsteer.exchange.formats import date_of
from indsteer.exchange.grid import Area, Cell, CellValue, ErrorValue, NumberClass, Style, area, place
from indsteer.exchange.xml_scan import local_name

_DATES = frozenset((NumberClass.DAY, NumberClass.MONTH, NumberClass.YEAR))
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_HIDDEN = 16_384


def unescape(text: str) -> str:
    """A text with its _x000D_ escapes undone."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


class SheetScan:
    """Collects a sheet while its XML streams by; `broken` says that a cell pointed to nothing."""

    def __init__(self, strings: list[str], styles: list[Style], *, since_1904: bool) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merges: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.broken = False
        self._strings = strings
        self._styles = styles
        self._since_1904 = since_1904
        self._columns: dict[str, int] = {}
        self._shared: dict[str, str] = {}
        self._row = -1
        self._column = -1
        self._line: dict[int, Cell] = {}
        self._kind = "n"
        self._style = styles[0]
        self._value: list[str] = []
        self._formula: list[str] = []
        self._shared_id = ""
        self._has_formula = False
        self._into: list[str] | None = None
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        if ":" in tag:
            tag = local_name(tag)
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or (tag == "t" and not self._phonetic):
            self._into = self._value
        elif tag == "f":
            self._has_formula = True
            self._into = self._formula
            self._shared_id = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "mergeCell":
            merged = area(attributes.get("ref", ""))
            if merged is not None and merged.size > 1:
                self.merges.append(merged)
        elif tag == "col" and attributes.get("hidden", "0") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.hidden_columns.update(range(max(0, first - 1), min(last, _MAX_HIDDEN)))

    def text(self, piece: str) -> None:
        """Character data."""
        if self._into is not None:
            self._into.append(piece)

    def end(self, tag: str) -> None:
        """An end tag."""
        if ":" in tag:
            tag = local_name(tag)
        if tag in ("v", "t", "f"):
            self._into = None
        elif tag == "c":
            self._end_cell()
        elif tag == "rPh":
            self._phonetic = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = int(number) - 1 if number else self._row + 1
        if not 0 <= self._row < 1_048_576:
            self.broken = True
            self._row = 0
        self._column = -1
        self._line = self.rows.get(self._row, {})
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        name = attributes.get("r")
        if name is None:
            self._column += 1
        else:
            letters = name.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                found = place(letters + "1")
                if found is None or found[1] >= 16_384:
                    self.broken = True
                    found = (0, 0)
                column = self._columns[letters] = found[1]
            self._column = column
        self._kind = attributes.get("t", "n")
        try:
            self._style = self._styles[int(attributes.get("s", 0))]
        except (IndexError, ValueError):
            self._style = self._styles[0]

    def _end_cell(self) -> None:
        formula = ""
        if self._has_formula:
            formula = "".join(self._formula).strip()
            if self._shared_id:
                formula = (
                    self._shared.setdefault(self._shared_id, formula)
                    if formula
                    else (self._shared.get(self._shared_id, ""))
                )
            formula = formula or "?"  # a formula whose text is elsewhere: derived, we cannot say how
            self._has_formula = False
            self._formula.clear()
        if self._value:
            raw = self._value[0] if len(self._value) == 1 else "".join(self._value)
            self._value.clear()
            value = self._valued(raw)
        else:
            value = None
        if value is not None or formula:
            if not self._line:
                self.rows[self._row] = self._line
            self._line[self._column] = Cell(value, self._style, formula)

    def _valued(self, raw: str) -> CellValue:  # noqa: PLR0911  one return per type of cell
        kind = self._kind
        if kind == "s":
            try:
                index = int(raw)
                if index < 0:
                    raise IndexError  # noqa: TRY301  a negative index must not wrap to the last string
                return unescape(self._strings[index]) or None
            except (ValueError, IndexError):
                self.broken = True
                return None
        if kind in ("str", "inlineStr"):
            return unescape(raw) or None
        if kind == "b":
            return raw.strip() in ("1", "true")
        if kind == "e":
            return ErrorValue(raw.strip())
        if kind == "d":
            try:
                return datetime.fromisoformat(raw.strip().removesuffix("Z")).replace(tzinfo=None)
            except ValueError:
                return raw
        try:
            number = float(raw)
        except ValueError:
            return raw.strip() or None
        if not math.isfinite(number):
            return ErrorValue(raw.strip())
        if self._style.number in _DATES:
            return date_of(number, since_1904=self._since_1904) or number
        return number
