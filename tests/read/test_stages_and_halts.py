"""Stages of the day in a program's words, times of sentences in words of no list, and pauses told by what stopped and went on."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.events.composed import composed
from ionm_notes.read.events.wording import classify_entry

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Technologist: Ana Ruiz, CNIM

"""


def _parts(text: str, kind: str) -> list[tuple[str, str]]:
    case = read_case(
        read_bytes("note.txt", (HEAD + text + "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025\n").encode())
    )
    return [(f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in case.segments if s.kind == kind]


STAGES = {
    ("setup", "start"): (
        "stage: setup (entered)",
        "PHASE PREPARATION on",
        "state=LEAD_PLACEMENT started",
        "scalp measured, first lead on",
    ),
    ("setup", "end"): (
        "mode SETUP closed",
        "Fitting of sensors over, contact test passed",
        "Montage ready, impedance table filed",
    ),
    ("baseline", "start"): ("status=BASELINE active", "First averages for the reference set", "Control set now being acquired"),
    ("baseline", "end"): ("phase: baseline left", "Reference averages committed to disk", "Control template frozen"),
    ("monitoring", "start"): (
        "state=MONITORING entered",
        "Acquisition switched to monitoring mode",
        "Watch over the cord opened",
    ),
    ("monitoring", "end"): (
        "Monitoring phase inactive",
        "Surveillance stood down",
        "Monitoring up to this entry, trending disabled",
    ),
    ("removal", "start"): ("PHASE TEARDOWN open", "Demounting of sensors begun", "Lifting off cup electrodes"),
    ("removal", "end"): (
        "state=DEMOUNT left",
        "Needle tally correct, no electrode left on patient",
        "Demounting of the montage completed",
    ),
}


@pytest.mark.parametrize(("meaning", "entry"), [(m, e) for m, entries in STAGES.items() for e in entries])
def test_a_stage_of_the_day_is_entered_and_left_in_any_words(meaning: tuple[str, str], entry: str) -> None:
    assert {(h.kind, h.phase) for h in classify_entry(entry, 0, frozenset()) if h.phase in ("start", "end")} == {meaning}


@pytest.mark.parametrize(
    "entry",
    [
        "phase reversal found",
        "status: stable",
        "Screw stage begun",
        "Deviation from template none",
        "state=ALARM entered",
        "stage 2 closed",
    ],
)
def test_a_stage_of_something_else_says_nothing(entry: str) -> None:
    assert composed(entry) == ()


@pytest.mark.parametrize(
    ("sentence", "kind", "hours"),
    [
        ("Averaging for the baseline began at 07:36 and was frozen at 07:52.", "baseline", ("07:36", "07:52")),
        ("Baseline runs were begun at 07:36, with the last of them saved at 07:52.", "baseline", ("07:36", "07:52")),
        ("At 07:10 the first electrode went on; at 07:31 the contact test was passed.", "setup", ("07:10", "07:31")),
        ("At 11:40 the first electrode was withdrawn, at 11:55 the last.", "removal", ("11:40", "11:55")),
        ("From 11:40 the electrodes were withdrawn, a task over by 11:55.", "removal", ("11:40", "11:55")),
    ],
)
def test_the_second_time_closes_what_the_first_began(sentence: str, kind: str, hours: tuple[str, str]) -> None:
    assert _parts("Monitoring 08:10 to 11:30. " + sentence, kind) == [hours]


@pytest.mark.parametrize(
    "sentence",
    [
        "A mains trip at 09:05 broke off surveillance, which was reinstated at 09:20.",
        "At 09:05 monitoring had to be suspended for technical reasons; it was reinstated at 09:20.",
        "The amplifier died at 09:05, and it was 09:20 before recording was possible again.",
        "At 09:05 acquisition was halted for a scan, and at 09:20 it was taken up again.",
        "Monitoring lay in abeyance between 09:05 and 09:20 while the table was turned.",
        "The computer crashed at 09:05 and was running again by 09:20.",
    ],
)
def test_what_stopped_and_went_on_is_an_interruption_in_any_words(sentence: str) -> None:
    text = "Monitoring 08:10 to 11:30. " + sentence
    assert _parts(text, "interruption") == [("09:05", "09:20")]
    assert _parts(text, "monitoring") == [("08:10", "11:30")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The left tibial response was lost at 09:05 and was back at 09:20.",
        "Monitoring was begun at 08:10 and continued without interruption until 11:30.",
        "The surgeon was told at 09:05 that recording of the leg had failed, and at 09:20 it had recovered.",
    ],
)
def test_a_finding_or_an_unbroken_watch_is_no_interruption(sentence: str) -> None:
    assert _parts("Monitoring 08:10 to 11:30. " + sentence, "interruption") == []


