"""`ionm-notes text`: prints a document as it was understood, with the doubt of scanned words; the first look when in doubt."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """Examples:\n
\b
  ionm-notes text fax.pdf
  ionm-notes text packet.pdf --page 3
  ionm-notes text photo.jpg --boxes
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("text", epilog=EXAMPLES)(text)


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A file to show: one page (None: all), with or without boxes."""

    path: Path
    page: int | None
    boxes: bool

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name


def text(
    document: Annotated[Path, typer.Argument(metavar="FILE", help="A report: PDF, scan, picture, DOCX or text.")],
    page: Annotated[int | None, typer.Option("--page", min=1, help="Show this page alone.")] = None,
    boxes: Annotated[bool, typer.Option("--boxes", help="Show every word with its box: x0, top, x1, bottom in points.")] = False,
) -> None:
    """Print a document as it was understood.

    Cells of tables are parted by bars, running headers and footers stand in brackets. The parts of a packet (fax cover,
    operative note, report, log and so on) are named before their pages. Of scanned pages, words that may
    be misread show what else they may be, and lines with a word of low confidence show how sure it is (0 to 1).
    """
    from ionm_notes.workers import Pool

    pool: Pool[TextRequest] = Pool(_work, _warm, 1)
    with pool:
        for done in pool.run([TextRequest(document, page, boxes)]):
            if done.error is not None:
                raise done.error
            sys.stdout.write(done.answer.decode())


def _warm() -> None:
    """Nothing is loaded before the file is known."""


def _work(request: TextRequest) -> bytes:
    from ionm_notes.errors import IonmError
    from ionm_notes.ingest import read_document
    from ionm_notes.report.text_view import text_lines

    document = read_document(request.path)
    if request.page is not None and request.page > len(document.pages):
        raise IonmError("no-such-page", request.name, f"it has {len(document.pages)}")
    return "".join(f"{line}\n" for line in text_lines(document, request.page, request.boxes)).encode()
