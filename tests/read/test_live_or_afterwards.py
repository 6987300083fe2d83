"""A record says that the professional looked while it was made, or afterwards, in any words; what can mean both says nothing."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.trained import without_guesses
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Oscar Vale, MD
Technologist: Ana Ruiz, CNIM
Interpreting physician: Dana Whitfield, MD

Monitoring: 08:10 - 11:30

"""


def _case(said: str) -> Case:
    with without_guesses():
        return read_case(read_bytes("note.txt", f"{HEAD}{said}\n\nSSEP and MEP were recorded. No changes were seen.\n".encode()))


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Whitfield looked on as we went.",
        "The curves were seen in direct.",
        "Waveforms were looked at then and there by Dr. Whitfield.",
        "Interpretation timing: concurrent",
        "I perused every sweep just as it was plotted.",
        "INTERP: CONCURR W/ ACQ",
        "Dr. Whitfield beheld the recordings without material delay.",
        "When did the physician look at the traces? During surgery, continuously",
        "Viewer lag to my workstation was about 1.5 s.",
        "My opinion was formed on the spot and not from stored records.",
        "Dr. Whitfield had the data before her from the first run to the last, and read them trace by trace.",
        "Dr. Whitfield viewing RT, phone open",
        "[x] interpreted as acquired  [ ] read afterwards",
        "Dr. Whitfield read the screen while the surgeon worked.",
        "Interpretation rendered during the procedure by Dr. Whitfield",
        "Dr. Whitfield's review ran alongside the recording.",
        "(x) concurrent  ( ) retrospective",
        "Watched by Dr. Whitfield from start to finish.",
        "09:12\tWHITFIELD\tSESSION_OPEN\torigin=remote\tview=live\tcase_lock=ON (one case only)",
        "2025-03-04 08:10\tsession\tdwhitfield attached (workstation Omaha-4, not on site) streaming=live open_cases=1 (HL-2)",
        "08:17:20 AM\tLINK\tREADER LOGIN whitfield_d view=LIVE reader_cases_open=1 lock=THIS_CASE_ONLY",
        '08:09:12 | dwhitfield | JOIN | feed="live" rooms_open=1',
        "08:10\tDWHITFIELD\tVIEWER_ATTACH display=realtime\tother_rooms=0",
        "Readers see the running traces and sit on an open voice line with the room.",
        "The reader watches the incoming traces from her desk.",
        "I have followed all the surveillance, from the commence until the terminate, directly on my screen in the cabinet at "
        "Harlow, 40 km far, the curves arriving in the same second.",
        "Tech: Owen Grady, CNIM\tIn OR throughout: [X] yes\tLive view: [X] yes",
        "Technologist: Ana Ruiz\tReal-time viewing by MD: yes",
    ],
)
def test_looking_while_the_record_was_made_is_live(said: str) -> None:
    case = _case(said)
    assert case.real_time is True
    assert case.read_afterwards == ()


@pytest.mark.parametrize(
    "said",
    [
        "The recordings were first examined by me subsequent to the operation.",
        "Dr. Whitfield did not see the traces until the next day.",
        "Not looked upon at the time; read from store.",
        "No MD live, read l8r",
        "The traces were not (as had been hoped) seen live.",
        "Real time review: No - post procedure",
        "realtime_review: false",
        "The disk reached me a week after the procedure, and I interpret it herewith.",
        "Was the data viewed as it was recorded? No, next day",
        "[ ] real-time [x] post-op read",
        "Dr. Whitfield went over the data only once the patient was in recovery.",
        "Consultant opinion given a fortnight later from the stored file, none in real time.",
        "The technologist worked without a reader, and the study was sent to me later.",
        "Data uploaded for Dr. Whitfield to read after.",
        "( ) concurrent  (x) retrospective",
        "Interpreted from printouts by Dr. Whitfield.",
        "Her report rests on the saved file.",
    ],
)
def test_looking_afterwards_is_not_live(said: str) -> None:
    case = _case(said)
    assert case.read_afterwards
    assert case.real_time is False


@pytest.mark.parametrize(
    "said",
    [
        "Live fluoroscopy was used for the screws.",
        "Consent was taken online.",
        "Real-time clock synchronized.",
        "Real-time eligibility check: yes",
        "Reminder: physician must be online before incision.",
        "Monitoring was shelved while the table was moved.",
        "Other live cases: 2",
        "Dr. Whitfield supervised two further operations in parallel.",
        "Images were viewed live by navigation.",
        "Blood pressure was monitored continuously.",
        "We reviewed the plan at the time out.",
        "A deterioration was observed, of which Dr. Vale was informed without delay.",
        "08:10\tARUIZ\tACQ_START view=live case_lock=ON",
        "08:10\tDWHITFIELD\tSESSION_OPEN view=replay\tcase_lock=ON",
        "08:10\tdwhitfield\tAUDIO_OPEN mic=live room=OR2",
        "08:20\tdwhitfield\tfluoro=live case=3",
        "The technologist sees the running traces.",
        "Free running EMG was seen by the reader.",
        "The surgeon watched the moving images.",
        "Tech: Owen Grady, CNIM\tLive view: [ ] yes [ ] no",
    ],
)
def test_other_live_things_are_no_reading(said: str) -> None:
    assert _case(said).real_time is None


