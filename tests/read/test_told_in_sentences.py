"""What a sentence tells of times: hand-overs with the successor's hours, times that lead, and what stopped for a while."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Interpreting physician: Igor Bell, DO
Technologist: Ana Ruiz, CNIM

"""
SIGNED = "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\nElectronically signed: Igor Bell, DO 03/04/2025 15:10\n"


def _case(text: str) -> Case:
    return read_case(read_bytes("note.txt", (HEAD + text + SIGNED).encode()))


def _hours(case: Case) -> set[tuple[str, str, str]]:
    return {
        (str(a.professional), f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "") for a in case.attendance
    }


def _part(case: Case, kind: str) -> list[tuple[str, str]]:
    return [(f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in case.segments if s.kind == kind]


def test_who_is_handed_the_case_attends_from_then_on() -> None:
    case = _case(
        "Monitoring 07:50 to 16:58. Dr. Whitfield supervised remotely from 07:25 to 13:12. "
        "At 13:12 she handed over to Dr. Bell, who supervised remotely until 17:00."
    )
    assert _hours(case) == {("Dana Whitfield", "07:25", "13:12"), ("Igor Bell", "13:12", "17:00")}


def test_the_anesthesiologist_handing_over_changes_nothing() -> None:
    case = _case(
        "Monitoring 07:50 to 16:58. Dr. Whitfield supervised remotely from 07:25 to 17:00. "
        "At 13:12 the anesthesiologist handed over to Dr. Bell."
    )
    assert ("Dana Whitfield", "07:25", "17:00") in _hours(case)
    assert not any(who == "Igor Bell" for who, _, _ in _hours(case))


def test_times_that_lead_belong_to_what_follows_them() -> None:
    case = _case(
        "At 07:41 Ms. Ruiz started with electrode placement and at 08:12 all electrodes were on. "
        "At 08:18 baseline acquisition began and at 08:38 baselines were complete. At 08:40 monitoring began. "
        "At 13:18 monitoring was ended."
    )
    assert _part(case, "setup")[0][1] == "08:12"
    assert _part(case, "baseline") == [("08:18", "08:38")]
    assert _part(case, "monitoring") == [("08:40", "13:18")]


def test_recording_stopped_from_one_time_to_another_is_an_interruption() -> None:
    case = _case("Monitoring 10:02 to 14:27. Recording stopped 12:15 to 12:29 for want of relief.")
    assert _part(case, "monitoring") == [("10:02", "14:27")]
    assert _part(case, "interruption") == [("12:15", "12:29")]


def test_a_log_that_counts_open_cases_says_whether_attention_was_shared() -> None:
    rows = """Time | User | Event | Sessions open
08:12:41 | dwhitfield | LOGIN, live view | 1
09:02:50 | dwhitfield | CONNECTION LOST | 0
09:09:12 | dwhitfield | RECONNECT, live view | 2
11:58:33 | dwhitfield | LOGOUT | 0"""
    case = _case("Dr. Whitfield watched remotely.\nMonitoring 08:10 to 12:00\n\nReader session log\n" + rows)
    assert [(f"{a.start:%H:%M}", f"{a.end:%H:%M}", a.exclusive) for a in case.attendance if a.start and a.end] == [
        ("08:12", "09:02", True),
        ("09:09", "11:58", False),
    ]


def test_a_time_carried_over_to_the_next_line_ends_its_own_statement() -> None:
    case = _case(
        "Monitoring 07:35 to 11:50.\n\n"
        "Dr. Whitfield watched from the control room next door from 07:33 until\n"
        "09:46. Dr. Bell watched from the control room next door from 09:46\n"
        "until 11:50.\n"
    )
    assert _hours(case) == {("Dana Whitfield", "07:33", "09:46"), ("Igor Bell", "09:46", "11:50")}


def test_a_clock_time_of_a_night_is_on_the_day_on_which_it_falls_within_the_monitoring() -> None:
    rows = (
        "Physician\tOn\tOff\tCases open\nDana Whitfield, MD\t21:36\t00:30\t1 (this one)\n"
        "Igor Bell, DO\t00:30\t02:18\t1 (this one)\n"
    )
    case = _case(
        f"21:36 Monitoring begins\n02:18 Monitoring ends\n\n{rows}\n"
        "Hand-over by voice at 00:30; Dr. Bell had all channels up before Dr. Whitfield signed off."
    )
    assert _hours(case) == {("Dana Whitfield", "21:36", "00:30"), ("Igor Bell", "00:30", "02:18")}
    assert case.conflicts == ()


def test_an_evening_time_before_the_monitoring_stays_on_its_day() -> None:
    case = _case("21:36 Monitoring begins\n02:18 Monitoring ends\n\nDr. Whitfield watched remotely from 21:10 until 02:20.")
    (row,) = case.attendance
    assert row.start is not None
    assert row.end is not None
    assert (row.start.day, row.end.day) == (4, 5)


def test_who_gives_the_case_to_another_is_the_writer_not_the_one_named_behind() -> None:
    case = _case(
        "08:40 Monitoring begins, Dr. Whitfield in the room\n11:15 Dr. Whitfield leaves. Dr. Bell takes over on line\n"
        "14:05 Monitoring ends\n\nAt 11:15 I gave the case to Dr. Bell, by voice, with the figures."
    )
    assert _hours(case) == {("Dana Whitfield", "08:40", "11:15"), ("Igor Bell", "11:15", "")}


def test_a_hand_over_without_a_name_beside_the_entry_of_the_one_who_goes_is_that_ones_end() -> None:
    case = _case(
        "Readers: Dana Whitfield, MD (dwhitfield); Igor Bell, DO (ibell)\n\nLocal time\tUser\tAction\tDetail\n"
        "08:40\tdwhitfield\tREADER.SIGNIN\tremote, live view\n08:41\taruiz\tBASELINE.START\n08:52\tdwhitfield\tBASELINE.ACCEPT\n"
        "08:55\taruiz\tMONITOR.ON\n11:15\tibell\tREADER.SIGNIN\tremote, live view. Verbal handover taken\n"
        "11:15\tdwhitfield\tREADER.SIGNOUT\tend of shift, ibell has the case\n14:05\taruiz\tMONITOR.OFF\n"
        "14:06\tibell\tREADER.SIGNOUT\n"
    )
    assert _hours(case) == {("Dana Whitfield", "08:40", "11:15"), ("Igor Bell", "11:15", "14:06")}
    assert _part(case, "baseline") == [("08:41", "08:52")]


@pytest.mark.parametrize(
    "told",
    [
        "Dr. Whitfield was in OR 3 in person at 07:58 and remained there until 09:10.",
        "Dr. Whitfield was present in the operating room at 07:58 and stayed till 09:10.",
    ],
)
def test_the_time_at_which_somebody_is_in_a_place_begins_the_stay(told: str) -> None:
    assert ("Dana Whitfield", "07:58", "09:10") in _hours(_case(f"Monitoring 07:58 to 10:45. {told}"))


def test_a_place_at_one_time_and_again_at_another_is_no_stay() -> None:
    case = _case("Monitoring 07:58 to 10:45. Dr. Whitfield was in OR 3 at 07:58, when she was asked for, and again at 09:10.")
    assert ("Dana Whitfield", "07:58", "09:10") not in _hours(case)


def test_baselines_gone_over_at_a_time_are_not_recorded_then() -> None:
    case = _case(
        "Baselines 08:44 to 09:03. Monitoring 09:10 to 12:48. Dr. Whitfield watched remotely from 09:31 to 12:48.\n"
        "VPN would not take until 09:31, she went over the baselines as her first act then."
    )
    assert not any("VPN" in doubt.text for doubt in case.times_unread)


def test_charges_that_a_payer_denied_are_charges_and_a_sentence_that_tells_them_again_is_none() -> None:
    case = _case(
        "Denied lines: G0453 x 16, 95938-26 x 1\n\n"
        "The units were worked out from the monitoring time of 7:38 to 11:43, that is 245 minutes, or 16 units of G0453."
    )
    assert [(line.code, line.units) for line in case.billing] == [("G0453", 16), ("95938", 1)]


@pytest.mark.parametrize("label", ["Lines to enter", "Codes to be billed", "Claim lines", "Charges for entry"])
def test_lines_that_somebody_is_to_enter_are_charges(label: str) -> None:
    case = _case(f"{label} | G0453 x 14; 95938 x 1")
    assert [(line.code, line.units) for line in case.billing] == [("G0453", 14), ("95938", 1)]


@pytest.mark.parametrize(
    "told",
    [
        "Dr. Whitfield watched remotely from 21:36 to 00:30 and Dr. Bell from 00:30 to 02:18.",
        "Remote reading by Dr. Whitfield 21:36 to 00:30, by Dr. Bell 00:30 to 02:18.",
        "Dr. Whitfield was at her desk from 9:36 PM to 12:30 AM, Dr. Bell at his from 12:30 AM to 2:18 AM.",
        "Coverage: Whitfield 21:36-00:30; Bell 00:30-02:18.",
    ],
)
def test_a_night_that_a_sentence_shares_out_among_two_readers_goes_on_behind_midnight(told: str) -> None:
    case = _case(f"21:36 Monitoring begins\n02:18 Monitoring ends\n\n{told}")
    assert _hours(case) == {("Dana Whitfield", "21:36", "00:30"), ("Igor Bell", "00:30", "02:18")}
    assert [row.end.day for row in case.attendance if row.end] == [5, 5]


_ONE = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Technologist: Ana Ruiz, CNIM
Surgeon: Paul Jensen, MD

Monitoring 09:14 to 11:02.
"""


def _attended(text: str) -> list[tuple[str, str, bool | None]]:
    """Place, end and exclusivity of each row of a record with one professional."""
    signed = "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    case = read_case(read_bytes("note.txt", (_ONE + text + signed).encode()))
    return [(a.mode, f"{a.end:%H:%M}" if a.end else "", a.exclusive) for a in case.attendance]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("I watched remotely. I told you at once, you paused and irrigated, and it had stopped by 10.01.", ""),
        ("I watched remotely. At 9:58 I saw a burst, rang the room, and it had ended at 10:01.", ""),
        ("I watched remotely. I told the room, they irrigated and the bursts stopped at 10:01.", ""),
        ("I watched remotely and it ended at 10:40.", "10:40"),
        ("I watched remotely and I stopped at 10:40.", "10:40"),
        ("I watched remotely, told the surgeon that I had to go, and left at 10:40.", "10:40"),
    ],
)
def test_a_change_that_was_over_ends_no_watch(text: str, end: str) -> None:
    assert [row[1] for row in _attended(text)] == [end]


@pytest.mark.parametrize(
    ("text", "mode", "alone"),
    [
        ("DW in room for all of it, watched live on the screen, talked to PJ directly", "in_room", None),
        ("DW was in the OR the whole time, no other pt", "in_room", True),
        ("AR in room for all of it", "unstated", None),
        ("DW down 50 percent in room temperature saline", "unstated", None),
        ("Link: live stream with chat to AR; DW has this room open and no other until sign-off", "unstated", True),
        ("Dana Whitfield, MD, neurology. On site in the operating room during the entire monitoring.", "in_room", None),
        ("Ana Ruiz, CNIM. On site in the operating room during the entire monitoring.", "unstated", None),
        ("B. PHYSICIAN ATTENDANCE\nDana Whitfield, MD. On site in the operating room during the monitoring.", "in_room", None),
    ],
)
def test_two_initials_or_a_name_alone_say_who_was_there(text: str, mode: str, alone: bool | None) -> None:
    rows = _attended(text)
    assert [(row[0], row[2]) for row in rows] == [(mode, alone)]


_TAGS = """Time   User        Entry
09:14  {user}  Monitoring opened. Location{first}
10:20  {user}  Location{second}
11:02  {user}  Session closed
"""


@pytest.mark.parametrize(
    ("user", "first", "second", "rows"),
    [
        (
            "dwhitfield",
            " tag set: IN OR 3",
            " tag changed: REMOTE (physician office). Live stream joined",
            [("in_room", "10:20"), ("remote", "11:02")],
        ),
        ("dwhitfield", ": OR 3", ": reading center", [("in_room", "10:20"), ("remote", "11:02")]),
        ("dwhitfield", " = remote", " changed to in OR", [("remote", "10:20"), ("in_room", "11:02")]),
        ("aruiz", ": OR 3", ": PACU", [("unstated", "")]),
        ("aruiz", " tag set: IN OR 3", " tag changed: REMOTE desk", [("unstated", "")]),
    ],
)
def test_a_user_whose_place_a_program_changes_moves_there(
    user: str, first: str, second: str, rows: list[tuple[str, str]]
) -> None:
    assert [row[:2] for row in _attended(_TAGS.format(user=user, first=first, second=second))] == rows


def test_a_stream_that_opens_begins_the_watch_before_the_first_message() -> None:
    text = """Reader: Dana Whitfield, MD   mode=REMOTE
--- ACCESS AUDIT, user dwhitfield ---
09:15:12  LIVE_STREAM_OPEN    (real-time view)
10:47:50  LIVE_STREAM_CLOSE   reason: user logout
--- CHAT ---
09:17:02  DW   hi Ana, in. baselines look fine
10:47:22  DW   stepping off
"""
    signed = "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    case = read_case(read_bytes("note.txt", (_ONE + text + signed).encode()))
    assert [(f"{a.start:%H:%M}", f"{a.end:%H:%M}") for a in case.attendance if a.start and a.end] == [("09:15", "10:47")]


@pytest.mark.parametrize(
    ("words", "trunk"),
    [
        ("Triggered EMG from the right orbicularis oris and mentalis when the surgeon touched the trunk or a branch.", False),
        ("Triggered EMG of the legs and the trunk, rectus abdominis on both sides.", True),
    ],
)
def test_the_trunk_that_a_probe_touches_is_a_nerve(words: str, *, trunk: bool) -> None:
    case = read_case(read_bytes("note.txt", (_ONE + words).encode()))
    assert any(study.region == "trunk" for study in case.modalities) is trunk


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("5 Facility: Ridgevale Center\t6 POS: ☐ 21 ☐ 22 ☒ 24", "24"),
        ("POS: [ ] 21 [x] 22 [ ] 24   Tech in OR? [x] yes [ ] no", "22"),
        ("Place of service: 21 [ ] 22 [x] 24 [ ]", "22"),
        ("Place of service: ☐ Inpatient (21) ☒ Outpatient (22) ☐ ASC (24)", "22"),
        ("6 POS: ☐ 21 ☐ 22 ☐ 24", None),
        ("6 POS: ☒ 21 ☐ 22 ☒ 24", None),
        ("POS: 21", "21"),
    ],
)
def test_the_place_of_service_is_the_one_whose_box_is_ticked(line: str, code: str | None) -> None:
    assert read_case(read_bytes("note.txt", (_ONE + line).encode())).encounter.place_of_service == code


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        ("TOTAL\nPROFESSIONAL\t195 minutes\tANESTHESIA\tPropofol\nTIME", [195]),
        ("TOTAL\nTIME\t195 minutes", [195]),
        ("TOTAL\nANESTHESIA\t195 minutes\nTIME", []),
        ("TOTAL\nTOURNIQUET\t45 minutes", []),
    ],
)
def test_a_total_whose_label_wraps_around_it_is_one(lines: str, minutes: list[int]) -> None:
    case = read_case(read_bytes("note.txt", (_ONE.replace("Monitoring 09:14", "\nMonitoring 09:14") + "\n" + lines).encode()))
    assert [total.amount for total in case.totals] == minutes


_DICTATED = """TRANSCRIPTION SERVICE - JOB 61-0093     STATUS: PRELIMINARY
DICTATED, NOT YET READ OR SIGNED BY THE PHYSICIAN

this is dr rolf haverstock MD neurology dictating a neuromonitoring note
larkmoor surgical hospital, patient is wilhelmina dacosta,
medical record number 209441, inpatient, date of surgery january 22 2026.

at the request of the surgeon dr amos kirkbride i monitored the resection of an intradural schwannoma at L2-L3.
i was in the operating room myself for all of the monitoring, and i had no other case. technologist was
dwayne petrakis CNIM, he stayed in the room throughout.

monitoring was started at 8:41 a.m. and was stopped at 11:57 a.m.
we did somatosensories from the posterior tibial nerves, both sides, and free running EMG from vastus lateralis.
"""


def test_names_in_a_dictation_below_a_head_in_capitals_are_read() -> None:
    case = read_case(read_bytes("note.txt", _DICTATED.encode()))
    assert [p.name for p in case.encounter.professionals] == ["Rolf Haverstock"]
    assert [p.name for p in case.encounter.technologists] == ["Dwayne Petrakis"]
    assert [(a.mode, a.exclusive) for a in case.attendance] == [("in_room", True)]
    assert case.elements["patient_identity"].state == "present"
    assert ("SSEP", "lower") in {(study.modality, study.region) for study in case.modalities}


def test_words_behind_a_patient_in_small_letters_are_no_name() -> None:
    text = _DICTATED.replace("patient is wilhelmina dacosta,\nmedical record number 209441,", "patient is doing quite well,")
    assert read_case(read_bytes("note.txt", text.encode())).elements["patient_identity"].state != "present"


@pytest.mark.parametrize(
    "told",
    [
        "From 11:30 until the end of monitoring SSEP and the electrocorticogram stayed as at baseline.",
        "From 11:30 through the end of monitoring no change was seen.",
        "From 10:40 onwards until the close of monitoring the traces were steady.",
        "Between 11:30 and the end of monitoring the responses were stable.",
        "From 11:30 till monitoring stopped there was no change in the SSEP.",
    ],
)
def test_how_signals_were_from_a_time_to_the_end_begins_no_monitoring(told: str) -> None:
    case = _case(f"Monitoring: 09:00 - 13:10\n\n{told}\n")
    assert _part(case, "monitoring") == [("09:00", "13:10")]
    assert not case.conflicts


@pytest.mark.parametrize(
    "told",
    [
        "From 09:00 until the end of monitoring SSEP and MEP were recorded without any change.",
        "From 09:00 until the end of the operation we monitored SSEP and MEP, which were stable.",
    ],
)
def test_who_monitors_from_a_time_to_the_end_begins_monitoring_then(told: str) -> None:
    assert _part(_case(f"{told} The end of monitoring was at 13:10."), "monitoring") == [("09:00", "13:10")]


@pytest.mark.parametrize("left", ["Left at 11:30; Dr. Bell was to take over.", "Logged off 11:30, Dr. Bell to follow."])
def test_a_going_without_a_subject_is_of_whom_the_words_above_name(left: str) -> None:
    first = f"Dana Whitfield, MD. Remote, live viewing 8:24 AM to 11:30 AM, one patient only, secure chat with Ms. Ruiz. {left}"
    then = "Igor Bell, DO. Logged in remotely 11:38 AM, logged off 2:20 PM. Live viewing, no other cases."
    case = _case(f"Monitoring: 8:24 AM - 2:20 PM\n\n{first}\n\n{then}\n")
    assert _hours(case) == {("Dana Whitfield", "08:24", "11:30"), ("Igor Bell", "11:38", "14:20")}
