"""Entries of a log that no list of phrases holds are taken word by word, and left alone if one word is not explained."""

from __future__ import annotations

import pytest

from ionm_notes.read.events.composed import composed, doctors_of
from ionm_notes.read.events.wording import classify_entry

MEANING = {
    ("setup", "start"): (
        "EP leads: start",
        "Patient instrumented - start",
        "starting to place needles",
        "Elec appl: start",
        "S/U ON",
        "Tech at bedside, sticking leads",
    ),
    ("setup", "end"): (
        "Montage complete",
        "Wiring complete",
        "Patient fully instrumented",
        "All leads taped, Z ok",
        "The last electrode had been affixed, and impedance testing was satisfactory",
    ),
    ("baseline", "start"): ("initial traces being taken", "Baseline set: start", "Averaging pre-op set", "BL acq on"),
    ("baseline", "end"): (
        "Baselines finalized",
        "Baseline studies concluded",
        "Baseline SSEP/MEP in, reproducible",
        "Initial baseline acquisition was brought to a close",
        "Initial set tagged as BL",
    ),
    ("monitoring", "start"): ("MONITORING - START", "Monitoring go-live", "MON CLOCK IN", "Surgeon ready, mon running now"),
    ("monitoring", "end"): (
        "MONITORING - STOP",
        "Surgeon releases neuromonitoring",
        "No further monitoring required per surgeon",
        "Mon D/C'd per surgeon",
        "Intraop phase closed",
    ),
    ("interruption", "start"): (
        "Recording suspended while patient repositioned",
        "Signals lost due to power failure",
        "MON HOLD: CT spin",
        "Off mon for bed rotation",
        "IONM stopped to swap amp",
    ),
    ("interruption", "end"): (
        "Recording restarted",
        "Power restored; traces running",
        "Mon phase unpaused",
        "The hiatus was over and monitoring was reinstated",
    ),
    ("removal", "start"): (
        "de-instrumentation begins",
        "Starting removal",
        "T/D START",
        "Tech takes leads off",
        "Dismantling of the montage was initiated",
    ),
    ("removal", "end"): (
        "Needle count correct, all removed",
        "Electrode removal finished",
        "Everything off, no marks",
        "Lead D/C over",
    ),
    ("professional", "start"): (
        "Dr. Hale takes up the watch over the recordings",
        "Dr. Hale has just opened our recordings and watches them",
        "The observation is with Dr. Hale from this minute",
        "Dr Hale picks up the case",
        "remote MD in",
        "Hale live",
        "Dr. Hale comes into OR, takes case",
        "Prof ON: Dr. Hale",
    ),
    ("professional", "end"): (
        "Dr Hale drops off the case",
        "remote MD out",
        "Hale off",
        "Dr. Hale stops watching",
        "Coverage end, Dr. Hale",
        "Dr. Hale relinquished supervision of the recording",
    ),
}
SILENT = (
    "Good morning Dr. Hale, we have Dr. Cutter in 5",
    "Dr. Hale writes: these are fine recordings",
    "No difference since the reference recordings",
    "Nothing has changed since the baseline responses",
    "Retractor in, monitoring of pressures started",
    "Bovie off",
    "Lights on",
    "Baselines to be taken after positioning",
    "Monitoring not started yet",
    "Awaiting start of monitoring",
    "Screws done",
    "Leads checked by anesthesia, drapes on",
    "Surgeon placing screws",
    "Irrigation, monitoring stable",
    "Rod placement complete",
    "Pedicle probe on",
    "Baseline MAP 80 set",
    "Patient off the table",
    "Anesthesia resident relieved",
    "Scrub tech out",
    "Cell saver on",
    "Needle count correct",
    "Removing hardware",
    "Skin prep done",
    "EKG leads on",
    "K-wire out",
    "Spinal needle in",
    "Sigs at BL",
    "MEP signals lost",
    "Monitoring ok",
    "Dr. Hale in chat: rerun please",
    "Dr. Hale on the phone",
    "If pressure holds, monitoring on",
    "Leads to be removed after closure",
)


