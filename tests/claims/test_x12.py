"""X12 claims and remittances: every line of a file in the published layout, and of a damaged file all that can be read."""

from __future__ import annotations

import io
import logging
import random
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import pyx12.params
import pyx12.x12file
import pyx12.x12n_document
from hypothesis import given, settings
from hypothesis import strategies as st
from test_tables import csv_of

from fixtures.claims.make import Scene
from fixtures.claims.x12 import Paid, Signs, write_835, write_837
from ionm_notes.claims.model import Adjustment, ClaimLine
from ionm_notes.claims.reading import read_claims, read_remits
from ionm_notes.claims.tabular import read_csv
from ionm_notes.claims.x12 import read_segments
from ionm_notes.errors import IonmError
from ionm_notes.limits import Limits

OTHER_SIGNS = Signs("|", ">", "\x1d", "!", "")
LINE = ClaimLine(
    "A1",
    1,
    "95938",
    "Doe, Jon Q",
    date(1960, 2, 3),
    "MRN7",
    date(2025, 3, 14),
    ("26", "59"),
    1,
    "21",
    "Arden, Ann",
    "1234567893",
    "Medicare of X",
    "MB",
    Decimal("250.50"),
    ("M48.061", "G95.20"),
)


def claim_lines(practice: list[Scene]) -> list[ClaimLine]:
    """The practice's lines as X12 can hold them: numbered within the claim, one patient to a claim, professionals with NPI."""
    found, at = [], dict[str, int]()
    for scene in practice:
        for line in scene.lines:
            at[line.claim] = at.get(line.claim, 0) + 1
            who = line.professional.split(", MD")[0]
            filing = "MB" if line.payer == "medicare" else "BL"
            found.append(replace(line, line=at[line.claim], professional=who, npi="1234567893", filing=filing))
    return sorted(found, key=lambda line: line.claim)


