"""The window: navigation, header, one line for messages, the pages, and the actions of the menu.

It receives everything by constructor and holds no logic of its own: actions live in `ui/actions.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from indsteer.answers.places import places
from indsteer.store.journal import Changes
from ui.desk import Desk, Place
from ui.pages import PAGES
from ui.pages.base import Page
from ui.widgets.header import HeaderBar, HeaderTexts
from ui.widgets.nav import Nav, NavItem
from ui.widgets.notice import Message


class MainWindow(QMainWindow):
    """One window on one session. `dropped(paths)` when workbooks are dropped on it."""

    dropped = Signal(list)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._pages: dict[str, Page] = {}
        self._message_action: Callable[[], None] | None = None
        self.nav, self.header, self.message = Nav(), HeaderBar(), Message()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self._retranslate()
        self._load_places()
        self._restore()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_page(self, key: str) -> None:
        """Show a page; made when first needed."""
        entry = next((e for e in PAGES if e.key == key), None)
        if entry is None:
            return
        if key not in self._pages:
            made = entry.load()(self.desk)
            made.set_up()
            self._pages[key] = made
            self._stack.addWidget(made)
        page = self._pages[key]
        self.nav.set_current(key)
        self.header.set_page(self.desk.words(f"nav.{key}"))
        self.header.set_period_shown(shown=page.NEEDS_PERIOD)
        self.setWindowTitle(f"{self.desk.words(f'nav.{key}')} · {self.desk.session.path.stem} · indsteer")
        self._stack.setCurrentWidget(page)
        self.desk.settings.setValue("page", key)

    def cycle_region(self, by: int) -> None:
        """F6: the keyboard goes to the next part of the window."""
        page = self.page
        regions = [self.nav, self.header, *(page.regions() if page else ())]
        regions = [r for r in regions if r.isVisible()]
        focused = self.focusWidget()
        at = next((i for i, r in enumerate(regions) if focused and (r is focused or r.isAncestorOf(focused))), -1)
        for offset in range(1, len(regions) + 1):
            if _take_focus(regions[(at + by * offset) % len(regions)]):
                return

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what waits, remember the window."""
        self.desk.settings.setValue("geometry", self.saveGeometry())
        self.desk.settings.sync()
        self.desk.session.close()
        self.closed.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A workbook is dropped: whoever listens reads it."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def changeEvent(self, event: QEvent) -> None:
        """The title bar may have been told something; nothing to do."""
        super().changeEvent(event)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.message):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.nav)
        row.addWidget(right, 1)
        self.setCentralWidget(centre)
        self.resize(1440, 900)

    def _connect(self) -> None:
        desk = self.desk
        self.nav.chosen.connect(self.show_page)
        self.header.unit_changed.connect(self._on_unit)
        self.header.period_changed.connect(self._on_period)
        self.header.search_changed.connect(self._on_search)
        self.message.acted.connect(self._on_message_action)
        desk.went.connect(self.show_page)
        desk.said.connect(self._on_said)
        desk.place_changed.connect(self._on_place)
        desk.words_changed.connect(self._retranslate)
        desk.session.changed.connect(self._on_changed)
        desk.session.busy.connect(self._show_saved)
        desk.session.failed.connect(desk.tell)
        QShortcut(QKeySequence("F6"), self, lambda: self.cycle_region(1))
        QShortcut(QKeySequence("Shift+F6"), self, lambda: self.cycle_region(-1))
        QShortcut(QKeySequence("Ctrl+F"), self, self.header.search.setFocus)

    def _load_places(self) -> None:
        desk = self.desk
        found = desk.session.read(places)
        self.header.set_units(tuple((u.code, u.name, u.depth) for u in found.units))
        self.header.set_periods(tuple((p, desk.words.period(p)) for p in found.periods))
        unit = desk.place.unit or str(desk.settings.value("unit", "") or "")
        known = {u.code for u in found.units}
        desk.move(
            unit=unit if unit in known else found.first_unit,
            period=desk.place.period if desk.place.period in found.periods else found.last_period,
        )
        self._on_place(desk.place)

    def _retranslate(self) -> None:
        words = self.desk.words
        items = tuple(NavItem(e.key, words(f"nav.{e.key}"), e.shortcut) for e in PAGES)
        self.nav.set_items(items, title="indsteer", name=words("window.navigation"))
        self.header.set_texts(
            HeaderTexts(
                unit=words("common.unit"),
                period=words("common.period"),
                earlier=words("window.earlier"),
                later=words("window.later"),
                search=words("window.find"),
                search_key="Ctrl+F",
            )
        )
        self._show_saved(self.desk.session.waiting)
        if self.page is not None:
            self._load_places()
            self.header.set_page(words(f"nav.{self.page.KEY}"))

    def _show_saved(self, waiting: int) -> None:
        words, session = self.desk.words, self.desk.session
        if not session.writable:
            who = session.holder.who if session.holder else ""
            text = words("window.read_only_by", who=who) if who else words("common.reading_only")
            self.nav.set_footer("warn", text, session.path.name)
        elif waiting:
            self.nav.set_footer("none", words("common.saving"), session.path.name)
        else:
            self.nav.set_footer("good", words("common.saved_at", time=f"{session.now():%H:%M}"), session.path.name)

    def _restore(self) -> None:
        geometry = self.desk.settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    @Slot(str)
    def _on_unit(self, unit: str) -> None:
        self.desk.move(unit=unit)

    @Slot(str)
    def _on_period(self, period: str) -> None:
        self.desk.move(period=period)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        if self.page is not None:
            self.page.narrow(text)

    @Slot(object)
    def _on_place(self, place: Place) -> None:
        self.header.set_unit(place.unit)
        self.header.set_period(place.period)
        self.desk.settings.setValue("unit", place.unit)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("unit", "unit_parent", "actual", "target"):
            self._load_places()

    @Slot(str, str, str, object)
    def _on_said(self, text: str, tone: str, action: str, then: Callable[[], None] | None) -> None:
        self._message_action = then
        self.message.say(text, tone, action)

    @Slot()
    def _on_message_action(self) -> None:
        then = self._message_action
        self.message.clear()
        if then is not None:
            then()


def _take_focus(region: QWidget) -> bool:
    """Put the keyboard in the region: in it, or in its first child that takes it."""
    if isinstance(region, Nav):
        region.take_focus()
        return True
    for widget in (region, *region.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
    return False
