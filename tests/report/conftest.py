"""A sheet to print, and one compiler for all tests."""

import pytest

from indsteer.report.sheet import ReviewSheet
from indsteer.report.typesetting import Typesetter
from tests.report.bezwaar import bezwaar


@pytest.fixture(scope="session")
def sheet() -> ReviewSheet:
    return bezwaar()


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter()
