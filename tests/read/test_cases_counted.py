"""Where a form or a table asks for other cases, or counts them: what its answer says, in many words for yes and no."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.case_count import asked
from ionm_notes.read.caseload import caseload

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Gail Dunleavy, MD
Technologist: Gwen Ortiz, CNIM

Monitoring ran from 8:10 to 11:30. Dr. Dunleavy watched remotely in real time.
"""


@pytest.mark.parametrize(
    ("line", "exclusive"),
    [
        ("Reader without other cases: affirmative", True),
        ("Reader without other cases: confirmed", True),
        ("Reader without other cases: no", False),
        ("Was the reader's attention exclusive to this case?\n     YES", True),
        ("Was the reader's attention exclusive to this case?\n     No", False),
        ("Coverage was one-to-one.", True),
        ("The case was not covered one-to-one.", None),
        ("The case was read in turn by two neurologists, both working remotely.", None),
        ("I read two rooms in turn.", False),
        ("Other cases watched by the reader: negative", True),
        ("Other cases watched by the reader: yes", False),
        ("The reader's other work was reassigned so that this patient was the only one.", True),
        ("The professional supervising this case had been released from every other one.", True),
        ("Reading duty was confined to the patient named here.", True),
        ("I was also following the lumbar fusion in OR 14 all of that time; I am not attesting to one-patient attention.", False),
        ("I am not attesting to one-patient attention.", None),
        ("EEG was in burst suppression 4:1, as wanted for temporary clipping.", None),
        ("EMG was recorded both running freely and in answer to stimulation.", None),
        ("Sessions open for this reader: 1 (this case, no other until release)", True),
        ("It was a second operation in a scarred neck. I gave it my exclusive attention.", True),
        ("I was present the whole time and attended to Ms. Roe only.", True),
        ("Rooms in the reader's viewer during this connection: 3", False),
        ("08:10\tsession\tgdunleavy attached (not on site) streaming=live open_cases_this_user=1 (HL-2)", True),
        ("08:10\tsession\tgdunleavy attached streaming=live open_cases_this_user=3", False),
        ("08:10\tsession\tgortiz attached streaming=live open_cases_this_user=1", None),
        ('09:40\tchange of tubing, MAP 80. Dunleavy: "just your patient on my desk."', True),
        ("09:40\tquiet. Dr. Dunleavy says “you are one of three for me”", False),
        ('09:40\tquiet. Holloway: "just your patient on my desk."', None),
        (
            "Dr. Dunleavy looked on from Rome, 8:10 to 11:30 am, messages to tech in the app, only Ms. Roe being watched by her.",
            True,
        ),
        ("Only Ms. Roe was assigned to the tech.", None),
        ("I then walked to the second floor reading room and followed the case from there on the live display.", None),
        ("I sat in the adjacent control room and watched on a different workstation.", None),
        ("I followed a second case from the reading room while this one ran.", False),
        ("Oversight of this patient only; the other operations were covered by a colleague.", True),
        ("At the same time I was following the craniotomy in the adjoining room.", False),
        ("A second aortic case (Theatre 5) was on my other screen for all of that time and I attended to both.", False),
        ("I also had a lumbar fusion in Ohio and a carotid in Maine before me, and looked to and fro among the three.", False),
        ("At the same time I was watching the traces in the adjoining room.", None),
    ],
)
def test_the_answer_decides(line: str, exclusive: bool | None) -> None:
    case = read_case(read_bytes("case.txt", (HEAD + line + "\n").encode()))
    assert {row.exclusive for row in case.attendance} == {exclusive}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Count of patients under the reader at any one moment: one", "exclusive"),
        ("Cases followed during this sign-on, this one included ☐ 1 ☒ 2 ☐ 3", "shared"),
        ("Concurrent cases, this one included: ☒ 1 ☐ 2", "exclusive"),
        ("[NET STATS] adahale sessions open this date 09:45:20-12:48:40: 1 (AX-1 only)", "exclusive"),
        ("Concurrent cases: ☒ 1 ☐ 2", None),
        ("Number of simultaneous cases: [X] 1  [ ] 2  [ ] 3 or more", "exclusive"),
        ("Number of simultaneous cases: [ ] 1  [X] 2  [ ] 3 or more", "shared"),
        ("Other cases at once: [x] 1 [ ] 2 [ ] 3", "shared"),
        ("Physician monitored more than one case during this time?  Yes [ ]  No [x]", "exclusive"),
        ("Physician monitored more than one case during this time?  Yes [x]  No [ ]", "shared"),
        ("More than one muscle per limb: yes", None),
        ("Cases supervised this year: 5", None),
    ],
)
def test_a_number_counts_cases_watched_at_once(line: str, what: str | None) -> None:
    found = asked(line)
    assert (found.what if found else None) == what


@pytest.mark.parametrize("line", ["this was the only case I was doing", "the reader belonged to this patient alone"])
def test_the_only_case_of_a_professional_needs_no_word_of_watching(line: str) -> None:
    found = caseload(line)
    assert found is not None
    assert found.what == "exclusive"


