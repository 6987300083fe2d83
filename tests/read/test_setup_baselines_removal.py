"""Set-up, baselines and removal in a log: begun and done in any writer's words, and never for what others set up or take out."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.events.worded import label_hits
from ionm_notes.read.events.wording import classify_entry

MEANING = {
    ("setup", "start"): (
        "Neurophysiologist begins hooking patient up",
        "elecs going on now",
        "Commenced to stick patient",
        "IONM tech commences electrode prep",
        "ndls goin in",
        "electrodeApplication: started",
        "phase -> ELECTRODES (enter)",
        "Apply sensors (tapped Start)",
        "HOOKUP: S",
    ),
    ("setup", "end"): (
        "Preparation is complete, contacts found good",
        "Pt fully leaded",
        "Last lead in and taped",
        "Placement of sensors accomplished",
        "hookup's done, we can record whenever",
        "Lead placement - Complete",
        "SETUP=0",
        "HOOKUP: F",
        "Prepared and connected, impedances acceptable",
        "Anna Moss, CNIM had finished wiring the patient",
    ),
    ("baseline", "start"): (
        "Recording of the patient's starting condition begins",
        "At this point the responses are recorded that later ones will be judged by",
        "The first recordings, to compare with later, are begun",
        "Reference recordings: first trial running",
        "We begin the recordings that are to serve as reference",
        "First set of responses being acquired",
        "getting a baseline on her before they cut",
        "Basal curves are now derived",
        "Start of reference measurement",
        "BASELINE=1",
    ),
    ("baseline", "end"): (
        "There is now a full set of reference recordings, and it is stored",
        "Recording of the patient's condition before the incision is complete",
        "Control traces stored in memory",
        "baselines locked in",
        "Control SSEPs saved",
        "bls in the can",
        "Baseline studies are finished, on file",
        "phase -> BASELINE (leave)",
    ),
    ("removal", "start"): (
        "Freeing the patient from the recording machine: begun",
        "Stripping the patient of electrodes",
        "pullin needles",
        "Commence derig",
        "Tech begins to unhook patient",
        "electrodeRemoval: started",
    ),
    ("removal", "end"): (
        "last of the leads off",
        "No needles left in patient",
        "Detachment of electrodes completed without injury",
        "Remove sensors (tapped Done)",
        "lytes off, skin cdi",
    ),
}
SILENT = (
    "Freeing the nerve from the tumor: done",
    "Freeing the patient from the drapes",
    "Traces will be recorded that later ones will be judged by",
    "Art line set up",
    "Frame set up by registrar",
    "the surgeon set up his retractor",
    "Room set-up by facility staff",
    "Baseline MAP 80",
    "Baseline BP noted",
    "No change cf baseline",
    "Responses reverted to reference values",
    "Hardware removal begun",
    "Instrumentation documented",
    "Cell saver set up",
    "Foley removed",
    "Mayfield pins placed",
    "Patient prepped and draped",
    "Lead anchored",
    "Pads removed by nurse",
    "Taking down the adhesions",
    "Needle removed after localization",
    "Baseline fluoroscopy",
    "Defib pads on",
    "Depth electrode inserted by surgeon",
    "Electrode on left AH fell off, replaced",
    "monitoring began after electrode placement",
)


@pytest.mark.parametrize(("meaning", "entry"), [(meaning, entry) for meaning, entries in MEANING.items() for entry in entries])
def test_a_stage_is_begun_and_done_in_the_words_of_any_writer(meaning: tuple[str, str], entry: str) -> None:
    assert {(hit.kind, hit.phase) for hit in classify_entry(entry, 0, frozenset()) if hit.phase != "point"} == {meaning}


@pytest.mark.parametrize("entry", SILENT)
def test_what_the_room_the_surgeon_and_the_anesthetist_set_up_and_take_out_is_none(entry: str) -> None:
    found = {hit.kind for hit in classify_entry(entry, 0, frozenset())}
    assert not found & {"setup", "baseline", "removal"}


LABELS = {
    "setup": ("Siting of needles", "HKUP", "Needles placed by IOM", "Lead placement (Begin/Complete)", "Patient connected"),
    "baseline": ("Basal registration", "Baseline template", "Controls", "Acquisition of references", "Recordings for comparison"),
    "removal": ("Electrode retrieval", "Derig", "Needles out per IOM", "De-instrumenting", "lytes off"),
}


@pytest.mark.parametrize(("kind", "label"), [(kind, label) for kind, labels in LABELS.items() for label in labels])
def test_a_label_of_two_times_names_a_part_of_the_day_by_all_its_words(kind: str, label: str) -> None:
    assert {hit.kind for hit in label_hits(label)} == {kind}


@pytest.mark.parametrize("label", ["Art line set-up", "C-arm setup", "Patient prep and drape", "OR setup", "Hardware removal"])
def test_a_label_of_others_work_is_none_of_the_technologists(label: str) -> None:
    assert not {hit.kind for hit in label_hits(label)} & {"setup", "baseline", "removal"}


HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Technologist: Ana Ruiz, CNIM

"""
TOLD = (
    ("The technologist spent 07:10 to 07:35 placing electrodes.", "setup", ("07:10", "07:35")),
    ("Kit-out of the patient ran 07:10 to 07:35.", "setup", ("07:10", "07:35")),
    ("We started our baselines at 07:40 and had them in the bank at 07:55.", "baseline", ("07:40", "07:55")),
    ("It took from 11:30 to 11:42 to strip the patient of electrodes.", "removal", ("11:30", "11:42")),
)


