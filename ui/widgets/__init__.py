"""Small widgets that the pages are made of: every text is passed in and shown as plain text."""

from ui.widgets.base import Hairline, Label, Surface, ink, plain_tooltip
from ui.widgets.buttons import Chip, LinkButton, PrimaryButton, QuietButton, SegmentedChoice, StepButton
from ui.widgets.header import HeaderBar, HeaderTexts, SearchBox
from ui.widgets.nav import Nav, NavItem
from ui.widgets.notice import EmptyState, Mark, Message, Progress
from ui.widgets.picker import Picker
from ui.widgets.sentence import Sentence, numbers_in
from ui.widgets.tick import Tick

__all__ = [
    "Chip",
    "EmptyState",
    "Hairline",
    "HeaderBar",
    "HeaderTexts",
    "Label",
    "LinkButton",
    "Mark",
    "Message",
    "Nav",
    "NavItem",
    "Picker",
    "PrimaryButton",
    "Progress",
    "QuietButton",
    "SearchBox",
    "SegmentedChoice",
    "Sentence",
    "StepButton",
    "Surface",
    "Tick",
    "ink",
    "numbers_in",
    "plain_tooltip",
]
