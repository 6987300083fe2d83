"""A document is cut where another one begins, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packet_pages import COVER, LOG, OPERATIVE, REPORT, TOP, document

from ionm_notes.ingest import read_document
from ionm_notes.parts import split
from ionm_notes.read.case import read_alone, read_case

FIXTURES = Path(__file__).parents[2] / "fixtures"
ORDINARY = sorted(
    path for name in ("documents", "eras") for path in (FIXTURES / name).iterdir() if path.suffix in (".pdf", ".docx", ".txt")
)
TWO_PARTS = {"c13-schwannoma-charges.pdf"}
"""Ordinary documents whose last page is a charge sheet of its own."""


def kinds(*pages: list[str]) -> list[tuple[str, tuple[int, ...]]]:
    return [(part.kind, part.numbers) for part in split(document(*pages))]


def test_each_kind_is_told_by_its_title() -> None:
    assert kinds(COVER, OPERATIVE, REPORT, LOG) == [
        ("fax_cover", (1,)),
        ("operative_note", (2,)),
        ("report", (3,)),
        ("technologist_log", (4,)),
    ]


def test_a_page_without_a_title_goes_on_from_the_page_before() -> None:
    assert kinds(REPORT, ["SSEPs of the tibial nerve were stable.", "Electrodes were removed."], OPERATIVE) == [
        ("report", (1, 2)),
        ("operative_note", (3,)),
    ]


def test_an_untitled_page_behind_a_fax_cover_is_no_second_page_of_the_cover() -> None:
    assert kinds(COVER, [*TOP, "Dear colleague, the SSEPs of this patient were stable at all times."]) == [
        ("fax_cover", (1,)),
        ("unknown", (2,)),
    ]


def test_monitoring_behind_an_operative_note_is_not_the_surgeons() -> None:
    untitled = [
        "Spinal cord study",
        *TOP,
        *REPORT[4:],
        "Latencies, amplitudes, impedances, EMG, MEPs and waveforms were reviewed.",
    ]
    assert kinds(OPERATIVE, untitled) == [("operative_note", (1,)), ("unknown", (2,))]


def test_a_title_that_the_page_does_not_bear_out_is_none() -> None:
    assert kinds(["Operative report dictated separately.", *TOP, "SSEP baselines at 08:05, EMG electrodes placed."]) == [
        ("unknown", (1,))
    ]


def test_a_combined_form_full_of_monitoring_is_no_charge_sheet() -> None:
    form = ["REPORT AND CHARGE TICKET", *REPORT[1:], "EMG, MEP, impedances, waveforms", "CPT  Units", "95938  1"]
    assert kinds(COVER, form)[1] in [("unknown", (2,)), ("report", (2,))]


def test_a_charge_sheet_that_opens_the_file_heads_the_untitled_record_behind_it() -> None:
    sheet = [
        "PROFESSIONAL CHARGE TICKET",
        "Surgeon Dr. Falconbridge",
        "CPT 95940 Units 15",
        "CPT 95938 Mod 26 Units 1",
        "Total charges",
    ]
    record = [
        "Clinical backup to ticket 5561",
        "08:05-08:38 Electrodes placed",
        "09:00 MONITORING BEGINS",
        "12:46 MONITORING ENDS",
    ]
    assert [numbers for _, numbers in kinds(sheet, record)] == [(1, 2)]
    assert [numbers for _, numbers in kinds(record, sheet)] == [(1,), (2,)]


def test_numbered_pages_stay_together_though_a_later_one_has_a_heading_like_a_title() -> None:
    first = ["SwiftRead record, page 1 of 2", *REPORT[1:]]
    second = ["SwiftRead record, page 2 of 2", "Physician interpretation", "SSEP baselines and MEP amplitudes were stable."]
    assert kinds(first, second) == [("unknown", (1, 2))]


def test_the_same_form_of_another_record_number_is_another_part() -> None:
    other = [line.replace("417-24505", "883-10917") for line in LOG]
    assert kinds(LOG, [*other[:-1], "15:40    Monitoring ended"]) == [("technologist_log", (1,)), ("technologist_log", (2,))]


def test_a_page_that_stands_twice_is_a_copy_though_its_fax_line_differs() -> None:
    parts = split(
        document(["03/11/25 16:42 FROM: A TO: B P. 01/02", *REPORT], ["03/11/25 16:43 FROM: A TO: B P. 02/02", *REPORT])
    )
    assert [(part.numbers, part.copy_of) for part in parts] == [((1,), None), ((2,), 1)]


def test_a_page_that_differs_in_one_clock_time_is_no_copy() -> None:
    other = [line.replace("11:17", "11:47") for line in REPORT]
    assert {part.copy_of for part in split(document(REPORT, other))} == {None}


def test_a_copy_may_differ_in_a_letter_but_not_in_a_figure() -> None:
    blurred = [line.replace("normal amplitudes", "normal amplitvdes") for line in (*REPORT, *OPERATIVE, *LOG)]
    assert [part.copy_of for part in split(document([*REPORT, *OPERATIVE, *LOG], blurred))] == [None, 1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([COVER, OPERATIVE, REPORT, LOG, TOP, ["text"], REPORT[5:]]), min_size=1, max_size=7))
def test_every_page_is_in_exactly_one_part(pages: list[list[str]]) -> None:
    numbers = sorted(number for part in split(document(*pages)) for number in part.numbers)
    assert numbers == list(range(1, len(pages) + 1))


@pytest.mark.parametrize("path", ORDINARY, ids=lambda path: path.name)
def test_an_ordinary_document_is_read_as_if_there_were_no_packets(path: Path) -> None:
    read = read_document(path)
    if path.name in TWO_PARTS:
        assert len(split(read)) == 2
        return
    assert len(split(read)) == 1
    assert repr(read_case(read)) == repr(read_alone(read))


ORDERED = [
    "Sheet 1 of 3 - Order for neuromonitoring",
    *TOP,
    "Requested: SSEP arms, EMG arms",
    "Ordered by: Otto Brandvold, MD, 01/10/2025",
]
ROOM = [
    "Technologist Per Holm, CNIM, in room from 07:30 to 11:50",
    "07:40-08:01 electrodes on, impedances",
    "08:04-08:12 baselines: ulnar SSEP normal, EMG silent",
    "08:15 monitoring begins",
    "11:17 monitoring ends",
]


@pytest.mark.parametrize("title", ["Operating room log", "What happened in the room", "Minutes of the watch"])
def test_a_log_is_no_second_page_of_an_order_though_the_sheets_are_counted_through(title: str) -> None:
    sheets = [ORDERED, [f"Sheet 2 of 3 - {title}", *ROOM], ["Sheet 3 of 3 - Interpretation", *REPORT[4:]]]
    found = kinds(*sheets)
    assert found[0] == ("order", (1,))
    assert found[1][0] in ("technologist_log", "unknown")
    told = [segment.kind for segment in read_case(document(*sheets)).segments if segment.start]
    assert told == ["setup", "baseline", "monitoring"]


def test_a_reading_is_no_second_page_of_an_order_either() -> None:
    reading = [
        "Sheet 2 of 3 - What I saw",
        "SSEP of both arms, watched live. EMG silent.",
        "Impression: stable.",
        "Signed: Ida Marsh, MD",
    ]
    assert kinds(ORDERED, reading)[1:] == [("unknown", (2,))]


def test_the_second_page_of_an_order_stays_an_order() -> None:
    listed = ["Sheet 2 of 2", "SSEP, MEP, EMG, baselines before positioning; CNIM", "Needles in the OR at 07:30", "Signed"]
    assert kinds([line.replace("of 3", "of 2") for line in ORDERED], listed) == [("order", (1, 2))]


@pytest.mark.parametrize(("ended", "kinds_told"), [("11:17", ["setup", "monitoring"]), ("10:40", ["monitoring"])])
def test_a_log_with_another_name_and_the_very_times_of_the_report_is_of_this_operation(ended: str, kinds_told: list[str]) -> None:
    log = [
        "ROOM LOG - unit 3",
        "Patient: Moyle, Delphine    DOB: 12/02/1971    MRN: 839-7740",
        "Date: 01/15/2025    Tech: P. Holm, CNIM",
        "07:30 - 07:55    set-up, SSEP needles and electrodes, impedances",
        "08:02    MONITORING START",
        "09:15    SSEP and EMG unchanged from baselines",
        f"{ended}    MONITORING STOP",
    ]
    case = read_case(document(REPORT, log))
    assert len(case.patients) == 2
    assert [segment.kind for segment in case.segments if segment.start] == kinds_told


BUNDLES = [
    ("RECORDS REQUEST 25-0931 / PAGE {}: {}", "ABC"),
    ("EXHIBIT {} - {}", "123"),
    ("APPEAL LETTER, ENCLOSURE {}: {}", "234"),
    ("Attachment {}. {}, abridged", "ABC"),
    ("[{}] {}", "123"),
    ("Records request 25-0931, {} of 3\n{}", "123"),
    ("Records request 25-0931{:.0}: {}", "123"),
    ("Denial letter, answer | Tab {} | {}", "123"),
]
SHORT = {
    "Operative note": [*TOP, "Surgeon: Otto Brandvold, MD. Closing was routine. The patient is an inpatient."],
    "Neuromonitoring report": REPORT[4:],
    "Anesthesia record": ["In room 07:05. Incision 08:20. Out of room 12:50."],
}


@pytest.mark.parametrize(("heading", "counts"), BUNDLES)
def test_the_name_of_a_packet_is_not_that_of_its_pages(heading: str, counts: str) -> None:
    pages = [
        [*heading.format(count, title).split("\n"), *body] for count, (title, body) in zip(counts, SHORT.items(), strict=True)
    ]
    assert [kind for kind, _ in kinds(*pages)] == ["operative_note", "report", "anesthesia_record"]
    case = read_case(document(*pages))
    assert str(case.encounter.date_of_service) == "2025-01-15"
    assert case.encounter.surgeon
    assert case.encounter.surgeon.name == "Otto Brandvold"


def test_a_page_with_a_count_of_its_own_does_not_go_on_from_an_operative_note() -> None:
    pages = [["PART 1 OF 2 - OPERATION NOTE", *SHORT["Operative note"]], ["PART 2 OF 2 - MONITORING", *REPORT[4:]]]
    assert kinds(*pages) == [("operative_note", (1,)), ("unknown", (2,))]


@pytest.mark.parametrize(
    "line",
    ["Please send the operative note of that day.", "Re: the neuromonitoring report by Dr. Ida Marsh of 01/15/2025"],
)
def test_a_letter_that_asks_for_a_record_is_none(line: str) -> None:
    letter = ["REQUEST FOR MEDICAL RECORDS", line, "SSEP, EMG and MEP were billed; we did not receive the monitoring log."]
    assert kinds(letter, REPORT) == [("correspondence", (1,)), ("report", (2,))]
