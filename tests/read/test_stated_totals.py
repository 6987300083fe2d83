"""What a stated total is taken for: minutes that stand behind their times or in a column, and no clock time, no other work."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Ann Bell   MRN: 44821  DOB: 02/03/1960
Date of service: 03/04/2025
Facility: Mercy Hospital, inpatient
Surgeon: Paul Stone, MD
Interpreting physician: Adela Juarez, DO
Procedure: L4-L5 fusion
Dr. Juarez watched this one case remotely in real time, by chat, from the start of monitoring to its end.

"""
RULES = ("stated-total-mismatch", "time-conflict", "setup-in-monitoring", "baseline-in-monitoring", "removal-in-monitoring")
LOG = """07:05 Electrodes begun
07:20 Electrodes done
07:25 Baselines begun
07:36 Baselines done
07:40 Monitoring started
10:10 Monitoring ended
10:12 Removal begins
10:20 Removal complete
"""
MISMATCH = "stated-total-mismatch"
COUNTED = "\nFor billing: total neuromonitoring time is 165 minutes, counted from the baselines at 07:25 to 10:10."


def _raised(told: str) -> set[str]:
    audit = audit_payers(read_bytes("report.txt", (HEAD + told + "\n").encode()), ("medicare",))[0]
    return {finding.rule for finding in audit.findings} & set(RULES)


@pytest.mark.parametrize(
    "told",
    [
        "Monitoring 07h40 - 10h10 (150 minutes)",
        "Monitoring 07h40 10h10",
        "Monitoring 07h40 to 10h10 (2h30)",
        "Monitoring 07:40 to 10:10, that is 150 minutes.",
        "Monitoring 07:40-10:10. Technologist time in total 269 minutes.",
        "Setup 07:05-07:20 (15 min), monitoring 07:40-10:10 (150 min)",
        "Phase\tBegin\tEnd\tMin\nPreparation\t07:05\t07:20\t15\nMonitoring\t07:40\t10:10\t150",
        "Monitoring 07:40-10:10\nfrom\tto\tmin\tremark\n07:40\t09:00\t80\tstable\n09:00\t10:10\t70\tclosing\n",
    ],
)
def test_a_right_total_and_the_lengths_of_other_things_raise_nothing(told: str) -> None:
    assert _raised(told) == set()


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        (
            "Monitoring ran 3 h 10 min altogether. That figure includes 25 min of hook-up and initial baselines.",
            {"setup", "baseline"},
        ),
        ("Monitoring ran 190 minutes, including 25 min of baselines and hook-up.", {"setup", "baseline"}),
        (
            "Monitoring ran 190 minutes, including 25 min of hook-up, baselines and electrode removal.",
            {"setup", "baseline", "removal"},
        ),
        (
            "Monitoring time was 190 minutes in all, of which 25 minutes were hook-up and recording of baselines.",
            {"setup", "baseline"},
        ),
        ("Monitoring ran 190 minutes, including 25 min of hook-up. Baselines were good.", {"setup"}),
        ("Monitoring ran 190 minutes, including 25 min of hook-up; baselines took 10 min more.", {"setup"}),
    ],
)
def test_parts_that_share_one_length_are_all_inside(told: str, parts: set[str]) -> None:
    duration = read_case(read_bytes("report.txt", (HEAD + told + "\n").encode())).duration
    assert duration is not None
    assert set(duration.includes) == parts


@pytest.mark.parametrize("remark", ["190 min monitoring", "190 minutes of remote monitoring", "(190 min remote monitoring time)"])
def test_the_remark_to_a_charge_states_the_minutes_of_monitoring(remark: str) -> None:
    assert _raised(f"Monitoring 07:40 to 10:10\n\nCPT\tUnits\tRemark\n95938\t1\nG0453\t13\t{remark}\n") == {MISMATCH}


@pytest.mark.parametrize(
    "line", ["95940\t10\tIONM in OR, 15 min", "G0453\t10\tIONM remote, each 15 min", "95941\t3\tIONM remote 1 hr"]
)
def test_the_length_of_a_unit_behind_a_code_is_no_total(line: str) -> None:
    assert _raised(f"Monitoring 07:40 to 10:10\n\nCPT\tUnits\tDescription as keyed\n{line}\n") == set()


