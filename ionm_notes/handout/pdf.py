"""A paper as a PDF (reportlab), with its own font, so that names of most of Europe stand as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics import shapes
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from ionm_notes.handout import day
from ionm_notes.handout.colours import BARS
from ionm_notes.handout.paper import Answer, Block, Drawing, Facts, Grid, Paper, Points, Quotes, Section, Text, clean

FONT, BOLD = "ionm-sans", "ionm-sans-bold"
MARGIN = 42.0
WIDTH = A4[0] - 2 * MARGIN
RULE, DIM, INK = colors.HexColor("#d6d9dd"), colors.HexColor("#565e68"), colors.HexColor("#1d2228")
LEAST_ROOM = 60.0
"""Of a page, in points: with less below it, a heading stands on the next one."""
MOST_CELL = 6_000
"""Characters of a table's cell; a longer one is cut and says so, because a row must fit on pages."""


def pdf(paper: Paper) -> bytes:
    """The file. Characters that the font has not stand as their code points ('[U+4E2D]')."""
    _fonts()
    out = BytesIO()
    # Invariant: no clock and no random identifiers in the file.
    frame = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 14,
        title=paper.title,
        author="ionm-notes",
        lang="en",
        invariant=1,
    )
    head = [_words(paper.title, "title"), _words(paper.made.isoformat(), "dim")]
    body = [flow for block in paper.blocks for flow in _flows(block)]
    foot = [Spacer(0, 10), _words(paper.foot, "dim")]
    page = partial(_page, paper.title, paper.made.isoformat())
    frame.build([*head, *body, *foot], onFirstPage=page, onLaterPages=page)
    return out.getvalue()


@cache
def _fonts() -> None:
    folder = Path(__file__).parent / "fonts"
    for name, file in ((FONT, "DejaVuSans.ttf"), (BOLD, "DejaVuSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


@cache
def _style(name: str) -> ParagraphStyle:
    font = BOLD if name in ("title", "2", "3", "strong", "heading") else FONT
    size = {"title": 17.0, "2": 12.0, "3": 9.5, "cell": 7.6, "heading": 7.6}.get(name, 8.8)
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * 1.36,
        spaceBefore={"2": 12.0, "3": 7.0}.get(name, 1.5),
        spaceAfter={"title": 2.0, "2": 4.0}.get(name, 1.5),
        textColor=DIM if name == "dim" else INK,
        leftIndent={"quote": 10.0, "point": 11.0}.get(name, 0.0),
        bulletIndent=2.0,
        backColor={"note": colors.HexColor("#fdf0d5"), "quote": colors.HexColor("#f3f6f9")}.get(name),
        splitLongWords=1,
    )


def _words(words: str, style: str, bullet: str | None = None) -> Paragraph:
    """A paragraph of words that mean nothing to reportlab: its own markup is escaped."""
    return Paragraph(escape(_known(words)).replace("\n", "<br/>"), _style(style), bulletText=bullet)


def _known(words: str) -> str:
    glyphs = pdfmetrics.getFont(FONT).face.charToGlyph
    return "".join(c if c == "\n" or ord(c) in glyphs else f"[U+{ord(c):04X}]" for c in clean(words))


def _flows(block: Block) -> Iterator[Flowable]:
    match block:
        case Section(title, blocks, level):
            # Not `keepWithNext`, which would move a whole table to the next page with its heading.
            yield CondPageBreak(LEAST_ROOM)
            yield _words(title, str(level))
            for inner in blocks:
                yield from _flows(inner)
        case Text(words, tone):
            yield _words(words, tone)
        case Points(items):
            yield from (_words(item, "point", "•") for item in items)
        case Quotes(items):
            yield from (_words(item, "quote") for item in items)
        case Facts(rows):
            yield _table([[_words(name, "dim"), _words(value, "plain")] for name, value in rows], (24, 76), head=0)
        case Grid(headings, rows, shares):
            top = [_words(one, "heading") for one in headings]
            yield _table([top, *([_words(_cut(cell), "cell") for cell in row] for row in rows)], shares, head=1)
        case Drawing(drawn):
            yield KeepTogether([_drawing(drawn)])
        case Answer(choices, lines):
            yield from (_words(f"☐ {choice}", "plain") for choice in choices)
            yield from (_blank() for _ in range(lines))


def _cut(cell: str) -> str:
    return cell if len(cell) <= MOST_CELL else cell[:MOST_CELL] + " … (cut; the record has the rest)"


def _table(rows: list[list[Any]], shares: tuple[int, ...], head: int) -> Table:
    widths = [WIDTH * share / sum(shares) for share in shares]
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        *([("BACKGROUND", (0, 0), (-1, head - 1), colors.HexColor("#eef0f2"))] if head else []),
    ]
    return Table(rows, widths, repeatRows=head, style=look, splitInRow=1, hAlign="LEFT", spaceBefore=3, spaceAfter=3)


def _blank() -> Flowable:
    line = shapes.Drawing(WIDTH, 18)
    line.add(shapes.Line(0, 2, WIDTH, 2, strokeColor=DIM, strokeWidth=0.5))
    return line


def _drawing(drawn: day.Day) -> shapes.Drawing:
    """The day as `day.py` lays it out; there y grows downward, in PDF upward."""
    scale = WIDTH / day.WIDTH
    group = shapes.Group(transform=(scale, 0, 0, -scale, 0, drawn.height * scale))
    for x, _ in drawn.ticks:
        group.add(shapes.Line(x, day.TOP - 6, x, drawn.height, strokeColor=RULE, strokeWidth=0.8))
    for row in drawn.rows:
        for bar in row.bars:
            fill = colors.HexColor(BARS[bar.kind])
            if bar.open:
                y = row.y + 10
                corners = [bar.x, y - 8, bar.x + 4, y, bar.x, y + 8, bar.x - 4, y]
                group.add(shapes.Polygon(corners, fillColor=fill, strokeColor=None))
            else:
                group.add(shapes.Rect(bar.x, row.y + 3, bar.width, 14, fillColor=fill, strokeColor=None))
    picture = shapes.Drawing(WIDTH, drawn.height * scale)
    picture.add(group)

    def write(x: float, y: float, words: str, anchor: str, ink: colors.Color) -> None:
        at = (drawn.height - y) * scale
        text = _known(words)
        picture.add(shapes.String(x * scale, at, text, fontName=FONT, fontSize=7.5, textAnchor=anchor, fillColor=ink))

    for x, time in drawn.ticks:
        write(x, 14, time, "middle", DIM)
    for row in drawn.rows:
        write(0, row.y + 14, row.label if len(row.label) <= 25 else f"{row.label[:24]}…", "start", INK)
    return picture


def _page(title: str, made: str, canvas: Canvas, _: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 7)
    canvas.setFillColor(DIM)
    canvas.drawString(MARGIN, MARGIN - 4, f"{title}, {made}")
    canvas.drawRightString(A4[0] - MARGIN, MARGIN - 4, f"Page {canvas.getPageNumber()}")
    canvas.restoreState()
