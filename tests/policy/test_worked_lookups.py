"""The worked examples (sections A and B) that hang on tables and rounding, with the policy as shipped.

Each row names its number and its source in the policy digest. Whole cases are worked in tests/codes.
"""

from __future__ import annotations

from datetime import date

import pytest

from ionm_notes.codes.units import units
from ionm_notes.policy import load_policy
from ionm_notes.types import Column

DAY, HISTORY = date(2025, 3, 14), date(2012, 6, 1)


def billed(payer: str, column: Column, minutes: int, on: date = DAY) -> tuple[str | None, int]:
    """The code and the units of minutes of one column; no code where the payer takes none or no unit is reached."""
    rule = load_policy(payer, on).time_code(column)
    if rule is None:
        return None, 0
    count = units(minutes, rule.minutes_per_unit, rule.minimum, rule.remainder)
    return (rule.code, count) if count else (None, 0)


FROM_SOURCES = [
    pytest.param("medicare", "remote_exclusive", 30, DAY, ("G0453", 2), id="A1 C1: 15 and later 15 min are cumulative"),
    pytest.param("medicare", "remote_exclusive", 30, DAY, ("G0453", 2), id="A3 C4 C1: an hour split evenly, each patient"),
    pytest.param("commercial", "remote_shared", 60, DAY, ("95941", 1), id="A4 C4: the same hour, both commercial"),
    pytest.param("commercial", "remote_shared", 90, DAY, ("95941", 1), id="A5 S4: several cases, never the in-room code"),
    pytest.param("commercial", "remote_exclusive", 235, DAY, ("95941", 4), id="A6 S2: commercial"),
    pytest.param("medicare", "remote_exclusive", 235, DAY, ("G0453", 16), id="A6 S2: Medicare"),
    pytest.param("commercial", "remote_exclusive", 30, DAY, (None, 0), id="A8 S2: 30 min or less"),
    pytest.param("medicare", "in_room", 7, DAY, (None, 0), id="A9 P4 S10: under 8 min in the room"),
    pytest.param("medicare", "remote_exclusive", 7, DAY, (None, 0), id="A9 P4 S10: under 8 min remote"),
    pytest.param("medicare", "in_room", 60, HISTORY, ("95920", 1), id="A12 C6: one hour in 2012"),
    pytest.param("commercial", "remote_shared", 60, HISTORY, ("95920", 1), id="A12 C6: one hour in 2012, commercial"),
    pytest.param("medicare", "in_room", 31, HISTORY, ("95920", 1), id="A13 C6: 31 of 30-89 min"),
    pytest.param("medicare", "in_room", 89, HISTORY, ("95920", 1), id="A13 C6: 89 of 30-89 min"),
    pytest.param("medicare", "in_room", 30, HISTORY, (None, 0), id="A13 C6: 30 min, where this policy follows the midpoint"),
    pytest.param("medicare", "in_room", 120, HISTORY, ("95920", 2), id="A14 S12 S20: two hours, standby left out"),
    pytest.param("medicare", "remote_shared", 60, DAY, (None, 0), id="A28 E1: exclusivity counts patients of every payer"),
]


@pytest.mark.parametrize(("payer", "column", "minutes", "on", "expected"), FROM_SOURCES)
def test_published_examples_of_time(payer: str, column: Column, minutes: int, on: date, expected: tuple[str | None, int]) -> None:
    assert billed(payer, column, minutes, on) == expected


QUARTERS = [
    *((7, 0), (8, 1), (15, 1), (22, 1), (23, 2), (37, 2), (38, 3), (52, 3), (53, 4), (60, 4), (67, 4), (68, 5), (75, 5)),
    *((120, 8), (127, 8), (200, 13), (235, 16), (300, 20)),
]
HOURS = [(30, 0), (31, 1), (60, 1), (90, 1), (91, 2), (120, 2), (150, 2), (151, 3), (235, 4), (300, 5)]


@pytest.mark.parametrize(("number", "minutes", "count"), [(f"B{n}", *row) for n, row in enumerate(QUARTERS, 1)])
def test_quarter_hours_by_facts_1_4(number: str, minutes: int, count: int) -> None:
    assert billed("medicare", "in_room", minutes) == (("95940", count) if count else (None, 0)), number
    assert billed("commercial", "in_room", minutes) == (("95940", count) if count else (None, 0)), number
    assert billed("medicare", "remote_exclusive", minutes) == (("G0453", count) if count else (None, 0)), number


