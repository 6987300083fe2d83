"""Entries of a log that no list of phrases holds are taken word by word, and left alone if one word is not explained."""

from __future__ import annotations

import pytest

from ionm_notes.read.events.composed import composed, doctors_of

MEANING = {
    ("setup", "start"): ("EP leads: start", "Patient instrumented - start", "starting to place needles"),
    ("setup", "end"): ("Montage complete", "Wiring complete", "Patient fully instrumented"),
    ("baseline", "start"): ("initial traces being taken", "Baseline set: start"),
    ("baseline", "end"): ("Baselines finalized", "Baseline studies concluded", "Baseline SSEP/MEP in, reproducible"),
    ("monitoring", "start"): ("MONITORING - START", "Monitoring go-live"),
    ("monitoring", "end"): (
        "MONITORING - STOP",
        "Surgeon releases neuromonitoring",
        "No further monitoring required per surgeon",
    ),
    ("interruption", "start"): ("Recording suspended while patient repositioned", "Signals lost due to power failure"),
    ("interruption", "end"): ("Recording restarted", "Power restored; traces running"),
    ("removal", "start"): ("de-instrumentation begins", "Starting removal"),
    ("removal", "end"): ("Needle count correct, all removed", "Electrode removal finished"),
    ("professional", "start"): ("Dr Hale picks up the case", "remote MD in", "Hale live"),
    ("professional", "end"): ("Dr Hale drops off the case", "remote MD out", "Hale off", "Dr. Hale stops watching"),
}
SILENT = (
    "Retractor in, monitoring of pressures started",
    "Bovie off",
    "Lights on",
    "Baselines to be taken after positioning",
    "Monitoring not started yet",
    "Awaiting start of monitoring",
    "Screws done",
    "Leads checked by anesthesia, drapes on",
)


@pytest.mark.parametrize(("meaning", "entry"), [(meaning, entry) for meaning, entries in MEANING.items() for entry in entries])
def test_an_entry_means_what_its_words_say(meaning: tuple[str, str], entry: str) -> None:
    hit = composed(entry, frozenset({"hale"}))
    assert hit is not None
    assert (hit.kind, hit.phase) == meaning


@pytest.mark.parametrize("entry", SILENT)
def test_an_entry_with_an_unknown_word_or_a_plan_says_nothing(entry: str) -> None:
    assert composed(entry, frozenset({"hale"})) is None


def test_a_name_alone_is_a_professional_only_if_a_degree_stands_with_it_somewhere() -> None:
    assert doctors_of("Interpreting: Miriam Hale, MD. Technologist Leo Brandt, CNIM") == {"hale"}