def valid(text: str) -> bool:
    """Whether another program finds the file in the published layout."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    out = io.StringIO()
    return pyx12.x12n_document.x12n_document(pyx12.params.params(), io.StringIO(text), out, None)


@pytest.mark.parametrize("dependents", [False, True])
@pytest.mark.parametrize("signs", [Signs(), OTHER_SIGNS])
def test_claims_become_lines_become_csv_become_the_same_lines(practice: list[Scene], signs: Signs, dependents: bool) -> None:
    lines = claim_lines(practice)
    read = read_claims(write_837(lines, signs, dependents).encode("latin-1"), "claims.837")
    assert read.faults == ()
    assert read_csv(csv_of(read.lines), "claims.csv").lines == read.lines
    assert list(read.lines) == lines


def test_a_line_says_all_that_the_claim_says() -> None:
    read = read_claims(write_837([LINE]).encode(), "claims.837")
    assert read.lines == (LINE,)
    assert str(read.lines[0].source).startswith("claims.837, segment 25 (SV1, byte ")


def test_the_files_are_in_the_published_layout_as_another_program_sees_it() -> None:
    assert valid(write_837([LINE, replace(LINE, line=2, code="95939")]))
    assert valid(write_837([LINE], dependents=True))
    assert valid(write_835([Paid(LINE, Decimal(0), (Adjustment("CO", "50", Decimal("250.50")),), ("N115",))]))
    assert not valid(write_837([LINE]).replace("CLM*", "CLX*")), "it can say no"


@pytest.mark.parametrize("signs", [Signs(), OTHER_SIGNS])
def test_another_program_parts_the_file_into_the_same_segments(signs: Signs) -> None:
    text = write_837([LINE], signs)
    theirs = [segment.get_seg_id() for segment in pyx12.x12file.X12Reader(io.StringIO(text))]
    assert [segment.name for segment in read_segments(text.encode("latin-1"), "c").segments] == theirs


def test_damaged_segments_are_told_with_their_position_and_the_rest_is_read() -> None:
    lines = [replace(LINE, claim=f"A{n}", record=f"M{n}") for n in range(1, 6)]
    text = write_837(lines)
    at = text.index("SV1", text.index("CLM*A3"))
    broken = text[:at] + "S?V1*HC:95938~\n" + text[at:].replace("250.50*UN", "2x0*UN", 1)
    broken = broken.replace("DTP*472*D8*20250314", "DTP*472*D8*20251314", 1)
    read = read_claims(broken.encode(), "c.837")
    assert [line.claim for line in read.lines] == ["A1", "A2", "A3", "A4", "A5"]
    assert (read.lines[0].day, read.lines[2].charge) == (None, None)
    assert list(read.lines[3:]) == lines[3:]
    told = {fault.what: fault.place.where for fault in read.faults}
    assert told["this is no segment; it was left out"].endswith(f"(byte {at})")
    assert any("charge: '2x0' is no amount" in what for what in told)
    assert any("date of service: '20251314'" in what for what in told)
    assert any("counts" in what for what in told), "a segment too many"


def test_a_file_that_is_cut_short_gives_what_is_whole() -> None:
    text = write_837([replace(LINE, claim=f"A{n}") for n in range(1, 4)])
    read = read_claims(text[: text.index("CLM*A3") + 9].encode(), "c.837")
    assert [line.claim for line in read.lines] == ["A1", "A2"]
    assert {"the file ends within this segment; it was left out", "it is not closed; the end of the file may be missing"} <= {
        fault.what for fault in read.faults
    }


def test_a_replacement_minutes_and_a_line_without_code_are_told() -> None:
    text = write_837([LINE, replace(LINE, line=2)]).replace(":B:1", ":B:7").replace("*UN*1", "*MJ*90", 1)
    head, tail = text.rsplit("HC:95938:26:59", 1)
    read = read_claims((head + "HC" + tail).encode(), "c.837")
    assert [line.units for line in read.lines] == [None]
    assert {what.split(":")[0].split("(")[0].strip() for what in (fault.what for fault in read.faults)} >= {
        "claim A1 replaces or voids an earlier one",
        "line 1 of claim A1 is in minutes, not units; its units are left empty",
        "line 2 of claim A1 has no procedure code; it was left out",
    }


def test_several_interchanges_with_signs_of_their_own_are_read() -> None:
    text = write_837([LINE]) + write_837([replace(LINE, claim="B1")], OTHER_SIGNS)
    assert [line.claim for line in read_claims(text.encode("latin-1"), "c").lines] == ["A1", "B1"]


def test_a_remittance_gives_each_line_with_what_was_taken_off_and_why() -> None:
    denied = Paid(LINE, Decimal(0), (Adjustment("CO", "50", Decimal("250.50")),), ("N115",))
    cut = Paid(replace(LINE, line=2, code="95939"), Decimal("100.25"), (Adjustment("CO", "45", Decimal("150.25")),))
    read = read_remits(write_835([denied, cut]).encode(), "r.835")
    first, second = read.lines
    assert (first.paid, first.adjustments, first.remarks) == (denied.paid, denied.adjustments, denied.remarks)
    assert (second.paid, second.adjustments, second.billed.code) == (cut.paid, cut.adjustments, "95939")
    # A remittance holds neither the birth date nor diagnoses.
    assert first.billed == replace(LINE, born=None, diagnoses=())
    assert read.faults == ()


def test_a_file_of_the_other_kind_is_refused_by_its_kind() -> None:
    with pytest.raises(IonmError, match="835"):
        read_claims(write_835([Paid(LINE)]).encode(), "r.835")
    with pytest.raises(IonmError, match="no remittance"):
        read_remits(write_837([LINE]).encode(), "c.837")
    with pytest.raises(IonmError, match="ISA"):
        read_claims(b"ISA*00*", "c.837")


def test_a_file_of_endless_segments_is_refused() -> None:
    with pytest.raises(IonmError, match="split the file"):
        read_segments(write_837([LINE]).encode() + b"N3*A~" * 50, "c.837", Limits(claim_lines=2))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_whatever_happens_to_the_bytes_the_file_is_read_or_refused_in_words(seed: int, times: int) -> None:
    chance, data = random.Random(seed), bytearray(write_837([LINE, replace(LINE, claim="B2")]).encode())
    for _ in range(times):
        at = chance.randrange(len(data))
        if chance.random() < 0.5:
            data[at] = chance.randrange(256)
        else:
            del data[at : at + chance.randrange(40)]
            data = data or bytearray(b"x")
    with suppress(IonmError):
        read_claims(bytes(data), "c.837")
