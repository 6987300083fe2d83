"""What `ionm-notes text` prints of a document."""

from __future__ import annotations

from ionm_notes.report.text_view import text_lines
from ionm_notes.types import Document, DoubtfulWord, Line, Page, Word

ROW = "08:05\tMonitoring started"
SCAN = Document(
    "fax.pdf",
    "0" * 64,
    "application/pdf",
    "ocr",
    (
        Page(1, 612.0, 792.0, (Line(1, "FAX 555 0100 P.1", (), ((0, 16),), "header", 0, 0.99),), recognized=True),
        Page(
            2,
            792.0,
            612.0,
            (
                Line(
                    2,
                    ROW,
                    (Word(0, 5, (72.0, 100.0, 99.5, 110.0)), Word(6, 16, (120.0, 100.0, 180.0, 110.0)), Word(17, 24, None)),
                    ((0, 5), (6, 24)),
                    "row",
                    3,
                    0.61,
                    (DoubtfulWord(0, 5, "08:05", ("06:05",), "second-reading"),),
                ),
            ),
            recognized=True,
            turn=90,
        ),
    ),
    ("scanned pages, recognized (OCR): 1, 2",),
)


def test_pages_say_how_they_were_read_and_lines_what_is_in_doubt() -> None:
    assert list(text_lines(SCAN)) == [
        "fax.pdf  2 pages",
        "note: scanned pages, recognized (OCR): 1, 2",
        "",
        "-- page 1, 612 x 792 pt, recognized (OCR) --",
        "[header: FAX 555 0100 P.1]",
        "",
        "-- page 2, 792 x 612 pt, recognized (OCR), turned by 90 degrees to be read --",
        "08:05{or 06:05? second-reading} | Monitoring started  {sure 0.61}",
    ]


def test_one_page_can_be_asked_for() -> None:
    assert not any("FAX" in line for line in text_lines(SCAN, 2))


def test_boxes_stand_before_their_words() -> None:
    assert list(text_lines(SCAN, 2, boxes=True))[-4:] == [
        "row, paragraph 3, sure 0.61",
        "     72.0   100.0    99.5   110.0  08:05{or 06:05? second-reading}",
        "    120.0   100.0   180.0   110.0  Monitoring",
        "                                   started",
    ]


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    line = Line(1, "a\x1b]0;owned\x07b", (), ((0, 12),), "text", 0)
    shown = "\n".join(text_lines(Document("x\x1b[2J.txt", "", "text/plain", "native", (Page(1, 0.0, 0.0, (line,)),))))
    assert "\x1b" not in shown
    assert "-- page 1 --" in shown