@pytest.mark.parametrize("remark", ["15 min monitoring each", "per 15 min", "20 min monitoring break"])
def test_the_remark_to_a_charge_that_says_how_it_counts_states_no_minutes(remark: str) -> None:
    assert _raised(f"Monitoring 07:40 to 10:10\n\nCPT\tUnits\tRemark\n95938\t1\nG0453\t10\t{remark}\n") == set()


@pytest.mark.parametrize(
    "told",
    [
        "Monitoring 07:40 to 10:10, that is 175 minutes.",
        "Monitoring 07h40 to 10h10 (2h45)",
        "Monitoring 07:40-10:10\nmonitored_minutes (auto): 175",
        "Monitoring 07:40-10:10\nReader minutes inside monitoring (computed): 175",
        "Monitoring 07:40-10:10\nsummary.physician_minutes_in_room_total = 175",
        "Phase\tBegin\tEnd\tMin\nPreparation\t07:05\t07:20\t15\nMonitoring\t07:40\t10:10\t175",
    ],
)
def test_a_total_beside_its_own_times_is_held_against_them(told: str) -> None:
    assert _raised(told) == {"stated-total-mismatch"}


@pytest.mark.parametrize(
    ("told", "rules"),
    [
        ("Monitoring: 07:40 to 10:30\n\n" + LOG, {"time-conflict"}),
        ("Monitoring: 07:40 to 10:30, total 170 min\n\n" + LOG, {"time-conflict", "removal-in-monitoring", MISMATCH}),
        (LOG + COUNTED, {"baseline-in-monitoring", MISMATCH}),
        (LOG + "\nTotal monitoring 165 minutes.", {"stated-total-mismatch"}),
        ("Monitoring 07:40-10:10. Total time charged 172 min (setup 22 min included).", {"setup-in-monitoring"}),
    ],
)
def test_what_a_total_was_counted_with_is_said_by_its_own_times(told: str, rules: set[str]) -> None:
    assert _raised(told) == rules


CHARGED = """Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Set-up: 07:20 to 07:55
Baselines: 07:58 to 08:16
Monitoring: 08:18 to 11:52

Charges
"""


@pytest.mark.parametrize(
    ("line", "totals"),
    [
        ("95940 26 19 units Monitoring in OR, 285 min, hook-up and baselines included", [(285, ("setup", "baseline"))]),
        ("95940 x 19: IONM in the operating room, 285 min (take-down included)", [(285, ("removal",))]),
        ("G0453 x 19, monitoring remotely: 285 min", [(285, ())]),
        ("MEP of the leg lost on monitoring in OR 5 min after the clip", []),
        ("95940 x 14 Monitoring in OR", []),
    ],
)
def test_a_charge_line_with_its_place_states_a_total(line: str, totals: list[tuple[int, tuple[str, ...]]]) -> None:
    found = read_case(read_bytes("a.txt", (CHARGED + line + "\n").encode()))
    assert [(total.amount, total.includes) for total in found.totals] == totals


DAY = """Set-up: 12:20 PM to 12:44 PM
Baselines: 12:46 PM to 1:05 PM
Monitoring: 1:12 PM to 4:47 PM
Removal: 4:50 PM to 4:58 PM
"""


@pytest.mark.parametrize(
    ("told", "contested"),
    [
        ("Total monitoring time 267 minutes (12:20 to 4:47, so hook-up and baselines are in it)", False),
        ("Total monitoring time: 267 min, 12:20 PM - 4:47 PM, set-up and baselines included.", False),
        ("Total time of monitoring 12:20-4:47 = 267 min (includes hook-up and BL)", False),
        ("Monitoring time billed: 12:20 PM to 4:47 PM, 267 minutes, with set-up and baselines.", False),
        ("Total monitoring 12:20 PM to 4:58 PM (278 min; hook-up, baselines and take-down counted).", False),
        ("Monitoring incl. set-up and baselines: 12:20 PM to 4:47 PM", False),
        ("Total monitoring time claimed: 12:46 PM - 4:47 PM, 241 min", False),
        ("Billed: monitoring 12:20 PM - 4:47 PM", False),
        ("Total monitoring time claimed: 12:50 PM - 4:47 PM", True),
        ("Total monitoring time claimed: 12:46 PM - 4:40 PM", True),
        ("Total monitoring time 12:20 to 4:47 (267 minutes)", True),
        ("Total monitoring time 247 minutes (12:40 to 4:47, hook-up in it)", True),
        ("Total monitoring time 267 minutes (12:20 to 4:47, hook-up and baselines are not in it)", True),
        ("Monitoring 12:20 to 4:30, hook-up included", True),
    ],
)
def test_an_interval_that_says_what_it_holds_contradicts_no_narrower_one(told: str, contested: bool) -> None:
    assert ("time-conflict" in _raised(DAY + told)) is contested


