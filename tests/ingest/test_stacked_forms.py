"""Forms in two columns whose labels stand above their values, and the tables that look like them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from papers import Sheet, texts_of

Items = Sequence[tuple[str, Sequence[str]]]

LEFT: Items = (
    ("PATIENT", ("Vance, Odile",)),
    ("FACILITY", ("Brackwater General Hospital, main operating", "rooms, second floor")),
    ("OPERATION", ("Removal of a cyst at L2 to L3, with the canal", "opened on both sides")),
    ("SURGEON", ("Ida Maroun, MD",)),
)
RIGHT: Items = (
    ("SET-UP", ("7:05 AM to 7:31 AM",)),
    (
        "OTHER CASES",
        ("None. The reader followed this patient and no", "other from the first to the last minute of the", "recording."),
    ),
    ("RESULT", ("No change from baseline at any time of the", "operation")),
    ("SIGNED BY", ("Ann Orlov, MD",)),
)


def column(sheet: Sheet, x: float, items: Items, row: float = 0, size: float = 8) -> None:
    """Items below one another; with `row` each begins at the same height on both sides."""
    y = 120.0
    for number, (label, values) in enumerate(items):
        y = 120 + row * number if row else y
        sheet.text(x, y, label, size)
        for value in values:
            y += 12
            sheet.text(x, y, value)
        y += 18


def told(items: Items) -> list[str]:
    return [text for label, values in items for text in (label, *values)]


def test_labels_above_values_in_two_columns_are_read_one_column_after_the_other() -> None:
    sheet = Sheet()
    sheet.text(40, 80, "Monitoring record")
    column(sheet, 40, LEFT)
    column(sheet, 320, RIGHT)
    sheet.text(40, 400, "Printed from the record of the hospital on request, both columns of this form are one report of one day")
    texts = texts_of(sheet.read())
    assert texts[1:-1] == told(LEFT) + told(RIGHT)


@pytest.mark.parametrize(("ending", "size"), [(":", 10), ("", 8), ("", 12)], ids=["colon", "small", "large"])
def test_labels_are_known_by_a_colon_or_by_their_type_too(ending: str, size: float) -> None:
    left, right = ([(label.capitalize() + ending, values) for label, values in items] for items in (LEFT, RIGHT))
    sheet = Sheet()
    column(sheet, 40, left, size=size)
    column(sheet, 320, right, size=size)
    assert texts_of(sheet.read()) == told(left) + told(right)


def test_items_that_begin_at_one_height_are_columns_too_where_their_values_wrap_side_by_side() -> None:
    sheet = Sheet()
    column(sheet, 40, LEFT, 62)
    column(sheet, 320, RIGHT, 62)
    assert texts_of(sheet.read()) == told(LEFT) + told(RIGHT)


def test_headings_over_single_values_in_step_stay_as_they_are() -> None:
    sheet = Sheet()
    for number in range(4):
        sheet.text(40, 100 + 30 * number, ("PATIENT", "SURGEON", "READER", "ORDER")[number], 8)
        sheet.text(320, 100 + 30 * number, ("BORN", "PLACE", "ROOM", "DAY")[number], 8)
        sheet.text(40, 112 + 30 * number, f"Value {number}")
        sheet.text(320, 112 + 30 * number, f"Other {number}")
    assert "Value 1\tOther 1" in texts_of(sheet.read())


def test_a_table_of_acronyms_and_remarks_that_wrap_is_no_form() -> None:
    sheet = Sheet()
    for number, name in enumerate(("SSEP", "TCMEP", "EMG", "EEG", "TOF")):
        sheet.text(40, 100 + 40 * number, name)
        sheet.text(40, 112 + 40 * number, "both sides")
        for line, words in enumerate(
            ("Responses were seen on the left and on the", "right and did not change until the wound was", "closed.")
        ):
            sheet.text(320, 100 + 40 * number + 12 * line, words)
    texts = texts_of(sheet.read())
    assert any(("SSEP" in text and "Responses" in text) or ("both sides" in text and "right and" in text) for text in texts)


def test_rows_of_people_and_their_times_under_repeated_labels_are_a_table() -> None:
    left: Items = (
        ("READER 1", ("Ann Orlov, MD, in the office and in contact by", "chat")),
        ("READER 2", ("Ben Ruiz, MD",)),
        ("READER 3", ("Ida Maroun, MD",)),
    )
    right: Items = (
        ("CONNECTED", ("08:05 to 09:30, then called to another room", "and replaced")),
        ("CONNECTED", ("09:30 to 10:32",)),
        ("CONNECTED", ("10:32 to 11:04",)),
    )
    sheet = Sheet()
    column(sheet, 40, left, 62)
    column(sheet, 320, right, 62)
    assert "Ben Ruiz, MD\t09:30 to 10:32" in texts_of(sheet.read())


def test_a_log_under_its_headings_is_no_column_of_the_form_above() -> None:
    sheet = Sheet()
    column(sheet, 40, LEFT[:3], 62)
    column(sheet, 320, RIGHT[:3], 62)
    for number in range(6):
        sheet.text(40, 330 + 14 * number, f"07:{10 + number}")
        sheet.text(320, 330 + 14 * number, f"Entry number {number} of the log")
    assert "07:12\tEntry number 2 of the log" in texts_of(sheet.read())


LEVEL_LEFT: Items = (
    ("Ordered", ("By Dr. Mbatha, booking slip of the week before",)),
    ("Because", ("Cord compression at C5-6 with a clumsy right hand.",)),
    ("Technologist", ("Lorna Pike, CNIM. In the OR for the duration.",)),
    ("Physician", ("Emeka Sturgess, MD. Off site, with live screens and", "phone to the OR. This patient only.")),
    ("Times", ("Set-up 08:25-08:44", "Baselines 08:46-08:57", "Monitoring 09:02-09:30")),
)
LEVEL_RIGHT: Items = (
    ("Anesthesia", ("Propofol, remifentanil.",)),
    (
        "Recorded",
        ("SSEP of median and posterior tibial nerves, right and", "left. MEP of abductor pollicis brevis and", "tibialis."),
    ),
    ("Not recorded", ("Upper limb EMG had been planned for the", "decompression and was never opened.")),
    ("At baseline", ("Right median N20 reduced, everything else as said.",)),
    ("Impression", ("Short, incomplete case; no loss of signal.",)),
)


def test_columns_whose_first_lines_stand_level_begin_with_those_lines() -> None:
    sheet = Sheet()
    sheet.text(40, 80, "Monitoring record of one short case, told on one page in two columns, printed on the day of surgery")
    column(sheet, 40, LEVEL_LEFT)
    column(sheet, 320, LEVEL_RIGHT)
    assert texts_of(sheet.read())[1:] == told(LEVEL_LEFT) + told(LEVEL_RIGHT)


def test_labels_beside_values_above_columns_stay_rows() -> None:
    sheet = Sheet()
    for number, (label, value) in enumerate((("Patient", "Odile Vance"), ("Surgeon", "Ida Maroun, MD"), ("Room", "OR 4"))):
        sheet.text(40, 78 + 14 * number, label)
        sheet.text(320, 78 + 14 * number, value)
    column(sheet, 40, LEVEL_LEFT)
    column(sheet, 320, LEVEL_RIGHT)
    assert texts_of(sheet.read())[:3] == ["Patient\tOdile Vance", "Surgeon\tIda Maroun, MD", "Room\tOR 4"]
