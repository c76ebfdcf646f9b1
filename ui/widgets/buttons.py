"""Buttons: one primary per page, quiet ones beside it, chips and a choice of equal segments."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.shapes import stamp_shape
from ui.tokens import blend
from ui.widgets.base import plain_tooltip


class Button(QAbstractButton):
    """A button that paints itself: text, the key that does the same, and a ring when it has the focus.

    `key` is a key sequence in Qt's portable words (`Ctrl+Return`); it is set as shortcut and printed in the
    button. `hint` prints another text than the key's own name.
    """

    def __init__(self, text: str = "", key: str = "", parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(parent)
        self._label = ""
        self._key = key
        self._hint = hint
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        theme.theme().changed.connect(self.updateGeometry)

    @property
    def label(self) -> str:
        """The text that is shown."""
        return self._label

    def set_text(self, text: str, hint: str | None = None) -> None:
        """Show this text; an ampersand in it is just an ampersand."""
        self._label = text
        self._hint = self._hint if hint is None else hint
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        if self._key:  # setText drops the shortcut
            self.setShortcut(QKeySequence(self._key))
        self.setToolTip("")
        self.updateGeometry()

    def key_text(self) -> str:
        """The key as it is printed in the button."""
        native = QKeySequence(self._key).toString(QKeySequence.SequenceFormat.NativeText)
        return self._hint or native.replace("Return", "Enter")

    def sizeHint(self) -> QSize:
        """Text, key and room around them."""
        sizes = theme.metrics()
        width = QFontMetrics(self._font()).horizontalAdvance(self._label) + 2 * sizes.gap3
        if self.key_text():
            width += sizes.gap3 + QFontMetrics(theme.font("small")).horizontalAdvance(self.key_text())
        return QSize(width, sizes.control)

    def minimumSizeHint(self) -> QSize:
        """Short buttons elide."""
        return QSize(theme.metrics().control, max(theme.metrics().target, theme.metrics().control))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface, text, key, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, text, hint = self._colours()
        sizes = theme.metrics()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(border, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, sizes.radius, sizes.radius)
        self._paint_text(painter, text, hint)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), sizes.radius, over=ground)

    def changeEvent(self, event: QEvent) -> None:
        """Show whether it can be pressed."""
        super().changeEvent(event)
        self.update()

    def _font(self) -> QFont:
        return theme.font("body")

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        """Ground, border, text, key."""
        raise NotImplementedError

    def _paint_text(self, painter: QPainter, text: QColor, hint: QColor) -> None:
        sizes = theme.metrics()
        room = QRectF(self.rect()).adjusted(sizes.gap3, 0, -sizes.gap3, 0)
        key = self.key_text()
        if key:
            painter.setFont(theme.font("small"))
            painter.setPen(hint)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, key)
            room.setRight(room.right() - sizes.gap3 - QFontMetrics(theme.font("small")).horizontalAdvance(key))
        painter.setFont(self._font())
        painter.setPen(text)
        shown = QFontMetrics(self._font()).elidedText(self._label, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        self.setToolTip("" if shown == self._label else plain_tooltip(self._label))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(room, align | Qt.TextFlag.TextSingleLine, shown)


class PrimaryButton(Button):
    """The one thing a page asks for."""

    def _font(self) -> QFont:
        return theme.font("strong")

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        colours = theme.tokens()
        if not self.isEnabled():
            return colours.nonebg, colours.nonebg, colours.muted, colours.muted
        ground = colours.accent
        if self.isDown():
            ground = blend(colours.accenttext, ground, 0.22)
        elif self.underMouse():
            ground = blend(colours.accenttext, ground, 0.12)
        return ground, ground, colours.accenttext, colours.accenttext


class QuietButton(Button):
    """Any other action."""

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        colours = theme.tokens()
        if not self.isEnabled():
            return colours.nonebg, colours.nonebg, colours.muted, colours.muted
        ground = colours.panel
        if self.isDown():
            ground = colours.sel
        elif self.underMouse():
            ground = colours.hover
        return ground, colours.border, colours.text, colours.muted


class LinkButton(Button):
    """An action in a line of text: no frame, in the accent."""

    def sizeHint(self) -> QSize:
        """At least the target, so that it can be hit."""
        hint = super().sizeHint()
        return QSize(hint.width() - 2 * (theme.metrics().gap3 - theme.metrics().gap1), theme.metrics().target)

    def minimumSizeHint(self) -> QSize:
        """As high as the target."""
        return QSize(theme.metrics().target, theme.metrics().target)

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        colours = theme.tokens()
        clear = QColor(colours.panel)
        clear.setAlpha(0)
        ground = colours.hover if self.underMouse() else clear
        return ground, ground, colours.accent if self.isEnabled() else colours.muted, colours.muted

    def _paint_text(self, painter: QPainter, text: QColor, hint: QColor) -> None:
        gap = theme.metrics().gap3 - theme.metrics().gap1
        painter.save()
        painter.setFont(self._font())
        painter.setPen(text)
        room = QRectF(self.rect()).adjusted(theme.metrics().gap3 - gap, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.label)
        painter.setPen(hint)
        painter.setFont(theme.font("small"))
        key_room = QRectF(self.rect()).adjusted(0, 0, gap - theme.metrics().gap3, 0)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(key_room, align, self.key_text())
        painter.restore()


class StepButton(QuietButton):
    """A button with an arrow and no text: `direction` is left, right, up or down; the name is only spoken."""

    def __init__(self, direction: str, name: str = "", key: str = "", parent: QWidget | None = None) -> None:
        self._direction = direction
        super().__init__(name, key, parent)

    def sizeHint(self) -> QSize:
        """A square target."""
        return QSize(max(theme.metrics().target, theme.metrics().control - 4), theme.metrics().control)

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        ground, _, text, hint = super()._colours()
        if not self.isEnabled():
            ground = theme.tokens().panel
        return ground, ground, text, hint

    def _paint_text(self, painter: QPainter, text: QColor, _hint: QColor) -> None:
        paint_chevron(painter, QRectF(self.rect()), self._direction, text)
        self.setToolTip(plain_tooltip(f"{self.label} {self.key_text()}".strip()))


class Chip(Button):
    """A choice that can be ticked, as round pill; ticked shows a check mark, not only a colour."""

    def __init__(self, text: str = "", key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, key, parent)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        """Room for the check mark, so that the width does not jump."""
        sizes = theme.metrics()
        return QSize(
            super().sizeHint().width() + sizes.shape + sizes.gap1,
            max(sizes.target, sizes.control - sizes.gap1),
        )

    def minimumSizeHint(self) -> QSize:
        """As high as the target."""
        return QSize(theme.metrics().control, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pill, check mark, text."""
        colours, sizes = theme.tokens(), theme.metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(colours.accent if on else colours.border, 1))
        ground = colours.sel if on else colours.hover if self.underMouse() else colours.panel
        painter.setBrush(ground)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        ink = colours.muted if not self.isEnabled() else colours.accent if on else colours.text2
        shift = 0.0
        if on:
            mark = QRectF(sizes.gap3, 0, sizes.shape, self.height())
            stamp_shape(painter, "check", mark, ink)
            shift = (sizes.shape + sizes.gap1) / 2
        painter.translate(shift, 0)
        self._paint_text(painter, ink, colours.muted)
        painter.translate(-shift, 0)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), self.height() / 2, over=ground)

    def _font(self) -> QFont:
        return theme.font("body")

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        colours = theme.tokens()
        return colours.panel, colours.border, colours.text2, colours.muted


