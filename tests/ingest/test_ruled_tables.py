"""Tables with lines, boxes or shading around their cells come out row by row."""

from __future__ import annotations

import itertools

import pytest
from papers import PROSE, XS, Sheet, cells_of, fill, lines_of, rows_of, ruled, texts_of, whole

YS = (100.0, 132.0, 150.0, 182.0)


@pytest.mark.parametrize("middle", [False, True], ids=["top", "centred"])
def test_a_wrapped_cell_stays_in_its_row(middle: bool) -> None:
    sheet = Sheet()
    ruled(sheet, YS)
    fill(sheet, YS, middle)
    assert rows_of(sheet.read()) == whole()


def test_words_centred_in_their_cells_stay_in_their_row() -> None:
    sheet = Sheet()
    ruled(sheet, YS)
    widths = dict(zip(XS, (60, 90, 210), strict=False))
    fill(sheet, YS, True, lambda s, x, y, words: s.centred(x - 4 + widths[x - 4] / 2, y, words))
    assert rows_of(sheet.read()) == whole()


def test_lines_drawn_as_thin_filled_boxes_are_lines() -> None:
    sheet = Sheet()
    for y in YS:
        sheet.box(XS[0], y - 0.4, XS[-1], y + 0.4, stroke=0, fill=1)
    for x in XS:
        sheet.box(x - 0.4, YS[0], x + 0.4, YS[-1], stroke=0, fill=1)
    fill(sheet, YS, True)
    assert rows_of(sheet.read()) == whole()


@pytest.mark.parametrize(("stroke", "shade"), [(1, 0), (0, 1)], ids=["framed", "shaded"])
def test_cells_drawn_as_rectangles_are_cells(stroke: int, shade: int) -> None:
    sheet = Sheet()
    for top, bottom in itertools.pairwise(YS):
        for left, right in itertools.pairwise(XS):
            sheet.box(left, top, right, bottom, stroke=stroke, fill=shade)
    fill(sheet, YS, True)
    assert rows_of(sheet.read()) == whole()


@pytest.mark.parametrize("shaded", [(0, 1, 2), (0, 2)], ids=["every row", "every other row"])
def test_rows_shaded_across_with_no_lines_are_rows(shaded: tuple[int, ...]) -> None:
    sheet = Sheet()
    for row in shaded:
        sheet.box(XS[0], YS[row], XS[-1], YS[row + 1], stroke=0, fill=1)
    fill(sheet, YS, True)
    assert rows_of(sheet.read()) == whole()


def test_rows_ruled_across_with_no_vertical_lines_are_rows() -> None:
    sheet = Sheet()
    for y in YS:
        sheet.line(XS[0], y, XS[-1], y)
    fill(sheet, YS, True)
    assert rows_of(sheet.read()) == whole()


def test_columns_ruled_with_one_body_row_still_give_a_row_per_time() -> None:
    sheet = Sheet()
    ruled(sheet, (80, 100, 182))
    for x, words in zip(XS, ("Time", "Event", "Comment"), strict=False):
        sheet.text(x + 4, 94, words)
    fill(sheet, YS, False)
    assert rows_of(sheet.read()) == [("Time", "Event", "Comment"), *whole()]


def test_a_cell_merged_over_columns_is_one_cell() -> None:
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.line(60, y, 420, y)
    for x in (60, 420):
        sheet.line(x, 100, x, 140)
    sheet.line(120, 100, 120, 120)
    sheet.line(210, 100, 210, 120)
    sheet.line(120, 120, 120, 140)
    sheet.text(64, 114, "07:15")
    sheet.text(124, 114, "Setup")
    sheet.text(214, 114, "Electrodes on")
    sheet.text(64, 134, "07:42")
    sheet.text(124, 134, "One remark that runs over two columns")
    assert rows_of(sheet.read()) == [("07:15", "Setup", "Electrodes on"), ("07:42", "One remark that runs over two columns")]


def test_a_cell_merged_over_rows_is_told_once() -> None:
    sheet = Sheet()
    for y in (100, 140):
        sheet.line(60, y, 420, y)
    sheet.line(140, 120, 420, 120)
    for x in (60, 140, 420):
        sheet.line(x, 100, x, 140)
    sheet.text(64, 124, "Screws")
    sheet.text(144, 114, "L4 left 14 mA")
    sheet.text(144, 134, "L4 right 16 mA")
    assert rows_of(sheet.read()) == [("Screws", "L4 left 14 mA"), ("", "L4 right 16 mA")]


