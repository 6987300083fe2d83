"""`ionm-notes text`: prints a document as it was understood, with the doubt of scanned words; the first look when in doubt."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli.safety import LimitsFile, PasswordFile, limits_of, passwords_of
from ionm_notes.limits import Limits

if TYPE_CHECKING:
    from ionm_notes.types import Document

EXAMPLES = """Examples:\n
\b
  ionm-notes text fax.pdf
  ionm-notes text packet.pdf --page 3
  ionm-notes text photo.jpg --boxes
  ionm-notes text mail.eml --password-file passwords.txt
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("text", epilog=EXAMPLES)(text)


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A file to show: one page (None: all), with or without boxes. `passwords` are shown nowhere."""

    path: Path
    page: int | None
    boxes: bool
    limits: Limits
    passwords: tuple[str, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name


def text(
    document: Annotated[Path, typer.Argument(metavar="FILE", help="A report, or an archive or mail that holds some.")],
    page: Annotated[int | None, typer.Option("--page", min=1, help="Show this page alone.")] = None,
    boxes: Annotated[bool, typer.Option("--boxes", help="Show every word with its box: x0, top, x1, bottom in points.")] = False,
    password_file: PasswordFile = None,
    limits: LimitsFile = None,
) -> None:
    """Print a document as it was understood.

    Cells of tables are parted by bars, running headers and footers stand in brackets. The parts of a packet (fax cover,
    operative note, report, log and so on) are named before their pages. Of scanned pages, words that may
    be misread show what else they may be, and lines with a word of low confidence show how sure it is (0 to 1). An archive, a
    mail or a message gives each document in it, and names what was skipped.
    """
    from ionm_notes.workers import Pool

    request = TextRequest(document, page, boxes, limits_of(limits), passwords_of(password_file))
    pool: Pool[TextRequest] = Pool(_work, _warm, 1, request.limits)
    with pool:
        for done in pool.run([request]):
            if done.error is not None:
                raise done.error
            sys.stdout.write(done.answer.decode())


def _warm() -> None:
    """Nothing is loaded before the file is known."""


def _work(request: TextRequest) -> bytes:
    from ionm_notes import pulse
    from ionm_notes.errors import IonmError
    from ionm_notes.ingest import read_bytes, unpack_file
    from ionm_notes.report.clean import for_terminal

    out: list[str] = []
    found = list(unpack_file(request.path, request.limits, request.passwords))
    for inner in found:
        if inner.skipped:
            out.append(for_terminal(f"{inner.name}: skipped, {inner.skipped}"))
            continue
        try:
            if inner.error is not None:
                raise inner.error
            out += _shown(read_bytes(inner.name, inner.data, request.limits, request.passwords), request)
        except IonmError as error:
            if len(found) == 1:
                raise
            out.append(for_terminal(str(error)))
        pulse.beat()
    return "".join(f"{line}\n" for line in out).encode()


def _shown(document: Document, request: TextRequest) -> Iterable[str]:
    """The lines of one document. Raises `IonmError` `no-such-page`."""
    from ionm_notes.errors import IonmError
    from ionm_notes.report.text_view import text_lines

    if request.page is not None and request.page > len(document.pages):
        raise IonmError("no-such-page", document.name, f"it has {len(document.pages)}")
    return text_lines(document, request.page, request.boxes)
