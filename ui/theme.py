"""How the program looks: palette, fonts and sizes, switchable while it runs.

`apply` is called once at the start; pages ask `tokens()` for colours, `font(role)` for type and `metrics()`
or `em()` for lengths. Everything is repainted by Qt when the palette changes; who caches pixels or pens
listens to `theme().changed`.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.resources import resource
from ui.tokens import Tokens, blend, contrast, load_tokens

__all__ = [
    "MODES",
    "Metrics",
    "Theme",
    "apply",
    "blend",
    "contrast",
    "em",
    "font",
    "metrics",
    "theme",
    "tokens",
]

MODES = ("system", "light", "dark", "contrast")
FAMILY = "Inter"
FACES = ("Regular", "Medium", "SemiBold", "Bold", "Italic")
BODY_POINTS = 9.375  # 12.5 px at 96 dpi, as in the studies
BODY_PIXELS = 12.5
# role: (size in proportion to the body, weight)
ROLES = {
    "meeting": (2.4, QFont.Weight.DemiBold),
    "figure": (1.92, QFont.Weight.DemiBold),
    "title": (1.44, QFont.Weight.DemiBold),
    "sentence": (1.36, QFont.Weight.DemiBold),
    "section": (1.04, QFont.Weight.DemiBold),
    "strong": (1.0, QFont.Weight.DemiBold),
    "body": (1.0, QFont.Weight.Normal),
    "small": (0.92, QFont.Weight.Normal),
    "small_strong": (0.92, QFont.Weight.DemiBold),
}
# On Windows QApplication.setFont(font) does not reach these: the platform theme has its own fonts for them.
CLASSES = (
    "QAbstractItemView",
    "QHeaderView",
    "QTableView",
    "QTreeView",
    "QListView",
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QDialog",
    "QLabel",
    "QToolTip",
    "QStatusBar",
    "QPushButton",
    "QToolButton",
    "QCheckBox",
    "QRadioButton",
    "QComboBox",
    "QComboBoxPrivateContainer",
    "QLineEdit",
    "QAbstractSpinBox",
    "QTextEdit",
    "QPlainTextEdit",
    "QTabBar",
    "QGroupBox",
    "QProgressBar",
    "QToolBar",
    "QTipLabel",
)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Lengths in device-independent pixels, all in proportion to the height of the body text."""

    gap1: int  # 4 at 100 %
    gap2: int  # 8
    gap3: int  # 12
    gap4: int  # 16
    gap5: int  # 24
    radius: int  # 6
    row: int  # 32: a row of a table
    dense_row: int  # 29: a row where everything must be seen at once
    head: int  # 40: the head of a table
    control: int  # 30: buttons and fields
    target: int  # 24: the least that can be clicked
    header: int  # 56: the bar with unit and period
    nav: int  # 200: the navigation
    drawer: int  # 328: the panel at the right
    shape: int  # 11: a status shape beside text


class Theme(QObject):
    """The present look. `mode` is what the user chose, `name` the set of colours that it gives now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode = "light"
        self._name = "light"
        self._scale = 1.0
        self._metrics: Metrics | None = None
        self._fonts: dict[str, QFont] = {}
        self._family = ""

    @property
    def mode(self) -> str:
        """One of `MODES`."""
        return self._mode

    @property
    def name(self) -> str:
        """`light`, `dark` or `contrast`."""
        return self._name

    @property
    def scale(self) -> float:
        """The user's own enlargement of text and everything that follows it; 1.0 is normal."""
        return self._scale

    @property
    def tokens(self) -> Tokens:
        """The colours of now."""
        return load_tokens(self._name)

    @property
    def metrics(self) -> Metrics:
        """The lengths of now."""
        if self._metrics is None:
            self._metrics = _measure(self.font("body"))
        return self._metrics

    def font(self, role: str) -> QFont:
        """A copy of the font of a role in `ROLES`; figures are tabular. Raises KeyError for another role."""
        found = self._fonts.get(role)
        if found is None:
            share, weight = ROLES[role]
            found = QFont(self._family or FAMILY)
            found.setPointSizeF(BODY_POINTS * share * self._scale)
            found.setWeight(weight)
            found.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[role] = found
        return QFont(found)

    def apply(self, app: QApplication, mode: str, scale: float) -> None:
        """Give `app` this look; raises ValueError for a mode that is not in `MODES`."""
        if mode not in MODES:
            raise ValueError(mode)
        self._load_fonts()
        first = app.style().objectName() != "fusion" or not app.styleSheet()
        font_changed = first or scale != self._scale
        self._mode, self._scale = mode, scale
        self._name = mode
        if mode == "system":
            app.styleHints().unsetColorScheme()  # so that the hint tells the system's wish, not our last one
            self._name = _system_name(app)
        else:
            dark = self.tokens.bg.lightnessF() < 0.5
            app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        if first:
            app.setStyle("Fusion")
            app.styleHints().colorSchemeChanged.connect(self._follow)
        if font_changed:
            self._fonts.clear()
            self._metrics = None
            app.setFont(self.font("body"))
            for name in CLASSES:
                app.setFont(self.font("body"), name)  # type: ignore[arg-type]  # the stub says bytes; they fail
        app.setPalette(_palette(self.tokens))
        app.setStyleSheet(_style_sheet(self.tokens, self.metrics))
        self.changed.emit()

    def _follow(self) -> None:
        app = QApplication.instance()
        if self._mode == "system" and isinstance(app, QApplication) and _system_name(app) != self._name:
            self.apply(app, "system", self._scale)

    def _load_fonts(self) -> None:
        if self._family:
            return
        for face in FACES:
            QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter-{face}.otf")))
        self._family = FAMILY


