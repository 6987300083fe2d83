"""Small PDFs, drawn word by word so that a test controls where everything stands. Synthetic people only."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from ionm_notes.ingest import read_bytes
from ionm_notes.types import Document, Line

HEIGHT = letter[1]
LOG = (
    ("07:15", "Setup", "Electrode placement begins, patient supine"),
    ("07:42", "Baseline", "Baselines complete and saved"),
    ("08:05", "Monitoring", "Monitoring started, physician online"),
    ("11:30", "Monitoring", "Monitoring ended"),
)
WRAPPED = (
    ("07:15", "Setup", ("Electrode placement begins, patient", "supine on the table, arms tucked")),
    ("07:42", "Baseline", ("Baselines complete and saved",)),
    ("08:05", "Monitoring", ("Monitoring started, the physician is", "online and watches one case")),
)
PROSE = (
    "Somatosensory evoked potentials were recorded after",
    "stimulation of the ulnar nerve at the wrist and of the",
    "posterior tibial nerve at the ankle on both sides, with",
    "cortical and cervical electrodes. Motor potentials were",
    "recorded from hand and leg muscles on both sides, and",
    "free-running activity was watched from the same needles",
    "until the wound was closed and the patient was woken.",
)


class Sheet:
    """A PDF in the making; `y` counts from the top of the page as a reader sees it."""

    def __init__(self, font: str = "Helvetica", size: float = 10) -> None:
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=letter, invariant=True)
        self.font, self.size = font, size
        self.canvas.setFont(font, size)

    def text(self, x: float, y: float, words: str, size: float | None = None) -> None:
        self.canvas.setFont(self.font, size or self.size)
        self.canvas.drawString(x, HEIGHT - y, words)

    def centred(self, x: float, y: float, words: str) -> None:
        self.canvas.setFont(self.font, self.size)
        self.canvas.drawCentredString(x, HEIGHT - y, words)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def box(self, x0: float, top: float, x1: float, bottom: float, stroke: int = 1, fill: int = 0) -> None:
        self.canvas.setFillGray(0.9)
        self.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=stroke, fill=fill)
        self.canvas.setFillGray(0)

    def page(self) -> None:
        self.canvas.showPage()

    def done(self) -> bytes:
        if not self._buffer.getvalue():
            self.canvas.save()
        return self._buffer.getvalue()

    def read(self) -> Document:
        return read_bytes("report.pdf", self.done())


def lines_of(document: Document, page: int = 1) -> tuple[Line, ...]:
    return document.pages[page - 1].lines


def rows_of(document: Document, page: int = 1) -> list[tuple[str, ...]]:
    """Cells of the lines that are rows."""
    return [cells_of(line) for line in lines_of(document, page) if line.kind == "row"]


def cells_of(line: Line) -> tuple[str, ...]:
    return tuple(line.text[start:end] for start, end in line.cells)


def texts_of(document: Document, page: int = 1) -> list[str]:
    return [line.text for line in lines_of(document, page)]


XS = (60.0, 120.0, 210.0, 420.0)


def ruled(sheet: Sheet, ys: Sequence[float], xs: Sequence[float] = XS) -> None:
    """Every ruling line of a grid."""
    for y in ys:
        sheet.line(xs[0], y, xs[-1], y)
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])


def fill(sheet: Sheet, ys: Sequence[float], middle: bool, put: Callable[[Sheet, float, float, str], None] | None = None) -> None:
    """The wrapped log in cells between `ys`; `middle` centres the cells vertically."""
    for top, bottom, (time, event, comment) in zip(ys, ys[1:], WRAPPED, strict=False):
        room = bottom - top
        for x, texts in ((XS[0], (time,)), (XS[1], (event,)), (XS[2], comment)):
            first = top + (room - 12 * len(texts)) / 2 + 10 if middle else top + 12
            for number, words in enumerate(texts):
                (put or Sheet.text)(sheet, x + 4, first + 12 * number, words)


def whole(rows: Sequence[tuple[str, str, Sequence[str]]] = WRAPPED) -> list[tuple[str, ...]]:
    return [(time, event, " ".join(comment)) for time, event, comment in rows]
