"""Tabs of the versions of a plan: code, name and state, with a lock on what was agreed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from ui import theme
from ui.shapes import stamp_shape
from ui.widgets.buttons import paint_focus


class VersionTab(QAbstractButton):
    """One version: code bold, state small, a lock when it is fixed, an underline when it is shown."""

    def __init__(self, code: str, title: str, state: str, *, locked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code, self._title, self._state, self._locked = code, title, state, locked
        self.setCheckable(True)
        self.setText(title)
        self.setAccessibleName(f"{title}, {state}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Both texts and the lock."""
        sizes = theme.metrics()
        title = QFontMetrics(theme.font("strong")).horizontalAdvance(self._title)
        state = QFontMetrics(theme.font("small")).horizontalAdvance(self._state)
        lock = sizes.shape + sizes.gap1 if self._locked else 0
        return QSize(lock + title + sizes.gap2 + state + 2 * sizes.gap2, sizes.head)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lock, code, state, underline."""
        painter, sizes, colours = QPainter(self), theme.metrics(), theme.tokens()
        on = self.isChecked()
        if self.underMouse() and not on:
            painter.fillRect(self.rect(), colours.hover)
        x = sizes.gap2
        if self._locked:
            where = QRect(x, 0, sizes.shape, self.height()).toRectF()
            stamp_shape(painter, "lock", where, colours.text2)
            x += sizes.shape + sizes.gap1
        align = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        for role, text, ink in (
            ("strong" if on else "body", self._title, colours.text if on else colours.text2),
            ("small", self._state, colours.muted),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(ink)
            wide = QFontMetrics(painter.font()).horizontalAdvance(text)
            painter.drawText(QRect(x, 0, wide + 1, self.height()), align, text)
            x += wide + sizes.gap2
        if on:
            painter.fillRect(0, self.height() - 3, self.width(), 3, colours.accent)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_focus(painter, self.rect().toRectF(), sizes.gap1, over=colours.panel)


class VersionTabs(QWidget):
    """The tabs in order of agreement, drafts last; left and right go through them. `chosen(code)` by the user."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.metrics().gap2)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the versions that are shown."""
        return tuple(tab.code for tab in self._tabs())

    def set_versions(self, versions: Sequence[tuple[str, str, str, bool]], shown: str) -> None:
        """The versions as (code, title, state, locked), and which is shown."""
        focused = any(tab.hasFocus() for tab in self._tabs())
        for tab in self._tabs():
            self._group.removeButton(tab)
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        for code, title, state, locked in versions:
            tab = VersionTab(code, title, state, locked=locked, parent=self)
            self._group.addButton(tab)
            self._row.addWidget(tab)
            tab.setChecked(code == shown)
            tab.show()
            if focused and code == shown:
                tab.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setVisible(bool(versions))

    def step(self, by: int) -> None:
        """Go to the next or previous version."""
        tabs = self._tabs()
        at = next((i for i, tab in enumerate(tabs) if tab.isChecked()), 0) + by
        if 0 <= at < len(tabs):
            tabs[at].click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(-1 if event.key() == Qt.Key.Key_Left else 1)
            return
        super().keyPressEvent(event)

    def _tabs(self) -> list[VersionTab]:
        return [tab for tab in self._group.buttons() if isinstance(tab, VersionTab)]

    def _on_clicked(self, tab: QAbstractButton) -> None:
        if isinstance(tab, VersionTab):
            self.chosen.emit(tab.code)
