"""Drawn pictures."""

import io

import pytest
from PIL import Image

from marketplace.demo.pictures.canvas import scene
from marketplace.demo.pictures.colors import COLORS, GROUNDS, Paint, distance, mixed, rgb
from marketplace.demo.pictures.paths import box, ellipse, ribbon, runs
from marketplace.demo.pictures.shapes import names, shape
from marketplace.demo.pictures.studio import Design, Studio, draw
from marketplace.media import WIDTHS

PAINT = Paint(COLORS["teal"], COLORS["brass"])


class TestRuns:
    def test_follow_lines_and_close_where_they_began(self) -> None:
        assert runs("M10 20h5v5H10z") == [[(10, 20), (15, 20), (15, 25), (10, 25), (10, 20)]]

    def test_begin_anew_with_each_move(self) -> None:
        assert runs("M0 0L1 1m1 1l1 1") == [[(0, 0), (1, 1)], [(2, 2), (3, 3)]]

    @pytest.mark.parametrize(
        "data", ["M0 0C0 10 10 10 10 0", "M0 0Q5 10 10 0", "M0 0c0 10 10 10 10 0", "M0 0A5 5 0 0 1 10 0"]
    )
    def test_end_curves_where_they_say(self, data: str) -> None:
        (run,) = runs(data)

        assert run[-1] == pytest.approx((10, 0))
        assert len(run) > 6

    def test_mirror_the_control_of_a_smooth_curve(self) -> None:
        (smooth,) = runs("M0 0Q5 10 10 0T20 0")
        (spelt_out,) = runs("M0 0Q5 10 10 0Q15 -10 20 0")

        assert [pytest.approx(point) for point in spelt_out] == smooth

    def test_take_the_long_way_round_where_the_arc_says_so(self) -> None:
        (short,) = runs("M0 0A10 10 0 0 1 10 10")
        (long,) = runs("M0 0A10 10 0 1 1 10 10")

        assert max(x for x, _ in short) <= 10.001
        assert max(x for x, _ in long) > 15


class TestRibbon:
    def test_is_as_wide_as_asked_and_leaves_no_gap_in_a_bend(self) -> None:
        first, second = ribbon([(0, 0), (10, 0), (10, 10)], 2)

        assert (first[1], first[2]) == (second[0], second[3])
        assert (first[0], first[3]) == ((0, 1), (0, -1))

    def test_closes_around_a_ring(self) -> None:
        pieces = list(ribbon(ellipse((0, 0), 10, 10), 2))

        assert pieces[0][0] == pytest.approx(pieces[-1][1])

    def test_forgives_a_point_said_twice(self) -> None:
        assert len(list(ribbon([(0, 0), (0, 0), (5, 0)], 2))) == 1


class TestBox:
    def test_has_square_corners_unless_rounded(self) -> None:
        assert box(0, 0, 4, 2, 0) == [(0, 0), (4, 0), (4, 2), (0, 2), (0, 0)]
        assert (0, 0) not in box(0, 0, 4, 2, 1)


class TestShapes:
    @pytest.mark.parametrize("name", names())
    def test_draw_something_before_the_ground_within_the_frame(self, name: str) -> None:
        ground = GROUNDS[1]
        image = scene(name, PAINT, ground, side=120)
        empty = Image.new("RGB", (120, 120), rgb(ground.wall))

        assert len(image.getcolors(4_000) or ()) > 6
        assert image.getpixel((0, 0)) == empty.getpixel((0, 0))

    @pytest.mark.parametrize("name", names())
    def test_name_only_colours_that_paint_knows(self, name: str) -> None:
        assert all(PAINT.color(stroke.paint) for stroke in shape(name))

    def test_are_many(self) -> None:
        assert len(names()) >= 100


class TestPaint:
    def test_shades_and_lights_the_body(self) -> None:
        body = rgb(PAINT.body)

        assert sum(PAINT.color("shade")) < sum(body) < sum(PAINT.color("light"))
        assert PAINT.color("#fff") == (255, 255, 255)

    def test_mixes_in_parts(self) -> None:
        assert mixed((0, 0, 0), (100, 200, 40), 0.5) == (50, 100, 20)


class TestDesign:
    @pytest.mark.parametrize("body", COLORS)
    def test_stands_out_from_its_ground(self, body: str) -> None:
        grounds = {Design("bowl", body, "cream", turn).ground for turn in range(12)}

        assert len(grounds) == 5
        assert min(distance(rgb(COLORS[body]), rgb(ground.wall)) for ground in grounds) > 20

    def test_is_drawn_in_every_width_and_alike_each_time(self) -> None:
        drawing = draw(Design("dallah", "brass", "brass"))

        sizes = {width: Image.open(io.BytesIO(content)).size for width, content in drawing.items()}
        assert set(sizes) == set(WIDTHS)
        assert sizes == {160: (160, 160), 480: (480, 480), 1200: (720, 720)}
        assert draw(Design("dallah", "brass", "brass")) == drawing
        assert draw(Design("dallah", "copper", "brass")) != drawing


class TestStudio:
    def test_gives_pictures_in_the_order_they_were_asked_for(self) -> None:
        designs = [Design("bowl", color, "cream") for color in ("teal", "red", "sage")]
        studio = Studio()

        drawings = [future.result() for future in studio.begin(designs)]
        studio.close()

        assert drawings == [draw(design) for design in designs]