def test_labels_are_read_word_by_word_too() -> None:
    text = "Demounting\t11:40\t11:55\nReference averages\t07:36\t07:52\n"
    text += "Start of surveillance\t08:10\nStand-down from surveillance\t11:30\n"
    assert _parts(text, "removal") == [("11:40", "11:55")]
    assert _parts(text, "baseline") == [("07:36", "07:52")]
    assert _parts(text, "monitoring") == [("08:10", "11:30")]


@pytest.mark.parametrize(
    ("question", "kind", "hours"),
    [
        ("At what time did monitoring end?", "monitoring", ("", "11:30")),
        ("3. When was monitoring concluded?", "monitoring", ("", "11:30")),
        ("Monitoring: time of stop?", "monitoring", ("", "11:30")),
        ("At what hour was surveillance stood down?", "monitoring", ("", "11:30")),
        ("When did monitoring begin?", "monitoring", ("11:30", "")),
    ],
)
def test_a_question_that_asks_for_a_time_tells_what_the_time_is_of(question: str, kind: str, hours: tuple[str, str]) -> None:
    assert _parts(f"{question}\n   11:30\n", kind) == [hours]


def test_a_question_that_asks_for_an_interval_tells_what_it_is_of() -> None:
    text = "Q1. From when to when was the patient monitored?\n    08:10 - 11:30\n"
    text += "Q2. When were the electrodes taken out?\n    11:40 - 11:55\n"
    assert _parts(text, "monitoring") == [("08:10", "11:30")]
    assert _parts(text, "removal") == [("11:40", "11:55")]


def test_a_label_may_stand_behind_its_times() -> None:
    text = "ON          OFF         DUTY\n07:10       07:31       Montage and contact test\n"
    text += "07:36       07:52       Reference averages\n"
    text += "08:10       11:30       Surveillance\n11:40       11:55       Demounting\n"
    found = {kind: _parts(text, kind) for kind in ("setup", "baseline", "monitoring", "removal")}
    assert found == {
        "setup": [("07:10", "07:31")],
        "baseline": [("07:36", "07:52")],
        "monitoring": [("08:10", "11:30")],
        "removal": [("11:40", "11:55")],
    }


def test_a_numbered_sentence_that_begins_with_its_time_is_read_as_without_the_number() -> None:
    assert _parts(
        "1/01 Monitoring 08:10 to 11:30.\n1/02 At T11:40 the first electrode was withdrawn, at T11:55 the last.", "removal"
    ) == [("11:40", "11:55")]


def test_a_dictated_log_is_read_entry_by_entry() -> None:
    text = (
        "At 07:05, after induction, application of the electrodes was undertaken. At 07:31, the montage was verified. "
        "At 07:36, acquisition of the initial baseline set was undertaken. At 07:52, the baseline set had been stored. "
        "At 08:10, the monitoring period opened. "
        "At 09:05, monitoring had to be suspended, the headbox being unplugged for a scan. "
        "At 09:20, acquisition was taken up again. At 11:30, conclusion of monitoring."
    )
    found = {kind: _parts(text, kind) for kind in ("setup", "baseline", "monitoring", "interruption")}
    assert found == {
        "setup": [("07:05", "07:31")],
        "baseline": [("07:36", "07:52")],
        "monitoring": [("08:10", "11:30")],
        "interruption": [("09:05", "09:20")],
    }