@pytest.mark.parametrize(("sentence", "kind", "hours"), TOLD)
def test_a_sentence_tells_when_a_stage_was_in_any_words(sentence: str, kind: str, hours: tuple[str, str]) -> None:
    case = read_case(
        read_bytes("note.txt", f"{HEAD}{sentence}\n\nElectronically signed: Dana Whitfield, MD 03/04/2025\n".encode())
    )
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == kind] == [hours]


DONE = [
    "electrodes being placed; done 08:30",
    "Needles and stickers on; finished 08:30",
    "Electrodes, until 08:30",
    "Leads, to 08:30",
    "Hook-up (to 08:30)",
    "Set-up. Finished 08:30.",
    "wiring the patient; all on 08:30",
    "leads going on; complete by 08:30, impedances ok",
    "Electrodes; ready 08:30",
    "placing electrodes, through at 08:30",
    "prep, 08:30 done",
    "Hooking up; through 08:30",
]
BEGUN = [
    "last electrode out (from 11:50)",
    "leads out, begun 11:50",
    "electrodes removed, started 11:50",
    "needles out since 11:50",
    "electrodes off (start 11:50)",
    "Removal of electrodes complete, from 11:50",
]
NOT_ITS_TIME = [
    ("08:05", "electrodes on; patient turned until 08:30"),
    ("08:05", "leads on; line placed 08:30"),
    ("12:00", "electrodes out, skin closed from 11:50"),
    ("12:00", "needles out; patient awake since 11:55"),
    ("12:00", "leads out. Surgeon scrubbed out at 11:50"),
    ("08:05", "Mayfield, until 08:30"),
]
DAY = ("08:40  baselines done", "08:45  monitoring started", "11:45  monitoring stopped")


def parts(*rows: str) -> dict[str, tuple[str, str]]:
    """The parts of a day with both their ends, as a log of these entries tells them."""
    text = "REPORT\nDate of service: 03/12/2026\nReader: Laura Ashworth, MD, remote\n\n" + "\n".join(sorted((*DAY, *rows))) + "\n"
    segments = read_case(read_bytes("log.txt", text.encode())).segments
    return {s.kind: (f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in segments if s.start and s.end}


@pytest.mark.parametrize("words", DONE)
def test_an_entry_tells_when_its_own_work_was_over(words: str) -> None:
    assert parts(f"08:05  {words}")["setup"] == ("08:05", "08:30")


@pytest.mark.parametrize("words", BEGUN)
def test_an_entry_tells_when_its_own_work_had_begun(words: str) -> None:
    assert parts(f"12:00  {words}")["removal"] == ("11:50", "12:00")


@pytest.mark.parametrize(("minute", "words"), NOT_ITS_TIME)
def test_the_time_of_other_work_is_no_end_of_the_entry(minute: str, words: str) -> None:
    assert {"setup", "removal"}.isdisjoint(parts(f"{minute}  {words}"))


@pytest.mark.parametrize(
    "done",
    ["Leads off: finished. N. Faraday in room 07:40-12:35, no break", "Leads off: finished (tech in room 07:40-12:35)"],
)
def test_an_interval_of_the_next_sentence_is_no_part_of_the_day(done: str) -> None:
    log = "08:42\tMonitoring on\n12:15\tMonitoring off\n12:18\tLeads off: start\n12:26\t"
    text = f"Date of surgery: 01/15/2026\nTechnologist: Nils Faraday, CNIM\n{log}{done}\n"
    removal = [s for s in read_case(read_bytes("log.txt", text.encode())).segments if s.kind == "removal"]
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in removal if s.start and s.end] == [("12:18", "12:26")]
