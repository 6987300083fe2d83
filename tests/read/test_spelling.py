"""Swapped letters in words of the trade do not hide what is written; names, figures and other words stay."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.spelling import respelled


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Not recoridng from 0930", "Not recording from 0930"),
        ("in the opertaing room", "in the operating room"),
        ("Monitroing began 08:40", "Monitoring began 08:40"),
        ("present thruoghout", "present throughout"),
        ("monitorring strated", "monitoring  started"),
        ("monitoring endde", "monitoring ended"),
    ],
)
def test_swapped_letters_are_set_right_in_their_place(written: str, meant: str) -> None:
    assert respelled(written) == meant


@pytest.mark.parametrize(
    "text",
    ["Medina", "retained", "promises kept", "Brian Retsina", "MONITROING", "1:54 p.m.", "C5-C6", "needed", "trated", "Enedd, MD"],
)
def test_other_words_stay(text: str) -> None:
    assert respelled(text) == text


@pytest.mark.parametrize("spelled", [", that is H A L E,", " (spelled H-A-L-E),", ", that's H A L E,"])
def test_a_name_that_is_spelled_out_keeps_its_degree(spelled: str) -> None:
    text = f"This is Dr. Ada Hale{spelled} MD, neurology, dictating the monitoring report on Jane Roe, MRN 448812.\n"
    text += "Surgeon is Dr. Paul Cutter. I followed the case from the reading room.\n"
    [reader] = read_case(read_bytes("dictation.txt", text.encode())).encounter.professionals
    assert (reader.name, reader.credentials) == ("Ada Hale", ("MD",))