@pytest.mark.parametrize(("number", "minutes", "count"), [(f"B{n}", *row) for n, row in enumerate(HOURS, 19)])
def test_hours_by_facts_1_4(number: str, minutes: int, count: int) -> None:
    for column in ("remote_exclusive", "remote_unstated", "remote_shared", "in_room_shared"):
        assert billed("commercial", column, minutes) == (("95941", count) if count else (None, 0)), number


def test_a2_c1_at_most_four_units_in_a_clock_hour() -> None:
    assert load_policy("medicare", DAY).limit("units-per-hour") == 4


@pytest.mark.parametrize(("minutes", "further"), [(150, 1), (151, 2)], ids=["A10 S11", "A11 S11"])
def test_a10_a11_mapping_needs_31_minutes_into_a_further_hour(minutes: int, further: int) -> None:
    policy = load_policy("medicare", DAY)
    hour, remainder = policy.limit("mapping-hour-minutes"), policy.limit("mapping-hour-remainder")
    assert units(minutes, hour, remainder, remainder) - 1 == further
    assert policy.study_code("mapping-further-hour") == "95962"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        pytest.param("emg-limited", "95870", id="A15 A18 A19 S23 S20 S19: limbs with fewer than five muscles"),
        pytest.param("emg-limbs-2", "95861", id="A16 S23: both legs with five or more muscles"),
        pytest.param("emg-larynx", "95865", id="A20 S21: both sides of the larynx in one"),
        pytest.param("mep-upper", "95928", id="A21 S16: MEP of the arms"),
        pytest.param("ssep-both", "95938", id="A22 S15 D3: arms and legs"),
        pytest.param("ncs-5-6", "95909", id="A23 S25: six studies"),
    ],
)
def test_published_examples_of_studies(key: str, code: str) -> None:
    policy = load_policy("medicare", DAY)
    assert policy.study_code(key) == code
    assert policy.takes_26(code), "A25 S29: the professional part in a hospital"


def test_a15_a16_five_muscles_make_a_complete_limb() -> None:
    assert load_policy("medicare", DAY).limit("limb-muscles") == 5


def test_a22_both_limbs_are_not_billed_as_two_halves() -> None:
    policy = load_policy("medicare", DAY)
    for half in ("95925", "95926"):
        edit = policy.ncci("95938", half)
        assert edit is not None
        assert (edit.column2, edit.indicator) == (half, "0")


def test_a15_nothing_extra_for_the_screws_and_a24_train_of_four_is_told_by_its_code() -> None:
    policy = load_policy("medicare", DAY)
    assert policy.item_code("PEDICLE_SCREW") is None
    assert policy.item_code("TOF") == "95937"


def test_a26_p3_time_over_anesthesia_is_graver_at_harvard_pilgrim() -> None:
    plan, default = (load_policy(payer, DAY).rule("time-over-anesthesia") for payer in ("harvard-pilgrim", "commercial"))
    assert plan is not None
    assert default is not None
    assert (plan.severity, "p3" in plan.cites) == ("error", True)
    assert default.severity != "error"


def test_a27_c9_the_office_of_a_remote_reader_is_no_place_of_service() -> None:
    policy = load_policy("medicare", DAY)
    office, inpatient = policy.pos("11"), policy.pos("21")
    assert office is not None
    assert inpatient is not None
    assert (office.standing, inpatient.standing) == ("error", "accepted")


@pytest.mark.parametrize(
    ("payer", "code", "minutes", "over"),
    [
        ("medicare", "95940", 488, True),  # C17
        ("medicare", "95940", 487, False),  # C18
        ("medicare", "G0453", 608, True),  # C19
        ("medicare", "G0453", 488, False),  # C16
    ],
)
def test_c16_to_c19_the_most_units_of_a_day_by_facts_1_3(payer: str, code: str, minutes: int, over: bool) -> None:
    mue = load_policy(payer, DAY).mue(code)
    assert mue is not None
    assert (units(minutes, 15, 8, 8) > mue.units) is over


def test_c32_five_limited_regions_are_over_the_most_of_a_day() -> None:
    mue = load_policy("medicare", DAY).mue("95870")
    assert mue is not None
    assert mue.units == 4


@pytest.mark.parametrize(("slots", "over"), [((23, 23, 14), True), ((38, 22), False)], ids=["C20", "C21"])
def test_c20_c21_slots_of_one_clock_hour_against_its_cap(slots: tuple[int, ...], over: bool) -> None:
    cap = load_policy("medicare", DAY).limit("units-per-hour")
    assert (sum(units(slot, 15, 8, 8) for slot in slots) > cap) is over
