"""How billable minutes are counted, rule by rule, as a biller would say it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from day import at, attended, by_column, case, conflict, doubts, fates, monitoring, only, part, said, span

from ionm_notes.timeline import count_minutes
from ionm_notes.types import COLUMNS, Column, Encounter

FORM = (part("setup", "06:50", "07:22"), part("baseline", "07:25", "07:48"), part("removal", "11:35", "11:50"))


def test_monitoring_that_includes_setup_and_baselines_counts_from_the_end_of_the_baselines() -> None:
    minutes = count_minutes(case(*FORM, monitoring("06:50", "11:32"), attended("remote", exclusive=False)))
    assert by_column(minutes) == only("remote_shared", 224)
    assert minutes.overlap == {"setup": 32, "baseline": 23}
    assert doubts(minutes) == []
    assert minutes.monitoring_start == at("07:48")
    assert fates(minutes) == [
        ("06:50", "setup", 32),
        ("07:22", "before-monitoring", 3),
        ("07:25", "baseline", 23),
        ("07:48", "counted", 224),
        ("11:32", "after-monitoring", 3),
        ("11:35", "removal", 15),
    ]


def test_time_outside_monitoring_says_on_which_side_it_lies() -> None:
    lines = count_minutes(case(*FORM, monitoring("07:50", "08:50"), monitoring("09:50", "10:50"), attended())).proof
    why = {f"{line.start:%H:%M}": line.why for line in lines if line.reason.endswith("-monitoring")}
    assert why == {
        "07:22": "counting has not started",
        "07:48": "counting has not started",
        "08:50": "between two spells of monitoring",
        "10:50": "monitoring has ended",
    }


def test_the_proof_reaches_from_the_first_time_of_setup_to_the_last_of_monitoring() -> None:
    day = case(part("setup", None, "07:22"), part("interruption", "09:30", None), monitoring("08:00", "09:00"), attended())
    assert fates(count_minutes(day)) == [("07:22", "before-monitoring", 38), ("08:00", "counted", 60)]


def test_baselines_that_begin_with_stated_monitoring_are_initial_as_one_block() -> None:
    parts = (part("baseline", "07:25", "07:35"), part("baseline", "07:36", "07:48"))
    assert count_minutes(case(*parts, monitoring("07:25", "09:00"), attended())).in_room == 72


@pytest.mark.parametrize("clock", ["08:00", "09:00", "10:00"])
def test_a_point_within_a_stated_spell_adds_nothing(clock: str) -> None:
    for point in (monitoring(clock, None), monitoring(None, clock)):
        minutes = count_minutes(case(monitoring("08:00", "10:00"), point, attended(), last_report=at("11:00")))
        assert (minutes.in_room, doubts(minutes)) == (120, [])


def test_monitoring_that_ends_when_it_starts_is_nought_and_not_null() -> None:
    minutes = count_minutes(case(monitoring("08:00", "08:00"), attended()))
    assert (minutes.in_room, doubts(minutes)) == (0, [])


def test_baselines_before_monitoring_leave_the_stated_start_alone() -> None:
    minutes = count_minutes(case(part("baseline", "07:25", "07:48"), monitoring("07:50", "09:00"), attended()))
    assert by_column(minutes) == only("in_room", 70)
    assert minutes.overlap == {}


def test_baselines_that_run_into_monitoring_push_the_start() -> None:
    minutes = count_minutes(case(part("baseline", "07:25", "07:58"), monitoring("07:50", "09:00"), attended()))
    assert by_column(minutes) == only("in_room", 62)
    assert minutes.overlap == {"baseline": 8}


def test_baselines_repeated_after_initial_ones_are_monitoring() -> None:
    day = case(part("baseline", "07:25", "07:48"), monitoring("07:50", "09:50"), part("baseline", "08:30", "08:40"), attended())
    assert by_column(count_minutes(day)) == only("in_room", 120)


def test_a_baseline_called_repeated_is_monitoring_even_without_initial_ones() -> None:
    day = case(monitoring("07:50", "09:50"), part("baseline", "08:30", "08:40", repeated=True), attended())
    assert by_column(count_minutes(day)) == only("in_room", 120)


@pytest.mark.parametrize(("second", "counted"), [("07:58", 50), ("07:59", 60)])
def test_baselines_of_several_modalities_are_one_block_up_to_ten_minutes_apart(second: str, counted: int) -> None:
    day = case(monitoring("07:00", "09:00"), part("baseline", "07:20", "07:48"), part("baseline", second, "08:10"), attended())
    expected = {50: 50, 60: 72}[counted]
    assert by_column(count_minutes(day)) == only("in_room", expected)


def test_without_a_stated_start_counting_begins_at_the_end_of_the_baselines_and_is_doubtful() -> None:
    minutes = count_minutes(
        case(part("baseline", "08:00", "08:19"), monitoring(None, "10:22"), attended("remote", exclusive=None))
    )
    assert by_column(minutes) == only("remote_unstated", 123)
    assert doubts(minutes) == ["start-assumed"]
    assert (minutes.attendance[0].start, minutes.attendance[0].end) == (at("08:19"), at("10:22"))
    assert minutes.least["remote_unstated"] == 0
    assert minutes.most["remote_unstated"] == 123


def test_without_a_stated_end_counting_and_attendance_of_the_whole_case_stop_at_the_last_report() -> None:
    day = case(
        part("baseline", "07:31", "07:45"),
        monitoring("07:46", None),
        part("interruption", "09:22", "09:40"),
        attended("remote"),
        last_report=at("11:52"),
        last_report_evidence=said("11:52 stable"),
    )
    minutes = count_minutes(day)
    assert by_column(minutes) == only("remote_exclusive", 228)
    assert doubts(minutes) == ["end-assumed"]
    assert minutes.doubts[0].evidence == said("11:52 stable")
    assert (minutes.attendance[0].start, minutes.attendance[0].end) == (at("07:46"), at("11:52"))
    assert minutes.monitoring_end == at("11:52")
    assert "remote_exclusive" not in minutes.most
    assert minutes.least["remote_exclusive"] == 228


def test_without_a_stated_end_attendance_of_its_own_start_keeps_its_end_open() -> None:
    day = case(monitoring("07:46", None), attended("remote", "07:50", None), last_report=at("11:52"))
    minutes = count_minutes(day)
    assert by_column(minutes) == only("remote_exclusive", 242)
    assert (minutes.attendance[0].start, minutes.attendance[0].end) == (at("07:50"), None)


def test_nothing_is_counted_when_the_patient_was_not_in_the_room() -> None:
    day = case(monitoring("11:32", "15:25"), attended("remote"), encounter=Encounter(room_in=at("10:36"), room_out=at("15:12")))
    minutes = count_minutes(day)
    assert by_column(minutes) == only("remote_exclusive", 220)
    assert doubts(minutes) == ["time-conflict"]


def test_an_assumed_end_is_bounded_by_the_removal_of_the_electrodes() -> None:
    day = case(monitoring("08:00", None), part("removal", "10:20", "10:30"), attended(), last_report=at("10:00"))
    minutes = count_minutes(day)
    assert (minutes.in_room, minutes.least["in_room"], minutes.most["in_room"]) == (120, 120, 140)


def test_an_assumed_end_is_bounded_by_the_stay_in_the_room_where_removal_has_no_time() -> None:
    day = case(monitoring("08:00", None), attended(), last_report=at("10:00"), encounter=Encounter(room_out=at("10:45")))
    assert count_minutes(day).most["in_room"] == 165


def test_the_last_stated_presence_ends_counting_where_no_report_is_timed() -> None:
    minutes = count_minutes(case(monitoring("09:12", None), attended("remote", "08:54", "13:31")))
    assert by_column(minutes) == only("remote_exclusive", 259)
    assert doubts(minutes) == ["end-assumed"]


@pytest.mark.parametrize(
    ("facts", "doubt"),
    [
        ((monitoring(None, "10:00"),), "start-missing"),
        ((monitoring("08:00", None),), "end-missing"),
        ((), "start-missing"),
        ((part("baseline", "08:00", "08:10"),), "end-missing"),
    ],
)
def test_without_start_or_end_minutes_are_null(facts: tuple[object, ...], doubt: str) -> None:
    minutes = count_minutes(case(*facts, attended()))
    assert by_column(minutes) == only("in_room", None)
    assert doubts(minutes) == [doubt]
    assert minutes.by_professional == ()


def test_null_minutes_are_bounded_where_the_stay_in_the_room_bounds_them() -> None:
    day = case(monitoring(None, "10:00"), attended(), encounter=Encounter(room_in=at("07:30")))
    minutes = count_minutes(day)
    assert (minutes.least["in_room"], minutes.most["in_room"]) == (0, 150)


def test_a_stop_before_the_start_is_null() -> None:
    for day in (
        case(monitoring("11:00", "09:00"), attended()),
        case(monitoring("09:00", "11:00"), attended(), stop_before_start=True),
    ):
        minutes = count_minutes(day)
        assert by_column(minutes) == only("in_room", None)
        assert doubts(minutes) == ["stop-before-start"]


def test_an_attendance_that_stops_before_it_starts_leaves_its_column_null_and_others_counted() -> None:
    day = case(monitoring("08:00", "10:00"), attended("remote", "09:00", "08:30"), attended("in_room", "08:00", "09:00", who="B"))
    minutes = count_minutes(day)
    assert by_column(minutes) == {**only("in_room", 60), "remote_exclusive": None}
    assert doubts(minutes) == ["stop-before-start"]


def test_a_log_start_and_a_log_end_make_one_spell() -> None:
    minutes = count_minutes(case(monitoring("07:46", None), monitoring(None, "11:32"), attended()))
    assert by_column(minutes) == only("in_room", 226)
    assert doubts(minutes) == []


def test_separate_spells_add_up_and_the_pause_between_is_not_counted() -> None:
    minutes = count_minutes(case(monitoring("08:00", "09:00"), monitoring("10:00", "10:30"), attended()))
    assert by_column(minutes) == only("in_room", 90)
    assert ("09:00", "before-monitoring", 60) in fates(minutes)


def test_interruptions_and_mapping_and_removal_inside_monitoring_are_cut() -> None:
    day = case(
        monitoring("08:00", "12:00"),
        part("interruption", "09:00", "09:10"),
        part("removal", "11:45", "12:00"),
        attended(),
        mapping=(span("10:00", "11:00"),),
    )
    minutes = count_minutes(day)
    assert by_column(minutes) == only("in_room", 240 - 10 - 60 - 15)
    assert minutes.overlap == {"removal": 15}
    assert [reason for _, reason, _ in fates(minutes)] == ["counted", "interruption", "counted", "mapping", "counted", "removal"]


def test_an_interruption_under_another_cut_is_taken_off_once() -> None:
    day = case(
        monitoring("08:00", "12:00"), part("interruption", "10:00", "10:30"), attended(), mapping=(span("10:15", "10:45"),)
    )
    assert by_column(count_minutes(day)) == only("in_room", 195)


def test_an_interruption_without_its_end_leaves_the_count_open() -> None:
    minutes = count_minutes(case(monitoring("08:00", "12:00"), part("interruption", "11:00", None), attended()))
    assert doubts(minutes) == ["interruption-open"]
    assert (minutes.in_room, minutes.least["in_room"], minutes.most["in_room"]) == (240, 180, 240)


def test_an_interruption_without_its_start_may_reach_back_to_the_beginning() -> None:
    minutes = count_minutes(case(monitoring("08:00", "12:00"), part("interruption", None, "11:00"), attended()))
    assert minutes.least["in_room"] == 60


def test_only_attended_monitoring_counts_and_the_rest_is_named() -> None:
    minutes = count_minutes(case(monitoring("08:15", "12:51"), attended("remote", "08:37", "12:51")))
    assert by_column(minutes) == only("remote_exclusive", 254)
    assert minutes.unattended == 22
    assert fates(minutes)[0] == ("08:15", "unattended", 22)


def test_attendance_before_and_after_monitoring_does_not_count() -> None:
    assert by_column(count_minutes(case(monitoring("08:26", "14:51"), attended("in_room", "07:55", "14:55")))) == only(
        "in_room", 385
    )


def test_attendance_open_at_one_end_reaches_to_the_end_of_monitoring() -> None:
    assert count_minutes(case(monitoring("08:00", "10:00"), attended("in_room", "08:30", None))).in_room == 90
    assert count_minutes(case(monitoring("08:00", "10:00"), attended("in_room", None, "09:15"))).in_room == 75


def test_attendance_stands_as_stated_and_takes_from_the_counted_monitoring_only_what_is_left_open() -> None:
    day = case(
        monitoring("08:00", "10:00"),
        attended("remote", None, "09:00", who="A"),
        attended("remote", "09:00", None, who="B"),
        attended("remote", whole_case=False, who="C"),
    )
    shown = [(a.professional, a.start, a.end) for a in count_minutes(day).attendance]
    assert sorted(shown, key=str) == [
        ("A", at("08:00"), at("09:00")),
        ("B", at("09:00"), at("10:00")),
        ("C", at("08:00"), at("10:00")),
    ]


def test_professionals_are_listed_by_name_and_then_by_column() -> None:
    day = case(
        monitoring("08:00", "12:00"),
        attended("remote", "08:00", "09:00", who="B"),
        attended("in_room", "09:00", "10:00", who="B"),
        attended("remote", "10:00", "11:00", who="A"),
        attended("remote", "11:00", "12:00", who=None),
    )
    shown = [(p.professional, p.column) for p in count_minutes(day).by_professional]
    assert shown == [(None, "remote_exclusive"), ("A", "remote_exclusive"), ("B", "in_room"), ("B", "remote_exclusive")]


@pytest.mark.parametrize(
    ("mode", "exclusive", "column"),
    [
        ("in_room", True, "in_room"),
        ("in_room", None, "in_room"),
        ("in_room", False, "in_room_shared"),
        ("remote", True, "remote_exclusive"),
        ("remote", None, "remote_unstated"),
        ("remote", False, "remote_shared"),
        ("nearby", True, "remote_exclusive"),
        ("nearby", None, "remote_unstated"),
        ("nearby", False, "remote_shared"),
    ],
)
def test_place_and_exclusivity_choose_the_column(mode: str, exclusive: bool | None, column: Column) -> None:
    minutes = count_minutes(case(monitoring("08:00", "09:00"), attended(mode, exclusive=exclusive)))
    assert by_column(minutes) == only(column, 60)


def test_a_mode_that_is_not_stated_goes_to_no_column() -> None:
    minutes = count_minutes(case(monitoring("08:00", "09:00"), attended("unstated")))
    assert by_column(minutes) == dict.fromkeys(COLUMNS)
    assert doubts(minutes) == ["mode-unstated"]
    assert fates(minutes) == [("08:00", "mode-unstated", 60)]
    assert minutes.unattended == 0


def test_an_unstated_mode_beside_a_stated_one_leaves_the_stated_minutes() -> None:
    day = case(
        monitoring("08:00", "10:00"), attended("remote", "08:00", "09:00"), attended("unstated", "09:00", "10:00", who="B")
    )
    minutes = count_minutes(day)
    assert by_column(minutes) == only("remote_exclusive", 60)
    assert doubts(minutes) == ["mode-unstated"]


@pytest.mark.parametrize(("mode", "column"), [("remote", "remote_exclusive"), ("in_room", "in_room")])
def test_minutes_allocated_to_this_patient_alone_are_exclusive(mode: str, column: Column) -> None:
    shared: Column = "remote_shared" if mode == "remote" else "in_room_shared"
    day = case(monitoring("08:00", "10:00"), attended(mode, exclusive=False), allocated=(span("08:30", "09:10"),))
    assert by_column(count_minutes(day)) == {**only(column, 40), shared: 80}


def test_a_handoff_counts_each_professional_and_an_overlap_stays_with_the_earlier() -> None:
    day = case(
        monitoring("08:30", "15:10"),
        attended("remote", "08:30", "12:40", who="Dr A"),
        attended("remote", "12:30", "15:10", who="Dr B"),
    )
    minutes = count_minutes(day)
    assert [(p.professional, p.minutes) for p in minutes.by_professional] == [("Dr A", 250), ("Dr B", 150)]
    assert minutes.remote_exclusive == 400


def test_attended_twice_counts_once_in_the_room_before_remote_and_exclusive_before_shared() -> None:
    room = case(
        monitoring("08:00", "10:00"),
        attended("remote", "08:00", "10:00", who="A"),
        attended("in_room", "08:30", "09:00", who="B"),
    )
    assert by_column(count_minutes(room)) == {**only("in_room", 30), "remote_exclusive": 90}
    shared = case(
        monitoring("08:00", "10:00"),
        attended("remote", "08:00", "10:00", exclusive=False, who="A"),
        attended("remote", "08:30", "09:00", exclusive=True, who="B"),
    )
    assert by_column(count_minutes(shared)) == {**only("remote_exclusive", 30), "remote_shared": 90}
    assert doubts(count_minutes(room)) == []


def test_in_the_room_and_remote_at_once_counts_in_the_room_and_is_doubtful() -> None:
    day = case(monitoring("07:58", "11:04"), attended("in_room"), attended("remote", exclusive=None), mode_conflict=said("both"))
    minutes = count_minutes(day)
    assert by_column(minutes) == only("in_room", 186)
    assert doubts(minutes) == ["mode-conflict"]
    assert (minutes.least["in_room"], minutes.most["remote_unstated"]) == (0, 186)


def test_one_professional_timed_in_two_places_is_a_conflict_even_if_nobody_said_so() -> None:
    day = case(monitoring("10:00", "11:30"), attended("in_room", "10:00", "11:00"), attended("remote", "10:30", "11:30"))
    minutes = count_minutes(day)
    assert by_column(minutes) == {**only("in_room", 60), "remote_exclusive": 30}
    assert doubts(minutes) == ["mode-conflict"]
    assert (minutes.least["in_room"], minutes.most["remote_exclusive"]) == (30, 60)


def test_from_the_room_to_the_desk_without_overlap_is_no_conflict() -> None:
    day = case(monitoring("09:12", "10:42"), attended("in_room", "09:12", "09:52"), attended("remote", "09:52", "10:42"))
    assert doubts(count_minutes(day)) == []


def test_contradicting_times_are_a_doubt_with_their_evidence() -> None:
    minutes = count_minutes(case(monitoring("08:15", "13:05"), attended(), conflicts=(conflict(),)))
    assert doubts(minutes) == ["time-conflict"]
    assert minutes.doubts[0].evidence == said("start 08:00")
    assert minutes.in_room == 290


def test_a_case_past_midnight_counts_through() -> None:
    day = case(monitoring("20:34", "+02:07"), part("interruption", "23:18", "23:41"), attended("in_room", "20:28", "+02:12"))
    assert by_column(count_minutes(day)) == only("in_room", 310)


def test_seconds_are_cut_off_before_subtracting() -> None:
    assert count_minutes(case(monitoring("09:00:50", "09:53:10"), attended())).in_room == 53


def test_proof_lines_carry_the_evidence_of_what_counted_and_what_cut() -> None:
    day = case(monitoring("08:00", "10:00"), part("interruption", "09:00", "09:10"), attended("remote", "08:00", "10:00"))
    lines = count_minutes(day).proof
    assert lines[0].evidence == (*said("Ann Arden remote 08:00 10:00"), *said("monitoring 08:00 10:00"))
    assert lines[1].evidence == said("interruption 09:00 09:10")
    assert lines[0].professional == "Ann Arden"


def test_removing_the_only_attendance_leaves_zero_not_null() -> None:
    day = case(monitoring("08:00", "10:00"), attended())
    assert count_minutes(replace(day, attendance=())).in_room == 0
