"""Evidence is found verbatim on its page, inside its box."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pytest
from papers import PROSE, Sheet, fill, lines_of, ruled

from ionm_notes.ingest import read_bytes
from ionm_notes.ingest.evidence import evidence, evidence_over
from ionm_notes.types import Evidence


def sheet_of_both() -> Sheet:
    sheet = Sheet()
    ys = (100.0, 132.0, 150.0, 182.0)
    ruled(sheet, ys)
    fill(sheet, ys, True)
    for number, words in enumerate(PROSE):
        sheet.text(60, 240 + 13 * number, words)
    return sheet


def folded(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_word_stands_on_its_page_inside_its_box() -> None:
    sheet = sheet_of_both()
    textpage = pdfium.PdfDocument(sheet.done())[0].get_textpage()
    for line in lines_of(sheet.read()):
        for word in line.words:
            assert word.bbox is not None
            x0, top, x1, bottom = word.bbox
            inside = textpage.get_text_bounded(x0 - 0.5, 792 - bottom - 0.5, x1 + 0.5, 792 - top + 0.5)
            assert line.text[word.start : word.end] in inside


def test_every_cell_and_line_of_prose_is_found_verbatim() -> None:
    sheet = sheet_of_both()
    page = folded(pdfium.PdfDocument(sheet.done())[0].get_textpage().get_text_range())
    for line in lines_of(sheet.read()):
        for start, end in line.cells:
            assert folded(evidence(line, start, end).text) in page


def test_the_box_is_that_of_the_words_touched() -> None:
    line = lines_of(sheet_of_both().read())[-1]
    start = line.text.index("wound")
    found = evidence(line, start + 1, start + 3)
    assert found.text == "ou"
    assert found.bbox == pytest.approx(next(w.bbox for w in line.words if w.start == start), abs=0.01)


def test_ranges_over_lines_are_joined_and_white_space_is_folded() -> None:
    first, second = lines_of(sheet_of_both().read())[-2:]
    found = evidence_over([(first, first.text.index("same"), len(first.text)), (second, 0, 5)])
    assert found.text == "same needles until"
    assert found.bbox is not None
    assert found.bbox[3] - found.bbox[1] > 13


def test_a_row_gives_its_cells_with_one_blank_between() -> None:
    row = lines_of(sheet_of_both().read())[1]
    assert evidence(row, 0, len(row.text)).text == "07:42 Baseline Baselines complete and saved"


def test_formats_without_geometry_give_no_box() -> None:
    line = read_bytes("a.txt", b"Monitoring started at 08:00").pages[0].lines[0]
    assert evidence(line, 0, 10) == Evidence(1, "Monitoring", None)