@pytest.mark.parametrize(
    "said",
    [
        "X-rays were looked at afterwards by radiology.",
        "The patient was reviewed on the ward the next day.",
        "The registrar reviewed the next day.",
        "I reviewed the MRI afterwards with radiology.",
        "Data will be re-read for the database afterwards.",
        "I went over the traces with the surgeon after the case.",
        "Dr. Whitfield reviewed the final traces after the case was closed.",
        "From 08:10 I followed what went on until 11:30 when the case was over.",
        "Dr. Whitfield watched until the operation was over.",
        "I telephoned the family after the operation.",
        "Dr. Ibarra until 10:00, thereafter Dr. Whitfield",
        "SSEP: post. tibial n. at ankle, Cz'-FPz",
    ],
)
def test_what_is_done_afterwards_with_something_else_takes_nothing_away(said: str) -> None:
    assert _case(said).read_afterwards == ()


def test_a_clause_that_says_both_says_nothing() -> None:
    case = _case("The traces were gone through as they were drawn and again from disk.")
    assert case.real_time is not False
    assert case.read_afterwards == ()


@pytest.mark.parametrize(
    "said",
    [
        "Real-time capability was available.",
        "The vendor provides real-time monitoring services.",
        "Data were streamed in real time to the server.",
        "The surgeon received real-time feedback from the technologist.",
        "Live feed was down for the case.",
        "Live viewing was attempted.",
    ],
)
def test_what_a_machine_a_vendor_or_an_attempt_was_proves_no_live_reading(said: str) -> None:
    audit = audited(f"Dr. Hale supervised remotely, no other case, by chat. {said}")
    assert [line.status for line in audit.codes if line.kind == "time"] == ["query"]


def test_a_gap_in_which_nobody_was_on_line_is_no_reading_afterwards() -> None:
    gap = "Between 9:40 and 9:47 no physician was on line."
    case = _case(f"The curves were seen in direct by Dr. Whitfield.\n{gap}")
    assert case.real_time
    assert case.read_afterwards == ()
    assert _case(f"{gap} The record was looked at the next day.").real_time is not True


@pytest.mark.parametrize(
    ("count", "live"),
    [
        ("2025-03-04 08:10:06 | system | LIVE_VIEW | seats open 4, taken 0", None),
        ("2025-03-04 11:30:34 | system | LIVE_VIEW | seats taken, peak during session 0", None),
        ("Live viewers: 0", None),
        ("Real-time sessions: none", None),
        ("2025-03-04 08:10:06 | system | LIVE_VIEW | seats open 4, taken 1", True),
        ("Live view: on, other cases open: 0", True),
    ],
)
def test_a_live_view_that_nobody_opened_is_no_reading(count: str, live: bool | None) -> None:
    assert _case(count).real_time is live
    assert _case(f"{count}\n\nI reviewed the stored recording of this operation.").real_time is (live or False)


def test_the_text_of_a_report_is_no_message() -> None:
    assert _case("2025-03-05 16:41 | whitfield | REPORT_SAVE | text below").communication is None


@pytest.mark.parametrize(
    ("said", "afterwards"),
    [
        ("The files were opened by me on 03/06/2025; I was not connected while the operation was in progress.", True),
        ("I opened the files on 03/06/2025. I was not online during the case.", True),
        ("At no time during the operation was I connected.", True),
        ("Dr. Whitfield had no connection to the room while the surgery went on.", True),
        ("I was not connected to any other case while this operation was in progress.", False),
        ("I was not connected during the case after 09:10.", False),
        ("I was never online during the first half of the operation.", False),
        ("Ana Ruiz was not connected while the operation was in progress.", False),
    ],
)
def test_who_was_not_connected_while_the_operation_went_on_read_afterwards(said: str, *, afterwards: bool) -> None:
    assert bool(_case(said).read_afterwards) is afterwards


@pytest.mark.parametrize(
    "said", ["Supervision Without Concurrent Patients: affirmative, no concurrent patient", "No concurrent surgical case."]
)
def test_a_case_at_the_same_time_that_is_denied_is_no_reading_afterwards(said: str) -> None:
    case = _case(said)
    assert not case.read_afterwards


def test_other_cases_that_were_monitored_at_the_same_time_were_no_live_reading_of_this_one() -> None:
    assert not _case("One other case was monitored concurrently by Dr. Whitfield.").real_time