def test_hours_claimed_contradict_no_start_and_stop_told_apart() -> None:
    day = DAY.replace("Monitoring: 1:12 PM to 4:47 PM", "Monitoring start: 1:12 PM. Monitoring end: 4:47 PM.")
    assert "time-conflict" not in _raised(day + "Time claimed as monitoring: 12:46 PM to 4:47 PM (241 min)")
    assert "time-conflict" in _raised(day + "Time claimed as monitoring: 12:46 PM to 4:50 PM (244 min)")


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ("Monitoring lasted 2 h 10 min altogether; from that must be taken eleven minutes when the internet line was down.", 119),
        ("Monitoring lasted 3 hours, minus a quarter of an hour while the server was offline.", 165),
        ("Total monitoring 175 min; a power cut of 8 minutes is to be left out.", 167),
        ("Monitoring lasted 200 minutes, with a hole of six minutes in the middle when the network went away.", 194),
        ("Monitoring lasted 200 minutes in all. Please take from it the seven minutes in which the feed was out.", 193),
        ("Monitoring lasted 150 minutes, the 11 minutes during which the line was down already deducted.", 150),
        ("Monitoring lasted 150 minutes. The internet line was down for ten minutes before monitoring began.", 150),
        ("Monitoring lasted 150 minutes. The phone was down for 11 minutes but I could still see the signals.", 150),
    ],
)
def test_an_outage_told_with_its_length_alone_is_taken_off(told: str, minutes: int) -> None:
    audit = audit_payers(read_bytes("report.txt", (HEAD + told + "\n").encode()), ("medicare",))[0]
    assert audit.minutes.remote_exclusive == minutes
    assert ("interruption" in {finding.rule for finding in audit.findings}) is (minutes in (119, 165, 167, 194, 193))


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ("Monitoring lasted 170 minutes. I attended all of it. Out of it come 25 minutes when nothing was monitored.", 145),
        ("Monitoring lasted 170 minutes. All of it was watched live. From that go 25 minutes of outage.", 145),
        ("Monitoring lasted 170 minutes. I attended all of it. Deduct 25 minutes without signals.", 145),
        ("Monitoring lasted 170 minutes. I attended all of it. Nothing changed within 25 minutes.", 170),
        ("Monitoring lasted 170 minutes. I attended all of it. From that time on, 25 minutes later, all was stable.", 170),
    ],
)
def test_what_is_taken_out_of_a_total_one_sentence_later_is_not_counted(told: str, minutes: int) -> None:
    audit = audit_payers(read_bytes("report.txt", (HEAD + told + "\n").encode()), ("medicare",))[0]
    assert audit.minutes.remote_exclusive == minutes


@pytest.mark.parametrize(
    "total",
    [
        "Total monitoring time for billing, leads on to leads off, 0705 to 1020: 195 minutes.",
        "Total time billed, hook-up to removal, 7:05-10:20 = 195 min",
        "Total monitoring time (electrode placement to removal): 195 minutes",
    ],
)
def test_hours_from_the_first_thing_done_to_the_last_are_a_total_with_everything_in_it(total: str) -> None:
    [audit] = audit_payers(read_bytes("report.txt", f"{HEAD}{LOG}\n{total}\n".encode()), ("medicare",))
    found = {finding.rule for finding in audit.findings}
    assert set(RULES) & found == set(RULES) - {"time-conflict"}
    assert audit.minutes.remote_exclusive == 150


def test_hours_from_set_up_to_removal_are_the_monitoring_where_nothing_else_is() -> None:
    case = read_case(read_bytes("report.txt", f"{HEAD}Monitoring (set-up to removal): 07:05 - 10:20\n".encode()))
    assert [f"{s.start:%H:%M}-{s.end:%H:%M}" for s in case.segments if s.kind == "monitoring"] == ["07:05-10:20"]


