"""What must hold of suggested lines for any record: less evidence never supports more, and order never matters."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from facts import START, codes, record, said, study
from hypothesis import given, settings
from hypothesis import strategies as st

from ionm_notes.types import Attendance, Case, CodeLine, Modality, Person, Segment, Signature

REGIONS = {
    "SSEP": ["upper", "lower", "head_trunk", None],
    "MEP": ["upper", "lower", "cranial", None],
    "EMG": ["upper", "lower", "cranial", "larynx", "trunk", "paraspinal", "sphincter", "diaphragm", None],
    "TRIGGERED_EMG": ["upper", "lower", "cranial", None],
}
PLAIN = ["BAEP", "VEP", "EEG", "ECOG", "H_REFLEX", "TOF", "CORTICAL_MAPPING"]


@st.composite
def modalities(draw: st.DrawFn) -> Modality:
    name = draw(st.sampled_from([*REGIONS, *PLAIN]))
    region = draw(st.sampled_from(REGIONS.get(name, [None])))
    sides = draw(st.sampled_from([(), ("left",), ("left", "right")]))
    status = draw(st.sampled_from(["performed", "unobtainable", "not_performed"]))
    return study(name, region, *sides, status=status, muscles=draw(st.integers(0, 6)))


@st.composite
def attendances(draw: st.DrawFn) -> Attendance:
    first, last = sorted((draw(st.integers(0, 300)), draw(st.integers(0, 300))))
    return Attendance(
        draw(st.sampled_from(["Dr A", "Dr B", None])),
        draw(st.sampled_from(["in_room", "remote", "nearby", "unstated"])),
        START + timedelta(minutes=first),
        START + timedelta(minutes=last),
        draw(st.sampled_from([True, False, None])),
        said(f"{first}-{last}"),
    )


@st.composite
def records(draw: st.DrawFn) -> Case:
    credentials = draw(st.sampled_from([("MD",), ("MD",), ("AUD",), ()]))
    people = tuple(Person(name, credentials, "professional", ()) for name in ("Dr A", "Dr B"))
    parts: list[Segment] = [Segment("monitoring", START, START + timedelta(minutes=draw(st.integers(0, 300))), said("m"))]
    if draw(st.booleans()):
        parts.append(
            Segment("interruption", START + timedelta(minutes=20), START + timedelta(minutes=draw(st.integers(20, 60))), ())
        )
    return record(
        *draw(st.lists(attendances(), max_size=3)),
        pos=draw(st.sampled_from(["21", "11", None])),
        people=people[: draw(st.integers(1, 2))],
        segments=tuple(parts),
        modalities=tuple(draw(st.lists(modalities(), max_size=4))),
        signatures=(Signature(True, None, None, ()),) if draw(st.booleans()) else (),
        real_time=draw(st.sampled_from([True, True, None])),
        communication=draw(st.sampled_from([True, True, None])),
        operation_site=draw(st.sampled_from(["spine", "intracranial", "vascular_cardiac", None])),
    )


payers = st.sampled_from(["medicare", "commercial"])


def supported(lines: tuple[CodeLine, ...]) -> set[tuple[str, str | None]]:
    return {(line.code, line.professional) for line in lines if line.status == "supported"}


def without(case: Case, what: str) -> Case:
    """The record with one fact no longer stated."""
    encounter = case.encounter
    changes: dict[str, Case] = {
        "real_time": replace(case, real_time=None),
        "communication": replace(case, communication=None),
        "signatures": replace(case, signatures=()),
        "credentials": replace(
            case, encounter=replace(encounter, professionals=tuple(replace(p, credentials=()) for p in encounter.professionals))
        ),
        "start": replace(case, segments=tuple(replace(s, start=None) for s in case.segments)),
        "end": replace(case, segments=tuple(replace(s, end=None) for s in case.segments)),
        "attendance": replace(case, attendance=()),
        "exclusivity in the room": replace(
            case, attendance=tuple(replace(a, exclusive=None) if a.mode == "in_room" else a for a in case.attendance)
        ),
        "mode": replace(case, attendance=tuple(replace(a, mode="unstated") for a in case.attendance)),
        "site": replace(case, operation_site=None),
    }
    return changes[what]


FACTS = ["real_time", "communication", "signatures", "credentials", "start", "end", "attendance"]
FACTS += ["exclusivity in the room", "mode", "site"]


@settings(max_examples=200, deadline=None)
@given(records(), payers, st.sampled_from(FACTS))
def test_taking_a_statement_away_never_turns_a_query_into_supported(case: Case, payer: str, what: str) -> None:
    before, after = codes(case, payer), codes(without(case, what), payer)
    queries = {(line.code, line.professional) for line in before if line.status == "query"}
    assert not queries & supported(after)


@settings(max_examples=100, deadline=None)
@given(records(), payers, st.integers(0, 10**6))
def test_the_order_of_facts_never_changes_a_line(case: Case, payer: str, seed: int) -> None:
    shuffled = random.Random(seed)
    mixed = replace(
        case,
        modalities=tuple(shuffled.sample(case.modalities, len(case.modalities))),
        attendance=tuple(shuffled.sample(case.attendance, len(case.attendance))),
        segments=tuple(shuffled.sample(case.segments, len(case.segments))),
    )
    one = [replace(line, evidence=()) for line in codes(case, payer)]
    assert one == [replace(line, evidence=()) for line in codes(mixed, payer)]


@settings(max_examples=100, deadline=None)
@given(records(), payers)
def test_every_line_is_whole(case: Case, payer: str) -> None:
    lines = codes(case, payer)
    for line in lines:
        assert (line.status == "query") == bool(line.gaps)
        assert line.units is None or line.units >= 1
        assert line.rationale
        assert line.evidence
        assert not {"TC", "50", "51"} & set(line.modifiers)
        assert (line.edit == "none") == (line.edit_reason == "")
        if line.units is not None and line.units_least is not None:
            assert line.units_least <= line.units
        if line.units is not None and line.units_most is not None:
            assert line.units <= line.units_most
    assert len({(line.code, line.professional) for line in lines}) == len(lines)


@settings(max_examples=100, deadline=None)
@given(records(), payers, modalities())
def test_a_planned_study_never_changes_a_line(case: Case, payer: str, planned: Modality) -> None:
    more = replace(case, modalities=(*case.modalities, replace(planned, status="not_performed")))
    assert codes(more, payer) == codes(case, payer)
