"""What a record tells against its own claims, or leaves unread beside what was read, makes a query and never a supported line."""

from __future__ import annotations

import pytest
from bare_report import audited

LIVE = "All of it was watched live, with a chat window open to the technologist.\n\n"
REMOTE = (
    "Dr. Hale watched the signals live from her home office from 08:00 to 10:00, with a chat window open to the technologist.\n\n"
)
ALONE = "This was her only case.\n\n"
ROOM = "Dr. Hale was in the operating room from 08:00 to 10:00. This was her only case.\n\n"


def supported(said: str) -> list[tuple[str, int | None]]:
    """The supported time codes with their units."""
    return [(c.code, c.units) for c in audited(said).codes if c.kind == "time" and c.status == "supported"]


def test_the_claims_alone_are_believed() -> None:
    assert supported(REMOTE + ALONE) == [("G0453", 8)]
    assert supported(ROOM) == [("95940", 8)]


@pytest.mark.parametrize(
    "said",
    [
        # one row, line or part of several was not read, or has no place, or its load is not understood
        "Part 1: 08:00 to 09:00, Dr. Hale in OR 4, one case.\nPart 2: 09:00 to 10:00, Dr. Hale.\n",
        "Segment A 08:00-09:00 Dr. Hale, from home, sole case\nSegment B 09:00-10:00 as Segment A but two-up\n",
        "Reader log\nOn\tOff\tSite\tOpen cases\n08:00\t08:50\thome\t1\n08:50\t09:30\thome\t?\n09:30\t10:00\thome\t1\n",
    ],
)
def test_what_was_not_read_beside_what_was_is_doubt(said: str) -> None:
    assert supported(LIVE + said) == []


def test_a_ticked_box_beside_its_own_words_shares_a_row_out() -> None:
    said = (
        "Physician attendance\nFrom\tTo\tPlace\tPatients watched\n"
        "08:00\t09:00\t[X] in this OR [ ] remote\t[X] this patient only [ ] more than one\n"
        "09:00\t10:00\t[X] in this OR [ ] remote\t[ ] this patient only [X] more than one: OR 6 on a tablet\n"
    )
    assert supported(LIVE + said) == [("95940", 4)]


def test_one_in_front_and_a_second_on_the_tablet_are_two() -> None:
    said = (
        "Physician attendance\nFrom\tTo\tPlace\tLoad\n08:00\t09:00\tin room\tone\n"
        "09:00\t10:00\tin room\tone in front, a second room on the tablet\n"
    )
    assert supported(LIVE + said) == [("95940", 4)]


@pytest.mark.parametrize(
    "said",
    [
        "Sessions open under user ahale on 03/04/2025\nRoom\tOpened\tClosed\nELM-OR4\t07:58\t10:03\nOAK-OR2\t08:31\t09:47\n",
        "Chat 08:45 hale: sorry, was looking at the other room\n",
        "Chat 08:45 Hale: one sec, my other case is alerting\n",
        "Log 08:52  Dr. Hale on with OR 2 as well, back to us 08:58\n",
        "note: two live views were open under ahale on this date between 08:00 and 10:00\n",
        "Correction: the statement on exclusivity above was entered in error.\n",
        "Tech note: Dr. Hale did not come on until 09:00.\n",
    ],
)
def test_what_speaks_against_the_claim_is_doubt(said: str) -> None:
    assert supported(REMOTE + ALONE + said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Sessions open under user ahale on 03/04/2025\nRoom\tOpened\tClosed\nELM-OR4\t07:58\t10:03\nOAK-OR2\t10:31\t11:47\n",
        "note: no other live view was open under ahale on this date between 08:00 and 10:00\n",
        "Concurrent cases at peak: 1 (this one)\n",
    ],
)
def test_what_does_not_speak_against_it_leaves_it_supported(said: str) -> None:
    assert supported(REMOTE + ALONE + said) == [("G0453", 8)]


def test_an_audit_trail_from_elsewhere_contradicts_the_attestation_of_the_room() -> None:
    said = (
        "I was physically present in the operating room from 08:00 to 10:00 and had no other case.\n\nVIEWER AUDIT TRAIL\n"
        "time\tuser\tworkstation\taction\n08:00:12\tahale\tHOME-VPN (remote)\tlive view opened, OR4\n"
        "08:41:05\tahale\tHOME-VPN (remote)\tchat to mteck: good\n10:00:30\tahale\tHOME-VPN (remote)\tlive view closed, OR4\n"
    )
    audit = audited(said)
    assert "mode-conflict" in {finding.rule for finding in audit.findings}
    assert [(c.code, c.units, c.status) for c in audit.codes if c.kind == "time"] == [("95940", 8, "query")]


