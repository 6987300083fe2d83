"""Exports of machines are read record by record: the time, the words, and the labels of the head, as they stand in the file."""

from __future__ import annotations

import time

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Technologist: Gwen Juarez, CNIM

"""
EVENTS = (
    ("07:12", "Electrode placement started"),
    ("07:40", "Electrode placement complete"),
    ("07:45", "Baseline recording started"),
    ("08:00", "Baselines complete"),
    ("08:10", "Monitoring started"),
    ("09:00", "SSEP stable"),
    ("11:30", "Monitoring ended"),
    ("11:35", "Electrode removal started"),
    ("11:50", "Electrodes all removed"),
)
STYLES = {
    "JSON lines": '{{"seq": {n}, "ts": "2025-03-04T{at}:00", "source": "TECH", "event": "{what}"}}',
    "CSV with quotes": '"{n}","2025-03-04T{at}:00","TECH","{what}"',
    "keys": 'seq={n} time={at} user=TECH text="{what}"',
    "log with levels": "2025-03-04 {at}:00 INFO [recorder] {what}",
    "semicolons": "{n};2025-03-04 {at};TECH;{what}",
    "tags": '<event n="{n}" at="2025-03-04T{at}:00" by="TECH">{what}</event>',
}


@pytest.mark.parametrize("style", STYLES)
def test_a_log_of_any_export_gives_the_parts_of_the_day_with_evidence_as_it_stands(style: str) -> None:
    rows = [STYLES[style].format(n=n, at=at, what=what) for n, (at, what) in enumerate(EVENTS, 1)]
    text = HEAD + "\n".join(rows) + "\n"
    case = read_case(read_bytes("export.txt", text.encode()))
    day = {s.kind: (f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.start and s.end}
    assert day["setup"] == ("07:12", "07:40")
    assert day["baseline"] == ("07:45", "08:00")
    assert day["monitoring"] == ("08:10", "11:30")
    page = " ".join(text.split())
    assert all(" ".join(proof.text.split()) in page for segment in case.segments for proof in segment.evidence)


@pytest.mark.parametrize("row", ['<phase name="{}" from="2025-03-04T{}:00" to="2025-03-04T{}:00"/>', "name={} from={} to={}"])
def test_an_interval_with_its_name_has_both_its_times(row: str) -> None:
    parts = [
        ("Setup", "07:12", "07:40"),
        ("Baseline", "07:45", "08:00"),
        ("Monitoring", "08:10", "11:30"),
        ("Removal", "11:35", "11:50"),
    ]
    case = read_case(read_bytes("export.txt", (HEAD + "\n".join(row.format(*part) for part in parts) + "\n").encode()))
    day = {s.kind: (f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.start and s.end}
    assert day["monitoring"] == ("08:10", "11:30")
    assert day["setup"] == ("07:12", "07:40")


def test_sentences_with_commas_and_equal_signs_stay_sentences() -> None:
    text = HEAD + "\n".join(
        [
            "I watched the traces, the technologist was in the room, and we spoke by phone.",
            "The left tibial latency (normal = 38 ms) was delayed, the right was normal, both were steady.",
            "After closure, the electrodes came off, the skin was clean, and the patient woke.",
            "No change was seen, none was told, and the surgeon was content.",
        ]
    )
    document = read_bytes("note.txt", text.encode())
    assert "I watched the traces, the technologist was in the room, and we spoke by phone." in " ".join(
        line.text for page in document.pages for line in page.lines
    )


def test_a_line_of_blanks_takes_no_time() -> None:
    began = time.process_time()
    read_bytes("note.txt", ((" " * 1900 + "x\n") * 200).encode())
    assert time.process_time() - began < 5