def test_minutes_charged_are_a_total_with_what_its_brackets_name_in_it() -> None:
    [total] = read_case(
        read_bytes("report.txt", f"{HEAD}{LOG}\nMinutes charged: 203 (baselines and monitoring).\n".encode())
    ).totals
    assert (total.amount, total.includes) == (203, ("baseline",))


@pytest.mark.parametrize(
    ("rows", "includes", "minutes"),
    [
        ("Monitoring time, total\t3 h 25 min\nincl. baselines\t20 min\nincl. amp down\t10 min", {"baseline", "interruption"}, 30),
        ("Total monitoring time\t205 min\nof which set-up\t25 min", {"setup"}, 25),
        ("Monitoring minutes\t205\nless system restart\t12\nless baselines\t18", {"interruption", "baseline"}, 30),
        ("Monitoring time, total: 205 min\nBaselines (included above): 20 min", {"baseline"}, 20),
        ("Total monitoring time\t205 min\nSet-up\t25 min\nBaselines\t20 min", set(), 0),
        ("Total monitoring time\t205 min\nexcl. baselines\t20 min", set(), 0),
        ("Total monitoring time\t205 min\nincl. closure\t20 min", set(), 0),
        ("Total monitoring time\t205 min\nBaselines (not included)\t20 min", set(), 0),
    ],
)
def test_lines_below_a_total_say_what_stands_inside_it(rows: str, includes: set[str], minutes: int) -> None:
    case = read_case(read_bytes("report.txt", (HEAD + "Item\tTime\n" + rows + "\n").encode()))
    assert case.duration is not None
    assert case.duration.amount == 205
    assert (set(case.duration.includes), case.duration.excludes_minutes) == (includes, minutes)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("1\t95940\tIONM in OR, 15 min\t26\t10", False),
        ("95940-26 x 10  intraoperative monitoring, each 15 minutes", False),
        ("1 G0453 10 REMOTE IONM 15 MIN", False),
        ("95941 x 3 remote neuromonitoring, 60 min", False),
        ("G0453  IONM time 1 hr 15 min", True),
        ("95941 remote, total monitoring time 190 min", True),
        ("Total monitoring time 15 min", True),
        ("Total neuromonitoring time 60 minutes", True),
    ],
)
def test_the_size_of_a_unit_in_a_charge_line_is_no_total(line: str, *, wrong: bool) -> None:
    assert (MISMATCH in _raised(f"{LOG}\nCHARGES\n{line}")) is wrong


@pytest.mark.parametrize(
    "told",
    [
        "We were connected for three hours ten minutes altogether, and of that the opening twenty-five minutes were baselines.",
        "I was on line for 3 hours 10 minutes in all; the opening twenty-five minutes of that were baselines.",
        "My connection was open for 190 minutes all told, and the first 25 of those were baselines.",
    ],
)
def test_a_part_of_what_was_told_is_no_total(told: str) -> None:
    case = read_case(read_bytes("report.txt", (HEAD + told + "\n").encode()))
    assert case.duration is not None
    assert (case.duration.amount, set(case.duration.includes), case.duration.excludes_minutes) == (190, {"baseline"}, 25)


def test_the_combined_time_of_two_readers_is_a_total() -> None:
    case = read_case(read_bytes("report.txt", (HEAD + "Combined professional time both physicians: 309 min.\n").encode()))
    assert case.duration is not None
    assert case.duration.amount == 309


HOURS_ABOVE = """Monitored\t07:00 to 10:22
{line}

"""


@pytest.mark.parametrize(
    ("line", "held"),
    [("Minutes\t202", True), ("Total (min): 202", True), ("Minutes late\t202", False), ("Minutes\t140", False)],
)
def test_minutes_alone_below_the_hours_that_they_are_of_are_a_total(line: str, held: bool) -> None:
    inside = {"setup-in-monitoring", "baseline-in-monitoring", "removal-in-monitoring", MISMATCH}
    assert (inside <= _raised(HOURS_ABOVE.format(line=line) + LOG)) is held


def test_a_total_is_of_the_start_and_end_that_lie_so_far_apart() -> None:
    told = "Monitoring start\t07:00\nMonitoring end\t10:22\nTotal minutes\t202\n\n"
    assert {"setup-in-monitoring", "baseline-in-monitoring", "removal-in-monitoring", MISMATCH} <= _raised(told + LOG)
