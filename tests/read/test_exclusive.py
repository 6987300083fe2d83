"""What a record says of exclusive attention: answers of forms are heeded, rules and customs are no statements."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

REPORT = """Northgate Hospital
Patient: Ruth Amsel   MRN: 443521   DOB: 02/11/1960
Date of service: 06/02/2025
Surgeon: Karin Voss, MD
Interpreting physician: Miriam Hale, MD
Technologist: Leo Brandt, CNIM

08:00  Dr. Hale logged on
08:10  Monitoring started
11:00  Monitoring ended
11:05  Dr. Hale logged off

Waveforms were reviewed in real time.
Dr. Hale supervised from a remote location.
{}
"""
NOT_STATED = (
    "Dr. Hale watched this case by herself.",
    "I followed this patient as the motor response recovered by itself.",
    "The surgeon watched the case on its own monitor.",
    "The attending surgeon had this patient as the only one in hand.",
    "The attending anesthesiologist had this patient as his only case.",
    "Exclusive attention: No",
    "Dr. Hale stayed without entering the operating room but in the hospital's own reading room.",
    "Two other patients were given to the reader meanwhile.",
    "Never mind the hour: the reader followed a second patient.",
    "Exclusive attention: N",
    "Exclusive attention: ☐ Yes ☒ No",
    "Exclusive to this patient: ( ) Yes (X) No",
    "Exclusive to this patient: Yes [ ] No [X]",
    "One-to-one: N",
    "Was the physician exclusively monitoring this patient? No",
    "Dedicated to single patient: NO",
    "1:1 monitoring? N",
    "Exclusive (one patient only): No",
    "Single case: No",
    "Exclusive monitoring | No",
    "Undivided attention given: no",
    "Sole case: No",
    "The physician was not exclusively dedicated to this patient.",
    "Monitoring was not exclusive.",
    "Attention was not exclusive to this case.",
    "Exclusivity cannot be confirmed.",
    "Exclusivity: not documented",
    "Exclusivity: unknown",
    "Exclusive attention could not be given as another room was running.",
    "I was unable to devote my exclusive attention to this case.",
    "No statement of exclusivity is made.",
    "I cannot attest that this was my only case.",
    "Exclusive monitoring is required by Medicare.",
    "G0453 requires exclusive attention to one patient.",
    "Per policy, the physician monitors only one patient at a time.",
    "Our physicians typically monitor one case at a time.",
    "Reader remote, one case at a time by company rule.",
    "Reader remote, one case at a time by company rule, and in fact not always.",
    "It is our practice to monitor only one patient.",
    "Not 1:1",
    "The neurologist may monitor up to three patients; this patient only when required.",
    "Only one patient was in the waiting room",
    "Exclusive of setup time, monitoring lasted 170 minutes.",
    "Other patients monitored at the same time? Yes",
    "Any concurrent cases? Yes",
    "Concurrent cases (Y/N): Y",
    "Other cases during this time: OR 3 TLIF",
    "# concurrent cases: 2",
    "Max concurrent cases: 3",
    "Concurrent case count: 2",
    "Cases monitored simultaneously: two",
    "Physician:patient ratio 1:4",
    "This case was one of four monitored concurrently.",
    "Dr. Hale also supervised OR 4 during this case.",
    "I monitored this patient along with others.",
    "I was covering OR 3 and OR 5.",
    "Simultaneous cases: yes (2)",
    "Until 09:30 this was my only case; thereafter I covered a second case as well.",
    "Number of simultaneous cases: 1",
    "Other cases being overseen during this case: ☐ none ☐ 1 ☒ 2",
    "Other cases overseen: ☐ none ☒ 1 ☐ 2",
    "Concurrent cases: 1 other (OR 4, own log)",
    "Simultaneous cases: one more",
    "Max. concurrent cases: 1 in OR 5",
)
STATED = (
    "Responsibility for a second case was not held during this operation.",
    "Supervision of other patients was never undertaken.",
    "I watched this case live and remotely, by itself, from 08:10 to 11:00.",
    "This operation was followed on its own.",
    "Reader remote, one case at a time by company rule and in fact.",
    "The reader had one case at a time, as per our policy, which was kept.",
    "Dr. Hale monitored this patient in isolation, live.",
    "The attending was in the room throughout, with this patient as the only one in hand, talking to Dr. Voss in person.",
    "The attending watched with this as her only case, speaking with the surgeon and the perfusionist.",
    "Our attending had this patient alone in hand and spoke with Dr. Voss at the field.",
    "I had no other patient from 8:00 AM through 11:05 AM.",
    "While I supervised this operation I was assigned to no other patient, from 8:10 AM to 11:00 AM.",
    "No overlap with other cases.",
    "Exclusive attention: Y",
    "Exclusive attention: ☒ Yes ☐ No",
    "Exclusive to this patient: (X) Yes ( ) No",
    "One-to-one: Y",
    "Was the physician exclusively monitoring this patient? Yes",
    "Any concurrent cases? No",
    "Concurrent cases (Y/N): N",
    "# concurrent cases: 0",
    "Other patients monitored at the same time? No",
    "1:1 coverage",
    "Physician:patient ratio 1:1",
    "Simultaneous cases: no",
    "There were no other cases open on my workstation.",
    "During these minutes my attention belonged to this patient alone.",
    "At no time was another patient monitored.",
    "Never during these hours did the reader follow a second patient.",
    "At no time did the reader have charge of another operation.",
    "I did not supervise any other case during this period.",
    "Dr. Hale watched this case and no other.",
    "I was not monitoring any other patients.",
    "no other pts being monitored by MD",
    "MD has this case only",
    "Concurrent cases   0",
    "Only this patient was monitored by me.",
    "Other cases being overseen during this case: ☒ none ☐ 1 ☐ 2",
)


def _exclusive(sentence: str) -> bool | None:
    return audit_payers(read_bytes("report.txt", REPORT.format(sentence).encode()), ("medicare",))[0].case.exclusive


@pytest.mark.parametrize("sentence", NOT_STATED)
def test_what_denies_or_leaves_open_is_never_taken_for_exclusive(sentence: str) -> None:
    assert _exclusive(sentence) is not True


@pytest.mark.parametrize("sentence", STATED)
def test_what_states_exclusive_attention_is_taken_for_it(sentence: str) -> None:
    assert _exclusive(sentence) is True


_FILED = """{heading}
Physician location\tOff site, remote link\tCA
{row}"""
_BY = ("Field\tValue\tFiled by", "Item\tEntry\tInitials", "Row\tDetail\tDocumented by", "Field\tValue\tInit.")


@pytest.mark.parametrize("heading", _BY)
@pytest.mark.parametrize(
    ("row", "exclusive"),
    [
        ("Attention\tUndivided: this was the one case open on the physician's workstation\tNO", True),
        ("Exclusivity\tThis patient only\tNO", True),
        ("Exclusive attention\tNo\tYES", False),
        ("Concurrent cases\t2\tNO", False),
    ],
)
def test_initials_of_whoever_filled_in_a_line_answer_nothing(heading: str, row: str, *, exclusive: bool) -> None:
    assert _exclusive(_FILED.format(heading=heading, row=row)) is exclusive


@pytest.mark.parametrize("heading", ["Question\tAsked of\tAnswer", "Statement\tWho\tConfirmed", "Item\tRemark\tDone"])
def test_a_no_in_the_last_of_three_cells_denies_what_the_first_asks(heading: str) -> None:
    assert _exclusive(_FILED.format(heading=heading, row="Exclusive attention\tMiriam Hale\tNO")) is False
