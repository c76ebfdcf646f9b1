"""The first thing a new user sees: who are you, and the three ways to begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from indsteer.words import Words
from ui import theme
from ui.widgets.base import Label, Surface
from ui.widgets.buttons import LinkButton, PrimaryButton, QuietButton
from ui.widgets.notice import Message


class StartWindow(Surface):
    """Role and initials, then: open the sample, open a file, start empty, or drop a file.

    sample(), opened(), fresh(), recent(path), dropped(paths) say what the user wants.
    """

    sample = Signal()
    opened = Signal()
    fresh = Signal()
    recent = Signal(str)
    dropped = Signal(list)

    def __init__(self, words: Words, role: str, initials: str, recent: tuple[Path, ...]) -> None:
        super().__init__("bg")
        self.setWindowTitle("indsteer")
        self.setAccessibleName("indsteer")
        self.setAcceptDrops(True)
        self.message = Message()
        self.role = _field(words("start.role"), role or words("start.role_usual"))
        self.initials = _field(words("start.initials"), initials)
        self.initials.setMaxLength(6)
        self.sample_button = PrimaryButton(words("start.sample"))
        self.open_button = QuietButton(words("start.open"))
        self.fresh_button = QuietButton(words("start.fresh"))
        self.sample_button.clicked.connect(self.sample)
        self.open_button.clicked.connect(self.opened)
        self.fresh_button.clicked.connect(self.fresh)
        self._lay_out(words, recent)
        self.resize(theme.em(60), theme.em(42))

    @property
    def who(self) -> tuple[str, str]:
        """Role and initials as typed."""
        return self.role.text().strip(), self.initials.text().strip()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """An indsteer file is opened, a planning sheet starts a new file."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _lay_out(self, words: Words, recent: tuple[Path, ...]) -> None:
        sizes = theme.metrics()
        inner = QWidget()
        inner.setFixedWidth(theme.em(38))
        column = QVBoxLayout(inner)
        column.setSpacing(sizes.gap3)
        column.addStretch(1)
        column.addWidget(Label(words("start.title"), "title"))
        column.addWidget(Label(words("start.explanation"), "body", "text2", wrap=True))
        column.addSpacing(sizes.gap3)
        for name, field in ((words("start.role"), self.role), (words("start.initials"), self.initials)):
            label = Label(name, "small", "text2")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(Label(words("start.who_why"), "small", "muted", wrap=True))
        column.addSpacing(sizes.gap3)
        row = QHBoxLayout()
        row.setSpacing(sizes.gap2)
        for button in (self.sample_button, self.open_button, self.fresh_button):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Label(words("start.drop"), "small", "muted", wrap=True))
        if recent:
            column.addSpacing(sizes.gap3)
            column.addWidget(Label(words("start.recent"), "section"))
            for path in recent:
                link = LinkButton(path.stem)
                link.setEnabled(path.exists())
                link.setToolTip(path.name)
                link.clicked.connect(lambda _=False, p=str(path): self.recent.emit(p))
                column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.message)
        outer.addWidget(inner, 1, Qt.AlignmentFlag.AlignHCenter)


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    return field
