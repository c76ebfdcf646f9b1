"""Every status has its own shape, drawn where it is asked, at any scale."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ui.shapes import SHAPES, draw_shape, shape_of, shape_pixmap, stamp_shape

INK = QColor("black")


def drawn(shape: str, size: int = 40, dpr: float = 1.0) -> QImage:
    image = QImage(round(size * dpr), round(size * dpr), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_shape(painter, shape, QRectF(0, 0, size, size), INK)
    painter.end()
    return image


def filled(image: QImage) -> set[tuple[int, int]]:
    return {(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).alpha() > 127}


def test_each_tone_has_a_different_shape() -> None:
    tones = ("good", "warn", "bad", "info", "none", "na")
    assert [shape_of(tone) for tone in tones] == ["circle", "triangle", "diamond", "square", "ring", "dash"]
    outlines = [frozenset(filled(drawn(tone))) for tone in tones]
    assert len(set(outlines)) == len(tones)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dpr", [1.0, 1.5, 2.0])
def test_it_stays_in_its_rectangle_and_is_visible(shape: str, dpr: float) -> None:
    share = len(filled(drawn(shape, 40, dpr))) / (40 * dpr) ** 2
    assert 0.05 < share < 0.85


@pytest.mark.parametrize("shape", ["circle", "ring", "triangle", "diamond", "square", "dash", "up", "down", "lock"])
def test_it_is_symmetric(shape: str) -> None:
    image = drawn(shape)
    pixels = filled(image)
    assert sum((39 - x, y) not in pixels for x, y in pixels) <= len(pixels) * 0.04


def test_a_ring_is_hollow_and_a_circle_is_not() -> None:
    assert drawn("ring").pixelColor(20, 20).alpha() == 0
    assert drawn("circle").pixelColor(20, 20).alpha() == 255


def test_pictures_are_cached_per_pixel_ratio(themed: object) -> None:
    one, two = shape_pixmap("bad", INK, 11, 1.0), shape_pixmap("bad", INK, 11, 2.0)
    assert (one.width(), two.width()) == (11, 22)
    assert two.deviceIndependentSize().width() == 11
    assert shape_pixmap("bad", INK, 11, 1.0).cacheKey() == one.cacheKey()


def test_stamping_puts_it_in_the_middle(themed: object) -> None:
    image = QImage(60, 30, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    stamp_shape(painter, "good", QRectF(0, 0, 60, 11), INK)
    painter.end()
    pixels = filled(image)
    assert 24 <= min(x for x, _ in pixels) < max(x for x, _ in pixels) <= 35
    assert max(y for _, y in pixels) <= 11


def test_an_unknown_shape_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        shape_of("heart")
