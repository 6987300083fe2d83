"""Every row on which the rules rely, held against what FACTS.md and the audit contract say, a test per row."""

from __future__ import annotations

from datetime import date

import pytest

from ionm_notes.policy import load_policy
from ionm_notes.policy.store import load_data
from ionm_notes.types import Column

NOW, OLD = date(2025, 3, 14), date(2012, 6, 1)
MEDICARE, COMMERCIAL = (load_policy(payer, NOW) for payer in ("medicare", "commercial"))
QUARTER, HOUR = (15, 8, 8), (60, 31, 31)

ROUTES: list[tuple[str, Column, str | None, tuple[int, int, int], bool]] = [
    # contract, 'Units and status of the time codes'
    ("medicare", "in_room", "95940", QUARTER, False),
    ("medicare", "remote_exclusive", "G0453", QUARTER, False),
    ("medicare", "remote_unstated", "G0453", QUARTER, True),
    ("medicare", "remote_shared", None, QUARTER, False),
    ("medicare", "in_room_shared", None, QUARTER, False),
    ("commercial", "in_room", "95940", QUARTER, False),
    ("commercial", "remote_exclusive", "95941", HOUR, False),
    ("commercial", "remote_unstated", "95941", HOUR, False),
    ("commercial", "remote_shared", "95941", HOUR, False),
    ("commercial", "in_room_shared", "95941", HOUR, False),
]


@pytest.mark.parametrize(("payer", "column", "code", "rule", "always_query"), ROUTES)
def test_minutes_of_a_column_go_to_the_payers_code(
    payer: str, column: Column, code: str | None, rule: tuple[int, int, int], always_query: bool
) -> None:
    found = load_policy(payer, NOW).time_code(column)
    if code is None:
        assert found is None
        return
    assert found is not None
    assert (found.code, found.column, found.always_query) == (code, column, always_query)
    assert (found.minutes_per_unit, found.minimum, found.remainder) == rule
    assert found.refs


@pytest.mark.parametrize(("payer", "column"), [(row[0], row[1]) for row in ROUTES])
def test_before_2013_every_column_of_every_payer_goes_to_the_hourly_code(payer: str, column: Column) -> None:
    last, first = (load_policy(payer, day).time_code(column) for day in (date(2012, 12, 31), date(2013, 1, 1)))
    assert last is not None
    assert (last.code, last.minutes_per_unit, last.minimum, last.remainder) == ("95920", *HOUR)
    assert first is None or first.code != "95920"


STUDIES = [
    # contract, 'Base study codes'
    ("ssep-upper", "95925"),
    ("ssep-lower", "95926"),
    ("ssep-both", "95938"),
    ("ssep-head-trunk", "95927"),
    ("mep-upper", "95928"),
    ("mep-lower", "95929"),
    ("mep-both", "95939"),
    ("baep", "92653"),
    ("vep", "95930"),
    ("eeg-non-intracranial", "95955"),
    ("eeg", "95822"),
    ("ecog", "95829"),
    ("mapping-first-hour", "95961"),
    ("mapping-further-hour", "95962"),
    ("emg-limbs-1", "95860"),
    ("emg-limbs-2", "95861"),
    ("emg-limbs-3", "95863"),
    ("emg-limbs-4", "95864"),
    ("emg-limited", "95870"),
    ("emg-thoracic-paraspinal", "95869"),
    ("emg-hemidiaphragm", "95866"),
    ("emg-cranial-one", "95867"),
    ("emg-cranial-both", "95868"),
    ("emg-larynx", "95865"),
    ("sphincter-needle", "51785"),
    ("sphincter-surface", "51784"),
    ("ncs-1-2", "95907"),
    ("ncs-3-4", "95908"),
    ("ncs-5-6", "95909"),
    ("ncs-7-8", "95910"),
    ("ncs-9-10", "95911"),
    ("ncs-11-12", "95912"),
    ("ncs-13", "95913"),
]


@pytest.mark.parametrize(("key", "code"), STUDIES)
def test_a_documented_study_has_its_code(key: str, code: str) -> None:
    assert MEDICARE.study_code(key) == COMMERCIAL.study_code(key) == code
    info = MEDICARE.code(code)
    assert info is not None
    assert info.kind == "base"
    assert MEDICARE.is_valid(code)


