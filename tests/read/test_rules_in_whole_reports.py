"""Which rules whole statements raise and which not: studies meant and left out, totals in units, others' rooms, who watched."""

from __future__ import annotations

import pytest

from ionm_notes.audit import Audit, audit_payers
from ionm_notes.ingest import read_bytes
from tests.bare_report import REPORT, audited

LIVE = "Dr. Hale watched live from her office, this case only, in contact by chat. "
REMOTE = "Dr. Hale watched live from her office by chat. "


def _raised(said: str) -> set[str]:
    return {finding.rule for finding in audited(said).findings}


def _read(text: str) -> Audit:
    [audit] = audit_payers(read_bytes("report.txt", text.encode()), ("medicare",))
    return audit


@pytest.mark.parametrize(
    "said",
    [
        "An eight-channel EEG was on the request too, but the head box was needed in another room, so it was let go.",
        "EEG had been talked about at the huddle, yet in the end we did not record it.",
        "I suggested EEG to the surgeon, who saw no use in it.",
        "We meant to add EEG but ran out of channels.",
        "EEG had been intended to guide burst suppression, but the machine lacked the license.",
        "The requisition lists EEG, which was not done.",
        "EEG was to be recorded too but the scalp was inaccessible under the head frame, and none was.",
        "The consent covered EEG too; it was not needed.",
        "EEG was planned and was given a miss.",
    ],
)
def test_a_study_that_was_meant_and_left_out_is_planned_and_not_performed(said: str) -> None:
    audit = audited(LIVE + said)
    assert "planned-not-performed" in {finding.rule for finding in audit.findings}
    assert {line.code for line in audit.codes if line.kind == "base"} == {"95938", "95939"}


@pytest.mark.parametrize(
    "said",
    [
        "EEG was considered reliable throughout.",
        "EEG declined in amplitude after induction but stayed symmetric.",
        "EEG: ordered; done.",
        "EEG had been ordered and was run throughout.",
        "EEG showed no change; a planned shunt was not needed.",
    ],
)
def test_a_study_that_was_ordered_and_done_is_performed(said: str) -> None:
    audit = audited(LIVE + said)
    assert "planned-not-performed" not in {finding.rule for finding in audit.findings}
    assert ("EEG", "performed") in {(m.modality, m.status) for m in audit.case.modalities}


def test_a_missing_cable_is_no_missing_response() -> None:
    rows = (
        "\n\nModality        Ordered    Done\nVEP             yes        no (cable set missing)\nBAEP            yes        yes\n"
    )
    audit = audited(LIVE + rows)
    assert ("VEP", "not_performed", True) in {(m.modality, m.status, m.intended) for m in audit.case.modalities}


def test_what_stands_lines_below_a_labelled_diagnosis_is_no_part_of_it() -> None:
    day = "Electrodes 07:10 - 07:30. Baselines 07:40 - 07:55, reproducible.\n"
    text = (
        REPORT.format(said=LIVE)
        .replace("Technologist:", "EMG of the tibialis anterior, both legs.\nTechnologist:")
        .replace(day, day)
    )
    assert "EMG" in {m.modality for m in _read(text).case.modalities if m.status == "performed"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("That makes 12 fifteen-minute units.", True),
        ("That makes 8 fifteen-minute units.", False),
        ("Total 12 units of 15 minutes.", True),
        ("Total 8 units of 15 minutes.", False),
        ("In all 8 quarter hours.", False),
        ("Billable: 12 units.", True),
        ("120 minutes, i.e. 9 units.", True),
        ("Units (15 min): 12", True),
        ("= 12 x 15 min", True),
        ("Two units of blood were given.", False),
        ("Transfused: 2 units of red cells.", False),
        ("2 hours of monitoring, which is 2 units on the hourly code.", False),
    ],
)
def test_a_total_in_units_is_held_against_the_minutes(said: str, *, wrong: bool) -> None:
    assert ("stated-total-mismatch" in _raised(LIVE + said)) is wrong