def test_doubled_blanks_within_a_sentence_part_no_cells() -> None:
    text = (
        "Preparation of the patient, the application of electrodes included, was quick\n"
        "and without event. Monitoring of the whole spinal cord was in effect between\n"
        "08:10  and 11:30 hrs. The period  from 11:40 to 11:55 hrs went to the removal\n"
        "of all electrodes.\n"
    )
    assert _parts(text, "monitoring") == [("08:10", "11:30")]
    assert _parts(text, "removal") == [("11:40", "11:55")]


@pytest.mark.parametrize(
    "text",
    [
        "The monitoring session, with the baselines in it, ran from 0815 until 1047.",
        "Monitoring (including baselines) ran from 8:15 to 10:47.",
    ],
)
def test_monitoring_with_its_baselines_is_monitoring_and_their_length_is_asked_for(text: str) -> None:
    assert _parts(text, "monitoring") == [("08:15", "10:47")]
    assert _parts(text, "baseline") == []
    assert read_case(read_bytes("note.txt", (HEAD + text).encode())).times_unread
    timed = f"{text} Baselines: 8:15 to 8:29."
    assert _parts(timed, "baseline") == [("08:15", "08:29")]
    assert not read_case(read_bytes("note.txt", (HEAD + timed).encode())).times_unread


@pytest.mark.parametrize("hours", ["9:02 - 11:07 AM", "9:02\t11:07", "0902-1107"])
def test_a_label_of_monitoring_and_of_the_reader_gives_both(hours: str) -> None:
    assert _parts(f"Hook-up\t8:05 - 8:36 AM\nMonitoring, neurologist on line\t{hours}\n", "monitoring") == [("09:02", "11:07")]


def test_the_entry_of_a_beginning_may_tell_the_end_too() -> None:
    said = (
        "10:20 monitoring started; I was in the operating room from then on until it ended at 13:45, with eyes on the live traces"
    )
    text = (
        f"NEUROMONITORING NOTE\nDate of surgery: 03/04/2025\n09:50-10:12 baselines.\n{said}.\n13:50-14:00 electrodes removed.\n"
    )
    [watch] = [s for s in read_case(read_bytes("note.txt", text.encode())).segments if s.kind == "monitoring"]
    assert (f"{watch.start:%H:%M}", f"{watch.end:%H:%M}") == ("10:20", "13:45")


@pytest.mark.parametrize(
    "row",
    [
        "10:12 to 13:01\tmonitoring (includes taking out the needles, 12:48 to 13:01)",
        "Monitoring 10:12 to 13:01 (includes removal 12:48 to 13:01)",
    ],
)
def test_what_brackets_tell_of_a_part_leaves_the_row_its_own(row: str) -> None:
    case = read_case(
        read_bytes("note.txt", f"IONM NOTE\nDate of surgery: 03/04/2025\n09:55 to 10:12\tbaselines\n{row}\n".encode())
    )
    told = {s.kind: (f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.start and s.end}
    assert told["monitoring"] == ("10:12", "13:01")
    assert told["removal"] == ("12:48", "13:01")


def test_the_words_of_the_last_time_of_a_line_may_stand_on_the_next() -> None:
    text = (
        "NOTE\nOperation on 22 April 2026.\n9:05 monitoring begins. 10:30 to 11:42\nfunctional mapping. 13:20 monitoring ends.\n"
    )
    case = read_case(read_bytes("note.txt", text.encode()))
    assert [f"{low:%H:%M}-{high:%H:%M}" for low, high in ((m.start, m.end) for m in case.mapping) if low and high] == [
        "10:30-11:42"
    ]


def test_a_row_of_two_times_keeps_its_stage_beside_a_time_in_brackets() -> None:
    rows = "From\tTo\tStep\n07:34\t07:52\tBaseline\n07:55\t11:26\tMonitoring (incision 08:14)\n"
    text = f"NOTE\nDate of surgery: 02/11/2026\n{rows}"
    case = read_case(read_bytes("note.txt", text.encode()))
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "monitoring" and s.start and s.end] == [
        ("07:55", "11:26")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "He was flipped from 09:10 to 09:25, during which there was no monitoring.",
        "I stayed connected, but from 09:10 to 09:25 there was nothing to see.",
        "The O-arm was in from 09:10 to 09:25 and nothing was recorded.",
        "During the turn (09:10 to 09:25) all leads were out of the box.",
    ],
)
def test_hours_behind_which_nothing_was_monitored_are_a_pause(said: str) -> None:
    head = "NOTE\nDate of surgery: 10/03/2024\nReader: Ada Hale, MD, remote, live.\nMonitoring 07:48 to 13:06.\n"
    case = read_case(read_bytes("note.txt", f"{head}{said}\n".encode()))
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "interruption" and s.start and s.end] == [
        ("09:10", "09:25")
    ]
    assert [row.whole_case for row in case.attendance] == [True]