@pytest.mark.parametrize(
    ("on", "code"), [(OLD, "92585"), (date(2020, 12, 31), "92585"), (date(2021, 1, 1), "92653"), (NOW, "92653")]
)
def test_baep_changed_its_code_with_2021(on: date, code: str) -> None:
    policy = load_policy("medicare", on)
    assert policy.study_code("baep") == code
    assert policy.is_valid(code)


DELETED = [
    # FACTS 2.8
    ("95920", date(2012, 12, 31), {"95940", "95941", "G0453"}),
    ("95900", date(2012, 12, 31), {"95907", "95913"}),
    ("95903", date(2012, 12, 31), {"95907", "95913"}),
    ("95904", date(2012, 12, 31), {"95907", "95913"}),
    ("95934", date(2012, 12, 31), {"95907", "95913"}),
    ("95936", date(2012, 12, 31), {"95907", "95913"}),
    ("92585", date(2020, 12, 31), {"92653"}),
    ("92586", date(2020, 12, 31), set()),
    ("95950", date(2019, 12, 31), set()),
    ("95951", date(2019, 12, 31), set()),
    ("95953", date(2019, 12, 31), set()),
    ("95956", date(2019, 12, 31), set()),
    ("95827", date(2019, 12, 31), set()),
]


@pytest.mark.parametrize(("code", "last", "successors"), DELETED)
def test_a_deleted_code_is_valid_to_its_last_day_and_names_its_successors(code: str, last: date, successors: set[str]) -> None:
    info = MEDICARE.code(code)
    assert info is not None
    assert info.valid_to == last
    assert successors <= set(info.successors)
    assert load_policy("medicare", last).is_valid(code)
    assert not load_policy("medicare", date.fromordinal(last.toordinal() + 1)).is_valid(code)


NEW = [
    ("95940", date(2013, 1, 1)),
    ("95941", date(2013, 1, 1)),
    ("G0453", date(2013, 1, 1)),
    ("95938", date(2012, 1, 1)),
    ("95939", date(2012, 1, 1)),
    ("92653", date(2021, 1, 1)),
    *((f"959{n:02d}", date(2013, 1, 1)) for n in range(7, 14)),
]


@pytest.mark.parametrize(("code", "first"), NEW)
def test_a_code_is_not_valid_before_its_first_day(code: str, first: date) -> None:
    assert load_policy("medicare", first).is_valid(code)
    assert not load_policy("medicare", date.fromordinal(first.toordinal() - 1)).is_valid(code)


TAKES_26 = [
    # FACTS 2.5
    *((str(code), True) for code in range(95925, 95931)),
    *((code, True) for code in ("95933", "95937", "95938", "95939", "95860", "95861", "95863", "95864", "95865", "95866")),
    *((code, True) for code in ("95867", "95868", "95869", "95870", "95885", "95886", "95887", "95812", "95813", "95816")),
    *((code, True) for code in ("95819", "95822", "95829", "95955", "95961", "95962", "51784", "51785", "51792", "92585")),
    *((str(code), True) for code in range(95907, 95914)),
    *((code, False) for code in ("95940", "95941", "G0453", "92652", "92653", "95836", "92516", "95970", "95983", "95984")),
    *((code, False) for code in ("95999", "92586")),
]


@pytest.mark.parametrize(("code", "takes"), TAKES_26)
def test_modifier_26_goes_with_the_code_by_its_indicator_and_not_by_being_a_study(code: str, takes: bool) -> None:
    assert MEDICARE.takes_26(code) is takes


PRIMARIES = {
    # FACTS 1.7
    *("92653", "95822", "95860", "95861", "95863", "95864", "95865", "95866", "95867", "95868", "95869", "95870"),
    *("95907", "95908", "95909", "95910", "95911", "95912", "95913", "95925", "95926", "95927", "95928", "95929"),
    *("95930", "95933", "95937", "95938", "95939"),
}


@pytest.mark.parametrize("code", sorted(PRIMARIES))
def test_a_listed_primary_goes_with_the_time_codes(code: str) -> None:
    assert code in MEDICARE.primaries("95940")
    assert code in MEDICARE.primaries("95941")
    assert (code in MEDICARE.primaries("G0453")) is (code != "92653")


def test_nothing_else_is_a_primary_today() -> None:
    assert MEDICARE.primaries("95940") == MEDICARE.primaries("95941") == PRIMARIES
    assert MEDICARE.primaries("95938") == frozenset()