@pytest.mark.parametrize(
    ("line", "exclusive"),
    [
        ("Dr. Dunleavy was only on us", True),
        ("MD conc: 0", True),
        ("excl y", True),
        ("No other rooms for Dr. Dunleavy", True),
        ("How many patients was Dr. Dunleavy watching? 1", True),
        ("Did the reader have another OR open at any point? No", True),
        ("The provider attended to no more than one patient.", True),
        ("Dr. Dunleavy was not double-booked.", True),
        ("maxSimultaneousSessions 1", True),
        ("Dedicated provider: No", False),
        ("Reader was double-booked.", False),
        ("Dr. Dunleavy also on OR 3 and OR 8.", False),
        ("[ ] one-on-one [x] multiple", False),
        ("Reader case load during this surgery: this + 2 at another facility", False),
        ("Was attention shared? Yes", False),
        ("Physician minding several at once.", False),
    ],
)
def test_shorthand_and_questions_say_who_else_was_watched(line: str, exclusive: bool) -> None:
    case = read_case(read_bytes("case.txt", (HEAD + "\n" + line + "\n").encode()))
    assert {row.exclusive for row in case.attendance} == {exclusive}


@pytest.mark.parametrize(
    "line",
    [
        "The surgeon had two rooms that day.",
        "Dr. Holloway running two rooms",
        "SURG CASELOAD: 2",
        "Gwen Ortiz, CNIM had no other patient.",
        "She had no other operations.",
        "Does the policy require exclusive attention? Y",
        "Exclusive reliance on SSEP is inadvisable.",
        "In the present series only one patient deteriorated.",
        "The ratio of N20 amplitudes was 1:1.",
        "More than one reader? No",
        "Nobody else was in the room.",
        "I was never watching more than three patients at once.",
        "If needed Dr. Dunleavy takes no other case.",
        "Dr. Dunleavy had two screens.",
        "Dr. Dunleavy remote (office next door, 2 screens)\t10:26\t14:05\tlive view",
        "Dr. Dunleavy monitored both legs simultaneously.",
        "Dr. Dunleavy watched from the reading center, four miles from the hospital.",
        "Surgery on 5/19/2026 at Grantham Tower Hospital was attended.",
        "CONTACT WITH OR Two-way chat\tOTHER CASES WATCHED BY PHYSICIAN",
        "Dr. Dunleavy stopped at 11:30 with both studies at baseline.",
        "Oversight was concurrent with the operation.",
    ],
)
def test_cases_of_others_and_other_things_say_nothing_of_the_professional(line: str) -> None:
    case = read_case(read_bytes("case.txt", (HEAD + "\n" + line + "\n").encode()))
    assert {row.exclusive for row in case.attendance} == {None}


@pytest.mark.parametrize(
    ("line", "exclusive"),
    [
        ("assigned: 1 (this pt)", True),
        ("assigned: 3 (this pt + 2)", False),
        ("Case slots in use: 1 of 1", True),
        ("Case slots in use: 3 of 4", False),
        ("Attention mode\tSINGLE: one open patient, others locked", True),
        ("Attention mode\tMULTI: three open patients", False),
        ("Other patients\tzero while this one was on", True),
        ("Other patients\ttwo while this one was on", False),
        ("Rooms on reader's wall: OR 6, OR 9, Mercy 2", False),
        ("Reader's room: OR 6", None),
        ("6 Where\t[x] reading room [ ] home [x] one patient [ ] more than one [x] phone to the room", True),
        ("6 Where\t[x] reading room [ ] home [ ] one patient [x] more than one [x] phone to the room", False),
        ("6 Where\t[x] reading room [ ] home [ ] one patient [ ] more than one [x] phone to the room", None),
        ("Technologist: [x] one patient [ ] more than one", None),
        ("0700-1200 - DUNLEAVY: OR 14 only.", True),
        ("Dr. Dunleavy was assigned to OR 2 only; her other case of the day began at 15:00.", True),
        ("It was the one study she had open.", True),
        ("It was one of the two studies she had open.", False),
        ("Cases open\tOne. No other room in the hospital was running and none of our sites had called in.", True),
        ("Dr. Dunleavy, remote (from the vendor's reading office), live, this child only", True),
        (
            "Neither in the morning nor later was Dr. Dunleavy watching a second patient: this one had her undivided attention.",
            True,
        ),
        ("Dr. Dunleavy kept no separate times for the two children.", False),
        ("Dr. Dunleavy was in charge of the monitoring in the room next door as well.", False),
    ],
)
def test_forms_count_cases_in_their_own_ways(line: str, exclusive: bool | None) -> None:
    case = read_case(read_bytes("case.txt", (HEAD + line + "\n").encode()))
    assert {row.exclusive for row in case.attendance} == {exclusive}


