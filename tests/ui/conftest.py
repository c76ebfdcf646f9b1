"""The application of the screen tests: one for the whole run, without a screen, with the theme applied."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform says this of every fixed-size window; it means nothing."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """Light at 100 %, put back after a test that changed it."""
    from ui import theme

    if theme.theme().name != "light" or theme.theme().scale != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, "light")
    yield qapp
    if theme.theme().mode != "light" or theme.theme().scale != 1.0:
        theme.apply(qapp, "light")
