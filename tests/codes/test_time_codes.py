"""Time codes: which minutes go to which code, and what makes a line a query."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from facts import SSEP, START, brief, codes, physician, record, refused, said, segment, spell, study
from fake_policy import FakePolicy

from ionm_notes.codes import suggest_codes, what_would_change
from ionm_notes.codes.gaps import MISSING, person_named
from ionm_notes.timeline import count_minutes
from ionm_notes.types import Case, Mode, Segment, Signature, StatedTotal, TimeConflict, Tri

ROOM = spell("in_room", 0, 200)
REMOTE = spell("remote", 0, 200)


def time_lines(case: Case, payer: str = "medicare") -> list[tuple[str, int | None, str]]:
    return brief(codes(case, payer), "time")


def gaps(case: Case, payer: str = "medicare") -> tuple[str, ...]:
    return next(line.gaps for line in codes(case, payer) if line.kind == "time")


@pytest.mark.parametrize(
    ("mode", "exclusive", "payer", "expected"),
    [
        ("in_room", True, "medicare", [("95940", 13, "supported")]),
        ("in_room", True, "commercial", [("95940", 13, "supported")]),
        ("in_room", None, "medicare", [("95940", 13, "query")]),
        ("in_room", None, "commercial", [("95940", 13, "query")]),
        ("in_room", False, "medicare", []),
        ("in_room", False, "commercial", [("95941", 3, "supported")]),
        ("remote", True, "medicare", [("G0453", 13, "supported")]),
        ("remote", True, "commercial", [("95941", 3, "supported")]),
        ("remote", None, "medicare", [("G0453", 13, "query")]),
        ("remote", None, "commercial", [("95941", 3, "supported")]),
        ("remote", False, "medicare", []),
        ("remote", False, "commercial", [("95941", 3, "supported")]),
        ("nearby", True, "medicare", [("G0453", 13, "supported")]),
        ("unstated", True, "medicare", []),
    ],
)
def test_each_column_goes_to_the_code_of_the_contract(
    mode: Mode, exclusive: Tri, payer: str, expected: list[tuple[str, int, str]]
) -> None:
    assert time_lines(record(spell(mode, 0, 200, exclusive)), payer) == expected


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"real_time": None}, "not-real-time"),
        ({"real_time": False}, "not-real-time"),
        ({"communication": None}, "no-communication"),
        ({"communication": False}, "no-communication"),
        ({"people": (physician("Ann Arden", "AUD"),)}, "credentials-not-accepted"),
        ({"people": (physician("Ann Arden", "PHD", "DABNM"),)}, "credentials-not-accepted"),
        ({"people": (replace(physician(), credentials=()),)}, "no-credentials"),
        ({"people": (physician("Bo Birch"), physician("Cy Cole"))}, "no-credentials"),
        ({"pos": "11"}, "pos-non-facility"),
        ({"pos": "77"}, "pos-non-facility"),
        ({"modalities": ()}, "no-listed-primary"),
        ({"modalities": (study("ECOG"),)}, "no-listed-primary"),
        ({"conflicts": (TimeConflict("start", "08:00", "07:50", "log", said("x")),)}, "time-conflict"),
        ({"signatures": ()}, "unsigned"),
        ({"signatures": (Signature(False, None, None, said("____")),)}, "unsigned"),
        ({"signatures": (Signature(True, None, None, said("DRAFT"), draft=True),)}, "unsigned"),
        ({"patients": (said("A"), said("B"))}, "mixed-patients"),
        ({"poor_text": True}, "low-text-quality"),
        ({"stop_before_start": True}, "stop-before-start"),
    ],
)
def test_each_gap_alone_makes_the_remote_line_a_query(change: dict[str, object], gap: str) -> None:
    case = record(REMOTE, **change)
    assert gaps(case) == (gap,)
    assert {status for _, _, status in time_lines(case)} == {"query"}


def test_a_place_that_is_not_documented_is_no_gap_and_an_unusual_facility_is_none_either() -> None:
    assert time_lines(record(ROOM, pos=None)) == [("95940", 13, "supported")]
    assert time_lines(record(ROOM, pos="23")) == [("95940", 13, "supported")]


def test_in_room_work_needs_no_stated_communication() -> None:
    assert time_lines(record(ROOM, communication=None)) == [("95940", 13, "supported")]
    assert time_lines(record(spell("in_room", 0, 200, False), communication=None), "commercial") == [("95941", 3, "supported")]


def test_a_signature_beside_a_draft_mark_is_a_signature() -> None:
    marks = (Signature(False, None, None, said("draft"), draft=True), Signature(True, "A", None, said("signed")))
    assert time_lines(record(ROOM, signatures=marks)) == [("95940", 13, "supported")]


@pytest.mark.parametrize(
    ("segments", "more", "gap"),
    [
        ((segment(-20, 0, "baseline"), Segment("monitoring", None, START + timedelta(minutes=200), ())), {}, "start-assumed"),
        ((Segment("monitoring", START, None, ()),), {"last_report": START + timedelta(minutes=200)}, "end-assumed"),
        ((segment(0, 200), Segment("interruption", START + timedelta(minutes=90), None, ())), {}, "interruption-open"),
    ],
)
def test_doubts_about_the_minutes_make_the_line_a_query(segments: tuple[Segment, ...], more: dict[str, object], gap: str) -> None:
    case = record(ROOM, segments=segments, **more)
    assert gaps(case) == (gap,)
    assert [units for _, units, _ in time_lines(case)] == [13]


@pytest.mark.parametrize(("side", "gap"), [("start", "attendance-start-assumed"), ("end", "attendance-end-assumed")])
def test_attendance_that_is_only_said_to_begin_or_to_end_makes_the_line_a_query(side: str, gap: str) -> None:
    case = record(replace(REMOTE, **{side: None}), segments=(segment(0, 200),))
    assert gaps(case) == (gap,)
    assert [(code, status) for code, _, status in time_lines(case)] == [("G0453", "query")]


def test_a_duration_alone_is_a_query() -> None:
    whole = replace(REMOTE, start=None, end=None, whole_case=True)
    case = record(whole, duration=StatedTotal("minutes", 185, None, ("setup",), 25, said("3 h 5")))
    assert time_lines(case) == [("G0453", 11, "query")]
    assert gaps(case) == ("duration-only",)


def test_minutes_that_cannot_be_told_give_a_line_without_units() -> None:
    case = record(REMOTE, segments=(Segment("monitoring", None, START + timedelta(minutes=100), said("end")),))
    line = codes(case)[0]
    assert (line.code, line.units, line.status, line.professional) == ("G0453", None, "query", "Ann Arden")
    assert line.gaps == ("start-missing",)
    assert line.evidence == REMOTE.evidence
    assert (line.units_least, line.units_most) == (0, 7)


@pytest.mark.parametrize(
    ("why", "people"),
    [({"read_afterwards": said("next day")}, (REMOTE,)), ({"only_operator_monitors": True}, (REMOTE,)), ({}, ())],
)
def test_without_a_professional_who_watched_there_is_no_time_code(why: dict[str, object], people: tuple[object, ...]) -> None:
    case = record(*people, segments=(segment(0, 200),), **why)
    assert time_lines(case) == []
    assert brief(codes(case), "base") == [("95925", 1, "supported")]


def test_shared_minutes_on_a_payer_that_takes_none_are_not_reportable_and_say_why() -> None:
    remote = refused(record(spell("remote", 0, 200, False)))[0]
    assert (remote.code, remote.rule) == ("G0453", "concurrent-cases")
    assert "200 min" in remote.rationale
    assert remote.evidence[0].text.startswith("Ann Arden remote")
    room = refused(record(spell("in_room", 0, 200, False)))[0]
    assert (room.code, room.rule) == ("95940", "concurrent-cases")


def test_remote_minutes_on_a_payer_that_pays_none_are_not_reportable() -> None:
    case = record(REMOTE)
    assert time_lines(case, "no-remote") == []
    assert [(n.code, n.rule) for n in refused(case, "no-remote")] == [(None, "code-not-valid-for-payer")]


@pytest.mark.parametrize(("minutes", "payer", "code"), [(7, "medicare", "G0453"), (30, "commercial", "95941")])
def test_minutes_under_the_first_unit_are_named_and_not_billed(minutes: int, payer: str, code: str) -> None:
    case = record(spell("remote", 0, minutes))
    assert time_lines(case, payer) == []
    refusal = refused(case, payer)[0]
    assert (refusal.code, refusal.rule) == (code, "below-minimum")
    assert f"{minutes} min, under {minutes + 1}: no unit" in refusal.rationale
    assert refusal.evidence


def test_no_minutes_at_all_give_neither_line_nor_refusal() -> None:
    case = record(spell("remote", 300, 400), segments=(segment(0, 200),))
    assert time_lines(case) == []
    assert refused(case) == ()


def test_minutes_of_one_professional_under_one_code_are_summed_before_rounding() -> None:
    case = record(spell("remote", 0, 20), spell("remote", 20, 40, None))
    assert time_lines(case) == [("G0453", 3, "query")]
    assert "20 min remote, exclusive attention stated; 20 min remote, exclusivity not stated" in codes(case)[0].rationale
    mixed = record(spell("in_room", 0, 20, False), spell("remote", 20, 40))
    assert time_lines(mixed, "commercial") == [("95941", 1, "supported")]


def test_each_professional_has_a_line_of_his_own_rounded_apart() -> None:
    case = record(spell("remote", 0, 22, who="Dr A"), spell("remote", 22, 44, who="Dr B"))
    assert [(line.professional, line.units) for line in codes(case) if line.kind == "time"] == [("Dr A", 1), ("Dr B", 1)]


def test_a_gap_of_one_professional_is_not_that_of_the_other() -> None:
    people = (physician("Dr A"), replace(physician("Dr B"), credentials=()))
    case = record(spell("remote", 0, 60, who="Dr A"), spell("remote", 60, 120, who="Dr B"), people=people)
    assert [line.gaps for line in codes(case) if line.kind == "time"] == [(), ("no-credentials",)]
    room = record(spell("in_room", 0, 60, who="Dr A"), spell("in_room", 60, 120, None, who="Dr B"))
    assert [line.gaps for line in codes(room) if line.kind == "time"] == [(), ("exclusivity-not-stated",)]


def test_each_line_shows_the_evidence_of_its_own_professional_and_its_own_bounds() -> None:
    case = record(spell("remote", 0, 60, who="Dr A"), spell("remote", 60, 130, who="Dr B"))
    lines = [line for line in codes(case) if line.kind == "time"]
    assert [[e.text for e in line.evidence] for line in lines] == [
        ["Dr A remote 0-60", "monitoring"],
        ["Dr B remote 60-130", "monitoring"],
    ]
    assert [(line.units, line.units_least, line.units_most) for line in lines] == [(4, 4, 4), (5, 5, 5)]


def test_unsaid_exclusivity_outside_the_counted_time_is_no_gap() -> None:
    for early, late in ((-60, 0), (200, 260)):
        case = record(ROOM, spell("in_room", early, late, None), segments=(segment(0, 200),))
        assert gaps(case) == ()


def test_an_unstated_mode_leaves_the_line_of_stated_minutes_supported() -> None:
    case = record(spell("remote", 0, 60), spell("unstated", 60, 120))
    assert time_lines(case) == [("G0453", 4, "supported")]


def test_mapping_without_times_makes_the_time_code_a_query() -> None:
    case = record(ROOM, modalities=(SSEP, study("CORTICAL_MAPPING")))
    assert gaps(case) == ("mapping-times-missing",)


def test_a_professional_is_found_by_name_by_last_name_or_by_being_the_only_one() -> None:
    people = (physician("Ann Arden"), physician("Bo Birch"))
    case = record(ROOM, people=people)
    assert person_named(case, "ann arden") is people[0]
    assert person_named(case, "B. Birch") is people[1]
    assert person_named(case, "Cy Cole") is None
    assert person_named(case, None) is None
    assert person_named(record(ROOM, people=people[:1]), None) is people[0]


def test_the_line_shows_its_sum_its_place_and_its_evidence() -> None:
    line = codes(record(spell("remote", 0, 213)))[0]
    assert line.rationale == (
        "Ann Arden: 213 min remote, exclusive attention stated. 213 min = 14 whole quarters + 3 min, under 8: 14 units"
    )
    assert [e.text for e in line.evidence] == ["Ann Arden remote 0-213", "monitoring"]
    assert (line.name, line.kind, line.modifiers) == ("name of G0453", "time", ())
    assert (line.units_least, line.units_most) == (14, 14)


def test_an_assumed_end_shows_the_fewest_and_the_most_units() -> None:
    open_end = replace(ROOM, end=None)
    more = (Segment("monitoring", START, None, ()), segment(250, 260, "removal"))
    line = codes(record(open_end, segments=more, last_report=START + timedelta(minutes=200)))[0]
    assert (line.units, line.units_least, line.units_most) == (13, 13, 17)
    unknown = codes(record(open_end, segments=more[:1], last_report=START + timedelta(minutes=200)))[0]
    assert (unknown.units_least, unknown.units_most) == (13, None)


def test_open_minutes_of_several_professionals_have_no_bounds_of_their_own() -> None:
    both = (spell("remote", 0, 60, who="Dr A"), replace(spell("remote", 60, 200, who="Dr B"), end=None))
    segments = (Segment("monitoring", START, None, ()), segment(250, 260, "removal"))
    lines = codes(record(*both, segments=segments, last_report=START + timedelta(minutes=200)))
    assert [(line.units_least, line.units_most) for line in lines if line.kind == "time"] == [(None, None), (None, None)]


def test_what_would_change_names_everything_that_is_missing_and_nothing_else() -> None:
    case = record(spell("remote", 0, 200, None), communication=None, signatures=())
    changes = what_would_change(codes(case))
    assert [(c.code, c.missing) for c in changes] == [
        ("G0453", (MISSING["no-communication"], MISSING["exclusivity-not-stated"], MISSING["unsigned"])),
        ("95925", (MISSING["unsigned"],)),
    ]
    assert what_would_change(codes(record(REMOTE))) == ()


def test_two_gaps_closed_by_one_statement_are_named_once_and_equal_lines_once() -> None:
    lines = codes(record(spell("remote", 0, 60, who="Dr A"), spell("remote", 60, 120, who="Dr B"), real_time=None))
    assert [c.missing for c in what_would_change(lines)] == [(MISSING["not-real-time"],)]


def test_every_gap_that_can_arise_has_its_words() -> None:
    bad = record(
        spell("remote", 0, 200, None),
        pos="11",
        people=(physician("Ann Arden", "AUD"),),
        real_time=None,
        communication=None,
        modalities=(study("EEG"), study("CORTICAL_MAPPING")),
        mapping_in_room=True,
        signatures=(),
        poor_text=True,
        patients=(said("A"), said("B")),
    )
    lines, _ = suggest_codes(bad, count_minutes(bad), _policy())
    found = {gap for line in lines for gap in line.gaps}
    assert found <= set(MISSING)
    assert len(found) >= 10


def _policy() -> FakePolicy:

    return FakePolicy()


@pytest.mark.parametrize(
    ("why", "people", "rule", "named"),
    [
        ({"read_afterwards": said("next day")}, (REMOTE,), "not-real-time", ["95940", "G0453"]),
        ({"only_operator_monitors": True, "operator_monitors": said("ran it myself")}, (), "monitor-is-operator", ["95940"]),
        ({}, (), "no-professional", ["95940", "G0453"]),
    ],
)
def test_a_monitoring_that_nobody_attended_is_named_as_not_reportable(
    why: dict[str, object], people: tuple[object, ...], rule: str, named: list[str]
) -> None:
    case = record(*people, segments=(segment(0, 200),), **why)
    if not people:
        case = replace(case, encounter=replace(case.encounter, professionals=()), attendance=())
    items = [item for item in refused(case) if item.rule == rule]
    assert [item.code for item in items] == named
    assert all(item.evidence for item in items)
