"""A payer's policy by date of service: what it answers, and what it refuses to answer."""

from __future__ import annotations

import time
from datetime import date

import pytest

from ionm_notes.codes.studies import ITEMS, STUDY_KEYS
from ionm_notes.errors import IonmError
from ionm_notes.policy import load_policy, payers
from ionm_notes.policy.api import Policy
from ionm_notes.types import COLUMNS, Column

DAY = date(2025, 3, 14)
COMMERCIAL_COLUMNS = {column: "95941" for column in COLUMNS if column != "in_room"} | {"in_room": "95940"}
MEDICARE_COLUMNS = {"in_room": "95940", "remote_exclusive": "G0453", "remote_unstated": "G0453"}


@pytest.fixture(params=payers())
def policy(request: pytest.FixtureRequest) -> Policy:
    return load_policy(request.param, DAY)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("payer", "routes"), [("medicare", MEDICARE_COLUMNS), ("commercial", COMMERCIAL_COLUMNS)])
def test_each_column_of_minutes_goes_to_the_code_of_the_contract(payer: str, routes: dict[str, str], column: Column) -> None:
    code = load_policy(payer, DAY).time_code(column)
    assert (code.code if code else None) == routes.get(column)


@pytest.mark.parametrize(("code", "unit"), [("95940", (15, 8, 8)), ("G0453", (15, 8, 8)), ("95941", (60, 31, 31))])
def test_units_round_as_the_contract_says(code: str, unit: tuple[int, int, int]) -> None:
    found = [
        c for p in ("medicare", "commercial") for col in COLUMNS if (c := load_policy(p, DAY).time_code(col)) and c.code == code
    ]
    assert {(c.minutes_per_unit, c.minimum, c.remainder) for c in found} == {unit}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("payer", payers())
def test_before_2013_every_payer_takes_the_hourly_code_for_every_column(payer: str, column: Column) -> None:
    last, first = load_policy(payer, date(2012, 12, 31)).time_code(column), load_policy(payer, date(2013, 1, 1)).time_code(column)
    assert last is not None
    assert (last.code, last.minutes_per_unit, last.minimum) == ("95920", 60, 31)
    assert first is None or first.code != "95920"


def test_only_medicare_leaves_unstated_exclusivity_open() -> None:
    asked: list[tuple[str, Column]] = [
        ("medicare", "remote_unstated"),
        ("medicare", "remote_exclusive"),
        ("commercial", "remote_unstated"),
    ]
    codes = [load_policy(payer, DAY).time_code(column) for payer, column in asked]
    assert [code.always_query for code in codes if code] == [True, False, False]


@pytest.mark.parametrize(
    ("payer", "code", "taken"),
    [("medicare", "95941", False), ("medicare", "G0453", True), ("commercial", "95941", True), ("commercial", "G0453", False)],
)
def test_each_payer_refuses_the_others_remote_code(payer: str, code: str, taken: bool) -> None:
    assert load_policy(payer, DAY).takes_code(code) is taken


@pytest.mark.parametrize(("on", "code", "split"), [(date(2020, 12, 31), "92585", True), (date(2021, 1, 1), "92653", False)])
def test_baep_changes_its_code_and_its_modifier_with_2021(on: date, code: str, split: bool) -> None:
    policy = load_policy("medicare", on)
    assert policy.study_code("baep") == code
    assert policy.takes_26(code) is split
    assert policy.is_valid(code)
    assert code in policy.primaries("95940")


def test_baep_is_no_primary_of_the_exclusive_remote_code() -> None:
    policy = load_policy("medicare", DAY)
    assert policy.primaries("95940") - policy.primaries("G0453") == {"92653"}


@pytest.mark.parametrize("key", STUDY_KEYS)
def test_every_study_has_a_known_code(policy: Policy, key: str) -> None:
    code = policy.code(policy.study_code(key))
    assert code is not None
    assert code.kind == "base"
    assert policy.is_valid(code.code)


@pytest.mark.parametrize("item", ITEMS)
def test_every_bundled_item_says_why_and_whence(policy: Policy, item: str) -> None:
    assert policy.refs(item)
    code = policy.item_code(item)
    assert code is None or policy.code(code) is not None


@pytest.mark.parametrize(
    ("credentials", "accepted"),
    [
        (("MD",), True),
        (("D.O.",), True),
        (("PhD", "MD"), True),
        (("CNIM",), False),
        (("R. EEG T.", "CNIM"), False),
        (("PhD", "D.ABNM"), None),
        (("PhD", "CNIM"), None),
        (("NP-C",), None),
        (("FACS",), None),
        ((), None),
    ],
)
def test_physicians_count_technologists_do_not_and_others_are_not_settled(
    credentials: tuple[str, ...], accepted: bool | None
) -> None:
    assert load_policy("medicare", DAY).accepts(credentials) is accepted


@pytest.mark.parametrize(
    ("pos", "standing"),
    [
        ("19", "accepted"),
        ("21", "accepted"),
        ("22", "accepted"),
        ("24", "accepted"),
        ("23", "warning"),
        ("26", "warning"),
        ("11", "error"),
    ],
)
def test_places_of_service_stand_as_the_contract_says(pos: str, standing: str) -> None:
    place = load_policy("medicare", DAY).pos(pos)
    assert place is not None
    assert place.standing == standing


@pytest.mark.parametrize("pos", ["28", "00", "211", ""])
def test_an_unassigned_place_is_unknown(pos: str) -> None:
    assert load_policy("medicare", DAY).pos(pos) is None


def test_void_and_deleted_edits_are_not_in_force() -> None:
    assert load_policy("medicare", DAY).ncci("51784", "95938") is None
    assert load_policy("medicare", DAY).ncci("51784", "95869") is None


def test_an_edit_is_found_in_either_order_and_names_its_layer() -> None:
    policy = load_policy("medicare", DAY)
    edit = policy.ncci("G0453", "95955")
    assert edit == policy.ncci("95955", "G0453")
    assert edit is not None
    assert (edit.column1, edit.column2, edit.indicator, edit.as_of) == ("95955", "G0453", "1", "2024-07-01")


def test_an_unknown_limit_or_study_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError, match="no-such"):
        load_policy("medicare", DAY).limit("no-such")
    with pytest.raises(KeyError, match="no-such"):
        load_policy("medicare", DAY).study_code("no-such")


def test_an_unknown_payer_is_named_with_those_that_are_known() -> None:
    with pytest.raises(IonmError) as caught:
        load_policy("medicade", DAY)
    assert caught.value.code == "unknown-payer"
    assert "medicare" in caught.value.message


def test_without_a_date_the_newest_rules_answer() -> None:
    assert load_policy("medicare", None).study_code("baep") == "92653"


def test_policies_of_one_data_set_share_a_version_of_twelve_hex_digits() -> None:
    versions = {load_policy(payer, on).version for payer in payers() for on in (DAY, date(2012, 1, 1))}
    assert len(versions) == 1
    assert len(int(versions.pop(), 16).to_bytes(6, "big")) == 6


def test_asking_again_costs_nothing() -> None:
    load_policy("medicare", DAY)
    started = time.process_time()
    for _ in range(1000):
        load_policy("medicare", DAY)
    assert time.process_time() - started < 0.5