@pytest.mark.parametrize(
    "said",
    [
        "Unless otherwise noted, the reader attends to one patient at a time.",
        "Template text: The reading physician devoted exclusive attention to this patient. [delete if not applicable]",
        "Standard statement (select): ___ exclusive attention / ___ concurrent cases",
        "Exclusive attention: default yes (auto-filled)",
        "The case was to be read by a dedicated physician with no other case.",
        "The plan was for Dr. Hale to have no other rooms.",
        "If staffing allowed, Dr. Hale had only this case.",
        "As far as possible Dr. Hale watched this patient alone.",
        "Dr. Hale watched this patient alone for most of the case.",
        "Except during the exposure this was Dr. Hale's only case.",
        "I believe this was my only case.",
        "Dr. Hale's only case until 09:00. After that a craniotomy was added to her list.",
    ],
)
def test_sole_attention_that_nobody_vouches_for_is_none(said: str) -> None:
    assert supported(REMOTE + said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Audit trail, user ahale\n08:00:10 opened ELM-OR4\n08:31:02 opened OAK-OR2\n09:47:55 closed OAK-OR2\n",
        "Technologist's remark: Dr. Hale answered late because she was busy with another room.\n",
        "Surgeon's note: no neurologist was available by phone or remotely during the decompression.\n",
    ],
)
def test_rooms_that_a_program_or_somebody_else_tells_of_are_doubt(said: str) -> None:
    assert supported(REMOTE + ALONE + said) == []


@pytest.mark.parametrize(
    "said",
    [
        "On 03/03/2025 Dr. Hale had no other case.",
        "In the prior stage of 02/20/2025 I watched this patient alone.",
        "For patient Brown, MRN 99887, the reader had no other case.",
        "My colleague Dr. Brandt followed no other patient.",
        "I try to follow one patient at a time.",
        "I followed no other patient, apart from a short while.",
        "During the decompression I followed no other patient.",
        "By contract each case has its own reader.",
        "Exclusive: technologist yes; physician no",
    ],
)
def test_sole_attention_of_another_day_person_or_part_is_none(said: str) -> None:
    assert supported(REMOTE + said) == []


@pytest.mark.parametrize("said", ["Mode of supervision: in person\n\n", "[X] In room  [ ] Remote\n\n"])
def test_a_form_that_places_the_reader_elsewhere_contradicts_the_narrative(said: str) -> None:
    assert supported(said + REMOTE + ALONE) == []


@pytest.mark.parametrize(
    "said",
    [
        "  1)  08:00-08:30   this patient only\n  2)  08:30-09:30   overlapped\n  3)  09:30-10:00   this patient only\n",
        "Block\tClock\tAttention\n1\t08:00-09:10\tundivided\n2\t09:10-10:00\thalf and half with Mercy\n",
    ],
)
def test_sole_attention_in_the_hours_of_a_part_is_none_of_the_whole(said: str) -> None:
    assert supported(LIVE + "Observation blocks, Dr. Hale (off site)\n" + said) == []


@pytest.mark.parametrize(
    "said",
    [
        "The hospital asks that the neurologist be in the room from 08:00 to 10:00 with no other patient.",
        "Order: reader in the room for the whole case, one patient only.",
        "Our neurologists watch live from a reading center, one case at a time, with chat to the room.",
    ],
)
def test_what_is_asked_for_or_wont_to_be_was_not_done_by_anybody(said: str) -> None:
    assert supported(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Note of 03/06/2025: I withdraw my statement about where I was.\n",
        "Technologist: until nine I was without a physician.\n",
        "Technologist: reader could not be reached from 09:20 on.\n",
        "Technologist: Dr. Hale came to theatre at eight and stood next to me until the end.\n",
    ],
)
def test_what_another_says_or_the_writer_takes_back_is_doubt(said: str) -> None:
    assert supported(REMOTE + ALONE + said) == []


def test_a_way_of_watching_that_was_not_taken_places_nobody() -> None:
    assert supported(ROOM + "A remote session was available as a back-up and was not opened.") == [("95940", 8)]


