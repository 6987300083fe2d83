"""A paper as a Word document (python-docx), which its reader can fill in and send back."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as new_document
from docx.document import Document
from docx.shared import Pt, RGBColor

from ionm_notes.handout.paper import Answer, Block, Drawing, Facts, Grid, Paper, Points, Quotes, Section, Text, clean

DIM = RGBColor(0x56, 0x5E, 0x68)
BLANK = "_" * 80


def docx(paper: Paper) -> bytes:
    """The file; the same paper gives the same bytes."""
    document = new_document()
    document.styles["Normal"].font.size = Pt(10)
    about, moment = document.core_properties, datetime.combine(paper.made, time())
    about.author, about.title, about.comments, about.created, about.modified = "ionm-notes", paper.title, "", moment, moment
    document.add_heading(paper.title, 0)
    _write(document, paper.made.isoformat(), dim=True)
    for block in paper.blocks:
        _put(document, block)
    _write(document, paper.foot, dim=True)
    out = BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _put(document: Document, block: Block) -> None:
    match block:
        case Section(title, blocks, level):
            document.add_heading(clean(title), level - 1)
            for inner in blocks:
                _put(document, inner)
        case Text(words, tone):
            _write(document, words, dim=tone == "dim", bold=tone == "strong")
        case Points(items):
            for item in items:
                _write(document, item, style="List Bullet")
        case Quotes(items):
            for item in items:
                _write(document, item, style="Quote")
        case Facts(rows):
            _table(document, (), rows)
        case Grid(headings, rows, _):
            _table(document, headings, rows)
        case Drawing(day):
            # Word has no drawing of its own that every program shows: the same in words.
            for row in day.rows:
                _write(document, f"{row.label}: {'; '.join(bar.words for bar in row.bars) or 'none'}", style="List Bullet")
        case Answer(choices, lines):
            for choice in choices:
                _write(document, f"☐ {choice}")
            for _ in range(lines):
                _write(document, BLANK, dim=True)


def _write(document: Document, words: str, style: str | None = None, dim: bool = False, bold: bool = False) -> None:
    run = document.add_paragraph(style=style).add_run(clean(words))
    run.bold = bold or None
    if dim:
        run.font.color.rgb = DIM


def _table(document: Document, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(headings) or 2, style="Table Grid")
    for number, row in enumerate((*((headings,) if headings else ()), *rows)):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            run = cell.paragraphs[0].add_run(clean(words))
            run.font.size = Pt(9)
            run.bold = (bool(headings) and number == 0) or None
    document.add_paragraph()


def _without_clock(data: bytes) -> bytes:
    """The same package with one date on all of its parts: a ZIP holds the time at which it was written."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0)), old.read(part), ZIP_DEFLATED)
    return out.getvalue()
