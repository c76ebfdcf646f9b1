"""What a page says besides its work: a message, nothing to show yet, work that goes on."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.shapes import stamp_shape
from ui.widgets.base import Label, Surface, ink
from ui.widgets.buttons import PrimaryButton, QuietButton


class Mark(QWidget):
    """One status shape as a widget; what it means is said by the words beside it."""

    def __init__(self, tone: str = "none", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        theme.theme().changed.connect(self.updateGeometry)

    def set_tone(self, tone: str) -> None:
        """Show another shape."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        size = theme.metrics().shape
        return QSize(size + 2, size + 2)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The shape in the middle."""
        size = theme.metrics().shape
        box = QRectF(self.rect())
        box = QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size)
        stamp_shape(QPainter(self), self._tone, box, theme.tokens().tone(self._tone))


class Message(QWidget):
    """One line under the header: an error, a remark, why nothing can be edited; hidden when empty."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "info"
        self.setAutoFillBackground(True)
        self._mark = Mark("info", self)
        self._text = Label("", "body", wrap=True)
        self._action = QuietButton(parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._action)
        self._action.clicked.connect(self.acted)
        theme.theme().changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def text(self) -> str:
        """What it says, empty when it is hidden."""
        return self._text.text()

    def say(self, text: str, tone: str = "info", action: str = "") -> None:
        """Show a text in a tone, with a button when `action` has its words; an empty text hides it."""
        self._tone = tone
        self._text.set_text(text)
        self.setAccessibleName(text)
        self._action.set_text(action)
        self._action.setVisible(bool(action))
        self._mark.set_tone(tone)
        self._restyle()
        self._appear()

    def clear(self) -> None:
        """Say nothing any more."""
        self.say("")

    def changeEvent(self, event: QEvent) -> None:
        """Appear when it gets its place after it got its text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._appear()

    def _appear(self) -> None:
        """Visible with a text; never as a window of its own."""
        self.setVisible(bool(self.text) and self.parentWidget() is not None)

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self._row.setContentsMargins(sizes.gap5, sizes.gap1, sizes.gap5, sizes.gap1)
        self._row.setSpacing(sizes.gap2)
        self.setMinimumHeight(sizes.head)
        ink(self, theme.tokens().tone_bg(self._tone), QPalette.ColorRole.Window)


class EmptyState(QWidget):
    """What a page is for while it has nothing to show, and the next step."""

    next_step = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "title", wrap=True)
        self._why = Label("", "body", "text2", wrap=True)
        self._step = PrimaryButton(parent=self)
        self._step.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.addStretch(2)
        for widget in (self._title, self._why, self._step):
            self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(3)
        self._step.clicked.connect(self.next_step)
        theme.theme().changed.connect(self._restyle)
        self._restyle()

    def set_texts(self, title: str, explanation: str, step: str = "") -> None:
        """A title, why there is nothing, and the words of the button (none: no button)."""
        self._title.set_text(title)
        self._why.set_text(explanation)
        self._step.set_text(step)
        self._step.setVisible(bool(step))
        self.setAccessibleName(f"{title}. {explanation}")
        self._restyle()

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self._column.setSpacing(sizes.gap3)
        for label in (self._title, self._why):
            label.setFixedWidth(theme.em(36))
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setFixedHeight(max(0, label.heightForWidth(theme.em(36))))


class _Bar(QProgressBar):
    """A thin bar; Fusion's own lacks contrast on our palette."""

    def sizeHint(self) -> QSize:
        return QSize(theme.em(12), theme.metrics().gap2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.em(4), theme.metrics().gap2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.border)
        painter.setBrush(colours.panel)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        whole = self.maximum() - self.minimum()
        share = (self.value() - self.minimum()) / whole if whole > 0 else 1.0
        done = QRectF(box.left(), box.top(), max(box.height(), box.width() * share), box.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent if whole > 0 else colours.data2)
        if share > 0:
            painter.drawRoundedRect(done, box.height() / 2, box.height() / 2)


class Progress(Surface):
    """A strip for work that takes more than half a second: what, how far, and Cancel."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", parent)
        self._text = Label()
        self._bar = _Bar(self)
        self._cancel = QuietButton(parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._text)
        self._row.addWidget(self._bar, 1)
        self._row.addWidget(self._cancel)
        self._cancel.clicked.connect(self._stop)
        theme.theme().changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def start(self, text: str, cancel: str) -> None:
        """Show the strip: what is being done and the word of the button."""
        self._text.set_text(text)
        self.setAccessibleName(text)
        self._bar.setAccessibleName(text)
        self._cancel.set_text(cancel)
        self._cancel.setEnabled(True)
        self._bar.setRange(0, 0)
        self.show()

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """How far; a total of 0 means not known. A text replaces what is said."""
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(min(done, total))
        if text:
            self._text.set_text(text)

    def finish(self) -> None:
        """Hide the strip."""
        self.hide()

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self.cancelled.emit()

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self._row.setContentsMargins(sizes.gap5, sizes.gap1, sizes.gap5, sizes.gap1)
        self._row.setSpacing(sizes.gap3)
        self.setMinimumHeight(sizes.head)
