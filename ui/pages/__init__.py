"""The pages, in the order of the cycle.

To add one: 1. subclass `Page` in a module here; 2. add it to `PAGES`; 3. give it words `nav.<key>` and
`<key>.*`; 4. tests/looks and tests/ui/test_keyboard.py take it up by themselves, tests/journeys needs a journey.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.pages.base import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its key in the words, its module and class, and its key on the keyboard."""

    key: str
    module: str
    name: str
    shortcut: str

    def load(self) -> type[Page]:
        """The class; its module is imported only now."""
        found: type[Page] = getattr(importlib.import_module(self.module), self.name)
        return found


PAGES: tuple[PageEntry, ...] = (
    PageEntry("plan", "ui.pages.plan", "PlanPage", "Ctrl+2"),
    PageEntry("do", "ui.pages.do", "DoPage", "Ctrl+3"),
    PageEntry("check", "ui.pages.check", "CheckPage", "Ctrl+4"),
    PageEntry("act", "ui.pages.act", "ActPage", "Ctrl+5"),
)
