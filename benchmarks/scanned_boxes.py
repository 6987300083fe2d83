"""How many check boxes of scanned forms are found, and how many ticks are told from empty boxes.

    python benchmarks/scanned_boxes.py [--only fax] [--show]

Forms are drawn here (made-up, no people), in several types, kinds of box and kinds of tick, then scanned: clean, skewed, gray,
with broken outlines, faxed at 200 by 200 and 200 by 100 dots to an inch. Prints a row for each kind of scan and each kind of box.
"""

from __future__ import annotations

import argparse
import io
import itertools
import math
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ionm_notes.ingest import read_bytes
from ionm_notes.read.boxes import BOX
from ionm_notes.types import BBox, Document, Word

DPI = 200
FONTS = (
    "DejaVuSans",
    "LiberationSerif-Regular",
    "LiberationSans-Regular",
    "LiberationMono-Regular",
    "LiberationSansNarrow-Regular",
)
LINES = (
    ("Location:", ("in the OR", "remote (hub)", "nearby")),
    ("Cases attended during this time:", ("this case only", "also:")),
    ("Contact with OR:", ("telephone", "chat", "intercom")),
    ("Setting:", ("Inpatient", "Outpatient hospital", "ASC")),
    ("Watched:", ("live as acquired", "record only, afterwards")),
    ("", ("in the operating room for the whole case",)),
    ("Studies:", ("SSEP", "MEP", "EMG", "EEG", "BAEP")),
    ("Surgeon told:", ("yes", "no", "nothing to tell")),
    ("Order on file", ("Yes", "No")),
    ("0 of 100 channels O.K., Dr. O. Doe, 8 DB, II", ()),
    ("Other cases watched at the same time?", ("none", "one", "two or more")),
)
"""What the forms ask, and their choices."""
BOXES = ("square", "thick", "glyph", "circle", "brackets", "parentheses")
TICKS = ("cross", "check", "fill", "letter", "pen")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box as drawn: middle and side in points of the page, and whether it is ticked."""

    x: float
    y: float
    side: float
    ticked: bool


def form(font: str, box: str, tick: str, chance: random.Random) -> tuple[Image.Image, list[Drawn]]:
    """A page of a form and the boxes drawn on it."""
    page = Image.new("L", (1700, 2200), 255)
    pen = ImageDraw.Draw(page)
    size = chance.choice((24, 28, 31))
    letters = ImageFont.truetype(f"{font}.ttf", size)
    signs = ImageFont.truetype("DejaVuSans.ttf", size)
    boxes: list[Drawn] = []
    pen.text((160, 140), "Intraoperative neuromonitoring worksheet", 0, letters)
    for number, (label, choices) in enumerate(LINES * 2):
        x, y = 160.0, 240 + number * size * 2.4
        pen.text((x, y), label, 0, letters)
        x += letters.getlength(label) + size if label else 0
        chosen = chance.randrange(len(choices) + 1) if choices else 0
        for index, words in enumerate(choices):
            ticked = index == chosen
            width = _box(pen, (x, y), size, box, tick if ticked else "", (letters, signs), chance)
            boxes.append(Drawn((x + width / 2) * 72 / DPI, (y + size * 0.62) * 72 / DPI, width * 72 / DPI, ticked))
            pen.text((x + width + size * 0.3, y), words, 0, letters)
            x += width + size * 1.2 + letters.getlength(words)
    return page, boxes


def _box(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    size: int,
    box: str,
    tick: str,
    fonts: tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont],
    chance: random.Random,
) -> float:
    """Draws one box and its tick; gives its width."""
    x, y = at
    letters, signs = fonts
    if box in ("brackets", "parentheses"):
        inside = {"": " ", "letter": "X", "check": "x"}.get(tick, "x")
        text = f"[{inside}]" if box == "brackets" else f"({inside})"
        pen.text((x, y), text, 0, letters)
        return letters.getlength(text)
    if box == "glyph":
        text = {"": "☐", "check": "☑", "fill": "■"}.get(tick, "☒")
        pen.text((x, y), text, 0, signs)
        return signs.getlength(text)
    side = round(size * 0.72)
    left, top = round(x), round(y + size * 0.26)
    corners = (left, top, left + side, top + side)
    line = 4 if box == "thick" else 2
    (pen.ellipse if box == "circle" else pen.rectangle)(corners, None, 0, line)
    _tick(pen, corners, tick, chance, round_box=box == "circle")
    return side


def _tick(
    pen: ImageDraw.ImageDraw, corners: tuple[int, int, int, int], tick: str, chance: random.Random, *, round_box: bool
) -> None:
    x0, y0, x1, y1 = corners
    side = x1 - x0
    inset = side * 0.22
    if tick == "fill" or (round_box and tick):
        (pen.ellipse if round_box else pen.rectangle)((x0 + inset, y0 + inset, x1 - inset, y1 - inset), 0)
    elif tick == "cross":
        pen.line((x0, y0, x1, y1), 0, 2)
        pen.line((x0, y1, x1, y0), 0, 2)
    elif tick == "letter":
        font = ImageFont.truetype("DejaVuSans.ttf", round(side * 0.9))
        pen.text(((x0 + x1) / 2, (y0 + y1) / 2), "x", 0, font, anchor="mm")
    elif tick == "check":
        pen.line((x0 + inset * 0.7, y0 + side * 0.5, x0 + side * 0.42, y1 - inset, x1 - inset * 0.7, y0 + inset), 0, 3)
    elif tick == "pen":
        shift = [chance.uniform(-0.12, 0.12) * side for _ in range(6)]
        points = (x0 + 0.1 * side + shift[0], y0 + 0.45 * side + shift[1], x0 + 0.45 * side + shift[2], y1 + shift[3])
        pen.line((*points, x1 + 0.45 * side + shift[4], y0 - 0.5 * side + shift[5]), 40, 4)


def _clean(page: Image.Image, chance: random.Random) -> Image.Image:
    return page


def _gray(page: Image.Image, chance: random.Random) -> Image.Image:
    """A pale print on gray paper, out of focus, kept as a JPEG."""
    dots = np.asarray(page.filter(ImageFilter.GaussianBlur(1.0))).astype(np.float32)
    noise = np.random.default_rng(chance.getrandbits(32)).normal(0, 6, dots.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(95 + dots * 0.5 + noise, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=50)
    return Image.open(io.BytesIO(out.getvalue()))


def _broken(page: Image.Image, chance: random.Random) -> Image.Image:
    """Thin lines fall apart: every dark dot beside paper is lost by one chance in three, in clumps."""
    dots = np.asarray(page).copy()
    clumps = Image.fromarray((np.random.default_rng(chance.getrandbits(32)).random((550, 425)) * 255).astype(np.uint8))
    lost = np.asarray(clumps.resize((1700, 2200), Image.Resampling.BILINEAR)) > 190
    dots[lost] = np.maximum(dots[lost], 235)
    return Image.fromarray(dots)


def _fax(page: Image.Image, chance: random.Random, down: int = 200) -> Image.Image:
    dots = page.resize((page.width, page.height * down // DPI), Image.Resampling.BOX)
    noisy = np.asarray(dots).astype(np.int16)
    random_dots = np.random.default_rng(chance.getrandbits(32))
    black = noisy + random_dots.normal(0, 18, noisy.shape) < 150
    salt = random_dots.random(noisy.shape)
    black = (black | (salt < 0.002)) & (salt < 0.998)
    return Image.fromarray(np.where(black, 0, 255).astype(np.uint8))


def _fax_coarse(page: Image.Image, chance: random.Random) -> Image.Image:
    return _fax(page, chance, 100)


SCANS: dict[str, tuple[Callable[[Image.Image, random.Random], Image.Image], float]] = {
    "clean": (_clean, 0.0),
    "skewed": (_clean, 1.4),
    "gray, out of focus": (_gray, 0.4),
    "broken lines": (_broken, 0.0),
    "fax 200 x 200": (_fax, 0.6),
    "fax 200 x 100": (_fax_coarse, 0.3),
}


def scanned(page: Image.Image, scan: str, chance: random.Random) -> tuple[bytes, float]:
    """The page as a PDF of one picture, and the degrees by which it was turned."""
    degrade, skew = SCANS[scan]
    angle = chance.choice((-1, 1)) * skew
    turned = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else page
    picture = degrade(turned, chance).convert("L")
    out = io.BytesIO()
    # A coarse fax shows on paper of the same size: its dots are twice as high as wide.
    picture.resize((1700, 2200), Image.Resampling.NEAREST).save(out, "PDF", resolution=DPI, quality=85)
    return out.getvalue(), angle


def turned(box: Drawn, angle: float) -> Drawn:
    """Where a box lies on the page after it was turned about its middle."""
    rad = math.radians(angle)
    x, y = box.x - 306, box.y - 396
    return Drawn(306 + x * math.cos(rad) + y * math.sin(rad), 396 - x * math.sin(rad) + y * math.cos(rad), box.side, box.ticked)


def read_boxes(document: Document) -> Iterator[Drawn]:
    """Boxes as read, of lines that are not in doubt about them; `side` is -1 where the box is in doubt."""
    for line in document.pages[0].lines:
        for sign in BOX.finditer(line.text):
            words = [_part(w, sign.start(), sign.end()) for w in line.words if w.start < sign.end() and w.end > sign.start()]
            doubtful = any(d.start < sign.end() and d.end > sign.start() for d in line.doubts)
            x0, x1 = min(b[0] for b in words), max(b[2] for b in words)
            y0, y1 = min(b[1] for b in words), max(b[3] for b in words)
            yield Drawn((x0 + x1) / 2, (y0 + y1) / 2, -1 if doubtful else x1 - x0, sign["on"] is not None)


def _part(word: Word, start: int, end: int) -> BBox:
    """The place of those characters of a word that lie between two of its line: '[x]' of '[x]SSEP'."""
    x0, y0, x1, y1 = word.bbox or (0.0, 0.0, 0.0, 0.0)
    each = (x1 - x0) / (word.end - word.start)
    return x0 + each * max(0, start - word.start), y0, x0 + each * (min(end, word.end) - word.start), y1


def judged(drawn: list[Drawn], read: list[Drawn]) -> Counter[str]:
    """Counts of boxes drawn, found, false; of ticks right, wrongly on, wrongly off, in doubt."""
    counts: Counter[str] = Counter(drawn=len(drawn), ticks=sum(box.ticked for box in drawn))
    left = list(read)
    for box in drawn:
        near = [one for one in left if abs(one.x - box.x) < max(6, box.side) and abs(one.y - box.y) < 7]
        if not near:
            counts["lost ticked" if box.ticked else "lost empty"] += 1
            continue
        one = min(near, key=lambda found: abs(found.x - box.x))
        left.remove(one)
        counts["found"] += 1
        if one.side == -1:
            counts["doubt"] += 1
        elif one.ticked == box.ticked:
            counts["right"] += 1
        else:
            counts["wrongly ticked" if one.ticked else "wrongly empty"] += 1
    counts["false"] = len(left)
    return counts


COLUMNS = ("drawn", "found", "false", "right", "doubt", "wrongly ticked", "wrongly empty")


def row(name: str, counts: Counter[str]) -> str:
    """A row of the table."""
    return f"| {name} | " + " | ".join(str(counts[column]) for column in COLUMNS) + " |"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="kinds of scan whose name holds this")
    parser.add_argument("--box", default="", help="kinds of box whose name holds this")
    parser.add_argument("--show", action="store_true", help="print each form's counts")
    options = parser.parse_args()
    os.environ["IONM_NOTES_OCR_CACHE"] = "off"
    by_scan: dict[str, Counter[str]] = {}
    by_box: dict[str, Counter[str]] = {}
    fonts = itertools.cycle(FONTS)
    ticks = itertools.cycle(TICKS)
    for scan, box in itertools.product(SCANS, BOXES):
        font, tick = next(fonts), next(ticks)
        if options.only not in scan or options.box not in box:
            continue
        chance = random.Random(f"{scan}/{box}")
        page, drawn = form(font, box, tick, chance)
        data, angle = scanned(page, scan, chance)
        document = read_bytes("form.pdf", data)
        counts = judged([turned(one, angle) for one in drawn], list(read_boxes(document)))
        by_scan.setdefault(scan, Counter()).update(counts)
        by_box.setdefault(box, Counter()).update(counts)
        if options.show:
            print(row(f"{scan}, {box}, {font}, {tick}", counts), file=sys.stderr, flush=True)
    print("| | " + " | ".join(COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for name, counts in (*by_scan.items(), *by_box.items(), ("all", sum(by_scan.values(), Counter()))):
        print(row(name, counts))


if __name__ == "__main__":
    main()