def test_an_empty_cell_keeps_its_place() -> None:
    sheet = Sheet()
    ruled(sheet, (100, 120, 140))
    for y, row in ((114, ("95938", "", "1")), (134, ("95939", "26", "1"))):
        for x, words in zip(XS, row, strict=False):
            sheet.text(x + 4, y, words)
    assert rows_of(sheet.read()) == [("95938", "", "1"), ("95939", "26", "1")]


def test_two_tables_on_a_page_stand_between_their_text() -> None:
    sheet = Sheet()
    sheet.text(60, 60, "First table")
    ruled(sheet, (80, 100, 120))
    sheet.text(60, 150, "Second table")
    ruled(sheet, (170, 190, 210))
    for y, words in ((94, "one"), (114, "two"), (184, "three"), (204, "four")):
        for x in XS[:-1]:
            sheet.text(x + 4, y, words)
    sheet.text(60, 240, "After both")
    firsts = [cells_of(line)[0] for line in lines_of(sheet.read())]
    assert firsts == ["First table", "one", "two", "Second table", "three", "four", "After both"]


def test_a_box_around_prose_does_not_make_it_a_row() -> None:
    sheet = Sheet()
    sheet.box(50, 80, 400, 80 + 14 * len(PROSE) + 10)
    for number, words in enumerate(PROSE):
        sheet.text(60, 96 + 14 * number, words)
    lines = lines_of(sheet.read())
    assert [line.text for line in lines] == list(PROSE)
    assert {line.kind for line in lines} == {"text"}
    assert len({line.block for line in lines}) == 1


def test_boxes_side_by_side_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.box(50, 80, 290, 140)
    sheet.box(310, 80, 560, 140)
    for number, (left, right) in enumerate((("Name: Dora Blythe", "Surgeon: Ana Sole, MD"), ("DOB: 01/02/1960", "Room: 4"))):
        sheet.text(60, 100 + 16 * number, left)
        sheet.text(320, 100 + 16 * number, right)
    assert texts_of(sheet.read()) == ["Name: Dora Blythe", "DOB: 01/02/1960", "Surgeon: Ana Sole, MD", "Room: 4"]


def test_a_table_inside_a_frame_keeps_its_rows() -> None:
    sheet = Sheet()
    sheet.box(40, 60, 440, 230)
    sheet.text(60, 80, "Event log of the case")
    ruled(sheet, YS)
    fill(sheet, YS, True)
    sheet.text(60, 210, "End of the log")
    document = sheet.read()
    assert rows_of(document) == whole()
    assert {"Event log of the case", "End of the log"} <= set(texts_of(document))


def test_a_frame_around_the_whole_page_changes_nothing() -> None:
    plain, framed = Sheet(), Sheet()
    framed.box(20, 20, 592, 772)
    for sheet in (plain, framed):
        for number, words in enumerate(PROSE):
            sheet.text(60, 96 + 14 * number, words)
    assert lines_of(plain.read()) == lines_of(framed.read())


def test_rules_between_sections_do_not_make_rows_of_them() -> None:
    sheet = Sheet()
    for y in (80, 200, 320, 440):
        sheet.line(50, y, 560, y)
    for section in range(3):
        for number, words in enumerate(PROSE[:5]):
            sheet.text(60, 100 + 120 * section + 14 * number, words)
    assert texts_of(sheet.read()) == list(PROSE[:5]) * 3
    assert rows_of(sheet.read()) == []


def test_small_captions_over_values_make_cells_of_a_form_and_larger_heads_make_columns() -> None:
    for size, last in (
        (7.0, ("Hook-up from / to 12:40 PM 12:54 PM", "Baselines from / to 12:55 PM 1:08 PM")),
        (11.0, ("12:54 PM", "1:08 PM")),
    ):
        sheet = Sheet()
        for left, right in ((72.0, 300.0), (300.0, 520.0)):
            sheet.box(left, 100.0, right, 140.0)
            sheet.box(left, 140.0, right, 160.0)
        for x, lines in (
            (76.0, ("Hook-up from / to", "12:40 PM", "12:54 PM")),
            (304.0, ("Baselines from / to", "12:55 PM", "1:08 PM")),
        ):
            for y, words in zip((110.0, 123.0, 135.0), lines, strict=True):
                sheet.text(x, y, words, size if y < 120 else None)
            sheet.text(x, 153.0, "none")
        rows = [row for row in rows_of(sheet.read()) if row != ("none", "none")]
        assert rows[-1] == last
