"""One line with what follows from the figures: names and values, in as many as fit."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from indsteer.answers.do import DoAnswer, DoRatio
from indsteer.words import Words
from ui import theme
from ui.widgets.base import Surface


class RatioLine(Surface):
    """The footer of Do. What does not fit stands in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self._head = ""
        self._parts: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_ratios(self, answer: DoAnswer, words: Words) -> None:
        """Show the ratios of the month."""
        self._head = words("do.follows")
        self._parts = [(ratio.name, _shown(ratio, words)) for ratio in answer.ratios]
        said = "; ".join(f"{name} {value}" for name, value in self._parts)
        self.setAccessibleName(f"{self._head}: {said}")
        self.setToolTip(said)
        self.setVisible(bool(self._parts))
        self.update()

    def sizeHint(self) -> QSize:
        """One line with room."""
        return QSize(theme.em(30), theme.metrics().head)

    def minimumSizeHint(self) -> QSize:
        """Narrow pages show fewer."""
        return QSize(theme.em(10), theme.metrics().head)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Head, then names and values while there is room."""
        super().paintEvent(event)
        painter, sizes, colours = QPainter(self), theme.metrics(), theme.tokens()
        body, strong = theme.font("small"), theme.font("small_strong")
        x = sizes.gap5
        for text, value in [(self._head, ""), *self._parts]:
            wide = QFontMetrics(body).horizontalAdvance(text) + sizes.gap1
            number = QFontMetrics(strong).horizontalAdvance(value)
            if x + wide + number > self.width() - sizes.gap2:
                return
            align = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
            painter.setFont(body)
            painter.setPen(colours.muted if not value else colours.text2)
            painter.drawText(QRect(x, 0, wide, self.height()), align, text)
            painter.setFont(strong)
            painter.setPen(colours.text)
            painter.drawText(QRect(x + wide, 0, number + 1, self.height()), align, value)
            x += wide + number + sizes.gap4


def _shown(ratio: DoRatio, words: Words) -> str:
    if ratio.hidden:
        return words("do.ratio_hidden")
    if ratio.value is None:
        return words("do.ratio_unknown")
    return words.measure_value(ratio.value, percent=ratio.percent, decimals=ratio.decimals)
