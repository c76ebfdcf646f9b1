"""The painter draws the data, all of it and only it, into any rectangle of any painter."""

import itertools

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPicture
from PySide6.QtWidgets import QApplication

from indsteer.analysis.chart import ChartDatum
from tests.looks.chart_samples import datum, texts
from ui import theme
from ui.plots.painter import ChartPainter
from ui.plots.texts import ChartTexts, plain_texts

RECT = QRectF(20, 10, 600, 380)
EMPTY: tuple[None, ...] = (None,) * 40


def picture(of: ChartDatum, words: ChartTexts | None = None, rect: QRectF = RECT, dpr: float = 1.0) -> QImage:
    image = QImage(round(640 * dpr), round(400 * dpr), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(theme.tokens().panel)
    painter = QPainter(image)
    ChartPainter(of, words or texts(of)).paint_chart(painter, rect)
    painter.end()
    return image


def count(image: QImage, token: str, area: QRectF | None = None) -> int:
    wanted = getattr(theme.tokens(), token).rgb()
    dpr = image.devicePixelRatio()
    box = area or QRectF(0, 0, image.width() / dpr, image.height() / dpr)
    return sum(
        image.pixel(x, y) == wanted
        for x in range(int(box.left() * dpr), int(box.right() * dpr))
        for y in range(int(box.top() * dpr), int(box.bottom() * dpr))
    )


def test_what_is_drawn_is_the_data(themed: QApplication) -> None:
    of = datum()
    chart = ChartPainter(of, texts(of))
    drawn = chart.points(RECT)
    assert [(p.index, p.value) for p in drawn] == [(i, v) for i, v in enumerate(of.actual) if v is not None]
    made = chart.layout(RECT)
    assert made is not None
    assert [made.value_at(p.y) for p in drawn] == pytest.approx([p.value for p in drawn])
    assert [made.index_at(p.x) for p in drawn] == [p.index for p in drawn]
    assert all(made.plot.contains(p.x, p.y) for p in drawn)


def test_signals_have_the_shape_of_their_verdict_and_only_they(themed: QApplication) -> None:
    of = datum()
    kinds = {p.index: (p.kind, p.tone) for p in ChartPainter(of, texts(of)).points(RECT)}
    assert kinds[7] == ("diamond", "bad")
    assert kinds[30] == ("circle", "good")
    assert kinds[35] == ("provisional", "")
    assert {kinds[i] for i in kinds if i not in (7, 30, 35)} == {("point", "")}


def test_the_marks_are_on_the_image(themed: QApplication) -> None:
    of = datum()
    image = picture(of)
    bad = next(p for p in ChartPainter(of, texts(of)).points(RECT) if p.tone == "bad")
    assert count(image, "bad", QRectF(bad.x - 6, bad.y - 6, 12, 12)) > 20
    assert count(image, "bad") == count(image, "bad", QRectF(bad.x - 7, bad.y - 7, 14, 14))


def test_the_line_breaks_where_a_month_is_missing_and_links_over_new_limits(themed: QApplication) -> None:
    of = datum()
    gap = datum(actual=(*of.actual[:10], None, *of.actual[11:]))
    whole, broken = (ChartPainter(d, texts(d)).layout(RECT) for d in (of, gap))
    assert whole is not None
    assert broken is not None
    assert (len(whole.lines), len(whole.links)) == (34, 1)
    assert len(broken.lines) == 32


def test_a_hidden_chart_shows_no_value_and_no_limit(themed: QApplication) -> None:
    leaking = datum(hidden="small_group")  # even when the core forgot to empty it
    chart = ChartPainter(leaking, texts(leaking, state="Groep te klein"))
    made = chart.layout(RECT)
    assert made is not None
    assert (made.points, made.lines, made.bands, made.means, made.ticks) == ([], [], [], [], ())
    assert count(picture(leaking, texts(leaking, state="Groep te klein")), "data") == 0


def test_a_constant_series_has_a_mean_and_no_band(themed: QApplication) -> None:
    of = datum(constant=True)
    made = ChartPainter(of, texts(of)).layout(RECT)
    assert made is not None
    assert (made.bands, made.limits) == ([], [])
    assert len(made.means) == 2
    remark = QRectF(made.plot.left(), RECT.top(), 200, 14)
    assert count(picture(of, texts(of)), "text2", remark) == 0
    assert count(picture(of, texts(of, state="geen schommeling")), "text2", remark) > 10


def test_an_empty_chart_says_why(themed: QApplication) -> None:
    none = datum(actual=EMPTY, segments=(), marks=(), target=EMPTY, now=-1, events=())
    silent = picture(none, texts(none))
    spoken = picture(none, texts(none, state="Nog geen cijfers"))
    assert count(spoken, "text2") > count(silent, "text2")


def test_right_labels_keep_apart(themed: QApplication) -> None:
    of = datum(target=(751.0,) * 40)
    made = ChartPainter(of, texts(of)).layout(RECT)
    assert made is not None
    tops = sorted(box.top() for box, *_ in made.labels)
    height = made.labels[0][0].height()
    assert all(b - a >= height - 0.01 for a, b in itertools.pairwise(tops))
    assert all(box.left() > made.plot.right() for box, *_ in made.labels)


def test_the_future_lies_right_of_now(themed: QApplication) -> None:
    of = datum()
    made = ChartPainter(of, texts(of)).layout(RECT)
    assert made is not None
    assert made.now_x is not None
    assert made.x(of.now) < made.now_x < made.x(of.now + 1)
    past = datum(36, 0)
    without = ChartPainter(past, texts(past)).layout(RECT)
    assert without is not None
    assert without.now_x is None


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("dpr", [1.0, 2.0])
def test_it_stays_in_its_rectangle(themed: QApplication, name: str, dpr: float) -> None:
    theme.apply(themed, name)
    image = picture(datum(), dpr=dpr)
    ground = theme.tokens().panel.rgb()
    edge = [image.pixel(x, y) for x in range(image.width()) for y in (0, 1, image.height() - 1)]
    edge += [image.pixel(x, y) for y in range(image.height()) for x in (0, 1, image.width() - 1)]
    assert set(edge) == {ground}
    assert count(image, "data") > 100 * dpr


def test_many_points_need_no_dots(themed: QApplication) -> None:
    of = datum(240, 12)
    assert count(picture(of), "data") > 500


def test_too_small_a_place_is_left_alone(themed: QApplication) -> None:
    assert ChartPainter(datum(), texts(datum())).layout(QRectF(0, 0, 10, 10)) is None


def test_new_data_makes_a_new_layout_and_the_same_keeps_it(themed: QApplication) -> None:
    of = datum()
    chart = ChartPainter(of, texts(of))
    assert chart.layout(RECT) is chart.layout(RECT)
    before = chart.layout(RECT)
    chart.set_datum(datum(seed=9), texts(datum(seed=9)))
    assert chart.layout(RECT) is not before


def test_paper_gets_shapes_not_pictures(themed: QApplication) -> None:
    of = datum()
    sheet = QPicture()
    painter = QPainter(sheet)
    ChartPainter(of, texts(of)).paint_chart(painter, RECT, pictures=False)
    painter.end()
    image = QImage(640, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.tokens().panel)
    painter = QPainter(image)
    painter.drawPicture(0, 0, sheet)
    painter.end()
    assert count(image, "data") > 100


def spark(of: ChartDatum) -> QImage:
    image = QImage(128, 32, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    ChartPainter(of, plain_texts(of.periods)).paint_spark(painter, QRectF(0, 0, 128, 32))
    painter.end()
    return image


def test_a_sparkline_shows_the_line_and_its_last_point(themed: QApplication) -> None:
    image = spark(datum(25, 4))
    assert count(image, "data") > 20


def test_a_hidden_sparkline_is_blank(themed: QApplication) -> None:
    image = spark(datum(hidden="small_group"))
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(128) for y in range(32))


@pytest.mark.parametrize("of", [datum(1, 0), datum(actual=EMPTY, target=EMPTY), datum(2, 0, target=(3.0, 3.0))])
def test_short_and_flat_series_do_not_fail(themed: QApplication, of: ChartDatum) -> None:
    spark(of)
    picture(of)