@pytest.mark.parametrize(
    ("said", "exclusive"),
    [
        ("The other two ORs on the list that morning were read by Dr. Lowe; mine was this one alone.", None),
        ("The two other rooms were Dr. Lowe's.", None),
        ("Dr. Lowe had the other two rooms.", None),
        ("Other rooms were with Dr. Lowe, so that she had only this one.", True),
        ("She also watched two cases of Dr. Lowe.", False),
        ("Cases under oversight 08:00-10:00: OR 3 (this patient), OR 7, OR 9", False),
        ("Cases under oversight: this one; two more", False),
        ("Between 08:40 and 09:10 she also had a carotid in OR 2.", False),
    ],
)
def test_rooms_that_somebody_else_had_are_not_the_readers(said: str, *, exclusive: bool | None) -> None:
    assert audited(REMOTE + said).case.exclusive is exclusive


@pytest.mark.parametrize(
    ("said", "late"),
    [
        ("The study was sent to me on a disk the following morning. I paged through the recording and agree.", True),
        ("Oversight: delayed (store and forward).", True),
        ("Dr. Hale wrote the interpretation from the file; nobody had been on line during the case.", True),
        (LIVE + "Final diagnosis: normal intraoperative SSEP.", False),
    ],
)
def test_a_recording_that_was_sent_afterwards_was_not_read_live(said: str, *, late: bool) -> None:
    assert ("not-real-time" in _raised(said)) is late


OPERATOR = """Cedar Falls Surgery Center, POS 24.  Patient Lana Petty, chart 5523, DOB 10/2/1974.   Date 4/8/2025
Total thyroidectomy for goiter; recurrent nerves at risk. Surgeon: Roy Blum, MD. {assistant}
{said}
General anesthesia, sevoflurane. No loss of signal.
Impression: both nerves intact.
Signed: Roy Blum, MD 4/8/2025
"""


@pytest.mark.parametrize(
    ("assistant", "said"),
    [
        ("", "Laryngeal EMG by electrode tube. I set the monitor up myself and listened to it from 09:00 to 10:40."),
        ("\nAssistant: Ruth Abel, MD", "Monitoring of the laryngeal EMG was carried out by Dr. Abel from 09:00 to 10:40."),
        ("", "The laryngeal EMG was watched by the anesthesiologist from 09:00 to 10:40."),
    ],
)
def test_who_watches_for_the_operating_team_is_an_operator(assistant: str, said: str) -> None:
    found = {finding.rule for finding in _read(OPERATOR.format(assistant=assistant, said=said)).findings}
    assert "monitor-is-operator" in found
    assert "no-professional" not in found


def test_both_readers_of_a_list_of_shifts_are_read() -> None:
    said = "\n08:00-09:00  Ada Hale, MD, remote, live, one patient, phone with OR\n"
    said += "09:00-10:00  Lise Frank, MD, remote, live, one patient, phone with OR\n"
    audit = audited(said)
    assert [(a.professional, a.mode) for a in audit.case.attendance] == [("Ada Hale", "remote"), ("Lise Frank", "remote")]
    assert "handoff" in {finding.rule for finding in audit.findings}


def test_a_vessel_that_is_opened_begins_no_monitoring() -> None:
    audit = audited(LIVE + "The right carotid was clamped at 9:15 and opened at 9:48; cortical responses did not change.")
    assert audit.minutes.remote_exclusive == 120
    assert "time-conflict" not in {finding.rule for finding in audit.findings}


def test_sole_attention_said_beside_the_technologists_cell_is_the_readers() -> None:
    text = (
        REPORT.format(said="")
        .replace("Reader: Ada Hale, MD\n", "")
        .replace(
            "Technologist: Max Teck, CNIM, in the operating room throughout",
            "Tech: Max Teck, CNIM, in OR whole case      Reader: Ada Hale, MD, remote, real time, this case only, chat",
        )
    )
    assert _read(text).case.exclusive is True


def test_a_room_attested_for_the_very_hours_of_a_remote_reader_is_a_mode_conflict() -> None:
    header = "\nSupervision: Ada Hale, MD, remote, real time, this case only, chat\n\n"
    attested = "Attestation: I was physically present in the operating room from 08:00 to 10:00 and attended to no other patient."
    assert "mode-conflict" in _raised(header + attested)


def test_a_role_and_name_behind_the_technologist_are_the_professionals() -> None:
    said = "Tech Max Teck, CNIM (in OR at all times); remote physician Ada Hale MD, live, no other patients, chat."
    [row] = audited(said).case.attendance
    assert (row.mode, row.exclusive) == ("remote", True)


