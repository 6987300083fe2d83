"""What offices write in many ways: stamps of a log, places of service, hours of a reader, ends without a subject."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.types import Audit

DAY = {
    "setup": "Electrodes on 07:05 to 07:31.",
    "baseline": "Baselines 07:34 to 07:50.",
    "monitoring": "Monitoring 07:55 to 10:40.",
    "removal": "Electrodes off 10:45 to 10:50.",
}
READER = "I supervised remotely from my office in Tulsa, live, from 7:50 to 10:45."


def judged(reader: str = READER, day: Mapping[str, str] = DAY, place: str = "Setting: inpatient") -> Audit:
    report = f"""INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Vera Moss   MRN: 1234567   DOB: 01/02/1960
Date of service: 03/12/2026
Hospital: Saint Orla Hospital
{place}
Procedure: C5-C6 anterior cervical discectomy and fusion for myelopathy
Surgeon: Mark Hathaway, MD, requested monitoring
Neurologist: Anna Ashworth, MD
Technologist: Jonas Jamison, CNIM, present throughout

SSEP median and tibial, both sides. MEP from APB and TA, both sides.

{reader} I had no other case. The technologist and I used the chat.

{" ".join(day.values())}

Impression: stable.
Electronically signed: Anna Ashworth, MD 03/12/2026
"""
    return audit_payers(read_bytes("report.txt", report.encode()), ("medicare",))[0]


def times(audit: Audit, kind: str) -> list[tuple[str | None, str | None]]:
    return [(s.start and f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in audit.case.segments if s.kind == kind]


def time_codes(audit: Audit) -> list[tuple[str, int | None, str]]:
    return [(code.code, code.units, code.status) for code in audit.codes if code.kind == "time"]


@pytest.mark.parametrize(
    "stamp",
    [
        "14APR2026 {bare}",
        "14APR26 {bare}",
        "14-Apr-26 {bare}",
        "20260414 {bare}",
        "14/APR/2026:{colon}",
        "14APR2026:{colon}",
        "14APR2026/{bare}",
        "Tue 04/14 {colon}",
        "Apr 14 {colon}",
        "April 14, 2026 {colon}",
        "4/14 {bare}",
        "14.4.26 {bare}",
        "D1 {colon}",
        "2026-04-14T{colon}:00Z",
    ],
)
def test_a_log_is_read_however_its_rows_are_stamped(stamp: str) -> None:
    entries = (
        ("07:05", "Electrodes on, begin"),
        ("07:31", "Electrodes on, finished"),
        ("07:34", "Baseline recording, begin"),
        ("07:50", "Baseline recording, finished"),
        ("07:55", "Monitoring, begin"),
        ("08:20", "Incision"),
        ("10:40", "Monitoring, end"),
        ("10:45", "Electrodes off, begin"),
        ("10:50", "Electrodes off, finished"),
    )
    log = {clock: stamp.format(colon=clock, bare=clock.replace(":", "")) + f"  {said}\n" for clock, said in entries}
    reader = "Reader connected {} to {}.".format(*(stamp.format(colon=c, bare=c.replace(":", "")) for c in ("07:50", "10:45")))
    audit = judged(f"Remote, live. {reader}", {"log": "\n" + "".join(log.values())})
    assert time_codes(audit) == [("G0453", 11, "supported")]
    assert [times(audit, kind) for kind in DAY] == [
        [("07:05", "07:31")],
        [("07:34", "07:50")],
        [("07:55", "10:40")],
        [("10:45", "10:50")],
    ]


def test_a_day_and_a_time_before_an_entry_are_no_two_times_of_it() -> None:
    log = (
        "\n".join(
            f"03/12\t{clock}\tJJ\t{said}"
            for clock, said in (
                ("07:34", "baselines: start (prone on frame since 07:20)"),
                ("07:50", "baselines: done"),
                ("07:55", "MONITORING ON"),
                ("09:20", "amplifier dropped out, all channels flat"),
                ("09:32", "new amplifier running, all channels back, same as 09:19"),
                ("10:40", "MONITORING OFF"),
            )
        )
        + "\n"
    )
    audit = judged(day={"log": "\nDATE\tCLOCK\tUSER\tTEXT\n" + log})
    assert times(audit, "interruption") == [("09:20", "09:32")]
    assert times(audit, "baseline") == [("07:34", "07:50")]


@pytest.mark.parametrize(
    "place",
    [
        "9 Place of service\t11 - Office (reader's office)",
        "Svc loc: 11",
        "Place of Svc 11",
        "POS on claim: 11",
        "The place of service was put down as 11, Office.",
        "Billed with place of service 11.",
        '"pos": "11"',
        "POS (CMS-1500 box 24B): 11",
        "Type of place: Office (11)",
    ],
)
def test_an_office_as_place_of_service_is_seen_however_it_is_written(place: str) -> None:
    assert time_codes(judged(place=place)) == [("G0453", 11, "query")]


def test_a_place_of_service_on_the_charges_counts_where_the_record_has_none() -> None:
    charges = {"charges": "\n\nClaim sheet\nCode\tUnits\tPlace of service\tICD-10\nG0453\t11\t11\tM50.0\n95938\t1\t11\tM50.0\n"}
    audit = judged(day={**DAY, **charges}, place="")
    assert audit.case.encounter.place_of_service == "11"
    assert time_codes(audit) == [("G0453", 11, "query")]


@pytest.mark.parametrize(
    "hours",
    [
        "I saw every trace as it was acquired, from 7:50 to 10:45.",
        "I had the signals in front of me from 7:50 to 10:45.",
        "My eyes were on the signals from 7:50 to 10:45.",
        "From 7:50 to 10:45 I gave this patient my whole attention.",
        "My session ran from 7:50 to 10:45.",
        "I was on this case from 7:50 to 10:45.",
        "I had the feed from 7:50 to 10:45.",
        "The stream was open on my desk from 7:50 to 10:45.",
        "I interpreted the potentials as they came, 7:50 to 10:45.",
        "Dr. Ashworth: remote, live, 7:50 to 10:45.",
    ],
)
def test_the_hours_of_the_reader_are_told_by_what_lay_before_her(hours: str) -> None:
    audit = judged(f"I supervised remotely from my office in Tulsa, in real time. {hours}")
    assert [(a.mode, a.start and f"{a.start:%H:%M}", a.end and f"{a.end:%H:%M}") for a in audit.case.attendance] == [
        ("remote", "07:50", "10:45")
    ]


@pytest.mark.parametrize(
    ("said", "kind", "start", "end"),
    [
        ("Started watching for real 7 55 am. The cage went in. Stopped 10 40 am, wound closed.", "monitoring", "07:55", "10:40"),
        ("At 7:55 we went into monitoring mode. The end was quiet. I turned it off at 10:40.", "monitoring", "07:55", "10:40"),
        ("Recording in earnest: 7:55 to 10:40.", "monitoring", "07:55", "10:40"),
        ("I ran baselines starting 7:34 and had them at 7:50.", "baseline", "07:34", "07:50"),
        ("The baseline was begun at 7:34 and set at 7:50.", "baseline", "07:34", "07:50"),
        ("A pause was made from 9:20 to 9:32 while the patient was turned.", "interruption", "09:20", "09:32"),
        ("The system was off line between 9:20 and 9:32.", "interruption", "09:20", "09:32"),
    ],
)
def test_an_end_is_of_what_was_begun_though_no_word_repeats_it(said: str, kind: str, start: str, end: str) -> None:
    assert times(judged(day={**DAY, kind: said}), kind) == [(start, end)]


def test_the_mapping_of_roots_is_monitoring() -> None:
    audit = judged(day={**DAY, "course": "Mapping of filum and roots, 9:00 to 9:40: responses at 0.2 mA."})
    assert time_codes(audit) == [("G0453", 11, "supported")]


def test_an_electrode_of_the_surgeon_is_no_set_up() -> None:
    log = (
        "\n07:05 Lead placement begins\n07:31 Leads complete\n07:55 Monitoring begins\n09:10 Dura open, epidural D-wave lead in\n"
        "10:40 Monitoring ends\n"
    )
    assert times(judged(day={"log": log}), "setup") == [("07:05", "07:31")]


def test_a_baseline_set_that_is_opened_is_not_over() -> None:
    log = (
        "\n07:44 MONITORING START, first acquisition, baseline set B0 open\n08:02 Baseline set B0 closed, reader agrees\n"
        "10:40 MONITORING END\n"
    )
    audit = judged(day={"log": log})
    assert times(audit, "baseline") == [("07:44", "08:02")]
    assert time_codes(audit) == [("G0453", 11, "supported")]


def test_a_stop_that_is_followed_by_a_resumption_is_a_pause() -> None:
    log = (
        "\n07:55 Monitoring, begin\n09:20 Amplifier base without power, monitoring stopped\n"
        "09:32 Base on another outlet, monitoring resumed\n10:40 Monitoring, end\n"
    )
    audit = judged(day={"log": log})
    assert times(audit, "interruption") == [("09:20", "09:32")]
    assert times(audit, "monitoring") == [("07:55", "10:40")]


def test_a_login_that_is_off_is_no_coming() -> None:
    rows = (
        ("0755", "JJAM", "IONM Monitoring", "Begin"),
        ("0758", "AASH", "Neurophysiologist login (remote)", "ON - this case only"),
        ("0915", "AASH", "Neurophysiologist login (remote)", "OFF - left for clinic"),
        ("1000", "AASH", "Neurophysiologist login (remote)", "ON"),
        ("1040", "JJAM", "IONM Monitoring", "End"),
        ("1041", "AASH", "Neurophysiologist login (remote)", "OFF"),
    )
    log = "\nTime\tUser\tRow\tValue\n" + "".join("\t".join(row) + "\n" for row in rows)
    audit = judged("I supervised remotely, live.", {"log": log})
    assert [(a.start and f"{a.start:%H:%M}", a.end and f"{a.end:%H:%M}") for a in audit.case.attendance] == [
        ("07:58", "09:15"),
        ("10:00", "10:41"),
    ]


@pytest.mark.parametrize(
    "said", ["I had no other comments.", "The surgeon operated on no other patient.", "There were no other remarks."]
)
def test_what_is_denied_of_other_things_or_people_makes_nobody_alone(said: str) -> None:
    report = judged(f"{READER} {said}").case
    plain = judged(READER).case
    assert [a.exclusive for a in plain.attendance] == [True]
    without = audit_payers(
        read_bytes("report.txt", f"Neurologist: Anna Ashworth, MD\n\n{READER} {said}\n\nMonitoring 07:55 to 10:40.\n".encode()),
        ("medicare",),
    )[0].case
    assert [a.exclusive for a in without.attendance] == [None]
    assert report.attendance == plain.attendance


@pytest.mark.parametrize(
    ("line", "professional"),
    [
        ("STAFF: R. Ashworth MD (reading), M. Hathaway MD (operating)", "R. Ashworth"),
        ("ORD PROV: Hathaway, Mark MD\nREAD MD: Ashworth, Roisin MD", "Ashworth, Roisin"),
        ("Surgeon: Mark Hathaway, MD\nReader of record ROISIN ASHWORTH, M.D.", "ROISIN ASHWORTH"),
        ("Surgeon: Mark Hathaway, MD\nPhysician (IONM): Roisin Ashworth, MD", "Roisin Ashworth"),
        ("Surgeon: Mark Hathaway, MD\nRoisin Ashworth MD PhD, IONM attending", "Roisin Ashworth"),
    ],
)
def test_the_reader_is_told_from_the_surgeon_by_the_words_beside_the_name(line: str, professional: str) -> None:
    encounter = audit_payers(read_bytes("r.txt", f"REPORT\n\n{line}\n\nMonitoring 07:55 to 10:40.\n".encode()), ("medicare",))[
        0
    ].case.encounter
    assert [person.name for person in encounter.professionals] == [professional]
    assert encounter.surgeon is not None
    assert "athaway" in encounter.surgeon.name


def test_the_two_halves_of_a_label_are_both_of_its_time() -> None:
    table = "\nDr. Ashworth on line / monitoring on\t7:55 AM\nMonitoring off / Dr. Ashworth off line\t10:40 AM\n"
    audit = judged("I supervised remotely, live.", {"table": table})
    assert times(audit, "monitoring") == [("07:55", "10:40")]
    assert [(a.start and f"{a.start:%H:%M}", a.end and f"{a.end:%H:%M}") for a in audit.case.attendance] == [("07:55", "10:40")]


def test_the_number_of_a_paper_is_no_hour() -> None:
    report = "IONM CHARGE TICKET No. 2026-0611\nDate of service: 03/12/2026\nMonitoring 13:00-15:10\n"
    case = audit_payers(read_bytes("r.txt", report.encode()), ("medicare",))[0].case
    assert [(s.start and f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in case.segments] == [("13:00", "15:10")]


def test_the_technologist_who_sends_a_message_is_no_reader_in_the_room() -> None:
    mail = (
        "From: Jamison, Jonas\nSent: 03/12/2026 3:40 PM\nTo: Billing\nSubject: stop time\n"
        "I was in OR 10 the whole case, nobody relieved me.\n\n=== REPORT ===\n"
    )
    plain, told = judged(), judged(f"{mail}{READER}")
    assert [(a.mode, a.exclusive) for a in told.case.attendance] == [(a.mode, a.exclusive) for a in plain.case.attendance]
    assert time_codes(told) == time_codes(plain)


def test_what_a_program_fills_into_sentences_is_read_without_its_brackets() -> None:
    filled = (
        "Preparation and electrode application began at [0705] and ended at [0731]. Baseline responses were acquired "
        "between [0734] and [0750]. Monitoring was initiated at [0755] and was discontinued at [1040]."
    )
    audit = judged(day={"filled": filled})
    assert [times(audit, kind) for kind in ("setup", "baseline", "monitoring")] == [
        [("07:05", "07:31")],
        [("07:34", "07:50")],
        [("07:55", "10:40")],
    ]


def test_hours_that_are_no_clock_times_are_for_a_person_to_look_at() -> None:
    audit = judged("I was in the operating room, live, from 8 to 10 and watched remotely from 10 to 12.")
    assert {status for _, _, status in time_codes(audit)} == {"query"}


def test_a_reader_who_is_back_on_line_attends_again() -> None:
    log = (
        "\n07:55 Monitoring start, Dr. Ashworth joined\n09:00 no reader on session\n09:20 reader back on line\n"
        "10:40 Monitoring end\n10:41 Dr. Ashworth disconnected\n"
    )
    audit = judged("I supervised remotely, live.", {"log": log})
    assert [(a.start and f"{a.start:%H:%M}", a.end and f"{a.end:%H:%M}") for a in audit.case.attendance] == [
        ("07:55", "09:00"),
        ("09:20", "10:41"),
    ]


def test_a_surname_misread_from_a_fax_is_no_further_reader() -> None:
    log = (
        "\n07:55 Monitoring start, Dr. Ashworth connected (remote)\n10:01 Dr. Ashworth signs off; case handed over by phone to "
        "Dr. R. Oyeiaran.\n10:01 Dr. R. Oyelaran connected (remote).\n10:40 Monitoring end\n10:41 Dr. R. Oyelaran disconnected\n"
    )
    audit = judged("Both readers watched live.", {"log": log})
    assert [(a.start and f"{a.start:%H:%M}", a.end and f"{a.end:%H:%M}") for a in audit.case.attendance] == [
        ("07:55", "10:01"),
        ("10:01", "10:41"),
    ]