@pytest.mark.parametrize(
    ("line", "exclusive"),
    [
        ("Dr. Dunleavy looked on with only Ms. Roe being monitored by her in that time.", True),
        ("For these hours Ms. Roe was all I had.", True),
        ("I had no other patient on that morning's list: the department sends one physician to each theatre.", True),
        ("I sat beside the tech, and this was the only case I was doing.", True),
        ("She was one of two I looked after that morning.", False),
        ("Dr. Dunleavy was at that time also responsible for a craniotomy at Mercy.", False),
        ("I was excused from every other duty for the time.", True),
        ("I can follow up to three cases at once when needed.", None),
        ("One case on the schedule of OR 6 preceded hers.", None),
        ("This report concerns Ms. Roe only.", None),
    ],
)
def test_the_patients_name_is_this_case(line: str, exclusive: bool | None) -> None:
    case = read_case(read_bytes("case.txt", (HEAD + line + "\n").encode()))
    assert {row.exclusive for row in case.attendance} == {exclusive}


TWO = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Technologist: Gwen Ortiz, CNIM
Monitoring 08:15 to 11:40. Both readers watched live over the remote link.
Gail Dunleavy, MD, neurologist, read from 08:15 to 10:00. Idris Penhale, MD, neurologist, read from 10:00 to 11:40.
"""


@pytest.mark.parametrize(
    ("line", "loads"),
    [
        ("Neither of us had another patient under observation while doing so.", [True, True]),
        ("Dr. Dunleavy had this case alone; Dr. Penhale had two others open.", [True, False]),
        (
            "Dr. Dunleavy was covering a second theatre during her part. Dr. Penhale was not covering anything else.",
            [False, True],
        ),
        ("Dr. Penhale had two others open.", [None, False]),
    ],
)
def test_what_is_said_of_one_reader_is_not_said_of_the_other(line: str, loads: list[bool | None]) -> None:
    case = read_case(read_bytes("case.txt", (TWO + line + "\n").encode()))
    assert [row.exclusive for row in case.attendance] == loads


@pytest.mark.parametrize(
    ("question", "answer", "exclusive"),
    [
        ("are you on other cases?", "yes, two", False),
        ("anybody else on your screens?", "nope", True),
        ("anybody else in the room?", "nope", None),
    ],
)
def test_a_message_answers_the_question_before_it(question: str, answer: str, exclusive: bool | None) -> None:
    rows = f"08:14 Dunleavy: logged on\n08:16 Ortiz: {question}\n08:17 Dunleavy: {answer}\n08:30 Ortiz: all stable\n"
    case = read_case(read_bytes("case.txt", (HEAD + rows).encode()))
    assert {row.exclusive for row in case.attendance} == {exclusive}


@pytest.mark.parametrize("line", ["Surgeon's other rooms: none", "08:16 Ortiz: I'm only on this room today"])
def test_what_others_have_is_not_said_of_the_reader(line: str) -> None:
    case = read_case(
        read_bytes("case.txt", (HEAD + "08:14 Dunleavy: logged on\n" + line + "\n08:30 Ortiz: all stable\n").encode())
    )
    assert {row.exclusive for row in case.attendance} == {None}


INITIALS = """NEUROMONITORING REPORT
Patient: K.M.   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: N. Dunleavy, MD
Technologist: Gwen Ortiz, CNIM

Monitoring ran from 8:10 to 11:30. Dr. Dunleavy watched remotely in real time.
"""


@pytest.mark.parametrize(
    ("line", "exclusive"),
    [
        ("The reader had nothing but K.M. on the screen.", True),
        ("The reader had nothing but K. M. on her screen.", True),
        ("The reader had K.M. and a carotid on the screen.", None),
        ("Dr. Nora Dunleavy looked on from home from 8:10 to 11:30, and had no other case.", True),
        ("Dr. Nora Lowe looked on from home, and had no other case.", None),
    ],
)
def test_patients_and_readers_of_whom_initials_stand_are_known(line: str, exclusive: bool | None) -> None:
    case = read_case(read_bytes("case.txt", (INITIALS + line + "\n").encode()))
    assert {row.exclusive for row in case.attendance} == {exclusive}


@pytest.mark.parametrize(
    "said",
    [
        "The monitored part of the case started at 1:14 PM CT and finished at 1:21 PM CT.",
        "I took up the case at 1:05 and the wound was closed at 2:10.",
    ],
)
def test_the_figures_of_a_clock_count_no_cases(said: str) -> None:
    assert caseload(said) is None


@pytest.mark.parametrize(
    "form",
    [
        "Number of cases followed at the time\t[ ] this one only [ ] two [ ] three or more",
        "Cases at the same time: [ ] this one only [ ] two [ ] three or more",
        "Attention to this patient alone [ ] yes [ ] no\tOther cases at same time ______",
        "Other cases at same time ______",
        "Other cases at the same time: ....",
    ],
)
def test_a_question_that_nobody_ticked_or_filled_in_says_nothing_of_other_cases(form: str) -> None:
    head = "MONITORING FORM\nDate of surgery: 05/27/2026\nMonitoring physician: Carla Benedetti, MD, remote, live\n"
    text = f"{head}{form}\nMonitoring 10:22 - 11:41\n"
    case = read_case(read_bytes("form.txt", text.encode()))
    assert {row.exclusive for row in case.attendance} == {None}
    assert case.elements["exclusivity"].state == "absent"