def test_until_2020_the_former_code_of_baep_stands_in_the_place_of_the_new_one() -> None:
    for addon in ("95940", "95941", "G0453"):
        assert "92585" in load_policy("medicare", date(2020, 12, 31)).primaries(addon)
        assert "92585" not in load_policy("medicare", date(2021, 1, 1)).primaries(addon)


COLUMN_1_TO_TIME = ["95955", "95829", "95961", "95962", "95812", "95813", "95816", "95819", "95887", "51784", "51785"]
PAIRS = [
    # FACTS 0.4
    *((one, time, "1") for one in COLUMN_1_TO_TIME for time in ("95940", "G0453")),
    # FACTS 0.5
    *(
        (emg, f"959{n:02d}", "0")
        for emg in ("95860", "95861", "95863", "95864", "95867", "95868", "95869", "95870")
        for n in range(7, 14)
    ),
    # FACTS 0.6
    *((limbs, other, "1") for limbs in ("95860", "95861", "95863", "95864") for other in ("95870", "95869")),
    # FACTS 0.8, 2.1
    ("95940", "95941", "1"),
    ("95940", "G0453", "1"),
    ("G0453", "95941", "0"),
    ("95925", "95926", "0"),
    ("95938", "95925", "0"),
    ("95938", "95926", "0"),
    ("95928", "95929", "0"),
    ("95939", "95928", "0"),
    ("95939", "95929", "0"),
    ("92652", "92653", "0"),
    ("51784", "51785", "1"),
]


@pytest.mark.parametrize(("one", "other", "indicator"), PAIRS)
def test_a_pair_has_its_edit_whichever_code_is_named_first(one: str, other: str, indicator: str) -> None:
    edit = MEDICARE.ncci(one, other)
    assert edit is not None
    assert edit == MEDICARE.ncci(other, one)
    assert {edit.column1, edit.column2} == {one, other}
    assert (edit.indicator, edit.as_of) == (indicator, "2024-07-01")


@pytest.mark.parametrize("column1", COLUMN_1_TO_TIME)
def test_the_time_code_is_the_one_that_falls(column1: str) -> None:
    for time in ("95940", "G0453"):
        edit = MEDICARE.ncci(time, column1)
        assert edit is not None
        assert edit.column2 == time


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("95822", "95940"),  # FACTS 0.4
        *((emg, f"959{n:02d}") for emg in ("95865", "95866") for n in range(7, 14)),  # FACTS 0.5
        ("95927", "95925"),  # FACTS 2.1
        ("95927", "95926"),
        ("95927", "95938"),
        ("51785", "95938"),  # FACTS 2.2: deleted 2012-01-01
        ("51785", "95939"),
        ("51792", "95940"),  # FACTS 2.7
    ],
)
def test_a_pair_without_an_edit_has_none(one: str, other: str) -> None:
    assert MEDICARE.ncci(one, other) is None


MUES = [
    # FACTS 1.3
    ("95940", 32, "3"),
    ("95941", 0, "3"),
    ("G0453", 40, "3"),
    *((code, 1, "3") for code in ("95925", "95926", "95927", "95928", "95929", "95938", "95939", "95930")),
    ("92652", 1, "2"),
    ("92653", 1, "2"),
    *((code, 1, "3") for code in ("95860", "95861", "95863", "95864", "95865", "95866", "95867", "95868", "95869")),
    ("95870", 4, "3"),
    ("95885", 4, "2"),
    ("95886", 4, "2"),
    ("95887", 1, "2"),
    *((f"959{n:02d}", 1, "2") for n in range(7, 14)),
    ("95933", 1, "3"),
    ("95937", 4, "3"),
    *((code, 1, "3") for code in ("95812", "95813", "95816", "95819", "95822", "95829", "95955")),
    ("95836", 1, "2"),
    ("95961", 1, "2"),
    ("95962", 5, "3"),
    *((code, 1, "3") for code in ("51784", "51785", "51792", "92516", "95999")),
]


@pytest.mark.parametrize(("code", "units", "mai"), MUES)
def test_the_most_units_a_day_stand_as_cms_has_them_for_practitioners(code: str, units: int, mai: str) -> None:
    mue = MEDICARE.mue(code)
    assert mue is not None
    assert (mue.units, mue.mai, mue.setting, mue.as_of) == (units, mai, "practitioner", "2024-07-01")


