"""Labels with dots behind them are lines of their own: what they say of times is held against the log."""

from __future__ import annotations

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

RECORD = """RIDGE HOSPITAL | case room export
patient ...... Marta Quill | mrn 0048-2216 | dob 03/17/1968
surgery ...... 10/28/2025
surgeon ...... Paul Stone, MD (requested monitoring)
reader ....... Ines Vale, MD, remote (hub)
tech ......... Tom Reyes, CNIM
monitoring ... {header}
--- room log ---
10:12 | T.Reyes: monitoring start
10:12 | I.Vale: connected, watching live. You are my only case.
13:20 | T.Reyes: monitoring end
13:20 | I.Vale: disconnecting
"""


def test_a_header_that_gainsays_the_log_is_a_conflict() -> None:
    case = read_case(read_bytes("x.txt", RECORD.format(header="10:20 to 13:20").encode()))
    assert [(conflict.subject, conflict.rejected) for conflict in case.conflicts] == [("the start of monitoring", "10:20")]
    assert not read_case(read_bytes("x.txt", RECORD.format(header="10:12 to 13:20").encode())).conflicts


def test_people_behind_dots_are_found() -> None:
    case = read_case(read_bytes("x.txt", RECORD.format(header="10:12 to 13:20").encode()))
    assert {row.professional for row in case.attendance} == {"Ines Vale"}


KEYED = """AUDIT TRAIL EXPORT platform=TraceHub case=TH-60417
case.patient = Orla Marsh-Boone ; case.mrn = 8817340 ; case.dob = 2012-08-23
case.procedure = Growing rod exchange, posterior, T3 to L3
case.indication = neuromuscular scoliosis
case.surgeon = Paul Stone, MD ; case.order = IONM-5521 placed by Paul Stone, MD
case.tech = Tom Reyes, CNIM
"""


def test_the_last_word_of_a_programs_key_is_a_label_whose_value_ends_at_the_next_key() -> None:
    case = read_case(read_bytes("x.txt", KEYED.encode()))
    assert case.encounter.procedure == "Growing rod exchange, posterior, T3 to L3"
    assert case.encounter.indication == "neuromuscular scoliosis"
    assert [person.name for person in case.encounter.technologists] == ["Tom Reyes"]
    assert {name for name, found in case.elements.items() if found.state == "present"} >= {"patient_identity", "order", "surgeon"}
