"""Boxes of scanned forms: found in the dots, told ticked from empty, and never made of letters or of cells."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from make_scans import as_pdf, degraded
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.ingest.ocr.engine import Gray, Quad
from ionm_notes.ingest.ocr.tick import Tick
from ionm_notes.ingest.ocr.ticks import around_a_box, box_words, check_boxes, without_boxes

DPI, SIDE, TOP = 200.0, 22, 44
LEFTS = (200, 460, 720)
Pen = ImageDraw.ImageDraw


def _cross(pen: Pen, x: int, y: int) -> None:
    pen.line((x, y, x + SIDE, y + SIDE), 0, 2)
    pen.line((x, y + SIDE, x + SIDE, y), 0, 2)


def _check(pen: Pen, x: int, y: int) -> None:
    pen.line((x + 4, y + 11, x + 9, y + 17, x + 18, y + 5), 0, 3)


def _fill(pen: Pen, x: int, y: int) -> None:
    pen.rectangle((x + 4, y + 4, x + SIDE - 4, y + SIDE - 4), 0)


def _pen(pen: Pen, x: int, y: int) -> None:
    pen.line((x + 3, y + 10, x + 10, y + 20, x + 33, y - 12), 30, 4)


def _dot(pen: Pen, x: int, y: int) -> None:
    pen.rectangle((x + 9, y + 9, x + 12, y + 12), 0)


def _empty(pen: Pen, x: int, y: int) -> None:
    pass


def _line(mark: Callable[[Pen, int, int], None] = _empty, shape: str = "rectangle") -> Image.Image:
    """'Location' and three choices, of which the second is marked."""
    page = Image.new("L", (1000, 120), 255)
    pen = ImageDraw.Draw(page)
    letters = ImageFont.load_default(28)
    pen.text((40, 38), "Location", 0, letters)
    for x, words in zip(LEFTS, ("in the OR", "remote hub", "nearby"), strict=True):
        getattr(pen, shape)((x, TOP, x + SIDE, TOP + SIDE), None, 0, 2)
        pen.text((x + SIDE + 12, 38), words, 0, letters)
    mark(pen, LEFTS[1], TOP)
    return page


def _found(page: Image.Image, line: tuple[int, int, int, int] = (36, 34, 960, 76)) -> list[Tick]:
    x0, y0, x1, y1 = line
    quad: Quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)
    return sorted(check_boxes(np.asarray(page), [quad], DPI), key=lambda box: box.x0)


def _ticks(page: Image.Image) -> list[bool | None]:
    return [box.ticked for box in _found(page)]


@pytest.mark.parametrize(
    ("shape", "mark"),
    [
        ("rectangle", _cross),
        ("rectangle", _check),
        ("rectangle", _fill),
        ("rectangle", _pen),
        ("ellipse", _check),
        ("ellipse", _fill),
    ],
)
def test_a_box_is_ticked_by_a_cross_a_check_ink_or_a_stroke_that_leaves_it(
    shape: str, mark: Callable[[Pen, int, int], None]
) -> None:
    assert _ticks(_line(mark, shape)) == [False, True, False]


@pytest.mark.parametrize("shape", ["rectangle", "ellipse"])
def test_empty_boxes_are_empty(shape: str) -> None:
    assert _ticks(_line(shape=shape)) == [False, False, False]


def test_boxes_are_found_on_gray_paper_out_of_focus_and_with_broken_outlines() -> None:
    blurred = np.asarray(_line(_cross).filter(ImageFilter.GaussianBlur(1.0))).astype(np.float32)
    assert _ticks(Image.fromarray((95 + blurred * 0.5).astype(np.uint8))) == [False, True, False]
    broken = _line(_cross)
    ImageDraw.Draw(broken).rectangle((LEFTS[0] + 8, TOP - 2, LEFTS[0] + 11, TOP + 4), 255)
    assert _ticks(broken) == [False, True, False]


def test_letters_and_cells_are_no_boxes() -> None:
    page = Image.new("L", (1000, 120), 255)
    pen = ImageDraw.Draw(page)
    pen.text((40, 38), "O. D 0 B Q 8 DOB 00 ORO II H on the", 0, ImageFont.load_default(28))
    for x in range(700, 900, 24):
        pen.rectangle((x, TOP, x + 24, TOP + 24), None, 0, 2)
    assert _found(page) == []


def test_a_box_with_little_ink_is_in_doubt_and_counts_as_empty() -> None:
    boxes = _found(_line(_dot))
    assert [box.ticked for box in boxes] == [False, None, False]
    words = box_words(boxes, [])
    assert [(word.text, word.other, word.why) for word in words] == [
        ("☐", (), ""),
        ("☐", ("☒",), "half-ticked"),
        ("☐", (), ""),
    ]


def test_boxes_are_painted_over_before_letters_are_read() -> None:
    page: Gray = np.asarray(_line(_cross))
    boxes = _found(_line(_cross))
    clean = without_boxes(page, boxes)
    assert all(int(clean[box.y0 : box.y1, box.x0 : box.x1].min()) > 200 for box in boxes)
    alone = np.array([[195, 40], [228, 40], [228, 70], [195, 70]], dtype=np.float32)
    assert around_a_box(alone, boxes)
    assert not around_a_box(np.array([[195, 40], [400, 40], [400, 70], [195, 70]], dtype=np.float32), boxes)


FORM = (
    ("Patient: Dora Blythe, MRN 12345, Saint Anna Hospital", ()),
    ("Date of surgery: 03/11/2025", ()),
    ("Neurologist: Maribel Choudhury, MD", ()),
    ("Location:", ("in the OR", "+remote", "nearby")),
    ("Watched:", ("+live as acquired", "record only, afterwards")),
    ("Cases attended during this time:", ("this case only", "also:")),
    ("Monitoring start 08:05", ()),
    ("Monitoring stop 11:30", ()),
)


@pytest.mark.slow
def test_a_faxed_form_whose_boxes_on_other_cases_are_blank_states_no_exclusivity() -> None:
    page = Image.new("L", (1700, 1100), 255)
    pen = ImageDraw.Draw(page)
    letters = ImageFont.load_default(34)
    for number, (label, choices) in enumerate(FORM):
        x, y = 160.0, 160 + 90.0 * number
        pen.text((x, y), label, 0, letters)
        x += letters.getlength(label) + 30
        for choice in choices:
            pen.rectangle((x, y + 8, x + 26, y + 34), None, 0, 2)
            if choice.startswith("+"):
                pen.line((x, y + 8, x + 26, y + 34), 0, 3)
                pen.line((x, y + 34, x + 26, y + 8), 0, 3)
            pen.text((x + 38, y), choice.lstrip("+"), 0, letters)
            x += 80 + letters.getlength(choice)
    fax = as_pdf([degraded(page, random.Random("boxes"), 1)])
    document = read_bytes("form.pdf", fax)
    text = "\n".join(line.text.replace("\t", " ") for line in document.pages[0].lines)
    assert "☐ in the OR ☒ remote ☐ nearby" in text
    assert "☐ this case only ☐ also:" in text
    audit = audit_payers(document, ("medicare",))[0]
    assert audit.case.exclusive is None
    assert not [code for code in audit.codes if code.kind == "time" and code.status == "supported"]