FORMAL = {
    ("setup", "start"): (
        "Affixing of the electrodes is herewith begun",
        "Placement of electrodes has been undertaken",
        "The technician proceeds to fasten the electrodes",
        "Passage into the stage of electrode placement",
        "Preparation phase embarked upon: electrodes being fastened",
        "Fixation of the sensors taken in hand",
        "Entering the stage of electrode fixation",
        "Application of the needle and surface electrodes is hereby commenced",
    ),
    ("setup", "end"): (
        "The fastening of the electrodes has been accomplished",
        "All electrodes are now affixed, impedances verified",
        "Departure from the electrode placement stage",
        "Each electrode fastened, contact resistances found satisfactory",
        "Fixation of the sensors is herewith completed",
    ),
    ("baseline", "start"): (
        "Recording of the reference values is undertaken",
        "Determination of the initial values commenced",
        "Entrance into the baseline stage",
        "Ascertainment of individual baseline values begun",
        "Registration of the patient's own reference values commenced",
    ),
    ("baseline", "end"): (
        "Ascertainment of individual baseline values completed",
        "Baseline values have been ascertained and deposited",
        "Departure from the stage of baseline acquisition",
        "The determination of baselines is herewith concluded",
        "Collection of initial values brought to an end",
    ),
    ("monitoring", "start"): (
        "Surveillance of the patient herewith begun",
        "Neurophysiological surveillance takes its course from here",
        "Monitoring enters into force",
        "Monitoring put into operation",
        "Monitoring comes into effect",
        "Passage into the monitoring stage",
        "Monitoring is in force from this entry",
    ),
    ("monitoring", "end"): (
        "Monitoring put out of operation",
        "Surveillance reaches its conclusion",
        "The monitoring is herewith terminated",
        "Monitoring in force up to this entry",
        "Departure from the monitoring stage",
        "Monitoring concluded, no registrations beyond this entry",
        "Monitoring taken out of service",
        "Monitoring stage concluded: no recordings after this entry",
    ),
    ("interruption", "start"): (
        "Monitoring stands suspended on account of imaging",
        "Surveillance temporarily halted by reason of a defect of the amplifier",
        "The monitoring had to be suspended owing to turning of the patient",
        "Monitoring kept in abeyance during fluoroscopy",
        "The technician was compelled to interrupt the monitoring for a scan",
        "Monitoring placed in abeyance: amplifier does not respond",
    ),
    ("interruption", "end"): (
        "Monitoring taken up anew following imaging",
        "Suspension of the monitoring revoked",
        "Monitoring reinstated, the defect having been remedied",
        "Monitoring no longer in abeyance",
        "The technician has taken up the monitoring again after the scan",
        "Interim suspension of surveillance ended: registration possible again",
        "Provisional suspension of monitoring lifted: recordings possible again",
    ),
    ("removal", "start"): (
        "The detaching of electrodes is herewith begun",
        "The removal of needles has been undertaken",
        "Entrance into the stage of electrode removal",
        "The technician proceeds to extract the needle electrodes",
    ),
    ("removal", "end"): (
        "All electrodes have been taken from the patient",
        "The extraction of needles has been accomplished, count verified",
        "Departure from the electrode removal stage",
    ),
    ("professional", "start"): (
        "Dr. Hale takes charge of the supervision",
        "Supervisory duty assumed by Dr. Hale",
        "Dr. Hale enters upon the supervision",
        "Supervision by Dr. Hale is in force from this entry",
        "Dr. Hale has taken over the supervision",
        "Dr. Hale commences to follow the waveforms",
        "Distant supervision by Dr. Hale instituted",
        "Dr. Hale has entered upon his supervisory duty",
        "Onset of supervision: Dr. Hale",
        "Dr. Hale is entrusted with the supervision from this entry",
    ),
    ("professional", "end"): (
        "Dr. Hale lays down the supervision",
        "Dr. Hale withdraws from the supervision",
        "Supervision by Dr. Hale has ended",
        "Supervisory duty relinquished by Dr. Hale",
        "Dr. Hale ceases to follow the waveforms",
        "Distant supervision by Dr. Hale terminated",
        "Cessation of supervision: Dr. Hale",
        "Supervision by Dr. Hale in force until this entry",
        "Dr. Hale has given up the supervision of this patient",
        "Supervision by Dr. Hale no longer in effect",
    ),
}
"""Formal, wordy entries, as departments write them whose people learned English elsewhere."""
FORMAL_SILENT = (
    "Removal of the retractor commenced",
    "Application of the dressing commenced",
    "Affixation of the drain concluded",
    "Preparation of the wound concluded",
    "Observation of the wound commenced",
    "The surgeon commences to remove the tumor",
    "Entry into the spinal canal",
    "Exit from the spinal canal",
    "Attachment of the frame to the table commenced",
    "Determination of the level concluded",
    "Acquisition of radiographs commenced",
    "Supervision of the trainee discussed with Dr. Hale",
    "Message conveyed to Dr. Hale",
    "Dr. Hale enquires as to the stage of the operation",
    "Dr. Hale informed of the commencement of closure",
    "Establishment of the airway concluded",
    "Registration of the navigation concluded",
    "Extraction of the disc commenced",
    "Detachment of the muscle commenced",
    "Stimulation commenced by the surgeon",
    "Recordings correspond to the baseline",
    "Entry into the subdural space, responses without alteration",
    "The anaesthetist is replaced by a colleague",
    "Dr. Hale replies that the recordings are in agreement",
    "Circulating nurse takes the place of a colleague",
)


