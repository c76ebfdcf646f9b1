"""A panel over the window that closes with Esc and dies when closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui import theme
from ui.desk import Desk
from ui.widgets.base import Label


class Panel(QDialog):
    """Base of the palette and the help: a title, then what the subclass adds to `column`."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, width: float) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        sizes = theme.metrics()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(sizes.gap5, sizes.gap4, sizes.gap5, sizes.gap4)
        self.column.setSpacing(sizes.gap2)
        self.column.addWidget(Label(title, "title"))
        self.setFixedWidth(theme.em(width))
