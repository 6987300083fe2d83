"""A case that was stored loads equal, whatever is in it."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_case import sample_case

from ionm_notes.store.codec import case_from_json, case_to_json, to_plain
from ionm_notes.types import (
    Attendance,
    Case,
    Element,
    Encounter,
    Evidence,
    Modality,
    Muscle,
    Person,
    Segment,
    Signature,
    Span,
    StatedTotal,
)

words = st.text(max_size=12)
times = st.datetimes(min_value=datetime(2010, 1, 1), max_value=datetime(2030, 1, 1)).map(
    lambda t: t.replace(second=0, microsecond=0)
)
maybe_time = st.none() | times
tri = st.none() | st.booleans()
box = st.none() | st.tuples(*[st.floats(0, 800, allow_nan=False)] * 4)
proof = st.lists(st.builds(Evidence, st.integers(1, 9), words, box), max_size=2).map(tuple)
people = st.builds(
    Person, words, st.lists(words, max_size=2).map(tuple), st.sampled_from(["professional", "technologist", "surgeon"]), proof
)
dates = st.dates(date(2010, 1, 1), date(2030, 1, 1))
encounters = st.builds(
    Encounter,
    date_of_service=st.none() | dates,
    surgeon=st.none() | people,
    professionals=st.lists(people, max_size=2).map(tuple),
    room_in=maybe_time,
    evidence=st.dictionaries(words, proof, max_size=2),
)
cases = st.builds(
    Case,
    document=words,
    encounter=encounters,
    modalities=st.lists(
        st.builds(
            Modality,
            words,
            st.none() | words,
            st.just(("left",)),
            st.sampled_from(["performed", "unobtainable"]),
            proof,
            st.lists(st.builds(Muscle, words, words, st.just(())), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    segments=st.lists(
        st.builds(Segment, st.sampled_from(["setup", "monitoring"]), maybe_time, maybe_time, proof), max_size=3
    ).map(tuple),
    attendance=st.lists(
        st.builds(Attendance, st.none() | words, st.sampled_from(["in_room", "remote"]), maybe_time, maybe_time, tri, proof),
        max_size=2,
    ).map(tuple),
    allocated=st.lists(st.builds(Span, times, times, proof), max_size=1).map(tuple),
    duration=st.none()
    | st.builds(StatedTotal, st.just("minutes"), st.integers(0, 999), st.none() | words, st.just(("setup",)), st.just(5), proof),
    signatures=st.lists(st.builds(Signature, st.booleans(), st.none() | words, st.none() | dates | times, proof), max_size=2).map(
        tuple
    ),
    elements=st.dictionaries(words, st.builds(Element, words, st.sampled_from(["present", "absent"]), proof), max_size=2),
    laterality=st.lists(proof, max_size=2).map(tuple),
    exclusive=tri,
)


def test_a_full_case_loads_equal() -> None:
    assert case_from_json(case_to_json(sample_case())) == sample_case()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(cases)
def test_any_case_loads_equal(case: Case) -> None:
    assert case_from_json(case_to_json(case)) == case


def test_a_signature_keeps_its_time_and_a_date_stays_a_date() -> None:
    timed = Signature(True, "A", datetime(2025, 3, 15, 0, 0), ())
    dated = Signature(True, "A", date(2025, 3, 15), ())
    loaded = case_from_json(case_to_json(dataclasses.replace(sample_case(), signatures=(timed, dated))))
    assert [type(signature.at) for signature in loaded.signatures] == [datetime, date]


def test_a_field_that_an_older_program_did_not_write_takes_its_default() -> None:
    case = dataclasses.replace(sample_case(), patients=((Evidence(1, "Pat Sample", None),),))
    plain = json.loads(case_to_json(case))
    del plain["patients"]
    assert case_from_json(json.dumps(plain)).patients == ()


def test_a_field_that_holds_its_default_is_not_written() -> None:
    assert "patients" not in json.loads(case_to_json(dataclasses.replace(sample_case(), patients=())))


def test_a_field_that_this_program_does_not_know_is_left_out() -> None:
    plain = json.loads(case_to_json(sample_case())) | {"from_the_future": 1}
    assert case_from_json(json.dumps(plain)) == sample_case()


def test_read_only_mappings_are_written_like_any_other() -> None:
    assert to_plain(MappingProxyType({"a": (1, 2)})) == {"a": [1, 2]}


@pytest.mark.parametrize(
    ("field", "value"),
    [("pages", "two"), ("real_time", 1), ("operation_site", "moon"), ("segments", [5]), ("necessity_tags", [None])],
)
def test_a_value_of_the_wrong_kind_is_refused(field: str, value: object) -> None:
    plain = json.loads(case_to_json(sample_case())) | {field: value}
    with pytest.raises(ValueError, match=rf"\$\.{field}"):
        case_from_json(json.dumps(plain))


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        to_plain({1, 2})
