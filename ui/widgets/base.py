"""What the other widgets stand on: plain text that elides, a hairline and a surface."""

import html

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui import theme


def plain_tooltip(text: str) -> str:
    """The text as a tooltip that shows it letter for letter; Qt would read `<b>` in it as markup."""
    if "<" not in text and "&" not in text:
        return text
    return f"<p style='white-space:pre-wrap'>{html.escape(text)}</p>"


def ink(widget: QWidget, colour: QColor, role: QPalette.ColorRole = QPalette.ColorRole.WindowText) -> None:
    """Give one widget its own colour for a role of the palette."""
    palette = widget.palette()
    palette.setColor(role, colour)
    widget.setPalette(palette)


class Label(QLabel):
    """Plain text in a role of the theme, in the ink of a token.

    It elides when it does not fit and then has the whole text as tooltip; with `wrap` it breaks lines instead.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        token: str = "text",  # the name of a colour, not a secret  # noqa: S107
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._role, self._token = role, token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(wrap)
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        self._restyle()
        theme.theme().changed.connect(self._restyle)

    def set_text(self, text: str) -> None:
        """Show this text, which is also the accessible name."""
        self.setText(text)
        self.setAccessibleName(text)
        self._hint()
        self.updateGeometry()

    def set_token(self, token: str) -> None:
        """Change the ink to another colour of the theme."""
        self._token = token
        self._restyle()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        if self.wordWrap():
            return super().sizeHint()
        fm = QFontMetrics(self.font())
        margins = self.contentsMargins()
        around = margins.left() + margins.right() + max(0, self.indent())
        return QSize(fm.horizontalAdvance(self.text()) + 2 + around, fm.height())

    def minimumSizeHint(self) -> QSize:
        """Room for an ellipsis."""
        if self.wordWrap():
            return super().minimumSizeHint()
        fm = QFontMetrics(self.font())
        return QSize(min(fm.horizontalAdvance("…"), self.sizeHint().width()), fm.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A tooltip only when something is hidden."""
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, with an ellipsis when it does not fit."""
        if self.wordWrap():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self._room())
        align = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        room = QRectF(self.contentsRect()).adjusted(max(0, self.indent()), 0, 0, 0)
        painter.drawText(room, int(align | Qt.TextFlag.TextSingleLine), shown)

    def _room(self) -> int:
        return self.contentsRect().width() - max(0, self.indent())

    def _hint(self) -> None:
        hidden = not self.wordWrap() and QFontMetrics(self.font()).horizontalAdvance(self.text()) > self._room()
        self.setToolTip(plain_tooltip(self.text()) if hidden else "")

    def _restyle(self) -> None:
        self.setFont(theme.font(self._role))
        ink(self, getattr(theme.tokens(), self._token))


class Hairline(QFrame):
    """The line where two surfaces meet: one device-independent pixel."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False, token: str = "line") -> None:  # noqa: S107
        super().__init__(parent)
        self._token = token
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill it."""
        QPainter(self).fillRect(self.rect(), getattr(theme.tokens(), self._token))


class Surface(QWidget):
    """A widget with the colour of a surface: panel (work), side (navigation) or bg (context)."""

    def __init__(self, token: str = "panel", parent: QWidget | None = None) -> None:  # noqa: S107
        super().__init__(parent)
        self._surface = token
        self.setAutoFillBackground(True)
        self._fill()
        theme.theme().changed.connect(self._fill)

    def set_surface(self, token: str) -> None:
        """Change to another surface."""
        self._surface = token
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Lengths follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _fill(self) -> None:
        ink(self, getattr(theme.tokens(), self._surface), QPalette.ColorRole.Window)