def test_typed_lines_that_end_early_are_no_wrapped_sentence() -> None:
    text = REPORT.format(
        said=LIVE + "The technologist and I were in touch all the time, and no change of the responses was seen in the operation."
    )
    text = text.replace(
        "Technologist: Max",
        "Dr. Cutter asked us for monitoring because of weakness of both of the patient's hands as he wrote\nTechnologist: Max",
    )
    assert _read(text).minutes.remote_exclusive == 120


def test_modifiers_in_words_are_read_with_their_charge() -> None:
    assert "modifier-misuse" in _raised(LIVE + "\n\nCharge: 95938 modifiers 26, 50; one unit.")


@pytest.mark.parametrize(
    "said",
    [
        "Room times: patient in 06:50, out 09:50",
        "Patient in/out: 06:50 / 09:50",
        "OR in 06:50 OR out 09:50",
        "Patient entered the room at 06:50 and left it at 09:50.",
        "Times in OR: 06:50-09:50",
    ],
)
def test_monitoring_beyond_the_stay_that_one_label_gives_is_a_time_conflict(said: str) -> None:
    audit = audited(LIVE + "\n" + said)
    assert "time-conflict" in {finding.rule for finding in audit.findings}
    assert "supported" not in {line.status for line in audit.codes if line.kind == "time"}


@pytest.mark.parametrize("said", ["Technologist time in OR 06:50-09:50", "Patient in room 06:50, out of room 10:20"])
def test_a_stay_of_the_technologist_or_around_the_monitoring_contradicts_nothing(said: str) -> None:
    assert "time-conflict" not in _raised(LIVE + "\n" + said)


@pytest.mark.parametrize(
    ("said", "studies"),
    [
        ("Nerve action potentials across the upper trunk, the middle trunk and the suprascapular nerve: present in two.", 3),
        ("A nerve action potential was recorded across the tibial division of the sciatic nerve.", 1),
        ("NAP: C5 root to upper trunk, C6 root to upper trunk, C7 root to middle trunk.", 3),
        ("NAP of the upper and middle trunks.", 2),
        ("NAP across the neuroma of the ulnar nerve; the median nerve was healthy.", 1),
    ],
)
def test_action_potentials_are_counted_by_the_stretches_of_nerve_that_are_named(said: str, studies: int) -> None:
    assert [m.studies for m in audited(LIVE + said).case.modalities if m.modality == "NAP"] == [studies]


def test_who_relieved_the_writer_is_the_next_reader() -> None:
    said = "I watched the recording live from our office until 09:00, when Dr. Simon Parr, MD, relieved me until the end."
    assert "handoff" in _raised(said)


def test_a_study_declined_by_the_surgeon_was_planned() -> None:
    assert "planned-not-performed" in _raised(LIVE + "EEG (declined by surgeon).")


def test_hours_in_words_that_are_no_clock_times_are_asked_about() -> None:
    said = "Dr. Hale was present in the operating room from eight until nine, for this patient only, speaking with the surgeon."
    assert "supported" not in {line.status for line in audited(said).codes if line.kind == "time"}


def test_26_behind_the_units_of_a_charge_is_its_modifier_and_no_place_of_service() -> None:
    audit = audited(LIVE + "\n\nFor the billing office\n95867 | 1 | 26\n95938 | 1 | 21\n")
    lines = {line.code: line for line in audit.case.billing}
    assert (lines["95867"].modifiers, lines["95867"].place_of_service) == (("26",), None)
    assert lines["95938"].place_of_service == "21"
    assert "pos-not-accepted" not in {finding.rule for finding in audit.findings}


def test_the_other_side_of_a_vessel_that_was_worked_on_contradicts_the_operation() -> None:
    report = REPORT.format(said=LIVE + "Transient SSEP reduction during temporary clipping of the right MCA.")
    told = {
        side: {
            f.rule
            for f in _read(
                report.replace("C5-C6 anterior cervical discectomy and fusion", f"clipping of {side} MCA aneurysm")
            ).findings
        }
        for side in ("left", "right")
    }
    assert "laterality-conflict" in told["left"]
    assert "laterality-conflict" not in told["right"]