_theme: Theme | None = None


def theme() -> Theme:
    """The one look of this program; light until `apply` is called."""
    global _theme  # noqa: PLW0603  one application, one look; delegates have no other way to reach it
    if _theme is None:
        _theme = Theme()
    return _theme


def apply(app: QApplication, mode: str = "system", scale: float = 1.0) -> Theme:
    """Give the application its look (again): mode is one of `MODES`, scale enlarges all text."""
    theme().apply(app, mode, scale)
    return theme()


def tokens() -> Tokens:
    """The colours of now."""
    return theme().tokens


def font(role: str) -> QFont:
    """The font of a role: meeting, figure, title, sentence, section, strong, body, small or small_strong."""
    return theme().font(role)


def metrics(widget: QWidget | None = None) -> Metrics:
    """The lengths of now; with a widget those that fit its own font."""
    return theme().metrics if widget is None else _measure(widget.font())


def em(size: float, widget: QWidget | None = None) -> int:
    """A length of `size` times the body text, in whole pixels; 16 em is the navigation's 200 px at 100 %."""
    return round(size * _em_pixels(theme().font("body") if widget is None else widget.font()))


def _em_pixels(base: QFont) -> float:
    """The size of the em in pixels: not `QFontInfo`, which rounds it to whole pixels."""
    if base.pointSizeF() <= 0:
        return float(base.pixelSize())
    screen = QGuiApplication.primaryScreen()
    return base.pointSizeF() * (screen.logicalDotsPerInchY() if screen else 96.0) / 72


def _measure(base: QFont) -> Metrics:
    unit = _em_pixels(base) / BODY_PIXELS

    def px(at_100: int) -> int:
        return max(1, round(at_100 * unit))

    return Metrics(
        gap1=px(4),
        gap2=px(8),
        gap3=px(12),
        gap4=px(16),
        gap5=px(24),
        radius=px(6),
        row=px(32),
        dense_row=px(29),
        head=px(40),
        control=px(30),
        target=max(24, px(24)),
        header=px(56),
        nav=px(200),
        drawer=px(328),
        shape=px(11),
    )


def _system_name(app: QApplication) -> str:
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _palette(colours: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: colours.panel,
        role.WindowText: colours.text,
        role.Base: colours.panel,
        role.AlternateBase: colours.bg,
        role.Text: colours.text,
        role.Button: colours.bg,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.sel,
        role.HighlightedText: colours.text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.panel,
        role.Midlight: colours.line,
        role.Mid: colours.border,
        role.Dark: colours.border,
        role.Shadow: colours.shadow,
    }
    for name, colour in pairs.items():
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, colours.muted)
    return palette


def _style_sheet(colours: Tokens, sizes: Metrics) -> str:
    """What the palette cannot say. Kept short: style sheets cost time at every show."""
    names = ("border", "focus", "panel", "text", "line", "text2", "bad")
    c = {name: getattr(colours, name).name(QColor.NameFormat.HexRgb) for name in names}
    pad, control, radius = sizes.gap2, sizes.control, sizes.radius
    border, focus, bad = f"1px solid {c['border']}", f"2px solid {c['focus']}", f"2px solid {c['bad']}"
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit {{ border: {border}; border-radius: {radius}px; padding: 1px {pad}px;
  background: {c["panel"]}; }}
QLineEdit {{ min-height: {control - 4}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border: {focus}; padding: 0 {pad - 1}px; }}
QLineEdit[invalid="true"] {{ border: {bad}; padding: 0 {pad - 1}px; }}
QAbstractItemView QLineEdit {{ border-radius: 0; padding: 0 2px; min-height: 0; }}
QTableView, QTreeView, QListView {{ border: 0; gridline-color: {c["line"]}; outline: 0; }}
QHeaderView {{ background: {c["panel"]}; border: 0; }}
QHeaderView::section {{ background: {c["panel"]}; color: {c["text2"]}; border: 0; border-bottom: {border};
  padding: 0 {pad}px; font-weight: normal; }}
QTableCornerButton::section {{ background: {c["panel"]}; border: 0; border-bottom: 1px solid {c["line"]}; }}
QToolTip {{ color: {c["text"]}; background: {c["panel"]}; border: {border}; padding: {sizes.gap1}px; }}
QScrollArea {{ border: 0; }}
"""