@pytest.mark.parametrize(("meaning", "entry"), [(m, entry) for m, entries in FORMAL.items() for entry in entries])
def test_a_formal_entry_means_what_its_words_say(meaning: tuple[str, str], entry: str) -> None:
    assert {(h.kind, h.phase) for h in classify_entry(entry, 0, frozenset({"hale"})) if h.phase in ("start", "end")} == {meaning}


@pytest.mark.parametrize("entry", FORMAL_SILENT)
def test_a_formal_entry_about_something_else_says_nothing_of_the_day(entry: str) -> None:
    told = classify_entry(entry, 0, frozenset({"hale"}))
    parts = {"setup", "baseline", "monitoring", "interruption", "removal", "professional"}
    assert not [hit for hit in told if hit.kind in parts and hit.phase in ("start", "end")]


@pytest.mark.parametrize(("meaning", "entry"), [(meaning, entry) for meaning, entries in MEANING.items() for entry in entries])
def test_an_entry_means_what_its_words_say(meaning: tuple[str, str], entry: str) -> None:
    assert [(hit.kind, hit.phase) for hit in composed(entry, frozenset({"hale"}))] == [meaning]


@pytest.mark.parametrize("entry", SILENT)
def test_an_entry_with_an_unknown_word_or_a_plan_says_nothing(entry: str) -> None:
    assert composed(entry, frozenset({"hale"})) == ()


def test_an_entry_may_end_one_part_of_the_day_and_begin_the_next() -> None:
    said = [(hit.kind, hit.phase) for hit in composed("BL done, mon on", frozenset())]
    assert said == [("baseline", "end"), ("monitoring", "start")]


@pytest.mark.parametrize(
    ("entry", "phases"),
    [
        ("H/O: Dr. Hale to Dr. Brandt", ["end", "start"]),
        ("Dr. Hale relieves Dr. Brandt", ["start", "end"]),
        ("Case moved from Dr. Hale to Dr. Brandt", ["end", "start"]),
        ("Dr. Hale was relieved by Dr. Brandt", ["end", "start"]),
        ("Relief: Dr. Hale leaves for the day, Dr. Brandt on", ["end", "start"]),
        ("Dr. Hale spoke with Dr. Brandt", []),
        ("Supervision passed from Dr. Hale to Dr. Brandt", ["end", "start"]),
        ("Supervision ceded by Dr. Hale to Dr. Brandt", ["end", "start"]),
        ("Dr. Hale hands the supervision to Dr. Brandt", ["end", "start"]),
        ("Change of supervision: Dr. Hale departing, Dr. Brandt arriving", ["end", "start"]),
        ("Dr. Hale relinquishes the supervision in favour of Dr. Brandt", ["end", "start"]),
        ("Dr. Hale succeeds Dr. Brandt in the supervision", ["start", "end"]),
        ("Dr. Hale steps into the place of Dr. Brandt", ["start", "end"]),
        ("Dr. Hale assumes the supervision in succession to Dr. Brandt", ["start", "end"]),
        ("Message conveyed from Dr. Hale to Dr. Brandt", []),
        ("Dr. Hale answers the surgeon in place of Dr. Brandt", []),
    ],
)
def test_of_two_readers_one_goes_and_the_other_comes(entry: str, phases: list[str]) -> None:
    assert [hit.phase for hit in composed(entry, frozenset({"hale", "brandt"}))] == phases


