"""That one patient was watched alone, or others beside it, in the words of letters and affidavits; and whose case that was."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Gail Dunleavy, MD
Technologist: Gwen Ortiz, CNIM

Monitoring ran from 8:10 to 11:30.

PROFESSIONAL COMPONENT
"""
FROM_HOME = "I watched the signals live from my home office throughout. "


def rows(said: str) -> list[tuple[str | None, str, bool | None]]:
    case = read_case(read_bytes("note.txt", (HEAD + FROM_HOME + said).encode()))
    return [(row.professional, row.mode, row.exclusive) for row in case.attendance]


@pytest.mark.parametrize(
    "said",
    [
        "At no time was my attention divided between this patient and any other.",
        "At no time during said observation was Affiant's attention divided between this and any other surgical patient.",
        "Never was the reader's attention shared among this and other surgical patients.",
        "At no point during that period did I view, supervise or interpret the waveforms of any other person.",
        "At no moment in that period did I have before me the tracings of any other person.",
        "In this time she did not take any second patient.",
        "Your patient had me to herself all that time.",
        "Ms. Roe had the reader to herself throughout.",
        "Pager turned in, nobody else's case.",
        "No one else's waveforms were before me.",
        "I was looking only after this patient.",
        "The reader's other screens were dark; she had just this lady's channels in front of her.",
        "I had only this patient's traces in front of me.",
        "I had cleared my morning so that I would have no second patient to watch; there was none.",
        "My colleague had taken the rest of the list and I watched no one else.",
        "I had handed all my other rooms to Dr. Lowe beforehand and kept to this one alone.",
        "Not one other patient was assigned to me in that time.",
    ],
)
def test_sole_attention_is_said_in_many_ways(said: str) -> None:
    assert rows(said) == [("Gail Dunleavy", "remote", True)]


@pytest.mark.parametrize(
    "said",
    [
        "At no time was the technologist's attention divided between this and any other patient.",
        "At no point did the technologist view the waveforms of any other person.",
        "The surgeon did not take any second patient.",
        "The patient had the room to herself.",
        "My other workstations were being repaired.",
        "The technologist's other workstations were switched off.",
        "I had meant to keep that time free of other patients.",
        "I had asked to have no second patient.",
        "Nothing else ran through the pump.",
        "Another physician was asked for; there was none.",
        "In Dr. Holloway's second case that day I was in the operating room and had no other patient.",
        "In the later operation of that day I had no second patient.",
        "The cervical case later the same day was watched one-on-one by me, in the OR.",
        "For the first stage, in February, I was in the operating room all day with that one case.",
        "Company standard SOP-12: physicians are as a rule assigned between one and four patients at a time.",
    ],
)
def test_what_is_said_of_another_case_person_or_rule_says_nothing_of_this_one(said: str) -> None:
    assert rows(said) == [("Gail Dunleavy", "remote", None)]


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Haas's thoracic tumour ran on my left-hand screen during the same two hours, and I was advising her on it too.",
        "I was simultaneously monitoring Dr. Otto's aneurysm.",
        "I toggled between this window and the deformity case in OR 11 as the need arose.",
        "I was also on a thyroid.",
        "I looked after your patient alongside a scoliosis at the Children's Hospital.",
        "She had two other surgeries open during the same period.",
        "I kept one eye on a carotid in Waco all along.",
        "At the same time I was the reader for OR 7 and OR 9.",
        "A cervical fusion in OR 9 was mine as well, start to finish.",
        "This was not my only case of those hours.",
        "I had a craniotomy in Boise up next to it.",
        "There was a second spine on my screen.",
        "My time overlapped with account 88213.",
        "(Rota: Dunleavy - OR 4, OR 7 and OR 9, all 08:00 starts, all read by her live.)",
    ],
)
def test_other_cases_are_told_without_the_word(said: str) -> None:
    assert rows(said) == [("Gail Dunleavy", "remote", False)]


@pytest.mark.parametrize(
    ("said", "exclusive"),
    [
        ("I had nothing else running, here or elsewhere.", True),
        ("I was at this desk for her and had nothing else running.", True),
        ("I had nothing else running but a phone line to the room.", True),
        ("I had nothing else running, here or elsewhere, except a carotid in OR 4.", False),
        ("The surgeon had nothing else running.", None),
        ("I am told that the suite had nothing else running, here or elsewhere.", None),
        ("Nothing else was running in the suite.", None),
    ],
)
def test_whoever_had_nothing_else_running(said: str, exclusive: bool | None) -> None:
    assert rows(said) == [("Gail Dunleavy", "remote", exclusive)]


@pytest.mark.parametrize(
    ("said", "exclusive"),
    [
        ("She was my only patient. The strip lay on the cortex and the polarity flipped between contacts 3 and 4.", True),
        ("This was my sole patient, whose N20 flipped over contacts 2 and 3.", True),
        ("My screen flipped between the two cases.", False),
        ("I flipped between 2 rooms.", False),
    ],
)
def test_a_polarity_that_flips_is_no_attention_shared(said: str, exclusive: bool) -> None:
    assert rows(said) == [("Gail Dunleavy", "remote", exclusive)]


@pytest.mark.parametrize(
    ("said", "exclusive"),
    [
        ("Hers was the only monitoring study I was looking at, with the rest of my list held until she was done.", True),
        ("Hers was the only record on my screens.", True),
        ("I read it live, IM window to the tech open for the duration, one case at a time (this one).", True),
        ("Dr. Dunleavy remote; traces seen live; reader case count 1 (this patient only).", True),
        ("Chat with the tech, who had one case at a time.", None),
        ("The only monitoring study on record is from 2019.", None),
        ("Dr. Dunleavy remote; traces seen live; tech case count 1.", None),
        ("Dr. Dunleavy remote; traces seen live; reader case count 1 of 3.", None),
    ],
)
def test_the_only_study_looked_at_and_one_case_beside_a_way_to_the_technologist(said: str, exclusive: bool | None) -> None:
    assert rows(said) == [("Gail Dunleavy", "remote", exclusive)]
