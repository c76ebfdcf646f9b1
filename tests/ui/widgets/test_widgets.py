"""The small widgets: named for who cannot see them, large enough to hit, plain text, signals only from users."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui import theme, widgets

NASTY = "<b>R&D</b> & co"
TEXTS = widgets.HeaderTexts("Eenheid", "Periode", "Vorige maand", "Volgende maand", "Zoek of doe iets", "Ctrl+K")


@pytest.fixture
def header(qtbot: QtBot) -> widgets.HeaderBar:
    bar = widgets.HeaderBar()
    qtbot.addWidget(bar)
    bar.set_texts(TEXTS)
    bar.set_page("Check")
    bar.set_units((("D", "Hele dienst", 0), ("A", "AA/VA Noord", 1)))
    bar.set_periods((("2024-07", "juli 2024"), ("2024-08", "augustus 2024"), ("2024-09", "september 2024")))
    bar.resize(1000, 56)
    bar.show()
    return bar


@pytest.fixture
def nav(qtbot: QtBot) -> widgets.Nav:
    made = widgets.Nav()
    qtbot.addWidget(made)
    items = (("plan", "Plan"), ("do", "Do"), ("", ""), ("data", "Gegevens"))
    made.set_items(tuple(widgets.NavItem(page, text) for page, text in items), title="indsteer", name="Pagina's")
    made.resize(200, 600)
    made.show()
    return made


def spoken(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_every_control_of_the_header_has_a_name(header: widgets.HeaderBar) -> None:
    controls = [
        w
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for w in header.findChildren(kind)
        if not w.objectName().startswith("qt_")
    ]
    assert len(controls) == 5
    assert {control.accessibleName() for control in controls} == {
        "Eenheid", "Periode", "Vorige maand", "Volgende maand", "Zoek of doe iets"
    }  # fmt: skip


def test_stepping_moves_the_period_and_stops_at_the_ends(qtbot: QtBot, header: widgets.HeaderBar) -> None:
    header.set_period("2024-08")
    later = next(b for b in header.findChildren(QAbstractButton) if b.accessibleName() == "Volgende maand")
    with qtbot.waitSignal(header.period_changed) as caught:
        QTest.mouseClick(later, Qt.MouseButton.LeftButton)
    assert caught.args == ["2024-09"]
    assert header.period == "2024-09"
    assert not later.isEnabled()


def test_a_period_can_be_stepped_by_key(qtbot: QtBot, header: widgets.HeaderBar) -> None:
    header.set_period("2024-08")
    header.activateWindow()
    qtbot.waitUntil(header.isActiveWindow)
    with qtbot.waitSignal(header.period_changed):
        QTest.keyClick(header, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert header.period == "2024-07"


def test_setting_from_code_is_silent(qtbot: QtBot, header: widgets.HeaderBar) -> None:
    with qtbot.assertNotEmitted(header.unit_changed), qtbot.assertNotEmitted(header.period_changed):
        header.set_unit("A")
        header.set_period("2024-09")
        header.set_unit("unknown")
        header.set_units((("A", "AA/VA Noord", 0),))
    assert (header.unit, header.period) == ("A", "2024-09")


def test_the_list_of_units_keeps_its_choice(header: widgets.HeaderBar) -> None:
    header.set_unit("A")
    header.set_units((("B", "Nieuw", 0), ("A", "Andere naam", 0)))
    assert header.unit == "A"


def test_search_tells_what_is_typed(qtbot: QtBot, header: widgets.HeaderBar) -> None:
    typed: list[str] = []
    header.search_changed.connect(typed.append)
    with qtbot.waitSignal(header.search_entered) as caught:
        QTest.keyClicks(header.search, "nareis")
        QTest.keyClick(header.search, Qt.Key.Key_Return)
    assert typed[-1] == "nareis"
    assert caught.args == ["nareis"]


def test_arrows_in_the_navigation_skip_the_line(qtbot: QtBot, nav: widgets.Nav) -> None:
    nav.set_current("do")
    nav.take_focus()
    with qtbot.waitSignal(nav.chosen) as caught:
        QTest.keyClick(nav.focusWidget() or nav, Qt.Key.Key_Down)
    assert caught.args == ["data"]
    assert nav.current == "data"


def test_the_navigation_says_its_badges(nav: widgets.Nav) -> None:
    nav.set_badge("do", "warn", 2, "2 ontbreken")
    index = nav.model.index(1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Do, 2 ontbreken"
    nav.set_badge("do", "", 0, "")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Do"


def test_the_navigation_is_silent_when_set(qtbot: QtBot, nav: widgets.Nav) -> None:
    with qtbot.assertNotEmitted(nav.chosen):
        nav.set_current("plan")
    assert nav.current == "plan"


def test_the_model_of_the_navigation_is_sound(nav: widgets.Nav) -> None:
    QAbstractItemModelTester(nav.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    nav.set_badge("do", "bad", 1, "1 fout")
    nav.set_items((widgets.NavItem("x", "X"),), title="t", name="n")
    nav.model.set_items(())


@pytest.mark.parametrize("kind", [widgets.PrimaryButton, widgets.QuietButton, widgets.LinkButton, widgets.Chip])
def test_buttons_show_text_as_it_is(qtbot: QtBot, kind: type[widgets.QuietButton]) -> None:
    button = kind(NASTY)
    qtbot.addWidget(button)
    assert spoken(button) == NASTY
    assert button.shortcut().isEmpty()
    assert min(button.sizeHint().height(), button.minimumSizeHint().height()) >= 24
    assert min(button.sizeHint().width(), button.minimumSizeHint().width()) >= 24


def test_a_key_survives_a_new_text(qtbot: QtBot) -> None:
    button = widgets.QuietButton("Plakken", "Ctrl+Return")
    qtbot.addWidget(button)
    button.set_text("Paste")
    assert button.shortcut().toString() == "Ctrl+Return"
    assert button.key_text() == "Ctrl+Enter"


def test_a_chip_ticks_by_key(qtbot: QtBot) -> None:
    chip = widgets.Chip("Verlof")
    qtbot.addWidget(chip)
    chip.show()
    with qtbot.waitSignal(chip.toggled):
        QTest.keyClick(chip, Qt.Key.Key_Space)
    assert chip.isChecked()


def test_one_of_three_segments(qtbot: QtBot) -> None:
    choice = widgets.SegmentedChoice("Lag het aan")
    qtbot.addWidget(choice)
    choice.set_options((("p", "Plan", ""), ("u", "Uitvoering", ""), ("o", "Onduidelijk", "")))
    choice.resize(300, 30)
    choice.show()
    assert choice.choice == ""
    parts = choice.findChildren(QAbstractButton)
    assert max(p.width() for p in parts) - min(p.width() for p in parts) <= 1
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_choice("u")
    with qtbot.waitSignal(choice.chosen) as caught:
        QTest.mouseClick(parts[2], Qt.MouseButton.LeftButton)
    assert caught.args == ["o"]
    with qtbot.waitSignal(choice.chosen) as caught:
        QTest.keyClick(parts[2], Qt.Key.Key_Home)
    assert caught.args == ["p"]
    choice.set_options((("p", "Plan", ""), ("u", "Execution", "")))
    assert choice.choice == "p"


def test_the_sentence_is_read_whole_and_wraps(qtbot: QtBot) -> None:
    sentence = widgets.Sentence()
    qtbot.addWidget(sentence)
    sentence.set_text("Productie komt 226 zaken tekort " * 4, "bad", "De kans is 9 %.")
    assert spoken(sentence) == "Productie komt 226 zaken tekort " * 4 + " De kans is 9 %."
    assert sentence.heightForWidth(300) > sentence.heightForWidth(2000)
    assert sentence.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("komt 226 zaken tekort, tijdigheid 39,5 procentpunt.", ["226", "39,5"]),
        ("6.179 van 6.716 zaken (−277), kans < 5 % in 2024.", ["6.179", "6.716", "−277", "< 5 %"]),
        ("T1 2024 heeft maatregel S05", []),
        ("Nog 46\u00a0% op tijd.", ["46\u00a0%"]),
        ("", []),
    ],
)  # fmt: skip
def test_numbers_are_found_and_years_and_codes_are_not(text: str, numbers: list[str]) -> None:
    assert [text[at : at + length] for at, length in widgets.numbers_in(text)] == numbers


def test_a_label_elides_and_then_has_a_tooltip(qtbot: QtBot) -> None:
    label = widgets.Label(NASTY * 5)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert "&lt;b&gt;R&amp;D" in label.toolTip()
    label.resize(2000, 20)
    assert label.toolTip() == ""
    assert label.sizeHint().width() >= QFontMetrics(label.font()).horizontalAdvance(NASTY * 5)


def test_a_message_appears_says_and_goes(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    message = widgets.Message(page)
    page.show()
    assert message.text == ""
    message.say(NASTY, "bad", "Opnieuw")
    assert (message.text, spoken(message), message.isVisible()) == (NASTY, NASTY, True)
    action = message.findChildren(QAbstractButton)[0]
    with qtbot.waitSignal(message.acted):
        QTest.mouseClick(action, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    message.clear()
    assert not message.isVisible()


def test_a_message_without_a_window_does_not_make_one(qtbot: QtBot) -> None:
    message = widgets.Message()
    qtbot.addWidget(message)
    message.say("tekst")
    assert not message.isVisible()
    assert message.text == "tekst"


def test_the_empty_page_offers_the_next_step(qtbot: QtBot) -> None:
    empty = widgets.EmptyState()
    qtbot.addWidget(empty)
    empty.set_texts("Nog geen maatregelen", "Ze ontstaan in Check.", "Naar Check")
    empty.resize(600, 400)
    empty.show()
    with qtbot.waitSignal(empty.next_step):
        QTest.mouseClick(empty.findChildren(QAbstractButton)[0], Qt.MouseButton.LeftButton)
    empty.set_texts("Leeg", "Niets te doen")
    assert not empty.findChildren(QAbstractButton)[0].isVisible()


def test_work_can_be_cancelled_once(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    progress = widgets.Progress(page)
    page.show()
    progress.start("Werkboek lezen…", "Stoppen")
    progress.set_progress(3, 10)
    button = progress.findChildren(QAbstractButton)[0]
    with qtbot.waitSignal(progress.cancelled):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not button.isEnabled()
    progress.finish()
    assert not progress.isVisible()


def test_a_tick_box_is_ticked_by_its_text(qtbot: QtBot) -> None:
    tick = widgets.Tick(NASTY)
    qtbot.addWidget(tick)
    tick.resize(tick.sizeHint())
    tick.show()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(tick.width() - 4, 10))
    assert tick.isChecked()
    assert spoken(tick) == NASTY


def test_everything_is_drawn_in_each_look_at_twice_the_size(
    qtbot: QtBot, themed: QApplication, header: widgets.HeaderBar, nav: widgets.Nav
) -> None:
    nav.set_footer("good", "Opgeslagen 14:32", "dienst.indsteer")
    for name in ("dark", "contrast"):
        theme.apply(themed, name, 2.0)
        colours = {
            image.pixelColor(x, y).name()
            for image in (header.grab().toImage(), nav.grab().toImage())
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
        }
        assert theme.tokens().panel.name() in colours
        assert len(colours) > 4
        assert (nav.width(), header.height()) == (400, 112)
