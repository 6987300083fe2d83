"""That the technologist was in the room throughout, told by the times of coming and going beside those of the monitoring."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Technologist: Gwen Juarez, CNIM
Reading neurologist: Anna Ash, MD

Monitoring: 08:10 - 11:30

"""


def state(more: str) -> str:
    return read_case(read_bytes("report.txt", f"{HEAD}{more}\n".encode())).elements["technologist_presence"].state


@pytest.mark.parametrize(
    "said",
    [
        "Tech in room 06:50, tech out 12:20.",
        "Technologist in OR: 06:55 - 12:25",
        "On site: Gwen Juarez, CNIM (OR 4, 0650-1225)",
        "Badge record: G. Juarez OR 4 entry 06:51, exit 12:22",
        "In room 06:55-12:25: Gwen Juarez, CNIM",
        "06:58\tG. Juarez CNIM arrives OR 4\n12:24\tG. Juarez CNIM departs OR 4",
        "12:08\tElectrodes off. Tech with patient in OR 06:55-12:25",
        "Staff\tRole\tTime in\tTime out\nGwen Juarez\tNeurophysiology tech\t06:52\t12:25",
    ],
)
def test_a_stay_that_holds_the_whole_of_the_monitoring_is_presence_throughout(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "Technologist in OR: 06:55 - 09:40",
        "Technologist in OR: 08:20 - 12:25",
        "Technologist in OR: ____ to ____",
        "Tech in room 06:50, out 09:10, in 09:40, out 12:20.",
        "Tech in room 06:50, tech out 12:20.\n09:10\tTech left the room for lunch.",
        "06:58\tG. Juarez CNIM arrives OR 4\n09:24\tG. Juarez CNIM departs OR 4\n12:24\tG. Juarez CNIM departs OR 4",
        "Dr. Ash in OR 06:55 - 12:25",
        "Surgeon in room 06:55, surgeon out 12:25",
        "Monitoring by Gwen Juarez, CNIM, 07:30-12:00.",
        "Technologist in OR. Anesthesia 06:55 - 12:25",
        "Staff\tRole\tStart\tStop\nGwen Juarez\tNeurophysiology tech\t06:52\t12:25",
    ],
)
def test_a_part_an_absence_and_the_times_of_others_are_not(said: str) -> None:
    assert state(said) == "absent"


@pytest.mark.parametrize("out", ["ROOM.OUT\tno relief during session", "ROOM_EXIT", "LEFT.ROOM"])
def test_a_program_knows_the_technologist_by_user_name(out: str) -> None:
    log = "07:58:20 gjuarez\tROOM.IN\n08:02:11 gjuarez\tSETUP.BEGIN\n{away}11:55:12 gjuarez\t" + out
    assert state(log.format(away="")) == "present"
    assert state(log.format(away="10:15:02 gjuarez\tROOM.OUT\tbreak\n10:20:00 gjuarez\tROOM.IN\n")) == "absent"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Yolanda Pike ran the machine and stayed in the room for the whole case.", "present"),
        ("Mr. Pike operated the equipment and was in the operating room throughout.", "present"),
        ("Anna Ash ran the machine and stayed in the room for the whole case.", "absent"),
        ("Dr. Holloway ran the machine and stayed in the room for the whole case.", "absent"),
        ("She ran the machine and stayed in the room for the whole case.", "absent"),
        ("Yolanda Pike ran the machine and stayed in the room until the shunt was in.", "absent"),
        ("Yolanda Pike ran the machine, and the nurse stayed in the room for the whole case.", "absent"),
    ],
)
def test_who_ran_the_machine_is_the_technologist_though_no_role_is_named(said: str, told: str) -> None:
    text = HEAD.replace("Technologist: Gwen Juarez, CNIM\n", "") + said
    assert read_case(read_bytes("report.txt", text.encode())).elements["technologist_presence"].state == told
