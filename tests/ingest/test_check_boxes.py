"""Boxes that a form draws as little squares are read as boxes, and the ticked one is told from the empty one."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from ionm_notes.ingest import read_bytes

SIZE = 8.0


def _letter(canvas: Canvas, x: float, y: float) -> None:
    canvas.drawString(x + 1.5, y + 1, "X")


def _cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x + 1, y + 1, x + SIZE - 1, y + SIZE - 1)
    canvas.line(x + 1, y + SIZE - 1, x + SIZE - 1, y + 1)


def _filled(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(x + 1.5, y + 1.5, SIZE - 3, SIZE - 3, stroke=0, fill=1)


def _form(tick: Callable[[Canvas, float, float], None]) -> str:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(60, 760, "Intraoperative neuromonitoring worksheet of the supervising physician")
    canvas.drawString(60, 700, "Physician location")
    for place, (x, words) in enumerate(((160, "in the OR"), (240, "nearby"), (310, "remote"))):
        canvas.rect(x, 699, SIZE, SIZE)
        if place == 2:
            tick(canvas, x, 699)
        canvas.drawString(x + 12, 700, words)
    canvas.save()
    return "\n".join(line.text for page in read_bytes("form.pdf", out.getvalue()).pages for line in page.lines)


@pytest.mark.parametrize("tick", [_letter, _cross, _filled])
def test_a_drawn_box_is_ticked_by_a_letter_a_cross_or_ink(tick: Callable[[Canvas, float, float], None]) -> None:
    assert "☐ in the OR ☐ nearby ☒ remote" in _form(tick).replace("\t", " ")


def test_squares_that_touch_are_cells_of_a_table_and_no_boxes() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, 760, "Muscles recorded, left and right")
    for row, muscle in enumerate(("deltoid", "biceps", "triceps")):
        y = 700 - 12 * row
        canvas.drawString(60, y + 2, muscle)
        for column in range(2):
            canvas.rect(140 + 12 * column, y, 12, 12)
            canvas.drawString(144 + 12 * column, y + 3, "x")
    canvas.save()
    text = "\n".join(line.text for page in read_bytes("grid.pdf", out.getvalue()).pages for line in page.lines)
    assert "☒" not in text
    assert text.count("x") >= 6
