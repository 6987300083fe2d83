"""A reader's load that changes in the course of a case, told in sentences: until when others ran beside it, and from when on."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.timeline import count_minutes

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Gail Dunleavy, MD
Technologist: Gwen Ortiz, CNIM

Monitoring ran from 8:00 to 10:00.

PROFESSIONAL COMPONENT
I watched live from my home office the whole time. """


def minutes(said: str) -> tuple[int | None, int | None, int | None]:
    found = count_minutes(read_case(read_bytes("note.txt", (HEAD + said).encode())))
    return found.remote_exclusive, found.remote_shared, found.remote_unstated


@pytest.mark.parametrize(
    ("said", "alone", "shared"),
    [
        ("Until 08:40 there was a second spine on my screen. It closed then, and from 08:40 I had this patient only.", 80, 40),
        (
            "Until 08:40 I was also following a carotid at St Anne's; once that was closed this was my sole case, up to 10:00.",
            80,
            40,
        ),
        (
            "From 08:00 I had this case and nothing else; at 09:30 a second room came up and I followed the two to the end.",
            90,
            30,
        ),
        ("Nothing else was open until 09:15, when a second hospital's craniotomy came on my console.", 75, 45),
        (
            "At 09:00 a second case was added to my screen; it ended at 09:30. Before and after that I had this patient alone.",
            90,
            30,
        ),
        ("I had this patient alone except between 08:50 and 09:35, when I also had a scoliosis in another hospital.", 75, 45),
        (
            "When I began, another spine was still on my screen; it finished at 08:20 and from then on I had only this one.",
            100,
            20,
        ),
        ("One case until 09:00, two from then on.", 60, 60),
        ("Two cases until 09:00, then this one only.", 60, 60),
        (
            "The first hour, 08:00 to 09:00, I shared with a discectomy; the second, 09:00 to 10:00, was this patient's alone.",
            60,
            60,
        ),
        ("The first hour was shared with a discectomy elsewhere; the second hour was for this patient alone.", 60, 60),
        ("Up to 08:25 another patient was still connected to my station, and thereafter none.", 95, 25),
        ("No second case until 09:20. From 09:20 on I was on two.", 80, 40),
        ("From 09:00 on I was also minding a carotid in Waco; until then I had this patient alone.", 60, 60),
        ("My other case, a thyroid, was over at 08:25; after that this patient was all I had.", 95, 25),
        ("There were two of them until 08:50. The other one finished then and I stayed with this patient only.", 70, 50),
        (
            "I came on at 07:30 with two cases already running; the first was finished at 08:10, the second at 08:55. "
            "From 08:55 until 10:00 I was on the present case alone.",
            65,
            55,
        ),
        (
            "A second room (scoliosis, Dr. Hale) was on my screen between 08:50 and 09:35; before and after I had only this one.",
            75,
            45,
        ),
    ],
)
def test_each_minute_has_the_load_that_the_sentences_tell(said: str, alone: int, shared: int) -> None:
    assert minutes(said) == (alone, shared, 0)


@pytest.mark.parametrize(
    "said",
    [
        "Until 09:00 the technologist had a second room; from then on she was with this patient alone.",
        "Until 09:00 the surgeon also had another room; from 09:00 on this patient alone.",
        "My other case, a thyroid, was over by half past; after that this patient was all I had.",
        "From 09:00 to 09:30 I had this patient alone.",
        "Until 08:30 I had two cases, from 08:30 on three.",
        "As a rule I have two cases until 09:00 and one from then on.",
        "A second case was to come on at 09:00; until then I was to have this patient alone.",
    ],
)
def test_nobodys_load_and_no_part_of_the_time_supports_the_whole(said: str) -> None:
    audit = audited(f"Dr. Hale watched the signals live from her home office, chat open to the technologist. {said}")
    assert not any(line.status == "supported" for line in audit.codes if line.code == "G0453")
