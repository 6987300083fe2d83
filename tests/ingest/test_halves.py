"""Panels and halves of a page that hold tables are read one after the other, not line by line across."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from ionm_notes.ingest import read_bytes

LEFT = (
    "Surgeon",
    "Orla Vandermeer, MD",
    "Assistant: Kip Rosales, PA-C",
    "Operation",
    "Completion right thyroid lobectomy with",
    "right central neck dissection",
    "Why monitored",
    "Recurrent papillary carcinoma on the right",
    "Anesthesia",
    "Sevoflurane and remifentanil",
    "Interpreting professional",
    "Mirela Dobson, MD, in the room",
)
TIMES = (("Baseline", "08:16 - 08:20"), ("Monitoring", "08:22 - 10:14"), ("Electrodes off", "10:31"))


def _table(canvas: Canvas, x: float, top: float, rows: tuple[tuple[str, str], ...]) -> None:
    for number, row in enumerate(rows):
        y = top - 16 * (number + 1)
        for column, text in enumerate(row):
            canvas.rect(x + 110 * column, y, 110, 16)
            canvas.drawString(x + 4 + 110 * column, y + 5, text)


def _text(canvas: Canvas) -> str:
    canvas.save()
    document = read_bytes("page.pdf", canvas._filename.getvalue())
    return "\n".join(line.text for page in document.pages for line in page.lines)


def _canvas() -> Canvas:
    canvas = Canvas(io.BytesIO(), pagesize=(612, 792))
    canvas.setFont("Helvetica", 9)
    return canvas


def test_a_table_in_one_half_does_not_mix_the_other_half_into_it() -> None:
    canvas = _canvas()
    canvas.drawString(50, 740, "Nerve monitoring record of the department, to be filed with the operative note of the day")
    for number, line in enumerate(LEFT):
        canvas.drawString(50, 700 - 13 * number, line)
    canvas.drawString(316, 704, "Channels")
    canvas.drawString(316, 692, "Larynx, right and left")
    canvas.drawString(316, 668, "Times")
    _table(canvas, 320, 662, TIMES)
    canvas.drawString(316, 596, "Course")
    canvas.drawString(316, 584, "No change of any response")
    lines = _text(canvas).split("\n")
    assert lines.index("Orla Vandermeer, MD") + 1 == lines.index("Assistant: Kip Rosales, PA-C")
    assert lines.index("Mirela Dobson, MD, in the room") < lines.index("Channels") < lines.index("Monitoring\t08:22 - 10:14")
    assert lines.index("Monitoring\t08:22 - 10:14") < lines.index("Course")


def test_panels_with_a_title_bar_are_read_panel_by_panel() -> None:
    canvas = _canvas()
    for x, title, rows in ((36, "PATIENT", LEFT[:6]), (310, "TEAM", LEFT[6:])):
        canvas.rect(x, 560, 260, 140)
        canvas.line(x, 684, x + 260, 684)
        canvas.drawString(x + 4, 689, title)
        for number, line in enumerate(rows):
            canvas.drawString(x + 4, 670 - (13 if x == 36 else 14) * number, line)
    lines = _text(canvas).split("\n")
    assert [line.partition(" ")[0] for line in lines[:2]] == ["PATIENT", "Surgeon"]
    assert lines.index("TEAM") > lines.index("right central neck dissection")


def test_a_note_in_the_margin_of_a_table_makes_no_halves() -> None:
    canvas = _canvas()
    canvas.drawString(50, 700, "Times of the case")
    _table(canvas, 50, 690, TIMES)
    canvas.drawString(420, 668, "see log")
    canvas.drawString(50, 620, "Monitoring was uneventful and the responses stayed as they were at the beginning of the case.")
    assert "Monitoring\t08:22 - 10:14" in _text(canvas)


PANEL = (("Patient", "Ann Example"), ("Surgeon", "Orla Vandermeer, MD"), ("Technologist", "Kip Rosales, CNIM"))
ACROSS = "Tibial responses were normal on both sides and the free-running recording was quiet before the incision was made."


def _panel(canvas: Canvas, x: float) -> None:
    canvas.setFillGray(0.9)
    canvas.rect(x, 580, 130, 150, stroke=0, fill=1)
    canvas.setFillGray(0)
    for number, (label, value) in enumerate(PANEL):
        canvas.drawString(x + 6, 715 - 42 * number, label)
        canvas.drawString(x + 6, 703 - 42 * number, value)


@pytest.mark.parametrize(("panel", "body"), [(50, 210), (440, 50)], ids=["panel on the left", "panel on the right"])
def test_a_heading_below_a_panel_stays_with_the_text_that_it_heads(panel: float, body: float) -> None:
    canvas = _canvas()
    _panel(canvas, panel)
    for number in range(16):
        canvas.drawString(body, 715 - 16 * number, f"Line {number + 1} of the course of the operation is told beside the panel")
    canvas.drawString(50, 440, "BASELINES")
    canvas.drawString(50, 427, ACROSS)
    lines = _text(canvas).split("\n")
    assert lines.index("BASELINES") + 1 == lines.index(ACROSS)
    assert lines.index("Surgeon") + 1 == lines.index("Orla Vandermeer, MD")


def test_the_end_of_the_longer_column_stays_in_it() -> None:
    canvas = _canvas()
    _panel(canvas, 440)
    for number in range(16):
        canvas.drawString(50, 715 - 13 * number, f"Line {number + 1} of the course of the operation is told beside the panel")
    canvas.drawString(50, 480, ACROSS)
    lines = _text(canvas).split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("Line 1 "))
    assert lines[first + 15].startswith("Line 16 ")