@pytest.mark.parametrize(
    ("against", "harmless"),
    [
        ("08:40 ahale: heading into a meeting, page me\n", "08:40 ahale: heading of the table noted, page me\n"),
        ("Nursing: 0900 HALE OUT FOR PHONE CALL, 0915 BACK IN\n", "Nursing: 0900 HALE ON THE PHONE WITH OR, 0915 STILL ON\n"),
        ("Tech log: 08:30 lunch for Dr. Hale, nobody relieving\n", "Tech log: 08:30 lunch for me, Dr. Hale watching on\n"),
        ("I read along with a couple of short breaks.\n", "I read along without a break.\n"),
        ("Viewer log of ahale: on 09:04, off 11:01\n", "Viewer log of ahale: on 08:00, off 10:00\n"),
        ("Dr. Hale was on for about an hour of it.\n", "Dr. Hale was on for all of it.\n"),
        ("Physician online: not recorded.\n", "Technologist's break: not recorded.\n"),
        ("The attendance log of the physician was lost.\n", "The attendance log of the physician is kept on file.\n"),
        ("I cannot confirm that I had no other case.\n", "I can confirm that I had no other case.\n"),
        ("Version 2. Physician times withdrawn pending review.\n", "Version 2. Physician times unchanged.\n"),
        ("I reviewed the recordings after the case.\n", "I also reviewed the recordings after the case.\n"),
        ("Dr. Hale: 08:00-10:00 OR 2 Cutter, 08:30-09:30 OR 5 Li\n", "Dr. Hale: 08:00-10:00 OR 2 Cutter, 11:00-12:00 OR 5 Li\n"),
    ],
)
def test_what_is_told_once_against_the_claim_is_doubt_and_its_harmless_sibling_is_none(against: str, harmless: str) -> None:
    assert supported(REMOTE + ALONE + against) == []
    assert supported(REMOTE + ALONE + harmless) == [("G0453", 8)]


@pytest.mark.parametrize(
    ("against", "harmless"),
    [
        ("I was not in the operating room but next door.\n", "I was in the operating room and not next door.\n"),
        ("At 09:00 Dr. Hale stepped over to the control room.\n", "At 09:00 Dr. Hale spoke over the drape.\n"),
        ("Dr. Hale was called to the ward at 08:40 and back at 09:00.\n", "Dr. Hale was called to the table at 08:40.\n"),
    ],
)
def test_a_stay_in_the_room_that_was_none_or_was_left_is_doubt(against: str, harmless: str) -> None:
    assert supported(ROOM + against) in ([], [("95940", 7)])
    assert supported(ROOM + harmless) == [("95940", 8)]


@pytest.mark.parametrize(
    "said",
    [
        'Form NP-12: "The reader gives exclusive attention to one patient."',
        "G0453 is for one patient at a time.",
        "Dr. Osei, who shared the call with me, had no other case.",
        "[Teck] I have no other case today",
        "Addendum by coding: add exclusive attention per coder request.",
    ],
)
def test_sole_attention_of_a_form_a_code_a_colleague_or_a_wish_is_none(said: str) -> None:
    assert supported(REMOTE + said) == []


@pytest.mark.parametrize(
    "said",
    [
        "One case at a time: off\n",
        "SINGLE-CASE LOCK = OFF\n",
        "Exclusive attention: not met\n",
        "1:1 coverage: not provided\n",
        "1:1 coverage: declined\n",
        "Exclusive: deselected\n",
    ],
)
def test_what_a_form_answers_with_off_or_not_is_not_so(said: str) -> None:
    assert supported(REMOTE + said) == []


def test_another_case_that_could_not_be_opened_was_not_watched() -> None:
    said = "The reader could not open a second case while connected.\n"
    assert supported(REMOTE + ALONE + said) == [("G0453", 8)]


def test_one_case_at_one_place_says_nothing_of_the_other() -> None:
    said = (
        "While I was in the OR (08:00 to 09:00) I had no other case. I watched in real time both there and from my home "
        "(09:00 to 10:00), with a chat open to the technologist.\n"
    )
    assert supported(said) == [("95940", 4)]


@pytest.mark.parametrize(
    "rooms", ["three operating rooms at the same time, this one among them", "two operating rooms, this one and OR 9"]
)
def test_several_operating_rooms_are_several_cases(rooms: str) -> None:
    assert supported(REMOTE + f"During those hours she was covering {rooms}.\n") == []
    assert [c.code for c in audited(REMOTE + f"During those hours she was covering {rooms}.\n").codes if c.kind == "time"] == []