def test_hours_with_nothing_to_report_are_no_pause() -> None:
    said = "From 09:10 to 09:25 there was nothing to report."
    case = read_case(read_bytes("note.txt", f"NOTE\nDate of surgery: 10/03/2024\nMonitoring 07:48 to 13:06.\n{said}\n".encode()))
    assert not [s for s in case.segments if s.kind == "interruption"]


@pytest.mark.parametrize(
    "told",
    [
        "Monitoring\t07:48 to 13:06\nOut of monitoring\t09:10-09:25: leads unplugged for the scan",
        "Monitoring: 07:48 to 13:06\nOff the monitor: 09:10-09:25 while the O-arm was used",
        "Monitoring\t07:48 to 13:06\nHole in the record\t09:10-09:25 cable fault",
        "Monitoring 07:48-13:06 excluding the outage 09:10-09:25.",
        "Monitoring 07:48-13:06. Nothing was recorded from 09:10 to 09:25. 07:48-13:06 less the 15 minutes of failure: 303.",
    ],
)
def test_what_is_out_of_the_monitoring_or_taken_off_it_is_a_pause_of_its_own_times(told: str) -> None:
    case = read_case(
        read_bytes("note.txt", f"NOTE\nDate of surgery: 10/03/2024\nReader: Ada Hale, MD, remote.\n{told}\n".encode())
    )
    spans = {s.kind: (f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.start and s.end}
    assert spans == {"monitoring": ("07:48", "13:06"), "interruption": ("09:10", "09:25")}


@pytest.mark.parametrize(
    "line",
    [
        "Electrodes on patient\t07:10\t13:40",
        "Leads in place from 07:10 to 13:40.",
        "Technologist on site: Kay Lund, CNIM (room sensor: present 07:10 to 13:40, zero absences)",
        "Kay Lund, CNIM set up and was present from 07:10 to 13:40.",
    ],
)
def test_hours_from_before_the_monitoring_to_behind_it_are_no_set_up(line: str) -> None:
    told = f"NOTE\nDate of surgery: 10/03/2024\nReader: Ada Hale, MD, remote.\n{line}\nMonitoring 07:48 to 13:06.\n"
    assert [s.kind for s in read_case(read_bytes("note.txt", told.encode())).segments] == ["monitoring"]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("acquisition: baseline set closed; MONITORING flag ON", [("baseline", "end"), ("monitoring", "start")]),
        ("monitoring off; leads off", [("monitoring", "end"), ("removal", "end")]),
        ("set-up done; baselines started", [("setup", "end"), ("baseline", "start")]),
    ],
)
def test_an_entry_of_two_stages_tells_of_both(entry: str, found: list[tuple[str, str]]) -> None:
    assert [(h.kind, h.phase) for h in classify_entry(entry, 0, frozenset())] == found
