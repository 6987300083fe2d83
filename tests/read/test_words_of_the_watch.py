"""Monitoring, its standing still, the professional's coming and going and hand-overs, in an entry's or a label's own words."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.attendance.turns import turns_of
from ionm_notes.read.case import read_case
from ionm_notes.read.events.intervals import interval_of
from ionm_notes.read.events.wording import classify_entry
from ionm_notes.types import Person

DOCTORS = frozenset({"hale", "moreau"})
ENTRIES = {
    ("monitoring", "start"): (
        "Neural surveillance instituted",
        "Neuromonitorisation begins",
        "MNTG (ST)",
        "Serial recording commenced",
        "intraopMonitoring: started",
        "T0 of monitoring",
        "we're now monitoring",
        "Nerve monitoring in use",
        "Timed service begins",
        "Vigil came into effect",
    ),
    ("monitoring", "end"): (
        "Cord surveillance came to a close",
        "MNTG (FIN)",
        "Serial recording wound up",
        "Session timer stopped",
        "Nerve monitoring no longer in use",
        "we're done monitoring",
        "Recording ceased",
    ),
    ("interruption", "start"): (
        "Acquisition stalls for the scan",
        "HOLD (ST)",
        "EVT_PAUSE",
        "Feed dead",
        "Recorder paused",
        "Power out to the system",
        "No signal at all",
        "cpu froze - not recording",
        "Monitoring ceased temporarily for imaging",
        "PAUSE IN",
        "Recording was precluded while the table was turned",
    ),
    ("interruption", "end"): (
        "Surveillance reinstituted",
        "HOLD (FIN)",
        "Recorder unpaused",
        "Feed alive again",
        "Leads rejoined",
        "ok we're back",
        "plugged back in",
        "Monitoring Hold Released",
        "PAUSE OUT",
        "Apparatus works again",
    ),
    ("professional", "start"): (
        "Dr. Hale on the net",
        "Provider In: Dr. Hale (IONM)",
        "NEUROL BEG Dr. Hale",
        "Dr. Hale just got on",
        "Dr. Hale at the apparatus",
        "Dr. Hale began to observe",
        "READER: Dr. Hale (ST)",
        "Dr. Hale accepted the case",
    ),
    ("professional", "end"): (
        "Dr. Hale eyes off",
        "Provider Out: Dr. Hale (IONM)",
        "NEUROL END Dr. Hale",
        "Dr. Hale done watching",
        "Dr. Hale lgd out",
        "Dr. Hale ceased to observe",
        "READER: Dr. Hale (FIN)",
        "Dr. Hale - Care End",
    ),
}


@pytest.mark.parametrize(("meaning", "entry"), [(meant, entry) for meant, entries in ENTRIES.items() for entry in entries])
def test_an_entry_is_understood_by_what_it_speaks_of_and_what_was_done(meaning: tuple[str, str], entry: str) -> None:
    assert {(h.kind, h.phase) for h in classify_entry(entry, 0, DOCTORS) if h.phase in ("start", "end")} == {meaning}


@pytest.mark.parametrize(
    "entry",
    [
        "No signal left leg",
        "All signals lost, surgeon told",
        "Signals back to normal",
        "MEPs back up to baseline",
        "Traces gone",
        "Navigation lost",
        "Battery in",
        "Screen down",
        "IOM cart in",
        "IOM tech in",
        "Microscope in use",
        "Control of bleeding",
        "Hold pressure",
        "Surgery on hold",
        "Registration of navigation started",
        "Patient left",
        "Neuro exam start",
        "C-arm broken",
        "Leads in",
        "Second technologist joins",
        "Consultant surgeon in",
        "Tourniquet timer on",
        "Surgical pause",
    ],
)
def test_a_finding_another_machine_and_other_people_are_no_part_of_the_watch(entry: str) -> None:
    told = {h.kind for h in classify_entry(entry, 0, DOCTORS) if h.phase in ("start", "end")}
    assert not told & {"monitoring", "interruption", "professional"}


LABELS = {
    "monitoring": ("Serial runs", "Timed service from/to", "Vigil", "Session timer", "Continuous registration", "mon clock"),
    "interruption": (
        "Feed dead",
        "Without registration",
        "Service interruption",
        "Down time",
        "No pots (crash)",
        "Recording gap",
    ),
    "attend": (
        "MD IN/OUT",
        "Dr. Hale on",
        "Duty of Dr. Hale",
        "Responsible Provider Times",
        "READER ST/FIN",
        "Dr. Hale at apparatus",
    ),
}


@pytest.mark.parametrize(("kind", "label"), [(kind, label) for kind, labels in LABELS.items() for label in labels])
def test_a_label_with_two_times_names_the_part_of_the_day(kind: str, label: str) -> None:
    hit = interval_of(label, 0)
    assert hit is not None
    assert hit.kind == kind


@pytest.mark.parametrize("label", ["Pause of technician", "Consultant surgeon in/out", "Patient in/out", "Nobody on: no reader"])
def test_a_label_of_somebody_else_names_none(label: str) -> None:
    hit = interval_of(label, 0)
    assert hit is None or hit.kind not in ("attend", "interruption")


PEOPLE = (Person("Dana Hale", ("MD",), "professional", ()), Person("Luc Moreau", ("MD",), "professional", ()))
RELIEVED = (
    "Dr. Moreau superseded Dr. Hale",
    "Dr. Hale out Dr. Moreau in",
    "Dr. Hale goes, Dr. Moreau comes",
    "MD change Dr. Hale/Dr. Moreau",
    "Dr. Moreau in stead of Dr. Hale",
    "Dr. Moreau was substituted for Dr. Hale",
    "Dr. Moreau got it from Dr. Hale",
    "owner Dr. Hale => Dr. Moreau",
)


@pytest.mark.parametrize("entry", RELIEVED)
def test_of_two_the_one_who_is_relieved_goes(entry: str) -> None:
    assert {(turn.who, turn.way) for turn in turns_of(entry, PEOPLE)} == {("hale", "end"), ("moreau", "start")}


@pytest.mark.parametrize(
    "entry",
    ["READER NOW Dr. Moreau", "Care transferred to Dr. Moreau", "New physician of record: Dr. Moreau", "Reader swap, Dr. Moreau"],
)
def test_the_one_named_in_a_change_of_readers_comes(entry: str) -> None:
    assert [(turn.who, turn.way) for turn in turns_of(entry, PEOPLE)] == [("moreau", "start")]


@pytest.mark.parametrize("entry", ["Provider Dr. Hale in contact with technologist", "An exchange with Dr. Hale took place"])
def test_talk_with_the_professional_is_no_coming(entry: str) -> None:
    assert turns_of(entry, PEOPLE) == ()


def test_a_pause_told_in_shorthand_comes_off_the_minutes() -> None:
    text = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of service: 03/04/2025
Interpreting physician: Dana Hale, MD
Technologist: Ana Ruiz, CNIM

07:40   BASELINES (ST)
07:55   BASELINES (FIN)
08:00   MNTG (ST)
09:00   HOLD (ST)
09:20   HOLD (FIN)
11:00   MNTG (FIN)
"""
    segments = {
        (s.kind, f"{s.start:%H:%M}", f"{s.end:%H:%M}")
        for s in read_case(read_bytes("log.txt", text.encode())).segments
        if s.start and s.end
    }
    assert {("monitoring", "08:00", "11:00"), ("interruption", "09:00", "09:20")} <= segments
