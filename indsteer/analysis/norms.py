"""Norm times and terms in the roll-up: weighted output, weighted norm times, and which products are alike."""

from __future__ import annotations

from itertools import chain
from math import fsum, isfinite, isnan, nan
from operator import mul

from indsteer.analysis.book import Agreed, Book
from indsteer.analysis.cells import Cells, Codes
from indsteer.analysis.figure import Figure, Origin, Reason, undefined
from indsteer.analysis.span import Span, period_id


def unlike_products(book: Book, cells: Cells, unit: str, span: Span, codes: Codes) -> int:
    """How many unlike products (another product, or another norm time) lie under a unit in a span."""
    products: set[str] = set()
    most = 0
    for start, end, number in cells.tree.segments(span.start, span.end):
        one = Span(span.grain, start, end, 1)
        units = {chunk[0] for code in codes for chunk in cells.chunks(code, unit, one, codes)}
        below = cells.tree.epoch(number).below
        kinds = set()
        for found in units:
            if below.get(found) and len(units) > 1:
                continue  # records something for the units below it, which are looked at themselves
            product = book.products.get(found) or f"\0{found}"
            products.add(product)
            streams = {s for code in codes if code in book.layers for s in book.layers[code].streams.get(found, ())}
            for stream in streams or {""}:
                norms = tuple(book.norms.at(found, stream, i) for i in range(start, end))
                kinds.add((product, tuple(None if isnan(norm) else norm for norm in norms)))
        most = max(most, len(kinds))
    return max(most, len(products))


def norm_hours(book: Book, cells: Cells, code: str, where: tuple[str, Span, Codes]) -> Figure:
    """Cases of a code times norm time, per unit, stream and base period, added; 0 cases need no norm time."""
    unit, span, codes = where
    layer, norms = cells.layers.get(code), book.norms
    chunks = cells.chunks(code, unit, span, codes)
    values = cells.slices(code, chunks)
    hours = [norms.slice(*chunk) for chunk in chunks]
    plain = layer is not None and not any(chunk[0] in layer.streams for chunk in chunks)
    if layer is not None and values is not None and plain:
        known = [row for row in hours if row is not None]
        if len(known) == len(values):
            value = fsum(chain.from_iterable(map(mul, v, h) for v, h in zip(values, known, strict=True)))
            if isfinite(value):
                unsure = bool(layer.provisional) and any(layer.unsure(*chunk) for chunk in chunks)
                alone = span.single and chunks == ((unit, span.start, span.end),)
                return Figure(value, provisional=unsure, origin=Origin.FORMULA if alone else Origin.ROLLUP)
    found = cells.find(code, unit, span, codes)
    if found.lost or found.finer or not found.values or layer is None:
        return cells.missing(found, code, unit, span)
    parts = []
    for place, cases in zip(found.places, found.values, strict=True):
        for amount, hour in _by_stream(book, cells, code, (place, cases)):
            if amount and isnan(hour):
                when = period_id(book.grain, place[1])
                return undefined(Reason.NO_NORM_TIME, unit=place[0], period=when)
            parts.append(amount * hour if amount else 0.0)
    return Figure(fsum(parts), provisional=found.provisional, origin=Origin.ROLLUP)


def _by_stream(book: Book, cells: Cells, code: str, cell: tuple[tuple[str, int], float]) -> list[tuple[float, float]]:
    """(cases, norm time) of each stream in a cell, or of the unit where it has none."""
    (unit, index), cases = cell
    layer, norms = cells.layers[code], book.norms
    streams = {name: layer.stream_at(unit, name, index) for name in layer.streams.get(unit, ())}
    known = {name: amount for name, amount in streams.items() if not isnan(amount)}
    if not known:
        return [(cases, norms.at(unit, "", index))]
    return [(amount, norms.at(unit, stream, index)) for stream, amount in known.items()]


def agreed(book: Book, cells: Cells, kind: str, unit: str, span: Span, codes: Codes) -> Figure:
    """Norm time or term of a unit in a span: the value all share, else weighted by `Book.weigh_by`."""
    rows = book.norms if kind == "norm_time" else book.terms
    reason = Reason.NO_NORM_TIME if kind == "norm_time" else Reason.NO_TERM
    chunks = cells.chunks(book.weigh_by, unit, span, codes | {book.weigh_by})
    pairs = [
        (found, index, value, weight)
        for found, start, end in chunks or ((unit, span.start, span.end),)
        for index in range(start, end)
        for value, weight in _weights(book, rows, found, index)
    ]
    for found, index, value, weight in pairs:
        if isnan(value) and weight != 0:
            return undefined(reason, unit=found, period=period_id(book.grain, index))
    known = [(value, weight) for _, _, value, weight in pairs if not isnan(value)]
    if not known:
        return undefined(reason, unit=unit, period=str(span))
    if len({value for value, _ in known}) == 1:
        return Figure(known[0][0], origin=Origin.STORED if len(known) == 1 else Origin.ROLLUP)
    below = fsum(weight for _, weight in known)
    if isnan(below) or not below:
        return undefined(Reason.NO_WEIGHT, code=kind, weight=book.weigh_by)
    return Figure(fsum(value * weight for value, weight in known) / below, origin=Origin.ROLLUP)


def _weights(book: Book, rows: Agreed, unit: str, index: int) -> list[tuple[float, float]]:
    """(norm time or term, output) of a unit in a base period, per stream where its output has streams."""
    layer = book.layers.get(book.weigh_by)
    if layer is None:
        return [(rows.at(unit, "", index), nan)]
    streams = {name: layer.stream_at(unit, name, index) for name in layer.streams.get(unit, ())}
    known = {name: amount for name, amount in streams.items() if not isnan(amount)}
    if not known:
        return [(rows.at(unit, "", index), layer.at(unit, index))]
    return [(rows.at(unit, name, index), amount) for name, amount in known.items()]
