"""Which rules a sentence raises: parts of the day inside a total, pauses, reading afterwards, operators at the monitor."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from tests.bare_report import REPORT, audited

LIVE = "Dr. Hale watched live from her office, this case only, in contact by chat. "
HALF = "Dr. Hale was connected from her office from 08:00 to 09:00, this case only, watching live, in contact by chat. "
PARTS = frozenset({"setup-in-monitoring", "baseline-in-monitoring", "removal-in-monitoring"})


def _raised(said: str) -> set[str]:
    return {finding.rule for finding in audited(said).findings}


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Total monitoring time 170 min, lead placement and baselines inside it.", "setup baseline"),
        (
            "Billed time: 170 minutes. Hook-up, baseline runs and taking off of the leads are all in there.",
            "setup baseline removal",
        ),
        ("Charged: 2 h 50 min (hook-up to disconnect).", "setup"),
        ("Our figure of 170 minutes of monitoring covers everything from placing the needles to the end.", "setup"),
        ("Total monitoring minutes: 170. Note: set-up not deducted.", "setup"),
        ("The monitoring time of 135 minutes was counted from the first baseline.", "baseline"),
        ("Billed monitoring 135 min (baseline + monitoring).", "baseline"),
        ("Total 135 min. The figure has the baselines in it.", "baseline"),
        ("Time charged 132 min, counted to the last electrode out.", "removal"),
        ("Monitoring time: 132 min. Electrode removal is within this.", "removal"),
        ("Total monitoring 120 min, set-up and baselines not counted.", ""),
        ("Monitoring 120 minutes; electrode placement is listed apart and was left out.", ""),
        ("Monitoring 120 min, the clock having been started only after baselines had been accepted.", ""),
        ("Total 120 min. Baselines were repeated at 09:10 after positioning.", ""),
        ("Total monitoring 140 min, set-up included, baselines not.", "setup"),
        ("Total anesthesia time 200 min, set-up included.", ""),
    ],
)
def test_a_total_says_which_parts_of_the_day_it_holds(said: str, parts: str) -> None:
    assert _raised(LIVE + said) & PARTS == {f"{part}-in-monitoring" for part in parts.split()}


@pytest.mark.parametrize(
    "told",
    [
        "Monitoring lasted 220 minutes; 25 minutes are to be taken off, because the stimulator was exchanged.",
        "Monitoring took 220 min. It stood still for 25 min of that while a cable was replaced.",
        "Total monitoring 220 minutes. For 25 of these minutes the machine was down.",
        "Monitoring duration 220 min (25 min off for MRI, to be deducted).",
    ],
)
def test_a_pause_is_taken_off_a_stated_length(told: str) -> None:
    day = "Electrodes 07:10 - 07:30. Baselines 07:40 - 07:55, reproducible.\nMonitoring 08:00 - 10:00. {said}"
    text = REPORT.replace(day, "Baselines reproducible. {said}").format(said=LIVE + told)
    [audit] = audit_payers(read_bytes("report.txt", text.encode()), ("medicare",))
    assert audit.minutes.remote_exclusive == 195
    assert "interruption" in {finding.rule for finding in audit.findings}


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        (LIVE + "09:01 amplifier off for X-ray; 09:13 amplifier on again.", True),
        (LIVE + "At 09:01 surgery paused for X-ray; monitoring went on.", False),
        (LIVE + "09:01 bovie noise on the traces, gone at 09:03.", False),
    ],
)
def test_a_pause_is_one_of_the_recording(said: str, *, raised: bool) -> None:
    assert ("interruption" in _raised(said)) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        (HALF + "What came after was read from the stored file.", True),
        (HALF + "The last hour she reviewed the next day from the recording.", True),
        (HALF + "From 09:00 on nobody watched live; she looked at the remainder afterwards.", True),
        (LIVE + "She looked at the last hour once more after the case.", False),
        (LIVE + "No one but the technologist saw the patient, then or later.", False),
        (LIVE + "The coder reviewed the rest of the chart afterwards.", False),
    ],
)
def test_a_stretch_may_have_been_read_afterwards(said: str, *, raised: bool) -> None:
    assert ("not-real-time" in _raised(said)) is raised


@pytest.mark.parametrize(
    ("said", "raised"),
    [
        (
            "Until 09:00 the surgeon followed the signals himself; from 09:00 to 10:00 Dr. Hale watched live from her office.",
            True,
        ),
        (HALF + "From 09:00 on Dr. Cutter himself kept the monitor screen in view while operating.", True),
        (HALF + "The one who judged the recordings in real time was the operating surgeon, Dr. Cutter.", True),
        (HALF + "The surgeon, Dr. Cutter, served as his own reader of the recordings, live.", True),
        (HALF + "Dr. Cutter, the surgeon, was the only one to judge the recordings, with instruments in hand.", True),
        (LIVE + "The surgeon, Dr. Cutter, was told by the reader of the fall.", False),
        (LIVE + "Dr. Cutter, the surgeon, was the only one to see the tumor.", False),
        (LIVE + "Dr. Hale herself watched the screen the whole time.", False),
        (LIVE + "The neurologist, Dr. Hale, monitored the case herself.", False),
        (LIVE + "Order for neuromonitoring by the surgeon, Paul Cutter, MD, on 02/28/2025.", False),
        (LIVE + "The anesthesiologist ran the TOF monitor.", False),
    ],
)
def test_who_operates_and_watches_is_no_reader(said: str, *, raised: bool) -> None:
    assert ("monitor-is-operator" in _raised(said)) is raised


@pytest.mark.parametrize(
    "place",
    [
        "Performed in the procedure room of the practice",
        "Site of surgery: physician's private office",
        "Operation done in our clinic's minor procedure room, no hospital involved",
    ],
)
def test_an_office_is_no_place_for_monitoring(place: str) -> None:
    text = REPORT.replace("Inpatient (POS 21)", place).format(said=LIVE)
    [audit] = audit_payers(read_bytes("report.txt", text.encode()), ("medicare",))
    assert "pos-not-accepted" in {finding.rule for finding in audit.findings}
