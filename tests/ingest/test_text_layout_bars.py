"""A bar with a blank on either side parts the cells of a line in any text, also where only one line has it."""

from __future__ import annotations

import time

from ionm_notes.ingest import read_bytes


def cells(text: str) -> list[list[str]]:
    (page,) = read_bytes("note.txt", text.encode()).pages
    return [[line.text[low:high] for low, high in line.cells] for line in page.lines]


def test_one_line_with_a_bar_between_blanks_has_two_cells() -> None:
    assert cells("NOTE\nSurgeon | Mark Holloway, MD\nAll was quiet.\n")[1] == ["Surgeon", "Mark Holloway, MD"]


def test_a_bar_within_a_word_parts_nothing() -> None:
    assert cells("NOTE\nSSEP|MEP were recorded.\n")[1] == ["SSEP|MEP were recorded."]


def test_a_long_line_of_bars_costs_no_more_than_its_length() -> None:
    began = time.process_time()
    cells("NOTE\n" + "a | b" * 2_000 + " |c\n")
    assert time.process_time() - began < 5
