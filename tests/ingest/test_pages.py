"""Columns of prose, running headers and footers, paragraphs, and pages that are turned, cut or stamped."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from papers import LOG, PROSE, Sheet, lines_of, rows_of, texts_of

from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_bytes

RIGHT = (
    "Intraoperative findings were stable from the incision",
    "to the closure of the wound, and no alert was given at",
    "any time by the technologist. The surgeon was told that",
    "all responses equalled those at baseline and answered",
    "that the implants were in place. The electrodes were",
    "taken off when the dressing was on, and the patient was",
    "moving both legs when she left the operating room.",
)


def two_columns(sheet: Sheet, across: bool) -> None:
    pairs = list(enumerate(zip(PROSE, RIGHT, strict=True)))
    if across:
        for number, (left, right) in pairs:
            sheet.text(40, 140 + 13 * number, left)
            sheet.text(320, 140 + 13 * number, right)
        return
    for x, column in ((40, PROSE), (320, RIGHT)):
        for number, words in enumerate(column):
            sheet.text(x, 140 + 13 * number, words)


@pytest.mark.parametrize("across", [True, False], ids=["drawn across", "drawn down"])
def test_two_columns_of_prose_are_read_one_after_the_other(across: bool) -> None:
    sheet = Sheet()
    sheet.text(40, 100, "A heading that runs over both of the columns of this page, as headings of reports often do")
    two_columns(sheet, across)
    sheet.text(40, 290, "A closing line that again runs over both of the columns of the page, from the left to the right")
    texts = texts_of(sheet.read())
    assert texts[1:-1] == [*PROSE, *RIGHT]
    assert texts[0].startswith("A heading")
    assert texts[-1].startswith("A closing")


@pytest.mark.parametrize("across", [True, False], ids=["drawn across", "drawn down"])
def test_a_heading_below_two_columns_is_read_behind_both(across: bool) -> None:
    sheet = Sheet()
    two_columns(sheet, across)
    sheet.text(40, 270, "CONCLUSION")
    sheet.text(40, 283, "A closing line that again runs over both of the columns of the page, from the left to the right")
    assert texts_of(sheet.read())[:-1] == [*PROSE, *RIGHT, "CONCLUSION"]


def test_a_log_of_two_columns_is_not_taken_for_prose() -> None:
    sheet = Sheet()
    for number, words in enumerate((*PROSE, *RIGHT)):
        sheet.text(40, 100 + 14 * number, f"07:{10 + number}")
        sheet.text(140, 100 + 14 * number, words)
    assert rows_of(sheet.read())[3] == ("07:13", PROSE[3])


def test_lines_repeated_on_pages_are_running_headers_and_footers() -> None:
    sheet = Sheet()
    for page in (1, 2):
        sheet.text(60, 30, "Harbor Neuromonitoring, case 5512")
        sheet.text(60, 200, f"Body of page {page}")
        sheet.text(60, 760, f"Page {page} of 2")
        sheet.page()
    document = sheet.read()
    assert [[line.kind for line in lines_of(document, page)] for page in (1, 2)] == [["header", "text", "footer"]] * 2


@pytest.mark.parametrize("stamp", ["Page 1 of 1", "1/1", "- 1 of 1 -", "Printed 03/15/2025 06:12 by user"])
def test_a_page_number_or_print_stamp_is_a_footer_on_a_single_page(stamp: str) -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Body")
    sheet.text(60, 760, stamp)
    assert [line.kind for line in lines_of(sheet.read())] == ["text", "footer"]


def test_log_entries_at_the_foot_of_pages_are_not_footers() -> None:
    sheet = Sheet()
    for hour in (8, 9):
        for number in range(6):
            sheet.text(60, 690 + 12 * number, f"0{hour}:{10 + number}")
            sheet.text(120, 690 + 12 * number, "MAP 80, signals stable")
        sheet.page()
    document = sheet.read()
    assert len(rows_of(document, 1)) == len(rows_of(document, 2)) == 6


def test_paragraphs_are_told_apart_by_the_white_between_them() -> None:
    sheet = Sheet()
    for number, words in enumerate(PROSE):
        sheet.text(60, 100 + 13 * number + (12 if number > 3 else 0), words)
    blocks = [line.block for line in lines_of(sheet.read())]
    assert blocks == [0, 0, 0, 0, 1, 1, 1]


def test_a_heading_in_larger_type_is_a_paragraph_of_its_own() -> None:
    sheet = Sheet()
    sheet.text(60, 87, "METHODS", size=13)
    for number, words in enumerate(PROSE):
        sheet.text(60, 100 + 13 * number, words)
    blocks = [line.block for line in lines_of(sheet.read())]
    assert blocks[0] != blocks[1] == blocks[-1]


def test_a_word_divided_at_the_line_end_keeps_its_hyphen() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "This was intra-")
    sheet.text(60, 113, "operative monitoring")
    assert texts_of(sheet.read()) == ["This was intra-", "operative monitoring"]


def test_two_blanks_after_a_sentence_do_not_make_a_cell() -> None:
    sheet = Sheet(font="Courier")
    sheet.text(60, 100, "IMPRESSION:  No change.  Signals were stable to the end.")
    assert len(lines_of(sheet.read())[0].cells) == 1


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_reads_as_it_is_seen(turn: int) -> None:
    sheet = Sheet()
    for number, row in enumerate(LOG):
        for x, words in zip((60, 120, 220), row, strict=True):
            sheet.text(x, 100 + 14 * number, words)
    upright = sheet.read()
    pdf = pdfium.PdfDocument(sheet.done())
    pdf[0].set_rotation(turn)
    out = io.BytesIO()
    pdf.save(out)
    document = read_bytes("report.pdf", out.getvalue())
    assert rows_of(document) == list(LOG)
    seen = (792.0, 612.0) if turn in (90, 270) else (612.0, 792.0)
    # The text lies on its side in the turned page, and is set upright for reading: the page keeps the text's size.
    assert {(document.pages[0].width, document.pages[0].height)} <= {seen, (612.0, 792.0)}
    assert lines_of(document)[0].words[0].bbox == pytest.approx(lines_of(upright)[0].words[0].bbox, abs=0.1)


def test_boxes_count_from_the_crop_box_and_words_outside_it_are_left_out() -> None:
    sheet = Sheet()
    sheet.text(100, 100, "Inside")
    sheet.text(100, 780, "Outside")
    pdf = pdfium.PdfDocument(sheet.done())
    pdf[0].set_cropbox(50, 60, 600, 780)
    out = io.BytesIO()
    pdf.save(out)
    document = read_bytes("report.pdf", out.getvalue())
    (line,) = lines_of(document)
    assert line.text == "Inside"
    assert line.words[0].bbox is not None
    assert line.words[0].bbox[0] == pytest.approx(50, abs=1)
    assert line.words[0].bbox[3] == pytest.approx(90, abs=4)
    assert "outside" in document.warnings[0]


def test_a_stamp_in_the_margin_does_not_break_the_lines_beside_it() -> None:
    sheet = Sheet()
    for number, words in enumerate(PROSE):
        sheet.text(60, 100 + 13 * number, words)
    sheet.canvas.saveState()
    sheet.canvas.translate(590, 600)
    sheet.canvas.rotate(90)
    sheet.canvas.drawString(0, 0, "Scanned to chart on 4 March")
    sheet.canvas.restoreState()
    assert texts_of(sheet.read()) == [*PROSE, "Scanned to chart on 4 March"]


def test_pages_without_text_are_named_and_the_document_is_poor() -> None:
    sheet = Sheet()
    for number, words in enumerate(PROSE):
        sheet.text(60, 100 + 13 * number, words)
    sheet.page()
    sheet.box(50, 50, 500, 500, fill=1)
    document = sheet.read()
    assert document.poor_text
    assert document.warnings[0] == "pages that show something but hold no text: 2"


def test_an_empty_last_page_is_nothing_to_worry_about() -> None:
    sheet = Sheet()
    for number, words in enumerate(PROSE):
        sheet.text(60, 100 + 13 * number, words)
    sheet.page()
    sheet.canvas.showPage()
    document = sheet.read()
    assert not document.poor_text
    assert document.warnings == ()


def test_a_scan_is_refused_with_a_way_out() -> None:
    sheet = Sheet()
    sheet.box(50, 50, 500, 500, fill=1)
    with pytest.raises(IonmError) as caught:
        sheet.read()
    assert caught.value.code == "no-text-layer"
    assert "better scan" in caught.value.remedy


@pytest.mark.parametrize("soup", ["(cid:12)(cid:44)(cid:7)(cid:12)" * 6, "xkq zzrt wvq bkrt qqp mnr tqz " * 8])
def test_a_useless_text_layer_is_poor(soup: str) -> None:
    sheet = Sheet(size=6)
    sheet.text(30, 100, soup)
    assert sheet.read().poor_text


def test_an_ordinary_report_is_not_poor() -> None:
    sheet = Sheet()
    for number, words in enumerate(PROSE):
        sheet.text(60, 100 + 13 * number, words)
    assert not sheet.read().poor_text


def test_numbers_that_count_the_lines_of_a_page_are_left_out() -> None:
    sheet = Sheet()
    for number, words in enumerate((*PROSE, *RIGHT)):
        sheet.text(40, 100 + 14 * number, str(number + 1))
        sheet.text(70, 100 + 14 * number, words)
    assert texts_of(sheet.read()) == [*PROSE, *RIGHT]


def test_a_wide_space_before_a_label_begins_a_cell() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Patient: Dora Blythe, born in 1960   Date: 27.03.2025   Inpatient")
    assert texts_of(sheet.read()) == ["Patient: Dora Blythe, born in 1960\tDate: 27.03.2025\tInpatient"]
