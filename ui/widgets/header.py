"""The bar above every page: which page, which unit, which period, and the search."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui import theme
from ui.widgets.base import Label, Surface
from ui.widgets.buttons import StepButton
from ui.widgets.picker import Picker


@dataclass(frozen=True, slots=True)
class HeaderTexts:
    """The words of the header: names said aloud, the placeholder of the search and its key as printed."""

    unit: str
    period: str
    earlier: str
    later: str
    search: str
    search_key: str = ""


class SearchBox(QLineEdit):
    """A line for searching, with the key that leads to it printed at the right while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_texts(self, placeholder: str, key: str) -> None:
        """The placeholder, which is also its name, and the key as it is printed."""
        self._key = key
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a few words."""
        return QSize(theme.em(17), theme.metrics().control)

    def minimumSizeHint(self) -> QSize:
        """Room for the key."""
        return QSize(theme.em(9), theme.metrics().control)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, and the key when nothing is typed and there is room."""
        super().paintEvent(event)
        sizes = theme.metrics()
        small = QFontMetrics(theme.font("small"))
        taken = QFontMetrics(self.font()).horizontalAdvance(self.placeholderText())
        if self.text() or not self._key or self.width() < taken + small.horizontalAdvance(self._key) + 4 * sizes.gap2:
            return
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.tokens().muted)
        room = QRectF(self.rect()).adjusted(0, 0, -sizes.gap3, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)


class HeaderBar(Surface):
    """Page name, unit, period and search, always in the same place.

    Ctrl+U goes to the unit, Alt+PgUp and Alt+PgDn step through the periods. The signals come only from the user,
    never from `set_unit` or `set_period`.
    """

    unit_changed = Signal(str)
    period_changed = Signal(str)
    search_changed = Signal(str)
    search_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self._page = Label("", "title")
        self._page.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._unit = Picker()
        self._period = Picker()
        self._period.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._earlier = StepButton("left", "", "Alt+PgUp")
        self._later = StepButton("right", "", "Alt+PgDown")
        self._search = SearchBox()
        self._row = QHBoxLayout(self)
        for widget in (self._page, self._unit, self._earlier, self._period, self._later):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self._search)
        QShortcut(QKeySequence("Ctrl+U"), self, self._open_units)
        self._unit.activated.connect(lambda _: self.unit_changed.emit(self._unit.chosen))
        self._period.activated.connect(lambda _: self._period_moved())
        self._earlier.clicked.connect(lambda: self._step(-1))
        self._later.clicked.connect(lambda: self._step(1))
        self._search.textEdited.connect(self.search_changed)
        self._search.returnPressed.connect(lambda: self.search_entered.emit(self._search.text()))
        theme.theme().changed.connect(self._restyle)
        self._restyle()
        self._enable()

    @property
    def unit(self) -> str:
        """The code of the unit, empty when there are none."""
        return self._unit.chosen

    @property
    def period(self) -> str:
        """The id of the period, empty when there are none."""
        return self._period.chosen

    @property
    def search(self) -> SearchBox:
        """The search line."""
        return self._search

    def set_texts(self, texts: HeaderTexts) -> None:
        """The words, in the language of now."""
        self._unit.setAccessibleName(texts.unit)
        self._period.setAccessibleName(texts.period)
        self._earlier.set_text(texts.earlier)
        self._later.set_text(texts.later)
        self._search.set_texts(texts.search, texts.search_key)

    def set_page(self, name: str) -> None:
        """The name of the page."""
        self._page.set_text(name)
        self.setAccessibleName(name)

    def set_units(self, units: tuple[tuple[str, str, int], ...]) -> None:
        """The units as (code, name, depth)."""
        self._unit.set_options(units)

    def set_unit(self, unit: str) -> None:
        """Show this unit; an unknown code changes nothing."""
        self._unit.set_chosen(unit)

    def set_periods(self, periods: tuple[tuple[str, str], ...]) -> None:
        """The periods as (id, name), oldest first."""
        self._period.set_options(tuple((period, name, 0) for period, name in periods))
        self._enable()

    def set_period(self, period: str) -> None:
        """Show this period; an unknown id changes nothing."""
        self._period.set_chosen(period)
        self._enable()

    def set_period_shown(self, *, shown: bool) -> None:
        """Pages without a period hide the stepper."""
        for widget in (self._earlier, self._period, self._later):
            widget.setVisible(shown)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the far right."""
        self._row.addWidget(widget)

    def _open_units(self) -> None:
        self._unit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._unit.showPopup()

    def _step(self, by: int) -> None:
        at = self._period.currentIndex() + by
        if 0 <= at < self._period.count():
            self._period.setCurrentIndex(at)
            self._period_moved()

    def _period_moved(self) -> None:
        self._enable()
        self.period_changed.emit(self._period.chosen)

    def _enable(self) -> None:
        at = self._period.currentIndex()
        self._earlier.setEnabled(at > 0)
        self._later.setEnabled(0 <= at < self._period.count() - 1)

    def _restyle(self) -> None:
        sizes = theme.metrics()
        self.setFixedHeight(sizes.header)
        self._row.setContentsMargins(sizes.gap5, 0, sizes.gap5, 0)
        self._row.setSpacing(sizes.gap2)
        self._page.setContentsMargins(0, 0, sizes.gap3, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline under it."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.tokens().line)
