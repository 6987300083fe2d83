"""Logs and aligned tables without any line come out row by row, however the file draws them."""

from __future__ import annotations

import pytest
from papers import LOG, WRAPPED, Sheet, lines_of, rows_of, texts_of, whole

COLUMNS = (60.0, 120.0, 220.0)


def put(sheet: Sheet, gap: float, middle: bool = False) -> None:
    y = 100.0
    for time, event, comment in WRAPPED:
        lead = y + 6 * (len(comment) - 1) if middle else y
        sheet.text(COLUMNS[0], lead, time)
        sheet.text(COLUMNS[1], lead, event)
        for number, words in enumerate(comment):
            sheet.text(COLUMNS[2], y + 12 * number, words)
        y += 12 * len(comment) + gap


@pytest.mark.parametrize("gap", [0, 5], ids=["tight", "airy"])
def test_a_comment_that_wraps_stays_with_its_time(gap: float) -> None:
    sheet = Sheet()
    put(sheet, gap)
    assert rows_of(sheet.read()) == whole()


def test_a_time_centred_beside_a_wrapped_comment_keeps_all_of_it() -> None:
    sheet = Sheet()
    put(sheet, 6, middle=True)
    assert rows_of(sheet.read()) == whole()


def test_a_log_drawn_column_by_column_is_read_row_by_row() -> None:
    sheet = Sheet()
    for column, x in enumerate(COLUMNS):
        for number, row in enumerate(LOG):
            sheet.text(x, 100 + 14 * number, row[column])
    assert rows_of(sheet.read()) == list(LOG)


def test_times_aligned_right_stand_in_one_column() -> None:
    sheet = Sheet()
    for number, (time, words) in enumerate((("9:55", "Drilling"), ("10:15", "Signals stable"), ("10:40", "Closing"))):
        sheet.canvas.drawRightString(100, 792 - 100 - 14 * number, time)
        sheet.text(130, 100 + 14 * number, words)
    assert rows_of(sheet.read()) == [("9:55", "Drilling"), ("10:15", "Signals stable"), ("10:40", "Closing")]


def test_lines_that_begin_with_a_time_take_in_their_hanging_lines() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "07:15 Electrode application with subdermal needles")
    sheet.text(90, 112, "in all four limbs")
    sheet.text(60, 124, "07:42 Baselines complete")
    assert texts_of(sheet.read()) == [
        "07:15 Electrode application with subdermal needles in all four limbs",
        "07:42 Baselines complete",
    ]


def test_a_sentence_that_wraps_before_a_time_is_not_taken_for_a_log() -> None:
    sheet = Sheet()
    words = (
        "Monitoring of the patient began after baselines at",
        "0815 and went on until the wound was closed, at",
        "1130 by the clock in the room.",
    )
    for number, line in enumerate(words):
        sheet.text(60, 100 + 12 * number, line)
    lines = lines_of(sheet.read())
    assert [line.text for line in lines] == list(words)
    assert {(line.kind, line.block) for line in lines} == {("text", 0)}


def test_a_row_stays_on_its_page_when_the_log_goes_over_a_page_break() -> None:
    sheet = Sheet()
    for page in (LOG[:2], LOG[2:]):
        for x, words in zip(COLUMNS, ("Time", "Event", "Comment"), strict=True):
            sheet.text(x, 90, words)
        for number, row in enumerate(page):
            for x, words in zip(COLUMNS, row, strict=True):
                sheet.text(x, 120 + 14 * number, words)
        sheet.page()
    document = sheet.read()
    assert [row for row in rows_of(document, 1) if row[0] != "Time"] == list(LOG[:2])
    assert [row for row in rows_of(document, 2) if row[0] != "Time"] == list(LOG[2:])


def test_a_date_between_rows_belongs_to_none() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "23:55")
    sheet.text(120, 100, "Signals stable")
    sheet.text(120, 114, "23-Aug-2025")
    sheet.text(60, 128, "00:12")
    sheet.text(120, 128, "First rod")
    assert texts_of(sheet.read()) == ["23:55\tSignals stable", "23-Aug-2025", "00:12\tFirst rod"]


def test_aligned_lines_without_times_are_rows() -> None:
    sheet = Sheet()
    for number, row in enumerate((("Code", "Units", "Modifier"), ("95938", "1", "26"), ("95939", "1", "26"))):
        for x, words in zip(COLUMNS, row, strict=True):
            sheet.text(x, 100 + 14 * number, words)
    assert rows_of(sheet.read()) == [("Code", "Units", "Modifier"), ("95938", "1", "26"), ("95939", "1", "26")]


def test_a_form_of_labels_and_values_stays_lines_with_cells() -> None:
    sheet = Sheet()
    for number, (left, right) in enumerate(
        (("Patient: Dora Blythe", "DOB: 01/02/1960"), ("Surgeon: Ana Sole", "Room: 4"), ("Date: 03/04/2025", "Class: inpatient"))
    ):
        sheet.text(60, 100 + 14 * number, left)
        sheet.text(320, 100 + 14 * number, right)
    lines = lines_of(sheet.read())
    assert [line.text for line in lines] == [
        "Patient: Dora Blythe\tDOB: 01/02/1960",
        "Surgeon: Ana Sole\tRoom: 4",
        "Date: 03/04/2025\tClass: inpatient",
    ]
    assert {line.kind for line in lines} == {"text"}


def test_a_value_that_wraps_under_itself_is_joined_to_its_label() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Procedure:")
    sheet.text(150, 100, "posterior decompression and fusion with")
    sheet.text(150, 112, "instrumentation of three levels")
    sheet.text(60, 124, "Surgeon:")
    sheet.text(150, 124, "Ana Sole, MD")
    assert texts_of(sheet.read())[0] == "Procedure:\tposterior decompression and fusion with instrumentation of three levels"


def test_a_value_that_wraps_beside_the_next_label_goes_to_its_own_label() -> None:
    sheet = Sheet()
    left = ("Patient: Dora Blythe", "DOB: 01/02/1960", "Record: 5512", "Date: 03/04/2025")
    right = ("Surgeons: Ana Sole, MD; Per Lund, MD", "(otology)", "Room: 4", "Class: inpatient")
    for number, (a, b) in enumerate(zip(left, right, strict=True)):
        sheet.text(60, 100 + 13 * number, a)
        sheet.text(300, 100 + 13 * number, b)
    assert texts_of(sheet.read())[:2] == [
        "Patient: Dora Blythe\tSurgeons: Ana Sole, MD; Per Lund, MD (otology)",
        "DOB: 01/02/1960",
    ]


def test_a_value_that_runs_on_below_its_label_in_a_form_is_one_line() -> None:
    sheet = Sheet()
    form = (
        "Patient: Dora Blythe, born 1 February 1960, record 5512-7, date of surgery 4 March 2025",
        "Operation: posterior decompression and fusion of three levels, ordered by Dr. Ana Sole who wanted",
        "it monitored",
        "Technologist: Per Lund, CNIM, in the room throughout",
        "Anesthesia: Dr. Ida Rook",
    )
    for number, words in enumerate(form):
        sheet.text(60, 100 + 13 * number, words)
    assert texts_of(sheet.read()) == [form[0], f"{form[1]} {form[2]}", *form[3:]]


def test_a_line_of_several_timed_statements_that_goes_on_is_no_entry() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "7:20 AM to 7:47 AM electrodes. 7:49 AM to 8:05 AM baselines. Monitoring started 8:06 AM and ended")
    sheet.text(60, 112, "2:02 PM. Electrodes removed 2:05 PM to 2:19 PM.")
    assert rows_of(sheet.read()) == []