PLACES = [
    # FACTS 3; contract, rule 'pos-not-accepted'
    *((code, True, "accepted") for code in ("19", "21", "22", "24")),
    *((code, True, "warning") for code in ("23", "26", "31", "34", "51", "52", "53", "56", "61")),
    *((code, False, "error") for code in ("10", "11", "12", "20", "49", "81", "99")),
]


@pytest.mark.parametrize(("code", "facility", "standing"), PLACES)
def test_a_place_of_service_has_its_standing(code: str, facility: bool, standing: str) -> None:
    for policy in (MEDICARE, COMMERCIAL):
        place = policy.pos(code)
        assert place is not None
        assert (place.facility, place.standing) == (facility, standing)
        assert place.name


@pytest.mark.parametrize("code", ["00", "30", "85", "XX", ""])
def test_a_number_that_is_no_place_is_unknown_or_refused(code: str) -> None:
    place = MEDICARE.pos(code)
    assert place is None or place.standing == "error"


CREDENTIALS = [
    (("MD",), True),
    (("DO",), True),
    (("MBBS",), True),
    (("MD", "PHD"), True),
    (("PHD", "CNIM", "DO"), True),
    (("CNIM",), False),
    (("R EEG T",), False),
    (("R EP T",), False),
    (("REPT", "CNIM"), False),
    (("PHD",), None),
    (("DABNM", "CNIM"), None),
    (("D.ABNM.",), None),
    (("AUD",), None),
    (("NP",), None),
    (("PA",), None),
    ((), None),
    (("FAAN",), None),
]


@pytest.mark.parametrize(("credentials", "accepted"), CREDENTIALS)
def test_credentials_are_accepted_refused_or_not_settled(credentials: tuple[str, ...], accepted: bool | None) -> None:
    assert MEDICARE.accepts(credentials) is accepted
    assert COMMERCIAL.accepts(credentials) is accepted


LIMITS = [
    ("late-signature-days", 30),
    ("signature-delay-days", 2),
    ("limb-muscles", 5),
    ("units-per-hour", 4),
    ("mapping-hour-minutes", 60),
    ("mapping-hour-remainder", 31),
    ("concurrent-cases", 3),
    ("eeg-minutes", 20),
]


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_number_of_the_policy_has_its_value_and_a_source(name: str, value: int) -> None:
    assert MEDICARE.limit(name) == value
    assert MEDICARE.refs(name)


@pytest.mark.parametrize(
    ("code", "medicare", "commercial"),
    [("95940", True, True), ("95941", False, True), ("G0453", True, False), ("95938", True, True), ("00000", False, False)],
)
def test_a_payer_takes_a_code_or_not(code: str, medicare: bool, commercial: bool) -> None:
    assert (MEDICARE.takes_code(code), COMMERCIAL.takes_code(code)) == (medicare, commercial)


@pytest.mark.parametrize(
    "tag",
    ["peripheral-nerve", "carpal-tunnel", "cochlear-implant", "sinus-surgery", "hip-knee-arthroplasty", "epidural-injection"],
)
def test_an_operation_that_is_usually_refused_is_so_for_every_payer_with_a_reason(tag: str) -> None:
    for policy in (MEDICARE, COMMERCIAL):
        position = policy.necessity(tag)
        assert position is not None
        assert position.position in ("not_necessary", "doubtful")
        assert position.why
        assert position.refs


@pytest.mark.parametrize("tag", ["thyroid", "parotid", "lumbar-below-conus", "cervical-degenerative"])
def test_an_operation_on_which_plans_differ_is_left_to_the_plans(tag: str) -> None:
    assert MEDICARE.necessity(tag) is None
    assert COMMERCIAL.necessity(tag) is None


@pytest.mark.parametrize("code", [row.code for row in load_data().codes.values()])
def test_every_code_has_a_short_name_of_our_own_and_a_source(code: str) -> None:
    info = MEDICARE.code(code)
    assert info is not None
    assert 3 <= len(info.name) <= 60
    assert info.refs
    assert set(info.refs) <= {reference.id for reference in MEDICARE.refs(code)}


@pytest.mark.parametrize("code", sorted({code for row in load_data().codes.values() for code in row.successors}))
def test_every_successor_is_a_code_of_its_own(code: str) -> None:
    assert MEDICARE.code(code) is not None