class _Segment(Chip):
    """One part of a `SegmentedChoice`; `place` is first, middle, last or only."""

    def __init__(self, text: str, key: str, parent: QWidget) -> None:
        super().__init__(text, key, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a control."""
        return QSize(super().sizeHint().width(), theme.metrics().control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and text; the frame is the choice's."""
        colours, sizes = theme.tokens(), theme.metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = colours.sel if on else colours.hover if self.underMouse() else colours.panel
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, sizes.radius - 1, sizes.radius - 1)
        ink = colours.muted if not self.isEnabled() else colours.accent if on else colours.text
        if on:
            width = QFontMetrics(self._font()).horizontalAdvance(self.label)
            left = max(sizes.gap1, (self.width() - width) / 2 - sizes.shape - sizes.gap1)
            stamp_shape(painter, "check", QRectF(left, 0, sizes.shape, self.height()), ink)
        self._paint_text(painter, ink, colours.muted)
        if self.hasFocus():
            paint_focus(painter, box, sizes.radius, over=ground)

    def _font(self) -> QFont:
        return theme.font("strong" if self.isChecked() else "body")


class SegmentedChoice(QWidget):
    """One of a few, side by side in equal parts; left and right move the choice."""

    chosen = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._ids: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setAccessibleName(name)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._ids[at]))

    @property
    def choice(self) -> str:
        """The id of the chosen part, empty when none is."""
        at = self._group.checkedId()
        return self._ids[at] if at >= 0 else ""

    def set_options(self, options: tuple[tuple[str, str, str], ...]) -> None:
        """The parts as (id, text, key); key may be empty."""
        kept = self.choice
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._ids = [option for option, _, _ in options]
        for at, (_, text, key) in enumerate(options):
            part = _Segment(text, key, self)
            self._group.addButton(part, at)
            self._row.addWidget(part, 1)
        if kept in self._ids:
            self.set_choice(kept)

    def set_choice(self, option: str) -> None:
        """Choose without a signal; empty or unknown chooses none."""
        self._group.setExclusive(False)
        for at, button in enumerate(self._group.buttons()):
            button.setChecked(self._ids[at] == option)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End; the arrows are the button group's own."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._ids) - 1}
        at = ends.get(Qt.Key(event.key()))
        if at is None or not self._ids:
            super().keyPressEvent(event)
            return
        button = self._group.button(at)
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        button.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame round all parts and the lines between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens().border, 1))
        painter.setBrush(theme.tokens().panel)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.metrics().radius, theme.metrics().radius)
        for button in self._group.buttons()[1:]:
            x = button.x() + 0.5
            painter.drawLine(QPointF(x, 1), QPointF(x, self.height() - 1))


def paint_focus(painter: QPainter, box: QRectF, radius: float, *, over: QColor) -> None:
    """The ring of the focus, two pixels wide inside `box`; on a dark accent it is drawn in the text's colour."""
    colours = theme.tokens()
    dark = theme.contrast(colours.focus, over) < 3 if over.alpha() else False
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = 3.0 if dark else 1.0
    painter.setPen(QPen(colours.accenttext if dark else colours.focus, 1.5 if dark else 2))
    ring = box.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(ring, max(1.0, radius - inset), max(1.0, radius - inset))


def paint_chevron(painter: QPainter, box: QRectF, direction: str, colour: QColor) -> None:
    """A thin arrow in the middle of `box`: left, right, up or down."""
    size = theme.em(0.3)
    at = box.center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.rotate({"right": 0, "down": 90, "left": 180, "up": 270}[direction])
    style = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(QPen(colour, theme.em(1) / 8, *style))
    painter.drawPolyline(QPolygonF([QPointF(-size / 2, -size), QPointF(size / 2, 0), QPointF(-size / 2, size)]))
    painter.restore()
