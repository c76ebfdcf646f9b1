"""A panel that asks for a reason in place, instead of a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.base import Label, Surface
from ui.widgets.buttons import PrimaryButton, QuietButton


@dataclass(frozen=True, slots=True)
class ReasonTexts:
    """What the panel says; `label` names the field, `extra` a second field before it ("" = none)."""

    title: str
    explanation: str
    label: str
    confirm: str
    cancel: str
    extra: str = ""
    extra_text: str = ""


class ReasonPanel(Surface):
    """Asks, and calls back with the reason (and the extra field). Enter confirms, Esc leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", parent)
        self._then: Callable[[str, str], None] | None = None
        self._needed = True
        self._back: QWidget | None = None
        self._title = Label("", "section", wrap=True)
        self._why = Label("", "body", "text2", wrap=True)
        self._extra_label, self.extra = Label("", "small", "muted"), QLineEdit()
        self._label, self.field = Label("", "small", "muted"), QLineEdit()
        self._yes, self._no = PrimaryButton(), QuietButton()
        self._column = QVBoxLayout(self)
        parts = (self._title, self._why, self._extra_label, self.extra, self._label, self.field)
        for widget in parts:
            self._column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._yes)
        row.addWidget(self._no)
        row.addStretch(1)
        self._column.addLayout(row)
        self.field.textChanged.connect(self._enable)
        self.extra.textChanged.connect(self._enable)
        self.field.returnPressed.connect(self._confirm)
        self.extra.returnPressed.connect(self.field.setFocus)
        self._yes.clicked.connect(self._confirm)
        self._no.clicked.connect(self.dismiss)
        theme.theme().changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def confirm_button(self) -> PrimaryButton:
        """The button that confirms."""
        return self._yes

    def ask(self, texts: ReasonTexts, then: Callable[[str, str], None], *, needed: bool = True) -> None:
        """Show the panel; `then(reason, extra)` follows when it is confirmed. `needed`: not without a reason."""
        self._then, self._needed = then, needed
        self._back = self.window().focusWidget()
        self._title.set_text(texts.title)
        self._why.set_text(texts.explanation)
        self._label.set_text(texts.label)
        self._extra_label.set_text(texts.extra)
        for widget in (self._label, self.field):
            widget.setVisible(bool(texts.label))
        for widget in (self._extra_label, self.extra):
            widget.setVisible(bool(texts.extra))
        self.field.setAccessibleName(texts.label)
        self.extra.setAccessibleName(texts.extra)
        self.field.clear()
        self.extra.setText(texts.extra_text)
        self._yes.set_text(texts.confirm)
        self._no.set_text(texts.cancel)
        self.setAccessibleName(texts.title)
        self._enable()
        self.show()
        first = self.extra if texts.extra else self.field if texts.label else self._no
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Leave it; the keyboard goes back to where it was."""
        self._then = None
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    @Slot()
    def _confirm(self) -> None:
        if self._then is None or not self._yes.isEnabled():
            return
        then, self._then = self._then, None
        reason, extra = self.field.text().strip(), self.extra.text().strip()
        self.dismiss()
        then(reason, extra)

    @Slot()
    def _enable(self) -> None:
        reason = bool(self.field.text().strip()) or not self._needed
        extra = bool(self.extra.text().strip()) or self.extra.isHidden()
        self._yes.setEnabled(reason and extra)

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self._column.setContentsMargins(sizes.gap5, sizes.gap3, sizes.gap5, sizes.gap3)
        self._column.setSpacing(sizes.gap2)
        for field in (self.extra, self.field):
            field.setMaximumWidth(theme.em(42))
