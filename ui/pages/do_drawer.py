"""The drawer of Do: what does not fit as a sum on paper with three answers, else the history of the cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.shapes import stamp_shape
from ui.widgets.base import Label, Surface
from ui.widgets.buttons import Button, paint_focus

AnswerText = tuple[str, str, str]  # id, title, why


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of the sum: label and number; style is "", strong or bad; `rule` draws a line above it."""

    label: str
    number: str
    style: str = ""
    rule: bool = False


class SumPaper(QWidget):
    """A sum as on paper: labels left, numbers right, a rule above the result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[SumLine] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.theme().changed.connect(self.updateGeometry)

    def set_lines(self, lines: Sequence[SumLine]) -> None:
        """Show this sum; it is also said aloud."""
        self._lines = lines
        self.setAccessibleName("; ".join(f"{line.label} {line.number}" for line in lines))
        self.setVisible(bool(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All lines."""
        return QSize(theme.em(16), self._height() * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        """Never fewer lines."""
        return QSize(theme.em(10), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines."""
        painter, colours, height = QPainter(self), theme.tokens(), self._height()
        for at, line in enumerate(self._lines):
            room = QRect(0, at * height, self.width(), height)
            if line.rule:
                painter.fillRect(0, room.top(), self.width(), 1, colours.text2)
            painter.setFont(theme.font("strong" if line.style else "body"))
            painter.setPen(colours.bad if line.style == "bad" else colours.text)
            fm = QFontMetrics(painter.font())
            number = fm.horizontalAdvance(line.number)
            align = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
            painter.drawText(room, align | int(Qt.AlignmentFlag.AlignRight), line.number)
            left = room.adjusted(0, 0, -number - theme.metrics().gap2, 0)
            painter.drawText(left, align, fm.elidedText(line.label, Qt.TextElideMode.ElideRight, left.width()))

    @staticmethod
    def _height() -> int:
        return theme.metrics().target


class AnswerButton(Button):
    """One numbered answer in two lines; the first has the selection's ground, as what Enter takes."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        self._number, self._why = number, ""
        super().__init__("", "", parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_answer(self, title: str, why: str) -> None:
        """The answer and why it fits."""
        self.set_text(title)
        self._why = why
        self.updateGeometry()
        self.setAccessibleName(f"{self._number}: {title}, {why}")
        self.update()

    def sizeHint(self) -> QSize:
        """The lines and the room round them."""
        return QSize(theme.em(14), self.heightForWidth(max(self.width(), theme.em(14))))

    def minimumSizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(theme.em(8), self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Long answers wrap."""
        return sum(self._heights(width)) + 2 * theme.metrics().gap2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The height follows the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, number, two lines."""
        painter, sizes = QPainter(self), theme.metrics()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, text, hint = self._colours()
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(border)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, sizes.radius, sizes.radius)
        side = sizes.gap4 + sizes.gap1
        square = QRect(sizes.gap3, (self.height() - side) // 2, side, side)
        painter.setPen(theme.tokens().border)
        painter.setBrush(theme.tokens().panel)
        painter.drawRoundedRect(square, sizes.gap1, sizes.gap1)
        painter.setFont(theme.font("small_strong"))
        painter.setPen(text)
        painter.drawText(square, int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        self._paint_lines(painter, text, hint)
        if self.hasFocus():
            paint_focus(painter, self.rect().toRectF(), sizes.radius, over=ground)

    def _paint_lines(self, painter: QPainter, text: QColor, hint: QColor) -> None:
        left, width = self._room(self.width())
        top = theme.metrics().gap2
        parts = (("strong", self.label, text), ("small", self._why, hint))
        for (role, said, ink), height in zip(parts, self._heights(self.width()), strict=True):
            painter.setFont(theme.font(role))
            painter.setPen(ink)
            painter.drawText(QRect(left, top, width, height), int(Qt.TextFlag.TextWordWrap), said)
            top += height

    def _heights(self, width: int) -> tuple[int, int]:
        _, room = self._room(width)
        found = [
            QFontMetrics(theme.font(role)).boundingRect(QRect(0, 0, room, 999), int(Qt.TextFlag.TextWordWrap), said)
            for role, said in (("strong", self.label), ("small", self._why))
        ]
        return found[0].height(), found[1].height()

    @staticmethod
    def _room(width: int) -> tuple[int, int]:
        """Where the text begins, and how wide it may be."""
        sizes = theme.metrics()
        left = sizes.gap3 + sizes.gap4 + sizes.gap1 + sizes.gap3
        return left, width - left - sizes.gap2

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        colours = theme.tokens()
        if not self.isEnabled():
            return colours.panel, colours.line, colours.muted, colours.muted
        ground = colours.hover if self.underMouse() else colours.panel
        return ground, colours.border, colours.text, colours.text2


class Drawer(Surface):
    """Title with shape, a text, a sum, numbered answers, and lines of history. `answered(id)` when one is chosen."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self._ids: list[str] = []
        self._title = _Titled()
        self._text = Label("", "body", "text2", wrap=True)
        self._sum = SumPaper()
        self._question = Label("", "strong")
        self._answers = [AnswerButton(n + 1) for n in range(3)]
        self._lines = Label("", "body", "text2", wrap=True)
        self._keys = Label("", "small", "muted", wrap=True)
        inner = Surface("panel")
        self._column = QVBoxLayout(inner)
        for widget in (self._title, self._text, self._sum, self._question, *self._answers, self._lines):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._area, 1)
        self._whole.addWidget(self._keys)
        for at, button in enumerate(self._answers):
            button.clicked.connect(lambda _checked=False, n=at: self._choose(n))
        theme.theme().changed.connect(self._restyle)
        self._restyle()

    @property
    def answers(self) -> tuple[AnswerButton, ...]:
        """The buttons of the answers that are shown."""
        return tuple(b for b in self._answers if not b.isHidden())

    @property
    def history_text(self) -> str:
        """The lines of history that are shown."""
        return self._lines.text()

    def set_keys(self, text: str, name: str) -> None:
        """The keys at the foot, and what the drawer is called."""
        self._keys.set_text(text)
        self.setAccessibleName(name)
        self._area.setAccessibleName(name)

    def show_problem(
        self, title: str, tone: str, text: str, lines: Sequence[SumLine], question: str, answers: Sequence[AnswerText]
    ) -> None:
        """A sum that does not hold, or a value that is missing (then without sum and answers)."""
        self._show_all(title, tone, text, lines, question, answers, ())

    def show_history(self, title: str, text: str, lines: Sequence[str]) -> None:
        """What happened to a cell, newest first."""
        self._show_all(title, "", text, (), "", (), lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and 3 choose an answer while the keyboard is here."""
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(self._ids):
            self._choose(at)
            return
        super().keyPressEvent(event)

    def _show_all(
        self, title: str, tone: str, text: str, lines: Sequence[SumLine], question: str,
        answers: Sequence[AnswerText], history: Sequence[str],
    ) -> None:  # fmt: skip
        self._title.set(title, tone)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self._sum.set_lines(lines)
        self._question.set_text(question)
        self._question.setVisible(bool(question))
        self._ids = [answer for answer, _, _ in answers]
        for at, button in enumerate(self._answers):
            if at < len(answers):
                button.set_answer(answers[at][1], answers[at][2])
            button.setVisible(at < len(answers))
        self._lines.set_text("\n\n".join(history))
        self._lines.setVisible(bool(history))

    def _choose(self, at: int) -> None:
        if self._answers[at].isEnabled():
            self.answered.emit(self._ids[at])

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self._column.setContentsMargins(sizes.gap5, sizes.gap4, sizes.gap5, sizes.gap3)
        self._column.setSpacing(sizes.gap2)
        self._whole.setContentsMargins(0, 0, 0, sizes.gap3)
        self._keys.setContentsMargins(sizes.gap5, 0, sizes.gap5, 0)


class _Titled(QWidget):
    """A title with the shape of its tone before it."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._tone = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set(self, text: str, tone: str) -> None:
        """Show it."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme.em(14), QFontMetrics(theme.font("section")).height() + theme.metrics().gap1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shape and text."""
        painter, sizes, colours = QPainter(self), theme.metrics(), theme.tokens()
        left = 0
        if self._tone:
            stamp_shape(
                painter, self._tone, QRect(0, 0, sizes.shape + 1, self.height()).toRectF(), colours.tone(self._tone)
            )
            left = sizes.shape + sizes.gap2
        painter.setFont(theme.font("section"))
        painter.setPen(colours.text)
        fm = QFontMetrics(painter.font())
        shown = fm.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width() - left)
        self.setToolTip("" if shown == self._text else self._text)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)
