"""The one sentence with which a page begins: what is wrong, with its numbers in the ink of the status."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme
from ui.shapes import stamp_shape

_SPACE = "[ \u00a0\u202f]"
# A number as words write it: a sign or comparison before it, points and commas in it, a percent sign after it.
_NUMBER = re.compile(rf"(?:[-−+]|[<>]{_SPACE}?)?(?<![\w.,])\d+(?:[.,]\d+)*(?:{_SPACE}?%)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def numbers_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where the numbers of a text are: (start, length). Bare years are left out, and digits inside codes."""
    return tuple(
        (match.start(), len(match.group()))
        for match in _NUMBER.finditer(text)
        if not _YEAR.fullmatch(match.group()) and not text[match.end() : match.end() + 1].isalpha()
    )


class Sentence(QLabel):
    """The lead sentence with its shape, and under it one line with the grounds.

    Texts are plain. The numbers of the sentence get the ink of the tone, those of the second line are bold;
    `emphasis` names the parts to stress instead of the numbers.
    """

    def __init__(self, parent: QWidget | None = None, *, role: str = "sentence") -> None:
        super().__init__(parent)
        self._role = role
        self._tone = ""
        self._second = ""
        self._emphasis: tuple[str, ...] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.theme().changed.connect(self.updateGeometry)

    @property
    def tone(self) -> str:
        """The tone that is shown."""
        return self._tone

    def set_text(self, text: str, tone: str = "", second: str = "", emphasis: Iterable[str] | None = None) -> None:
        """Show a sentence; tone is good, warn, bad, info, none, na or empty (no shape)."""
        self._tone, self._second = tone, second
        self._emphasis = None if emphasis is None else tuple(part for part in emphasis if part)
        self.setText(text)
        self.setAccessibleName(f"{text} {second}".strip())
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Long sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at this width."""
        return self._lay_out(width)[2]

    def sizeHint(self) -> QSize:
        """As wide as a page, as high as its lines there."""
        width = max(self.width(), theme.em(40)) if self.isVisible() else theme.em(60)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow pages wrap."""
        return QSize(theme.em(12), theme.metrics().target)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shape, sentence, second line."""
        painter = QPainter(self)
        first, second, _ = self._lay_out(self.width())
        left = self._indent()
        if self._tone:
            line = first.lineAt(0)
            side = round(line.ascent() * 0.82)
            top = line.ascent() - side * 0.97
            where = QRectF(0, top, side, side)
            stamp_shape(painter, self._tone, where, theme.tokens().tone(self._tone))
        painter.setPen(theme.tokens().text)
        first.draw(painter, QPointF(left, 0))
        if second is not None:
            painter.setPen(theme.tokens().text2)
            second.draw(painter, QPointF(left, first.boundingRect().height() + theme.metrics().gap1))

    def _indent(self) -> int:
        size = theme.ROLES[self._role][0]
        return theme.em(1.2 * size) if self._tone else 0

    def _lay_out(self, width: int) -> tuple[QTextLayout, QTextLayout | None, int]:
        room = max(1, width - self._indent())
        strong = QTextCharFormat()
        strong.setForeground(theme.tokens().tone(self._tone if self._tone in ("good", "warn", "bad") else ""))
        first = self._layout_of(self.text(), theme.font(self._role), strong, room, self._spans(self.text()))
        height = first.boundingRect().height()
        if not self._second:
            return first, None, round(height)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        bold.setForeground(theme.tokens().text)
        second = self._layout_of(self._second, theme.font("body"), bold, room, self._spans(self._second))
        total = height + theme.metrics().gap1 + second.boundingRect().height()
        return first, second, round(total)

    def _spans(self, text: str) -> tuple[tuple[int, int], ...]:
        if self._emphasis is None:
            return numbers_in(text)
        return tuple((at, len(part)) for part in self._emphasis if (at := text.find(part)) >= 0)

    @staticmethod
    def _layout_of(
        text: str, base: QFont, stress: QTextCharFormat, room: int, spans: tuple[tuple[int, int], ...]
    ) -> QTextLayout:
        layout = QTextLayout(text.replace("\n", " "), base)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ranges = []
        for start, length in spans:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, length, stress
            ranges.append(part)
        layout.setFormats(ranges)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout
