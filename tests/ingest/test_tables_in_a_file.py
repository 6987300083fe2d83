"""Files that hold several tables with columns of their own: each row is what it is, with evidence as it stands there."""

from __future__ import annotations

import csv
import io

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.ingest.evidence import evidence
from ionm_notes.ingest.records.roles import records_of
from ionm_notes.types import Line

_LOG = (
    ("07:05", "Electrode placement begun"),
    ("07:31", "Electrode placement finished"),
    ("07:50", "Monitoring started"),
    ("08:41", "No change from baseline"),
    ("10:40", "Monitoring ended"),
)
_PAIRS = (("Patient", "Ann Lee"), ("Surgeon", "Mark Hale, MD"), ("Date of surgery", "2025-03-12"), ("Operation", "ACDF C5-C6"))
_STUDIES = (("SSEP upper limbs", "median nerve", "both sides"), ("Bulbocavernosus reflex", "", ""))
_SAID = ("The reader attended to this patient alone.", "The line was open, and was tried before.")


def _table(*rows: tuple[str, ...]) -> list[str]:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return [*out.getvalue().split("\n")]


_FILES = {
    "semicolons": [
        *(f"{a};{b}" for a, b in _PAIRS),
        "",
        "METHOD;SITES;SIDES",
        *(";".join(s) for s in _STUDIES),
        "",
        "NUMBER;DATE;HOUR;WHAT",
        *(f"{n:03};12 March 2025;{at};{what}" for n, (at, what) in enumerate(_LOG, 1)),
        "",
        *(f"STATEMENT;{s}" for s in _SAID),
    ],
    "kinds before tabs": [
        *(f"F\t{a}\t{b}" for a, b in _PAIRS),
        *("\t".join(("S", *s)) for s in _STUDIES),
        *(f"E\t{n}\t12 Mar 2025\t{at}\t{what}" for n, (at, what) in enumerate(_LOG, 1)),
        *(f"N\t{s}" for s in _SAID),
    ],
    "quotes": [
        *_table((*(a for a, _ in _PAIRS), "Ordered by", "Place"), (*(b for _, b in _PAIRS), "Mark Hale, MD", "21")),
        *_table(("study", "sites", "sides"), *_STUDIES),
        *_table(("timestamp", "entry"), *((f"2025-03-12T{a}:00Z", b) for a, b in _LOG)),
        *_table(("statement",), *((s,) for s in _SAID)),
    ],
}


def _lines(file: str) -> tuple[Line, ...]:
    return read_bytes("export.txt", "\n".join(_FILES[file]).encode()).pages[0].lines


@pytest.mark.parametrize("file", _FILES)
def test_each_table_of_a_file_is_read_by_its_own_columns(file: str) -> None:
    rows = [line.text.split("\t") for line in _lines(file)]
    assert all(list(pair) in rows for pair in _PAIRS)
    assert ["SSEP upper limbs", "median nerve", "both sides"] in rows
    assert ["Bulbocavernosus reflex"] in rows
    for at, what in _LOG:
        assert any(at in row[-2] and row[-1] == what for row in rows if len(row) > 1)
    assert all([said] in rows for said in _SAID)


@pytest.mark.parametrize("file", _FILES)
def test_what_is_shown_of_a_table_stands_so_in_the_file(file: str) -> None:
    text = " ".join("\n".join(_FILES[file]).split())
    for line in _lines(file):
        assert evidence(line, 0, len(line.text)).text in text


def test_two_fields_of_a_wide_row_that_are_ends_of_one_interval_are_one_row() -> None:
    names = "patient,surgeon,setup_start,setup_stop,monitoring_start,monitoring_stop,reader"
    values = (
        'Ann Lee,"Hale, M",2025-03-12T07:05:00.000+01:00,2025-03-12T07:31:00.000+01:00,,2025-03-12T10:40:00.000+01:00,Ada Roe'
    )
    text = "\n".join(
        [names, values, "", "study,sites,side", "SSEP,median nerve,both", "MEP,hand,both", "", "remark", "All was well."]
    )
    rows = [line.text.split("\t") for line in read_bytes("export.txt", text.encode()).pages[0].lines]
    assert ["setup", "2025-03-12T07:05:00", "2025-03-12T07:31:00"] in rows
    assert ["monitoring stop", "2025-03-12T10:40:00.000+01:00"] in rows
    assert ["surgeon", "Hale, M"] in rows


@pytest.mark.parametrize(
    "lines",
    [
        ["The leads went on, the set was stored, and all was well."] * 9,
        ["Setup 07:05-07:31; baselines 07:35-07:48; monitoring 07:50-10:40; removal 10:44."] * 9,
        ["Patient: Ann Lee; born 1961", "Surgeon: Mark Hale, MD; fellow: none", "The reader was remote; the line was open."] * 3,
    ],
)
def test_sentences_with_marks_are_no_tables(lines: list[str]) -> None:
    assert records_of(lines) == {}
