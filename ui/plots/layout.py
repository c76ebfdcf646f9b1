"""Where every part of a chart stands in one rectangle: made once for its data and size, then only drawn."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from indsteer.analysis.chart import ChartDatum, ChartSegment
from ui import theme
from ui.plots.scale import labelled, push_apart, ticks, value_range
from ui.plots.texts import ChartTexts

SHAPE_OF_VERDICT = {
    "improvement": ("circle", "good"),
    "concern": ("diamond", "bad"),
    "neutral_high": ("up", "info"),
    "neutral_low": ("down", "info"),
}


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """One actual as it is drawn; `kind` is point, provisional or the shape of its mark."""

    index: int
    value: float
    x: float
    y: float
    kind: str
    tone: str


@dataclass(frozen=True, slots=True)
class Span:
    """What the x axis shows, in indices; half a period of air at each side belongs to it."""

    first: float
    last: float


class ChartLayout:
    """The parts of a chart as Qt values, in the coordinates of `rect`."""

    def __init__(self, datum: ChartDatum, texts: ChartTexts, rect: QRectF, span: Span | None = None) -> None:
        self.datum, self.texts, self.rect = datum, texts, rect
        self.span = span or Span(-0.5, len(datum.periods) - 0.5)
        self.low, self.high = value_range(datum)
        self._small = QFontMetricsF(theme.font("small"))
        self._strong = QFontMetricsF(theme.font("small_strong"))
        sizes = theme.metrics()
        line = self._small.height()
        self.ticks = ticks(self.low, self.high, max(2, int(rect.height() / (line * 4))))
        names = [texts.axis(v) for v in self.ticks]
        left = max((self._small.horizontalAdvance(n) for n in names), default=0.0) + sizes.gap2
        last = self._last_segment()
        self.names = self._right_names(last)
        widest = max((self._strong.horizontalAdvance(text) for text, _, _, _ in self.names), default=0.0)
        right = widest + sizes.gap2 if self.names else sizes.gap2
        top = line + sizes.gap1 if texts.measured or texts.expected or texts.state else sizes.gap1
        bottom = 2 * line + sizes.gap1
        self.plot = rect.adjusted(left, top, -right, -bottom)
        flags = line + sizes.gap1 if datum.events else 0.0
        self._floor = self.plot.bottom() - flags
        if datum.hidden:
            self.ticks = ()
        self._axes(names)
        self._data()
        self._bands()
        self._labels()

    def x(self, index: float) -> float:
        """The place of an index."""
        share = (index - self.span.first) / (self.span.last - self.span.first)
        return self.plot.left() + share * self.plot.width()

    def y(self, value: float) -> float:
        """The place of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self._floor - share * (self._floor - self.plot.top())

    def index_at(self, x: float) -> int:
        """The period nearest to a place, within the data."""
        share = (x - self.plot.left()) / max(1.0, self.plot.width())
        nearest = round(self.span.first + share * (self.span.last - self.span.first))
        return max(0, min(len(self.datum.periods) - 1, nearest))

    def value_at(self, y: float) -> float:
        """The value of a place: the inverse of `y`."""
        return self.low + (self._floor - y) / (self._floor - self.plot.top()) * (self.high - self.low)

    def _last_segment(self) -> ChartSegment | None:
        return self.datum.segments[-1] if self.datum.segments and not self.datum.hidden else None

    def _right_names(self, last: ChartSegment | None) -> list[tuple[str, float, str, str]]:
        """Labels right of the plot: text, value, ink, font."""
        texts, number = self.texts, self.texts.number
        found: list[tuple[str, float, str, str]] = []
        if last is not None and not self.datum.constant:
            if texts.upper:
                found.append((f"{texts.upper} {number(last.upper)}", last.upper, "muted", "small"))
            if texts.lower:
                found.append((f"{texts.lower} {number(last.lower)}", last.lower, "muted", "small"))
        if last is not None and texts.mean:
            found.append((f"{texts.mean} {number(last.mean)}", last.mean, "muted", "small"))
        goal = next((v for v in reversed(self.datum.target) if v is not None), None)
        if goal is not None and texts.target:
            found.append((f"{texts.target} {number(goal)}", goal, "text", "small_strong"))
        return found

    def _axes(self, names: list[str]) -> None:
        plot, sizes, line = self.plot, theme.metrics(), self._small.height()
        self.grid = [QLineF(plot.left(), self._y(v), plot.right(), self._y(v)) for v in self.ticks]
        self.y_names = [
            (QRectF(self.rect.left(), self.y(v) - line / 2, plot.left() - self.rect.left() - sizes.gap1, line), n)
            for v, n in zip(self.ticks, names, strict=False)
        ]
        texts = self.texts
        widest = max((self._small.horizontalAdvance(t) for t in texts.short), default=0.0)
        shown = self.span.last - self.span.first
        most = int(plot.width() / (widest + sizes.gap2)) if widest else 0
        most = int(most * len(texts.short) / max(1.0, shown))
        self.x_ticks, self.x_names, self.x_groups = [], [], []
        bottom, free = plot.bottom(), -1e9
        for i in labelled(self.datum.periods, most):
            if not self._visible(i):
                continue
            self.x_ticks.append(QLineF(self.x(i), bottom, self.x(i), bottom + sizes.gap1))
            self.x_names.append((QRectF(self.x(i) - widest, bottom + sizes.gap1, 2 * widest, line), texts.short[i]))
        for i, group in enumerate(texts.groups):
            if (i == 0 or group != texts.groups[i - 1]) and self._visible(i):
                half = self._strong.horizontalAdvance(group) / 2
                centre = max(self.rect.left() + half, self.x(i))
                if centre - half > free:
                    box = QRectF(centre - half - 2, bottom + sizes.gap1 + line, 2 * half + 4, line)
                    self.x_groups.append((box, group))
                    free = centre + half + sizes.gap2

    def _data(self) -> None:
        datum, half = self.datum, 0.5
        starts = {segment.start for segment in datum.segments}
        verdicts = {mark.index: SHAPE_OF_VERDICT.get(mark.verdict, ("ring", "none")) for mark in datum.marks}
        self.lines: list[QLineF] = []
        self.links: list[QLineF] = []  # over a change of limits: dashed
        self.points: list[DrawnPoint] = []
        before: QPointF | None = None
        actual = () if datum.hidden else datum.actual
        for i, value in enumerate(actual):
            if value is None or not self._visible(i):
                before = None
                continue
            at = QPointF(self.x(i), self.y(value))
            if before is not None:
                (self.links if i in starts else self.lines).append(QLineF(before, at))
            before = at
            kind, tone = verdicts.get(i, ("provisional" if datum.provisional[i] else "point", ""))
            self.points.append(DrawnPoint(i, value, at.x(), at.y(), kind, tone))
        self.steps: list[QLineF] = []
        last: tuple[int, float] | None = None
        for i, goal in enumerate(datum.target):
            if goal is None or not self._visible(i):
                last = None
                continue
            y = self._y(goal)
            left, right = self._in_plot(self.x(i - half)), self._in_plot(self.x(i + half))
            if last is not None and last[0] == i - 1 and last[1] != y:
                self.steps.append(QLineF(left, last[1], left, y))
            self.steps.append(QLineF(left, y, right, y))
            last = (i, y)

    def _bands(self) -> None:
        datum, plot = self.datum, self.plot
        self.bands: list[QRectF] = []
        self.limits: list[tuple[list[QLineF], bool]] = []
        self.means: list[QLineF] = []
        self.reasons: list[tuple[QRectF, str]] = []
        self.now_x: float | None = None
        if not datum.hidden:
            for segment in datum.segments:
                self._band(segment)
        future = len(datum.periods) - 1 - datum.now
        if datum.now >= 0 and future > 0 and self._visible(datum.now):
            self.now_x = round(self.x(datum.now + 0.5))
        self.flags: list[tuple[float, QRectF, str]] = []
        line, events = self._small.height(), [e for e in datum.events if self._visible(e.index)]
        events.sort(key=lambda event: event.index)
        for at, event in enumerate(events):
            x = round(self.x(event.index))
            end = self.x(events[at + 1].index) - 2 if at + 1 < len(events) else plot.right()
            room = QRectF(x + line * 0.75, plot.bottom() - line - 2, max(0.0, end - x - line * 0.75), line)
            self.flags.append((x, room, event.text))

    def _band(self, segment: ChartSegment) -> None:
        first = max(segment.start - 0.5, self.span.first)
        last = min(segment.end - 0.5, self.span.last)
        if segment is self.datum.segments[-1]:
            last = self.span.last  # the limits in force stay so for the months to come
        if last <= first:
            return
        left, right = self._in_plot(self.x(first)), self._in_plot(self.x(last))
        self.means.append(QLineF(left, self._y(segment.mean), right, self._y(segment.mean)))
        if self.datum.constant:
            return
        top, bottom = self._y(segment.upper), self._y(segment.lower)
        self.bands.append(QRectF(left, top, right - left, bottom - top))
        self.limits.append(([QLineF(left, y, right, y) for y in (top, bottom)], segment.provisional))
        if segment.reason and right - left > theme.em(5):
            line = self._small.height()
            box = QRectF(left + 3, min(bottom + 2, self._floor - line), right - left - 6, line)
            self.reasons.append((box, segment.reason))

    def _labels(self) -> None:
        line = self._small.height()
        wanted = [self.y(value) for _, value, _, _ in self.names]
        places = push_apart(wanted, line, self.plot.top(), self.plot.bottom() - line / 2)
        left = self.plot.right() + theme.metrics().gap1
        width = self.rect.right() - left
        self.labels = [
            (QRectF(left, place - line / 2, width, line), text, token, role)
            for place, (text, _, token, role) in zip(places, self.names, strict=True)
        ]

    def _visible(self, index: int) -> bool:
        return self.span.first - 0.01 <= index <= self.span.last + 0.01

    def _in_plot(self, x: float) -> float:
        return max(self.plot.left(), min(self.plot.right(), x))

    def _y(self, value: float) -> float:
        """The place of a horizontal line: on whole pixels, so that it is crisp."""
        return float(round(self.y(value)))
