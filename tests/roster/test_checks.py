"""What several notes say together, and the near-misses that say nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from roster_day import DAY, at, findings, found, report, who

from ionm_notes.policy.store import load_data
from ionm_notes.roster.flow import place
from ionm_notes.roster.kinds import KINDS
from ionm_notes.roster.model import Signed

OTHER = who("Rufus Calloway")


def test_undivided_attention_to_two_patients_at_once_is_told() -> None:
    assert found(report("08:00-10:00"), report("09:55-11:00")) == ["overlap"]


def test_a_case_that_begins_as_another_ends_is_no_overlap() -> None:
    assert found(report("08:00-10:00"), report("10:00-11:00")) == []


def test_an_overlap_counts_whoever_pays() -> None:
    assert found(report("08:00-10:00"), report("09:55-11:00", column="remote_shared", units=0, payers=["commercial"])) == [
        "overlap"
    ]


def test_two_cases_that_both_say_shared_contradict_nothing() -> None:
    shared = [report(span, column="remote_shared", units=0) for span in ("08:00-10:00", "09:00-11:00")]
    assert found(*shared) == []


def test_silence_on_exclusivity_beside_another_case_is_a_warning() -> None:
    silent = [report(span, column="remote_unstated", units=0) for span in ("08:00-10:00", "09:00-11:00")]
    assert found(*silent) == ["overlap-unstated"]


def test_a_case_attended_during_the_interruption_of_another_is_no_overlap() -> None:
    assert found(report("08:00-09:00 09:30-10:00", pauses="09:00-09:30"), report("09:00-09:30")) == []


def test_nobody_is_in_two_operating_rooms_at_once() -> None:
    assert found(report("08:00-10:00", column="in_room"), report("09:50-11:00", column="in_room", units=4)) == ["two-places"]


def test_four_cases_at_once_are_more_than_advised_and_three_are_not() -> None:
    spans = ("08:00-10:00", "08:30-10:00", "08:45-10:00", "09:00-10:00")
    shared = [report(span, column="remote_shared", units=0, payers=["commercial"]) for span in spans]
    assert found(*shared) == ["too-many-cases"]
    assert found(*shared[:3]) == []
    assert found(*shared[:3], most=2) == ["too-many-cases"]


def test_rounding_makes_five_units_of_one_hour() -> None:
    rounded = [report("09:00-09:23"), report("09:23-09:46"), report("09:46-10:00")]
    assert [one.suggested[0].units for one in rounded] == [2, 2, 1]
    told = findings(*rounded)
    assert [one.kind for one in told] == ["units-per-hour"]
    assert "5 units of G0453" in told[0].message
    assert "4 fit" in told[0].message


def test_four_units_in_an_hour_are_lawful() -> None:
    assert found(report("09:00-09:22"), report("09:22-09:45"), report("09:45-10:00")) == []


def test_units_of_a_long_case_may_lie_in_another_hour() -> None:
    assert found(report("08:00-08:37"), report("08:37-09:15")) == []


def test_more_undivided_hours_than_a_day_has() -> None:
    impossible = [report("00:00-13:00"), report("11:30-23:30")]
    assert "impossible-day" in found(*impossible)
    assert "impossible-day" not in found(report("00:00-12:00"), report("12:00-24:00"))
    assert found(report("06:00-12:00"), report("12:00-20:00"), most_hours=12) == ["impossible-day"]


def test_minutes_that_nobody_attended_between_two_professionals() -> None:
    assert found(report("08:00-09:00", second=("09:05-10:00", OTHER))) == ["handoff-hole"]
    assert found(report("08:00-09:00", second=("09:00-10:00", OTHER))) == []


def test_a_hole_within_a_stated_interruption_is_none() -> None:
    assert found(report("08:00-09:00", second=("09:05-10:00", OTHER), pauses="09:00-09:05")) == []


def test_who_left_and_came_back_handed_nothing_over() -> None:
    assert found(report("08:00-09:00 09:05-10:00")) == []


def test_two_professionals_in_the_same_minutes_of_one_case() -> None:
    assert found(report("08:00-09:02", second=("09:00-10:00", OTHER))) == ["handoff-overlap"]


def test_a_technologist_in_two_operations_at_once() -> None:
    tech = who("Ivor Pellamy", "technologist", "CNIM")
    first, second = report("08:00-10:00", others=[tech]), report("09:50-11:00", reader=OTHER, others=[tech])
    assert found(first, second) == ["technologist-two-rooms"]
    assert found(first, report("10:00-11:00", reader=OTHER, others=[tech])) == []


def test_where_two_technologists_are_named_nothing_is_claimed_of_them() -> None:
    tech, relief = who("Ivor Pellamy", "technologist", "CNIM"), who("Ada Fenwick", "technologist", "CNIM")
    assert found(report("08:00-10:00", others=[tech, relief]), report("09:50-11:00", reader=OTHER, others=[tech])) == []


def test_the_surgeon_who_monitors_is_told_by_attendance_by_signature_and_by_the_report() -> None:
    surgeon = who("Ottoline Brask", "surgeon")
    assert found(report(reader=who("Ottoline Brask"), others=[surgeon])) == ["surgeon-monitors"]
    signed = replace(report(others=[surgeon]), signed=(Signed("Ottoline Brask", DAY, None),))
    assert found(signed) == ["surgeon-monitors"]
    assert found(report(others=[surgeon], operator_monitors=True)) == ["surgeon-monitors"]
    assert found(report(others=[surgeon])) == []


def test_a_surgeon_who_watches_another_case_while_operating() -> None:
    surgeon = who("Ottoline Brask", "surgeon")
    assert found(report("08:00-10:00", others=[surgeon]), report("09:00-09:30", reader=who("Ottoline Brask"))) == [
        "surgeon-monitors"
    ]
    assert found(report("08:00-10:00", others=[surgeon]), report("10:00-10:30", reader=who("Ottoline Brask"))) == []


def test_a_later_version_of_a_report_does_not_overlap_the_first() -> None:
    assert found(report("08:00-10:00", patient="Ann Sorrel"), report("08:00-10:15", patient="Ann Sorrel")) == []


def test_a_copy_of_a_report_that_does_not_tell_the_patient_is_no_second_case() -> None:
    first = report("08:00-10:00")
    assert found(first, replace(report("08:00-10:00"), patient=())) == []
    assert found(replace(first, patient=()), replace(report("08:00-10:01"), patient=())) != []


def test_every_kind_has_its_words_and_sources() -> None:
    known = load_data().references
    assert {ref for kind in KINDS.values() for ref in kind.cites} - set(known) <= {"k"}
    assert all(kind.title and kind.why and kind.remedy for kind in KINDS.values())


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=3), st.data())
def test_units_are_placed_as_well_as_by_trying_every_way(units: list[int], data: st.DataObject) -> None:
    room = {hour: data.draw(st.integers(0, 3)) for hour in range(2)}
    most = {(case, hour): data.draw(st.integers(0, 3)) for case in range(len(units)) for hour in range(2)}
    best = 0
    ways: list[list[tuple[int, int]]] = [[(a, b) for a in range(u + 1) for b in range(u + 1 - a)] for u in units]

    def tried(case: int, left: tuple[int, int]) -> int:
        if case == len(units):
            return 0
        return max(
            a + b + tried(case + 1, (left[0] - a, left[1] - b))
            for a, b in ways[case]
            if a <= min(left[0], most[case, 0]) and b <= min(left[1], most[case, 1])
        )

    best = tried(0, (room[0], room[1]))
    placing = place(dict(enumerate(units)), room, most)
    assert placing.placed == best
    must = sum(units[c] - sum(most[c, h] for h in room if h not in placing.hours) for c in placing.cases)
    assert must - sum(room[h] for h in placing.hours) == sum(units) - best, "the cut proves what is over"


def test_the_moment_of_a_finding_is_that_of_the_overlap() -> None:
    (only,) = findings(report("08:00-10:00"), report("09:55-11:00"))
    assert (only.start, only.end, only.day) == (at("09:55"), at("10:00"), DAY)