def test_an_entry_that_says_two_things_at_odds_says_nothing() -> None:
    assert composed("Leads on, baselines done, electrodes off", frozenset()) == ()


@pytest.mark.parametrize(
    ("entry", "meaning"),
    [
        ("Initial baseline acquisition was concluded", ("baseline", "end")),
        ("IONM stopped to swap amp", ("interruption", "start")),
        ("Preparation of the patient for recording was concluded", ("setup", "end")),
        ("Reboot done, mon on again", ("interruption", "end")),
    ],
)
def test_a_clause_understood_word_for_word_outweighs_a_pattern_that_knows_a_part(entry: str, meaning: tuple[str, str]) -> None:
    assert [(h.kind, h.phase) for h in classify_entry(entry, 0, frozenset()) if h.phase in ("start", "end")] == [meaning]


def test_a_name_alone_is_a_professional_only_if_a_degree_stands_with_it_somewhere() -> None:
    assert doctors_of("Interpreting: Miriam Hale, MD. Technologist Leo Brandt, CNIM") == {"hale"}


@pytest.mark.parametrize(
    ("entry", "kind", "phase"),
    [
        ("Beginning of the monitored part of the operation", "monitoring", "start"),
        ("From this minute the patient is monitored no more", "monitoring", "end"),
        ("The hours of monitoring are counted up to this entry", "monitoring", "end"),
        ("The monitored part of the operation is over", "monitoring", "end"),
        ("A failed power supply stops the monitoring for a while", "interruption", "start"),
        ("The temporary halt is over and monitoring continues", "interruption", "end"),
        ("Monitoring once more in force, nothing lost in the meantime", "interruption", "end"),
        ("Dr. Hale takes up the watch over the recordings", "professional", "start"),
        ("Monitoring over", "monitoring", "end"),
        ("Close of the period of monitoring", "monitoring", "end"),
        ("The minutes of monitoring count no further", "monitoring", "end"),
        ("The hours of monitoring are counted from this entry", "monitoring", "start"),
        ("MD\tMONITORING ON", "monitoring", "start"),
        ("DO\tMonitoring on", "monitoring", "start"),
        ("Reader\tMonitoring on", "monitoring", "start"),
        ("MD\tmonitoring back on", "interruption", "end"),
        ("Tech\tMD on for monitoring", "professional", "start"),
    ],
)
def test_an_entry_known_by_its_phrase_is_of_one_stage(entry: str, kind: str, phase: str) -> None:
    told = [(hit.kind, hit.phase) for hit in classify_entry(entry, 0, frozenset({"hale"})) if hit.phase in ("start", "end")]
    assert told == [(kind, phase)]


def test_a_visitor_who_joins_is_no_reader() -> None:
    assert not [
        hit for hit in classify_entry("A visitor joins us to observe the surgery", 0, frozenset()) if hit.kind != "ignore"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "stopping the recording now, last SSEP same as baseline",
        "we are ending the recording",
        "shutting down monitoring",
        "closing out the study",
    ],
)
def test_what_a_chat_says_of_stopping_ends_monitoring(text: str) -> None:
    assert ("monitoring", "end") in [(hit.kind, hit.phase) for hit in classify_entry(text, 0, frozenset())]


@pytest.mark.parametrize(
    "text",
    [
        "not stopping the recording yet",
        "surgeon ok with stopping the recording",
        "stopping the recording while they flip",
        "closing, leads out after",
        "leads out later",
        "needles out to follow",
    ],
)
def test_what_is_still_to_be_done_ends_nothing(text: str) -> None:
    hits = [(hit.kind, hit.phase) for hit in classify_entry(text, 0, frozenset())]
    assert not {("monitoring", "end"), ("removal", "end")} & set(hits)
